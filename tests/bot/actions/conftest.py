"""Two channels of two servers in which one alert stands."""

import pytest

from bot.commands.model import Context
from tests.support.build import alert, claim, member, outcome, source, update
from tests.support.channels import Channels

LEAD = member("Sample ship leaves Rason with shells", ["containers-2023"])
SECOND = member("Sample ship is seen again", ["containers-2023"], source=source("Sample Post"))
REGISTER = [
    claim("containers-2023", tags=("munitions",)),
    claim("shell-volume", statement="North Korea shipped millions of artillery shells to Russia"),
    claim("oil-over-cap", statement="Russia ships oil to North Korea above the cap of the United Nations"),
]


@pytest.fixture
async def channels(context: Context) -> Channels:
    """Post an alert on containers-2023, of two stories, to a channel of each server."""
    both = (outcome(LEAD), outcome(SECOND, update(alert(LEAD)), of=LEAD))
    return await Channels.opened(context, REGISTER, *both)
