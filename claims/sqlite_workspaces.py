"""Workspaces and what people did there, in SQLite: `claims.store_workspaces.WorkspaceBook`."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta

from claims import sqlite_rows as rows
from claims.sqlite_database import Database
from claims.sqlite_events import one, waiting
from claims.sqlite_routing import hush
from claims.sqlite_wanted import snoozes, subscriptions
from claims.store_workspaces import ASKED_DAYS
from claims.workspaces import CONSOLE, Asked, AuditEntry, Snooze, SnoozeKind, Workspace


class SQLiteWorkspaceBook(Database):
    """See `claims.store_workspaces.WorkspaceBook`."""

    async def workspace(self, workspace_id: str) -> Workspace:
        """See `claims.store_workspaces.WorkspaceBook`."""
        async with self._reading() as db:
            row = await one(db, "select * from workspaces where id = ?", workspace_id)
        if row is None:
            return Workspace(workspace_id)
        return Workspace(
            id=row["id"],
            name=row["name"],
            language=row["language"],
            locale=row["locale"],
            editors=tuple(json.loads(row["editors"])),
            welcomed_at=rows.moment(row["welcomed_at"]),
            left_at=rows.moment(row["left_at"]),
            greeting=row["greeting"],
        )

    async def keep_workspace(self, workspace: Workspace) -> None:
        """See `claims.store_workspaces.WorkspaceBook`."""
        async with self._writing() as db:
            await db.execute(
                """
                insert or replace into workspaces
                    (id, name, language, locale, editors, welcomed_at, left_at, greeting)
                values (:id, :name, :language, :locale, :editors, :welcomed_at, :left_at, :greeting)
                """,
                {
                    **asdict(workspace),
                    "editors": rows.json_text(workspace.editors),
                    "welcomed_at": rows.moment_or_none(workspace.welcomed_at),
                    "left_at": rows.moment_or_none(workspace.left_at),
                },
            )

    async def note(self, entry: AuditEntry) -> None:
        """See `claims.store_workspaces.WorkspaceBook`."""
        async with self._writing() as db:
            await db.execute(
                """
                insert into audit (workspace, at, person, action, details)
                values (:workspace, :at, :person, :action, :details)
                """,
                {**asdict(entry), "at": rows.moment_text(entry.at)},
            )

    async def audit(self, workspace: str | None, limit: int, *, skip: int = 0) -> list[AuditEntry]:
        """See `claims.store_workspaces.WorkspaceBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select * from audit where :workspace is null or workspace = :workspace
                order by serial desc limit :limit offset :skip
                """,
                {"workspace": workspace, "limit": limit, "skip": skip},
            )
        return [
            AuditEntry(
                row["workspace"],
                datetime.fromisoformat(row["at"]),
                row["person"],
                row["action"],
                row["details"],
            )
            for row in found
        ]

    async def snooze(self, snooze: Snooze) -> None:
        """See `claims.store_workspaces.WorkspaceBook`."""
        async with self._writing() as db:
            await db.execute(
                """
                insert or replace into snoozes (workspace, kind, what, until, person, at)
                values (:workspace, :kind, :what, :until, :person, :at)
                """,
                {
                    **asdict(snooze),
                    "until": rows.moment_text(snooze.until),
                    "at": rows.moment_text(snooze.at),
                },
            )
            there = {each.destination: each for each in await subscriptions(db, snooze.workspace)}
            for telling, delivery in await waiting(db):
                if wanted := there.get(delivery.destination):
                    await hush(db, wanted, telling, delivery, snooze.at)

    async def wake(self, workspace: str, kind: SnoozeKind, what: str) -> bool:
        """See `claims.store_workspaces.WorkspaceBook`."""
        async with self._writing() as db:
            ended = await db.execute(
                "delete from snoozes where workspace = ? and kind = ? and what = ?", (workspace, kind, what)
            )
            if ended.rowcount:
                await db.execute(
                    "update deliveries set next_try_at = null where state = 'sent' and due"
                    " and destination in (select destination from subscriptions where workspace = ?)",
                    (workspace,),
                )
            return bool(ended.rowcount)

    async def snoozes(self, workspace: str, now: datetime) -> list[Snooze]:
        """See `claims.store_workspaces.WorkspaceBook`."""
        async with self._reading() as db:
            return await snoozes(db, now, workspace)

    async def touch(self, workspace: str, event_id: str) -> None:
        """See `claims.store_workspaces.WorkspaceBook`."""
        async with self._writing() as db:
            await db.execute(
                """
                update deliveries
                set revision = revision + 1,
                    next_try_at = case state when 'sent' then null else next_try_at end
                where key in (select key from alerts where event_id = :event)
                    and destination in (
                        select destination from subscriptions where :workspace in (workspace, :all)
                    )
                """,
                {"event": event_id, "workspace": workspace, "all": CONSOLE},
            )

    async def remember(self, asked: Asked, now: datetime) -> None:
        """See `claims.store_workspaces.WorkspaceBook`."""
        async with self._writing() as db:
            await db.execute(
                """insert or replace into asked (key, command, "values", at) values (?, ?, ?, ?)""",
                (asked.key, asked.command, rows.json_text(dict(asked.values)), rows.moment_text(now)),
            )
            oldest = rows.moment_text(now - timedelta(days=ASKED_DAYS))
            await db.execute("delete from asked where at < ?", (oldest,))

    async def asked(self, key: str) -> Asked | None:
        """See `claims.store_workspaces.WorkspaceBook`."""
        async with self._reading() as db:
            row = await one(db, "select * from asked where key = ?", key)
        return None if row is None else Asked(row["key"], row["command"], json.loads(row["values"]))

    async def registered(self, scope: str) -> str | None:
        """See `claims.store_workspaces.WorkspaceBook`."""
        async with self._reading() as db:
            row = await one(db, "select digest from registered where scope = ?", scope)
        return None if row is None else str(row["digest"])

    async def keep_registered(self, scope: str, digest: str) -> None:
        """See `claims.store_workspaces.WorkspaceBook`."""
        async with self._writing() as db:
            await db.execute(
                "insert or replace into registered (scope, digest) values (?, ?)", (scope, digest)
            )
