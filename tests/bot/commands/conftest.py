"""A real store for the commands, and a scout that knows what a test tells it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands.model import Context
from bot.parts import matcher_of
from claims.sqlite import SQLiteStore
from tests.support.build import NOW
from tests.support.scout import SampleScout


@pytest.fixture
def scout() -> SampleScout:
    """Know no address."""
    return SampleScout()


@pytest.fixture
async def context(tmp_path: Path, scout: SampleScout) -> AsyncIterator[Context]:
    """Give the commands an empty store, and `NOW` in Seoul."""
    store = await SQLiteStore.open(tmp_path / "claimwatch.db")
    yield Context(store, lambda: NOW, matcher_of, scout, timezone="Asia/Seoul")
    await store.close()
