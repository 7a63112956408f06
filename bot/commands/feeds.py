"""Commands about feeds: how they are doing."""

from collections.abc import Mapping

from bot.answers import feeds_card
from bot.card import Card
from bot.commands.model import Context


async def list_feeds(context: Context, args: Mapping[str, str]) -> Card:  # noqa: ARG001 - the table's shape
    """Return the feeds and how they are doing."""
    return feeds_card(await context.store.feeds(), context.clock())
