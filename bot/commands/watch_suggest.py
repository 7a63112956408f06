"""What the options of a subscription could be, while somebody types one."""

from collections.abc import Iterable, Mapping
from zoneinfo import available_timezones

from bot.commands.channels import known
from bot.commands.model import Context
from bot.controls import OPTIONS, Option
from bot.phrases import LANGUAGES
from bot.settings_values import WEEKDAYS
from claims.model import Stance
from claims.text import fold
from claims.visibility import visible


async def claims(context: Context, typed: str) -> list[Option]:
    """Return claims that have what is typed in their id or statement."""
    shown = visible(await context.store.claims(), context.workspace)
    return _last_of(typed, {claim.id: f"{claim.id}: {claim.statement}" for claim in shown})


async def tags(context: Context, typed: str) -> list[Option]:
    """Return tags of the claims that the workspace sees."""
    return _last_of(typed, _same((await known(context, {})).tags))


async def sources(context: Context, typed: str) -> list[Option]:
    """Return outlets and families of the watched feeds."""
    return _last_of(typed, _same((await known(context, {"sources": typed or "any"})).sources))


async def languages(context: Context, typed: str) -> list[Option]:  # noqa: ARG001 - the table's shape
    """Return languages by code or name."""
    return _last_of(typed, {code: f"{code}: {name}" for code, name in LANGUAGES.items()})


async def stances(context: Context, typed: str) -> list[Option]:  # noqa: ARG001 - the table's shape
    """Return the stances."""
    return _last_of(typed, _same(Stance))


async def days(context: Context, typed: str) -> list[Option]:  # noqa: ARG001 - the table's shape
    """Return weekdays."""
    return _last_of(typed, _same(("daily", "weekdays", "weekends", *WEEKDAYS)))


async def timezones(context: Context, typed: str) -> list[Option]:  # noqa: ARG001 - the table's shape
    """Return time zones with the typed words, those of a region and place first."""
    names = sorted(available_timezones(), key=lambda name: ("/" not in name, name))
    return _fitting(typed, _same(names))


def _same(names: Iterable[str]) -> dict[str, str]:
    return {str(name): str(name) for name in names}


def _last_of(typed: str, labels: Mapping[str, str]) -> list[Option]:
    """Return what the last item of a list could be, each with the items before it."""
    before, comma, last = typed.rpartition(",")
    listed = {fold(each) for each in before.split(",")}
    left = {value: label for value, label in labels.items() if fold(value) not in listed}
    lead = f"{before}{comma}"
    return [Option(lead + each.label, lead + each.value) for each in _fitting(last, left)]


def _fitting(typed: str, labels: Mapping[str, str]) -> list[Option]:
    """Return the options that have each typed word, those that begin with the first one first."""
    words = fold(typed).replace("_", " ").split()
    fits = [
        (value, label)
        for value, label in labels.items()
        if all(word in fold(label).replace("_", " ") for word in words)
    ]
    fits.sort(key=lambda pair: not (words and fold(pair[0]).startswith(words[0])))
    return [Option(label, value) for value, label in fits[:OPTIONS]]
