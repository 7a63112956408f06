"""Bodies that are archives themselves."""

import gzip

import pytest

from watchers.unpack import PackedBadly, unpacked

MOST = 1_000


@pytest.mark.parametrize(
    ("body", "holds"),
    [
        (b"<urlset/>", b"<urlset/>"),
        (b"", b""),
        (gzip.compress(b"<urlset/>"), b"<urlset/>"),
        (gzip.compress(b"<url") + gzip.compress(b"set/>"), b"<urlset/>"),
        (gzip.compress(b"x" * MOST), b"x" * MOST),
        (gzip.compress(b"<urlset/>") + b"\0\0", b"<urlset/>"),
    ],
    ids=["plain", "empty", "packed", "two members", "as much as may be", "padded"],
)
def test_a_packed_body_is_unpacked(body: bytes, holds: bytes) -> None:
    """Gzip is opened, as in several members or padded, and any other body stays as it is."""
    assert unpacked(body, MOST) == holds


@pytest.mark.parametrize(
    "body",
    [gzip.compress(b"x" * 5_000_000), gzip.compress(b"x" * MOST) + gzip.compress(b"x" * 5_000_000)],
    ids=["one member", "the second member"],
)
def test_a_bomb_is_opened_one_byte_too_far(body: bytes) -> None:
    """What is too large is known by its first byte too many; the rest is never made."""
    assert len(unpacked(body, MOST)) == MOST + 1


@pytest.mark.parametrize(
    "body",
    [gzip.compress(b"<urlset/>")[:-9], b"\x1f\x8b", b"\x1f\x8b\x08" + b"\xff" * 40],
    ids=["cut", "header only", "rubbish"],
)
def test_a_damaged_body_is_named(body: bytes) -> None:
    """What cannot be opened is trouble, not half a document."""
    with pytest.raises(PackedBadly):
        unpacked(body, MOST)
