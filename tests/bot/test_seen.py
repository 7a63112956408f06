"""What a workspace reaches of the store, by a real one that two of them use."""

import inspect
from dataclasses import replace

import pytest

from bot.bearing import bearing_on
from bot.commands.model import Context
from bot.seen import OPEN, SeenStore, seen_by
from claims.errors import NotFound
from claims.lookups import StorySearch
from claims.model import Member, Reason, Silence
from claims.reckoning import Reckoning
from claims.store import Store
from claims.verdicts import VerdictKind
from claims.workspaces import CONSOLE, AuditEntry, Snooze, SnoozeKind, Workspace
from tests.support.build import (
    NOW,
    alert,
    at,
    claim,
    event_id,
    evidence,
    feed,
    figure,
    member,
    outcome,
    subscription,
    verdict,
    visit,
)

OURS, THEIRS = "discord:500", "discord:501"
PRIVATE = claim("oil-k3f9", workspace=OURS)
BOTH = member(
    "Sample ship leaves", ["containers-2023", PRIVATE.id], figures=[figure(9)], origin="Sample Body"
)
ONLY = member("Sample tanker docks", [PRIVATE.id])


def suggested(title: str, claim_id: str, **changes: object) -> Member:
    """Return a story whose one link waits for a review."""
    told = member(title, [], **changes)  # type: ignore[arg-type]  # any field of a story
    link = evidence(told.story, claim_id, score=0.4, suggested=True)
    return replace(told, reading=replace(told.reading, evidence=(link,)))


@pytest.fixture(autouse=True)
async def kept(context: Context) -> None:
    """Keep a shared claim, one of a workspace's own, and stories that bear on them."""
    store = context.store
    await store.sync_feeds([feed()])
    await store.sync_claims([claim()])
    await store.keep_claim(PRIVATE)
    told = replace(alert(BOTH), links=BOTH.reading.evidence)
    alone = replace(alert(ONLY), links=ONLY.reading.evidence)
    await store.record_visit(visit(outcome(BOTH, told), outcome(ONLY, alone)))


@pytest.fixture
def ours(context: Context) -> Store:
    """Return the store as the workspace sees it that added a claim."""
    return seen_by(context.store, OURS)


@pytest.fixture
def theirs(context: Context) -> Store:
    """Return the store as another sees it."""
    return seen_by(context.store, THEIRS)


def test_nothing_is_reached_that_is_not_said_to_be_seen(context: Context) -> None:
    """A method of the store that nobody thought of is not there for commands; the others are as promised."""
    view = seen_by(context.store, OURS)

    with pytest.raises(AttributeError, match="who sees what"):
        view.record_visit  # noqa: B018 - reaching for it is what is refused
    names = [name for book in Store.__mro__ for name in vars(book) if not name.startswith("_")]
    assert set(names) >= OPEN
    for name in names:
        if name in dir(SeenStore):
            promised = inspect.signature(getattr(Store, name))
            assert inspect.signature(getattr(SeenStore, name)) == promised, name


def test_the_console_sees_all(context: Context) -> None:
    """It is handed the store itself."""
    assert seen_by(context.store, CONSOLE) is context.store


async def test_claims_of_others_are_not_there(ours: Store, theirs: Store) -> None:
    """By id, by words, in the list and in the register, and nothing can be done to them."""
    assert [each.id for each in await ours.claims()] == ["containers-2023", "oil-k3f9"]
    assert [each.id for each in await theirs.claims()] == ["containers-2023"]
    assert list(await theirs.register()) == ["containers-2023"]
    assert await theirs.search_claims("oil-k3f9") == []
    assert await theirs.evidence(PRIVATE.id, 5) == []
    assert PRIVATE.id not in await theirs.sightings([PRIVATE.id])
    assert set(await ours.claims_in_news(at(-60), 5)) == {"containers-2023", PRIVATE.id}
    assert await theirs.claims_in_news(at(-60), 5) == ["containers-2023"]
    for refused in (
        theirs.claim(PRIVATE.id),
        theirs.keep_claim(replace(PRIVATE, workspace=THEIRS)),
        theirs.retire_claim(PRIVATE.id),
        theirs.record_verdict(
            verdict(BOTH.story, "right", claim_id=PRIVATE.id, workspace=THEIRS, shared=False)
        ),
    ):
        with pytest.raises(NotFound):
            await refused


async def test_what_is_done_to_a_claim_is_seen_at_once(ours: Store) -> None:
    """Also within one question."""
    await ours.keep_claim(claim("new-x2y4", workspace=OURS))
    await ours.retire_claim("oil-k3f9")

    assert [each.id for each in await ours.claims()] == ["containers-2023", "new-x2y4"]
    assert set(await ours.register()) == {"containers-2023", "oil-k3f9", "new-x2y4"}


async def test_stories_and_happenings_hold_no_claim_of_others(ours: Store, theirs: Store) -> None:
    """Whichever way a story is reached, it bears on nothing that is hidden."""
    reached = [
        await theirs.find_story(ONLY.story.id),
        await theirs.members([BOTH.story.id, ONLY.story.id]),
        await theirs.events_between(at(-60), NOW),
        await theirs.activity(at(-60), NOW),
        await theirs.alerts([event_id(BOTH), event_id(ONLY)]),
        await theirs.briefing(alert(BOTH).key),
        await theirs.accounts(ONLY.story.id),
        await theirs.accounts(BOTH.story.id),
    ]

    assert "oil-k3f9" not in repr(reached)
    assert list(await theirs.alerts([event_id(BOTH), event_id(ONLY)])) == [event_id(BOTH)]
    with pytest.raises(NotFound):
        await theirs.briefing(alert(ONLY).key)
    assert (await ours.briefing(alert(ONLY).key)).claims == (PRIVATE,)


async def test_a_review_is_filled_up_with_what_is_seen(context: Context, theirs: Store) -> None:
    """The newest that one may see come, however many of others wait before them."""
    hidden = [suggested(f"Sample {n}", PRIVATE.id, published_at=at(n)) for n in range(9)]
    plain = [suggested(f"Plain {n}", "containers-2023", published_at=at(-n)) for n in range(3)]
    silent = [outcome(each, Silence(Reason.SUGGESTED_ONLY)) for each in (*hidden, *plain)]
    await context.store.record_visit(visit(*silent))

    waiting = await theirs.suggestions(2)

    assert [m.story.title for m, _ in waiting] == ["Plain 0", "Plain 1"]
    assert len(await theirs.suggestions(10)) == 3


async def test_a_private_verdict_shows_in_its_own_look_ups_alone(ours: Store, theirs: Store) -> None:
    """Evidence, figures, happenings and stories read there as its people say, and elsewhere as before."""
    said = verdict(
        BOTH.story, VerdictKind.WRONG_CLAIM, claim_id="containers-2023", workspace=OURS, shared=False
    )
    before = await theirs.evidence("containers-2023", 5)
    await ours.record_verdict(said)

    assert await ours.evidence("containers-2023", 5) == []
    assert (await ours.sightings(["containers-2023"]))["containers-2023"] == ()
    assert (await ours.bodies(["containers-2023"], at(60)))["containers-2023"] == ()
    assert len((await theirs.bodies(["containers-2023"], at(60)))["containers-2023"]) == 1
    assert [e.claim_id for e in (await ours.find_story(BOTH.story.id))[0].reading.evidence] == [PRIVATE.id]
    assert (await ours.accounts(BOTH.story.id))[0].verdicts == (said,)
    assert await ours.verdicts([BOTH.story.id], OURS) == {BOTH.story.id: (said,)}
    assert await theirs.evidence("containers-2023", 5) == before
    assert await theirs.verdicts([BOTH.story.id], THEIRS) == {}
    assert (await theirs.accounts(BOTH.story.id))[0].verdicts == ()


async def test_a_story_that_people_put_into_a_claim_is_found_there(ours: Store) -> None:
    """It counts as evidence, with its figures, beside what the matcher found."""
    said = verdict(ONLY.story, VerdictKind.RIGHT, claim_id="containers-2023", workspace=OURS, shared=False)
    await ours.record_verdict(said)

    found = [m.story.title for m, _ in await ours.evidence("containers-2023", 5)]

    assert sorted(found) == ["Sample ship leaves", "Sample tanker docks"]
    assert [m.story.title for m, _link, _event in await bearing_on(ours, "containers-2023")] == found


async def test_what_a_shared_verdict_says_of_a_hidden_claim_stays_hidden(
    context: Context, theirs: Store
) -> None:
    """Whoever runs the bot may judge by a private claim, and others do not learn of it."""
    await context.store.record_verdict(
        verdict(BOTH.story, VerdictKind.WRONG_CLAIM, claim_id="containers-2023", right_claim=PRIVATE.id)
    )

    assert await theirs.judged() == []
    assert await theirs.verdicts([BOTH.story.id], THEIRS) == {}
    assert "oil-k3f9" not in repr(await theirs.accounts(BOTH.story.id))


async def test_a_workspace_has_its_own_books(context: Context, ours: Store, theirs: Store) -> None:
    """Subscriptions, settings, snoozes and the log of another are asked for by a bug alone."""
    await ours.subscribe(subscription("discord:600", workspace=OURS, by_people=True))
    await ours.keep_workspace(Workspace(OURS, editors=("7",)))
    await ours.note(AuditEntry(OURS, NOW, "discord:901", "claim track"))
    await ours.snooze(Snooze(OURS, SnoozeKind.CLAIM, "oil-k3f9", at(60), "discord:901", NOW))

    assert [each.destination for each in await ours.subscriptions()] == ["discord:600"]
    assert (await ours.workspace(OURS)).editors == ("7",)
    assert len(await ours.audit(OURS, 5)) == len(await ours.snoozes(OURS, NOW)) == 1
    assert await theirs.subscriptions() == await theirs.audit(THEIRS, 5) == []
    for refused in (
        theirs.subscriptions(OURS),
        theirs.workspace(OURS),
        theirs.audit(OURS, 5),
        theirs.snoozes(OURS, NOW),
        theirs.wake(OURS, SnoozeKind.CLAIM, "oil-k3f9"),
    ):
        with pytest.raises(ValueError, match="asked for what is of"):
            await refused  # type: ignore[misc]  # one of several kinds of answers
    assert await ours.wake(OURS, SnoozeKind.CLAIM, "oil-k3f9")


async def test_a_channel_of_another_cannot_be_changed(ours: Store, theirs: Store) -> None:
    """Naming its id is not enough; one that nobody has placed yet may be taken."""
    await ours.subscribe(subscription("discord:600", workspace=OURS, by_people=True))

    for refused in (
        theirs.subscribe(subscription("discord:600", workspace=THEIRS)),
        theirs.unsubscribe("discord:600"),
        theirs.pause("discord:600", "gone"),
        theirs.resume("discord:600", NOW),
    ):
        with pytest.raises(NotFound, match="has no subscription"):
            await refused
    await ours.pause("discord:600", "gone")
    assert [each.paused for each in await ours.subscriptions()] == ["gone"]
    await ours.unsubscribe("discord:600")
    assert await ours.subscriptions() == []


async def test_look_ups_find_what_is_seen(ours: Store, theirs: Store) -> None:
    """A search by a hidden claim finds nothing, and an event is told as its workspace sees it."""
    assert await theirs.found_stories(StorySearch(claim_id=PRIVATE.id), 5) == []
    assert len(await ours.found_stories(StorySearch(claim_id=PRIVATE.id), 5)) == 2
    assert "oil-k3f9" not in repr(await theirs.event(event_id(BOTH)))
    assert "oil-k3f9" in repr(await ours.event(event_id(BOTH)))


async def test_an_event_of_a_hidden_claim_alone_is_not_there(context: Context, theirs: Store) -> None:
    """What is of the matter by another workspace's words is no happening of anybody else's."""
    aside = member("Sample wheat", [PRIVATE.id])
    aside = replace(aside, reading=replace(aside.reading, by_itself=False))
    await context.store.record_visit(visit(outcome(aside)))

    with pytest.raises(NotFound) as unseen:
        await theirs.event(event_id(aside))
    with pytest.raises(NotFound) as unknown:
        await theirs.event("e-none")
    assert str(unseen.value).replace(event_id(aside), "e-none") == str(unknown.value)


async def test_counts_are_those_of_one_who_never_heard_of_the_claim(context: Context, theirs: Store) -> None:
    """A story that was told to another workspace alone counts as one that fits no claim."""
    found = await theirs.counts(at(-60), None)
    everything = await context.store.counts(at(-60), None)

    assert (everything.alerts, found.alerts) == (2, 1)
    assert everything.stories == {Reason.NEW_EVENT: 2}
    assert found.stories == {Reason.NEW_EVENT: 1, Reason.NO_CLAIM: 1}


async def test_a_reckoning_is_of_ones_own_channels(context: Context, ours: Store, theirs: Store) -> None:
    """An alert on another workspace's claim is silence there, and other channels are not told of."""
    await theirs.subscribe(subscription("discord:700", workspace=THEIRS, by_people=True))
    await ours.subscribe(subscription("discord:600", workspace=OURS, by_people=True))

    everything = await context.store.reckoned(at(-60), at(60))
    assert everything["discord:600"] == everything["discord:700"] == Reckoning(filtered=2)
    assert await ours.reckoned(at(-60), at(60)) == {"discord:600": Reckoning(filtered=2)}
    assert await theirs.reckoned(at(-60), at(60)) == {"discord:700": Reckoning(filtered=1, silent=1)}


async def test_deliveries_are_told_to_their_own_workspace(
    context: Context, ours: Store, theirs: Store
) -> None:
    """Where others are told is not said."""
    await ours.subscribe(subscription("discord:600", workspace=OURS, by_people=True))
    later = member("Sample ship seen", ["containers-2023"])
    await context.store.record_visit(visit(outcome(later, alert(later))))

    assert [each.destination for each in await ours.deliveries(alert(later).key)] == ["discord:600"]
    assert await theirs.deliveries(alert(later).key) == []
    assert [each.deliveries for each in await theirs.accounts(later.story.id)] == [()]
