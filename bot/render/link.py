"""Which addresses may become links, on every platform alike."""

import re
from urllib.parse import quote, urlsplit

_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


def web_address(url: str) -> str | None:
    """Return an http(s) address fit for a link, or None for anything else.

    What could end a link, ping, or act on a terminal, is percent-encoded (RFC 3986); a host in letters
    beyond ASCII is written as IDNA. An address with a user name in it poses as another site, and is refused.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    where = host if port is None else f"{host}:{port}"
    rest = "".join(
        mark + quote(part.encode("utf-8", "replace"), safe="%/:?!$&+,;=~")
        for mark, part in (("", parts.path), ("?", parts.query), ("#", parts.fragment))
        if part
    )
    return f"{parts.scheme}://{where}{rest}"
