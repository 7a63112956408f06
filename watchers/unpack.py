"""Bodies that are archives themselves: a sitemap in a `.xml.gz` (sitemaps.org)."""

import zlib

_GZIP = b"\x1f\x8b"  # RFC 1952, 2.3.1
_WITH_HEADER = zlib.MAX_WBITS | 16


class PackedBadly(Exception):
    """A gzip body that is cut off or damaged."""


def unpacked(body: bytes, most: int) -> bytes:
    """Return what a gzip body holds, one member after another, and any other body as it came.

    Args:
        body: the body.
        most: bytes; no more than one beyond are ever made, by which a caller knows that it is too large.

    Raises:
        PackedBadly: it is cut off or damaged.

    """
    if not body.startswith(_GZIP):
        return body
    whole = bytearray()
    while body.startswith(_GZIP) and len(whole) <= most:
        member = zlib.decompressobj(_WITH_HEADER)
        try:
            whole += member.decompress(body, most + 1 - len(whole))
        except zlib.error as error:
            raise PackedBadly from error
        if not member.eof and len(whole) <= most:
            raise PackedBadly
        body = member.unused_data
    return bytes(whole)
