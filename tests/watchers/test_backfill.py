"""Archives through the chain into a real store."""

import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from claims.alerting import decide
from claims.feeds import Feed, Visit
from claims.matching.matcher import Ranked
from claims.matching.meaning import Vector
from claims.model import Alert, Event, Figure, Member, Reading, Reason, Story
from claims.outgoing import Account
from claims.sqlite import SQLiteStore
from claims.vectors import Vectors
from tests.support.build import (
    FEED_URL,
    NOW,
    checkpoint,
    claim,
    evidence,
    feed,
    figure,
    marks,
    reading,
    source,
    story,
    subscription,
)
from tests.support.grouping import by_title
from tests.support.stores import open_store
from watchers.archives import Archives, Skipped, Why
from watchers.backfill import BATCH, Backfill, Filled
from watchers.chain import Chain
from watchers.outlets import Outlets

DAY = timedelta(days=1)
OTHER_URL = "https://feeds.sample-herald.example/asia.xml"
OLD = "Ship leaves Rason with {} shells"


class ShellReader:
    """Reads a story as relevant where its title speaks of shells; a number there is a figure."""

    def read(self, story: Story) -> Reading:
        """Return a reading whose concepts are the words of the title."""
        words = story.title.casefold().split()
        if "shells" not in words:
            return reading(story, claims=[], relevant=False, concepts=())
        figures = tuple(_figure(number) for number in re.findall(r"\d+", story.title))
        return reading(story, evidence=(evidence(story, why=marks("shells")),), figures=figures)

    def rank(self, story: Story) -> list[Ranked]:
        """Return no claim."""
        return []

    def group(
        self, member: Member, events: Sequence[Event], vectors: Mapping[str, Vector] | None = None
    ) -> Event | None:
        """Return the event that is worded alike."""
        return by_title(member, events, vectors)


def _figure(number: str) -> Figure:
    return figure(float(number), quote=number)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SQLiteStore]:
    """Open a store with one claim, two feeds of one outlet, and a channel that wants all."""
    opened = await open_store(tmp_path / "sample.db")
    try:
        await opened.sync_claims([claim(figures=(figure(1_000),))])
        await opened.sync_feeds([feed(), feed(OTHER_URL, title="Sample Herald: Asia")])
        await opened.sync_subscriptions([subscription()])
        yield opened
    finally:
        await opened.close()


def chain(store: SQLiteStore, now: datetime = NOW) -> Chain:
    """Return the chain as the poller has it."""
    return Chain(
        store,
        make_reader=lambda *_: ShellReader(),
        decide=decide,
        vectors=Vectors(None, store, lambda: now),
        clock=lambda: now,
    )


def write(path: Path, *rows: tuple[str, datetime], outlet: str = "Sample Herald") -> Path:
    """Write stories as JSON lines and return the path."""
    lines = (
        json.dumps(
            {
                "id": str(number),
                "title": title,
                "summary": "",
                "published": moment.isoformat(),
                "outlet": outlet,
                "url": f"https://sample-herald.example/{title.replace(' ', '-')}",
            }
        )
        for number, (title, moment) in enumerate(rows)
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


async def no_documents(body: bytes, feed: Feed, seen_at: datetime) -> list[Story]:
    """Return no story: these archives are lines of JSON."""
    return []


async def filling(
    store: SQLiteStore, *paths: Path, skipped: list[Skipped] | None = None
) -> AsyncGenerator[Filled, None]:
    """Fill the store from archives step by step."""
    outlets = Outlets(await store.feeds())
    archives = Archives(
        paths, read_document=no_documents, outlets=outlets, feed=None, now=NOW, max_bytes=1_000_000
    )
    notes = [] if skipped is None else skipped
    backfill = Backfill(store, chain=chain(store), outlets=outlets, on_skip=notes.append)
    async with aclosing(backfill.run(archives)) as steps:
        async for filled in steps:
            yield filled


async def fill(store: SQLiteStore, *paths: Path, skipped: list[Skipped] | None = None) -> Filled:
    """Fill the store from archives, and return how far it came."""
    filled = Filled()
    async for step in filling(store, *paths, skipped=skipped):
        filled = step
    return filled


async def come(store: SQLiteStore, *stories: Story, now: datetime = NOW) -> Visit:
    """Let stories come by their live feed."""
    live = chain(store, now)
    async with live.settled(await live.read(stories)) as outcomes:
        visit = Visit(checkpoint(stories[0].feed_url), outcomes)
        await store.record_visit(visit)
    return visit


async def kept(store: SQLiteStore) -> list[Account]:
    """Return what became of every kept story, oldest first."""
    return [account for story, _ in await store.stories() for account in await store.accounts(story.id)]


async def test_history_stands_with_its_own_dates_and_nothing_is_told(
    store: SQLiteStore, tmp_path: Path
) -> None:
    """Evidence and figures are there at once; no alert, no delivery, and nothing for a digest."""
    days = [NOW - 300 * DAY, NOW - 200 * DAY]
    rows = [(OLD.format(number), day) for number, day in zip([2000, 3000], days, strict=True)]
    filled = await fill(store, write(tmp_path / "a.jsonl", *rows, ("Bakery opens", days[0])))

    assert (filled.new, filled.known, filled.relevant, filled.linked) == (3, 0, 2, 2)
    assert filled.claims == {"containers-2023"}
    told = await store.evidence("containers-2023", 10)
    assert [member.story.published_at for member, _ in told] == list(reversed(days))
    series = (await store.sightings(["containers-2023"]))["containers-2023"]
    assert [sighting.figure.low for sighting in series] == [2000, 3000]
    accounts = await kept(store)
    assert {account.reason for account in accounts} == {Reason.BACKLOG}
    assert [account.alert for account in accounts] == [None] * 3
    assert await store.due_deliveries(NOW + DAY) == []
    assert (await store.activity(NOW - 400 * DAY, NOW)).events == ()


async def test_the_first_story_is_seen_when_the_archive_is_read(store: SQLiteStore, tmp_path: Path) -> None:
    """We did not watch in the years of the archive: no digest is due for them."""
    await fill(store, write(tmp_path / "a.jsonl", ("Bakery opens", NOW - 300 * DAY)))

    assert await store.opened_at() == NOW


async def test_the_feed_is_as_new_as_it_was(store: SQLiteStore, tmp_path: Path) -> None:
    """No checkpoint changes: the first live visit is backlog as ever."""
    before = await store.feeds()
    await fill(store, write(tmp_path / "a.jsonl", ("Bakery opens", NOW - DAY)))

    assert await store.feeds() == before


async def test_an_old_number_is_no_news_when_it_comes_again(store: SQLiteStore, tmp_path: Path) -> None:
    """What the archive said is what a live figure is set beside."""
    await fill(store, write(tmp_path / "a.jsonl", (OLD.format(2000), NOW - 100 * DAY)))
    again = story("2000 shells counted", published_at=NOW)
    moved = story("5000 shells counted", published_at=NOW + 10 * DAY)
    repeated = (await come(store, again)).outcomes[0].decision
    new = (await come(store, moved, now=NOW + 10 * DAY)).outcomes[0].decision

    assert isinstance(repeated, Alert)
    assert (repeated.reason, repeated.change) == (Reason.NEW_EVENT, None)
    assert isinstance(new, Alert)
    assert new.change is not None
    assert new.change.before is not None
    assert (new.change.now.low, new.change.before.figure.low) == (5000, 2000)


async def test_a_live_story_of_an_archived_happening_is_told(store: SQLiteStore, tmp_path: Path) -> None:
    """It joins the event that the archive opened and raises its alert: what was silent mutes nothing."""
    await fill(store, write(tmp_path / "a.jsonl", (OLD.format(2000), NOW - DAY), outlet="Sample Gazette"))
    visit = await come(store, story(OLD.format(2000), published_at=NOW))
    archived, live = await kept(store)

    assert isinstance(visit.outcomes[0].decision, Alert)
    assert archived.event is not None
    assert [m.story for m in archived.event.members] == [archived.member.story, live.member.story]
    assert len(await store.due_deliveries(NOW)) == 1


async def test_an_archived_story_of_a_told_happening_is_not_told(store: SQLiteStore, tmp_path: Path) -> None:
    """It joins the event, and the alert stays as it was posted."""
    visit = await come(store, story(OLD.format(2000), published_at=NOW - DAY))
    told = visit.outcomes[0].decision
    await fill(store, write(tmp_path / "a.jsonl", (OLD.format(2000), NOW - 2 * DAY), outlet="Sample Gazette"))
    archived, _ = await kept(store)

    assert archived.event is not None
    assert len(archived.event.members) == 2
    assert archived.alert == told


async def test_twice_is_once(store: SQLiteStore, tmp_path: Path) -> None:
    """The second run finds all of it known and changes nothing; so does a story that stands twice."""
    path = write(
        tmp_path / "a.jsonl", (OLD.format(2), NOW - DAY), ("Bakery", NOW - DAY), ("Bakery", NOW - 2 * DAY)
    )
    first = await fill(store, path)
    before = await kept(store)
    second = await fill(store, path)

    assert (first.new, first.known, second.new, second.known) == (2, 1, 0, 3)
    assert await kept(store) == before


async def test_equal_words_at_two_addresses_are_two_stories(store: SQLiteStore, tmp_path: Path) -> None:
    """A headline that comes back every day is kept as often, and no second run adds to it."""
    lines = [
        json.dumps(
            {
                "id": str(number),
                "title": "Daily brief",
                "summary": "",
                "published": "2023-10-13",
                "outlet": "Sample Herald",
                "url": f"https://sample-herald.example/{number}",
            }
        )
        for number in range(3)
    ]
    one, all_three = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    one.write_text(lines[0], encoding="utf-8")
    all_three.write_text("\n".join(lines), encoding="utf-8")
    runs = [await fill(store, path) for path in (one, all_three, all_three)]

    assert [(filled.new, filled.known) for filled in runs] == [(1, 0), (2, 1), (0, 3)]


@pytest.mark.parametrize("feed_url", [FEED_URL, OTHER_URL])
async def test_what_a_feed_of_the_outlet_brought_is_known(
    store: SQLiteStore, tmp_path: Path, feed_url: str
) -> None:
    """The live story stays as it is, whichever feed of the outlet it came by."""
    live = story("Bakery opens", feed_url=feed_url, url="https://sample-herald.example/Bakery-opens")
    await come(store, live)
    filled = await fill(store, write(tmp_path / "a.jsonl", ("Bakery opens", NOW - DAY)))

    assert (filled.new, filled.known) == (0, 1)
    assert [account.member.story for account in await kept(store)] == [live]


async def test_archives_of_an_outlet_are_known_when_its_feed_is_watched(
    store: SQLiteStore, tmp_path: Path
) -> None:
    """Its archives have a feed of their own, which nobody sees or polls, until one is added."""
    path = write(tmp_path / "a.jsonl", ("Bakery opens", NOW - DAY), outlet="Sample Gazette")
    await fill(store, path)
    assert [status.feed.url for status in await store.feeds()] == [OTHER_URL, FEED_URL]
    assert [status.feed.url for status in await store.due_feeds(NOW)] == [OTHER_URL, FEED_URL]
    await store.add_feeds([feed("https://gazette.example/rss", source=source("Sample Gazette"))], "Mina")
    filled = await fill(store, path)

    assert (filled.new, filled.known) == (0, 1)


async def test_a_run_that_was_stopped_goes_on(store: SQLiteStore, tmp_path: Path) -> None:
    """What was kept stays, the rest follows, and the rows are those of one run."""
    rows = [(f"Bakery {n} opens", NOW - (n + 1) * timedelta(minutes=1)) for n in range(2 * BATCH)]
    path = write(tmp_path / "a.jsonl", *rows)
    async with aclosing(filling(store, path)) as steps:
        async for filled in steps:
            if filled.done:
                break
    halfway = await store.stories()
    rest = await fill(store, path)

    assert len(halfway) == BATCH
    assert (rest.new, rest.known) == (BATCH, BATCH)
    titles = [story.title for story, _ in await store.stories()]
    assert titles == [title for title, _ in reversed(rows)]


async def test_files_are_decided_in_the_order_of_their_dates(store: SQLiteStore, tmp_path: Path) -> None:
    """The oldest story of a happening opens its event, in whatever file it stands."""
    newer = write(tmp_path / "a.jsonl", (OLD.format("many"), NOW - DAY))
    older = write(tmp_path / "b.jsonl", (OLD.format("some"), NOW - 2 * DAY))
    await fill(store, newer, older)
    (event,) = await store.events_between(NOW - 3 * DAY, NOW)

    assert [member.story.at for member in event.members] == [NOW - 2 * DAY, NOW - DAY]


async def test_what_is_skipped_is_counted_by_its_reason(store: SQLiteStore, tmp_path: Path) -> None:
    """Each is told as it is met, and the stories beside it are kept."""
    path = write(tmp_path / "a.jsonl", ("Bakery opens", NOW - DAY), ("Bakery closes", NOW + DAY))
    path.write_text(path.read_text("utf-8") + "\n{", encoding="utf-8")
    skipped: list[Skipped] = []
    filled = await fill(store, path, skipped=skipped)

    assert filled.new == 1
    assert filled.skipped == {Why.TO_COME: 1, Why.NO_STORY: 1}
    assert [each.why for each in skipped] == [Why.TO_COME, Why.NO_STORY]
