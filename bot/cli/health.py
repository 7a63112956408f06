"""How the feeds are doing as a table for a terminal, a line each, the worst first."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from rich.table import Table

from bot.answers.feeds import worst_first
from claims.feeds import FeedStatus
from claims.health import Health, health
from claims.text import one_line

WIDE = 120
"""Columns from which on there is room for when a feed was read, its kind, and who added it."""


def feeds_table(feeds: Sequence[FeedStatus], now: datetime, width: int) -> Table:
    """Return a table of at most `width` columns; titles are cut visibly."""
    wide = width >= WIDE
    table = Table(box=None, pad_edge=False, width=width, header_style="dim")
    table.add_column("State", no_wrap=True)
    table.add_column("Feed", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("Last new", no_wrap=True, justify="right")
    table.add_column("A day", no_wrap=True, justify="right")
    table.add_column("Next try", no_wrap=True, justify="right")
    table.add_column("Because of", no_wrap=True, overflow="ellipsis", max_width=16)
    if wide:
        table.add_column("Read", no_wrap=True, justify="right")
        table.add_column("Kind", no_wrap=True)
        table.add_column("Added by", no_wrap=True, overflow="ellipsis", max_width=20)
    for status in worst_first(feeds):
        table.add_row(*_cells(status, now)[: len(table.columns)])
    return table


def _cells(status: FeedStatus, now: datetime) -> tuple[str, ...]:
    point, state = status.checkpoint, health(status)
    return (
        state.value,
        one_line(status.feed.title),
        brief(now - point.pulse.last_new_at) if point.pulse else "",
        _number(point.pulse.items_a_day) if point.pulse else "",
        "never" if state in (Health.GONE, Health.PAUSED) else brief((point.next_try_at or now) - now),
        one_line(point.paced_by or ""),
        brief(now - point.last_success_at) if point.last_success_at else "",
        status.feed.kind.value,
        one_line(status.added_by or ""),
    )


def brief(span: timedelta) -> str:
    """Return a span in a few characters: `now` where it is over or nearly, `12 min`, `7 h`, `3 d`."""
    minutes = span // timedelta(minutes=1)
    if minutes < 1:
        return "now"
    if minutes < 2 * 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60):,} d"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
