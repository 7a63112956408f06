"""What the tests of platforms share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from claims.sqlite import SQLiteStore


@pytest.fixture
async def books(tmp_path: Path) -> AsyncIterator[SQLiteStore]:
    """Keep what a platform knows of servers in an empty store."""
    store = await SQLiteStore.open(tmp_path / "claimwatch.db")
    yield store
    await store.close()
