"""How an alert shows to each workspace, and when its message has to be edited."""

from dataclasses import replace
from typing import Any

import pytest

from claims.model import Correction, Event, Evidence, FigureChange, Member, Stance, Turn
from claims.outgoing import Briefing
from claims.showing import UNSEEN, Showing, before, reads_alike, taken_out
from claims.verdicts import VerdictKind
from tests.support.build import alert, claim, event, evidence, figure, member, source, subscription, verdict

OURS, THEIRS = "discord:500", "discord:501"
SHARED, OWN = claim(), claim("oil-k3f9", workspace=THEIRS)
REGISTER = {each.id: each for each in (SHARED, OWN)}
FIRST = member("First", [SHARED.id, OWN.id])
TOLD = Briefing(alert(FIRST), event(FIRST), (SHARED, OWN))
AWAY = verdict(FIRST.story, VerdictKind.NOT_RELEVANT, workspace=OURS, shared=False)
SHOWING = Showing(TOLD, REGISTER, {OURS: {FIRST.story.id: [AWAY]}})


def test_an_alert_is_made_once_for_all_who_see_the_same() -> None:
    """However many servers there are, those that said nothing of it share one telling."""
    assert SHOWING.to("discord:502") is SHOWING.to("discord:503")
    assert [link.claim_id for link in SHOWING.to("discord:502").alert.links] == [SHARED.id]
    assert SHOWING.to(THEIRS) == TOLD
    assert SHOWING.to(OURS).alert.links == ()


def test_what_is_not_seen_is_refused_as_that() -> None:
    """It was not withdrawn: people of that workspace took it out."""
    assert SHOWING.refusal(subscription("discord:600", workspace=OURS)) == UNSEEN
    assert not SHOWING.refusal(subscription("discord:601", workspace=THEIRS))
    assert taken_out(TOLD.alert, SHOWING.to("discord:502").alert) == {OWN.id}


def joined(*members: Member, links: tuple[Evidence, ...] | None = None, **changes: Any) -> Briefing:
    """Return the alert of the first story, which others joined."""
    kept = alert(FIRST, **{"links": links or FIRST.reading.evidence[:1], **changes})
    return Briefing(kept, event(FIRST, *members), tuple(REGISTER[link.claim_id] for link in kept.links))


POST, AGAIN = member("Second", source=source("Sample Post")), member("Again")
NUMBER = FigureChange(SHARED.id, figure())
EDITED = Correction(FIRST.story.id, turns=(Turn(SHARED.id, None, Stance.SUPPORTS),))


@pytest.mark.parametrize(
    ("now", "alike"),
    [
        (joined(), True),
        (joined(AGAIN), True),
        (joined(POST), False),
        (joined(replace(POST, reading=replace(POST.reading, evidence=()))), True),
        (joined(links=FIRST.reading.evidence), False),
        (joined(links=(evidence(FIRST.story, stance=Stance.DISPUTES),)), False),
        (joined(change=NUMBER), False),
        (joined(correction=EDITED), False),
        (joined(headline="Something else"), False),
        (joined(revision=9), True),
    ],
)
def test_a_message_is_edited_for_what_its_reader_sees(now: Briefing, *, alike: bool) -> None:
    """An outlet that joins, a claim, a stance, a number, a correction or a headline; and nothing else."""
    assert reads_alike(joined(), now) is alike


@pytest.mark.parametrize(
    "was", [[], [replace(AGAIN, story=replace(AGAIN.story, title="Before"))]], ids=["joined", "edited"]
)
def test_an_event_is_known_without_what_a_story_brought(was: list[Member]) -> None:
    """A story that joined is taken out, and one that was edited stands in its place as it read."""
    now: Event = event(FIRST, AGAIN, POST)
    assert before(now, AGAIN.story.id, next(iter(was), None)).members == (FIRST, *was, POST)
    assert before(now, None, None) == now
