"""From days and numbers to places on a sheet, and the ticks that stand beside them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.language import locale

_MOST_TICKS = 5
_PARTS = 4
"""Of a line that begins at nought."""
_YEAR = 365.25
_STEPS = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120)
"""Months between two ticks."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days along a line."""

    first: date
    last: date
    start: float
    """Where the first day is, in points."""
    end: float

    def at(self, day: date) -> float:
        """Return where a day is."""
        return self.start + (self.end - self.start) * (day - self.first).days / max(1, self.span)

    @property
    def span(self) -> int:
        """Return how many days it has from the first to the last."""
        return (self.last - self.first).days

    def ticks(self) -> list[tuple[date, str]]:
        """Return the days to name, five at most, in words: `27 Aug`, `Oct 2023` or `2024`."""
        months = locale().months["format"]["abbreviated"]
        if self.span < 75:
            step = max(1, math.ceil((self.span + 1) / (_MOST_TICKS - 1)))
            days = [self.first + timedelta(days=n) for n in range(0, self.span + 1, step)]
            years = {day.year for day in (self.first, self.last)}
            return [
                (day, f"{day.day} {months[day.month]}" + (f" {day.year}" if len(years) > 1 else ""))
                for day in days
            ]
        whole = self.span / _YEAR * 12
        step = next((each for each in _STEPS if whole / each <= _MOST_TICKS - 1), _STEPS[-1])
        start = self.first.year * 12 + self.first.month - 1
        named = range(-(-start // step) * step, self.last.year * 12 + self.last.month, step)
        days = [date(month // 12, month % 12 + 1, 1) for month in named]
        return [
            (day, str(day.year) if step % 12 == 0 else f"{months[day.month]} {day.year}")
            for day in days
            if self.first <= day <= self.last
        ]


def step_of(most: float) -> float:
    """Return the smallest round number that goes into another at most `_PARTS` times."""
    power = 10.0 ** math.floor(math.log10(most / _PARTS))
    return next(power * part for part in (1, 2, 5, 10) if power * part * _PARTS >= most)


def days_of(days: Sequence[date], start: float, end: float) -> Days:
    """Return a line from `start` to `end` on which these days, at least one, have room at both sides."""
    first, last = min(days), max(days)
    spare = timedelta(days=max(1, round((last - first).days * 0.06)))
    return Days(first - spare, last + spare, start, end)
