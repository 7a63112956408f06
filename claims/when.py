"""Days as people state them: `2023-10-13`, or only `2022-09` or `2023` where no more is known."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import total_ordering
from zoneinfo import ZoneInfo

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@total_ordering
@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, month or year (ISO 8601 with reduced precision).

    A month comes before its days, and a year before its months.

    Raises:
        ValueError: no such day exists.

    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no calendar has."""
        if self.month is None and self.day is not None:
            raise ValueError("a day of no month")
        self.first()

    def __lt__(self, other: "Day") -> bool:
        """Order by what is known."""
        return self._known < other._known

    @classmethod
    def of(cls, value: date) -> "Day":
        """Return the day of a full date."""
        return cls(value.year, value.month, value.day)

    @classmethod
    def parse(cls, text: str) -> "Day":
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; what follows a `T` is dropped.

        Raises:
            ValueError: the text is none of these, or no such day exists.

        """
        stated = _ISO.fullmatch(text.strip().split("T")[0])
        if not stated:
            raise ValueError(f"“{text}” is not a day like 2023-10-13, 2023-10 or 2023")
        year, month, day = (int(part) if part else None for part in stated.groups())
        try:
            return cls(year or 0, month, day)
        except ValueError:
            raise ValueError(f"“{text}” is no day of the calendar") from None

    def first(self) -> date:
        """Return the first day that this may mean."""
        month, day = (1 if part is None else part for part in (self.month, self.day))
        return date(self.year, month, day)

    def last(self) -> date:
        """Return the last day that this may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def _known(self) -> tuple[int, ...]:
        return tuple(part for part in (self.year, self.month, self.day) if part is not None)

    def __str__(self) -> str:
        """Return the ISO form, as short as it was given."""
        year, *rest = self._known
        return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])

    @property
    def words(self) -> str:
        """Return it as an English sentence has it: `13 October 2023`, `October 2023` or `2023`."""
        named = [str(self.day)] if self.day else []
        named += [_MONTHS[self.month - 1]] if self.month else []
        return " ".join([*named, str(self.year)])


def moment_of(day: date, hour: time, timezone: str) -> datetime:
    """Return a local hour of a day in UTC; `timezone` is an IANA name.

    Where clocks are put back it is the first of the two such hours; where they are put forward and the
    hour is skipped, it is as long after the last hour as it would have been (PEP 495, fold 0).
    """
    return datetime.combine(day, hour, tzinfo=ZoneInfo(timezone)).astimezone(UTC)
