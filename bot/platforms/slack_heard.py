"""What Slack tells of somebody who did something, read into one record.

Shapes are those of https://docs.slack.dev/reference/interaction-payloads and of
https://docs.slack.dev/interactivity/implementing-slash-commands.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bot.render.slack_views import Asked, where_of

Body = Mapping[str, Any]

_LINKED = re.compile(r"<(https?://[^|>]+)(?:\|[^>]*)?>")
_NAMED = re.compile(r"<[@#!][^|>]*(?:\|([^>]*))?>")
_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal on which something was used; three can lie on each other.

    See https://docs.slack.dev/surfaces/modals (view stacks).
    """

    id: str
    below: str = ""
    """The id of the one that it lies on."""
    full: bool = False
    """None can be put on it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody did something: who, where, and by what they can be answered."""

    person: str
    team: str
    where: Asked
    trigger: str = field(default="", repr=False)
    """Opens a modal, once and within three seconds."""
    response_url: str = field(default="", repr=False)
    replaceable: bool = False
    """What was used stands on an answer that its asker alone sees."""
    modal: Modal | None = None
    home: bool = False
    """It was done in App Home, or in a modal that was opened from there."""
    said: tuple[str, ...] = field(default=(), repr=False)
    """All words of it, in which channels may be named."""


def typed(body: Body) -> Heard:
    """Return who typed a command; that works in channels alone, not in threads."""
    return Heard(
        str(body["user_id"]),
        str(body.get("team_id") or ""),
        Asked(str(body["channel_id"])),
        str(body["trigger_id"]),
        str(body["response_url"]),
        said=(str(body.get("text") or ""),),
    )


def used(body: Body) -> Heard:
    """Return who used a control: of a message, a modal or App Home (`block_actions`)."""
    view = body.get("view")
    if view:
        return in_view(body)
    container, message = body.get("container") or {}, body.get("message") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    thread = container.get("thread_ts") or message.get("thread_ts") or ""
    return Heard(
        *_who(body),
        Asked(str(channel), _thread(thread, container.get("message_ts") or message.get("ts"))),
        str(body["trigger_id"]),
        str(body.get("response_url") or ""),
        replaceable=bool(container.get("is_ephemeral")),
        said=tuple(_words(body.get("actions"))),
    )


def in_view(body: Body) -> Heard:
    """Return who is at a modal or App Home: uses a control, submits it or types into a menu."""
    view: Body = body["view"]
    below, root = view.get("previous_view_id") or "", view.get("root_view_id")
    home = view.get("type") == "home"
    where = Asked() if home else where_of(view)
    return Heard(
        *_who(body),
        where,
        str(body.get("trigger_id") or ""),
        modal=None if home else Modal(str(view["id"]), str(below), full=below not in ("", root)),
        home=home or not where.channel,
        said=tuple(_words([body.get("actions"), (view.get("state") or {}).get("values")])),
    )


def by_shortcut(body: Body) -> Heard:
    """Return who used a shortcut, which belongs to no channel unless it is one of a message."""
    message = body.get("message") or {}
    channel = (body.get("channel") or {}).get("id") or ""
    return Heard(
        *_who(body),
        Asked(str(channel), _thread(message.get("thread_ts"), message.get("ts"))),
        str(body["trigger_id"]),
        str(body.get("response_url") or ""),
        home=not channel,
    )


def mentioned(body: Body) -> Heard:
    """Return who mentioned the bot (`app_mention`), in a thread or not."""
    event: Body = body["event"]
    return Heard(
        str(event["user"]),
        str(event.get("user_team") or event.get("team") or body.get("team_id") or ""),
        Asked(str(event["channel"]), _thread(event.get("thread_ts"), event.get("ts"))),
        said=(str(event.get("text") or ""),),
    )


def after_mention(body: Body) -> str:
    """Return what was typed after the first mention of the bot, as Slack writes what is typed."""
    bots = [str(each.get("user_id")) for each in body.get("authorizations") or ()]
    text = str(body["event"].get("text") or "")
    ours = (found for found in _MENTION.finditer(text) if any(bot in found[0] for bot in bots))
    first = next(ours, None) or _MENTION.search(text)
    return (text[first.end() :] if first else text).strip(" \t\n,:")


def said(message: Body) -> dict[str, str]:
    """Return the `text` of a message with that of its previews, and the first `url` in it, if any.

    See https://docs.slack.dev/messaging/formatting-message-text (parsing).
    """
    previews = message.get("attachments") or ()
    texts = [_plain(str(message.get("text") or ""))]
    texts += [_plain(str(each.get(part) or "")) for each in previews for part in ("title", "text")]
    urls = [found[1] for found in _LINKED.finditer(str(message.get("text") or ""))]
    urls += _links(message.get("blocks") or ())
    urls += [str(each[part]) for each in previews for part in ("from_url", "title_link") if each.get(part)]
    values = {"text": "\n".join(filter(None, texts)), "url": unescape(next(iter(urls), ""))}
    return {name: value for name, value in values.items() if value}


def _plain(text: str) -> str:
    return unescape(_NAMED.sub(lambda found: found[1] or "", _LINKED.sub(r"\1", text))).strip()


def _links(blocks: object) -> Iterator[str]:
    """Yield the addresses in rich text, in order."""
    if isinstance(blocks, Mapping):
        if blocks.get("type") == "link" and blocks.get("url"):
            yield str(blocks["url"])
        blocks = list(blocks.values())
    if isinstance(blocks, list | tuple):
        for each in blocks:
            yield from _links(each)


def _words(held: object) -> Iterator[str]:
    """Yield all text in what was used or filled in."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, Mapping | list):
        for each in held.values() if isinstance(held, Mapping) else held:
            yield from _words(each)


def _who(body: Body) -> tuple[str, str]:
    user: Body = body["user"]
    return str(user["id"]), str(user.get("team_id") or (body.get("team") or {}).get("id") or "")


def _thread(thread: object, message: object) -> str:
    """Return the thread that a message is a reply in; the first message of a thread is in the channel."""
    return str(thread) if thread and thread != message else ""
