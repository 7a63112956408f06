"""What the app must be allowed on Slack, and why: each scope goes with what we call or are told of.

By https://docs.slack.dev/reference/methods/METHOD and https://docs.slack.dev/reference/events/EVENT. The app
asks for them in `config/slack-manifest.yaml`.
"""

from collections.abc import Iterable, Mapping

_PUBLIC, _PRIVATE, _DIRECT = "channels", "groups", "im"
"""Kinds of channels; each has scopes of its own."""


def _each(may: str, *kinds: str) -> frozenset[str]:
    return frozenset(f"{kind}:{may}" for kind in kinds)


_NONE: frozenset[str] = frozenset()
_POSTS = frozenset({"chat:write"})
_READS = _each("history", _PUBLIC, _PRIVATE, _DIRECT) | {"metadata.message:read"}
"""Of the metadata by which a message is found again: the scope that `include_all_metadata` takes."""
_GROUPS, _PEOPLE = frozenset({"usergroups:read"}), frozenset({"users:read"})

METHODS: Mapping[str, frozenset[str]] = {
    "apps.connections.open": _NONE,  # the app-level token, with connections:write
    "auth.test": _NONE,
    "chat.getPermalink": _NONE,
    "chat.postEphemeral": _POSTS,
    "chat.postMessage": _POSTS,
    "chat.unfurl": frozenset({"links:write"}),
    "chat.update": _POSTS,
    "conversations.history": _READS,
    "conversations.info": _each("read", _PUBLIC, _PRIVATE, _DIRECT),
    "conversations.open": frozenset({"im:write"}),
    "conversations.replies": _READS,
    "files_upload_v2": frozenset({"files:write"}),
    "usergroups.list": _GROUPS,
    "usergroups.users.list": _GROUPS,
    "users.conversations": _each("read", _PUBLIC, _PRIVATE),
    "users.info": _PEOPLE,
    "views.open": _NONE,
    "views.publish": _NONE,
    "views.push": _NONE,
    "views.update": _NONE,
}
"""What we call takes these of the bot's token."""

EVENTS: Mapping[str, frozenset[str]] = {
    "app_home_opened": _NONE,
    "app_mention": frozenset({"app_mentions:read"}),
    "app_uninstalled": _NONE,
    "channel_archive": _each("read", _PUBLIC),
    "channel_deleted": _each("read", _PUBLIC),
    "channel_left": _each("read", _PUBLIC),
    "channel_rename": _each("read", _PUBLIC),
    "channel_unarchive": _each("read", _PUBLIC),
    "group_archive": _each("read", _PRIVATE),
    "group_deleted": _each("read", _PRIVATE),
    "group_left": _each("read", _PRIVATE),
    "group_rename": _each("read", _PRIVATE),
    "group_unarchive": _each("read", _PRIVATE),
    "link_shared": frozenset({"links:read"}),
    "member_joined_channel": _each("read", _PUBLIC, _PRIVATE),
    "subteam_members_changed": _GROUPS,
    "subteam_updated": _GROUPS,
    "tokens_revoked": _NONE,
    "user_change": _PEOPLE,
}
"""What we are told of takes these."""

SCOPES = frozenset({"commands"}).union(*METHODS.values(), *EVENTS.values())
"""All that the bot's token must have; `commands` for commands and shortcuts."""

MEND = (
    "paste config/slack-manifest.yaml anew under App Manifest at https://api.slack.com/apps, then Install "
    "App, Reinstall"
)
"""How an app gets them."""


def lacking(granted: str | None) -> Iterable[str]:
    """Return the scopes that a token lacks, by `X-OAuth-Scopes` of any answer; none where it is not said.

    That header names them with commas between (https://docs.slack.dev/authentication/installing-with-oauth).
    """
    has = {each.strip() for each in (granted or "").split(",")}
    return sorted(SCOPES - has) if granted else ()
