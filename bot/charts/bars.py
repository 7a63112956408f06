"""Spans of days as bars: above a line what supports a claim or mentions it, below what disputes it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta

from bot.charts.labels import Box
from bot.charts.parts import Key, write_days
from bot.charts.scale import Days
from bot.charts.sheet import BLUE, FAINT, LEADING, ORANGE, SMALL, TEXT, Sheet
from bot.language import _, decimal, locale
from claims.activity import Row, Span

NUMBER = SMALL * LEADING
"""What a number above or below a bar takes."""
_WEEK = 7
_THICK = 0.8
"""Of a span's room that its bar takes."""
_SEEN = 1.5
"""Points of the lowest bar."""
_BETWEEN = 4.0
_SUPPORTS, _PASSING, _DISPUTES = Key("square", BLUE), Key("square", FAINT), Key("square", ORANGE)


def keys_of(rows: Sequence[Row]) -> Iterator[Key]:
    """Yield what the colours mean that the spans of these claims have."""
    found = [span for row in rows for span in row.spans]
    supported = {row.claim.denial for row in rows if any(span.supports for span in row.spans)}
    if supported:
        yield Key(_SUPPORTS.shape, _SUPPORTS.colour, _supports(supported))
    if any(span.background for span in found):
        yield Key(_PASSING.shape, _PASSING.colour, _("only mentions it"))
    if any(span.disputes for span in found):
        yield Key(_DISPUTES.shape, _DISPUTES.colour, _("disputes, below the line"))


def _supports(denials: Collection[bool]) -> str:
    """Return what a story does that stands above the line; the claims are denials, or not, or both."""
    if len(denials) > 1:
        return _("supports, or tells of a denial")
    return _("tells of the denial") if True in denials else _("supports")


def days_of_spans(spans: Sequence[Span], start: float, end: float) -> Days:
    """Return a line from `start` to `end` on which these spans, at least one, lie side by side."""
    return Days(spans[0].first, spans[-1].after, start, end)


def write_weeks(sheet: Sheet, weeks: Sequence[Span], days: Days, line: float) -> None:
    """Write below a line at this height which weeks these, at least one, are, and that the last goes on."""
    write_days(sheet, days, line, _("in part") if weeks[-1].so_far else "")


def named_spans(spans: Sequence[Span]) -> list[tuple[str, str]]:
    """Return what to call spans, at least one: the month, or year, where it is another one, and the days."""
    months = locale().months["stand-alone"]["abbreviated"]
    short = {number: words.rstrip(".")[:3] for number, words in months.items()}
    lasts = [span.after - timedelta(days=1) for span in spans]
    if max(span.days for span in spans) > _WEEK:
        named = [(str(span.first.year), short[span.first.month]) for span in spans]
    else:
        named = [
            (_both(short[span.first.month], short[last.month]), _both(str(span.first.day), str(last.day)))
            for span, last in zip(spans, lasts, strict=True)
        ]
    before = ["", *(over for over, _days in named)]
    return [(over if over != was else "", days) for (over, days), was in zip(named, before, strict=False)]


def _both(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def above(spans: Iterable[Span]) -> int:
    """Return the most stories of a span that stand above the line."""
    return max((span.supports + span.background for span in spans), default=0)


def below(spans: Iterable[Span]) -> int:
    """Return the most stories of a span that stand below it."""
    return max((span.disputes for span in spans), default=0)


def draw_bars(sheet: Sheet, spans: Iterable[Span], days: Days, line: float, each: float) -> None:
    """Draw spans on a line at this height; a story is `each` points tall."""
    bars: dict[Key, list[Box]] = {_SUPPORTS: [], _PASSING: [], _DISPUTES: []}
    for span in spans:
        left, right = days.at(span.first), days.at(span.after)
        spare = (right - left) * (1 - _THICK) / 2
        supports = line - tall(span.supports, each)
        for count, top, bottom, key in (
            (span.supports, supports, line, _SUPPORTS),
            (span.background, supports - tall(span.background, each), supports, _PASSING),
            (span.disputes, line, line + tall(span.disputes, each), _DISPUTES),
        ):
            if count:
                bars[key].append(Box(left + spare, top, right - spare, bottom))
    for key, boxes in bars.items():
        for box in boxes:
            sheet.fill(box, key.colour)


def tall(stories: int, each: float) -> float:
    """Return how tall the bar of so many stories is, in points: one that is there can be seen."""
    return max(_SEEN, stories * each) if stories else 0.0


def number_bars(sheet: Sheet, spans: Iterable[Span], days: Days, line: float, each: float) -> None:
    """Write how many stories stand above and below a line; a number that has no room is left out.

    The highest have theirs first.
    """
    taken: list[Box] = []
    for span in sorted(spans, key=lambda span: -span.stories):
        up, middle = span.supports + span.background, (days.at(span.first) + days.at(span.after)) / 2
        over = tall(span.supports, each) + tall(span.background, each)
        for count, y in ((up, line - over - NUMBER), (span.disputes, line + tall(span.disputes, each))):
            words = decimal(count)
            half = sheet.measure(words) / 2
            box = Box(middle - half - _BETWEEN / 2, y, middle + half + _BETWEEN / 2, y + NUMBER)
            if count and not any(box.meets(other) for other in taken):
                taken.append(box)
                sheet.write(words, middle, y, colour=TEXT, align="center")
