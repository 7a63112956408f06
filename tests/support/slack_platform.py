"""The Slack platform, run against the Slack on loopback."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

from bot.card import Card, Field
from bot.commands.model import Asker, Command, Context, Param
from bot.mending import Books
from bot.platforms import Joined
from bot.platforms.slack import SlackPlatform, SlackPolicy
from tests.support.platforms import Answer, DeskOf
from tests.support.slack_server import SlackServer

CARD = Card("Seoul: more than 13,000 containers", heading="NEW FIGURE", fields=(Field("Rated", ("B3",)),))
REVISED = replace(CARD, fields=(Field("Rated", ("B2",)),))
CHANNEL, KEY = "C0ALERTS", "alert-1"


async def unused(context: Context, values: Mapping[str, str]) -> Card:
    """Stand where a command's work stands: the platform never calls it."""
    raise NotImplementedError


COMMANDS = (
    Command(("claim", "show"), "Show a claim.", unused, (Param("claim", "its id"),)),
    Command(("help",), "Say what can be asked.", unused),
)


async def echo(name: str, values: dict[str, str], asker: Asker) -> Card:
    """Answer with what was asked."""
    return Card(f"{name} {values}")


def slack_platform(
    server: SlackServer, books: Books | None = None, *, on_joined: Joined | None = None, **changes: Any
) -> SlackPlatform:
    """Return the platform for a workspace; `changes` are of its policy."""
    policy = SlackPolicy(server.bot_token, server.app_token, server.api_base, retry_seconds=0.01)
    return SlackPlatform(replace(policy, **changes), COMMANDS, books, on_joined=on_joined)


@asynccontextmanager
async def running(platform: SlackPlatform, answer: Answer = echo) -> AsyncIterator[None]:
    """Run a platform meanwhile."""
    task = asyncio.create_task(platform.run(DeskOf(answer)))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
