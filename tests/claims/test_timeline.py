"""What happened to a claim, happening by happening."""

from dataclasses import replace

import pytest

from claims.model import Evidence, FigureChange, Member, Origin, Stance
from claims.timeline import Side, timeline
from tests.support.build import alert, at, claim, event_id, evidence, figure, member, source


def told(story: Member, stance: Stance = Stance.SUPPORTS, **changes: object) -> Member:
    """Return a story that takes this stance towards containers-2023."""
    (link,) = story.reading.evidence
    turned = replace(link, stance=stance, **changes)  # type: ignore[arg-type]  # a test may name any field
    return replace(story, reading=replace(story.reading, evidence=(turned,)))


@pytest.mark.parametrize("changes", [{"stance": Stance.BACKGROUND}, {"suggested": True}])
def test_what_is_said_in_passing_is_no_step(changes: dict[str, object]) -> None:
    """Neither is a story that waits for a review."""
    story = told(member(), **{"stance": Stance.SUPPORTS, **changes})  # type: ignore[arg-type]  # by name

    assert timeline(claim(), [(story, "e-1")], {}) == ()


def test_a_timeline_has_a_step_for_each_happening_and_side() -> None:
    """Stories of one event and side are one step; a party's denial is told from a dispute."""
    first = member("One", origin="Sample ministry")
    again = member("Two", source=source("Sample Post"), published_at=at(5))
    doubt = told(member("Three", origin="Sample institute", published_at=at(6)), Stance.DISPUTES)
    denial = told(member("Four", published_at=at(7)), Stance.DISPUTES)
    denial = replace(denial, reading=replace(denial.reading, origin=Origin(("Sample Kremlin",), party=True)))
    happened = [(denial, "e-2"), (doubt, "e-1"), (again, "e-1"), (first, "e-1")]

    steps = timeline(claim(), happened, {})

    assert [(s.event_id, s.side, s.by, s.tally.outlets) for s in steps] == [
        ("e-1", Side.SUPPORTS, "Sample ministry", ("Sample Herald", "Sample Post")),
        ("e-1", Side.DISPUTES, "Sample institute", ("Sample Herald",)),
        ("e-2", Side.DENIES, "Sample Kremlin", ("Sample Herald",)),
    ]


def test_bodies_of_one_government_count_once_in_a_step() -> None:
    """Where it is known whom names mean."""
    both = [
        (member(title, origin=f"Sample {body}", source=source(title)), "e-1")
        for title, body in (("Herald", "ministry"), ("Post", "deputies"))
    ]

    (step,) = timeline(claim(), both, {}, (), lambda _words: frozenset({"Sampleland"}))

    assert step.tally.independent == 1


def test_nobody_disputes_what_is_yet_to_be_said() -> None:
    """What is older than a claim by more than a week is against another; days may be a few off."""
    a_day = 24 * 60
    said = (at(0).date() - claim().said_on.first()).days
    older, near = (
        told(member("Denied", origin="Sample institute", published_at=at(-days * a_day)), Stance.DISPUTES)
        for days in (said + 8, said + 6)
    )

    assert timeline(claim(), [(older, "e-1")], {}) == ()
    assert [step.side for step in timeline(claim(), [(near, "e-1")], {})] == [Side.DISPUTES]


def test_a_number_that_moved_stands_with_its_happening() -> None:
    """It does so only for the claim whose number it is."""
    story = member(figures=[figure()])
    moved = FigureChange("containers-2023", figure())
    raised = alert(story, change=moved)
    happened = [(story, event_id(story))]

    assert timeline(claim(), happened, {event_id(story): raised})[0].change == moved
    other = replace(raised, change=replace(moved, claim_id="shell-volume"))
    assert timeline(claim(), happened, {event_id(story): other})[0].change is None


def test_nobody_denies_a_denial() -> None:
    """What a party says against one, perhaps of another matter, disputes it as anybody's words do."""
    denial = claim(denial=True)
    story = told(member("Confirmed"), Stance.DISPUTES)
    story = replace(story, reading=replace(story.reading, origin=Origin(("Sample Kremlin",), party=True)))

    sides = {
        each.denial: [step.side for step in timeline(each, [(story, "e-1")], {})]
        for each in (claim(), denial)
    }

    assert sides == {False: [Side.DENIES], True: [Side.DISPUTES]}


def test_who_is_named_beside_a_denial_is_no_denier() -> None:
    """An accuser in whose story the denial is recalled says nothing there: its outlet tells."""
    denial = claim("denial-a", denial=True, said_by="Kremlin")
    accuser = told(member("Seoul on the denial", origin="Sample ministry"), Stance.DISPUTES)
    party = told(member("Kremlin denies", published_at=at(1)), Stance.DISPUTES)
    party = replace(party, reading=replace(party.reading, origin=Origin(("Kremlin",), party=True)))

    def by(*members: Member) -> list[str]:
        both = [_with(each, evidence(each.story, denial.id)) for each in members]
        return [step.by for step in timeline(claim(), [(each, "e-1") for each in both], {}, [denial])]

    assert by(accuser) == ["Sample Herald"]
    assert by(party) == ["Kremlin"]
    assert by(replace(accuser, reading=replace(accuser.reading, origin=None))) == ["Sample Herald"]
    repeated = [_with(each, evidence(each.story, denial.id)) for each in (accuser, party)]
    (step,) = timeline(denial, [(each, "e-1") for each in repeated], {})
    assert step.by == "Kremlin"


def _with(story: Member, link: Evidence) -> Member:
    return replace(story, reading=replace(story.reading, evidence=(*story.reading.evidence, link)))
