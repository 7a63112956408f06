"""An empty store, as one is that was made before: to make it takes ten times as long as to open it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from claims.sqlite import SQLiteStore

_made: list[bytes] = []
"""The file of an empty store, once one was made."""


async def open_store(path: Path, **options: Any) -> SQLiteStore:
    """Open a store, which is empty where there is none yet; `options` are those of `SQLiteStore.open`."""
    if not _made:
        with TemporaryDirectory() as folder:
            empty = Path(folder) / "empty.db"
            await (await SQLiteStore.open(empty)).close()
            _made.append(_content(empty))
    _lay(path)
    return await SQLiteStore.open(path, **options)


def _content(path: Path) -> bytes:
    return path.read_bytes()


def _lay(path: Path) -> None:
    if not path.exists():
        path.write_bytes(_made[0])
