"""The chart that comes with a digest of a week or a month."""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.card import Card
from bot.commands.model import Context
from bot.digest_picture import SHOWN, pictured, shown
from bot.digesting import summed_up
from bot.parts import who
from claims.activity import Row, Span
from claims.digest import Summary
from claims.happenings import Scope
from claims.model import Member
from claims.outgoing import Period
from claims.subscriptions import Subscription
from tests.support.build import NOW, alert, claim, digest, feed, member, outcome, visit
from tests.support.delivering import outbox
from tests.support.platforms import ListPlatform

CARD = Card("Week 34 · 9 happenings", (("Two claims moved",),), heading="WEEK", footer="From 17 to 23 August")
DAY = date(2025, 8, 18)
ROWS = (
    Row(claim("shells"), (Span(DAY, 2, 1, days=1), Span(DAY + timedelta(days=1), 4, days=1))),
    Row(claim("troops"), (Span(DAY, days=1), Span(DAY + timedelta(days=1), 0, 0, 1, days=1))),
)
SUMMARY = Summary(3, 8, rows=ROWS)
WEEK = replace(digest(), period=Period.WEEK)


async def keep(context: Context, told: Member) -> None:
    """Keep a story of the one claim that is tracked."""
    await context.store.sync_feeds([feed()])
    await context.store.sync_claims([claim()])
    await context.store.record_visit(visit(outcome(told, alert(told))))


@pytest.mark.parametrize("period", [Period.WEEK, Period.MONTH])
async def test_a_week_and_a_month_have_a_chart(period: Period) -> None:
    """It is named for its span, told in words, and says what stands in its place where it is not taken."""
    card = await pictured(CARD, replace(WEEK, period=period), SUMMARY)

    assert card.attachment is not None
    assert card.attachment.name == f"{period}-{WEEK.until:%Y-%m-%d}.png"
    assert card.attachment.content.startswith(b"\x89PNG")
    assert card.attachment.about.endswith(
        "stories on each claim, by day."
        " shells: 7 stories (6 in support, 1 against); 18 Aug 2025: 3; 19 Aug 2025: 4."
        " troops: 1 story (1 only mentions it); 19 Aug 2025: 1."
    )
    assert card.attachment.instead == "Its chart could not be posted here"
    assert replace(card, attachment=None) == CARD


@pytest.mark.parametrize(
    ("days", "said"), [(7, "by day"), (31, "by week"), (92, "by month")], ids=["week", "month", "longer"]
)
async def test_the_chart_has_the_stories_of_the_digest_alone(context: Context, days: int, said: str) -> None:
    """Its bars are days, weeks or months of the span, and add up to what the digest tells of each claim."""
    until = datetime(2025, 9, 1, tzinfo=UTC)
    span = digest(period=Period.MONTH, since=until - timedelta(days=days), until=until)
    for moment in (span.since - timedelta(minutes=1), span.since, until - timedelta(minutes=1)):
        await keep(context, member(f"Sample story of {moment}", published_at=moment))

    summary = await summed_up(context.store, Scope(span, Subscription("console"), published=True), who)
    (row,) = summary.rows

    assert (row.stories, summary.stories) == (2, 2)
    assert (row.spans[0].stories, row.spans[-1].stories) == (1, 1)
    assert (row.spans[0].first, row.spans[-1].after) == (span.since.date(), until.date())
    assert shown(span, [row], 0).partition(".")[0].endswith(f": stories on each claim, {said}")


async def test_claims_that_have_no_room_are_counted() -> None:
    """So nobody takes the busiest for all."""
    many = tuple(replace(ROWS[0], claim=claim(f"sample-{n}")) for n in range(SHOWN + 2))
    card = await pictured(CARD, WEEK, replace(SUMMARY, rows=many))

    assert card.attachment is not None
    assert card.attachment.about.endswith(". Not shown: 2 of 8 claims.")


async def test_a_day_has_none_nor_a_digest_that_bears_on_no_claim() -> None:
    """The card is as it was."""
    assert await pictured(CARD, replace(WEEK, period=Period.DAY), SUMMARY) == CARD
    assert await pictured(CARD, WEEK, replace(SUMMARY, rows=())) == CARD


async def test_where_it_cannot_be_drawn_the_last_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The footer, by which a digest is found again, stays."""
    for name in [name for name in sys.modules if name.startswith("bot.charts")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("bot.charts", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib.backends.backend_agg", None)

    card = await pictured(CARD, WEEK, SUMMARY)

    assert (card.attachment, card.footer) == (None, CARD.footer)
    assert "claimwatch[charts]" in str(card.lines[-1])


async def test_a_digest_of_a_week_is_posted_with_its_chart(tmp_path: Path) -> None:
    """That of a day before it goes without."""
    async with outbox(tmp_path) as desk:
        await desk.raise_alert()
        await desk.store.raise_digest(digest("discord:7"), NOW)
        await desk.store.raise_digest(
            digest("discord:7", key="week", period=Period.WEEK, since=NOW - timedelta(days=7)), NOW
        )
        platform = ListPlatform()
        await desk.deliverer(platform).drain()

    _alert, day, week = platform.cards
    assert day.attachment is None
    assert week.attachment is not None
    assert "containers-2023: 1 story (1 in support)" in week.attachment.about
