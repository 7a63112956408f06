"""The characters of a feed, whatever its bytes, its declaration and its server say they are."""

import codecs
import re
from contextlib import suppress

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00", "utf-16-le"),  # no mark, but a `<` of two bytes (XML 1.0, appendix F)
    (b"\x00<", "utf-16-be"),
)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)

# Names that the world uses for a larger set than they stand for, or that Python does not know (WHATWG
# Encoding standard, 4.2).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "euc_kr": "cp949",
    "windows-949": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "euc_jp": "euc_jis_2004",
    "x-euc-jp": "euc_jis_2004",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
}
_OF_LANGUAGE = {"ko": "cp949", "ru": "cp1251", "uk": "cp1251", "zh": "gb18030", "ja": "cp932"}
_TOLERANCE = 10
"""One broken character among so many that are not ASCII is damage, and the encoding is right all the same."""


def decode(body: bytes, content_type: str | None, language: str) -> str:
    """Return the text of a feed; bytes that fit nowhere become U+FFFD.

    In order: a byte order mark; UTF-8 where the bytes are (nearly) that, since other text hardly ever looks
    like it while declarations often lie; the XML declaration; the Content-Type header; the usual legacy
    encoding of the feed's language (ISO 639-1); Windows-1252.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").removeprefix("\ufeff")
    try:
        return body.decode()
    except UnicodeError:
        found = (
            _fitting(body, encoding) for encoding in ("utf-8", *_candidates(body, content_type, language))
        )
        return next((text for text in found if text is not None), body.decode("cp1252", "replace"))


def _fitting(body: bytes, encoding: str) -> str | None:
    """Return the text in an encoding, or None where it is none or the bytes are hardly in it."""
    try:
        text = body.decode(encoding, "replace")
    except (LookupError, UnicodeError):  # a name that nobody knows, or a codec that makes no text of it
        return None
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") * _TOLERANCE <= foreign else None


def _candidates(body: bytes, content_type: str | None, language: str) -> list[str]:
    declared = _DECLARED.match(body)
    charset = _CHARSET.search(content_type or "")
    named = [declared[1].decode("ascii", "ignore") if declared else "", charset[1] if charset else ""]
    return [*(_codec(name.lower()) for name in named if name), _OF_LANGUAGE.get(language, "cp1252")]


def _codec(name: str) -> str:
    with suppress(LookupError):
        name = codecs.lookup(name).name
    return _MEANT.get(name, name)
