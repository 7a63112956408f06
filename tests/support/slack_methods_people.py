"""Who we are and who others are on the Slack on loopback: https://docs.slack.dev/reference/methods."""

from tests.support.slack_http import Json, Refused
from tests.support.slack_methods import Method, truth
from tests.support.slack_places import BOT, BOT_ID, TEAM, UserGroup
from tests.support.slack_sockets import SlackSockets


class PeopleMethods:
    """What auth.test, apps.connections.open, users.info and `usergroups.*` do."""

    def __init__(self, state: SlackSockets) -> None:
        self.state = state

    def methods(self) -> dict[str, Method]:
        """Return the methods by their names."""
        return {
            "auth.test": Method(self._test, json=True),
            "apps.connections.open": Method(self._connect, app=True),
            "users.info": Method(self._info, "user", "include_locale", "users:read"),
            "usergroups.list": Method(
                self._groups, "", "include_count include_disabled include_users", "usergroups:read"
            ),
            "usergroups.users.list": Method(self._users, "usergroup", "include_disabled", "usergroups:read"),
        }

    async def _test(self, given: Json) -> Json:
        return {
            "url": "https://loopback.slack.com/",
            "team": self.state.team["name"],
            "team_id": self.state.team["id"],
            "user": self.state.members[BOT].name,
            "user_id": BOT,
            "bot_id": BOT_ID,
            "is_enterprise_install": False,
        }

    async def _connect(self, given: Json) -> Json:
        if "connections:write" not in self.state.app_scopes:
            raise Refused("missing_scope", "lacks the scope connections:write", needed="connections:write")
        return {"url": self.state.ticket()}

    async def _info(self, given: Json) -> Json:
        member = self.state.members.get(str(given["user"]))
        if member is None:
            raise Refused("user_not_found")
        return {"user": member.shown(with_locale=truth(given.get("include_locale")))}

    async def _groups(self, given: Json) -> Json:
        disabled = truth(given.get("include_disabled"))
        groups = [group for group in self.state.groups.values() if disabled or not group.disabled]
        return {"usergroups": [_shown(group, given) for group in groups]}

    async def _users(self, given: Json) -> Json:
        group = self.state.groups.get(str(given["usergroup"]))
        if group is None or (group.disabled and not truth(given.get("include_disabled"))):
            raise Refused("no_such_subteam")
        return {"users": sorted(group.users)}


def _shown(group: UserGroup, given: Json) -> Json:
    users = {"users": sorted(group.users)} if truth(given.get("include_users")) else {}
    count = {"user_count": len(group.users)} if truth(given.get("include_count")) else {}
    known = {"id": group.ident, "team_id": TEAM, "is_usergroup": True, "name": group.handle.title()}
    return {**known, "handle": group.handle, "date_delete": int(group.disabled), **users, **count}
