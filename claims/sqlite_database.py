"""The one connection to the database file, and the lock round all that is done on it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import aiosqlite

from claims.clock import Clock, utc_now
from claims.schema import inspect, migrate
from claims.sqlite_driver import connect, explained, transaction, updating
from claims.sqlite_rows import Columns


@dataclass
class _Batch:
    """Rows of a table that wait together for the lock."""

    rows: defaultdict[str, list[Columns]] = field(default_factory=lambda: defaultdict(list))
    """By the table, in the order in which they came."""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """It was tried to write them."""
    written: bool = False


class Database:
    """One connection.

    Whatever is done on it is done under one lock, in one transaction: tasks share the connection, so that
    without it one task's rollback would undo another's write, and a read would see half of a visit.
    Lists of keys travel as one JSON parameter, since SQLite limits how many parameters a statement has.
    """

    def __init__(self, path: Path, db: aiosqlite.Connection, clock: Clock) -> None:
        self._path = path
        self._db = db
        self._clock = clock
        self._lock = asyncio.Lock()
        self._batch = _Batch()

    @classmethod
    async def open(cls, path: Path, *, busy_timeout: float = 5.0, clock: Clock = utc_now) -> Self:
        """Open the database at this path, made or brought up to date first where needed.

        `busy_timeout` is how many seconds to wait for another program's lock; `clock` tells when a claim was
        edited.

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
        return cls(path, db, clock)

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

    async def _update_with_others(self, table: str, row: Columns) -> None:
        """Update a row, of which the first column is the key, together with those that wait meanwhile.

        A commit waits for the disk: a hundred visits that end together wait once, and the one that came
        first writes for all. Where the rows cannot be written together each is written alone, so that one
        costs the others nothing.
        """
        batch = self._batch
        first = not batch.rows
        batch.rows[table].append(row)
        if first:
            await self._write_batch(batch)
        else:
            await batch.over.wait()
        if not batch.written:
            async with self._lock:
                await self._write({table: [row]})

    async def _write_batch(self, batch: _Batch) -> None:
        try:
            async with self._lock:
                self._batch = _Batch()
                with suppress(Exception):
                    await self._write(batch.rows)
                    batch.written = True
        finally:
            if self._batch is batch:
                self._batch = _Batch()
            batch.over.set()

    async def _write(self, rows: Mapping[str, Sequence[Columns]]) -> None:
        async with self._locked("begin immediate") as db:
            for table, each in rows.items():
                await db.execute(*updating(table, each))
