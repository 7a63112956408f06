"""What people's verdicts make of a reading."""

from dataclasses import replace

import pytest

from claims.model import Reading, Stance
from claims.verdicts import (
    Judged,
    VerdictKind,
    corrected,
    last_words,
    own_event,
    placed,
    spoken_for,
    standing,
)
from tests.support.build import at, evidence, marks, reading, story, verdict

TOLD = story()
SURE = reading(TOLD, ["containers-2023"])
UNSURE = replace(SURE, evidence=(evidence(TOLD, "containers-2023", score=0.4, suggested=True),))


def links(read: Reading) -> dict[str, Stance]:
    """Return the stances of a reading by claim."""
    return {link.claim_id: link.stance for link in read.evidence}


def test_nothing_said_changes_nothing() -> None:
    """Without a verdict the record is the matcher's."""
    assert corrected(SURE, ()) == SURE


def test_a_confirmed_link_is_certain_and_names_its_judge() -> None:
    """What waited for a review waits no longer; the words that made the link stay."""
    (link,) = corrected(UNSURE, [verdict(TOLD, "right", claim_id="containers-2023")]).evidence

    assert (link.suggested, link.judge, link.score) == (False, "Mina", 1.0)
    assert link.why == marks("containers", "Najin")


def test_a_story_is_linked_to_what_the_matcher_missed() -> None:
    """Right for a claim that was not found: the story supports it, and is relevant."""
    unread = Reading(TOLD.id, relevant=False, score=0.1, language="en")

    read = corrected(unread, [verdict(TOLD, "right", claim_id="shell-volume")])

    assert read.relevant
    assert links(read) == {"shell-volume": Stance.SUPPORTS}


@pytest.mark.parametrize("right", ["shell-volume", None])
def test_a_wrong_claim_is_left_for_the_right_one_or_none(right: str | None) -> None:
    """The link goes; where the right claim is named the story bears on that with the stance that was seen."""
    said = verdict(TOLD, "wrong-claim", claim_id="containers-2023", right_claim=right, stance=Stance.DISPUTES)

    read = corrected(SURE, [said])

    assert links(read) == ({right: Stance.DISPUTES} if right else {})
    assert read.relevant


def test_a_wrong_stance_is_turned() -> None:
    """The link stays with the stance that a person gave it."""
    said = verdict(TOLD, "wrong-stance", claim_id="containers-2023", stance=Stance.DISPUTES)

    assert links(corrected(SURE, [said])) == {"containers-2023": Stance.DISPUTES}


def test_what_is_not_relevant_bears_on_nothing_and_is_of_no_event() -> None:
    """Not relevant leaves neither evidence nor a place."""
    said = [verdict(TOLD, "not-relevant")]
    read = corrected(SURE, said)

    assert (read.relevant, read.score, read.evidence) == (False, 0.0, ())
    assert placed("e-1", read, said) is None


def test_the_newest_of_a_kind_counts_and_later_kinds_have_their_way() -> None:
    """Whoever spoke last of one matter is heard, whatever was said before of another."""
    turned = verdict(TOLD, "wrong-stance", claim_id="containers-2023", stance=Stance.DISPUTES)
    turned_back = replace(turned, stance=Stance.SUPPORTS, at=at(1), person="Jun")
    dropped = verdict(TOLD, "not-relevant", at=at(2))
    kept = verdict(TOLD, "right", claim_id="containers-2023", stance=Stance.SUPPORTS, at=at(3))

    assert standing([turned, turned_back]) == (turned_back,)
    assert corrected(SURE, [turned, turned_back, dropped]).evidence == ()
    assert links(corrected(SURE, [turned, turned_back, dropped, kept])) == {
        "containers-2023": Stance.SUPPORTS
    }


def test_the_last_word_of_a_person_is_shown() -> None:
    """What they contradict of the same story is not, whatever others, or they of other claims, say."""
    right = verdict(TOLD, "right", claim_id="containers-2023")
    moved = verdict(TOLD, "wrong-claim", claim_id="containers-2023", right_claim="shell-volume")
    back = verdict(TOLD, "wrong-claim", claim_id="rail-traffic", right_claim="containers-2023")
    gone, placing = verdict(TOLD, "not-relevant"), verdict(TOLD, "other-event")
    confirmed = verdict(TOLD, "right", claim_id="shell-volume")
    others = (
        replace(right, person="Jun"),
        replace(right, workspace="discord:500"),
        replace(right, story_id="s"),
    )

    for before, later in ((right, moved), (moved, right), (moved, back), (right, gone), (gone, right)):
        assert last_words([before, later]) == (later,)
    for both in (
        (moved, confirmed),
        (right, confirmed),
        (right, placing),
        *((each, moved) for each in others),
    ):
        assert last_words(both) == both


def test_what_is_taken_back_counts_no_more_and_what_was_said_before_it_does() -> None:
    """An undone verdict uncovers the one before it, and at last the matcher's own word."""
    turned = verdict(TOLD, "wrong-stance", claim_id="containers-2023", stance=Stance.DISPUTES)
    again = replace(turned, stance=Stance.BACKGROUND, at=at(1))
    undo = replace(again, undone=True, at=at(2))

    assert links(corrected(SURE, [turned, again, undo])) == {"containers-2023": Stance.DISPUTES}
    assert corrected(SURE, [turned, again, undo, undo]) == SURE
    assert corrected(SURE, [undo]) == SURE


def test_verdicts_hold_whatever_is_read_anew() -> None:
    """Another reading of the same story comes to the same links where people spoke."""
    said = [
        verdict(TOLD, "wrong-claim", claim_id="containers-2023", right_claim="shell-volume"),
        verdict(TOLD, "wrong-stance", claim_id="denial-moscow", stance=Stance.DISPUTES),
    ]
    anew = reading(TOLD, ["containers-2023", "denial-moscow", "rail-traffic"])

    assert links(corrected(anew, said)) == {
        "shell-volume": Stance.SUPPORTS,
        "denial-moscow": Stance.DISPUTES,
        "rail-traffic": Stance.SUPPORTS,
    }


def test_a_story_is_where_people_put_it() -> None:
    """In the event that they named, in one of its own, or where the matcher put it."""
    same, other = verdict(TOLD, "same-event", event_id="e-2"), verdict(TOLD, "other-event", at=at(1))

    assert placed("e-1", SURE, ()) == "e-1"
    assert placed("e-1", SURE, [same]) == "e-2"
    assert placed("e-1", SURE, [same, other]) == own_event(TOLD.id)
    assert placed("e-1", SURE, [same, other, replace(other, undone=True)]) == "e-2"
    assert placed(None, SURE, ()) == own_event(TOLD.id)


def test_it_is_known_which_claims_people_spoke_of() -> None:
    """Right, moved to and turned say yes; wrong says no; not relevant says no to all that was read."""
    moved = verdict(TOLD, "wrong-claim", claim_id="containers-2023", right_claim="shell-volume")
    gone = verdict(TOLD, "not-relevant", at=at(1))
    placing = verdict(TOLD, VerdictKind.OTHER_EVENT)

    assert spoken_for(Judged(TOLD, SURE, "e-1", (moved, placing))) == {
        "containers-2023": False,
        "shell-volume": True,
    }
    assert spoken_for(Judged(TOLD, SURE, "e-1", (gone,))) == {"containers-2023": False}
