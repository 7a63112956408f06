"""What reading a story again would change."""

from dataclasses import replace

from claims.matching.events import event_id
from claims.model import Member, Stance
from claims.rematch import change, place, renewed
from tests.support.build import event, evidence, member, reading, story

TOLD = story()
REGISTER = ("containers-2023", "shell-volume", "same")


def test_scores_and_words_are_no_change() -> None:
    """A reading that bears on the same claims in the same way tells nothing new."""
    before = reading(TOLD)
    now = replace(before, score=0.5, evidence=(evidence(TOLD, score=0.6, why=()),), concepts=())

    assert change(TOLD, before, now) is None


def test_links_that_came_went_or_turned_are_named() -> None:
    """Each change of a claim says how the story bore on it and how it does now, by claim."""
    turned = evidence(TOLD, "denial-moscow", stance=Stance.DISPUTES)
    before = reading(TOLD, ["containers-2023", "denial-moscow", "same"])
    now = replace(before, evidence=(evidence(TOLD, "same"), turned, evidence(TOLD, "shell-volume")))
    changed = change(TOLD, before, now)

    assert changed is not None
    assert [(c.claim_id, c.before is not None, c.now is not None) for c in changed.links] == [
        ("containers-2023", True, False),
        ("denial-moscow", True, True),
        ("shell-volume", False, True),
    ]
    assert not changed.relevance


def test_a_link_that_is_only_suggested_now_is_a_change() -> None:
    """What was attached and is only suggested now is named, and the other way round."""
    sure, unsure = reading(TOLD), replace(reading(TOLD), evidence=(evidence(TOLD, suggested=True),))

    assert change(TOLD, sure, unsure) is not None
    assert change(TOLD, unsure, sure) is not None


def test_relevance_is_a_change_by_itself() -> None:
    """A story that bears on nothing may still have become relevant."""
    before = reading(TOLD, [], relevant=False)
    changed = change(TOLD, before, reading(TOLD, []))

    assert changed is not None
    assert (changed.relevance, changed.links) == (True, ())


def test_what_somebody_judged_stays() -> None:
    """A judged link outlives a re-run that would drop or turn it, and keeps its story relevant."""
    judged = evidence(TOLD, stance=Stance.DISPUTES, judge="analyst")
    kept = replace(reading(TOLD), score=0.9, evidence=(judged, evidence(TOLD, "shell-volume", score=0.3)))
    fresh = reading(TOLD, ["containers-2023", "same"], relevant=False, score=0.1)
    now = renewed(kept, fresh, REGISTER)

    assert [(e.claim_id, e.judge) for e in now.evidence] == [("containers-2023", "analyst"), ("same", None)]
    assert now.evidence[0] == judged
    assert (now.relevant, now.score) == (True, 0.9)
    assert renewed(reading(TOLD), fresh, REGISTER) == fresh


def test_links_to_retired_claims_stay_while_a_story_is_relevant() -> None:
    """A claim that is not in the register was not asked, so that nothing new is known of it."""
    kept, fresh = reading(TOLD, ["retired", "same"]), reading(TOLD, ["containers-2023"])

    assert [e.claim_id for e in renewed(kept, fresh, REGISTER).evidence] == ["containers-2023", "retired"]
    assert renewed(kept, replace(fresh, relevant=False, evidence=()), REGISTER).evidence == ()


def test_a_story_stays_in_its_event() -> None:
    """No event is renamed or formed anew, whatever else a story tells now."""
    told = member()

    assert place(told, "e-1", told=False) == "e-1"


def test_a_story_that_is_no_longer_relevant_leaves_what_was_not_told() -> None:
    """An event that was told keeps all who told it; another loses the story."""
    dull = Member(TOLD, reading(TOLD, [], relevant=False))

    assert place(dull, "e-1", told=False) is None
    assert place(dull, "e-1", told=True) == "e-1"
    assert place(dull, None, told=False) is None


def test_a_story_that_became_relevant_joins_or_opens_an_event() -> None:
    """It joins a happening that it reports, and else opens one named after its own content."""
    told, again = member("Sample ship leaves Rason"), member("Sample ship leaves Rason", guid="2")

    assert place(again, None, told=False) == event_id(again.story)
    assert place(again, None, told=False, joined=event(told)) == event(told).id
