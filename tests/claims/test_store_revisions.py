"""What every store promises of stories that were edited in place (`claims.store_feeds.FeedBook`)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from claims.feeds import Wording
from claims.model import Alert, Evidence, FigureChange, Member, Reason, Silence, Stance
from claims.outgoing import Account, DeliveryState
from claims.sqlite_revisions import MOST_KEPT, MOST_RETURNS
from claims.store import Store
from tests.support.build import (
    FEED_URL,
    NOW,
    alert,
    at,
    delivery,
    event_id,
    evidence,
    figure,
    member,
    outcome,
    revision,
    source,
    story,
    update,
    verdict,
    visit,
)

FIRST = member(figures=[figure(15_000)])
SECOND = member("Sample ship is seen again", source=source("Sample Post"))
DULL = member("Weather", [])
EVENT = event_id(FIRST)
TOLD = alert(FIRST, reason=Reason.NEW_FIGURE, change=FigureChange("containers-2023", figure(15_000)))
IRRELEVANT = Silence(Reason.IRRELEVANT)
DENIED = (evidence(FIRST.story, stance=Stance.DISPUTES),)


@pytest.fixture
async def told(stocked: Store) -> Store:
    """Return a store with an event that was told, and a story of no event."""
    await stocked.record_visit(
        visit(outcome(FIRST, TOLD), outcome(SECOND, update(TOLD), of=FIRST), outcome(DULL, IRRELEVANT))
    )
    posted = delivery(alert(FIRST).key, receipt="7", sent_revision=1, attempts=1)
    await stocked.record_delivery(replace(posted, state=DeliveryState.SENT))
    return stocked


async def the_alert(store: Store, event: str = EVENT) -> Alert:
    """Return the alert of an event."""
    return (await store.alerts([event]))[event]


async def account(store: Store, kept: Member = FIRST) -> Account:
    """Return what became of a story."""
    [found] = await store.accounts(kept.story.id)
    return found


async def test_a_revision_replaces_words_and_reading(told: Store):
    """All else stays as it was first seen, and the words before are kept aside."""
    edit = revision(FIRST, "Ship left", figures=(figure(13_000),))

    await told.record_revision(edit, at(60))

    kept = await account(told)
    assert kept.member == Member(replace(FIRST.story, title="Ship left", revisions=1), edit.reading)
    assert kept.earlier == (Wording(FIRST.story.title, FIRST.story.summary, at(60)),)


async def test_a_revision_is_kept_once(told: Store):
    """Saved again, and after a later one, it changes nothing."""
    first = revision(FIRST, "Ship left", evidence=DENIED)
    await told.record_revision(first, at(60))
    once = await account(told)
    await told.record_revision(first, at(61))
    await told.record_revision(revision(member("Never kept")), at(61))
    assert await account(told) == once
    assert (await the_alert(told)).reason is Reason.DENIAL


async def test_what_was_posted_is_edited(told: Store):
    """The delivery is due again where a reader sees a difference, and only there."""
    await told.record_revision(revision(FIRST, evidence=(evidence(FIRST.story, score=0.5),)), at(60))
    assert (await the_alert(told)).revision == 1
    assert await told.due_deliveries(at(60)) == []

    later = revision(Member(replace(FIRST.story, revisions=1), FIRST.reading), evidence=DENIED)
    await told.record_revision(later, at(61))
    assert (await the_alert(told)).revision == 2
    due = await told.due_deliveries(at(61))
    assert [(d.receipt, d.head) for d in due] == [("7", None), (None, alert(FIRST).key)]


async def test_an_alert_that_is_withdrawn_before_it_is_posted_is_never_posted(stocked: Store):
    """Nothing that an outlet took back goes out afterwards."""
    await stocked.record_visit(visit(outcome(FIRST)))
    await stocked.record_revision(revision(FIRST, relevant=False, evidence=()), at(60))
    assert await stocked.due_deliveries(at(60)) == []


async def test_a_correction_outlives_what_comes_after_it(told: Store):
    """The next outlet that joins, and a verdict that leaves the alert standing, keep it on the card."""
    await told.record_revision(revision(FIRST, evidence=DENIED), at(60))
    corrected = await the_alert(told)
    third = member("Sample ship, thirdly", source=source("Sample Voice"))
    await told.record_visit(visit(outcome(third, update(corrected), of=FIRST)))
    await told.record_verdict(verdict(SECOND.story, "right", claim_id="containers-2023"))

    now = await the_alert(told)
    assert now.correction == corrected.correction
    assert now.correction
    assert now.revision > corrected.revision


async def test_a_person_may_withdraw_what_was_corrected(told: Store):
    """It is then theirs: the outlet's correction stands on the card no more."""
    await told.record_revision(revision(FIRST, evidence=DENIED), at(60))
    for each in (FIRST, SECOND):
        await told.record_verdict(verdict(each.story, "not-relevant"))
    now = await the_alert(told)
    assert (now.reason, now.correction) == (Reason.WITHDRAWN, None)


async def test_what_is_no_longer_relevant_keeps_its_event(told: Store):
    """Its evidence goes; the alert rests on the others."""
    await told.record_revision(revision(FIRST, relevant=False, evidence=(), figures=()), at(60))

    kept = await account(told)
    assert kept.event
    assert (kept.event.id, kept.reason, kept.member.reading.evidence) == (EVENT, Reason.IRRELEVANT, ())
    assert (await the_alert(told)).headline == SECOND.story.title
    assert (await told.sightings(["containers-2023"]))["containers-2023"] == ()


async def test_what_becomes_relevant_is_the_newest_of_its_event(told: Store):
    """It was not there when the event was told, so it neither opens it nor names it."""
    fresh = revision(DULL, "Ship is seen a third time", evidence=(evidence(DULL.story),))
    await told.record_revision(replace(fresh, event_id=EVENT), at(60))

    briefing = await told.briefing((await the_alert(told)).key)
    assert [m.story.id for m in briefing.event.members] == [m.story.id for m in (FIRST, SECOND, DULL)]
    assert briefing.alert.headline == FIRST.story.title


@pytest.mark.parametrize(("days", "raised"), [(6, True), (8, False)])
async def test_what_becomes_relevant_is_told_while_it_is_news(told: Store, days: int, *, raised: bool):
    """A story that was seen more than a week ago corrects the record and posts nothing."""
    fresh = revision(DULL, "Ship is seen", evidence=(evidence(DULL.story),))
    own = event_id(DULL)
    await told.record_revision(replace(fresh, event_id=own), NOW + timedelta(days=days))
    assert (own in await told.alerts([own])) == raised


async def test_what_could_not_be_read_keeps_its_reading(told: Store):
    """Only the words are replaced, and nothing is told of them."""
    before = await the_alert(told)
    await told.record_revision(replace(revision(FIRST, "Odd words"), reading=None), at(60))
    kept = await account(told)
    assert (kept.member.story.title, kept.member.reading) == ("Odd words", FIRST.reading)
    assert await the_alert(told) == before


async def test_words_that_a_story_left_twice_are_not_taken_again(told: Store):
    """Two caches that disagree stop turning it over; a third wording is heard."""
    titles = ["B", FIRST.story.title] * (MOST_RETURNS + 1)
    for title in titles:
        now = (await account(told)).member
        if now.story.title != title:
            await told.record_revision(revision(now, title), at(60))
    kept = (await account(told)).member.story
    assert (kept.title, kept.revisions) == ("B", 2 * MOST_RETURNS - 1)
    await told.record_revision(revision((await account(told)).member, "C"), at(61))
    assert (await account(told)).member.story.title == "C"


async def test_earlier_words_are_kept_within_bounds(told: Store):
    """The first ones always, and of the others the last."""
    for number in range(MOST_KEPT + 5):
        await told.record_revision(revision((await account(told)).member, f"Part {number}"), at(60))
    titles = [wording.title for wording in (await account(told)).earlier]
    assert len(titles) == MOST_KEPT
    assert (titles[0], titles[-1]) == (FIRST.story.title, f"Part {MOST_KEPT + 3}")


async def test_what_the_feed_says_beside_a_page_is_kept(told: Store):
    """It is no wording of the story while the page says the same, and is known by the next visit."""
    said = revision(FIRST)
    said = replace(said, story=replace(said.story, feed_summary="Brief."))
    await told.record_revision(said, at(60))

    kept = await account(told)
    assert (kept.member.story, kept.earlier) == (replace(FIRST.story, feed_summary="Brief.", revisions=1), ())
    assert await told.known_stories(FEED_URL, [FIRST.story]) == [kept.member.story]


# ---- what was settled --------------------------------------------------------------------------------


async def test_a_verdict_is_laid_over_what_an_edit_says(told: Store):
    """The person's word stands while it stands; taken back, the story says what the matcher reads now."""
    said = verdict(FIRST.story, "right", claim_id="containers-2023")
    await told.record_verdict(said)
    await told.record_revision(revision(FIRST, "Ship left", evidence=DENIED[:0]), at(60))
    assert [link.judge for link in (await account(told)).member.reading.evidence] == ["Mina"]

    await told.record_verdict(replace(said, undone=True, at=at(61)))
    kept = await account(told)
    assert (kept.member.reading.evidence, kept.member.story.title) == ((), "Ship left")


async def test_an_edit_that_changes_nothing_for_a_judged_story_edits_nothing(told: Store):
    """The alert had its revision with the verdict."""
    await told.record_verdict(verdict(FIRST.story, "right", claim_id="containers-2023"))
    before = await the_alert(told)
    await told.record_revision(revision(FIRST, "Sample ship leaves Rason with shells (LEAD)"), at(60))
    assert await the_alert(told) == before


async def test_a_story_that_was_taken_out_stays_out(told: Store):
    """Not relevant, on a person's word, however it reads now."""
    await told.record_verdict(verdict(FIRST.story, "not-relevant"))
    await told.record_revision(revision(FIRST, "Ship left", evidence=DENIED), at(60))
    kept = await account(told)
    assert (kept.member.reading.relevant, kept.event) == (False, None)
    assert (await the_alert(told)).headline == SECOND.story.title


@pytest.mark.parametrize("asked", [False, True])
async def test_what_a_model_settled_stays_until_it_reads_the_new_words(stocked: Store, *, asked: bool):
    """Without an answer to the words of now its word stands; with one, that is the word."""
    link = replace(DENIED[0], judge="model 1")
    judged = Member(FIRST.story, replace(FIRST.reading, evidence=(link,)))
    await stocked.record_visit(visit(outcome(judged)))
    again = evidence(FIRST.story)

    await stocked.record_revision(replace(revision(judged, "Left", evidence=(again,)), asked=asked), at(60))

    expected: Evidence = again if asked else link
    assert (await account(stocked)).member.reading.evidence == (expected,)


async def test_links_to_retired_claims_stay(told: Store):
    """The matcher was not asked about them."""
    await told.sync_claims([])
    await told.record_revision(revision(FIRST, "Ship left", evidence=()), at(60))
    assert (await account(told)).member.reading.evidence == FIRST.reading.evidence


# ---- what is known ------------------------------------------------------------------------------------


async def test_the_same_words_of_the_same_moment_are_known(stocked: Store):
    """Whatever its address and guid are now; without a date, when it was seen less than a day before."""
    dated = member("Daily briefing", [], guid="g-1", published_at=at(-4))
    undated = member("Daily photo", [], guid="g-2", published_at=None, seen_at=at(-60))
    await stocked.record_visit(visit(outcome(dated, IRRELEVANT), outcome(undated, IRRELEVANT)))

    def moved(title: str, **changes: object):
        return story(title, url="https://sample-herald.example/moved", guid="g-9", **changes)

    same = [moved("Daily briefing", published_at=at(-4)), moved("Daily photo", published_at=None)]
    for asked, kept in zip(same, (dated, undated), strict=True):
        assert await stocked.known_stories(FEED_URL, [asked]) == [kept.story]
    for other in (
        moved("Daily briefing", published_at=at(60 * 24 - 4)),
        moved("Daily briefing", published_at=None),
        moved("Daily photo", published_at=None, seen_at=at(60 * 24)),
        moved("Another briefing", published_at=at(-4)),
    ):
        assert await stocked.known_stories(FEED_URL, [other]) == []


async def test_lessons_go_up_with_what_stories_are_read_by(told: Store):
    """Claims, verdicts, and judged stories that read otherwise; not with news."""
    counts = [await told.lessons()]
    await told.record_visit(visit(outcome(member("Another"), IRRELEVANT)))
    await told.record_revision(revision(SECOND, "Edited"), at(1))
    assert await told.lessons() == counts[0]

    await told.sync_claims(await told.claims())
    counts.append(await told.lessons())
    await told.record_verdict(verdict(FIRST.story, "right", claim_id="containers-2023"))
    counts.append(await told.lessons())
    await told.record_revision(revision(FIRST, "Edited"), at(1))
    counts.append(await told.lessons())
    await told.reread([])
    counts.append(await told.lessons())
    assert counts == sorted(set(counts))
