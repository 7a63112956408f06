"""Servers, channels, threads, roles and members of the Discord on loopback, and what each member may do.

https://discord.com/developers/docs/topics/permissions and /topics/threads#permissions.
"""

from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any

Json = dict[str, Any]
WHEN = "2026-11-22T00:00:00+00:00"


class May(IntFlag):
    """The permissions that matter to a bot like ours."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38


NOTHING = May(0)
EVERYTHING = ~NOTHING
READING = May.VIEW_CHANNEL | May.READ_MESSAGE_HISTORY | May.USE_APPLICATION_COMMANDS
POSTING = (
    May.VIEW_CHANNEL
    | May.SEND_MESSAGES
    | May.EMBED_LINKS
    | May.ATTACH_FILES
    | May.READ_MESSAGE_HISTORY
    | May.CREATE_PUBLIC_THREADS
    | May.SEND_MESSAGES_IN_THREADS
)
"""What an invitation gives the bot."""


@dataclass
class Role:
    """A role of a server; the role with the server's own id is everybody's."""

    ident: int
    name: str
    may: May = NOTHING
    mentionable: bool = False

    def shown(self) -> Json:
        """Return it as the API does."""
        look = {"color": 0, "hoist": False, "managed": False, "position": 0, "flags": 0}
        who = {"id": str(self.ident), "name": self.name, "mentionable": self.mentionable}
        return {**look, **who, "permissions": str(int(self.may))}


@dataclass
class Member:
    """Somebody in one server."""

    ident: int
    name: str
    roles: tuple[int, ...] = ()
    locale: str = "en-US"
    bot: bool = False

    @property
    def user(self) -> Json:
        """Return who it is, on any server."""
        who = {"id": str(self.ident), "username": self.name, "discriminator": "0"}
        return {**who, "avatar": None, "global_name": None, **({"bot": True} if self.bot else {})}

    def shown(self) -> Json:
        """Return the member as the API does."""
        joined = {"joined_at": WHEN, "deaf": False, "mute": False, "flags": 0}
        return {"user": self.user, "roles": [str(role) for role in self.roles], **joined}


@dataclass
class Channel:
    """A text channel, or a thread (kind 11) of one."""

    ident: int
    name: str
    kind: int = 0
    parent: int | None = None
    """Of a thread."""
    denied: dict[int, May] = field(default_factory=dict)
    """What is taken away here, by the id of a role or a member."""
    allowed: dict[int, May] = field(default_factory=dict)
    """What is given here, by the id of a member."""
    archived: bool = False
    locked: bool = False
    minutes: int = 1440
    """Without a message until a thread is archived."""
    messages: int = 0

    def shown(self, guild: int, bot: int) -> Json:
        """Return it as the API does."""
        known = {"id": str(self.ident), "guild_id": str(guild), "type": self.kind, "name": self.name}
        if self.parent is None:
            taken = [
                {"id": str(ident), "type": int(ident == bot), "allow": "0", "deny": str(int(may))}
                for ident, may in self.denied.items()
            ]
            taken += [
                {"id": str(ident), "type": 1, "allow": str(int(may)), "deny": "0"}
                for ident, may in self.allowed.items()
            ]
            return {**known, "position": 0, "permission_overwrites": taken, "parent_id": None}
        state = {"archived": self.archived, "locked": self.locked, "auto_archive_duration": self.minutes}
        counts = {"message_count": self.messages, "member_count": 1, "owner_id": str(bot)}
        about = {"parent_id": str(self.parent), "thread_metadata": {**state, "archive_timestamp": WHEN}}
        return {**known, **about, **counts}


@dataclass
class Guild:
    """A server. Its people: a plain reader, a manager of it all, and one with the role Editors."""

    ident: int
    name: str
    channels: dict[int, Channel]
    roles: dict[int, Role]
    members: dict[int, Member]
    bot: Member
    system_channel: int | None = None
    locale: str = "en-US"
    threads: dict[int, Channel] = field(default_factory=dict)

    @property
    def reader(self) -> Member:
        return self.members[self.ident + 401]

    @property
    def manager(self) -> Member:
        return self.members[self.ident + 402]

    @property
    def editor(self) -> Member:
        return self.members[self.ident + 403]

    @property
    def owner(self) -> int:
        """Return the id of whoever owns it and may do everything, who takes part in nothing."""
        return self.ident + 404

    @property
    def editors(self) -> Role:
        """Return the role that the editor has."""
        return self.roles[self.ident + 201]

    def staff(self) -> None:
        """Let the leads run the whole server, and the editors write in it."""
        self.roles[self.ident + 202].may |= May.MANAGE_GUILD
        self.editors.may |= May.SEND_MESSAGES

    def place(self, ident: int) -> Channel | None:
        """Return a channel or a thread by its id."""
        return self.channels.get(ident) or self.threads.get(ident)

    def may(self, member: Member, channel: int | None = None) -> May:
        """Return what a member may do, in a channel or thread or in the server at large."""
        may = self.roles[self.ident].may
        for role in member.roles:
            may |= self.roles[role].may
        if May.ADMINISTRATOR in may:
            return EVERYTHING
        place = self.place(channel) if channel is not None else None
        if place is not None and place.parent is not None:
            place = self.channels.get(place.parent)
        if place is not None:
            for ident in (self.ident, *member.roles, member.ident):
                may &= ~place.denied.get(ident, NOTHING)
            may |= place.allowed.get(member.ident, NOTHING)
        return may

    def shown(self) -> Json:
        """Return what GUILD_CREATE says, which to a bot without more intents names itself alone."""
        known = {"id": str(self.ident), "name": self.name, "member_count": len(self.members) + 1}
        system = str(self.system_channel) if self.system_channel is not None else None
        about = {"owner_id": str(self.owner), "preferred_locale": self.locale, "features": []}
        bot = self.bot.ident
        return {
            **known,
            **about,
            "system_channel_id": system,
            "system_channel_flags": 0,
            "roles": [role.shown() for role in self.roles.values()],
            "members": [self.bot.shown()],
            "channels": [channel.shown(self.ident, bot) for channel in self.channels.values()],
            "threads": [t.shown(self.ident, bot) for t in self.threads.values() if not t.archived],
            "emojis": [],
            "stickers": [],
        }


def sample_guild(
    ident: int, channels: tuple[int, ...], bot: Json, *, name: str = "Sample desk", locale: str = "en-US"
) -> Guild:
    """Return a server with text channels whose people (ids from `ident` + 401) are in no other."""
    everyone = Role(ident, "@everyone", READING)
    editors = Role(ident + 201, "Editors", mentionable=True)
    leads = May.MANAGE_GUILD | May.MANAGE_CHANNELS | May.SEND_MESSAGES
    managers = Role(ident + 202, "Desk leads", leads)
    own = Role(ident + 203, "Claimwatch", POSTING)
    people = (
        Member(ident + 401, "analyst", locale=locale),
        Member(ident + 402, "lead", (managers.ident,), locale),
        Member(ident + 403, "editor", (editors.ident,), locale),
    )
    return Guild(
        ident,
        name,
        {channel: Channel(channel, f"c{channel}") for channel in channels},
        {role.ident: role for role in (everyone, editors, managers, own)},
        {member.ident: member for member in people},
        Member(int(bot["id"]), bot["username"], (own.ident,), bot=True),
        system_channel=channels[0] if channels else None,
        locale=locale,
    )
