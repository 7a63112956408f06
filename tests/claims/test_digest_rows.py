"""How many stories of a digest bear on each claim over the days of its span."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from claims.activity import Span
from claims.digest_rows import digest_rows
from claims.happenings import Scope
from claims.model import Member, Stance
from claims.outgoing import Period
from claims.subscriptions import Subscription
from tests.support.build import claim, digest, member


def scope(since: datetime, until: datetime, zone: str = "UTC") -> Scope:
    """Return a span of an archive."""
    told = digest(since=since, until=until, timezone=zone, period=Period.MONTH)
    return Scope(told, Subscription("console"), published=True)


def told(at: datetime, stance: Stance = Stance.SUPPORTS, *, suggested: bool = False) -> Member:
    """Return a story of a moment that bears so on its claim."""
    story = member(f"Sample story of {at}", published_at=at)
    (link,) = story.reading.evidence
    return replace(
        story,
        reading=replace(story.reading, evidence=(replace(link, stance=stance, suggested=suggested),)),
    )


OCTOBER = scope(datetime(2024, 10, 1, tzinfo=UTC), datetime(2024, 11, 1, tzinfo=UTC))


def test_a_month_is_counted_by_the_weeks_within_it() -> None:
    """The first and the last end with the month, and nothing of the months around it is there."""
    supports = told(datetime(2024, 10, 31, 23, 59, tzinfo=UTC))
    disputes = told(datetime(2024, 10, 7, tzinfo=UTC), Stance.DISPUTES)
    mentions = told(datetime(2024, 10, 6, 23, 59, tzinfo=UTC), Stance.BACKGROUND)
    unsure = told(datetime(2024, 10, 6, tzinfo=UTC), suggested=True)
    all_of_them = [supports, disputes, mentions, unsure]

    (row,) = digest_rows(all_of_them, all_of_them, [claim(), claim("idle")], OCTOBER)

    assert row.claim == claim()
    assert row.spans == (
        Span(date(2024, 10, 1), background=1, days=6),
        Span(date(2024, 10, 7), disputes=1),
        Span(date(2024, 10, 14)),
        Span(date(2024, 10, 21)),
        Span(date(2024, 10, 28), supports=1, days=4),
    )
    assert row.stories == 3


@pytest.mark.parametrize(
    ("days", "spans"),
    [(1, [1]), (7, [1] * 7), (31, [6, 7, 7, 7, 4]), (92, [31, 30, 31]), (366, 13 * [0])],
)
def test_a_longer_digest_has_longer_spans(days: int, spans: list[int]) -> None:
    """Days, weeks or months, which lie side by side from its first day to its last."""
    since = datetime(2024, 10, 1, tzinfo=UTC)
    (row,) = digest_rows([told(since)], [], [claim()], scope(since, since + timedelta(days=days)))

    assert len(row.spans) == len(spans)
    assert [span.after for span in row.spans[:-1]] == [span.first for span in row.spans[1:]]
    assert sum(span.days for span in row.spans) == days
    assert not any(spans) or [span.days for span in row.spans] == spans


def test_days_are_those_of_the_zone_of_the_digest() -> None:
    """What comes late on Sunday in UTC is of Monday in Seoul."""
    since = datetime(2024, 10, 5, 15, tzinfo=UTC)
    late = told(datetime(2024, 10, 6, 16, tzinfo=UTC))
    seoul = scope(since, since + timedelta(days=2), "Asia/Seoul")

    (row,) = digest_rows([late], [], [claim()], seoul)

    assert [(span.first, span.stories) for span in row.spans] == [
        (date(2024, 10, 6), 0),
        (date(2024, 10, 7), 1),
    ]


def test_what_was_seen_in_the_span_counts_on_the_day_it_was_seen() -> None:
    """Also a story that came out before it began."""
    seen = datetime(2024, 10, 3, tzinfo=UTC)
    late = told(datetime(2024, 9, 1, tzinfo=UTC))
    late = replace(late, story=replace(late.story, seen_at=seen))
    live = replace(scope(seen - timedelta(days=2), seen), published=False)

    (row,) = digest_rows([late], [], [claim()], live)

    assert [(span.first, span.stories) for span in row.spans] == [
        (date(2024, 10, 1), 0),
        (date(2024, 10, 2), 1),
    ]
