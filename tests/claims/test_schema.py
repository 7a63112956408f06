"""The database file: made, refused, copied and brought up to date."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import aiosqlite
import pytest

from claims.errors import StoreError
from claims.schema import APPLICATION_ID, inspect, migrate
from claims.sqlite import SQLiteStore
from claims.sqlite_steps import MIGRATIONS, Step

STEPS: tuple[Step, ...] = (
    ("create table parent (id integer primary key)", "insert into parent values (1), (2)"),
    ("create table child (parent integer references parent (id))", "insert into child values (1)"),
)
DANGLING: Step = ("insert into parent values (3)", "insert into child values (99)")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the database goes."""
    return tmp_path / "kept.db"


def run(path: Path, *statements: str) -> None:
    """Make a database, or change one, from outside."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def fill(path: Path, content: bytes) -> None:
    """Write a file of any content."""
    path.write_bytes(content)


def ask(path: Path, query: str) -> list[tuple[object, ...]]:
    """Read a database from outside."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


async def bring(path: Path, steps: tuple[Step, ...]) -> None:
    """Migrate a database as opening the store does."""
    async with aiosqlite.connect(path, isolation_level=None) as db:
        await migrate(db, path, steps)


def crash_as_version_99(path: Path) -> None:
    """Leave a database whose version stands in its write-ahead log alone."""
    crash = (
        "import os, sqlite3, sys;"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "db.execute('pragma journal_mode = wal');"
        f"db.execute('pragma application_id = {APPLICATION_ID}');"
        "db.execute('pragma user_version = 99');"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", crash, str(path)], check=True)


def folder(path: Path) -> dict[str, bytes]:
    """Return every file beside a database with what is in it."""
    return {each.name: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}


async def test_a_new_file_is_ours(path: Path):
    """Opening makes a database that says whose it is and how many migrations it has taken."""
    await (await SQLiteStore.open(path)).close()
    assert ask(path, "pragma application_id") == [(APPLICATION_ID,)]
    assert ask(path, "pragma user_version") == [(len(MIGRATIONS),)]
    assert ask(path, "pragma journal_mode") == [("wal",)]
    assert [name for name in folder(path) if not name.startswith("kept.db-")] == ["kept.db"]


async def test_every_table_is_strict(path: Path):
    """A column holds only what it was declared for; the index of words has tables of its own kind."""
    await (await SQLiteStore.open(path)).close()
    tables = ask(path, "select name, strict from pragma_table_list where name not like 'sqlite%'")
    assert ("stories", 1) in tables
    assert [name for name, strict in tables if not strict and not name.startswith("story_words")] == []


async def test_an_empty_file_becomes_the_store(path: Path):
    """A file of no bytes, or an empty database of nobody's, is taken as a new one."""
    fill(path, b"")
    await (await SQLiteStore.open(path)).close()
    bare = path.with_name("bare.db")
    run(bare, "create table t (a)", "drop table t")
    await (await SQLiteStore.open(bare)).close()
    assert ask(bare, "pragma application_id") == [(APPLICATION_ID,)]


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (("create table theirs (a)",), "another application"),
        (("pragma application_id = 7",), "another application"),
        (("pragma journal_mode = wal", "create table theirs (a)"), "another application"),
        (
            (
                "pragma journal_mode = wal",
                f"pragma application_id = {APPLICATION_ID}",
                f"pragma user_version = {len(MIGRATIONS) + 1}",
            ),
            "newer release",
        ),
    ],
)
async def test_what_is_not_ours_is_refused_untouched(path: Path, statements: tuple[str, ...], words: str):
    """Another application's database, or a newer one, stays byte for byte, with nothing left beside it."""
    run(path, *statements)
    before = folder(path)
    assert list(before) == ["kept.db"]
    with pytest.raises(StoreError, match=words) as refused:
        await SQLiteStore.open(path)
    assert str(path) in str(refused.value)
    assert folder(path) == before


async def test_a_newer_version_is_seen_through_the_log_of_a_crash(path: Path):
    """A version that stands only in the log which a crash left behind is refused untouched."""
    crash_as_version_99(path)
    before = folder(path)
    assert before["kept.db-wal"]
    with pytest.raises(StoreError, match="version 99"):
        await SQLiteStore.open(path)
    after = folder(path)
    assert (after["kept.db"], after["kept.db-wal"]) == (before["kept.db"], before["kept.db-wal"])


@pytest.mark.parametrize(
    "content", [b"hi", b"[store]\npath = 'kept.db'\n" * 99, b"SQLite format 3\0" + bytes(5000)]
)
async def test_what_is_no_database_is_refused_untouched(path: Path, content: bytes):
    """A file of any other kind is named in the refusal and keeps its bytes."""
    fill(path, content)
    with pytest.raises(StoreError, match="not a database") as refused:
        await SQLiteStore.open(path)
    assert str(path) in str(refused.value)
    assert folder(path) == {"kept.db": content}


async def test_a_path_that_cannot_hold_a_file_is_explained(tmp_path: Path):
    """A missing folder and a folder in the file's place are said with their path."""
    missing = tmp_path / "missing" / "kept.db"
    for path in (missing, tmp_path):
        with pytest.raises(StoreError) as refused:
            await SQLiteStore.open(path)
        assert str(path) in str(refused.value)
    assert not missing.parent.exists()


async def test_an_older_database_is_copied_then_migrated(path: Path):
    """The copy is whole and of the older version; the database has what the missing steps bring."""
    await bring(path, STEPS[:1])
    assert list(folder(path)) == ["kept.db"]
    stale = path.with_name("kept.db.v1.bak")
    fill(stale, b"an earlier copy")
    await bring(path, STEPS)
    assert ask(path, "select parent from child") == [(1,)]
    assert ask(path, "pragma user_version") == [(2,)]
    assert sorted(folder(path)) == ["kept.db", "kept.db.v1.bak"]
    assert ask(stale, "select count(*) from parent") == [(2,)]
    assert ask(stale, "select name from sqlite_schema") == [("parent",)]
    await inspect(stale, newest=1)


async def test_a_database_that_is_up_to_date_is_left_alone(path: Path):
    """No step is taken twice, and no copy is made where none is lacking."""
    await bring(path, STEPS)
    before = folder(path)
    await bring(path, STEPS)
    assert folder(path) == before
    assert list(before) == ["kept.db"]


async def test_a_step_that_leaves_rows_dangling_is_undone(path: Path):
    """Steps before it stay, the step itself leaves no trace, and a copy is there."""
    await bring(path, STEPS[:1])
    with pytest.raises(StoreError, match=r"kept\.db cannot be brought to version 3"):
        await bring(path, (*STEPS, DANGLING))
    assert ask(path, "pragma user_version") == [(2,)]
    assert ask(path, "select count(*) from parent") == [(2,)]
    assert "kept.db.v1.bak" in folder(path)


async def test_a_step_that_fails_is_undone_and_loud(path: Path):
    """A mistake in a migration is a bug: it is raised as it is, and nothing of the step is kept."""
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await bring(path, (*STEPS, ("insert into parent values (3)", "insert into nowhere values (1)")))
    assert ask(path, "pragma user_version") == [(2,)]
    assert ask(path, "select count(*) from parent") == [(2,)]


async def test_two_that_migrate_at_once_take_each_step_once(path: Path):
    """Of two programs that find the same version, one takes each step and the other goes on from there."""
    await asyncio.gather(*(bring(path, STEPS) for _ in range(3)))
    assert ask(path, "pragma user_version") == [(2,)]
    assert ask(path, "select count(*) from parent") == [(2,)]
    assert ask(path, "select count(*) from child") == [(1,)]


async def test_those_that_find_an_older_version_at_once_leave_one_whole_copy(path: Path):
    """Copies are written one at a time and whole: none takes an unfinished file of another for its own."""
    await bring(path, STEPS[:1])
    await asyncio.gather(*(bring(path, STEPS) for _ in range(8)))
    assert ask(path, "pragma user_version") == [(2,)]
    assert ask(path.with_name("kept.db.v1.bak"), "pragma user_version") == [(1,)]
    assert ask(path.with_name("kept.db.v1.bak"), "select count(*) from parent") == [(2,)]
    assert not list(path.parent.glob("*.part"))


async def test_words_of_the_first_version_are_kept(path: Path):
    """Reasons that were bare words become marks without a place, in the evidence and in the alerts."""
    first = MIGRATIONS[:1]
    await bring(path, first)
    run(
        path,
        """insert into feeds values ('f', '', '', '', 'B', 0, 'en', null, 1, 'f', 'new', null, null, null,
            null, null, 0, null)""",
        "insert into claims values ('c', 0, 1, '{}')",
        """insert into stories values (1, 's', 'f', null, '', '', '', '', '', '', 'B', 0, null, '2024', null,
            null, 0, 0, 1, 0.9, 'en', null, '[]')""",
        "insert into events values ('e', '2024')",
        """insert into evidence values ('s', 0, 'c', 'supports', 0.9, '["shells","Rason"]')""",
        """insert into alerts values ('k', 'e', 'new-event', '', '[{"score":0.9,"why":["shells"]}]', '', null,
            0)""",
    )
    await bring(path, MIGRATIONS)
    mark = {"start": 0, "end": 0, "concept": ""}
    ((why, suggested, judge),) = ask(path, "select why, suggested, judge from evidence")
    ((links,),) = ask(path, "select links from alerts")
    assert json.loads(str(why)) == [{**mark, "words": "shells"}, {**mark, "words": "Rason"}]
    assert (suggested, judge) == (0, None)
    assert json.loads(str(links)) == [{"score": 0.9, "why": [{**mark, "words": "shells"}]}]
