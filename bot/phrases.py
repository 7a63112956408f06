"""Numbers, moments and lists as words: the small change of every card."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.language import N_, _, dated, decimal, full_date, language_name, named, ngettext
from bot.since import in_year, since_when
from claims.model import Bound, Figure, FigureChange, Sighting
from claims.when import Day

NO_FULL_TEXT = N_(
    "the extra is not installed, and stories go on without; pip install 'claimwatch[full-text]'"
)
"""Of feeds that want the pages of their stories read."""

LANGUAGES = {
    "ar": "Arabic",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "cs": "Czech",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fi": "Finnish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""By their English names, as they may be typed."""
# Periods that already read on from a quantity: "13,000 containers since mid-2022".
_JOINING = re.compile(
    r"(?:a|after|as|before|between|by|during|each|every|for|from|in|last|over|per|since|this|through|to|"
    r"until|up|within)\b",
    re.IGNORECASE,
)


def amount(figure: Figure) -> str:
    """Return how much a figure says, with its bound but no unit: `at least 13,000`, `$20 million`."""
    return _bounded(figure, _range(figure))


def amount_since(figure: Figure) -> str:
    """Return how much a figure says and since when, to stand beside another: `6,700 since August 2023`."""
    return _since(figure, amount(figure))


def quantity(figure: Figure) -> str:
    """Return a figure with its unit and period: `at least 13,000 containers since mid-2022`."""
    words = _bounded(figure, _of_unit(figure).format(number=_range(figure)))
    if not figure.period:
        return words
    rates = {
        "a day": _("{quantity} a day"),
        "a week": _("{quantity} a week"),
        "a month": _("{quantity} a month"),
        "a year": _("{quantity} a year"),
        "in one place": _("{quantity} in one place"),
    }
    if since_when(figure.period) or in_year(figure.period):
        return _since(figure, words)
    joined = _("{quantity} {period}") if _JOINING.match(figure.period) else _("{quantity} ({period})")
    return rates.get(figure.period, joined).format(quantity=words, period=figure.period)


def _since(figure: Figure, words: str) -> str:
    since, year = since_when(figure.period or ""), in_year(figure.period or "")
    if year:
        return _("{quantity} in {date}").format(quantity=words, date=year)
    return _("{quantity} since {date}").format(quantity=words, date=since) if since else words


def _range(figure: Figure) -> str:
    said = {"usd": _("${number}"), "percent": _("{number}%")}.get(figure.unit, "{number}")
    low, high = (said.format(number=named(end)) for end in (figure.low, figure.high))
    return low if figure.low == figure.high else _("{low} to {high}").format(low=low, high=high)


def _bounded(figure: Figure, words: str) -> str:
    bounds = {
        Bound.AT_LEAST: _("at least {what}"),
        Bound.ABOUT: _("about {what}"),
        Bound.UP_TO: _("up to {what}"),
        Bound.CAPACITY: _("room for {what}"),
        Bound.PLANNED: _("{what} planned"),
    }
    return bounds.get(figure.bound, "{what}").format(what=words)


def _of_unit(figure: Figure) -> str:
    # A fraction takes the form of two: `1.5 containers`, and so it is in Russian and Ukrainian.
    count = int(figure.high) if figure.high % 1 == 0 else 2
    return {
        "containers": ngettext("{number} container", "{number} containers", count),
        "shells": ngettext("{number} shell", "{number} shells", count),
        "tonnes": ngettext("{number} tonne", "{number} tonnes", count),
        "missiles": ngettext("{number} missile", "{number} missiles", count),
        "troops": ngettext("{number} troop", "{number} troops", count),
        "workers": ngettext("{number} worker", "{number} workers", count),
        "ships": ngettext("{number} ship", "{number} ships", count),
        "railcars": ngettext("{number} railcar", "{number} railcars", count),
    }.get(figure.unit, "{number}")


def unit_name(unit: str) -> str:
    """Return what a figure counts: `containers`, `US dollars`; one of `claims.model.UNITS`."""
    return {
        "containers": _("containers"),
        "shells": _("shells"),
        "tonnes": _("tonnes"),
        "missiles": _("missiles"),
        "troops": _("troops"),
        "workers": _("workers"),
        "ships": _("ships"),
        "railcars": _("railcars"),
        "usd": _("US dollars"),
        "percent": _("per cent"),
        "other": _("of something else"),
    }[unit]


def corrected(was: Figure | None, now: Figure | None) -> str:
    """Return what became of a figure: `at least 13,000 containers (was 15,000)`; nothing of none."""
    if now is None:
        return _("no longer says {quantity}").format(quantity=quantity(was)) if was else ""
    if was is None:
        return _("now says {quantity}").format(quantity=quantity(now))
    return _("{quantity} (was {amount})").format(quantity=quantity(now), amount=amount(was))


def earlier(change: FigureChange, before: Sighting) -> str:
    """Return the earlier number of a body, `was 15,000`, or who else has it: `Sample Post has 15,000`."""
    words = _("{outlet} has {amount}") if change.told_by else _("was {amount}")
    return words.format(outlet=change.told_by, amount=amount_since(before.figure))


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count for the command line, which is English: `1 story`; `many` is for a plural without s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def stories(count: int) -> str:
    """Return `1 story`, `1,400 stories`."""
    return ngettext("{count} story", "{count} stories", count).format(count=decimal(count))


def happenings(count: int) -> str:
    """Return `1 happening`, `14 happenings`."""
    return ngettext("{count} happening", "{count} happenings", count).format(count=decimal(count))


def origins(count: int) -> str:
    """Return `1 independent origin`, `4 independent origins`."""
    words = ngettext("{count} independent origin", "{count} independent origins", count)
    return words.format(count=decimal(count))


def outlets(count: int) -> str:
    """Return `1 outlet`, `14 outlets`."""
    return ngettext("{count} outlet", "{count} outlets", count).format(count=decimal(count))


def families(count: int) -> str:
    """Return `1 family`, `4 families`: of outlets with one owner."""
    return ngettext("{count} family", "{count} families", count).format(count=decimal(count))


def claims(count: int) -> str:
    """Return `1 claim`, `14 claims`."""
    return ngettext("{count} claim", "{count} claims", count).format(count=decimal(count))


def feeds(count: int) -> str:
    """Return `1 feed`, `300 feeds`."""
    return ngettext("{count} feed", "{count} feeds", count).format(count=decimal(count))


def failures(count: int) -> str:
    """Return `1 failure in a row`, `14 failures in a row`."""
    words = ngettext("{count} failure in a row", "{count} failures in a row", count)
    return words.format(count=decimal(count))


def listed(words: Sequence[str], limit: int, *, between: str = ", ") -> str:
    """Return a list of at most `limit` words with the number of those left out: `TASS, UNN +3 more`."""
    shown, left = between.join(words[:limit]), len(words) - limit
    return _("{shown} +{left} more").format(shown=shown, left=left) if left > 0 else shown


def either(words: Sequence[str]) -> str:
    """Return words any of which will do, at least one: `ko, ru or uk`."""
    *others, last = words
    return _("{some} or {last}").format(some=", ".join(others), last=last) if others else last


def shorten(text: str, limit: int) -> str:
    """Return text of at most `limit` characters, cut after a word where one ends late enough, with an `…`."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return cut[: space if space > limit // 2 else None].rstrip(" ,;:.") + "…"


def day(moment: datetime, timezone: str) -> str:
    """Return the local day of a moment: `27 August`."""
    return dated(moment.astimezone(ZoneInfo(timezone)), "MMMMd")


def date(moment: datetime, timezone: str) -> str:
    """Return the local day of a moment with its year: `27 August 2024`."""
    return full_date(moment.astimezone(ZoneInfo(timezone)))


def stated(day: Day) -> str:
    """Return a day as far as it is known: `13 October 2023`, `October 2023` or `2023`."""
    if day.day:
        return full_date(day.first())
    return dated(day.first(), "yMMMM" if day.month else "y")


def spanned(first: str, last: str) -> str:
    """Return two days in words as a span, or the one that both are: `October 2023 to 27 August 2024`."""
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def clock(moment: datetime, timezone: str, *, beside: datetime | None) -> str:
    """Return a moment in local time: `27 August 20:09 KST`; with its year unless `beside` is of the same."""
    local = moment.astimezone(ZoneInfo(timezone))
    same_year = beside is not None and local.year == beside.astimezone(local.tzinfo).year
    name = local.tzname() or "UTC"
    return _("{day} {time} {zone}").format(
        day=day(moment, timezone) if same_year else date(moment, timezone),
        time=f"{local:%H:%M}",
        zone=name if name[0].isalpha() else f"UTC{name}",
    )


def span(length: timedelta) -> str:
    """Return a span of time in its largest unit: `4 minutes`, `2 hours`, `3 days`."""
    minutes = abs(length) // timedelta(minutes=1)
    if minutes == 0:
        return _("less than a minute")
    if minutes < 2 * 60:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    hours = minutes // 60
    return (
        ngettext("{count} hour", "{count} hours", hours).format(count=hours)
        if hours < 2 * 24
        else days(hours // 24)
    )


def ago(length: timedelta) -> str:
    """Return how long something is past: `2 hours ago`."""
    return _("{time} ago").format(time=span(length))


def days(count: int) -> str:
    """Return `1 day`, `45 days`."""
    return ngettext("{count} day", "{count} days", count).format(count=decimal(count))


def in_tongue(said: str, code: str) -> str:
    """Return words with the language of what they name: `…, in Korean`; English and unknown go without."""
    if code in ("en", "und"):
        return said
    return _("{what}, in {language}").format(what=said, language=language(code))


def language(code: str) -> str:
    """Return the name of an ISO 639-1 language, or the code itself where we have no name for it."""
    return language_name(code) if code in LANGUAGES else code
