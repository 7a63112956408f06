"""A busy day on Discord: everything adds up, nothing is told twice, and no limit or deadline is broken."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.busy_bot import ALL, beginning, on_discord
from tests.support.busy_day import MORNING, day
from tests.support.busy_people import PEOPLE
from tests.support.busy_sums import odd, seen
from tests.support.busy_troubles import TROUBLES

STORIES = 120


@pytest.mark.timeout(240)
async def test_a_busy_day_adds_up(tmp_path: Path) -> None:
    """One message an event and channel, and a reason for each story, whatever Discord and people do."""
    pieces = day(STORIES)
    async with on_discord() as chat, beginning(tmp_path, chat) as lived:
        chat.impose()
        await lived.goes_on(
            pieces, (*TROUBLES, *PEOPLE), MORNING + timedelta(hours=24), timedelta(minutes=30)
        )
        chat.relent()
        await lived.goes_on([], (), MORNING + timedelta(hours=33), timedelta(hours=1))

        assert await odd(lived, pieces) == []
        saw = seen(lived)
        assert len(saw.heads[ALL]) > 5
        assert sum(saw.edits.values()) > 10
        assert sum(saw.follow.values()) > 5
