"""The register of commands of the Discord on loopback, and who is offered which.

https://discord.com/developers/docs/interactions/application-commands.
"""

from collections import Counter

from aiohttp import web

from tests.support.discord_command_limits import command_faults
from tests.support.discord_http import Json, Refused, answer
from tests.support.discord_places import EVERYTHING, NOTHING, Guild, May, Member
from tests.support.discord_state import APPLICATION, DiscordState

CREATES_A_DAY = 200
_BY_ROLE, _BY_MEMBER = 1, 2


class CommandRoutes:
    """What the API does about commands."""

    def __init__(self, state: DiscordState) -> None:
        self.state = state
        self._created: Counter[tuple[int | None, int]] = Counter()

    def routes(self, api: str) -> list[web.RouteDef]:
        """Return the routes below the address of the API."""
        own = f"{api}/applications/{APPLICATION['id']}"
        guild = f"{own}/guilds/{{guild}}/commands"
        return [
            web.get(f"{own}/commands", self._get),
            web.put(f"{own}/commands", self._put),
            web.get(guild, self._get),
            web.put(guild, self._put),
            web.get(f"{guild}/permissions", self._permissions),
            web.get(f"{guild}/{{command}}/permissions", self._permission),
        ]

    async def _scope(self, request: web.Request) -> int | None:
        """Return the server that a request speaks of, or None for all."""
        if "guild" not in request.match_info:
            return None
        guild = int(request.match_info["guild"])
        if guild not in self.state.guilds:
            await self.state.note("commands-refused", guild=guild)
            raise Refused(50001)
        return guild

    async def _get(self, request: web.Request) -> web.Response:
        registered = self.state.commands.get(await self._scope(request), [])
        if request.query.get("with_localizations") == "true":
            return answer(registered)
        hidden = ("name_localizations", "description_localizations")
        return answer([{k: v for k, v in each.items() if k not in hidden} for each in registered])

    async def _put(self, request: web.Request) -> web.Response:
        commands: list[Json] = await request.json()
        scope = await self._scope(request)
        if faults := command_faults(commands):
            raise Refused(50035, faults)
        old = {(c["type"], c["name"]): c for c in self.state.commands.get(scope, [])}
        made = [self._made(old, command) for command in commands]
        created = sum((command["type"], command["name"]) not in old for command in made)
        day = scope, int(self.state.clock() // 86_400)
        if self._created[day] + created > CREATES_A_DAY:
            raise Refused(30034)
        self._created[day] += created
        changed = made != self.state.commands.get(scope)
        self.state.commands[scope] = made
        names = [command["name"] for command in made]
        await self.state.note("commands", guild=scope, names=names, created=created, changed=changed)
        return answer(made)

    def _made(self, old: dict[tuple[int, str], Json], command: Json) -> Json:
        """Return a command as it is kept; one of the same type and name keeps its id."""
        kind = command.get("type", 1)
        ident = old.get((kind, command["name"]), {}).get("id") or self.state.next_id()
        made = {"application_id": APPLICATION["id"], "version": "1", "default_member_permissions": None}
        return {**made, "description": "", **command, "type": kind, "id": ident}

    def _shown(self, guild: int, command: str, rows: list[Json]) -> Json:
        about = {"id": command, "application_id": APPLICATION["id"], "guild_id": str(guild)}
        return {**about, "permissions": rows}

    async def _permissions(self, request: web.Request) -> web.Response:
        guild = await self._scope(request)
        assert guild is not None
        rows = self.state.overrides.get(guild, {})
        return answer([self._shown(guild, command, each) for command, each in rows.items()])

    async def _permission(self, request: web.Request) -> web.Response:
        guild, command = await self._scope(request), request.match_info["command"]
        assert guild is not None
        rows = self.state.overrides.get(guild, {}).get(command)
        if rows is None:
            raise Refused(10066)
        return answer(self._shown(guild, command, rows))


def offered(state: DiscordState, guild: Guild, member: Member, may: May, command: Json) -> bool:
    """Say whether Discord lets a member use a command: #permissions, overrides before the default."""
    if may == EVERYTHING or May.ADMINISTRATOR in may:
        return True
    rows = state.overrides.get(guild.ident, {})
    for ident in (command["id"], APPLICATION["id"]):
        mine = {(row["type"], int(row["id"])): row["permission"] for row in rows.get(ident, [])}
        if (_BY_MEMBER, member.ident) in mine:
            return bool(mine[_BY_MEMBER, member.ident])
        told = [mine[_BY_ROLE, role] for role in member.roles if (_BY_ROLE, role) in mine]
        if told:
            return any(told)
        if (_BY_ROLE, guild.ident) in mine:
            return bool(mine[_BY_ROLE, guild.ident])
    default = command.get("default_member_permissions")
    return default is None or (default != "0" and May(int(default)) & ~may == NOTHING)
