"""What a workspace put off, and for how long yet."""

from collections.abc import Mapping

from bot.actions.alerts import snooze_key
from bot.actions.model import action
from bot.card import Card
from bot.commands.model import Context
from bot.controls import OPTIONS, Menu, Option
from bot.language import _, ngettext
from bot.phrases import shorten
from bot.said import snooze_end, snooze_line
from claims.text import one_line
from claims.workspaces import SnoozeKind

_LABEL = 100


async def list_snoozes(context: Context, args: Mapping[str, str]) -> Card:  # noqa: ARG001 - the table's shape
    """Return what the asker's workspace snoozed, the first to end first, with a menu that wakes one."""
    snoozes = await context.store.snoozes(context.workspace, context.clock())
    if not snoozes:
        return Card(_("Nothing is snoozed"))
    shown = snoozes[:OPTIONS]
    alerts = await context.store.alerts([s.what for s in shown if s.kind is SnoozeKind.EVENT])
    names = [alerts[s.what].headline if s.what in alerts else s.what for s in shown]
    ends = [snooze_line(each, context.timezone) for each in shown]
    lines = [
        (*end, f" · {name}") if each.kind is SnoozeKind.EVENT else end
        for each, name, end in zip(shown, names, ends, strict=True)
    ]
    options = tuple(
        Option(shorten(one_line(name), _LABEL), snooze_key(each), snooze_end(each, context.timezone))
        for each, name in zip(shown, names, strict=True)
    )
    title = ngettext("{count} thing is snoozed", "{count} things are snoozed", len(snoozes))
    more = len(snoozes) - len(lines)
    return Card(
        title=title.format(count=len(snoozes)),
        lines=tuple(lines),
        footer=ngettext("{count} more", "{count} more", more).format(count=more) if more else "",
        controls=((Menu(action("wake"), _("Wake one"), options),),),
    )
