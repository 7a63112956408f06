"""What the options of a subscription could be, while somebody types one."""

from collections.abc import Sequence
from zoneinfo import available_timezones

from bot.commands.model import Context, Suggest
from bot.commands.suggesting import LABEL, best
from bot.commands.watch_hours import NONE
from bot.controls import Option
from bot.settings_values import WEEKDAYS
from claims.model import Stance
from claims.text import fold


def listed(suggest: Suggest) -> Suggest:
    """Return what suggests the last name of a list with commas between, with the names before it."""

    async def last(context: Context, typed: str) -> Sequence[Option]:
        before, comma, name = typed.rpartition(",")
        taken, lead = {fold(each) for each in before.split(",")}, before + comma
        return [
            Option(lead + each.label, lead + each.value)
            for each in await suggest(context, name.strip())
            if fold(each.value) not in taken and len(lead + each.value) <= LABEL
        ]

    return last


async def stances(context: Context, typed: str) -> Sequence[Option]:  # noqa: ARG001 - the table's shape
    """Suggest the stances."""
    return best(typed, [(each, each) for each in Stance])


async def days(context: Context, typed: str) -> Sequence[Option]:  # noqa: ARG001 - the table's shape
    """Suggest weekdays."""
    return best(typed, [(each, each) for each in ("daily", "weekdays", "weekends", *WEEKDAYS, NONE)])


async def timezones(context: Context, typed: str) -> Sequence[Option]:  # noqa: ARG001 - the table's shape
    """Suggest time zones by words of their names, those of a region and a place first."""
    names = sorted(available_timezones(), key=lambda name: ("/" not in name, name))
    return best(_spaced(typed), [(_spaced(name), name) for name in names])


def _spaced(name: str) -> str:
    return name.replace("/", " / ").replace("_", " ")
