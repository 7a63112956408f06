"""What every store promises of verdicts and of what waits for them (`claims.store.ReviewBook`)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from claims.errors import NotFound
from claims.model import Alert, Evidence, Member, Reason, Silence, Stance
from claims.outgoing import DeliveryState
from claims.store import Store
from claims.verdicts import own_event
from claims.workspaces import CONSOLE
from tests.support.build import (
    NOW,
    alert,
    at,
    delivery,
    event_id,
    evidence,
    figure,
    member,
    outcome,
    source,
    subscription,
    update,
    verdict,
    visit,
)

FIRST = member()
SECOND = member("Sample ship is seen again", source=source("Sample Post"))
APART = member("Sample convoy crosses the bridge", ["shell-volume"])
EVENT = event_id(FIRST)
UNSURE = Silence(Reason.SUGGESTED_ONLY)


def suggested(title: str, claim_id: str = "containers-2023", **changes: object) -> Member:
    """Return a story whose one link waits for a review."""
    told = member(title, [], **changes)  # type: ignore[arg-type]  # any field of a story
    link = evidence(told.story, claim_id, score=0.4, suggested=True)
    return replace(told, reading=replace(told.reading, evidence=(link,)))


async def links(store: Store, claim_id: str = "containers-2023") -> dict[str, Evidence]:
    """Return the evidence of a claim by headline."""
    return {m.story.title: link for m, link in await store.evidence(claim_id, 10)}


async def the_alert(store: Store, event: str = EVENT) -> Alert:
    """Return the alert of an event."""
    return (await store.alerts([event]))[event]


@pytest.fixture
async def told(stocked: Store) -> Store:
    """Return a store with two stories of one event, posted, and one of another, not yet posted."""
    await stocked.record_visit(
        visit(outcome(FIRST), outcome(SECOND, update(alert(FIRST)), of=FIRST), outcome(APART))
    )
    posted = delivery(alert(FIRST).key, receipt="7", sent_revision=1, attempts=1)
    await stocked.record_delivery(replace(posted, state=DeliveryState.SENT))
    return stocked


# ---- what waits --------------------------------------------------------------------------------------


async def test_what_is_suggested_waits_newest_first(stocked: Store):
    """Links that are too unsure to be told are listed with their story, and sure ones are not."""
    older, newer = suggested("Older", published_at=at(-60)), suggested("Newer")
    await stocked.record_visit(visit(outcome(older, UNSURE), outcome(newer, UNSURE), outcome(FIRST)))

    assert await stocked.suggestions(5) == [
        (newer, newer.reading.evidence[0]),
        (older, older.reading.evidence[0]),
    ]
    assert await stocked.suggestions(1) == [(newer, newer.reading.evidence[0])]


async def test_what_is_suggested_for_a_retired_claim_waits_no_more(stocked: Store):
    """Nobody needs to review what is no longer tracked."""
    await stocked.record_visit(visit(outcome(suggested("Unsure"), UNSURE)))
    await stocked.sync_claims([])

    assert await stocked.suggestions(5) == []


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "right", "claim_id": "containers-2023"},
        {"kind": "wrong-claim", "claim_id": "containers-2023"},
        {"kind": "wrong-stance", "claim_id": "containers-2023", "stance": Stance.DISPUTES},
        {"kind": "not-relevant"},
    ],
)
async def test_what_was_judged_waits_no_more(stocked: Store, said: dict[str, str]):
    """Whatever a person says of a suggestion settles it."""
    unsure = suggested("Unsure")
    await stocked.record_visit(visit(outcome(unsure, UNSURE)))

    await stocked.record_verdict(verdict(unsure.story, **said))

    assert await stocked.suggestions(5) == []


async def test_a_story_is_found_by_its_id_its_address_or_how_one_begins(told: Store):
    """It comes with its reading and the id of its event."""
    for words in (FIRST.story.id, FIRST.story.id[:6], FIRST.story.url, FIRST.story.url[:-2]):
        assert await told.find_story(words) == (FIRST, EVENT)


@pytest.mark.parametrize(
    ("words", "told_so"), [("zz", "no story"), ("", "no story"), ("https://", "Several")]
)
async def test_a_story_that_is_not_clear_is_not_found(told: Store, words: str, told_so: str):
    """Nothing, and more than one, is told as such."""
    with pytest.raises(NotFound, match=told_so):
        await told.find_story(words)


# ---- verdicts ----------------------------------------------------------------------------------------


async def test_verdicts_are_kept_as_they_were_given(told: Store):
    """Every field comes back, oldest first, by story; a story of which nothing was said is left out."""
    moved = verdict(
        FIRST.story,
        "wrong-claim",
        claim_id="containers-2023",
        right_claim="shell-volume",
        stance=Stance.DISPUTES,
    )
    undone = replace(moved, undone=True, at=at(1), person="Jun")
    await told.record_verdict(moved)
    await told.record_verdict(undone)

    assert await told.verdicts([FIRST.story.id, SECOND.story.id], CONSOLE) == {
        FIRST.story.id: (moved, undone)
    }


async def test_a_verdict_on_what_is_not_kept_changes_nothing(told: Store):
    """Story, claim and event must be there."""
    for said in (
        verdict(member("Never seen").story, "not-relevant"),
        verdict(FIRST.story, "right", claim_id="zzz"),
        verdict(FIRST.story, "same-event", event_id="e-zzz"),
    ):
        with pytest.raises(NotFound):
            await told.record_verdict(said)
    assert await told.judged() == []


async def test_a_private_verdict_changes_no_record_and_is_seen_by_no_other(told: Store):
    """A workspace's own word is its own: neither the record nor another workspace knows of it."""
    private = verdict(FIRST.story, "not-relevant", workspace="discord:1", shared=False)
    before = await told.briefing(alert(FIRST).key)

    await told.record_verdict(private)

    assert await told.briefing(alert(FIRST).key) == before
    assert await told.judged() == []
    assert await told.verdicts([FIRST.story.id], "discord:1") == {FIRST.story.id: (private,)}
    assert await told.verdicts([FIRST.story.id], "discord:2") == {}
    assert await told.verdicts([FIRST.story.id], CONSOLE) == {}
    assert await told.private_verdicts("discord:1") == {FIRST.story.id: (private,)}
    assert await told.private_verdicts("discord:2") == {}


async def test_a_shared_verdict_is_no_private_one(told: Store):
    """What corrects the record is not laid over it again."""
    await told.record_verdict(verdict(FIRST.story, "not-relevant", workspace="discord:1"))

    assert await told.private_verdicts("discord:1") == {}


async def test_judged_stories_come_with_what_the_matcher_said(told: Store):
    """What a correction changed is still known, and the newest verdict comes first."""
    gone, right = verdict(FIRST.story, "not-relevant"), verdict(APART.story, "right", claim_id="shell-volume")
    await told.record_verdict(gone)
    await told.record_verdict(right)

    second, first = await told.judged()

    assert (first.story, first.reading, first.event_id, first.verdicts) == (*_parts(FIRST), EVENT, (gone,))
    assert (second.story, second.verdicts) == (APART.story, (right,))


def _parts(told: Member) -> tuple[object, object]:
    return told.story, told.reading


# ---- the record --------------------------------------------------------------------------------------


async def test_a_verdict_corrects_the_evidence(told: Store):
    """The wrong link goes, the right one comes with the person's name, and its figures count there."""
    await told.record_verdict(
        verdict(FIRST.story, "wrong-claim", claim_id="containers-2023", right_claim="shell-volume")
    )

    assert list(await links(told)) == [SECOND.story.title]
    moved = (await links(told, "shell-volume"))[FIRST.story.title]
    assert (moved.judge, moved.suggested, moved.score) == ("Mina", False, 1.0)


async def test_what_is_taken_back_reads_as_before(told: Store):
    """Undoing a verdict restores evidence, event and alert, at a newer revision."""
    before = await told.briefing(alert(FIRST).key)
    gone = verdict(FIRST.story, "not-relevant")
    await told.record_verdict(gone)
    await told.record_verdict(replace(gone, undone=True))

    after = await told.briefing(alert(FIRST).key)

    assert after.event == before.event
    assert replace(after.alert, revision=1) == before.alert
    assert after.alert.revision == 3


async def test_a_second_visit_leaves_a_verdict_alone(told: Store):
    """The same stories brought again change nothing that a person said."""
    await told.record_verdict(verdict(FIRST.story, "wrong-claim", claim_id="containers-2023"))
    before = await told.briefing(alert(FIRST).key)

    await told.record_visit(visit(outcome(FIRST), outcome(SECOND, update(alert(FIRST)), of=FIRST)))

    assert await told.briefing(alert(FIRST).key) == before


async def test_a_posted_alert_is_edited_to_read_right(told: Store):
    """When its first story goes, the alert speaks of the next one, and its message is due for an edit."""
    await told.record_verdict(verdict(FIRST.story, "not-relevant", at=at(5)))

    briefing = await told.briefing(alert(FIRST).key)
    assert briefing.alert == alert(SECOND, key=alert(FIRST).key, event_id=EVENT, revision=2, raised_at=NOW)
    assert [m.story.title for m in briefing.event.members] == [SECOND.story.title]
    due = {d.key: d for d in await told.due_deliveries(at(5))}
    assert (due[alert(FIRST).key].receipt, due[alert(FIRST).key].sent_revision) == ("7", 1)


async def test_a_posted_alert_that_nothing_bears_out_is_withdrawn(told: Store):
    """Its message is edited to say so; it bears on no claim and has no story left."""
    for story in (FIRST.story, SECOND.story):
        await told.record_verdict(verdict(story, "not-relevant"))

    briefing = await told.briefing(alert(FIRST).key)
    assert (briefing.alert.reason, briefing.alert.links, briefing.claims) == (Reason.WITHDRAWN, (), ())
    assert briefing.event.members == ()
    assert alert(FIRST).key in [d.key for d in await told.due_deliveries(NOW)]
    assert EVENT not in [event.id for event in await told.events_between(at(-99), NOW)]


async def test_an_alert_that_is_withdrawn_before_it_is_posted_is_never_posted(told: Store):
    """Nothing that a person took out goes out afterwards."""
    await told.record_verdict(verdict(APART.story, "wrong-claim", claim_id="shell-volume"))

    assert alert(APART).key not in [d.key for d in await told.due_deliveries(NOW)]


async def test_an_alert_that_is_withdrawn_while_it_is_sent_is_edited(told: Store):
    """What went out meanwhile does not stay as it was: its message is due once its receipt is there."""
    sending = delivery(alert(APART).key, state=DeliveryState.SENDING, attempts=1)
    await told.record_delivery(sending)
    await told.record_verdict(verdict(APART.story, "not-relevant"))
    await told.record_delivery(replace(sending, state=DeliveryState.SENT, receipt="9", sent_revision=0))

    assert "9" in [d.receipt for d in await told.due_deliveries(NOW)]


async def test_a_withdrawn_alert_comes_back_with_a_story_that_bears_it_out(told: Store):
    """Another outlet's story of the same happening is told by the message that is there."""
    for story in (FIRST.story, SECOND.story):
        await told.record_verdict(verdict(story, "wrong-claim", claim_id="containers-2023"))
    third = member("Sample ship is seen a third time", source=source("Sample Voice"))
    withdrawn = await the_alert(told)

    await told.record_visit(visit(outcome(third, update(withdrawn, links=third.reading.evidence), of=FIRST)))

    told_now = await the_alert(told)
    assert (told_now.reason, told_now.links) == (Reason.NEW_EVENT, third.reading.evidence)
    assert (told_now.headline, told_now.revision > withdrawn.revision) == (third.story.title, True)


async def test_a_visit_decided_before_a_verdict_does_not_undo_it(told: Store):
    """An update made while a person spoke brings back no link that was taken out."""
    stale = update(await the_alert(told), revision=9)
    for story in (FIRST.story, SECOND.story):
        await told.record_verdict(verdict(story, "wrong-claim", claim_id="containers-2023"))
    third = suggested("Sample ship is seen a third time")

    await told.record_visit(visit(outcome(third, stale, of=FIRST)))

    assert (await the_alert(told)).links == ()


async def test_a_visit_decided_before_a_story_left_does_not_bring_it_back(told: Store):
    """An update made while a person took a story out of its event tells nothing of that story."""
    stale = update(await the_alert(told), revision=9)
    await told.record_verdict(verdict(FIRST.story, "not-relevant"))

    await told.record_visit(visit(outcome(suggested("Sample ship is seen a third time"), stale, of=FIRST)))

    upheld = await the_alert(told)
    assert (upheld.headline, upheld.links) == (SECOND.story.title, SECOND.reading.evidence)


async def test_a_confirmed_suggestion_is_told_while_it_is_news(stocked: Store):
    """It gets the alert that it would have had, with its number, and is delivered."""
    unsure = suggested("Seoul counts", figures=[figure()])
    await stocked.record_visit(visit(outcome(unsure, UNSURE)))

    await stocked.record_verdict(verdict(unsure.story, "right", claim_id="containers-2023", at=at(60)))

    raised = await the_alert(stocked, event_id(unsure))
    assert (raised.headline, raised.raised_at, raised.links[0].judge) == ("Seoul counts", at(60), "Mina")
    assert raised.change
    assert raised.change.now == figure()
    assert [d.key for d in await stocked.due_deliveries(at(60))] == [raised.key]


@pytest.mark.parametrize("backlog", [True, False])
async def test_a_confirmed_suggestion_that_is_no_news_stays_silent(stocked: Store, *, backlog: bool):
    """Backlog, and what was seen more than a week ago, corrects the record and posts nothing."""
    unsure = suggested("Seoul counts", backlog=backlog)
    await stocked.record_visit(visit(outcome(unsure, UNSURE)))
    late = NOW if backlog else NOW + timedelta(days=8)

    await stocked.record_verdict(verdict(unsure.story, "right", claim_id="containers-2023", at=late))

    assert await stocked.alerts([event_id(unsure)]) == {}
    assert not (await links(stocked))["Seoul counts"].suggested


# ---- events ------------------------------------------------------------------------------------------


async def test_a_story_is_joined_to_the_event_that_a_person_names(told: Store):
    """Its own alert is not posted any more; the other's tells the story too."""
    await told.record_verdict(verdict(APART.story, "same-event", event_id=EVENT))

    briefing = await told.briefing(alert(FIRST).key)
    assert [m.story.title for m in briefing.event.members] == [m.story.title for m in (FIRST, SECOND, APART)]
    assert [link.claim_id for link in briefing.alert.links] == ["containers-2023", "shell-volume"]
    assert (await told.briefing(alert(APART).key)).alert.reason is Reason.WITHDRAWN
    assert alert(APART).key not in [d.key for d in await told.due_deliveries(NOW)]


async def test_a_story_that_is_set_apart_leaves_its_event_to_the_others(told: Store):
    """Even the story that opened an event: the event keeps its id and the story gets one of its own."""
    await told.record_verdict(verdict(FIRST.story, "other-event"))

    events = {event.id: event for event in await told.events_between(at(-99), NOW)}
    assert [m.story.title for m in events[EVENT].members] == [SECOND.story.title]
    assert [m.story.title for m in events[own_event(FIRST.story.id)].members] == [FIRST.story.title]
    assert (await the_alert(told)).headline == SECOND.story.title
    assert (await the_alert(told, own_event(FIRST.story.id))).headline == FIRST.story.title


async def test_figures_of_a_corrected_event_are_compared_with_what_was_known_then(stocked: Store):
    """A number of a later story is no earlier figure, and one of an earlier story is."""
    earlier = member("Seoul counts 6,700", figures=[figure(6_700)], published_at=at(-300))
    counted = member("Seoul counts 13,000", figures=[figure()], published_at=at(-200))
    later = member("Seoul counts 20,000", figures=[figure(20_000)])
    await stocked.record_visit(visit(outcome(earlier), outcome(counted), outcome(later)))

    await stocked.record_verdict(verdict(counted.story, "right", claim_id="containers-2023"))

    change = (await the_alert(stocked, event_id(counted))).change
    assert change
    assert change.before
    assert (change.now.low, change.before.figure.low) == (13_000, 6_700)


async def test_subscriptions_hear_of_what_an_alert_newly_bears_on(stocked: Store):
    """Moved to another claim, an alert also reaches those that wanted that one when it was raised."""
    await stocked.sync_subscriptions([subscription(), subscription("slack:C1", "shell-volume")])
    await stocked.record_visit(visit(outcome(FIRST)))
    assert "slack:C1" not in [d.destination for d in await stocked.due_deliveries(NOW)]

    await stocked.record_verdict(
        verdict(FIRST.story, "wrong-claim", claim_id="containers-2023", right_claim="shell-volume")
    )

    due = [(d.key, d.destination) for d in await stocked.due_deliveries(NOW)]
    assert (alert(FIRST).key, "slack:C1") in due
