"""Our commands on Discord, registered when they changed and where they are wanted, and nowhere else."""

import asyncio
import json
import logging
from collections.abc import Sequence
from typing import Any

import discord

from bot.commands.model import Command
from bot.platforms.discord_sending import UNSENT, reason
from bot.render.discord_commands import definitions
from claims.store_workspaces import WorkspaceBook
from claims.text import digest_key

_log = logging.getLogger(__name__)


class Registrar:
    """Registers commands for every server, or for those that were named, and removes them elsewhere.

    What is registered where is kept in the store, so that an unchanged table costs Discord nothing: it takes
    200 new commands a day (https://discord.com/developers/docs/interactions/application-commands). A scope is
    a server, or None for all of them.
    """

    def __init__(
        self, books: WorkspaceBook, commands: Sequence[Command], guilds: Sequence[int], seconds: float
    ) -> None:
        """Keep the table, the servers that were named, if any, and what bounds each request."""
        self._books, self._guilds, self._seconds = books, guilds, seconds
        self._everywhere, self._in_one = definitions(commands), definitions(commands, everywhere=False)
        self._lock = asyncio.Lock()

    @property
    def scopes(self) -> tuple[int | None, ...]:
        """Return what can be brought into step before any server is seen."""
        return (None, *self._guilds)

    async def bring(self, client: discord.Client, guild: int | None) -> None:
        """Bring a scope into step with the table; where Discord refuses, that is logged and tried later."""
        wanted = self._wanted(guild)
        digest, scope = digest_key(json.dumps(wanted, sort_keys=True)), _scope(client, guild)
        async with self._lock:
            known = await self._books.registered(scope)
            never = known is None and guild is not None and not wanted
            if known == digest or never:
                return
            try:
                async with asyncio.timeout(self._seconds):
                    await _put(client, guild, wanted)
            except UNSENT as e:
                where = "" if guild is None else f" in server {guild}"
                _log.warning("Commands not registered%s: %s", where, reason(e))
            else:
                await self._books.keep_registered(scope, digest)

    async def forget(self, client: discord.Client, guild: int) -> None:
        """Note that a server has none of its own commands: Discord drops them when the bot leaves."""
        scope = _scope(client, guild)
        if await self._books.registered(scope) is not None:
            await self._books.keep_registered(scope, "")

    def _wanted(self, guild: int | None) -> list[dict[str, Any]]:
        if guild is None:
            return [] if self._guilds else self._everywhere
        return self._in_one if guild in self._guilds else []


def _scope(client: discord.Client, guild: int | None) -> str:
    """Return how the store calls a scope; another application has nothing registered."""
    return ":".join(str(each) for each in ("discord", client.application_id, guild) if each is not None)


async def _put(client: discord.Client, guild: int | None, wanted: list[dict[str, Any]]) -> None:
    application: Any = client.application_id  # known since the login
    given: Any = wanted  # plain data, which discord.py types field by field
    if guild is None:
        await client.http.bulk_upsert_global_commands(application, given)
    else:
        await client.http.bulk_upsert_guild_commands(application, guild, given)
