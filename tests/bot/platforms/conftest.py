"""What the tests of platforms share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.platforms.discord import API_BASE, point_library
from claims.sqlite import SQLiteStore
from tests.support.discord_server import DiscordServer
from tests.support.slack_server import SlackServer
from tests.support.stores import open_store


@pytest.fixture
async def books(tmp_path: Path) -> AsyncIterator[SQLiteStore]:
    """Keep what a platform knows of servers in an empty store."""
    store = await open_store(tmp_path / "claimwatch.db")
    yield store
    await store.close()


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Serve a Discord on loopback; afterwards discord.py points to the real one again."""
    async with DiscordServer() as server:
        yield server
    point_library(API_BASE, None)


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    """Run a Slack workspace on loopback, of which the bot is to break no rule."""
    async with SlackServer() as running:
        yield running
    assert running.violations == []
