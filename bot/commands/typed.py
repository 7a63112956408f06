"""What people type, without what keyboards, editors and chats put into it. Pure."""

import re

_LINK = re.compile(r"<((?:https?|ftp)://[^\s<>|]+)(?:\|[^<>]*)?>")
_WRITTEN = re.compile(r"<(?:mailto|tel):[^\s<>|]+\|([^<>]*)>")
_MENTION = re.compile(r"<([@#][A-Z0-9]+|!subteam\^[A-Z0-9]+)\|[^<>]*>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}

_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_SPACES = "\u00a0\u2007\u202f\u3000"
_HYPHENS = "\u2010\u2011"
_NORMAL = str.maketrans(
    {**dict.fromkeys(_INVISIBLE), **dict.fromkeys(_SPACES, " "), **dict.fromkeys(_HYPHENS, "-")}
)
_WIDE = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
"""Full-width signs are ASCII's, moved (unicode.org/charts, Halfwidth and Fullwidth Forms)."""

_CLOSES = {
    '"': '"”',
    "“": '”“"',
    "”": '”"',
    "„": '“”"',
    "‟": '”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "'": "'’",
    "‘": "’'",
    "‚": "‘’'",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "〝": "〞〟",
    "`": "`",
}
"""Quotation marks of the languages that people write here, each with what may close it, the likeliest first.
"""
QUOTES = "".join({*_CLOSES, *"".join(_CLOSES.values())})


def cleaned(text: str) -> str:
    """Return what was typed without what stands in it unseen or for display alone.

    Those are what Slack writes for links, mentions and three signs
    (https://docs.slack.dev/messaging/formatting-message-text), of which addresses and ids stay; spaces and
    hyphens that do not break, invisible signs, full-width ASCII, and code ticks or quotation marks round all.
    """
    text = _MENTION.sub(r"<\1>", _WRITTEN.sub(r"\1", _LINK.sub(r"\1", text)))
    text = _ENTITY.sub(lambda found: _ENTITIES[found[1]], text).translate(_NORMAL)
    text = re.sub(r"\S+", lambda found: _narrow(found[0]), text).strip()
    while (found := quoted(text, 0)) and found[1] == len(text):
        text = found[0].strip()
    return text


def quoted(line: str, begin: int) -> tuple[str, int] | None:
    """Return what stands in the quotation marks that open there, and where what follows them begins.

    They close before white space, perhaps with a mark between, so that apostrophes are none. None where they
    do not open or never close.
    """
    for closer in _CLOSES.get(line[begin : begin + 1], ""):
        if found := re.compile(rf"{closer}[.,;]?(?!\S)").search(line, begin + 1):
            return line[begin + 1 : found.start()], found.end()
    return None


def unstopped(value: str) -> str:
    """Return a value without the full stop of the sentence that it ends; abbreviations keep theirs."""
    last = value.rsplit(maxsplit=1)[-1] if value.strip() else ""
    ends = last[:-1] if last.endswith((".", "。")) else ""
    return value.rstrip()[:-1] if ends and ("." not in ends or "://" in ends) else value


def _narrow(word: str) -> str:
    """Return a word of full-width signs in plain ones; one with letters of another script as it is."""
    narrow = word.translate(_WIDE)
    return narrow if narrow.isascii() else word
