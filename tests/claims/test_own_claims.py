"""A claim that one workspace added changes nothing of what everybody is told."""

from dataclasses import replace

import pytest

from claims.alerting import retell
from claims.model import Alert, Figure, Member, Sighting, Stance
from claims.outgoing import Briefing
from claims.visibility import briefing_seen, hidden
from claims.when import Day
from tests.support.build import NOW, claim, event, evidence, figure, member, source

SHARED, SHELLS = claim(figures=(figure(1_000),)), claim("shells", figures=(figure(5e6, "shells"),))
OWN = claim("oil-k3f9", workspace="discord:500", denial=True, figures=SHARED.figures)
REGISTER = {each.id: each for each in (SHARED, SHELLS, OWN)}
POST, WIRE = source("Sample Post"), source("Sample Wire")


def story(title: str, *claim_ids: str, figures: tuple[Figure, ...] = (), **changes: object) -> Member:
    """Return a story that bears on these claims, the nearest first; without a number it denies the own."""
    told = member(title, claim_ids, figures=figures, **changes)
    links = tuple(
        evidence(told.story, c, stance=Stance.SUPPORTS if c != OWN.id or figures else Stance.DISPUTES)
        for c in claim_ids
    )
    return replace(told, reading=replace(told.reading, evidence=links))


def without(told: Member) -> Member:
    """Return a story as it would have been read had nobody added a claim."""
    links = tuple(link for link in told.reading.evidence if link.claim_id != OWN.id)
    return replace(told, reading=replace(told.reading, evidence=links))


def raised(*members: Member) -> Alert | None:
    """Return the alert of an event of these stories, each of which knows the figures of those before."""
    known: list[dict[str, tuple[Sighting, ...]]] = []
    seen: dict[str, tuple[Sighting, ...]] = {}
    for each in members:
        known.append(dict(seen))
        for link in each.reading.evidence:
            found = (Sighting(f, "Seoul", Day(2024, 8, 27), each.story.id) for f in each.reading.figures)
            seen[link.claim_id] = (*seen.get(link.claim_id, ()), *found)
    return retell(event(*members), known, REGISTER, NOW)[0]


def seen_by(workspace: str, *members: Member) -> Alert:
    """Return the alert of an event of these stories as a workspace is told it."""
    alert = raised(*members)
    assert alert
    briefing = Briefing(alert, event(*members), tuple(REGISTER[link.claim_id] for link in alert.links))
    return briefing_seen(briefing, REGISTER, hidden(REGISTER, workspace)).alert


@pytest.mark.parametrize(
    "members",
    [
        [story("Counted", OWN.id, SHARED.id, figures=(figure(99_000),))],
        [
            story("First", OWN.id, figures=(figure(2_000),)),
            story("Second", SHARED.id, figures=(figure(99_000),), source=POST),
        ],
        [story("First", OWN.id), story("Second", SHARED.id, source=POST)],
        [story("First", SHARED.id), story("Second", OWN.id, SHELLS.id, source=POST)],
        [
            story("First", SHARED.id),
            story("Second", OWN.id, figures=(figure(2_000),), source=POST),
            story("Third", SHARED.id, figures=(figure(99_000),), source=WIRE),
        ],
    ],
)
def test_others_are_told_as_if_it_were_not_there(members: list[Member]) -> None:
    """Lead, headline, reason and number are those that the shared claims give."""
    alone = raised(*filter(lambda each: each.reading.evidence, map(without, members)))
    assert alone
    seen = seen_by("discord:501", *members)
    assert (seen.headline, seen.reason, seen.links, seen.change) == (
        alone.headline,
        alone.reason,
        alone.links,
        alone.change,
    )


def test_its_own_workspace_is_told_of_it_too() -> None:
    """There it denies, beside the number of the shared claim."""
    seen = seen_by("discord:500", story("Counted", OWN.id, SHARED.id, figures=(figure(99_000),)))
    assert [link.claim_id for link in seen.links] == [SHARED.id, OWN.id]
    assert seen.change
    assert seen.change.claim_id == SHARED.id
