"""What Discord's documentation says its API refuses about messages and threads, as sentences about a payload.

https://discord.com/developers/docs/resources/message#create-message, #embed-object-embed-limits and
#allowed-mentions-object; https://discord.com/developers/docs/resources/channel#start-thread-from-message.
Commands and components have files of their own beside this one.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.support.discord_components import V2, component_faults, every
from tests.support.discord_lengths import length, sized

Json = dict[str, Any]
THREAD_MINUTES = (60, 1440, 4320, 10080)


def message_faults(payload: Json, kept: Json | None = None) -> list[str]:
    """Return what Discord would refuse about the body of a message, or nothing.

    With `kept` the body is an edit of that message, and what it does not speak of stays.
    """
    return list(_message({**(kept or {}), **payload}, payload))


def thread_faults(payload: Json) -> list[str]:
    """Return what Discord would refuse about a thread to be started, or nothing."""
    faults = list(sized("name", payload.get("name"), 100))
    if payload.get("auto_archive_duration", 1440) not in THREAD_MINUTES:
        faults.append(f"auto_archive_duration: value must be one of {THREAD_MINUTES}")
    return faults


def careless(payload: Json) -> list[str]:
    """Return what Discord takes, and a bot with manners never sends: mentions that are not chosen one by one.

    What is not said parses everything: #allowed-mentions-object, "default value".
    """
    words = any(component.get("content") for component in every(payload.get("components") or []))
    if not (payload.get("content") or payload.get("embeds") or words):
        return []
    if "allowed_mentions" not in payload:
        return ["allowed_mentions: not given, so whatever is quoted may ping"]
    parsed = (payload["allowed_mentions"] or {}).get("parse", [])
    return [f"allowed_mentions: parses all {', '.join(parsed)}"] if parsed else []


def _message(whole: Json, given: Json) -> Iterator[str]:
    yield from sized("content", whole.get("content") or "", 2000, least=0)
    yield from sized("nonce", str(whole.get("nonce") or ""), 25, least=0)
    embeds, components = whole.get("embeds") or [], whole.get("components") or []
    v2 = bool((whole.get("flags") or 0) & V2)
    if len(embeds) > 10:
        yield "embeds: must be 10 or fewer in length"
    if v2 and (embeds or whole.get("content")):
        yield "flags: content and embeds cannot be used with IS_COMPONENTS_V2"
    if not (embeds or whole.get("content") or whole.get("attachments") or (v2 and components)):
        yield "content: cannot send an empty message"
    for i, embed in enumerate(embeds):
        yield from _embed(f"embeds.{i}", embed, whole.get("attachments") or [])
    if sum(length(text) for embed in embeds for text in _texts(embed)) > 6000:
        yield "embeds: embed size exceeds maximum size of 6000"
    yield from component_faults(components, v2=v2)
    yield from _mentions(given.get("allowed_mentions") or {})
    attachments = whole.get("attachments") or []
    if len(attachments) > 10:
        yield "attachments: must be 10 or fewer in length"
    for i, attachment in enumerate(attachments):
        yield from sized(f"attachments.{i}.description", attachment.get("description") or "", 1024, least=0)


def _mentions(allowed: Json) -> Iterator[str]:
    parsed = allowed.get("parse", [])
    if set(parsed) - {"users", "roles", "everyone"}:
        yield "allowed_mentions.parse: unknown value"
    for kind in ("users", "roles"):
        chosen = allowed.get(kind) or []
        if chosen and kind in parsed:
            yield f"allowed_mentions.{kind}: mutually exclusive with parse {kind}"
        if len(chosen) > 100:
            yield f"allowed_mentions.{kind}: must be 100 or fewer in length"


def _texts(embed: Json) -> Iterator[str]:
    yield embed.get("title", "")
    yield embed.get("description", "")
    yield embed.get("author", {}).get("name", "")
    yield embed.get("footer", {}).get("text", "")
    for field in embed.get("fields", []):
        yield field.get("name", "")
        yield field.get("value", "")


def _embed(where: str, embed: Json, attachments: list[Json]) -> Iterator[str]:
    for part, most in (("title", 256), ("description", 4096)):
        if part in embed:
            yield from sized(f"{where}.{part}", embed[part], most, least=0)
    for part, name, most in (("author", "name", 256), ("footer", "text", 2048)):
        if part in embed:
            yield from sized(f"{where}.{part}.{name}", embed[part].get(name), most)
    if "url" in embed:
        yield from _address(f"{where}.url", embed["url"])
    if not 0 <= (embed.get("color") or 0) <= 0xFFFFFF:
        yield f"{where}.color: must be between 0 and 16777215"
    fields = embed.get("fields", [])
    if len(fields) > 25:
        yield f"{where}.fields: must be 25 or fewer in length"
    for i, field in enumerate(fields):
        yield from sized(f"{where}.fields.{i}.name", field.get("name"), 256)
        yield from sized(f"{where}.fields.{i}.value", field.get("value"), 1024)
    yield from _pictures(where, embed, attachments)
    if not any(text.strip() for text in _texts(embed)) and not {"image", "thumbnail"} & set(embed):
        yield f"{where}: cannot send an empty message"


def _pictures(where: str, embed: Json, attachments: list[Json]) -> Iterator[str]:
    pictures = [embed[part]["url"] for part in ("image", "thumbnail") if part in embed]
    names = {attachment.get("filename") for attachment in attachments}
    for url in pictures:
        if not url.startswith("attachment://"):
            yield from _address(f"{where}.image.url", url)
        elif url.removeprefix("attachment://") not in names:
            yield f"{where}.image.url: no attachment has this name"


def _address(where: str, url: object) -> Iterator[str]:
    yield from sized(where, url, 2048)
    parts = urlsplit(str(url))
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", str(url)):
        yield f"{where}: not a well formed URL"
