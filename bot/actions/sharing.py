"""An answer that its asker alone sees can be shown to all, and turned page by page, also after a restart."""

from collections.abc import Mapping
from dataclasses import replace

from bot.actions.model import Action, Press, action
from bot.card import Card
from bot.commands.model import PAGE, Command, Context
from bot.commands.rights import refuse
from bot.controls import Button, Row
from bot.language import _
from bot.replies import Reply
from claims.errors import NotFound
from claims.text import digest_key
from claims.workspaces import CONSOLE, Asked


async def with_controls(context: Context, card: Card, command: str, args: Mapping[str, str]) -> Card:
    """Return an answer with its pages and the button that shows it to all; what was asked is kept.

    The console has no buttons, and outside of a channel there is nobody to share it with.
    """
    if context.workspace == CONSOLE:
        return card
    key = await remembered(context, command, args)
    number, of = card.page or (1, 1)
    turns: Row = (
        Button("◀", action(PAGE.name, key, str(number - 1)), disabled=number <= 1),
        Button("▶", action(PAGE.name, key, str(number + 1)), disabled=number >= of),
    )
    share: Row = (Button(_("Share"), action("share", key, str(number))),)
    row = (*(turns if of > 1 else ()), *(share if context.asker.destination else ()))
    return replace(card, controls=(*card.controls, row)) if row else card


async def asks(context: Context, *path: str) -> str:
    """Return the action that answers as a command without values does; that it may be asked is kept."""
    return action(PAGE.name, await remembered(context, " ".join(path), {}), "1")


async def leading_on(
    context: Context, leads: Mapping[tuple[str, str], str], values: Mapping[str, str]
) -> tuple[Row, ...]:
    """Return a row of buttons that answer as commands do; none at the console, which has none.

    `leads` are their labels by the path of the command; each gets the `values`.
    """
    if context.workspace == CONSOLE:
        return ()
    row = [
        Button(label, action("open", await remembered(context, " ".join(path), values)))
        for path, label in leads.items()
    ]
    return (tuple(row),)


async def remembered(context: Context, command: str, args: Mapping[str, str]) -> str:
    """Keep what was asked but for the page, and return its key."""
    values = {name: value for name, value in args.items() if name != PAGE.name}
    asked = Asked(digest_key(command, *(f"{k}={v}" for k, v in sorted(values.items()))), command, values)
    await context.store.remember(asked, context.clock())
    return asked.key


def actions(commands: Mapping[str, Command]) -> tuple[Action, ...]:
    """Return the actions of these buttons, for the commands of a table by name."""

    async def asked_again(context: Context, press: Press) -> tuple[Card, Asked]:
        key, _colon, page = press.argument.partition(":")
        asked = await context.store.asked(key)
        command = commands.get(asked.command) if asked else None
        if asked is None or command is None:
            raise NotFound(_("This answer is too old\nAsk again"))
        refuse(context, command, context.spelled(command.name))
        return await command.run(context, {**asked.values, PAGE.name: page}), asked

    async def share(context: Context, press: Press) -> Reply:
        card, _asked = await asked_again(context, press)
        return Reply(card, shared=True)

    async def turn(context: Context, press: Press) -> Reply:
        card, asked = await asked_again(context, press)
        return Reply(await with_controls(context, card, asked.command, asked.values), redraws=True)

    async def open_(context: Context, press: Press) -> Reply:
        card, asked = await asked_again(context, press)
        return Reply(await with_controls(context, card, asked.command, asked.values))

    return (Action("share", share, shared=True), Action(PAGE.name, turn), Action("open", open_))
