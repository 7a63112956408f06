"""The team, people, user groups, channels and files of the Slack on loopback.

https://docs.slack.dev/reference/objects/user-object, /conversation-object, /usergroup-object, /file-object.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]

TEAM, OTHER_TEAM = "T0", "T0OTHER"
APP, BOT, BOT_ID = "A0", "U0BOT", "B0"
READER, ADMIN, OWNER, MAKER, EDITOR = "U0READER", "U0ADMIN", "U0OWNER", "U0MAKER", "U0EDITOR"
GUEST, LONE_GUEST, STRANGER, OTHER_BOT = "U0GUEST", "U0LONE", "U0STRANGER", "U0MACHINE"
"""People: plain members but for what their names say; the maker created the sample channels, the editor is in
the user group, the lone guest may be in one channel only, the stranger is of another team."""
EDITORS = "S0EDITORS"
"""The user group."""


class Kind(StrEnum):
    """What a conversation is, as `types` of users.conversations names it."""

    PUBLIC = "public_channel"
    PRIVATE = "private_channel"
    DIRECT = "im"


HISTORY = {Kind.PUBLIC: "channels:history", Kind.PRIVATE: "groups:history", Kind.DIRECT: "im:history"}
READ = {Kind.PUBLIC: "channels:read", Kind.PRIVATE: "groups:read", Kind.DIRECT: "im:read"}
"""The scope that lets an app read such a conversation's messages, or know of it."""


@dataclass
class Member:
    """Somebody whom the team sees."""

    ident: str
    name: str
    team: str = TEAM
    admin: bool = False
    owner: bool = False
    guest: bool = False
    """Of several channels."""
    lone: bool = False
    """A guest of one channel."""
    bot: bool = False
    deleted: bool = False
    locale: str = "en-US"
    zone: str = "Etc/UTC"

    def shown(self, *, with_locale: bool = False) -> Json:
        """Return the user as users.info does; of other teams it says no roles."""
        profile = {"real_name": self.name.title(), "display_name": self.name, "team": self.team}
        who = {"id": self.ident, "team_id": self.team, "name": self.name, "deleted": self.deleted}
        known = {**who, "real_name": self.name.title(), "tz": self.zone, "profile": profile, "updated": 0}
        locale = {"locale": self.locale} if with_locale else {}
        if self.team != TEAM:
            return {**known, **locale, "is_stranger": True, "is_bot": self.bot, "is_app_user": False}
        return {
            **known,
            **locale,
            "is_admin": self.admin or self.owner,
            "is_owner": self.owner,
            "is_primary_owner": False,
            "is_restricted": self.guest or self.lone,
            "is_ultra_restricted": self.lone,
            "is_bot": self.bot,
            "is_app_user": False,
        }


@dataclass
class UserGroup:
    """A user group of the team, as `@editors`."""

    ident: str
    handle: str
    users: set[str] = field(default_factory=set)
    disabled: bool = False


@dataclass
class Channel:
    """A channel, or direct messages of the bot with one person."""

    ident: str
    name: str
    kind: Kind = Kind.PUBLIC
    creator: str = MAKER
    members: set[str] = field(default_factory=set)
    archived: bool = False
    person: str = ""
    """The other one of direct messages."""
    shared: bool = False
    """With another team."""

    def shown(self, *, with_members: bool = False) -> Json:
        """Return the conversation as conversations.info does to the bot."""
        known = {"id": self.ident, "created": 1_700_000_000, "is_archived": self.archived, "updated": 0}
        if self.kind is Kind.DIRECT:
            return {**known, "is_im": True, "user": self.person, "is_org_shared": False, "priority": 0}
        count = {"num_members": len(self.members)} if with_members else {}
        return {
            **known,
            **count,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind is Kind.PUBLIC,
            "is_group": False,
            "is_im": False,
            "is_mpim": False,
            "is_private": self.kind is Kind.PRIVATE,
            "is_general": False,
            "is_shared": self.shared,
            "is_ext_shared": self.shared,
            "is_org_shared": False,
            "is_member": BOT in self.members,
            "creator": self.creator,
            "context_team_id": TEAM,
        }


@dataclass
class File:
    """What was uploaded; `channel` is "" until it is shared, and for ever where only messages show it."""

    ident: str
    name: str
    length: int
    alt: str = ""
    content: bytes | None = None
    title: str = ""
    channel: str = ""
    thread: str = ""
    complete: bool = False
    """The last call about it was made."""
    shown: list[str] = field(default_factory=list)
    """Channels in which a message has it as a picture."""

    @property
    def text(self) -> str:
        """Return its content, as text."""
        return (self.content or b"").decode()


def sample_members() -> dict[str, Member]:
    """Return one person of each sort."""
    people = (
        Member(BOT, "claimwatch", bot=True),
        Member(READER, "reader"),
        Member(ADMIN, "admin", admin=True),
        Member(OWNER, "owner", owner=True),
        Member(MAKER, "maker"),
        Member(EDITOR, "editor"),
        Member(GUEST, "guest", guest=True),
        Member(LONE_GUEST, "lone", lone=True),
        Member(STRANGER, "stranger", OTHER_TEAM),
        Member(OTHER_BOT, "machine", bot=True),
    )
    return {member.ident: member for member in people}


def sample_channels() -> dict[str, Channel]:
    """Return channels with everybody, with and without the bot, public, private and archived."""
    team = {READER, ADMIN, OWNER, MAKER, EDITOR, GUEST, OTHER_BOT}
    channels = (
        Channel("C0ALERTS", "alerts", members={*team, LONE_GUEST, BOT}),
        Channel("C0DIGEST", "digest", members={*team, BOT}),
        Channel("C0OTHER", "other", members=team.copy()),
        Channel("C0OLD", "old", members={*team, BOT}, archived=True),
        Channel("C0DESK", "desk", Kind.PRIVATE, members={MAKER, ADMIN, EDITOR, BOT}),
        Channel("C0SECRET", "secret", Kind.PRIVATE, members={OWNER}),
        Channel("C0SHARED", "shared", members={*team, STRANGER, BOT}, shared=True),
    )
    return {channel.ident: channel for channel in channels}


def sample_groups() -> dict[str, UserGroup]:
    """Return the one user group."""
    return {EDITORS: UserGroup(EDITORS, "editors", {EDITOR})}
