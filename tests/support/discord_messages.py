"""Messages and threads of the Discord on loopback.

https://discord.com/developers/docs/resources/message and /resources/channel.
"""

import mimetypes
import re
from typing import Any

from aiohttp import web

from tests.support.discord_components import V2
from tests.support.discord_http import Json, Refused, answer, body_and_files
from tests.support.discord_limits import careless, message_faults, thread_faults
from tests.support.discord_places import NOTHING, Channel, May
from tests.support.discord_state import BOT, EPHEMERAL, DiscordState

REMEMBERED = 300.0
"""Seconds for which a nonce is known: "the past few minutes"."""
MOST_THREADS = 1000
"""Active ones of a server: https://discord.com/developers/docs/topics/threads#active-archived-threads."""
_HAS_THREAD = 1 << 5
_KEPT = ("content", "embeds", "components", "attachments", "flags")
Files = dict[str, tuple[str, bytes]]


def write(state: DiscordState, message: Json, payload: Json, files: Files, where: str) -> None:
    """Put the body of a request into a message, new or old.

    Raises:
        Refused: a limit is not kept; the message is as it was.

    """
    kept = {part: message[part] for part in _KEPT if message[part]}
    if faults := message_faults(payload, kept):
        raise Refused(50035, faults)
    for fault in careless(payload):
        state.breach(f"{where}: {fault}")
    for part, empty in (("content", ""), ("embeds", []), ("components", [])):
        if part in payload:
            message[part] = payload[part] or empty
    message["flags"] |= (payload.get("flags") or 0) & V2
    if "attachments" in payload:
        message["attachments"] = [_attached(state, message, each, files) for each in payload["attachments"]]
    if "content" in payload:
        _call(state, message, payload)


def _attached(state: DiscordState, message: Json, given: Json, files: Files) -> Json:
    """Return an attachment that stays, or one that came with the request."""
    old = next((each for each in message["attachments"] if each["id"] == str(given["id"])), None)
    if old is not None:
        return {**old, **given, "id": old["id"]}
    if str(given["id"]) not in files:
        raise Refused(50035, [f"attachments: no file {given['id']}"])
    name, content = files[str(given["id"])]
    ident = state.next_id()
    state.files[ident] = content
    url = f"{state.origin}/attachments/{ident}/{name}"
    about = {"filename": name, "size": len(content), "url": url, "proxy_url": url}
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return {**given, "id": ident, **about, "content_type": kind}


def _call(state: DiscordState, message: Json, payload: Json) -> None:
    """Work out who is called: #allowed-mentions-object, and a role's own `mentionable`."""
    guild = state.home(int(message["channel_id"]))
    if guild is None:
        return
    allowed = payload.get("allowed_mentions") or {"parse": ["users", "roles", "everyone"]}
    parsed, content = allowed.get("parse", []), message["content"]
    anyone = May.MENTION_EVERYONE in guild.may(guild.bot, int(message["channel_id"]))
    message["mention_roles"] = [
        role
        for role in re.findall(r"<@&(\d+)>", content)
        if ("roles" in parsed or role in map(str, allowed.get("roles") or []))
        and int(role) in guild.roles
        and (guild.roles[int(role)].mentionable or anyone)
    ]
    message["mentions"] = [
        guild.members[int(user)].user
        for user in re.findall(r"<@!?(\d+)>", content)
        if ("users" in parsed or user in map(str, allowed.get("users") or [])) and int(user) in guild.members
    ]
    message["mention_everyone"] = "everyone" in parsed and "@everyone" in content


class MessageRoutes:
    """What the API does about messages and threads."""

    def __init__(self, state: DiscordState) -> None:
        self.state = state

    def routes(self, api: str) -> list[web.RouteDef]:
        """Return the routes below the address of the API."""
        channel = f"{api}/channels/{{channel}}"
        message = f"{channel}/messages/{{message}}"
        return [
            web.get(channel, self._channel),
            web.patch(channel, self._change),
            web.delete(channel, self._close),
            web.get(f"{channel}/messages", self._history),
            web.post(f"{channel}/messages", self._post),
            web.get(message, self._get),
            web.patch(message, self._patch),
            web.delete(message, self._delete),
            web.post(f"{message}/threads", self._start),
        ]

    async def _post(self, request: web.Request) -> web.Response:
        state, channel = self.state, int(request.match_info["channel"])
        payload, files = await body_and_files(request)
        guild, place = state.found(channel, NOTHING)
        more: Json = {}
        if reference := payload.get("message_reference"):
            more = self._reply(reference, May.READ_MESSAGE_HISTORY in guild.may(guild.bot, channel))
        needs = May.SEND_MESSAGES if place.parent is None else May.SEND_MESSAGES_IN_THREADS
        needs |= May.EMBED_LINKS if payload.get("embeds") else NOTHING
        state.found(channel, needs | (May.ATTACH_FILES if files else NOTHING))
        nonce = str(payload.get("nonce") or "")
        before = state.nonces.get((channel, nonce))
        if nonce and payload.get("enforce_nonce") and before and state.clock() - before[0] < REMEMBERED:
            await state.note("message-again", channel=channel, nonce=nonce)
            return answer(before[1])
        if not (nonce and payload.get("enforce_nonce")):
            state.breach(f"POST {request.path}: nonce: not given or not enforced, so a retry may post twice")
        message = state.blank(channel, BOT, **more)
        write(state, message, payload, files, f"POST {request.path}")
        await self._wake(place)
        state.keep(message)
        told = {**message, "nonce": nonce}
        state.nonces[channel, nonce] = state.clock(), told
        await state.note("message", channel=channel, nonce=nonce, payload=payload)
        return answer(told)

    def _reply(self, reference: Json, may_read: bool) -> Json:
        if not may_read:
            raise Refused(160002)
        head = self.state.by_id.get(str(reference["message_id"]))
        if head is None:
            if reference.get("fail_if_not_exists", True):
                raise Refused(50035, ["message_reference: unknown message"])
            return {}
        return {"type": 19, "message_reference": reference, "referenced_message": dict(head)}

    async def _wake(self, place: Channel) -> None:
        """Let a message into a thread: what was archived is active again, unless it is locked."""
        if place.locked:
            raise Refused(160005)
        place.messages += 1
        if place.archived:
            place.archived = False
            await self._tell_of(place, "THREAD_UPDATE")

    async def _tell_of(self, place: Channel, event: str, **more: Any) -> None:
        guild = self.state.home(place.ident)
        if guild is not None:
            shown = {**place.shown(guild.ident, guild.bot.ident), **more}
            await self.state.gateway.dispatch(event, shown, guild.ident)

    def _own(self, request: web.Request) -> tuple[Channel, Json]:
        """Return the place and the message that a request speaks of."""
        channel, ident = int(request.match_info["channel"]), request.match_info["message"]
        _, place = self.state.found(channel)
        message = self.state.by_id.get(ident)
        if message is None or message["channel_id"] != str(channel) or message["flags"] & EPHEMERAL:
            raise Refused(10008)
        return place, message

    async def _patch(self, request: web.Request) -> web.Response:
        payload, files = await body_and_files(request)
        place, message = self._own(request)
        self.state.found(place.ident, May.ATTACH_FILES if files else NOTHING)
        if message["author"]["id"] != BOT["id"]:
            raise Refused(50005)
        if place.archived:
            raise Refused(50083)
        write(self.state, message, payload, files, f"PATCH {request.path}")
        message["edited_timestamp"] = "2026-11-22T00:01:00+00:00"
        await self.state.note("edit", channel=place.ident, message=message["id"], payload=payload)
        return answer(message)

    async def _get(self, request: web.Request) -> web.Response:
        self.state.found(int(request.match_info["channel"]), May.READ_MESSAGE_HISTORY)
        return answer(self._own(request)[1])

    async def _delete(self, request: web.Request) -> web.Response:
        place, message = self._own(request)
        if message["author"]["id"] != BOT["id"]:
            self.state.found(place.ident, May.MANAGE_MESSAGES)
        self.state.drop(message)
        await self.state.note("delete", channel=place.ident, message=message["id"])
        return web.Response(status=204)

    async def _history(self, request: web.Request) -> web.Response:
        channel = int(request.match_info["channel"])
        guild, _ = self.state.found(channel)
        if May.READ_MESSAGE_HISTORY not in guild.may(guild.bot, channel):
            return answer([])
        limit = int(request.query.get("limit", 50))
        if not 1 <= limit <= 100:
            raise Refused(50035, ["limit: must be between 1 and 100"])
        after, before = int(request.query.get("after", 0)), int(request.query.get("before", 1 << 63))
        here = [m for m in self.state.messages.get(channel, []) if after < int(m["id"]) < before]
        kept = here[:limit] if "after" in request.query else here[-limit:]
        return answer(kept[::-1])

    async def _start(self, request: web.Request) -> web.Response:
        payload = await request.json()
        parent, message = self._own(request)
        guild, _ = self.state.found(parent.ident, May.CREATE_PUBLIC_THREADS)
        if parent.parent is not None:
            raise Refused(50035, ["a thread has no threads"])
        if faults := thread_faults(payload):
            raise Refused(50035, faults)
        if int(message["id"]) in guild.threads:
            raise Refused(160004)
        if sum(not thread.archived for thread in guild.threads.values()) >= MOST_THREADS:
            raise Refused(160006)
        minutes = payload.get("auto_archive_duration", 1440)
        thread = Channel(int(message["id"]), payload["name"], 11, parent.ident, minutes=minutes)
        guild.threads[thread.ident] = thread
        message["thread"] = thread.shown(guild.ident, guild.bot.ident)
        message["flags"] |= _HAS_THREAD
        await self._tell_of(thread, "THREAD_CREATE", newly_created=True)
        await self.state.note("thread", channel=parent.ident, thread=thread.ident, name=thread.name)
        return answer(message["thread"], 201)

    async def _channel(self, request: web.Request) -> web.Response:
        guild, place = self.state.found(int(request.match_info["channel"]))
        return answer(place.shown(guild.ident, guild.bot.ident))

    async def _change(self, request: web.Request) -> web.Response:
        """Change a thread of the bot's own; of a locked one Manage Threads is needed."""
        payload = await request.json()
        guild, place = self.state.found(int(request.match_info["channel"]))
        if place.parent is None or place.locked:
            needs = May.MANAGE_CHANNELS if place.parent is None else May.MANAGE_THREADS
            self.state.found(place.ident, needs)
        given = {"name": place.name, "auto_archive_duration": place.minutes, **payload}
        if faults := thread_faults(given):
            raise Refused(50035, faults)
        place.name, place.minutes = given["name"], given["auto_archive_duration"]
        place.archived = bool(payload.get("archived", place.archived))
        await self._tell_of(place, "CHANNEL_UPDATE" if place.parent is None else "THREAD_UPDATE")
        await self.state.note("channel", channel=place.ident, payload=payload)
        return answer(place.shown(guild.ident, guild.bot.ident))

    async def _close(self, request: web.Request) -> web.Response:
        place = self.state.found(int(request.match_info["channel"]))[1]
        needs = May.MANAGE_CHANNELS if place.parent is None else May.MANAGE_THREADS
        guild, _ = self.state.found(place.ident, needs)
        shown = place.shown(guild.ident, guild.bot.ident)
        event = "CHANNEL_DELETE" if place.parent is None else "THREAD_DELETE"
        guild.channels.pop(place.ident, None)
        guild.threads.pop(place.ident, None)
        await self.state.gateway.dispatch(event, shown, guild.ident)
        return answer(shown)
