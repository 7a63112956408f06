"""What we answer to `help`, as cards: all that can be asked, a group of it, or one command. Pure."""

from collections.abc import Sequence

from bot.card import Card, Line, Strong
from bot.commands.model import Command, Param
from bot.commands.spelling import Spelling
from bot.language import _
from bot.paging import Page, paged


def groups(commands: Sequence[Command]) -> dict[str, list[Command]]:
    """Return the commands by their first word, in the order of the table."""
    found: dict[str, list[Command]] = {}
    for command in commands:
        found.setdefault(command.path[0], []).append(command)
    return found


def help_card(page: Page[tuple[str, list[Command]]], spelled: Spelling) -> Card:
    """Return what can be asked, a line for each group of commands."""
    card = Card(
        title=_("What you can ask"),
        lines=tuple(_group(name, commands, spelled) for name, commands in page.items),
        footer=_("{command} tells more, such as {example}").format(
            command=spelled("help COMMAND"), example=spelled("help claim show")
        ),
    )
    return paged(card, page)


def group_card(name: str, page: Page[Command], spelled: Spelling) -> Card:
    """Return the commands of one group with what each does."""
    card = Card(
        title=spelled(name),
        lines=tuple((Strong(spelled(each.usage)), f": {_(each.summary)}") for each in page.items),
        footer=_("Words in CAPITALS are yours to fill in"),
    )
    return paged(card, page)


def command_card(command: Command, spelled: Spelling) -> Card:
    """Return how one command is used, with what each of its words means."""
    may = _("Only those who may change things are answered")
    return Card(
        heading=spelled(command.name),
        title=_(command.summary),
        lines=((Strong(spelled(command.usage)),), *(_param(each) for each in command.params)),
        footer=may if command.guarded else "",
    )


def _group(name: str, commands: Sequence[Command], spelled: Spelling) -> Line:
    if len(commands) == 1:
        return (Strong(spelled(commands[0].usage)), f": {_(commands[0].summary)}")
    return (Strong(spelled(name)), f": {' · '.join(command.path[-1] for command in commands)}")


def _param(param: Param) -> Line:
    notes = [_(param.help)]
    if param.choices:
        notes.append(_("one of {choices}").format(choices=", ".join(param.choices)))
    if not param.required:
        notes.append(_("may be left out"))
    if param.named:
        notes.append(_("typed as {example}").format(example=f"{param.name}=…"))
    return (Strong(param.name.upper()), f": {'; '.join(notes)}")
