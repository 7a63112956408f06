"""What follows a told alert, and what only edits its message."""

from dataclasses import replace
from typing import Any

import pytest

from claims.developing import development, development_seen
from claims.model import Alert, Correction, Evidence, FigureChange, Reason, Sighting, Stance, Turn
from claims.outgoing import Briefing, Development
from claims.when import Day
from tests.support.build import NOW, alert, claim, event, evidence, figure, member

SHARED, OTHER, DENIAL = claim(), claim("shell-volume"), claim("denial-moscow", denial=True)
OWN = claim("oil-k3f9", workspace="discord:500")
REGISTER = {each.id: each for each in (SHARED, OTHER, DENIAL, OWN)}
TOLD, LATER = member(), member("Sample envoy answers")
KEPT = alert(TOLD)
WITHDRAWN = replace(KEPT, reason=Reason.WITHDRAWN, links=())


def link(claim_id: str = "containers-2023", stance: Stance = Stance.SUPPORTS) -> Evidence:
    """Return what the later story says of a claim."""
    return evidence(LATER.story, claim_id, stance=stance)


def moved(value: float, before: float | None = None) -> FigureChange:
    """Return a number of the claim, beside an earlier one."""
    earlier = Sighting(figure(before), "Seoul", Day(2024, 2)) if before else None
    return FigureChange("containers-2023", figure(value), earlier)


def developed(kept: Alert, by: str | None = LATER.story.id, **now: Any) -> Development | None:
    """Return what follows where the next revision of a kept alert has these fields."""
    after = Briefing(replace(kept, revision=kept.revision + 1, **now), event(TOLD, LATER), ())
    return development(kept, after, REGISTER, NOW, by)


SUPPORT, DISPUTE = KEPT.links[0], link(stance=Stance.DISPUTES)
FIXED = Correction(TOLD.story.id, figure(15_000), figure(13_000))
TURNED = Correction(TOLD.story.id, turns=(Turn("containers-2023", Stance.SUPPORTS, Stance.DISPUTES),))


@pytest.mark.parametrize(
    ("now", "reason", "brings"),
    [
        ({"change": moved(13_000)}, Reason.NEW_FIGURE, {"change": moved(13_000)}),
        ({"links": (DISPUTE,)}, Reason.DENIAL, {"links": (DISPUTE,)}),
        (
            {"links": (SUPPORT, link("denial-moscow"))},
            Reason.DENIAL,
            {"links": (link("denial-moscow"),)},
        ),
        ({"links": (SUPPORT, link("shell-volume"))}, Reason.NEW_EVENT, {"links": (link("shell-volume"),)}),
        (
            {"links": (SUPPORT, link("shell-volume")), "change": moved(9)},
            Reason.NEW_FIGURE,
            {"links": (link("shell-volume"),), "change": moved(9)},
        ),
        ({"correction": FIXED}, Reason.NEW_FIGURE, {"correction": FIXED}),
        (
            {"correction": TURNED, "links": (DISPUTE,)},
            Reason.DENIAL,
            {"correction": TURNED, "links": (DISPUTE,)},
        ),
        ({"links": (), "reason": Reason.WITHDRAWN}, Reason.WITHDRAWN, {"links": (SUPPORT,)}),
        (
            {"links": (), "reason": Reason.WITHDRAWN, "correction": TURNED},
            Reason.WITHDRAWN,
            {"links": (SUPPORT,), "correction": TURNED},
        ),
    ],
)
def test_what_changes_the_news_follows(now: dict[str, Any], reason: Reason, brings: dict[str, Any]) -> None:
    """A number, a denial, another claim, a correction and a withdrawal each go under the message."""
    usual = Development(f"{KEPT.key}#1", KEPT.key, NOW, reason, LATER.story.id)

    assert developed(KEPT, **now) == replace(usual, **brings)


@pytest.mark.parametrize(
    "now",
    [
        {},
        {"headline": "Sample ship leaves Rason with shells (2nd LD)"},
        {"links": (replace(SUPPORT, score=0.4),)},
        {"links": (link(),)},
        {"reason": Reason.NEW_FIGURE},
    ],
)
def test_the_same_news_only_edits(now: dict[str, Any]) -> None:
    """Another outlet, other words for the same and another story of the same stance are no news."""
    assert developed(KEPT, **now) is None


KREMLIN, SEOUL = "Kremlin", "Seoul"


@pytest.mark.parametrize(
    ("said", "again", "further", "follows"),
    [
        (KREMLIN, KREMLIN, ("shell-volume", Stance.DISPUTES), False),
        (KREMLIN, KREMLIN, ("denial-moscow", Stance.SUPPORTS), False),
        (KREMLIN, SEOUL, ("shell-volume", Stance.DISPUTES), True),
        (None, None, ("shell-volume", Stance.DISPUTES), True),
        (KREMLIN, KREMLIN, ("shell-volume", Stance.SUPPORTS), True),
    ],
)
def test_a_denial_that_another_outlet_tells_again_only_edits(
    said: str | None, again: str | None, further: tuple[str, Stance], *, follows: bool
) -> None:
    """Whoever denied the one claim already is no news with another; another body is, and a support too."""
    first, later = member("Sample envoy denies", origin=said), member("Sample envoy answers", origin=again)
    told = replace(alert(first), links=(evidence(first.story, stance=Stance.DISPUTES),))
    link = evidence(later.story, further[0], stance=further[1])
    after = Briefing(replace(told, revision=1, links=(*told.links, link)), event(first, later), ())

    assert bool(development(told, after, REGISTER, NOW, later.story.id)) is follows


@pytest.mark.parametrize(("denied", "follows"), [("oil-k3f9", True), ("containers-2023", False)])
def test_a_denial_that_others_did_not_see_is_news(denied: str, *, follows: bool) -> None:
    """What disputed one server's own claim was told there alone; of everybody's claim it follows."""
    first, later = member("Sample envoy denies", origin=KREMLIN), member("Later", origin=KREMLIN)
    told = replace(alert(first), links=(evidence(first.story, denied, stance=Stance.DISPUTES),))
    link = evidence(later.story, "shell-volume", stance=Stance.DISPUTES)
    after = Briefing(replace(told, revision=1, links=(*told.links, link)), event(first, later), ())

    assert bool(development(told, after, REGISTER, NOW, later.story.id)) is follows


def test_the_same_number_told_otherwise_only_edits() -> None:
    """A number is new by its value and not by what it is set beside."""
    assert developed(replace(KEPT, change=moved(13_000)), change=moved(13_000, 6_700)) is None


def test_a_correction_is_told_once() -> None:
    """One that stands on the head already does not follow again with the next outlet."""
    assert developed(replace(KEPT, correction=FIXED), correction=FIXED) is None


def test_a_withdrawn_alert_that_is_borne_out_follows() -> None:
    """A story that is told after all says so under the message that was withdrawn."""
    found = developed(WITHDRAWN, links=(DISPUTE,), reason=Reason.DENIAL)

    assert found
    assert (found.reason, found.links) == (Reason.DENIAL, (DISPUTE,))


def test_a_withdrawn_alert_is_withdrawn_once() -> None:
    """A second verdict on the same story has nothing more to take back."""
    assert developed(WITHDRAWN, None) is None


@pytest.mark.parametrize(
    ("kept", "now", "taken"),
    [
        (
            replace(KEPT, change=moved(15_000, 13_000)),
            {"change": moved(13_000, 6_700)},
            {"change": moved(15_000, 13_000)},
        ),
        (replace(KEPT, change=moved(15_000)), {"change": None}, {"change": moved(15_000)}),
        (
            replace(KEPT, links=(SUPPORT, link("shell-volume"))),
            {"links": (SUPPORT,)},
            {"links": (link("shell-volume"),)},
        ),
    ],
)
def test_what_a_person_takes_back_follows(kept: Alert, now: dict[str, Any], taken: dict[str, Any]) -> None:
    """A number or a claim that a person took out is told no longer, and the rest stands."""
    found = developed(kept, None, **now)

    assert found
    assert found.reason is Reason.WITHDRAWN
    assert (found.links, found.change) == (taken.get("links", ()), taken.get("change"))


def test_a_number_that_a_person_lets_in_is_new() -> None:
    """A number that is set beside the one that was told follows as any other."""
    found = developed(replace(KEPT, change=moved(13_000)), None, change=moved(15_000, 13_000))

    assert found
    assert (found.reason, found.change) == (Reason.NEW_FIGURE, moved(15_000, 13_000))


# ---- what a workspace sees of it ---------------------------------------------------------------------


def seen(hidden: str, **now: Any) -> Development | None:
    """Return what is left of a development for whom a claim is hidden."""
    found = developed(KEPT, **now)
    assert found
    return development_seen(found, REGISTER, {hidden})


def test_a_development_of_a_hidden_claim_does_not_follow() -> None:
    """Whoever does not see the claim is not told that anything happened to it."""
    assert seen("oil-k3f9", links=(SUPPORT, link("oil-k3f9"))) is None
    assert seen("containers-2023", change=moved(9)) is None
    assert seen("containers-2023", correction=TURNED, links=(DISPUTE,)) is None
    assert seen("containers-2023", links=(), reason=Reason.WITHDRAWN, correction=FIXED) is None


def test_a_development_names_no_hidden_claim() -> None:
    """What is left is told as what it is without the hidden part."""
    denied = replace(link("oil-k3f9"), stance=Stance.DISPUTES)

    found = seen("oil-k3f9", links=(SUPPORT, denied), change=moved(9))

    assert found
    assert (found.reason, found.links, found.change) == (Reason.NEW_FIGURE, (), moved(9))


def test_what_hides_nothing_changes_nothing() -> None:
    """Where all is seen a development is as the record has it."""
    found = developed(KEPT, correction=FIXED, links=(DISPUTE,))

    assert found
    assert development_seen(found, REGISTER, ()) == found
