"""Lines about a story and the claims it bears on, which the cards of an alert and of what follows it share.

Pure. What the register or a feed says is left in its own language.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from bot import phrases
from bot.card import Channel, Field, Line, Link, Moment, Span, Tone
from bot.language import _
from claims.corrections import foremost
from claims.independence import outlet
from claims.model import (
    Claim,
    Correction,
    Event,
    Evidence,
    FigureChange,
    Member,
    Origin,
    Reason,
    Stance,
    Story,
)

TONES = {Reason.NEW_FIGURE: Tone.FIGURE, Reason.DENIAL: Tone.DISPUTE}

_PLACE = re.compile(r"\{(\w+)\}")

# How many characters a quoted text has before it is cut.
STATEMENT = 200
BRIEF = 72
HEADLINE = 100
_SAYER = 45


def fields(*pairs: tuple[str, str | Line]) -> tuple[Field, ...]:
    """Return the fields that have something to say."""
    return tuple(Field(name, (value,) if isinstance(value, str) else value) for name, value in pairs if value)


def heading(reason: Reason) -> str:
    """Return what an alert is, in capitals."""
    match reason:
        case Reason.NEW_FIGURE:
            return _("NEW FIGURE")
        case Reason.DENIAL:
            return _("DENIAL")
        case Reason.WITHDRAWN:
            return _("WITHDRAWN")
        case _:
            return _("NEW EVENT")


def bears(link: Evidence) -> str:
    """Return how a story bears on a claim, by a sign and by words: `▼ disputes containers-2023`."""
    words = {
        Stance.SUPPORTS: _("▲ supports {claim}"),
        Stance.DISPUTES: _("▼ disputes {claim}"),
        Stance.BACKGROUND: _("background to {claim}"),
    }
    return words[link.stance].format(claim=link.claim_id)


def leans(stance: Stance) -> str:
    """Return how a story bears on a claim that is named already, by a sign and by words: `▼ disputes`."""
    return {
        Stance.SUPPORTS: _("▲ supports"),
        Stance.DISPUTES: _("▼ disputes"),
        Stance.BACKGROUND: _("only mentions it"),
    }[stance]


def stance_words(stance: Stance) -> str:
    """Return a stance as it is said of a claim, in a word."""
    return {
        Stance.SUPPORTS: _("supports"),
        Stance.DISPUTES: _("disputes"),
        Stance.BACKGROUND: _("background"),
    }[stance]


def bearing(stance: Stance, claim_id: str) -> str:
    """Return what a story does to a claim: `supports containers-2023`."""
    words = {
        Stance.SUPPORTS: _("supports {claim}"),
        Stance.DISPUTES: _("disputes {claim}"),
        Stance.BACKGROUND: _("background to {claim}"),
    }
    return words[stance].format(claim=claim_id)


def statement(claim: Claim) -> str:
    """Return what a claim says, who said it and when."""
    words = phrases.shorten(claim.statement.rstrip("."), STATEMENT)
    return f"{words}. {claim.said_by}, {phrases.stated(claim.said_on)}"


def brief(claim: Claim, room: int = BRIEF) -> str:
    """Return who said a claim, in which year, and what it says in so many characters, all in a line."""
    said = phrases.shorten(claim.said_by, _SAYER)
    return f"{said}, {claim.said_on.year}: {phrases.shorten(claim.statement, room)}"


def moved(change: FigureChange, story: Story) -> str:
    """Return who gives which number, and what it was: `Seoul: 13,000 containers (was 6,700, same body)`."""
    now, before = change.now, change.before
    said_by, figure = now.body or outlet(story), phrases.quantity(now)
    if before is None:
        return _("{body}: {figure}").format(body=said_by, figure=figure)
    if before.said_by == said_by:
        words = _("{body}: {figure} ({earlier}, same body)")
        return words.format(body=said_by, figure=figure, earlier=phrases.earlier(change, before))
    words = _("{body}: {figure} ({other}: {amount})")
    amount = phrases.amount_since(before.figure)
    return words.format(body=said_by, figure=figure, other=before.said_by, amount=amount)


def number(change: FigureChange | None, member: Member) -> str:
    """Return a number that moved with what it is set beside, else the numbers of the story."""
    if change is None:
        return "; ".join(phrases.quantity(figure) for figure in foremost(member.reading))
    now, before = change.now, change.before
    relayed = member.reading.origin.chain if member.reading.origin else ()
    figure = phrases.quantity(now)
    if now.body and now.body not in relayed:
        figure = _("{figure}, according to {body}").format(figure=figure, body=now.body)
    if before is None:
        return _("{figure}; no earlier figure to compare").format(figure=figure)
    same = before.said_by == (now.body or outlet(member.story))
    words = (
        _("{figure}; {earlier} ({body}, {day})")
        if same
        else _("{figure}; another estimate beside {amount} ({body}, {day})")
    )
    return words.format(
        figure=figure,
        earlier=phrases.earlier(change, before),
        amount=phrases.amount_since(before.figure),
        body=before.said_by,
        day=phrases.stated(before.said_on),
    )


def origin(member: Member) -> str:
    """Return who said it first, and who relayed that: `Kremlin (a party to the matter), by TASS`."""
    said = member.reading.origin
    if said is None:
        return _("none named")
    root = _("{body} (a party to the matter)").format(body=said.root) if said.party else said.root
    return _relayed(root, said)


def chain(said: Origin) -> str:
    """Return the bodies of an origin in words: `C4ADS, by Washington Post, by Reuters`."""
    return _relayed(said.root, said)


def _relayed(words: str, said: Origin) -> str:
    for relay in said.chain[1:]:
        words = _("{what}, by {teller}").format(what=words, teller=relay)
    return words


def published(story: Story, timezone: str) -> Line:
    """Return when a story came out, and how soon it was seen."""
    seen = moment(story.seen_at, timezone, beside=story.seen_at)
    if story.published_at is None:
        return filled(_("without a date, seen {seen}"), seen=seen)
    came = moment(story.published_at, timezone, beside=story.seen_at)
    if story.published_at > story.seen_at:
        return filled(_("dated {published}, but seen {seen}"), published=came, seen=seen)
    after = phrases.span(story.seen_at - story.published_at)
    return filled(_("{published}, seen {time} later"), published=came, time=after)


def filled(words: str, **spans: Span | Line) -> Line:
    """Return a sentence with spans in the places that it names: `{published}, seen {time} later`."""
    found: list[Span] = []
    for place, part in enumerate(_PLACE.split(words)):
        span = spans[part] if place % 2 else part
        found += span if isinstance(span, tuple) else filter(None, [span])
    return tuple(found)


def joined(parts: Sequence[Line], between: str) -> Line:
    """Return lines as one, with the same words between any two."""
    return tuple(span for place, part in enumerate(parts) for span in ((between, *part) if place else part))


def channel(destination: str) -> Channel:
    """Return a destination as its platform shows it."""
    return Channel(destination, destination)


def moment(at: datetime, timezone: str, *, beside: datetime | None) -> Moment:
    """Return a moment that each reader sees in a zone of their own, where the platform can.

    It is written with its year unless `beside` is of the same.
    """
    return Moment(phrases.clock(at, timezone, beside=beside), at)


def link(story: Story, headline: str) -> Line:
    """Return the link to a story, by its title, or by its outlet where the card has that title already."""
    teller = outlet(story)
    if story.title == headline:
        words, title = phrases.in_tongue("{link}", story.language), teller
    else:
        words = "{link} · " + phrases.in_tongue("{teller}", story.language)
        title = phrases.shorten(story.title, HEADLINE)
    return filled(words, link=Link(title, story.url), teller=teller)


def corrected(correction: Correction) -> str:
    """Return what an outlet changed in a story that was told: `at least 13,000 containers (was 15,000)`."""
    turns = (_turned(turn.claim_id, turn.was, turn.now) for turn in correction.turns)
    return "; ".join(filter(None, (phrases.corrected(correction.was, correction.now), *turns)))


def _turned(claim_id: str, was: Stance | None, now: Stance | None) -> str:
    if now is None:
        return _("no longer bears on {claim}").format(claim=claim_id)
    if was is None:
        return _("now {stance}: {claim}").format(stance=leans(now), claim=claim_id)
    return _("now {stance}: {claim} (was: {earlier})").format(
        stance=leans(now), claim=claim_id, earlier=leans(was)
    )


def withdrawn(*, by_outlet: bool) -> str:
    """Return why an alert is told no longer."""
    if by_outlet:
        return _(
            "Withdrawn: its story was edited by the outlet, and bears on no tracked claim as it reads now."
        )
    return _("Withdrawn by a person: it bears on no tracked claim, or is told with another happening.")


def teller(event: Event, story_id: str) -> str | None:
    """Return the outlet of a story of an event, or None where the story is no longer in it."""
    return next((outlet(m.story) for m in event.members if m.story.id == story_id), None)
