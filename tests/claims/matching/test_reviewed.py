"""What people's verdicts say of the matcher."""

from collections.abc import Sequence
from dataclasses import replace

from claims.matching.reviewed import Share, review
from claims.model import Event, Member, Reading, Stance
from claims.verdicts import Judged, Verdict
from tests.support.build import event, evidence, member, reading, verdict

TOLD = member()
STORY = TOLD.story


def by_title(told: Member, events: Sequence[Event]) -> Event | None:
    """Return the event with a story of the same title: here that is one happening."""
    return next((e for e in events if any(m.story.title == told.story.title for m in e.members)), None)


def judged(*verdicts: Verdict) -> Judged:
    """Return the story with these verdicts; the matcher had put it into an event."""
    return Judged(STORY, TOLD.reading, "e-1", verdicts)


def read_as(**links: object) -> dict[str, Reading]:
    """Return the matcher's reading of today, with one link to the containers, changed so."""
    return {STORY.id: replace(TOLD.reading, evidence=(evidence(STORY, **links),))}  # type: ignore[arg-type]


def test_links_are_counted_by_band() -> None:
    """Told or only suggested, a link is right where a person said so, and wrong where one said that."""
    right, wrong = (
        verdict(STORY, "right", claim_id="containers-2023", stance=Stance.SUPPORTS),
        verdict(STORY, "wrong-claim", claim_id="containers-2023"),
    )

    told = review([judged(right)], read_as(), (), by_title)
    unsure = review([judged(wrong)], read_as(suggested=True), (), by_title)

    assert (told.told, told.suggested, told.found) == (Share(1, 1), Share(0, 0), Share(1, 1))
    assert (unsure.told, unsure.suggested, unsure.found) == (Share(0, 0), Share(0, 1), Share(0, 0))
    assert (told.stories, told.told.value, unsure.told.value) == (1, 1.0, None)


def test_what_is_missed_and_what_is_recalled_is_not_told() -> None:
    """A right link that is not found lowers what is found; one in passing is found but told to nobody."""
    right = verdict(STORY, "right", claim_id="containers-2023", stance=Stance.DISPUTES)

    missed = review([judged(right)], {STORY.id: reading(STORY, [])}, (), by_title)
    recalled = review([judged(right)], read_as(stance=Stance.BACKGROUND), (), by_title)

    assert (missed.told, missed.found, missed.stance) == (Share(0, 0), Share(0, 1), Share(0, 0))
    assert (recalled.told, recalled.found, recalled.stance) == (Share(0, 0), Share(1, 1), Share(0, 1))


def test_all_links_of_a_story_that_is_not_relevant_are_wrong() -> None:
    """Even to claims that were not tracked when it was judged."""
    anew = {STORY.id: reading(STORY, ["containers-2023", "shell-volume"])}

    scored = review([judged(verdict(STORY, "not-relevant"))], anew, (), by_title)

    assert (scored.told, scored.relevance) == (Share(0, 2), Share(0, 1))


def test_what_was_taken_back_is_not_counted() -> None:
    """A story of which nothing stands is no reviewed story."""
    gone = verdict(STORY, "not-relevant")

    scored = review([judged(gone, replace(gone, undone=True))], read_as(), (), by_title)

    assert (scored.stories, scored.told, scored.relevance) == (0, Share(0, 0), Share(0, 0))


def test_relevance_is_measured_where_a_verdict_implies_it() -> None:
    """A right link says that a story is relevant; a wrong one says nothing of that."""
    right = verdict(STORY, "right", claim_id="containers-2023")
    wrong = verdict(STORY, "wrong-claim", claim_id="containers-2023")

    assert review([judged(right)], read_as(), (), by_title).relevance == Share(1, 1)
    assert review([judged(wrong)], read_as(), (), by_title).relevance == Share(0, 0)


def test_events_are_measured_where_people_placed_a_story() -> None:
    """It should come to the event that they named, and not to the one that they took it from."""
    same, other = verdict(STORY, "same-event", event_id="e-1"), verdict(STORY, "other-event")
    alike = event(member(STORY.title, url="https://sample-post.example/1"))
    unlike = event(Member(member("Sample bakery").story, reading(STORY, [], concepts=())))

    def scored(said: Verdict, *happenings: Event) -> Share:
        return review([judged(said)], read_as(), happenings, by_title).events

    assert scored(same, replace(alike, id="e-1")) == Share(1, 1)
    assert scored(same, replace(unlike, id="e-1")) == Share(0, 1)
    assert scored(same, replace(unlike, id="e-1"), replace(alike, id="e-2")) == Share(0, 1)
    assert scored(other, replace(alike, id="e-1")) == Share(0, 1)
    assert scored(other, replace(unlike, id="e-1")) == Share(1, 1)
    assert scored(other) == Share(0, 0)
