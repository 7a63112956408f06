"""The button under a digest that shows all that it tells of, page by page.

Its action says which digest is meant, a kept one or one that somebody asked for. What is in it is read from
the record when it is used.
"""

from dataclasses import replace
from datetime import UTC, datetime

from bot.actions.model import Action, Press, action
from bot.answers.digest_details import details_page, digest_details_card
from bot.card import Card
from bot.commands.channels import here, wanted_in
from bot.commands.model import Context
from bot.controls import Button, Row
from bot.digesting import summed_up
from bot.language import _, spoken
from bot.replies import Reply
from claims.errors import NotFound
from claims.happenings import Scope
from claims.outgoing import Digest, Period
from claims.periods import begins
from claims.subscriptions import Subscription

_SHOW, _TURN = "digest", "digest-page"
_ASKED = "now"
"""What the key of a digest begins with that somebody asked for; those of kept ones begin otherwise."""


def digest_details(digest: Digest) -> str:
    """Return the action that shows all that a digest tells of."""
    return action(_SHOW, digest.key)


def asked_for(wanted: Subscription, period: Period, until: datetime) -> Digest:
    """Return a digest of what a channel follows that ends now, which nobody keeps."""
    key = f"{_ASKED}:{period}:{until.timestamp():.0f}"
    since = begins(until, period, wanted.timezone)
    return Digest(key, wanted.destination, since, until, wanted.timezone, period)


async def followed_here(context: Context) -> Subscription:
    """Return what this channel wants, or all where it is told of nothing."""
    usual = Subscription(here(context), timezone=context.timezone, workspace=context.workspace)
    return await wanted_in(context, usual.destination) or usual


async def _show(context: Context, press: Press) -> Reply:
    """Show the first page."""
    return Reply(await _page(context, press.argument, "1"))


async def _turn(context: Context, press: Press) -> Reply:
    """Show another page in place of one."""
    number, _colon, key = press.argument.partition(":")
    return Reply(await _page(context, key, number), redraws=True)


async def _page(context: Context, key: str, number: str) -> Card:
    digest, wanted = await _meant(context, key)
    held = await context.store.held(digest.destination, None if key.startswith(_ASKED) else key)
    summary = await summed_up(context.store, Scope(digest, wanted, language=spoken()), context.who, held)
    page = details_page(summary, digest, number)
    card = digest_details_card(page, digest, summary, digest.timezone)
    turns: Row = (
        Button("◀", action(_TURN, str(page.number - 1), key), disabled=page.is_first),
        Button("▶", action(_TURN, str(page.number + 1), key), disabled=page.number == page.of),
    )
    return replace(card, controls=(turns,)) if page.of > 1 else card


async def _meant(context: Context, key: str) -> tuple[Digest, Subscription]:
    """Return the digest that a key names, with what its channel wants now.

    Raises:
        NotFound: none is kept by that key, or it is of a channel that whoever asks does not see.

    """
    begun, _colon, rest = key.partition(":")
    if begun == _ASKED:
        period, _colon, stamp = rest.partition(":")
        wanted = await followed_here(context)
        return asked_for(wanted, Period(period), datetime.fromtimestamp(int(stamp), UTC)), wanted
    digest = await context.store.digest(key)
    if digest is None:
        raise NotFound(_("This digest is too old, or of a channel that you do not see"))
    found = await wanted_in(context, digest.destination)
    return digest, found or Subscription(digest.destination, workspace=context.workspace)


ACTIONS = (Action(_SHOW, _show), Action(_TURN, _turn))
