"""What the database file holds, and how an older one is brought up to date."""

from collections.abc import Sequence
from pathlib import Path

import aiosqlite

from claims.errors import StoreError
from claims.sqlite_driver import connect, transaction
from claims.sqlite_steps import MIGRATIONS, Step

APPLICATION_ID = int.from_bytes(b"CLMW")
"""Says that a file is ours (https://www.sqlite.org/pragma.html#pragma_application_id)."""


async def inspect(path: Path, newest: int = len(MIGRATIONS)) -> None:
    """See that a file is ours to open, and leave it and its folder as they are.

    Raises:
        StoreError: it is another application's, or a newer version than `newest` made it.

    """
    address = _untouched(path)
    if address is None:
        return
    db = await connect(address, uri=True)
    try:
        application = await _number(db, "pragma application_id")
        empty = not await _number(db, "select count(*) from sqlite_schema")
        version = await _number(db, "pragma user_version")
    finally:
        await db.close()
    if application != APPLICATION_ID and not (application == 0 and empty):
        raise StoreError(f"{path} is the database of another application: name another file for the store")
    if version > newest:
        raise StoreError(
            f"{path} is of version {version}, and this program knows {newest}: install a newer release,"
            " or name another file for the store"
        )


async def migrate(db: aiosqlite.Connection, path: Path, steps: Sequence[Step] = MIGRATIONS) -> None:
    """Take the steps that a database lacks, each in a transaction, after copying a database that has some.

    The copy is `PATH.vN.bak`, N its version. Foreign keys are checked at the end of each step.

    Raises:
        StoreError: a step leaves rows that point nowhere; the database stays as it was before that step.

    """
    version = await _number(db, "pragma user_version")
    if 0 < version < len(steps):
        async with transaction(db, "begin immediate"):
            # Under the lock, of two processes one at a time; the other may have taken a step since.
            version = await _number(db, "pragma user_version")
            if version < len(steps):
                await _copy(path, path.with_name(f"{path.name}.v{version}.bak"))
    for number, step in enumerate(steps[version:], start=version + 1):
        await _take(db, path, number, step)


async def _take(db: aiosqlite.Connection, path: Path, number: int, step: Step) -> None:
    async with transaction(db, "begin immediate"):
        # Read under the lock: another process may have taken the step since.
        if await _number(db, "pragma user_version") >= number:
            return
        for statement in step:
            await db.execute(statement)
        if await db.execute_fetchall("pragma foreign_key_check"):
            raise StoreError(
                f"{path} cannot be brought to version {number}, rows would point nowhere:"
                " it is as it was, report this with a copy of it"
            )
        await db.execute(f"pragma application_id = {APPLICATION_ID}")
        await db.execute(f"pragma user_version = {number}")


async def _copy(path: Path, copy: Path) -> None:
    """Write a copy under its own name only once it is whole."""
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    # On a connection of its own: a vacuum cannot stand within a transaction, and the lock is held by one.
    db = await connect(path)
    try:
        await db.execute("vacuum into ?", (str(part),))
    finally:
        await db.close()
    part.replace(copy)


def _untouched(path: Path) -> str | None:
    """Return the address at which a database is read without a trace, or None where there is none yet.

    Reading a write-ahead database creates files beside it, unless it is declared immutable; that in turn
    ignores a log which a crash left there, but where there is one nothing needs to be created.
    """
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return None
    log = path.with_name(f"{path.name}-wal")
    return f"{path.absolute().as_uri()}?mode=ro{'' if log.exists() else '&immutable=1'}"


async def _number(db: aiosqlite.Connection, query: str) -> int:
    ((number,),) = await db.execute_fetchall(query)
    return int(number)
