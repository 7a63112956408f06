"""How commands of the command line get their answers: from the store, and from the commands of the chats."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot import parts
from bot.app_full_text import can_read_pages
from bot.app_trial import scouting
from bot.card import Card
from bot.cli.shell import aside, screen, writing
from bot.commands.model import Context
from bot.commands.noting import note_change
from bot.commands.spelling import COMMAND_LINE
from bot.commands.table import AT_CONSOLE
from bot.render.console import render
from bot.settings import Settings
from claims.clock import utc_now
from claims.errors import UsageError
from claims.store import Store

T = TypeVar("T")
Picture = Annotated[
    Path | None, typer.Option("--picture", metavar="FILE.png", help="Draw it too, into this file.")
]
_PNG = ".png"
Answers = Callable[[Context, Mapping[str, str]], Awaitable[Card]]
"""What runs a command of the chat platforms."""


def ask(settings: Settings, question: Callable[[Store], Awaitable[T]]) -> T:
    """Return what the store answers; one that was never filled is filled from the seeds first."""

    async def asked() -> T:
        async with parts.opened_store(settings) as store:
            if not await store.claims() and not await store.feeds():
                await parts.seed(store, parts.read_seeds(settings))
            return await question(store)

    return asyncio.run(asked())


def answer(settings: Settings, question: Callable[[Context], Awaitable[T]]) -> T:
    """Return what a command of the chat platforms answers here."""

    async def answered(store: Store) -> T:
        async with scouting(settings) as scout:
            context = Context(
                store,
                utc_now,
                parts.matcher_of,
                scout,
                spelled=COMMAND_LINE,
                full_text=can_read_pages(),
                who=parts.who,
            )
            return await question(context)

    return ask(settings, answered)


def card(settings: Settings, command: Answers, **args: str) -> Card:
    """Return the card with which a command of the chat platforms answers."""
    return answer(settings, lambda context: command(context, args))


def change(settings: Settings, command: Answers, **args: str) -> Card:
    """Return the card of a command of the chat platforms that changes things, and note what is changed."""
    (row,) = (each for each in AT_CONSOLE if each.run == command)

    async def changed(context: Context) -> Card:
        shown = await command(context, args)
        if row.is_noted(args):
            await note_change(context, row.name, args)
        return shown

    return answer(settings, changed)


def show_with(shown: Card, picture: Path | None) -> None:
    """Print a card, and keep its picture where that was asked for and there is one.

    Raises:
        UsageError: the file is not one of a picture.

    """
    if picture and picture.suffix.lower() != _PNG:
        raise UsageError(f"--picture: expected a file that ends in {_PNG}, not {picture.name!r}")
    show(shown)
    if picture and shown.attachment:
        with writing(picture):
            picture.write_bytes(shown.attachment.content)
    elif picture:
        aside.print(f"note: there was nothing to draw; {picture} was not written", markup=False)


def show(shown: Card) -> None:
    """Print a card."""
    screen.print(render(shown, screen.width, colour=False), markup=False)
