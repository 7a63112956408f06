"""What the database file holds, and how an older one is brought up to date.

`MIGRATIONS` only ever grows: a step that was released is never edited, because files that have taken it
exist. The number of steps a file has taken is its `user_version`. Moments are ISO 8601 text in UTC with
microseconds, all of one width, so that the order of the text is the order of time.
"""

from collections.abc import Sequence
from pathlib import Path

import aiosqlite

from claims.errors import StoreError
from claims.sqlite_driver import connect, transaction

APPLICATION_ID = int.from_bytes(b"CLMW")
"""Says that a file is ours (https://www.sqlite.org/pragma.html#pragma_application_id)."""

Step = tuple[str, ...]
"""The statements of one migration."""

MIGRATIONS: tuple[Step, ...] = (
    (
        """
        create table feeds (
            url text primary key,
            title text not null,
            source_name text not null,
            source_family text not null,
            reliability text not null,
            state_media integer not null,
            language text not null,
            interval_minutes real,
            listed integer not null,
            current_url text not null,
            state text not null,
            etag text,
            last_modified text,
            last_try_at text,
            last_success_at text,
            next_try_at text,
            failures integer not null,
            error text
        ) strict, without rowid
        """,
        # The register is small and always read whole: a claim is one document.
        """
        create table claims (
            id text primary key,
            position integer not null,
            listed integer not null,
            document text not null
        ) strict, without rowid
        """,
        "create table events (id text primary key, began_at text not null) strict, without rowid",
        # A story with its reading. The source is the one of its day: history outlives a new grade.
        """
        create table stories (
            serial integer primary key,
            id text not null unique,
            feed_url text not null references feeds,
            event_id text references events,
            url text not null,
            title text not null,
            summary text not null,
            language text not null,
            source_name text not null,
            source_family text not null,
            reliability text not null,
            state_media integer not null,
            published_at text,
            seen_at text not null,
            at text not null generated always as (coalesce(published_at, seen_at)) virtual,
            guid text,
            relayed_from text,
            revisions integer not null,
            backlog integer not null,
            relevant integer not null,
            relevance real not null,
            read_as text not null,
            origin text,
            concepts text not null
        ) strict
        """,
        "create index stories_by_guid on stories (feed_url, guid) where guid is not null",
        "create index stories_by_event on stories (event_id) where event_id is not null",
        "create index stories_by_at on stories (at, event_id)",
        "create index stories_by_seen_at on stories (seen_at)",
        """
        create table evidence (
            story_id text not null references stories (id),
            position integer not null,
            claim_id text not null references claims,
            stance text not null,
            score real not null,
            why text not null,
            primary key (story_id, claim_id)
        ) strict, without rowid
        """,
        "create index evidence_by_claim on evidence (claim_id, stance)",
        """
        create table figures (
            story_id text not null references stories (id),
            position integer not null,
            unit text not null,
            low real not null,
            high real not null,
            bound text not null,
            period text,
            body text,
            quote text not null,
            primary key (story_id, position)
        ) strict, without rowid
        """,
        """
        create table alerts (
            key text primary key,
            event_id text not null unique references events,
            reason text not null,
            headline text not null,
            links text not null,
            raised_at text not null,
            change text,
            revision integer not null
        ) strict, without rowid
        """,
        """
        create table subscriptions (
            destination text primary key,
            claims text,
            digest text,
            timezone text not null
        ) strict, without rowid
        """,
        """
        create table digests (
            key text primary key,
            destination text not null,
            since text not null,
            until text not null,
            timezone text not null,
            claims text
        ) strict, without rowid
        """,
        # `raised_at` and `revision` are those of the alert, kept here so that what is due is one index.
        """
        create table deliveries (
            serial integer primary key,
            key text not null,
            destination text not null,
            raised_at text not null,
            revision integer not null,
            state text not null,
            attempts integer not null,
            next_try_at text,
            receipt text,
            sent_revision integer,
            error text,
            due integer generated always as (
                state in ('pending', 'sending') or (state = 'sent' and sent_revision < revision)
            ) virtual,
            unique (key, destination)
        ) strict
        """,
        "create index deliveries_due on deliveries (raised_at, destination) where due",
    ),
    # What was decided is kept with a story, and words with their place; older words have none.
    (
        "alter table stories add column reason text not null default ''",
        "alter table evidence add column suggested integer not null default 0",
        "alter table evidence add column judge text",
        """
        update evidence set why = (
            select json_group_array(json_object('start', 0, 'end', 0, 'words', value, 'concept', ''))
            from json_each(evidence.why)
        )
        """,
        """
        update alerts set links = (
            select json_group_array(json_set(link.value, '$.why', (
                select json_group_array(json_object('start', 0, 'end', 0, 'words', word.value, 'concept', ''))
                from json_each(link.value, '$.why') as word
            )))
            from json_each(alerts.links) as link
        )
        """,
    ),
    # What a language model was asked about a story; the story itself is kept after it was decided on.
    (
        """
        create table inquiries (
            key text not null,
            story_id text not null,
            asked_at text not null,
            model text not null,
            rules text not null,
            requests integer not null,
            tokens integer not null,
            answer text,
            changed text not null,
            dropped text not null,
            primary key (key, story_id, asked_at)
        ) strict, without rowid
        """,
        "create index inquiries_by_asked_at on inquiries (asked_at)",
        "create index inquiries_by_story on inquiries (story_id)",
    ),
    # A text is named by a digest: what it says stands with its story.
    (
        """
        create table vectors (
            model text not null,
            text_key text not null,
            vector blob not null,
            kept_at text not null,
            primary key (model, text_key)
        ) strict, without rowid
        """,
    ),
    # `claimwatch why URL` looks a story up by its address.
    ("create index stories_by_address on stories (url) where url != ''",),
)


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
        await _copy(db, path.with_name(f"{path.name}.v{version}.bak"))
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


async def _copy(db: aiosqlite.Connection, copy: Path) -> None:
    """Write a copy under its own name only once it is whole."""
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    await db.execute("vacuum into ?", (str(part),))
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
