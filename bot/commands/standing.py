"""The command that tells how all of it is doing."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.answers.health import CHANNELS, Standing, health_card
from bot.card import Card
from bot.commands.model import Context
from bot.paging import page_of
from claims.health import IN_TROUBLE, health
from claims.workspaces import CONSOLE

DAY = timedelta(days=1)


async def show_health(context: Context, args: Mapping[str, str]) -> Card:
    """Return how feeds and deliveries are doing, and what became of the last day's stories in each channel.

    The channels are those of the asker's workspace, a page of them; the console sees all.

    Raises:
        UsageError: `page` is no number.

    """
    now, store = context.clock(), context.store
    reckoned = await store.reckoned(now - DAY, now)
    watched = await store.watchlist()
    standing = Standing(
        asked=watched.asked,
        troubled=[each for each in watched.feeds if health(each) in IN_TROUBLE],
        counts=await store.counts(now - DAY, None),
        platforms=context.platforms,
        last_digest=await _last_digest(context),
        channels=page_of(sorted(reckoned.items()), args, CHANNELS),
        own=context.workspace != CONSOLE,
    )
    return health_card(standing, now, context.timezone, context.spelled)


async def _last_digest(context: Context) -> datetime | None:
    named = sorted(each.destination for each in await context.store.subscriptions())
    found = [await context.store.last_digest(each) for each in named]
    return max((each.until for each in found if each), default=None)
