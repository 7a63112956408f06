"""The characters of a feed, whatever its bytes, its declaration and its server say they are."""

import codecs
import re

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

# Names that the world uses for a larger set than they stand for (WHATWG Encoding standard, 4.2).
_MEANT = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
_OF_LANGUAGE = {"ko": "cp949", "ru": "cp1251", "uk": "cp1251", "zh": "gb18030", "ja": "cp932"}
_TOLERANCE = 10
"""One broken character among so many that are not ASCII is damage, and the text is UTF-8 all the same."""


def decode(body: bytes, content_type: str | None, language: str) -> str:
    """Return the text of a feed; bytes that fit nowhere become U+FFFD.

    In order: a byte order mark; UTF-8 where the bytes are (nearly) that, since other text hardly ever looks
    like it while declarations often lie; the XML declaration; the Content-Type header; the usual legacy
    encoding of the feed's language (ISO 639-1); Windows-1252.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").removeprefix("\ufeff")
    text = body.decode("utf-8", "replace")
    foreign = sum(not c.isascii() for c in text) if not text.isascii() else 0
    if text.count("\ufffd") * _TOLERANCE <= foreign:
        return text
    for encoding in _candidates(body, content_type, language):
        try:
            return body.decode(_MEANT.get(encoding, encoding))
        except (LookupError, UnicodeError):
            continue
    return body.decode("cp1252", "replace")


def _candidates(body: bytes, content_type: str | None, language: str) -> list[str]:
    declared = _DECLARED.match(body)
    charset = _CHARSET.search(content_type or "")
    named = [declared[1].decode("ascii", "ignore") if declared else "", charset[1] if charset else ""]
    return [*(name.lower() for name in named if name), _OF_LANGUAGE.get(language, "cp1252")]
