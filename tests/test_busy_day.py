"""A busy day on each platform: all adds up, nothing is told twice, no limit is broken, and it is the same."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.busy_bot import ALL, beginning, on_discord, on_slack
from tests.support.busy_day import day
from tests.support.busy_likeness import alike, live
from tests.support.busy_people import PEOPLE
from tests.support.busy_sums import odd, seen
from tests.support.busy_troubles import TROUBLES
from tests.support.chats import Chat

pytestmark = pytest.mark.timeout(240)  # a whole day
PIECES = day(120)
Serving = Callable[[], AbstractAsyncContextManager[Chat]]


@pytest.mark.parametrize("serving", [on_discord, on_slack])
async def test_a_busy_day_adds_up(tmp_path: Path, serving: Serving) -> None:
    """One message an event and channel, and a reason for each story, whatever the platform and people do."""
    async with serving() as chat, beginning(tmp_path, chat) as lived:
        chat.impose()
        await live(lived, PIECES, (*TROUBLES, *PEOPLE), timedelta(minutes=30))

        assert await odd(lived, PIECES) == []
        saw = seen(lived)
        assert len(saw.heads[ALL]) > 5
        assert sum(saw.edits.values()) > 10
        assert sum(saw.follow.values()) > 5


async def test_a_day_is_the_same_wherever_it_is_told(tmp_path: Path) -> None:
    """Where people do the same, each channel gets the same alerts in the same order, counts and reasons."""
    assert await alike(tmp_path, PIECES, timedelta(hours=1)) == []
