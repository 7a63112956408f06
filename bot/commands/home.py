"""What somebody sees before they ask anything, put together from what commands answer."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from bot.actions.alerts import wake_button
from bot.actions.model import action
from bot.actions.sharing import asks
from bot.answers.home import (
    Followed,
    channel_card,
    channels_card,
    claim_home,
    claims_home,
    digest_home,
    feeds_home,
    snoozed_card,
    welcome_home,
)
from bot.card import Card, Line
from bot.commands.channels import watching
from bot.commands.model import Context, Needs
from bot.commands.rights import may, what_it_takes
from bot.controls import Button, Row
from bot.digest_card import day_counts
from bot.digesting import summed_up
from bot.language import _
from bot.said import snooze_line
from claims.happenings import Scope
from claims.health import IN_TROUBLE, health
from claims.outgoing import Digest
from claims.subscriptions import Subscription
from claims.workspaces import SnoozeKind

CHANNELS, CLAIMS, SNOOZES = 8, 4, 8
"""Shown of each: all together are some screens of a phone."""
_NEWS = timedelta(days=30)
_LINKS = 200
"""Looked at for the claims that were in the news last."""


async def home(context: Context, channels: Collection[str] | None = None) -> list[Card]:
    """Return the person's channels, claims with their latest figures, snoozes, feeds and last digest.

    `channels` are the destinations of those that they are in; None where that is not known, for all of the
    workspace. A card with a title begins a section.
    """
    theirs = [each for each in await watching(context) if channels is None or each.destination in channels]
    set_up = action("setup") if may(context.asker, Needs.CHANNEL) else ""
    return [
        welcome_home(set_up, what_it_takes(context, Needs.CHANNEL), told=bool(theirs)),
        *await _channels(context, theirs),
        *await _claims(context),
        *await _snoozes(context),
        await _feeds(context),
        await _digest(context, theirs),
    ]


async def _channels(context: Context, theirs: Sequence[Subscription]) -> list[Card]:
    if not theirs:
        return []
    more = len(theirs) - CHANNELS
    row: Row = (Button(_("All channels"), await asks(context, "watch", "list")),) if more > 0 else ()
    shown = theirs[:CHANNELS]
    return [
        channels_card(max(0, more), row),
        *(channel_card(each, _for_channel(context, each)) for each in shown),
    ]


def _for_channel(context: Context, wanted: Subscription) -> Row:
    """Return what somebody may do with a channel from here."""
    if not context.asker.manages(wanted.destination):
        return ()
    verb, label = ("pause", _("Pause")) if wanted.paused is None else ("resume", _("Resume"))
    edit = Button(_("Edit"), action("setup", "in", wanted.destination))
    return (edit, Button(label, action(verb, wanted.destination)))


async def _claims(context: Context) -> list[Card]:
    register = {claim.id: claim for claim in await context.store.claims()}
    since = context.clock() - _NEWS
    lately = [each for each in await context.store.claims_in_news(since, _LINKS) if each in register]
    shown = list(dict.fromkeys([*lately, *register]))[:CLAIMS]
    sighted = await context.store.sightings(shown)
    row: Row = (Button(_("All claims"), await asks(context, "claim", "list")),)
    cards = [claims_home(len(register), row)]
    for claim_id in shown:
        newest = await context.store.evidence(claim_id, 1)
        figures = [each for each in sighted.get(claim_id, ()) if each.figure.unit != "other"]
        last = figures[-1] if figures else None
        followed = Followed(register[claim_id], last, newest[0] if newest else None)
        cards.append(claim_home(followed, context.timezone))
    return cards


async def _snoozes(context: Context) -> list[Card]:
    snoozes = (await context.store.snoozes(context.workspace, context.clock()))[:SNOOZES]
    alerts = await context.store.alerts([s.what for s in snoozes if s.kind is SnoozeKind.EVENT])
    cards: list[Card] = []
    for each in snoozes:
        line: Line = snooze_line(each, context.timezone)
        if each.kind is SnoozeKind.EVENT and each.what in alerts:
            line = (*line, f" · {alerts[each.what].headline}")
        event_id = each.what if each.kind is SnoozeKind.EVENT else ""
        wake: Row = (wake_button(each, event_id, _("Wake")),) if context.asker.may_change else ()
        cards.append(snoozed_card("" if cards else _("Snoozed"), line, wake))
    return cards


async def _feeds(context: Context) -> Card:
    watched = await context.store.watchlist()
    troubled = [each for each in watched.feeds if health(each) in IN_TROUBLE]
    return feeds_home(watched.asked, troubled, (Button(_("Health"), await asks(context, "health")),))


async def _digest(context: Context, theirs: Sequence[Subscription]) -> Card:
    found = [(each, await context.store.last_digest(each.destination)) for each in theirs]
    told = max(
        ((wanted, digest) for wanted, digest in found if digest),
        key=lambda pair: pair[1].until,
        default=None,
    )
    row: Row = (Button(_("The last 24 hours"), await asks(context, "digest", "now")),)
    if told is None:
        return digest_home(None, "", context.timezone, row)
    wanted, digest = told
    held = await context.store.held(digest.destination, digest.key)
    summary = await summed_up(context.store, Scope(digest, wanted), context.who, held)
    address = await _address(context, digest)
    return digest_home(digest, day_counts(digest, summary), context.timezone, row, address)


async def _address(context: Context, digest: Digest) -> str | None:
    """Return where the message of a digest can be read, or None where it is not there or nobody knows."""
    for each in await context.store.deliveries(digest.key):
        if each.destination == digest.destination and each.receipt:
            return await context.find_message(each.destination, each.receipt)
    return None
