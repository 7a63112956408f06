"""What the SQLite store does with locks, crashes, neighbours and a long history."""

import asyncio
import re
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from claims.errors import StoreError
from claims.feeds import Visit
from claims.lookups import StorySearch
from claims.model import Outcome, Rereading
from claims.outgoing import Notice
from claims.sqlite import SQLiteStore
from claims.workspaces import CONSOLE, Asked, AuditEntry, Snooze, SnoozeKind, Workspace
from tests.support.build import (
    FEED_URL,
    NOW,
    alert,
    at,
    claim,
    delivery,
    digest,
    event,
    feed,
    inquiry,
    member,
    outcome,
    revision,
    subscription,
    update,
    verdict,
    visit,
)

HISTORY = re.compile(
    r"SCAN (stories|evidence|figures|events|alerts|deliveries|inquiries)"
    r"(?! USING (COVERING )?INDEX (deliveries_due|stories_by_seen_at|evidence_suggested)$)"
)
"""A step that reads all of a table that grows: not the index of what is due or waits, nor the first of
an order."""
ROOT = Path(__file__).parents[2]
FIRST = member("First")
Use = Callable[[SQLiteStore], Awaitable[object]]

WHOLE = {"stories", "tallies", "writings", "claim_stamps", "event_stamps"}
"""Those of the export, of metrics and of what looks for changes: nobody waits for their answer."""
WRITES: dict[str, Use] = {
    "sync_feeds": lambda store: store.sync_feeds([]),
    "record_visit": lambda store: store.record_visit(visit()),
    "record_history": lambda store: store.record_history([], [feed("archive:wire")]),
    "add_feeds": lambda store: store.add_feeds([feed("http://added.example/")], by="ada"),
    "remove_feed": lambda store: store.remove_feed(FEED_URL),
    "pause_feed": lambda store: store.pause_feed(FEED_URL, paused=True),
    "raise_notice": lambda store: store.raise_notice(Notice("notice:1", NOW, ())),
    "record_revision": lambda store: store.record_revision(revision(FIRST), NOW),
    "reread": lambda store: store.reread([Rereading(FIRST.reading, None)]),
    "sync_claims": lambda store: store.sync_claims([]),
    "keep_claim": lambda store: store.keep_claim(claim("oil-k3f9", workspace="slack:T1")),
    "keep_claims": lambda store: store.keep_claims([claim("oil-k3f9", workspace="slack:T1")]),
    "retire_claim": lambda store: store.retire_claim("containers-2023"),
    "merge_claim": lambda store: store.merge_claim("containers-2023", "shell-volume"),
    "split_claim": lambda store: store.split_claim("containers-2023", ["shell-volume"], ()),
    "restore_claim": lambda store: store.restore_claim("retired"),
    "record_verdict": lambda store: store.record_verdict(verdict(FIRST.story, "not-relevant")),
    "keep_vectors": lambda store: store.keep_vectors("m 1", {"a": b"1"}, NOW),
    "sync_subscriptions": lambda store: store.sync_subscriptions([]),
    "subscribe": lambda store: store.subscribe(subscription()),
    "unsubscribe": lambda store: store.unsubscribe("console"),
    "pause": lambda store: store.pause("console", "gone"),
    "resume": lambda store: store.resume("console", NOW),
    "postpone": lambda store: store.postpone(delivery("k-1"), NOW),
    "place": lambda store: store.place(["console"], "slack:T1"),
    "keep_workspace": lambda store: store.keep_workspace(Workspace("slack:T1")),
    "note": lambda store: store.note(AuditEntry("slack:T1", NOW, "slack:U1", "watch edit")),
    "snooze": lambda store: store.snooze(
        Snooze("slack:T1", SnoozeKind.CLAIM, "containers-2023", at(60), "slack:U1", NOW)
    ),
    "wake": lambda store: store.wake("slack:T1", SnoozeKind.CLAIM, "containers-2023"),
    "touch": lambda store: store.touch("slack:T1", "e-1"),
    "remember": lambda store: store.remember(Asked("k", "claim show", {"claim": "c"}), NOW),
    "keep_registered": lambda store: store.keep_registered("global", "d"),
    "raise_digest": lambda store: store.raise_digest(digest(), NOW),
    "record_inquiry": lambda store: store.record_inquiry(inquiry()),
    "record_delivery": lambda store: store.record_delivery(delivery("k")),
}
READS: dict[str, Use] = {
    "feeds": lambda store: store.feeds(),
    "feed_names": lambda store: store.feed_names(),
    "feed": lambda store: store.feed(FEED_URL),
    "due_feeds": lambda store: store.due_feeds(NOW),
    "former_feeds": lambda store: store.former_feeds(),
    "watchlist": lambda store: store.watchlist(),
    "notice": lambda store: store.notice("notice:1"),
    "known_stories": lambda store: store.known_stories(FEED_URL, [FIRST.story]),
    "stories": lambda store: store.stories(),
    "claims": lambda store: store.claims(),
    "claim": lambda store: store.claim("containers-2023"),
    "guest_claims": lambda store: store.guest_claims(),
    "catch_up": lambda store: store.catch_up(NOW),
    "register": lambda store: store.register(),
    "search_claims": lambda store: store.search_claims("containers"),
    "accounts": lambda store: store.accounts(FIRST.story.id),
    "story_ids": lambda store: store.story_ids(at(-60)),
    "members": lambda store: store.members([FIRST.story.id]),
    "edits": lambda store: store.edits("containers-2023"),
    "evidence": lambda store: store.evidence("containers-2023", 5),
    "claims_in_news": lambda store: store.claims_in_news(at(-60), 5),
    "sightings": lambda store: store.sightings(["containers-2023"]),
    "events_between": lambda store: store.events_between(at(-60), NOW),
    "alerts": lambda store: store.alerts([alert(FIRST).event_id]),
    "briefing": lambda store: store.briefing(alert(FIRST).key),
    "activity": lambda store: store.activity(at(-60), NOW),
    "find_story": lambda store: store.find_story(FIRST.story.id),
    "suggestions": lambda store: store.suggestions(5),
    "verdicts": lambda store: store.verdicts([FIRST.story.id], CONSOLE),
    "private_verdicts": lambda store: store.private_verdicts("slack:T1"),
    "judged": lambda store: store.judged(),
    "lessons": lambda store: store.lessons(),
    "vectors": lambda store: store.vectors("m 1", ["a"]),
    "subscriptions": lambda store: store.subscriptions(),
    "workspace": lambda store: store.workspace("slack:T1"),
    "audit": lambda store: store.audit("slack:T1", 5),
    "snoozes": lambda store: store.snoozes("slack:T1", NOW),
    "asked": lambda store: store.asked("k"),
    "registered": lambda store: store.registered("global"),
    "digest": lambda store: store.digest(digest().key),
    "last_digest": lambda store: store.last_digest("console"),
    "told_until": lambda store: store.told_until(),
    "held": lambda store: store.held("console"),
    "held_since": lambda store: store.held_since(),
    "reckoned": lambda store: store.reckoned(NOW, at(1)),
    "opened_at": lambda store: store.opened_at(),
    "due_deliveries": lambda store: store.due_deliveries(NOW),
    "delivery": lambda store: store.delivery(alert(FIRST).key, "console"),
    "developments": lambda store: store.developments(alert(FIRST).key, "console"),
    "answered": lambda store: store.answered("k-1"),
    "inquiries": lambda store: store.inquiries(["s-1"]),
    "spent": lambda store: store.spent(at(-60)),
    "found_stories": lambda store: store.found_stories(StorySearch("shells"), 5),
    "titled_stories": lambda store: store.titled_stories("shells", 5),
    "event": lambda store: store.event(alert(FIRST).event_id),
    "deliveries": lambda store: store.deliveries(alert(FIRST).key),
    "voices": lambda store: store.voices(["containers-2023"], at(60)),
    "bodies": lambda store: store.bodies(["containers-2023"], at(60)),
    "weeks": lambda store: store.weeks(["containers-2023"], at(-60), at(60)),
    "counts": lambda store: store.counts(at(-60), None),
    "tallies": lambda store: store.tallies(),
    "waiting": lambda store: store.waiting(NOW),
    "writings": lambda store: store.writings(),
    "claim_stamps": lambda store: store.claim_stamps(),
    "event_stamps": lambda store: store.event_stamps(),
    "bearing": lambda store: store.bearing("containers-2023"),
    "events": lambda store: store.events([alert(FIRST).event_id]),
    "wordings": lambda store: store.wordings([FIRST.story.id]),
    "newest_alerts": lambda store: store.newest_alerts(5),
    "revised": lambda store: store.revised([alert(FIRST).key]),
}


CRASH = """
async def main(path):
    def until_the_crash():
        yield outcome(member("Second"))
        yield outcome(member("Third"))
        os._exit(9)

    store = await SQLiteStore.open(path)
    await store.record_visit(Visit(checkpoint(etag="lost"), until_the_crash()))
"""
COUNT = """
async def main(path):
    store = await SQLiteStore.open(path)
    print(len(await store.stories()), "stories", end="")
    await store.close()
"""


def python(main: str, path: Path) -> "subprocess.CompletedProcess[bytes]":
    """Run a `main(path)` in a process of its own."""
    code = f"""
import asyncio, os, pathlib, sys
from claims.feeds import Visit
from claims.sqlite import SQLiteStore
from tests.support.build import checkpoint, member, outcome
{main}
asyncio.run(main(pathlib.Path(sys.argv[1])))
"""
    return subprocess.run(
        [sys.executable, "-c", code, str(path)], check=False, cwd=ROOT, stdout=subprocess.PIPE, timeout=30
    )


def bringing(outcomes: Iterator[Outcome]) -> Visit:
    """Return a visit whose outcomes come one by one, so that things can happen in its middle."""
    return replace(visit(), outcomes=outcomes)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the database goes."""
    return tmp_path / "kept.db"


async def opened(path: Path, *, busy_timeout: float = 5.0) -> SQLiteStore:
    """Return a store that holds one told story."""
    store = await SQLiteStore.open(path, busy_timeout=busy_timeout)
    await store.sync_feeds([feed()])
    await store.sync_claims([claim()])
    await store.sync_subscriptions([subscription()])
    await store.record_visit(visit(outcome(FIRST)))
    return store


async def everything(store: SQLiteStore) -> list[object]:
    """Return the answer to every question a store can be asked."""
    return [await read(store) for read in READS.values()]


def test_every_method_is_named_here():
    """The tests below run each method of the store, so a new one must be listed."""
    methods = {name for name in dir(SQLiteStore) if not name.startswith("_")}
    assert methods - {"open", "close"} == {*WRITES, *READS}


@pytest.fixture
def locked(path: Path) -> Iterator[Callable[[], None]]:
    """Return what makes another program hold the write lock until the test is over."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        yield lambda: other.execute("begin immediate") and None


@pytest.mark.parametrize("name", WRITES)
async def test_a_write_to_a_locked_database_is_explained(path: Path, locked: Callable[[], None], name: str):
    """Every write says which file another program holds, and what to do; nothing of it is kept."""
    store = await opened(path, busy_timeout=0.01)
    before = await everything(store)
    locked()
    with pytest.raises(StoreError, match="locked by another program: stop") as refused:
        await WRITES[name](store)
    assert str(path) in str(refused.value)
    assert await everything(store) == before
    await store.close()


async def test_reads_go_on_while_another_program_writes(path: Path, locked: Callable[[], None]):
    """A write lock held elsewhere stops no question from being answered, nor the store from being opened."""
    store = await opened(path, busy_timeout=0.01)
    before = await everything(store)
    await store.close()
    locked()
    store = await SQLiteStore.open(path, busy_timeout=0.01)
    assert await everything(store) == before
    await store.close()


async def test_reopening_keeps_everything(path: Path):
    """Whatever a store answered before it was closed it answers after it is opened again."""
    store = await opened(path)
    await store.raise_digest(digest(), NOW)
    before = await everything(store)
    await store.close()
    assert not path.with_name("kept.db-wal").exists()
    store = await SQLiteStore.open(path)
    assert await everything(store) == before
    await store.close()


async def test_what_an_older_version_did_not_keep_has_its_default(path: Path):
    """A subscription of before digests of weeks and months has a daily one as ever, and no other."""
    old = subscription("discord:7", digest=time(8), timezone="Asia/Seoul")
    store = await SQLiteStore.open(path)
    await store.subscribe(replace(old, week_on=2, month_on=1, skip_empty=True, hours_set_at=NOW))
    await store.close()
    younger = ("week_on", "month_on", "skip_empty", "hours_set_at")
    with closing(sqlite3.connect(path)) as db, db:
        for name in younger:
            db.execute("update subscriptions set document = json_remove(document, ?)", (f"$.{name}",))
    store = await SQLiteStore.open(path)
    kept = {each.destination: each for each in await store.subscriptions()}
    await store.close()
    assert kept["discord:7"] == replace(old, by_people=True)


async def test_one_task_undoing_does_not_lose_what_another_wrote(path: Path):
    """Of writes that run at once, those that fail are undone and the others are kept whole."""
    store = await opened(path)
    good = [member(f"Good {n}") for n in range(20)]
    bad = [member(f"Bad {n}", ["containers-2023", "untracked"]) for n in range(20)]
    tasks = [
        store.record_visit(visit(outcome(each))) for pair in zip(good, bad, strict=True) for each in pair
    ]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [type(None), sqlite3.IntegrityError] * 20
    assert {story.title for story, _ in await store.stories()} == {"First"} | {m.story.title for m in good}
    assert len(await store.due_deliveries(NOW)) == 21
    await store.close()


@pytest.mark.parametrize("after", [0, 1, 2])
async def test_a_cancelled_write_is_undone_and_the_next_goes_on(path: Path, after: int):
    """Cancelling a visit between any two of its stories keeps nothing of it and leaves the store usable."""
    store = await opened(path)
    before = await everything(store)
    brought = [outcome(member("Second")), outcome(member("Third"))]

    def until_cancelled() -> Iterator[Outcome]:
        yield from brought[:after]
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        yield from brought[after:]

    cancelled = asyncio.create_task(store.record_visit(bringing(until_cancelled())))
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    assert await everything(store) == before
    await store.record_visit(visit(*brought))
    assert len(await store.stories()) == 3
    await store.close()


async def test_a_crash_within_a_visit_keeps_nothing_of_it(path: Path):
    """A process that dies between two stories of a visit leaves the database as it was before."""
    store = await opened(path)
    before = await everything(store)
    await store.close()
    assert python(CRASH, path).returncode == 9
    store = await SQLiteStore.open(path)
    assert await everything(store) == before
    await store.close()


async def test_another_process_reads_while_one_writes(path: Path):
    """A second process sees what was committed, and nothing of the visit that is under way."""
    store = await opened(path)
    answers: list[bytes] = []

    def meanwhile() -> Iterator[Outcome]:
        yield outcome(member("Second"))
        answers.append(python(COUNT, path).stdout)

    await store.record_visit(bringing(meanwhile()))
    answers.append(python(COUNT, path).stdout)
    assert answers == [b"1 stories", b"2 stories"]
    await store.close()


async def test_a_read_sees_no_half_of_a_visit(path: Path):
    """Reads that run beside a visit, in this store and in another one, see all of it or nothing."""
    store = await opened(path)
    other = await SQLiteStore.open(path)
    joined = [member(f"Joined {n}") for n in range(20)]
    writing = asyncio.create_task(
        store.record_visit(
            visit(
                *(
                    outcome(each, update(alert(FIRST), revision=n + 1), of=FIRST)
                    for n, each in enumerate(joined)
                )
            )
        )
    )
    seen = set()
    while not writing.done():
        for reader in (store, other):
            briefing = await reader.briefing(alert(FIRST).key)
            seen.add((len(briefing.event.members), briefing.alert.revision))
    await writing
    assert seen <= {(1, 0), (21, 20)}
    assert (await other.briefing(alert(FIRST).key)).event == event(FIRST, *joined)
    await other.close()
    await store.close()


async def test_a_read_only_file_is_explained(path: Path):
    """A database that the driver will not write to is said to be read-only, with its path."""
    store = await opened(path)
    await store._db.execute("pragma query_only = on")
    with pytest.raises(StoreError, match=r"kept\.db is read-only: allow writing"):
        await store.sync_feeds([])
    await store.close()


async def test_a_full_disk_is_explained(path: Path):
    """A database that cannot grow says so, and keeps nothing of what did not fit."""
    store = await opened(path)
    await store._db.execute_fetchall("pragma max_page_count = 1")
    with pytest.raises(StoreError, match=r"kept\.db cannot grow, the disk is full"):
        await store.sync_feeds([feed(f"https://{n}.example/", title="x" * 5000) for n in range(50)])
    assert [status.feed for status in await store.feeds()] == [feed()]
    await store.close()


async def test_a_damaged_file_is_explained(path: Path):
    """Pages that hold nonsense are reported as damage to that file."""
    await (await opened(path)).close()
    spoil(path)
    with pytest.raises(StoreError, match=r"kept\.db is damaged: put a copy"):
        await SQLiteStore.open(path)


@pytest.mark.parametrize("name", sorted(READS.keys() - WHOLE))
async def test_no_question_reads_the_whole_history(path: Path, name: str):
    """Every read but those of the whole finds its rows by an index."""
    store = await opened(path)
    asked: list[str] = []
    await store._db.set_trace_callback(asked.append)
    await READS[name](store)
    await store.close()
    queries = [query for query in asked if query.lstrip().startswith(("select", "with"))]
    assert queries
    assert [step for step in plan(path, queries) if HISTORY.match(step)] == []


def spoil(path: Path) -> None:
    """Overwrite all but the first page of a database."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes([255]) * (len(content) - 4096))


def plan(path: Path, queries: Iterable[str]) -> list[str]:
    """Return the steps by which SQLite answers queries."""
    with closing(sqlite3.connect(path)) as db:
        return [step for query in queries for *_, step in db.execute(f"explain query plan {query}")]


async def test_many_feeds_are_added_in_one_transaction(tmp_path: Path):
    """Where one cannot be kept none is: ten thousand wait for the disk once."""
    store = await SQLiteStore.open(tmp_path / "claimwatch.db")
    with pytest.raises(sqlite3.IntegrityError):
        await store.add_feeds([feed("a"), feed("b", title=None)], by="ada")
    kept = await store.feeds()
    await store.close()
    assert kept == []
