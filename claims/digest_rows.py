"""How many stories of a digest bear on each claim over the days of its span. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from claims.activity import INSTANT, Row, Span, monday
from claims.happenings import Scope
from claims.model import Claim, Member, Stance

_BY_DAY, _BY_WEEK = 10, 70
"""Days of the longest digest that is counted day by day, and week by week; a longer one is month by month."""
_DAY = timedelta(days=1)


def digest_rows(
    told: Iterable[Member], passing: Iterable[Member], claims: Sequence[Claim], scope: Scope
) -> tuple[Row, ...]:
    """Return the claims that stories of a digest bear on, the busiest first, then by id.

    Links that are only suggested are not counted.

    Args:
        told: the stories that support or dispute claims.
        passing: those that may speak of claims in passing; the same may be among both.
        claims: those that the digest tells of.
        scope: the span; days are those of its digest's zone.

    """
    zone = ZoneInfo(scope.digest.timezone)
    first = scope.digest.since.astimezone(zone).date()
    last = (scope.digest.until - INSTANT).astimezone(zone).date()
    starts = _starts(first, last)

    def start(member: Member) -> date:
        moment = member.story.at if scope.published else member.story.seen_at
        day = min(moment.astimezone(zone).date(), last)
        return max(each for each in starts if each <= day)

    counts: Counter[tuple[str, date, Stance]] = Counter()
    for members, stances in ((told, (Stance.SUPPORTS, Stance.DISPUTES)), (passing, (Stance.BACKGROUND,))):
        for member in members:
            links = {(e.claim_id, e.stance) for e in member.reading.evidence if not e.suggested}
            counts.update(
                (claim_id, start(member), stance) for claim_id, stance in links if stance in stances
            )
    ends = [*starts[1:], last + _DAY]
    rows = (
        Row(
            claim,
            tuple(
                Span(each, *(counts[claim.id, each, stance] for stance in Stance), days=(end - each).days)
                for each, end in zip(starts, ends, strict=True)
            ),
        )
        for claim in claims
    )
    return tuple(sorted((row for row in rows if row.stories), key=lambda row: (-row.stories, row.claim.id)))


def _starts(first: date, last: date) -> list[date]:
    """Return the days on which spans begin: each day, or Mondays or firsts of months after the first day."""
    days = [first + _DAY * n for n in range((last - first).days + 1)]
    if len(days) <= _BY_DAY:
        return days
    if len(days) <= _BY_WEEK:
        return [day for day in days if day in (first, monday(day))]
    return [day for day in days if day == first or day.day == 1]
