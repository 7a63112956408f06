"""How much was told of claims week by week, and which of them were busy. Pure.

A week begins on Monday (ISO 8601) and is that of the story's moment in UTC; one in which nothing came is
there too, and empty.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from claims.model import Claim, Evidence, Member, Stance

WEEK = timedelta(weeks=1)
INSTANT = timedelta(microseconds=1)
"""What comes this long before a Monday is of the week before."""


@dataclass(frozen=True, slots=True)
class Span:
    """The stories of some days on end that bear on a claim, by stance."""

    first: date
    supports: int = 0
    disputes: int = 0
    background: int = 0
    days: int = field(default=7, kw_only=True)
    so_far: bool = field(default=False, kw_only=True)
    """It is counted only to a moment before its end."""

    @property
    def stories(self) -> int:
        """Return how many there are."""
        return self.supports + self.disputes + self.background

    @property
    def after(self) -> date:
        """Return the day after its last."""
        return self.first + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Week(Span):
    """Those of a week."""

    @property
    def monday(self) -> date:
        """Return its first day."""
        return self.first


@dataclass(frozen=True, slots=True)
class Row:
    """A claim and its spans of days, without gaps, the oldest first; those of all rows are the same."""

    claim: Claim
    spans: tuple[Span, ...]

    @property
    def stories(self) -> int:
        """Return how many there are."""
        return sum(span.stories for span in self.spans)


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def begun(moment: datetime) -> datetime:
    """Return when the week of a moment began: midnight UTC of its Monday."""
    return datetime.combine(monday(moment.astimezone(UTC).date()), time(), UTC)


def weeks(
    told: Iterable[tuple[Member, Evidence]], first: date | None = None, last: date | None = None
) -> tuple[Week, ...]:
    """Return the weeks of a claim without gaps, oldest first; none where there is nothing to count.

    Links that are only suggested are not counted.

    Args:
        told: the stories that bear on it, in any order.
        first: a day of the first week; by default that of the first story.
        last: a day of the last week; by default that of the last story.

    """
    counts = Counter(
        (monday(member.story.at.date()), link.stance) for member, link in told if not link.suggested
    )
    found = [week for week, _stance in counts]
    start = monday(first) if first else min(found, default=None)
    end = monday(last) if last else max(found, default=None)
    if start is None or end is None:
        return ()
    span = (start + WEEK * n for n in range((end - start) // WEEK + 1))
    return tuple(Week(each, *(counts[each, stance] for stance in Stance)) for each in span)


def activity(claims: Iterable[Claim], counted: Mapping[str, tuple[Week, ...]]) -> tuple[Row, ...]:
    """Return the claims that something was told of, the busiest first, then by id.

    Args:
        claims: those that may be shown.
        counted: the weeks of each by its id, the same of all.

    """
    rows = (Row(claim, counted.get(claim.id, ())) for claim in claims)
    return tuple(sorted((row for row in rows if row.stories), key=lambda row: (-row.stories, row.claim.id)))
