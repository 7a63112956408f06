"""`rematch`: kept stories under the register and the lexicon of today."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from bot import parts
from claims.model import Member, Reason, Silence, Stance
from claims.outgoing import Account
from claims.store import Store
from tests.support.build import alert, claim, evidence, feed, inquiry, member, outcome, subscription, visit
from tests.support.cli import CommandLine
from tests.support.stores import open_store

T = TypeVar("T")
TITLE = "North Korea shipped artillery shells to Russia from Rason, sample ministry says"
MISSED = member(
    TITLE, [], summary="Ships carried 2,000 containers of artillery shells.", url="https://a.example/1"
)
MISSED = Member(MISSED.story, replace(MISSED.reading, relevant=False))
WRONG = member("Sample bakery opens", ["sample-shells"], summary="It sells bread.", url="https://a.example/2")


def with_store(claimwatch: CommandLine, use: Callable[[Store], Awaitable[T]]) -> T:
    """Return what somebody finds in the store of the command line."""

    async def opened() -> T:
        store = await open_store(claimwatch.store)
        try:
            return await use(store)
        finally:
            await store.close()

    return asyncio.run(opened())


@pytest.fixture
def kept(claimwatch: CommandLine) -> CommandLine:
    """Keep a story that was missed, and one that was told though it is about bread."""

    async def fill(store: Store) -> None:
        await store.sync_feeds([feed()])
        await store.sync_claims([claim("sample-shells")])
        await store.sync_subscriptions([subscription()])
        missed = outcome(MISSED, Silence(Reason.IRRELEVANT))
        await store.record_visit(visit(missed, outcome(WRONG, alert(WRONG))))

    with_store(claimwatch, fill)
    return claimwatch


def accounts(claimwatch: CommandLine) -> list[Account]:
    """Return what became of the two stories."""

    async def look(store: Store) -> list[Account]:
        return [account for m in (MISSED, WRONG) for account in await store.accounts(m.story.id)]

    return with_store(claimwatch, look)


def test_a_dry_run_shows_what_would_change_and_writes_nothing(kept: CommandLine) -> None:
    """People read a story a line with its links before and now; the store stays as it was."""
    before = accounts(kept)
    ran = kept("rematch", "--since", "2024-08", "--dry-run")

    assert (ran.code, ran.err) == (0, "")
    missed, relevant, link, wrong, irrelevant, gone, summary = ran.out.splitlines()
    assert TITLE in missed
    assert relevant.strip() == "now relevant"
    assert link.strip().startswith("sample-shells: nothing -> supports (")
    assert "Sample bakery opens" in wrong
    assert irrelevant.strip() == "no longer relevant"
    assert gone.strip() == "sample-shells: supports (0.90) -> nothing"
    assert summary == (
        "2 stories read again, 2 tell something else (1 more relevant, 1 no longer; "
        "links: 1 new, 1 gone, 0 otherwise); nothing was written: --dry-run"
    )
    assert accounts(kept) == before


def test_what_changes_is_kept_and_nothing_is_posted(kept: CommandLine) -> None:
    """The new readings are kept; the decisions and the one alert stay, and a second run changes nothing."""
    (_, told) = accounts(kept)
    assert kept("rematch", "--since", "2024-08").code == 0
    missed, wrong = accounts(kept)

    assert [(e.claim_id, e.stance) for e in missed.member.reading.evidence] == [
        ("sample-shells", Stance.SUPPORTS)
    ]
    assert missed.reason is Reason.IRRELEVANT
    assert missed.event is not None
    assert missed.alert is None
    assert wrong.member.reading.evidence == ()
    assert (wrong.alert, wrong.deliveries) == (told.alert, told.deliveries)
    assert wrong.event is not None, "an event that was told keeps its stories"
    assert kept("rematch", "--since", "2024-08", "--json").rows == [
        {"since": "2024-08", "read": 2, "written": True, "changes": []}
    ]


def test_programs_get_the_changes_as_one_object(kept: CommandLine) -> None:
    """Each change has its story, its relevance before and now, and each link with its stance and score."""
    (told,) = kept("rematch", "--since", "2024-08", "--dry-run", "--json").rows
    wrong = next(row for row in told["changes"] if row["id"] == WRONG.story.id)

    assert (told["read"], told["written"]) == (2, False)
    assert wrong == {
        "id": WRONG.story.id,
        "title": "Sample bakery opens",
        "url": "https://a.example/2",
        "relevant": [True, False],
        "links": [
            {
                "id": "sample-shells",
                "before": {"stance": "supports", "suggested": False, "score": 0.9},
                "now": None,
            }
        ],
    }


def test_what_a_person_judged_stays(kept: CommandLine) -> None:
    """A link that somebody confirmed outlives a matcher that sees none."""
    judged = member("Sample mill opens", [], summary="It grinds.", url="https://a.example/3")
    link = evidence(judged.story, "sample-shells", judge="analyst")
    judged = Member(judged.story, replace(judged.reading, evidence=(link,)))

    async def add(store: Store) -> None:
        await store.record_visit(visit(outcome(judged)))

    with_store(kept, add)
    (told,) = kept("rematch", "--since", "2024-08", "--json").rows

    assert judged.story.id not in {row["id"] for row in told["changes"]}
    (account,) = with_store(kept, lambda store: store.accounts(judged.story.id))
    assert account.member.reading.evidence == (link,)
    assert account.member.reading.relevant


def test_what_a_model_changed_stays(kept: CommandLine) -> None:
    """A link that a second opinion took off does not come back, though the matcher still sees it."""
    cleared = member(TITLE, [], summary=MISSED.story.summary, url="https://a.example/4")

    async def add(store: Store) -> None:
        await store.record_visit(visit(outcome(cleared, Silence(Reason.NO_CLAIM))))
        await store.record_inquiry(
            inquiry(story_id=cleared.story.id, changed=("sample-shells: taken off",), answer="{}")
        )

    with_store(kept, add)
    (told,) = kept("rematch", "--since", "2024-08", "--json").rows

    assert cleared.story.id not in {row["id"] for row in told["changes"]}
    (account,) = with_store(kept, lambda store: store.accounts(cleared.story.id))
    assert account.member == cleared


def test_two_reports_of_one_happening_come_together(kept: CommandLine) -> None:
    """Stories that became relevant at once join one event, as they would have when they came."""
    again = member(TITLE, [], summary=MISSED.story.summary, url="https://b.example/1")
    again = Member(again.story, replace(again.reading, relevant=False))

    async def add(store: Store) -> None:
        await store.record_visit(visit(outcome(again, Silence(Reason.IRRELEVANT))))

    with_store(kept, add)
    assert kept("rematch", "--since", "2024-08").code == 0
    (account,) = with_store(kept, lambda store: store.accounts(again.story.id))

    assert account.event is not None
    assert {m.story for m in account.event.members} == {MISSED.story, again.story}


def test_older_stories_are_left_alone(kept: CommandLine) -> None:
    """Only stories of that day or later are read."""
    (told,) = kept("rematch", "--since", "2024-08-28", "--json").rows

    assert (told["read"], told["changes"]) == (0, [])


def test_a_running_bot_must_be_stopped_first(kept: CommandLine) -> None:
    """Writing needs the store for itself, and says so; a dry run can go beside the bot."""
    with parts.only_one(kept.store):
        writing, looking = (kept("rematch", "--since", "2024", *more) for more in ([], ["--dry-run"]))

    assert (writing.code, looking.code) == (2, 0)
    assert "is in use by another Claimwatch; stop that one" in writing.err


def test_a_date_that_is_none_is_exit_code_2(kept: CommandLine) -> None:
    """What `--since` takes is said on stderr."""
    ran = kept("rematch", "--since", "yesterday")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "claimwatch: --since: “yesterday” is not a day like 2023-10-13, 2023-10 or 2023\n"
