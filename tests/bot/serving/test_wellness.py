"""What is held against the bot, and what is not."""

from datetime import timedelta

import pytest

from bot.serving.wellness import PATIENCE, feeds_asked, posted
from claims.feeds import FeedState, FeedStatus
from claims.lookups import Waiting
from tests.support.build import NOW, at, checkpoint, feed

SOON, LONG_AGO = NOW + timedelta(hours=3), NOW - 2 * PATIENCE
SAID = f"{LONG_AGO:%Y-%m-%d %H:%M} UTC"


def status(paused: bool = False, **changes: object) -> FeedStatus:
    """Return a feed that was asked a minute ago and is asked again in a while, but for these changes."""
    usual = {"state": FeedState.OK, "last_try_at": at(-1), "next_try_at": SOON}
    return FeedStatus(feed(), checkpoint(**{**usual, **changes}), paused)


@pytest.mark.parametrize(
    ("feeds", "why"),
    [
        ([], ""),
        ([status()], ""),
        ([status(last_try_at=LONG_AGO)], ""),
        ([status(last_try_at=LONG_AGO, next_try_at=NOW)], ""),
        ([status(last_try_at=LONG_AGO, next_try_at=LONG_AGO), status()], ""),
        ([status(paused=True, last_try_at=None, next_try_at=None)], ""),
        ([status(state=FeedState.GONE, last_try_at=LONG_AGO, next_try_at=None)], ""),
        (
            [status(last_try_at=LONG_AGO, next_try_at=LONG_AGO), status(last_try_at=None, next_try_at=None)],
            f"no feed was asked since {SAID}, 2 feeds due; is “claimwatch run” running?",
        ),
        (
            [status(state=FeedState.NEW, last_try_at=None, next_try_at=None)],
            "no feed was asked yet, 1 feed due; is “claimwatch run” running?",
        ),
    ],
)
def test_feeds_are_asked_where_nothing_is_overdue(feeds: list[FeedStatus], why: str) -> None:
    """A quiet list of feeds is well; one of which a feed was due for long and none was asked is not."""
    found = feeds_asked(feeds, NOW)

    assert (found.what, found.why, found.fine) == ("feeds", why, not why)


def test_what_waits_for_long_is_told_by_platform() -> None:
    """What was due just now is not held against anybody."""
    waiting = {"slack": Waiting(1, at(-1)), "discord": Waiting(12, LONG_AGO)}

    assert posted({}, NOW).fine
    assert posted({"slack": waiting["slack"]}, NOW).fine
    assert posted(waiting, NOW).why == (f"12 messages to discord not posted, the first since {SAID}")
