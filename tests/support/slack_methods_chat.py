"""Messages of the bot on the Slack on loopback: https://docs.slack.dev/reference/methods (chat.*)."""

import json
from typing import Any

from tests.support.slack_blocks import refusal_of
from tests.support.slack_http import Json, Refused, parsed
from tests.support.slack_methods import Method, truth
from tests.support.slack_methods_files import PICTURES
from tests.support.slack_places import BOT, Channel
from tests.support.slack_said import MAX_EDITED_TEXT, message_of
from tests.support.slack_shapes import walk
from tests.support.slack_state import SlackState

_SAID = "text blocks metadata parse link_names mrkdwn unfurl_links unfurl_media"


class ChatMethods:
    """What `chat.*` does."""

    def __init__(self, state: SlackState) -> None:
        self.state = state
        self._carried: dict[tuple[str, str], str] = {}

    def methods(self) -> dict[str, Method]:
        """Return the methods by their names."""
        return {
            "chat.postMessage": Method(
                self._post, "channel", f"{_SAID} thread_ts reply_broadcast", "chat:write", json=True
            ),
            "chat.update": Method(
                self._update,
                "channel ts",
                "text blocks metadata parse link_names reply_broadcast",
                "chat:write",
                json=True,
            ),
            "chat.postEphemeral": Method(
                self._whisper,
                "channel user",
                "text blocks parse link_names thread_ts",
                "chat:write",
                json=True,
            ),
            "chat.unfurl": Method(
                self._unfurl, "unfurls", "channel ts unfurl_id source", "links:write", json=True
            ),
            "chat.getPermalink": Method(self._permalink, "channel message_ts"),
        }

    def _open(self, channel: str) -> Channel:
        """Return a channel where the bot may write.

        Raises:
            Refused: the bot is not in it, or it is archived.

        """
        place = self.state.found(channel)
        if place.archived:
            raise Refused("is_archived")
        if not self.state.hears(place.ident):
            raise Refused("not_in_channel")
        return place

    async def _post(self, given: Json) -> Json:
        wanted = str(given["channel"])
        named = {place.name: place.ident for place in self.state.channels.values() if place.name}
        if wanted in self.state.members:
            wanted = self.state.direct(wanted).ident
        place = self._open(named.get(wanted.removeprefix("#"), wanted))
        said = message_of(given)
        self._check_pictures(place.ident, said)
        thread = str(given.get("thread_ts") or "")
        if thread:
            self._check_thread(place.ident, thread)
            said["thread_ts"] = thread
        if truth(said.pop("reply_broadcast", False)):
            if not thread:
                raise Refused("invalid_arguments", "reply_broadcast without thread_ts")
            said["reply_broadcast"] = True
        message = self.state.keep(place.ident, BOT, said.pop("text"), **said)
        ts = message["ts"]
        if metadata := message.get("metadata"):
            first = self._carried.setdefault((place.ident, json.dumps(metadata, sort_keys=True)), ts)
            if first != ts:
                await self.state.note("repeat", channel=place.ident, ts=ts, first=first, payload=given)
        await self.state.note("message", channel=place.ident, ts=ts, thread=thread, payload=given)
        return {"channel": place.ident, "ts": ts, "message": shown(message)}

    def _check_pictures(self, channel: str, said: Json) -> None:
        """Look whether each picture is a file that is uploaded, and that Slack has looked at by now.

        https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object: a picture, to which
        whoever posts it has access; how long Slack looks at it, it does not say.
        """
        idents = [
            node["slack_file"].get("id") for node in walk(said.get("blocks", [])) if "slack_file" in node
        ]
        for file in (self.state.uploads.get(str(ident)) for ident in idents):
            if file is None or not file.complete or not file.name.lower().endswith(PICTURES):
                raise Refused("invalid_blocks", "a picture that is no file, none of Slack's, or not complete")
            if self.state.unready:
                self.state.unready -= 1
                raise Refused("invalid_blocks", errors=["invalid slack file"])
            file.shown.append(channel)

    def _check_thread(self, channel: str, thread: str) -> None:
        head = self.state.message(channel, thread)
        if head is not None and head.get("thread_ts", thread) != thread:
            raise Refused("invalid_arguments", "thread_ts of a reply, not of its parent")

    async def _update(self, given: Json) -> Json:
        channel, ts = str(given["channel"]), str(given["ts"])
        self._open(channel)
        message = self.state.message(channel, ts)
        if message is None:
            raise Refused("message_not_found")
        if message["user"] != BOT:
            raise Refused("cant_update_message", "an edit of a message of somebody else")
        said = message_of(given, longest=MAX_EDITED_TEXT)
        self._check_pictures(channel, said)
        message.pop("blocks", None)
        message.update({"parse": "client"} | said)
        if not message.get("metadata", True):
            del message["metadata"]
        message["edits"] += 1
        await self.state.note("edit", channel=channel, ts=ts, payload=given)
        return {"channel": channel, "ts": ts, "text": message["text"], "message": shown(message)}

    async def _whisper(self, given: Json) -> Json:
        place, person = self._open(str(given["channel"])), str(given["user"])
        if person not in place.members:
            raise Refused("user_not_in_channel")
        said: dict[str, Any] = message_of(given)
        if thread := given.get("thread_ts"):
            said["thread_ts"] = str(thread)
        message = self.state.whisper(place.ident, person, said.pop("text"), **said)
        await self.state.note("ephemeral", channel=place.ident, to=person, payload=given)
        return {"message_ts": message["ts"]}

    async def _unfurl(self, given: Json) -> Json:
        unfurls, message = parsed(given["unfurls"], "unfurls"), self._linking(given)
        if not isinstance(unfurls, dict):
            raise Refused("invalid_unfurls_format", "unfurls that are none")
        for address, look in unfurls.items():
            if address not in message.get("links", ()):
                raise Refused("cannot_unfurl_url", "an address that was not told of")
            if set(look) - {"blocks", "preview"}:
                raise Refused("cannot_parse_attachment", "an unfurl of more than blocks")
            if code := refusal_of(look.get("blocks")):
                raise Refused(code, code.words)
            # https://github.com/slackapi/java-slack-sdk/issues/948
            if any(block["type"] == "rich_text" for block in look.get("blocks") or ()):
                raise Refused("invalid_blocks", "rich text in an unfurl")
        message["unfurls"] = {**message.get("unfurls", {}), **unfurls}
        await self.state.note("unfurl", links=sorted(unfurls), payload=unfurls)
        return {}

    def _linking(self, given: Json) -> Json:
        """Return the message whose links a call speaks of, by its pair of arguments.

        Raises:
            Refused: there is no such pair, or no such message.

        """
        match given:
            case {"unfurl_id": ident, "source": "composer" | "conversations_history", **rest}:
                message = self.state.offers.get(ident)
            case {"channel": channel, "ts": ts, **rest}:
                message = self.state.message(channel, ts)
            case _:
                raise Refused("missing_unfurl_id", "neither unfurl_id with source nor channel with ts")
        if set(rest) - {"unfurls"}:
            raise Refused("invalid_arguments", "unfurl_id with source, and channel with ts")
        if message is None:
            raise Refused("cannot_find_message", "links that were not told of")
        return message

    async def _permalink(self, given: Json) -> Json:
        place = self.state.found(given["channel"])
        message = self.state.message(place.ident, given["message_ts"])
        if message is None:
            raise Refused("message_not_found")
        return {"channel": place.ident, "permalink": self.state.permalink(message)}


def shown(message: Json, *, with_metadata: bool = False) -> Json:
    """Return a message as Slack tells of it."""
    own = {"channel", "edits", "links", "unfurls", "hooked", *(() if with_metadata else ("metadata",))}
    return {name: value for name, value in message.items() if name not in own}
