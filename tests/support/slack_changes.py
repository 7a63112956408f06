"""What becomes of channels and people on the Slack on loopback, of which the bot is told.

https://docs.slack.dev/reference/events (channel_archive, channel_left, user_change and others).
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from tests.support.slack_http import Json
from tests.support.slack_people import SlackPeople
from tests.support.slack_places import BOT, MAKER, TEAM, Channel, Kind


class SlackChanges(SlackPeople):
    """What its members do to the workspace; afterwards the bot may do something or nothing."""

    async def invite_bot(self, channel: str, *, by: str = MAKER) -> None:
        """Have the bot join a channel."""
        place = self._open_place(channel, by)
        place.members.add(BOT)
        kind = "G" if place.kind is Kind.PRIVATE else "C"
        joined = {"user": BOT, "channel": channel, "channel_type": kind, "team": TEAM, "inviter": by}
        await self._hears({"type": "member_joined_channel", **joined}, place)

    async def remove_bot(self, channel: str, *, by: str = MAKER) -> None:
        """Take the bot out of a channel."""
        place = self._place(channel, by)
        place.members.discard(BOT)
        await self._hears({"type": _named(place, "left"), "channel": channel, "actor_id": by}, place)

    async def archive_channel(self, channel: str, *, by: str = MAKER) -> None:
        """Archive a channel."""
        place = self._open_place(channel, by)
        place.archived = True
        await self._changed_place(place, "archive", channel=channel, user=by)

    async def unarchive_channel(self, channel: str, *, by: str = MAKER) -> None:
        """Open an archived channel again, in which the bot then no longer is."""
        place = self._place(channel, by)
        place.archived = False
        await self._changed_place(place, "unarchive", channel=channel, user=by)

    async def delete_channel(self, channel: str, *, by: str = MAKER) -> None:
        """Delete a channel with all that was said in it."""
        place = self._place(channel, by)
        del self.channels[channel]
        for message in [*self.messages, *self.ephemeral]:
            if message["channel"] == channel:
                self.delete(message)
        await self._changed_place(place, "deleted", channel=channel, actor_id=by)

    async def rename_channel(self, channel: str, name: str, *, by: str = MAKER) -> None:
        """Give a channel another name."""
        place = self._open_place(channel, by)
        place.name = name
        known = {"id": channel, "name": name, "name_normalized": name, "created": 1_700_000_000}
        await self._changed_place(place, "rename", channel=known)

    async def change_member(self, person: str, **changes: Any) -> None:
        """Change what somebody is: `admin`, `guest`, `locale` and the other fields of `Member`."""
        member = self.members[person] = replace(self._member(person), **changes)
        await self._hears({"type": "user_change", "user": member.shown(with_locale=True), "cache_ts": 0})

    async def change_group(self, group: str, people: Collection[str]) -> None:
        """Put other people into a user group."""
        known = self.groups[group]
        added, removed = sorted(set(people) - known.users), sorted(known.users - set(people))
        known.users = set(people)
        changed = {"added_users": added, "removed_users": removed, "team_id": TEAM}
        await self._hears({"type": "subteam_members_changed", "subteam_id": group, **changed})

    async def _changed_place(self, place: Channel, what: str, **about: Any) -> None:
        """Tell the bot of a change to a channel that it is in."""
        if BOT in place.members:
            event: Json = {"type": _named(place, what), **about}
            await self._hears(event, place)


def _named(place: Channel, what: str) -> str:
    return f"{'group' if place.kind is Kind.PRIVATE else 'channel'}_{what}"
