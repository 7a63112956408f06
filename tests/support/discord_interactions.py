"""Answers to interactions, as the Discord on loopback takes them.

https://discord.com/developers/docs/interactions/receiving-and-responding.
"""

from aiohttp import web

from tests.support.discord_command_limits import choice_faults
from tests.support.discord_components import modal_faults
from tests.support.discord_http import Json, Refused, answer, body_and_files
from tests.support.discord_messages import Files, write
from tests.support.discord_state import (
    APPLICATION,
    BOT,
    CHOICES,
    CONTROL,
    EPHEMERAL,
    FORM,
    MESSAGE,
    MODAL,
    QUIETLY,
    SLASH,
    THINKING,
    TYPING,
    UPDATE,
    Answer,
    DiscordState,
)

_LOADING = 1 << 7
_FITS = {
    SLASH: (MESSAGE, THINKING, MODAL),
    CONTROL: (MESSAGE, THINKING, QUIETLY, UPDATE, MODAL),
    TYPING: (CHOICES,),
    FORM: (MESSAGE, THINKING, QUIETLY, UPDATE),
}
"""First answers by the type of the interaction: #interaction-response-object-interaction-callback-type."""


class InteractionRoutes:
    """What the API does about interactions."""

    def __init__(self, state: DiscordState) -> None:
        self.state = state

    def routes(self, api: str) -> list[web.RouteDef]:
        """Return the routes below the address of the API."""
        webhook = f"{api}/webhooks/{APPLICATION['id']}/{{token}}"
        message = webhook + "/messages/{message}"
        return [
            web.post(f"{api}/interactions/{{id}}/{{token}}/callback", self._callback),
            web.post(webhook, self._follow_up),
            web.get(message, self._get),
            web.patch(message, self._patch),
            web.delete(message, self._delete),
        ]

    # ---- the first answer ---------------------------------------------------------------------------

    async def _callback(self, request: web.Request) -> web.Response:
        body, files = await body_and_files(request)
        given = self.state.answers.get(request.match_info["token"])
        if given is None or self.state.clock() - given.asked_at > self.state.deadline:
            raise Refused(10062)
        if given.acknowledged is not None:
            raise Refused(40060)
        kind, data = body["type"], body.get("data") or {}
        fits = _FITS[given.kind] if given.source or given.kind != FORM else _FITS[SLASH][:2]
        if kind not in fits:
            raise Refused(50035, [f"type: {kind} does not answer an interaction of the type {given.kind}"])
        self._take(given, kind, data, files, request.path)
        given.callback = kind
        given.acknowledged = self.state.clock() - given.asked_at
        await self.state.note("acknowledged", deferred=given.deferred, kind=given.kind, callback=kind)
        if "with_response" not in request.query:
            return web.Response(status=204)
        about = {
            "id": given.ident,
            "type": given.kind,
            "response_message_loading": kind == THINKING,
            "response_message_ephemeral": given.ephemeral,
            **({"response_message_id": given.original["id"]} if given.original else {}),
        }
        resource = {"type": kind, **({"message": given.original} if given.original else {})}
        return answer({"interaction": about, "resource": resource})

    def _take(self, given: Answer, kind: int, data: Json, files: Files, path: str) -> None:
        """Do what a first answer says.

        Raises:
            Refused: a limit is not kept.

        """
        where = f"POST {path}"
        if kind == CHOICES:
            if faults := choice_faults(data.get("choices", [])):
                raise Refused(50035, faults)
            given.choices = data.get("choices", [])
        elif kind == MODAL:
            if faults := modal_faults(data):
                raise Refused(50035, faults)
            given.modal = data
        elif kind in (QUIETLY, UPDATE):
            if kind == UPDATE:
                write(self.state, given.source, data, files, where)
                self._received(given, given.source)
            given.original = given.source
        else:
            message = self._blank(given, data)
            if kind == MESSAGE:
                write(self.state, message, data, files, where)
                self._received(given, message)
                self.state.keep(message)
            elif data.get("flags", 0) & ~EPHEMERAL:
                raise Refused(50035, ["flags: only EPHEMERAL may be set"])
            else:
                message["flags"] |= _LOADING
            given.original = message

    def _blank(self, given: Answer, data: Json) -> Json:
        who = {"user": given.by.user, "authorizing_integration_owners": {"0": str(given.guild)}}
        about = {"id": given.ident, "type": given.kind, **who}
        flags = (data.get("flags") or 0) & EPHEMERAL
        kind = 20 if given.kind == SLASH else 0
        blank = self.state.blank(given.channel, BOT, type=kind, interaction_metadata=about)
        return {**blank, "flags": flags, "application_id": APPLICATION["id"], "webhook_id": APPLICATION["id"]}

    def _received(self, given: Answer, message: Json) -> None:
        """Let whoever asked see a message, and open what is attached."""
        given.shows = True
        for attachment in message["attachments"]:
            content, name = self.state.files[attachment["id"]], attachment["filename"]
            if attachment["content_type"].startswith("image/"):
                given.pictures[name] = content
            else:
                given.files[name] = content.decode(errors="replace")

    # ---- what comes after it ------------------------------------------------------------------------

    def _living(self, request: web.Request) -> Answer:
        given = self.state.answers.get(request.match_info["token"])
        if given is None or given.acknowledged is None or given.kind == TYPING:
            raise Refused(10015)
        if self.state.clock() - given.asked_at > self.state.life:
            raise Refused(50027)
        return given

    def _message(self, request: web.Request, given: Answer) -> Json:
        ident = request.match_info["message"]
        messages = [given.original, *given.followups]
        found = messages[0] if ident == "@original" else next((m for m in messages if m["id"] == ident), {})
        if not found:
            raise Refused(10008)
        return found

    async def _get(self, request: web.Request) -> web.Response:
        return answer(self._message(request, self._living(request)))

    async def _patch(self, request: web.Request) -> web.Response:
        payload, files = await body_and_files(request)
        given = self._living(request)
        return await self._fill(given, self._message(request, given), payload, files, request)

    async def _fill(
        self, given: Answer, message: Json, payload: Json, files: Files, request: web.Request
    ) -> web.Response:
        """Write an answer that was put off, or write it anew."""
        write(self.state, message, payload, files, f"{request.method} {request.path}")
        if message["flags"] & _LOADING:
            message["flags"] &= ~_LOADING
            self.state.keep(message)
        else:
            message["edited_timestamp"] = "2026-11-22T00:01:00+00:00"
        self._received(given, message)
        await self.state.note("answer", message=message)
        return answer(message)

    async def _follow_up(self, request: web.Request) -> web.Response:
        payload, files = await body_and_files(request)
        given = self._living(request)
        if given.callback == THINKING and not given.shows:
            # The first follow-up is what we were thinking about, and as public as that was to be.
            return await self._fill(given, given.original, payload, files, request)
        message = self._blank(given, payload)
        write(self.state, message, payload, files, f"POST {request.path}")
        given.followups.append(self.state.keep(message))
        self._received(given, message)
        await self.state.note("follow-up", message=message)
        return answer(message)

    async def _delete(self, request: web.Request) -> web.Response:
        given = self._living(request)
        message = self._message(request, given)
        self.state.drop(message)
        if message is given.original:
            given.original = {}
        else:
            given.followups.remove(message)
        given.shows = True
        await self.state.note("answer-deleted", message=message["id"])
        return web.Response(status=204)
