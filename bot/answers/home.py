"""What somebody sees before they ask anything, as cards: their channels, claims, snoozes, feeds. Pure.

A card with a title begins a section, one without goes on in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import phrases
from bot.answers.claims import claim_line
from bot.answers.health import feeds_asked, in_trouble
from bot.answers.watch import followed_in
from bot.card import Card, Line, Link, Span
from bot.controls import Button, Look, Row
from bot.language import _, ngettext
from bot.lines import HEADLINE, channel, filled, leans, moment
from claims.feeds import FeedStatus
from claims.independence import outlet
from claims.model import Claim, Evidence, Member, Sighting
from claims.outgoing import Digest
from claims.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class Followed:
    """A claim, and the last that was said of it."""

    claim: Claim
    figure: Sighting | None
    """The last one of a story, or None."""
    newest: tuple[Member, Evidence] | None


def welcome_home(set_up: str, how: str, *, told: bool) -> Card:
    """Return what comes first.

    Args:
        set_up: the action that sets a channel up, or nothing for somebody who may not.
        how: what it takes then, a sentence.
        told: a channel of theirs is told of something.

    """
    nothing = _("No channel of yours is told of claims yet.")
    about = _("Stories of news feeds, held against tracked claims; each happening is told once.")
    lines = [about, *([] if told else [nothing]), *([how] if how and not set_up else [])]
    row: tuple[Row, ...] = ((Button(_("Set up"), set_up, Look.MAIN),),) if set_up else ()
    return Card("Claimwatch", tuple((line,) for line in lines), controls=row)


def channels_card(more: int, row: Row) -> Card:
    """Return the beginning of what is told in channels; `more` of them are left out."""
    left = ngettext("{count} more", "{count} more", more).format(count=more)
    return Card(_("Your channels"), ((left,),) if more else (), controls=(row,) if row else ())


def channel_card(wanted: Subscription, row: Row) -> Card:
    """Return what one channel is told of."""
    return Card("", followed_in(wanted), controls=(row,) if row else ())


def claims_home(count: int, row: Row) -> Card:
    """Return the beginning of the claims, of which there are `count`."""
    tracked = ngettext("{count} claim tracked", "{count} claims tracked", count).format(count=count)
    return Card(_("Claims"), ((tracked,),), controls=(row,))


def claim_home(each: Followed, timezone: str) -> Card:
    """Return what a claim says, and its last number and story."""
    lines: list[Line] = [claim_line(each.claim)]
    if each.figure:
        said = _("Last number: {figure} ({body}, {day})")
        number, day = phrases.quantity(each.figure.figure), phrases.stated(each.figure.said_on)
        lines.append((said.format(figure=number, body=each.figure.said_by, day=day),))
    if each.newest:
        member, link = each.newest
        story = member.story
        words = Link(phrases.shorten(story.title, HEADLINE), story.url)
        at = moment(story.at, timezone, beside=story.at)
        lines.append((f"{leans(link.stance)} · {outlet(story)} · ", words, " · ", at))
    return Card("", tuple(lines))


def snoozed_card(title: str, line: Line, row: Row) -> Card:
    """Return what is put off and how it is woken; the first of them has a title."""
    return Card(title, (line,), controls=(row,) if row else ())


def feeds_home(asked: int, troubled: Sequence[FeedStatus], row: Row) -> Card:
    """Return how the feeds are doing, in two lines."""
    lines = [feeds_asked(asked, len(troubled)), in_trouble(troubled)]
    return Card(_("Feeds"), tuple((line,) for line in lines if line), controls=(row,))


def digest_home(digest: Digest | None, what: str, timezone: str, row: Row, url: str | None = None) -> Card:
    """Return when and where the last digest was posted, and what it told of, which leads to `url`."""
    told: Line = (_("No digest was posted in your channels yet."),)
    if digest:
        at = moment(digest.until, timezone, beside=digest.until)
        said: Span = Link(what, url) if url else what
        told = filled("{at} · {channel} · {what}", at=at, channel=channel(digest.destination), what=said)
    return Card(_("Last digest"), (told,), controls=(row,))
