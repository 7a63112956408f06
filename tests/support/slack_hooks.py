"""Addresses for answers (`response_url`) of the Slack on loopback.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses: five answers in 30 minutes.
"""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.slack_http import Json, Refused, arguments
from tests.support.slack_places import BOT
from tests.support.slack_said import message_of
from tests.support.slack_state import SlackState

ANSWERS, LIFE = 5, 30 * 60.0
_KNOWN = frozenset(
    {
        *("text", "blocks", "metadata", "parse", "link_names", "unfurl_links", "unfurl_media"),
        *("response_type", "replace_original", "delete_original", "thread_ts"),
    }
)


@dataclass
class Hook:
    """One address: who may be answered, and where."""

    ident: str
    url: str
    by: str
    channel: str
    made_at: float
    thread: str = ""
    source: Json | None = None
    """The message whose control was used, ephemeral or not."""
    answered: float | None = None
    """Seconds until the first answer."""
    answers: list[Json] = field(default_factory=list)
    """What came, in order: bodies as they were sent."""
    shown: list[Json] = field(default_factory=list)
    """The messages that came of it, as they stand."""


class Hooks:
    """Makes them, and takes what comes."""

    def __init__(self, state: SlackState) -> None:
        self._state = state
        self.life = LIFE
        """Seconds for which an address is good."""
        self._open: dict[str, Hook] = {}

    def open(self, by: str, channel: str, *, thread: str = "", source: Json | None = None) -> Hook:
        """Make an address for what a person did in a channel, perhaps with a message."""
        ident = str(self._state.number())
        url = f"{self._state.origin}/commands/{ident}"
        hook = Hook(ident, url, by, channel, self._state.clock(), thread, source)
        self._open[ident] = hook
        return hook

    async def take(self, request: web.Request) -> web.Response:
        """Take an answer, and show it."""
        hook = self._open.get(request.match_info["id"])
        if hook is None:
            self._state.breach("response_url: there is no such address")
            return web.Response(status=404, text="no_team")
        try:
            body = await arguments(request)
            self._check(hook, body)
            message = self._shown(hook, body)
        except Refused as refused:
            if refused.breach:
                self._state.breach(f"response_url: {refused.breach} ({refused.code})")
            return web.Response(status=404 if refused.code.endswith("_url") else 400, text=refused.code)
        if hook.answered is None:
            hook.answered = self._state.clock() - hook.made_at
        hook.answers.append(body)
        if message is not None and not any(message is each for each in hook.shown):
            hook.shown.append(message)
        await self._state.note("answer", channel=hook.channel, to=hook.by, payload=body, message=message)
        return web.Response(text="ok")

    def _check(self, hook: Hook, body: Json) -> None:
        if len(hook.answers) >= ANSWERS:
            raise Refused("used_url", f"more than {ANSWERS} answers")
        if self._state.clock() - hook.made_at > self.life:
            raise Refused("expired_url", f"an answer after {self.life:.0f} s")
        if strange := set(body) - _KNOWN:
            raise Refused("invalid_payload", f"unknown fields: {', '.join(sorted(strange))}")
        if body.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
            raise Refused("invalid_payload", f"response_type {body['response_type']}")
        if hook.source is not None and not {"replace_original", "delete_original"} & set(body):
            # Whether it is replaced then depends on how old its controls are: better say it.
            self._state.breach("response_url: neither replace_original nor delete_original of a message")

    def _shown(self, hook: Hook, body: Json) -> Json | None:
        """Do what an answer says, and return the message that came of it."""
        if body.get("delete_original"):
            self._state.delete(self._original(hook))
            return None
        said = message_of(body)
        if body.get("replace_original"):
            original = self._original(hook)
            original.pop("blocks", None)
            original.update(said, edits=original["edits"] + 1)
            return original
        thread = body.get("thread_ts") or ""
        more: dict[str, Any] = {**said, **({"thread_ts": thread} if thread else {})}
        text = more.pop("text")
        if body.get("response_type") == "in_channel":
            return self._state.keep(hook.channel, BOT, text, **more)
        return self._state.whisper(hook.channel, hook.by, text, hooked=True, **more)

    @staticmethod
    def _original(hook: Hook) -> Json:
        if hook.source is None:
            raise Refused("invalid_payload", "there is no message to replace or delete")
        return hook.source
