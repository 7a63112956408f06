"""How the SQLite driver is handled: connections, transactions, and its errors in words for an operator."""

import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiosqlite

from claims.errors import StoreError

_REMEDIES = {
    sqlite3.SQLITE_BUSY: "is locked by another program: stop that program, or try again",
    sqlite3.SQLITE_LOCKED: "is locked by another program: stop that program, or try again",
    sqlite3.SQLITE_PERM: "may not be opened: allow reading and writing of the file and its folder",
    sqlite3.SQLITE_READONLY: "is read-only: allow writing of the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: see that its folder exists and can be written",
    sqlite3.SQLITE_FULL: "cannot grow, the disk is full: free some space",
    sqlite3.SQLITE_IOERR: "cannot be read or written: see that it is a file on a sound disk",
    sqlite3.SQLITE_CORRUPT: "is damaged: put a copy of it in its place, or move it away to begin anew",
    sqlite3.SQLITE_NOTADB: "is not a database: name another file for the store",
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the driver's errors that an operator can mend into sentences; the others are bugs and pass.

    Raises:
        StoreError: names the file and the remedy.

    """
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path} cannot be used: {error.strerror}") from error
    except sqlite3.Error as error:
        # The low byte is the primary result code (https://www.sqlite.org/rescode.html).
        remedy = _REMEDIES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if remedy is None:
            raise
        raise StoreError(f"{path} {remedy} ({error})") from error


@asynccontextmanager
async def transaction(db: aiosqlite.Connection, begin: str) -> AsyncIterator[None]:
    """Keep all that is done within, or nothing; `begin` is the statement that opens it.

    A cancelled statement is still carried out by the driver's thread, and so is the rollback after it: the
    driver's `rollback` does nothing where no transaction is open.
    """
    try:
        await db.execute(begin)
        yield
        await db.commit()
    except BaseException:
        await db.rollback()
        raise


def updating(table: str, rows: Sequence[Mapping[str, Any]]) -> tuple[str, list[Any]]:
    """Return the statement that updates rows, of which the first column is the key, and its parameters.

    One statement for all: between two of `executemany` the threads of the driver and of the event loop
    change places, which costs ten times as much as the update. A thousand rows of thirty columns keep
    within SQLite's limit of parameters (sqlite.org/limits.html, 9).
    """
    key, *others = rows[0]
    changes = ", ".join(f"{column} = new.column{number}" for number, column in enumerate(others, start=2))
    each = f"({', '.join('?' * len(rows[0]))})"
    values = ", ".join([each] * len(rows))
    statement = f"update {table} set {changes} from (values {values}) as new where {key} = new.column1"  # noqa: S608 - our own names
    return statement, [value for row in rows for value in row.values()]


async def connect(database: Path | str, **options: Any) -> aiosqlite.Connection:
    """Open a connection as `sqlite3.connect` does.

    It is tried without aiosqlite first, which leaves a thread behind where it fails (0.22): that one then
    speaks to an event loop that may be closed by then.
    """
    sqlite3.connect(database, **options).close()
    return await aiosqlite.connect(database, **options)
