"""The files of a folder, read only: no listing, and nothing that lies elsewhere or begins with a dot."""

import asyncio
import contextlib
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from aiohttp import ETag, hdrs, web

FIRST = "index.html"
LOST = "404.html"
"""Shown in the place of what is not there; its links lead from the root."""
_TEXTS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
    ".csv": "text/csv",
    ".bib": "text/plain",
    ".txt": "text/plain",
}
"""What a site has, by the ends of names, as https://www.iana.org/assignments/media-types has it; in UTF-8."""
_OTHERS = {".png": "image/png", ".ico": "image/vnd.microsoft.icon"}
_UNKNOWN = "application/octet-stream"
_AGAIN_SECONDS = "5"


class Pages:
    """Answers with files, whole, as they are at the moment."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder, which may be made later."""
        self._folder = folder

    async def answer(self, request: web.Request) -> web.Response:
        """Answer with the file that a path names; `/` is the first page.

        Its entity tag goes by the content, so that a browser which has that already is told so, however often
        the file was written since; it is weak, being the same for the packed and the unpacked one.

        Raises:
            web.HTTPNotFound: there is no such file.
            web.HTTPServiceUnavailable: there is no page at all yet.

        """
        name, content = await asyncio.to_thread(self._read, request.match_info["path"] or FIRST)
        kind = PurePosixPath(name).suffix
        etag = ETag(blake2b(content, digest_size=16).hexdigest(), is_weak=True)
        response = web.Response(headers={hdrs.VARY: hdrs.ACCEPT_ENCODING} if kind in _TEXTS else None)
        response.etag = etag
        if any(each.value in (etag.value, "*") for each in request.if_none_match or ()):
            response.set_status(304)
            return response
        response.content_type = _TEXTS.get(kind) or _OTHERS.get(kind, _UNKNOWN)
        response.body = content
        if kind in _TEXTS:
            response.charset = "utf-8"
            if "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, ""):
                response.enable_compression(web.ContentCoding.gzip)
        return response

    def _read(self, asked: str) -> tuple[str, bytes]:
        """Return the name and the content of a file; of a page `.html` may be left out."""
        # Asked before: a site that comes while this looks for a page has not lost that page.
        built = located(self._folder, FIRST) is not None
        for name in (asked, f"{asked}.html"):
            if (content := self._content(name)) is not None:
                return name, content
        if not built:
            words = "The site is being built: look again in some seconds.\n"
            raise web.HTTPServiceUnavailable(text=words, headers={hdrs.RETRY_AFTER: _AGAIN_SECONDS})
        if lost := self._content(LOST):
            raise web.HTTPNotFound(text=lost.decode(), content_type=_TEXTS[".html"])
        raise web.HTTPNotFound(text="There is no such page.\n")

    def _content(self, name: str) -> bytes | None:
        with contextlib.suppress(FileNotFoundError):  # a build has just taken it away
            if path := located(self._folder, name):
                return path.read_bytes()
        return None


def located(folder: Path, asked: str) -> Path | None:
    """Return the file of a folder that a path names, or None where it is no file in there."""
    if any(part.startswith(".") for part in PurePosixPath(asked).parts):
        return None
    try:
        path = (folder / asked).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, ValueError):  # a name that is too long, or has a null character
        return None
