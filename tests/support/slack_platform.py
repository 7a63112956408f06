"""The Slack platform, run against the Slack on loopback."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

from bot.card import Card, Field
from bot.commands.model import Asker, Command, Context, Needs, Param
from bot.controls import Option
from bot.mending import Books
from bot.platforms import Desk
from bot.platforms.slack import SlackPlatform, SlackPolicy
from tests.support.platforms import Answer, DeskOf
from tests.support.slack_server import SlackServer

CARD = Card("Seoul: more than 13,000 containers", heading="NEW FIGURE", fields=(Field("Rated", ("B3",)),))
REVISED = replace(CARD, fields=(Field("Rated", ("B2",)),))
CHANNEL, KEY = "C0ALERTS", "alert-1"


async def unused(context: Context, values: Mapping[str, str]) -> Card:
    """Stand where a command's work stands: the platform never calls it."""
    raise NotImplementedError


async def unsuggested(context: Context, typed: str) -> Sequence[Option]:
    """Stand where a parameter's suggestions stand: the platform asks the desk."""
    raise NotImplementedError


COMMANDS = (
    Command(("claim", "show"), "Show a claim.", unused, (Param("claim", "its id", suggest=unsuggested),)),
    Command(
        ("claim", "match"),
        "Match a text to the claims.",
        unused,
        (Param("text", "the text", rest=True),),
        on_message="Match to claims",
    ),
    Command(
        ("claim", "track"),
        "Track a claim.",
        unused,
        (Param("statement", "what is said", rest=True),),
        Needs.CHANGE,
        changes=True,
        on_message="Track as claim",
        form_of_message="track",
    ),
    Command(("health",), "Show how all is.", unused),
    Command(
        ("help",),
        "Say what can be asked.",
        unused,
        (Param("command", "its name", required=False, rest=True),),
    ),
)


async def echo(name: str, values: dict[str, str], asker: Asker) -> Card:
    """Answer with what was asked."""
    return Card(f"{name} {values}")


_ITSELF = ("on_joined", "clock", "answer_seconds", "quick_seconds")


def slack_platform(
    server: SlackServer,
    books: Books | None = None,
    *,
    commands: Sequence[Command] = COMMANDS,
    **changes: Any,
) -> SlackPlatform:
    """Return the platform for a workspace; `changes` are of its policy, or what else it takes."""
    itself = {key: changes.pop(key) for key in _ITSELF if key in changes}
    policy = SlackPolicy(server.bot_token, server.app_token, server.api_base, retry_seconds=0.01)
    return SlackPlatform(replace(policy, **changes), commands, books, **itself)


@asynccontextmanager
async def running(platform: SlackPlatform, answers: Answer | Desk = echo) -> AsyncIterator[None]:
    """Run a platform meanwhile."""
    task = asyncio.create_task(platform.run(DeskOf(answers) if callable(answers) else answers))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
