"""A sample alert, so that people see what one looks like before there is any; everything in it is made up."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.card import Card
from bot.language import _
from bot.present import alert_card
from claims.admiralty import Reliability
from claims.model import (
    Alert,
    Bound,
    Claim,
    Event,
    Evidence,
    Figure,
    FigureChange,
    Mark,
    Member,
    Origin,
    Reading,
    Reason,
    Sighting,
    Source,
    Stance,
    Story,
)
from claims.outgoing import Briefing
from claims.when import Day

_CLAIM = Claim(
    id="sample-containers",
    statement="A sample claim: at least 1,000 containers went from Sample Port to Sample Harbour",
    said_by="Sample Government",
    said_on=Day(2023, 10, 13),
)
_BEFORE = Figure("containers", 1_000, 1_000, Bound.AT_LEAST)
_NOW = Figure("containers", 2_500, 2_500, Bound.AT_LEAST, body="Sample Ministry")
_TOLD = (("Sample Wire", Reliability.B, 4), ("Sample Herald", Reliability.C, 1))
"""Who tells it, how reliable they are, and how many minutes ago."""


def sample_card(now: datetime, timezone: str) -> Card:
    """Return a sample alert as it would look now, marked as one in its heading; every name in it says so too.

    `timezone` is the IANA name of the zone in which moments are written.
    """
    members = tuple(_member(name, grade, now - timedelta(minutes=ago)) for name, grade, ago in _TOLD)
    alert = Alert(
        key="sample",
        event_id="sample",
        reason=Reason.NEW_FIGURE,
        headline=members[0].story.title,
        links=members[0].reading.evidence,
        raised_at=now,
        change=FigureChange(_CLAIM.id, _NOW, Sighting(_BEFORE, _CLAIM.said_by, _CLAIM.said_on)),
    )
    card = alert_card(Briefing(alert, Event("sample", members), (_CLAIM,)), timezone)
    heading = _("SAMPLE, NO NEWS · {heading}").format(heading=card.heading)
    return replace(card, heading=heading, controls=())


def _member(outlet: str, grade: Reliability, seen_at: datetime) -> Member:
    name = outlet.casefold().replace(" ", "-")
    story = Story(
        id=f"sample:{name}",
        feed_url=f"https://{name}.example/feed.xml",
        url=f"https://{name}.example/containers",
        title="Sample Ministry counts at least 2,500 containers",
        summary="A sample story of a made-up outlet.",
        language="en",
        source=Source(outlet, outlet, grade),
        published_at=seen_at - timedelta(minutes=3),
        seen_at=seen_at,
    )
    words = tuple(Mark(0, len(each), each) for each in ("containers", "2,500", "Sample Port"))
    link = Evidence(story.id, _CLAIM.id, Stance.SUPPORTS, 0.95, words)
    origin = Origin(("Sample Ministry",))
    return Member(story, Reading(story.id, True, 0.95, "en", (link,), (_NOW,), origin))
