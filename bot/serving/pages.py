"""The files of a folder, read only: no listing, and nothing that lies elsewhere or begins with a dot."""

from pathlib import Path, PurePosixPath

from aiohttp import hdrs, web

FIRST = "index.html"
_PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".rss", ".atom", ".txt", ".csv", ".bib")
"""What gets shorter by packing it."""
_UNPACKED = 1_400
"""Bytes up to which a file is one packet anyway: an Ethernet frame's 1,500 less the headers of IP and TCP."""
_AGAIN_SECONDS = "5"


class Pages:
    """Answers with files, as aiohttp sends them: entity tags, ranges, types by their names."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder, which may be made later."""
        self._folder = folder

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer with the file that a path names; `/` is the first page.

        Raises:
            web.HTTPNotFound: there is none.
            web.HTTPServiceUnavailable: there is no page at all yet.

        """
        path = located(self._folder, request.match_info["path"] or FIRST)
        if path is None:
            if located(self._folder, FIRST) is None:
                words = "The site is being built: look again in some seconds.\n"
                raise web.HTTPServiceUnavailable(text=words, headers={hdrs.RETRY_AFTER: _AGAIN_SECONDS})
            raise web.HTTPNotFound(text="There is no such page.\n")
        response = web.FileResponse(path)
        if path.suffix in _PACKED:
            response.headers[hdrs.VARY] = hdrs.ACCEPT_ENCODING
            if _takes_gzip(request) and _is_long(path):
                response.enable_compression(web.ContentCoding.gzip)
        return response


def located(folder: Path, asked: str) -> Path | None:
    """Return the file of a folder that a path names, or None where it is no file in there."""
    if any(part.startswith(".") for part in PurePosixPath(asked).parts):
        return None
    try:
        path = (folder / asked).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, ValueError):  # a name that is too long, or has a null character
        return None


def _takes_gzip(request: web.Request) -> bool:
    return "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, "") and hdrs.RANGE not in request.headers


def _is_long(path: Path) -> bool:
    try:
        return path.stat().st_size > _UNPACKED
    except OSError:  # taken away since
        return False
