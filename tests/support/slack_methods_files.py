"""Files of the Slack on loopback: https://docs.slack.dev/messaging/working-with-files#uploading_files.

An address for each file, the bytes to that address, and a last call that shares them.
"""

from typing import Any

from aiohttp import web

from tests.support.slack_http import Json, Refused, parsed
from tests.support.slack_methods import Method
from tests.support.slack_places import BOT, File
from tests.support.slack_state import SlackState

PICTURES = (".gif", ".jpeg", ".jpg", ".png")
MAX_ALT = 1_000


class FileMethods:
    """What `files.*` does, and the addresses to which files go."""

    def __init__(self, state: SlackState) -> None:
        self.state = state

    def methods(self) -> dict[str, Method]:
        """Return the methods by their names."""
        return {
            "files.getUploadURLExternal": Method(
                self._address, "filename length", "alt_txt snippet_type", "files:write"
            ),
            "files.completeUploadExternal": Method(
                self._complete, "files", "channel_id initial_comment thread_ts", "files:write", json=True
            ),
        }

    async def _address(self, given: Json) -> Json:
        length, name, alt = str(given["length"]), str(given["filename"]), str(given.get("alt_txt") or "")
        if not length.isdecimal() or not int(length):
            raise Refused("invalid_arguments", f"a file of the length {length}")
        if len(alt) > MAX_ALT:
            raise Refused("alt_txt_too_large", f"an alternative text of {len(alt)} characters")
        if name.lower().endswith(PICTURES) and not alt:
            self.state.breach(f"files.getUploadURLExternal: {name} without an alternative text")
        ident = f"F{self.state.number()}"
        self.state.uploads[ident] = File(ident, name, int(length), alt)
        return {"upload_url": f"{self.state.origin}/upload/{ident}", "file_id": ident}

    async def take(self, request: web.Request) -> web.Response:
        """Take the bytes of a file."""
        file, body = self.state.uploads.get(request.match_info["id"]), await request.read()
        if file is None or "Authorization" in request.headers or len(body) != file.length:
            self.state.breach("upload: a token, another length than was said, or no such address")
            return web.Response(status=400)
        file.content = body
        return web.Response(text=f"OK - {len(body)}")

    async def _complete(self, given: Json) -> Json:
        entries = parsed(given["files"], "files")
        files = [self._file(entry) for entry in entries]
        channel, thread = str(given.get("channel_id") or ""), str(given.get("thread_ts") or "")
        if channel:
            place = self.state.found(channel)
            if place.archived:
                raise Refused("is_archived")
            if not self.state.hears(channel):
                raise Refused("not_in_channel")
        for file, entry in zip(files, entries, strict=True):
            file.title = str(entry.get("title") or file.name)
            file.channel, file.thread, file.complete = channel, thread, True
        if channel:
            more: dict[str, Any] = {"thread_ts": thread} if thread else {}
            text = str(given.get("initial_comment") or "")
            self.state.keep(channel, BOT, text, files=[_shown(file) for file in files], **more)
            names = [file.name for file in files]
            await self.state.note("file", channel=channel, thread=thread, names=names)
        return {"files": [_shown(file) for file in files]}

    def _file(self, entry: Json) -> File:
        file = self.state.uploads.get(str(entry.get("id")))
        if file is None or file.content is None or file.complete:
            raise Refused("file_not_found", "a file that was not uploaded, or is complete already")
        return file


def _shown(file: File) -> Json:
    address = f"https://loopback.slack.com/files/{BOT}/{file.ident}/{file.name}"
    known = {"id": file.ident, "name": file.name, "title": file.title, "size": file.length}
    return {**known, "alt_txt": file.alt, "permalink": address}
