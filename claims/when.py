"""Days as people state them: `2023-10-13`, or only `2022-09` or `2023` where no more is known."""

from dataclasses import dataclass
from datetime import date

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
_MAX_PARTS = 3


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A calendar day, month or year (ISO 8601 with reduced precision)."""

    year: int
    month: int | None = None
    day: int | None = None

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
        parts = text.strip().split("T")[0].split("-")
        if len(parts) > _MAX_PARTS or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError(f"{text!r} is not a day like 2023-10-13, 2023-10 or 2023")
        day = cls(*(int(part) for part in parts))
        day.first()
        return day

    def first(self) -> date:
        """Return the first day that this may mean.

        Raises:
            ValueError: no such day exists.

        """
        try:
            return date(self.year, self.month or 1, self.day or 1)
        except OverflowError as error:
            raise ValueError(f"no such year as {self.year}") from error

    def __str__(self) -> str:
        """Return the ISO form, as short as it was given."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def words(self) -> str:
        """Return it as an English sentence has it: `13 October 2023`, `October 2023` or `2023`."""
        named = [str(self.day)] if self.day else []
        named += [_MONTHS[self.month - 1]] if self.month else []
        return " ".join([*named, str(self.year)])
