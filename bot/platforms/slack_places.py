"""What Slack says of channels: whose they are, what the bot lacks there, and which user groups there are."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.places import Place
from bot.platforms import SendError
from bot.platforms.slack_answers import part, rows
from bot.platforms.slack_refusals import ABSENT, ARCHIVED, RESTRICTED, Refused
from bot.platforms.slack_remembering import Remembered
from bot.platforms.slack_web import SlackWeb
from claims.clock import Clock

LASTING = timedelta(minutes=1)
"""So long what Slack said of a channel or of user groups is taken for true; events are looked at anew."""
CHANNELS = 500
"""Of so many channels it is remembered."""

_UNKNOWN = ("channel_not_found", "channel_is_limited_access")
_NO_GROUPS = "plan_upgrade_required"


class Places:
    """Asks of channels, and remembers for a little while."""

    def __init__(self, web: SlackWeb, clock: Clock) -> None:
        """Keep whom to ask."""
        self._web = web
        self._workspace: str | None = None
        self._channels = Remembered(self._channel, clock, lasting=LASTING, most=CHANNELS)
        self._groups = Remembered(self._usergroups, clock, lasting=LASTING, most=1)

    def belong(self, team: str) -> None:
        """Note the team whose app this is."""
        self._workspace = f"slack:{team}"

    async def of(self, channel: str, *, anew: bool = False) -> Place | None:
        """Return a channel, or None where the bot sees none of that id.

        `anew` it is asked about whatever was said of late.

        Raises:
            SendError: it cannot be asked now.

        """
        if anew:
            self._channels.forget(channel)
        found = await self._channels.of(channel)
        if found is None or found.get("is_im") or found.get("is_mpim"):
            return None
        groups = await self._groups.of("")
        roles = None if groups is None else dict.fromkeys(groups, True)
        return Place(f"slack:{channel}", self._workspace, shut=shut(found), roles=roles, calls=True)

    async def handle(self, group: str) -> str:
        """Return how people call a user group, such as `@editors`, or nothing where that is not known."""
        return (await self._groups.of("") or {}).get(group, "")

    def forget(self, channel: str) -> None:
        """Ask of a channel again: it is not as it was."""
        self._channels.forget(channel)

    def forget_groups(self) -> None:
        """Ask of the user groups again."""
        self._groups.forget("")

    async def _channel(self, channel: str) -> Mapping[str, Any] | None:
        try:
            return part(await self._web.call("conversations.info", channel=channel), "channel")
        except Refused as error:
            if error.code in _UNKNOWN:
                return None
            raise

    async def _usergroups(self, _every: str) -> Mapping[str, str] | None:
        """Return how the user groups are called, by id; None where the bot may not see them.

        A bot may always mention them.
        """
        try:
            told = await self._web.call("usergroups.list")
        except SendError as error:
            return {} if isinstance(error, Refused) and error.code == _NO_GROUPS else None
        return {str(each.get("id")): f"@{each.get('handle')}" for each in rows(told, "usergroups")}


def shut(channel: Mapping[str, Any]) -> str:
    """Return what keeps the bot from posting in a channel, a sentence, or nothing where it may.

    https://docs.slack.dev/reference/objects/conversation-object
    """
    if channel.get("is_archived") or channel.get("is_frozen"):
        return ARCHIVED
    if not channel.get("is_member"):
        return ABSENT
    if channel.get("is_read_only") or channel.get("is_thread_only"):
        return RESTRICTED
    return ""
