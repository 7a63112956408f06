"""The command that tells what can be asked."""

import difflib
from collections.abc import Mapping, Sequence

from bot.answers.help import command_card, group_card, groups, help_card
from bot.card import Card
from bot.commands.model import Command, Context
from bot.controls import OPTIONS, Option
from bot.language import _
from bot.paging import page_of
from bot.phrases import shorten
from claims.errors import NotFound
from claims.text import fold

LISTED = 12
_TYPED = 60


async def show_help(context: Context, args: Mapping[str, str], table: Sequence[Command]) -> Card:
    """Return what a table of commands has, or of `command`, a command or a group of them, how it is used.

    Raises:
        NotFound: there is no such command; names the nearest.

    """
    asked = fold(args.get("command", "")).removeprefix("/").removeprefix("claimwatch ").strip()
    by_group = groups(table)
    if not asked:
        return help_card(page_of(list(by_group.items()), args, LISTED), context.spelled)
    names = {command.name: command for command in table}
    if asked in names:
        return command_card(names[asked], context.spelled)
    if asked in by_group:
        return group_card(asked, page_of(by_group[asked], args, LISTED), context.spelled)
    near = difflib.get_close_matches(asked, [*names, *by_group], n=1)
    usage = context.spelled(
        names[near[0]].usage if near and near[0] in names else near[0] if near else "help"
    )
    words = _("Did you mean: {usage}") if near else _("{usage} lists what can be asked")
    said = _("There is no command “{name}”").format(name=shorten(args["command"], _TYPED))
    raise NotFound(f"{said}\n{words.format(usage=usage)}")


async def suggested(context: Context, typed: str, table: Sequence[Command]) -> Sequence[Option]:
    """Return the commands and groups of a table that begin as typed, then those that hold it."""
    words = fold(typed)
    names = dict.fromkeys((*(command.name for command in table), *groups(table)))
    first = [name for name in names if name.startswith(words)]
    others = [name for name in names if words in name and name not in first]
    return [Option(context.spelled(name), name) for name in (*first, *others)[:OPTIONS]]
