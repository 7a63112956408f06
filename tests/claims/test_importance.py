"""How much an alert matters, and what follows one."""

from dataclasses import replace

import pytest

from claims.importance import importance
from claims.model import Correction, Event, Evidence, FigureChange, Member, Origin, Reason, Stance, Turn
from claims.outgoing import Development
from claims.subscriptions import Importance
from tests.support.build import NOW, alert, event, evidence, figure, member, source

FIRST = member("Sample ship leaves Rason")
AGAIN = member("Again", source=source("Sample Post"))
SAID = member("Kremlin speaks")
BY_PARTY = replace(SAID, reading=replace(SAID.reading, origin=Origin(("Kremlin",), party=True)))
DISPUTES = evidence(FIRST.story, stance=Stance.DISPUTES)
MOVED = FigureChange("containers-2023", figure())


def corrected(*turns: Turn, **numbers: object) -> Correction:
    """Return what the outlet changed in the first story."""
    return replace(Correction(FIRST.story.id, turns=turns), **numbers)


TURNED = corrected(Turn("containers-2023", Stance.DISPUTES, Stance.SUPPORTS))
JOINED = corrected(Turn("containers-2023", None, Stance.SUPPORTS))
RECOUNTED = corrected(was=figure(15_000), now=figure(13_000))
UNCOUNTED = corrected(was=figure(15_000))


@pytest.mark.parametrize(
    ("members", "grade"),
    [
        ([FIRST], Importance.ROUTINE),
        ([FIRST, AGAIN], Importance.NOTABLE),
        (
            [
                member("A", origin="Sample ministry"),
                member("B", origin="Sample ministry", source=source("Sample Post")),
            ],
            Importance.ROUTINE,
        ),
        ([BY_PARTY], Importance.NOTABLE),
    ],
)
def test_two_origins_or_a_party_itself_are_notable(members: list[Member], grade: Importance) -> None:
    """Papers that quote one ministry are one origin."""
    assert importance(alert(members[0]), event(*members)) is grade


@pytest.mark.parametrize(
    ("news", "grade"),
    [
        ({}, Importance.ROUTINE),
        ({"change": MOVED}, Importance.MAJOR),
        ({"reason": Reason.DENIAL}, Importance.MAJOR),
        ({"links": (DISPUTES,)}, Importance.MAJOR),
        ({"correction": TURNED}, Importance.MAJOR),
        ({"correction": RECOUNTED}, Importance.MAJOR),
        ({"correction": JOINED}, Importance.ROUTINE),
        ({"correction": UNCOUNTED}, Importance.ROUTINE),
        ({"reason": Reason.WITHDRAWN, "change": MOVED}, Importance.ROUTINE),
        ({"reason": Reason.WITHDRAWN, "links": (DISPUTES,)}, Importance.ROUTINE),
    ],
)
def test_an_alert_and_what_follows_it_are_weighed_alike(news: dict[str, object], grade: Importance) -> None:
    """A number, a denial or a turned stance is major, also by a correction; what is taken back never is."""
    links: tuple[Evidence, ...] = (evidence(FIRST.story),)
    followed = Development("k#1", "k", NOW, Reason.NEW_EVENT, FIRST.story.id, links)
    told: Event = event(FIRST)
    for each in (alert(FIRST), followed):
        assert importance(replace(each, **news), told) is grade  # type: ignore[arg-type]  # fields of both
