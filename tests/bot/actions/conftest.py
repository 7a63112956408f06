"""Two channels of two servers in which one alert stands."""

import pytest

from bot.commands.model import Context
from tests.support.channels import Channels


@pytest.fixture
async def channels(context: Context) -> Channels:
    """Post an alert on containers-2023, of two stories, to a channel of each server."""
    return await Channels.usual(context)
