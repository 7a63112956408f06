"""What an alert says after a story was edited: a table of edits, and what a reader sees of each."""

from dataclasses import replace
from typing import Any

import pytest

from claims.corrections import MOST_HEADLINES, amended, foremost, reads_alike, same_headline
from claims.model import Alert, Bound, FigureChange, Member, Reason, Sighting, Stance, Turn
from claims.when import Day
from tests.support.build import alert, evidence, figure, marks, member

BEFORE = member("Seoul counts", figures=[figure(15_000), figure(40, "ships")])
KEPT = alert(BEFORE, revision=3)
NUMBER = replace(KEPT, change=FigureChange("containers-2023", figure(15_000)))


def edited(**changes: Any) -> Member:
    """Return the story as it reads after its first edit."""
    changed = replace(BEFORE.story, revisions=1)
    return Member(changed, replace(BEFORE.reading, **changes))


def told(now: Member, **changes: Any) -> Alert:
    """Return the alert as it is told of that story alone."""
    return replace(alert(now), links=now.reading.evidence, **changes)


def disputing(claim_id: str = "containers-2023") -> Member:
    """Return the story, now disputing a claim."""
    return edited(evidence=(evidence(BEFORE.story, claim_id, stance=Stance.DISPUTES),))


def test_what_reads_the_same_is_no_revision() -> None:
    """Scores and marked words move with every edit, and no reader sees them."""
    now = edited(evidence=(evidence(BEFORE.story, score=0.7, why=marks("shells")),))

    assert amended(KEPT, told(now), BEFORE, now) is None


def test_a_number_on_the_card_is_corrected() -> None:
    """Named are the number that was told and the one of its unit that stands there now."""
    now = edited(figures=(figure(40, "ships"), figure(13_000)))
    change = FigureChange("containers-2023", figure(13_000))

    for kept, again in ((KEPT, told(now)), (NUMBER, told(now, change=change)), (NUMBER, told(now))):
        after = amended(kept, again, BEFORE, now)
        assert after
        assert after.correction
        assert (after.revision, after.key, after.raised_at) == (4, KEPT.key, KEPT.raised_at)
        assert (after.correction.was, after.correction.now) == (figure(15_000), figure(13_000))
        assert after.correction.takes_back


def test_a_number_that_moved_down_the_text_was_not_taken_back() -> None:
    """A story that grows says more; what it said it says still."""
    now = edited(figures=(figure(9, "tonnes"), *BEFORE.reading.figures))

    after = amended(KEPT, told(now), BEFORE, now)

    assert after
    assert after.correction
    assert (after.correction.was, after.correction.now) == (None, figure(9, "tonnes"))
    assert not after.correction.takes_back


def test_a_number_that_is_gone_is_named_alone() -> None:
    """No number of another unit is set in its stead."""
    now = edited(figures=(figure(40, "ships"), figure(9, "tonnes")))

    after = amended(NUMBER, told(now), BEFORE, now)

    assert after
    assert after.correction
    assert (after.correction.was, after.correction.now) == (figure(15_000), None)


def test_how_a_number_is_put_is_no_correction() -> None:
    """`15,000` for `at least 15,000` edits the card and takes nothing back."""
    change = FigureChange("containers-2023", figure(15_000, bound=Bound.AT_LEAST))

    after = amended(NUMBER, told(edited(), change=change), BEFORE, edited())

    assert after
    assert (after.change, after.correction) == (change, None)


def test_an_earlier_number_that_reads_otherwise_is_shown() -> None:
    """What a number is set beside stands on the card too."""
    before = Sighting(figure(6_700), "Seoul", Day(2024, 2))
    change = FigureChange("containers-2023", figure(15_000), before)

    after = amended(NUMBER, told(edited(), change=change), BEFORE, edited())

    assert after
    assert after.change == change


def test_a_claim_that_turned_is_named() -> None:
    """So is one that the story bears on no more, or newly."""
    now = disputing("shell-volume")

    after = amended(KEPT, told(now, reason=Reason.DENIAL), BEFORE, now)

    assert after
    assert after.correction
    assert after.correction.turns == (
        Turn("containers-2023", Stance.SUPPORTS, None),
        Turn("shell-volume", None, Stance.DISPUTES),
    )


def test_what_another_story_turned_is_not_this_ones_correction() -> None:
    """The alert follows its event, and names only what the edited story changed."""
    again = replace(told(edited()), links=disputing().reading.evidence)

    after = amended(KEPT, again, BEFORE, edited())

    assert after
    assert after.correction is None


def test_what_nothing_bears_out_is_withdrawn() -> None:
    """The correction stays with it, so that the card can say who took it back."""
    now = edited(relevant=False, evidence=())

    after = amended(KEPT, None, BEFORE, now)

    assert after
    assert after.correction
    assert (after.reason, after.links, after.revision) == (Reason.WITHDRAWN, (), 4)
    assert after.correction.turns == (Turn("containers-2023", Stance.SUPPORTS, None),)
    assert amended(after, None, now, now) is None


@pytest.mark.parametrize(
    ("revisions", "shown"), [(1, True), (MOST_HEADLINES - 1, True), (MOST_HEADLINES, False)]
)
def test_a_headline_is_followed_for_a_while(revisions: int, *, shown: bool) -> None:
    """A story whose headline never rests stops editing its message."""
    now = replace(edited(), story=replace(BEFORE.story, title="Seoul counts again", revisions=revisions))

    after = amended(KEPT, told(now), BEFORE, now)

    assert (after is not None) == shown
    if after:
        assert after.headline == "Seoul counts again"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Seoul counts containers", "(LEAD) Seoul counts containers", True),
        ("(LEAD) Seoul counts containers", "(2nd LD) Seoul counts containers", True),
        ("북한 컨테이너 (종합)", "북한 컨테이너 (종합2보)", True),
        ("[10:31] Seoul counts", "[10:36] SEOUL counts", True),
        ("Updated 10:31: Seoul counts", "Updated 10:36: Seoul counts", True),
        ("Seoul counts containers", "Seoul denies containers", False),
        ("КНДР отправила снаряды", "КНДР не отправила снаряды", False),
    ],
)
def test_counters_make_no_new_headline(one: str, other: str, *, same: bool) -> None:
    """Numbers and what stands in brackets are left out; a number that matters is a figure."""
    assert same_headline(one, other) is same
    assert reads_alike(replace(KEPT, headline=one), replace(KEPT, headline=other)) is same


def test_the_foremost_numbers_are_those_of_a_card() -> None:
    """Two at most, and none of which it is unclear what they count."""
    figures = (figure(1, "other"), figure(2), figure(3, "ships"), figure(4, "tonnes"))

    assert foremost(edited(figures=figures).reading) == figures[1:3]
