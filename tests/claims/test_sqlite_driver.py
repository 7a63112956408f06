"""The driver's own ways."""

import sqlite3
import threading
from pathlib import Path

import pytest

from claims.sqlite_driver import connect


async def test_a_database_that_cannot_be_opened_leaves_no_thread_behind(tmp_path: Path) -> None:
    """A thread that outlives the attempt would speak to an event loop that is closed by then."""
    before = threading.active_count()
    with pytest.raises(sqlite3.OperationalError):
        await connect(tmp_path / "missing" / "claimwatch.db")
    assert threading.active_count() == before
