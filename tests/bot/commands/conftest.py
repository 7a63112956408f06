"""A real store for the commands."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands.model import Context
from bot.parts import matcher_of
from claims.sqlite import SQLiteStore
from tests.support.build import NOW


@pytest.fixture
async def context(tmp_path: Path) -> AsyncIterator[Context]:
    """Give the commands an empty store, and `NOW` in Seoul."""
    store = await SQLiteStore.open(tmp_path / "claimwatch.db")
    yield Context(store, lambda: NOW, matcher_of, "Asia/Seoul")
    await store.close()
