"""The Discord platform, run against the Discord on loopback."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bot.card import Card, Field, Tone
from bot.commands.model import Asker, Command, Context, Needs, Param
from bot.controls import Option
from bot.platforms import Desk
from bot.platforms.discord import DiscordPlatform, DiscordPolicy
from tests.support.discord_server import DiscordServer
from tests.support.platforms import Answer, DeskOf

CARD = Card(
    "13,000 containers since mid-2022", fields=(Field("Claim", ("containers-2023",)),), tone=Tone.FIGURE
)


async def unused(context: Context, values: Mapping[str, str]) -> Card:
    """Stand where a command's work stands: the platform never calls it."""
    raise NotImplementedError


async def unsuggested(context: Context, typed: str) -> Sequence[Option]:
    """Stand where a parameter's suggestions stand: the platform asks the desk."""
    raise NotImplementedError


COMMANDS = (
    Command(("claim", "show"), "Show a claim.", unused, (Param("claim", "Its id", suggest=unsuggested),)),
    Command(("claim", "search"), "Find claims.", unused, (Param("words", "Any words", rest=True),)),
    Command(("claim", "list"), "List the claims.", unused),
    Command(
        ("feed", "pause"),
        "Ask a feed no more.",
        unused,
        (Param("feed", "Its title"),),
        Needs.CHANGE,
        changes=True,
    ),
    Command(
        ("feed", "import"),
        "Take a list.",
        unused,
        (Param("file", "A list", required=False, attached=True),),
        needs=Needs.CHANGE,
        changes=True,
    ),
    Command(("watch", "list"), "List what is watched.", unused),
    Command(
        ("watch", "add"),
        "Watch something.",
        unused,
        (Param("stance", "Which way", required=False, choices=("supports", "disputes")),),
        needs=Needs.CHANGE,
        changes=True,
    ),
    Command(
        ("match",),
        "Match a text to the claims.",
        unused,
        (Param("text", "The text", rest=True),),
        on_message="Match to claims",
    ),
    Command(("help",), "Say what can be asked.", unused, (Param("command", "Its name", required=False),)),
)
"""Of `feed` every row changes things, of `watch` one."""


async def echo(name: str, values: dict[str, str], asker: Asker) -> Card:
    """Answer with what was asked."""
    return Card(name, fields=tuple(Field(key, (value,)) for key, value in values.items()))


_POLICY = ("token", "api_base", "gateway_url", "guilds", "channels")


def platform_for(
    server: DiscordServer, *, commands: Sequence[Command] = COMMANDS, **changes: Any
) -> DiscordPlatform:
    """Build a platform that talks to the server; `changes` are of its policy, or what else it takes."""
    policy = {"token": server.token, "api_base": server.api_base, "gateway_url": server.gateway_url}
    policy |= {key: changes.pop(key) for key in _POLICY if key in changes}
    return DiscordPlatform(DiscordPolicy(**policy), commands, **changes)


@asynccontextmanager
async def running(
    server: DiscordServer, answers: Answer | Desk = echo, **changes: Any
) -> AsyncIterator[DiscordPlatform]:
    """Run a platform up to READY, and stop it by cancelling, as the app does."""
    platform = platform_for(server, **changes)
    desk = DeskOf(answers) if callable(answers) else answers
    before = server.count("ready") + server.count("resumed")
    task = asyncio.create_task(platform.run(desk))
    ready = asyncio.create_task(server.ready(before + 1))
    await asyncio.wait((task, ready), return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        ready.cancel()
        task.result()
    try:
        yield platform
    finally:
        task.cancel()
        await asyncio.wait((task,), timeout=5)
        assert task.cancelled()
