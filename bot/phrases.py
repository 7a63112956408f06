"""Numbers, moments and lists as English words: the small change of every card."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from claims.admiralty import Reliability
from claims.model import Bound, Figure, FigureChange
from claims.when import Day

NO_FULL_TEXT = "the extra is not installed, and stories go on without; pip install 'claimwatch[full-text]'"
"""Of feeds that want the pages of their stories read."""

_SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_BOUNDS = {
    Bound.EXACT: "",
    Bound.AT_LEAST: "at least ",
    Bound.ABOUT: "about ",
    Bound.UP_TO: "up to ",
    Bound.CAPACITY: "room for ",
}
_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
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
# Periods that already read on from a quantity: "13,000 containers since mid-2022".
_JOINING = re.compile(
    r"(?:a|after|as|before|between|by|during|each|every|for|from|in|last|over|per|since|this|through|to|"
    r"until|up|within)\b",
    re.IGNORECASE,
)


def number(value: float) -> str:
    """Return a number for readers: `13,000`, `1.6 million`, `0.5`; rounded to two decimals at most."""
    for size, name in _LARGE:
        if abs(value) >= size and value % (size / 100) == 0:
            return f"{value / size:.2f}".rstrip("0").rstrip(".") + f" {name}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def amount(figure: Figure) -> str:
    """Return how much a figure says, with its bound but no unit: `at least 13,000`, `$20 million`."""
    before, after = {"usd": ("$", ""), "percent": ("", "%")}.get(figure.unit, ("", ""))
    ends = [figure.low] if figure.low == figure.high else [figure.low, figure.high]
    return _BOUNDS[figure.bound] + " to ".join(f"{before}{number(end)}{after}" for end in ends)


def quantity(figure: Figure) -> str:
    """Return a figure with its unit and period: `at least 13,000 containers since mid-2022`."""
    words = amount(figure)
    if figure.unit not in ("usd", "percent", "other"):
        words += f" {figure.unit.removesuffix('s') if figure.high == 1 else figure.unit}"
    if not figure.period:
        return words
    joins = _JOINING.match(figure.period)
    return f"{words} {figure.period}" if joins else f"{words} ({figure.period})"


def corrected(was: Figure | None, now: Figure | None) -> str:
    """Return what became of a figure: `at least 13,000 containers (was 15,000)`; nothing of none."""
    if now is None:
        return f"no longer says {quantity(was)}" if was else ""
    return f"{quantity(now)} (was {amount(was)})" if was else f"now says {quantity(now)}"


def was(change: FigureChange) -> str:
    """Return what leads to the earlier number of a body: `was`, or who else has it, `Sample Post has`."""
    return f"{change.told_by} has" if change.told_by else "was"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count in figures: `1 story`, `14 stories`; `many` is for plurals that take more than an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def told(count: int, one: str, many: str = "") -> str:
    """Return a count in words up to twelve: `five outlets`, `two families`; `many` as for `counted`."""
    words = _SMALL[count] if count < len(_SMALL) else f"{count:,}"
    return f"{words} {one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str], limit: int, *, between: str = ", ") -> str:
    """Return a list of at most `limit` words with the number of those left out: `TASS, UNN +3 more`."""
    left = len(words) - limit
    return between.join(words[:limit]) + (f" +{left} more" if left > 0 else "")


def shorten(text: str, limit: int) -> str:
    """Return text of at most `limit` characters, cut after a word where one ends late enough, with an `…`."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return cut[: space if space > limit // 2 else None].rstrip(" ,;:.") + "…"


def day(moment: datetime, timezone: str) -> str:
    """Return the local day of a moment: `27 August`."""
    local = moment.astimezone(ZoneInfo(timezone))
    return f"{local.day} {local:%B}"


def date(moment: datetime, timezone: str) -> str:
    """Return the local day of a moment with its year: `27 August 2024`."""
    return Day.of(moment.astimezone(ZoneInfo(timezone)).date()).words


def clock(moment: datetime, timezone: str, *, beside: datetime) -> str:
    """Return a moment in local time: `27 August 20:09 KST`; with its year where `beside` is of another."""
    local = moment.astimezone(ZoneInfo(timezone))
    year = "" if local.year == beside.astimezone(local.tzinfo).year else f" {local.year}"
    name = local.tzname() or "UTC"
    return f"{local.day} {local:%B}{year} {local:%H:%M} {name if name[0].isalpha() else f'UTC{name}'}"


def span(length: timedelta) -> str:
    """Return a span of time in its largest unit: `4 minutes`, `2 hours`, `3 days`."""
    minutes = abs(length) // timedelta(minutes=1)
    if minutes == 0:
        return "less than a minute"
    if minutes < 2 * 60:
        return counted(minutes, "minute")
    hours = minutes // 60
    return counted(hours, "hour") if hours < 2 * 24 else counted(hours // 24, "day")


def rate(a_day: float) -> str:
    """Return how often something comes: `40 items a day`, `3 items a week`, `an item in 45 days`."""
    if a_day >= 1:
        return f"{counted(round(a_day), 'item')} a day"
    if a_day * 7 >= 1:
        return f"{counted(round(a_day * 7), 'item')} a week"
    return f"an item in {counted(round(1 / a_day), 'day')}" if a_day > 0 else "hardly any item"


def tongue(code: str) -> str:
    """Return a language as an addition: `, in Korean`; nothing for English or an unknown one."""
    return "" if code in ("en", "und") else f", in {language(code)}"


def language(code: str) -> str:
    """Return the English name of an ISO 639-1 language, or the code itself where we have no name for it."""
    return LANGUAGES.get(code, code)


def rated(reliability: Reliability) -> str:
    """Return how an outlet is rated: `rated B`, or `not rated` where nobody could judge it (F)."""
    return "not rated" if reliability is Reliability.F else f"rated {reliability.value}"
