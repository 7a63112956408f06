"""The table of feeds in a terminal."""

from datetime import timedelta

import pytest
from rich.console import Console

from bot.cli.health import brief, feeds_table
from claims.feeds import FeedState, FeedStatus, Pulse
from tests.support.build import NOW, at, checkpoint, feed

FEEDS = [
    FeedStatus(
        feed(title="Sample Herald: world and the many things that happen there, all of them"),
        checkpoint(pulse=Pulse(at(-30), 212, 3_600), paced_by="sy:updatePeriod"),
    ),
    FeedStatus(
        feed(title="샘플통신"),
        checkpoint(
            state=FeedState.GONE,
            pulse=Pulse(NOW - timedelta(days=86), 0.012, 3_600),
            next_try_at=None,
            paced_by="gone",
        ),
        added_by="discord:901",
    ),
    FeedStatus(feed(title="Sample Post"), checkpoint(state=FeedState.NEW, next_try_at=None), paused=True),
    FeedStatus(feed(title="Sample Agency"), checkpoint(state=FeedState.NEW, next_try_at=None)),
]


def lines(width: int) -> list[str]:
    """Return the table as a terminal of so many columns shows it."""
    console = Console(width=width)
    with console.capture() as shown:
        console.print(feeds_table(FEEDS, NOW, width))
    return [line.rstrip() for line in shown.get().splitlines()]


def test_a_line_for_each_feed_in_eighty_columns() -> None:
    """The worst first, what is too long cut visibly, wide characters counted as two columns."""
    assert lines(80) == [
        "State   Feed                          Last new  A day  Next try  Because of",
        "gone    샘플통신                          86 d  0.012     never  gone",
        "new     Sample Agency                                       now",
        "paused  Sample Post                                       never",
        "ok      Sample Herald: world and th…    30 min    212    15 min  sy:updatePeriod",
    ]


def test_a_wide_terminal_has_more() -> None:
    """When it was read, what kind it is and who added it."""
    head, gone, *_ = lines(130)

    assert head.split()[-4:] == ["Read", "Kind", "Added", "by"]
    assert gone.split()[-3:] == ["now", "feed", "discord:901"]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(-5, "now"), (0, "now"), (1, "1 min"), (119, "119 min"), (120, "2 h"), (2_879, "47 h"), (2_880, "2 d")],
)
def test_a_span_is_brief(minutes: float, expected: str) -> None:
    """In the largest unit of which there are two, rounded down."""
    assert brief(timedelta(minutes=minutes)) == expected
