"""The chart that comes with a digest of a week or a month."""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.answers.history import activity_shown
from bot.card import Card
from bot.charts.activity import activity_sheet
from bot.charts.png import CHAT
from bot.commands.model import Context
from bot.digest_picture import pictured
from bot.digesting import summed_up
from bot.parts import who
from claims.activity import Row, Week
from claims.digest import Summary
from claims.happenings import Scope
from claims.model import Member
from claims.outgoing import Period
from claims.subscriptions import Subscription
from tests.support.build import NOW, alert, claim, digest, feed, member, outcome, visit
from tests.support.delivering import outbox
from tests.support.drawn import WORDS, written
from tests.support.platforms import ListPlatform

CARD = Card("Week 34 · 9 happenings", (("Two claims moved",),), heading="WEEK", footer="From 17 to 23 August")
ROWS = [
    Row(claim("shells"), (Week(date(2025, 8, 11), 2, 1), Week(date(2025, 8, 18), 4))),
    Row(claim("troops"), (Week(date(2025, 8, 11)), Week(date(2025, 8, 18), 0, 0, 1))),
]
WEEK = replace(digest(), period=Period.WEEK)


async def keep(context: Context, told: Member) -> None:
    """Keep a story of the one claim that is tracked."""
    await context.store.sync_feeds([feed()])
    await context.store.sync_claims([claim()])
    await context.store.record_visit(visit(outcome(told, alert(told))))


def row_until(summary: Summary) -> Row:
    """Return the one row of a digest's chart."""
    (row,) = summary.weeks
    return row


@pytest.mark.parametrize("period", [Period.WEEK, Period.MONTH])
async def test_a_week_and_a_month_have_a_chart(period: Period) -> None:
    """It is named for its span, told in words, and says what stands in its place where it is not taken."""
    card = await pictured(CARD, replace(WEEK, period=period), ROWS)

    assert card.attachment is not None
    assert card.attachment.name == f"{period}-{WEEK.until:%Y-%m-%d}.png"
    assert card.attachment.content.startswith(b"\x89PNG")
    assert "shells: 6 in support, 1 against" in card.attachment.about
    assert card.attachment.instead == "Its chart could not be posted here"
    assert replace(card, attachment=None) == CARD


async def test_the_first_week_is_whole_and_the_last_is_marked(context: Context) -> None:
    """A digest of Wednesday morning counts the Monday thirteen weeks ago, and says that its week goes on."""
    wednesday = datetime(2025, 8, 20, 8, tzinfo=UTC)
    await keep(context, member(published_at=datetime(2025, 5, 26, tzinfo=UTC)))
    span = digest(period=Period.WEEK, since=wednesday - timedelta(weeks=30), until=wednesday)
    scope = Scope(span, Subscription("console"), published=True)

    row = row_until(await summed_up(context.store, scope, who))

    assert [week.monday for week in row.weeks if week.stories] == [date(2025, 5, 26)]
    assert [week.monday for week in row.weeks if week.so_far] == [date(2025, 8, 18)]
    assert "24 August 2025, only a part of the last week" in activity_shown([row])
    assert "in part" in written(activity_sheet(CHAT, WORDS, [row]))


async def test_a_week_that_ends_with_the_digest_is_over(context: Context) -> None:
    """Nor does the one begin that comes next."""
    await keep(context, member(published_at=datetime(2025, 8, 20, tzinfo=UTC)))
    sunday = datetime(2025, 8, 25, tzinfo=UTC)
    span = digest(period=Period.WEEK, since=sunday - timedelta(weeks=1), until=sunday)

    row = row_until(await summed_up(context.store, Scope(span, Subscription("console"), published=True), who))

    assert (row.weeks[-1].monday, row.weeks[-1].so_far, row.weeks[-1].stories) == (
        date(2025, 8, 18),
        False,
        1,
    )


async def test_a_day_has_none_nor_weeks_of_which_nothing_was_told() -> None:
    """The card is as it was."""
    empty = [replace(ROWS[0], weeks=(Week(date(2025, 8, 18)),))]

    assert await pictured(CARD, replace(WEEK, period=Period.DAY), ROWS) == CARD
    assert await pictured(CARD, WEEK, empty) == CARD
    assert await pictured(CARD, WEEK, []) == CARD


async def test_where_it_cannot_be_drawn_the_last_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The footer, by which a digest is found again, stays."""
    for name in [name for name in sys.modules if name.startswith("bot.charts")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("bot.charts", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib.backends.backend_agg", None)

    card = await pictured(CARD, WEEK, ROWS)

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
    assert "containers-2023: 1 in support" in week.attachment.about
