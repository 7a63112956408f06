"""The one connection to the database file, and the lock round all that is done on it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import aiosqlite

from claims.schema import inspect, migrate
from claims.sqlite_driver import connect, explained, transaction
from claims.sqlite_rows import Columns


@dataclass
class _Batch:
    """Rows that wait together for the lock."""

    rows: defaultdict[str, list[Columns]] = field(default_factory=lambda: defaultdict(list))
    """By the statement that writes them, in the order in which they came."""
    written: bool = False


class Database:
    """One connection.

    Whatever is done on it is done under one lock, in one transaction: tasks share the connection, so that
    without it one task's rollback would undo another's write, and a read would see half of a visit.
    Lists of keys travel as one JSON parameter, since SQLite limits how many parameters a statement has.
    """

    def __init__(self, path: Path, db: aiosqlite.Connection) -> None:
        self._path = path
        self._db = db
        self._lock = asyncio.Lock()
        self._batch = _Batch()

    @classmethod
    async def open(cls, path: Path, *, busy_timeout: float = 5.0) -> Self:
        """Open the database at this path, made or brought up to date first where needed.

        `busy_timeout` is how many seconds to wait for another program's lock.

        Raises:
            StoreError: it cannot be used; a file that is not ours, or of a newer version, is left untouched.

        """
        with explained(path):
            await inspect(path)
            db = await connect(path, timeout=busy_timeout, isolation_level=None)
            try:
                db.row_factory = aiosqlite.Row
                await db.execute("pragma journal_mode = wal")
                await migrate(db, path)
                await db.execute("pragma foreign_keys = on")
            except BaseException:
                await db.close()
                raise
        return cls(path, db)

    async def close(self) -> None:
        """Close the database when what is under way is done; calling it twice does no harm."""
        async with self._lock:
            await self._db.close()

    @asynccontextmanager
    async def _transaction(self, begin: str) -> AsyncIterator[aiosqlite.Connection]:
        async with self._lock, self._locked(begin) as db:
            yield db

    @asynccontextmanager
    async def _locked(self, begin: str) -> AsyncIterator[aiosqlite.Connection]:
        with explained(self._path):
            async with transaction(self._db, begin):
                yield self._db

    def _reading(self) -> AbstractAsyncContextManager[aiosqlite.Connection]:
        return self._transaction("begin")

    def _writing(self) -> AbstractAsyncContextManager[aiosqlite.Connection]:
        return self._transaction("begin immediate")

    async def _write_with_others(self, statement: str, row: Columns) -> None:
        """Write a row, in one transaction with those that wait for the lock meanwhile.

        A commit waits for the disk: a hundred visits that end together wait once. Where the rows cannot be
        written together each is written alone, so that one costs the others nothing.
        """
        batch = self._batch
        batch.rows[statement].append(row)
        async with self._lock:
            if batch is self._batch:
                self._batch = _Batch()
                with suppress(Exception):
                    await self._write(batch.rows)
                    batch.written = True
            if not batch.written:
                await self._write({statement: [row]})

    async def _write(self, rows: Mapping[str, Sequence[Columns]]) -> None:
        async with self._locked("begin immediate") as db:
            for statement, each in rows.items():
                await db.executemany(statement, each)
