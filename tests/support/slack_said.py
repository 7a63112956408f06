"""What Slack takes for a message: its text, blocks and metadata, with their limits.

https://docs.slack.dev/reference/methods/chat.postMessage and /messaging/message-metadata.
"""

import json
import re
from typing import Any

from tests.support.slack_blocks import refusal_of
from tests.support.slack_http import Json, Refused, parsed

MAX_TEXT, MAX_EDITED_TEXT = 40_000, 4_000
_LOOKS = ("parse", "link_names", "mrkdwn", "unfurl_links", "unfurl_media", "reply_broadcast")
_EVENT_TYPE = re.compile(r"\w[\w.-]{0,254}")
_MAX_METADATA = 16_000
"""Bytes of a message's metadata; an app may have no more than that in each."""


def message_of(body: Json, *, longest: int = MAX_TEXT) -> dict[str, Any]:
    """Return what a body says a message is to be.

    Raises:
        Refused: Slack would not take it, or it has blocks but no text for notifications and screen readers.

    """
    text, blocks = body.get("text") or "", parsed(body.get("blocks"), "blocks")
    if not isinstance(text, str):
        raise Refused("invalid_arguments", "a text that is none")
    if not text.strip():
        raise Refused("no_text", "blocks without a text" if blocks else "neither text nor blocks")
    if len(text) > longest:
        raise Refused("msg_too_long", f"a text of {len(text)} characters")
    if blocks is not None and (code := refusal_of(blocks)):
        raise Refused(code, code.words)
    said: dict[str, Any] = {"text": text, **({"blocks": blocks} if blocks else {})}
    if "metadata" in body:
        said["metadata"] = _metadata(parsed(body["metadata"], "metadata"))
    return said | {look: body[look] for look in _LOOKS if look in body}


def _metadata(given: object) -> Json:
    match given:
        case {**nothing} if not nothing:
            return {}
        case {"event_type": str(kind), "event_payload": dict(payload), **rest} if not rest:
            if not _EVENT_TYPE.fullmatch(kind):
                raise Refused("invalid_metadata_format", f"metadata of the event type {kind!r}")
            if len(json.dumps(payload).encode()) > _MAX_METADATA:
                raise Refused("metadata_too_large", f"metadata of more than {_MAX_METADATA} bytes")
            return {"event_type": kind, "event_payload": payload}
    raise Refused("invalid_metadata_format", "metadata without event_type and event_payload alone")
