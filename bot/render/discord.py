"""A `Card` as a Discord embed: a plain dict, without the chat library.

Limits are those of https://discord.com/developers/docs/resources/message#embed-object-embed-limits,
counted in UTF-16 code units (`bot.render.clip.units`), which is never less than what Discord counts.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Any

from bot.card import (
    Card,
    Channel,
    Field,
    Line,
    Link,
    Marked,
    Moment,
    Person,
    Quote,
    Span,
    Strong,
    Tone,
    plain,
)
from bot.language import ngettext
from bot.render.clip import ELLIPSIS, clip, units
from bot.render.link import web_address
from claims.text import one_line

TITLE = 256
DESCRIPTION = 4096
FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1024
FOOTER = 2048
AUTHOR = 256
EMBED = 6000
"""Title, description, field names and values, footer and author together."""
URL = 2048
"""Of an embed's `url`; the API answers a longer one with error 50035."""

_MORE = units(f"{ELLIPSIS}999 more")
_LEAST_VALUE = 24
_NO_NAME = "\u200b"

_COLOURS = {
    Tone.NEWS: 0x3B82F6,
    Tone.FIGURE: 0x0D9488,
    Tone.DISPUTE: 0xEA580C,
    Tone.DIGEST: 0x6366F1,
    Tone.ANSWER: 0x64748B,
    Tone.TROUBLE: 0xDC2626,
}

# What begins something in Discord's markdown: emphasis, code, spoilers, links, mentions, timestamps, headings
# and quotes anywhere; emoji names and bare addresses at their colon; lists where a line begins.
_MARKUP = re.compile(r"[\\*_`~|<>\[\]()#]|:(?!\s)|^\s*[-+.]|(?<=\d)\.(?=\s|$)")


def render(card: Card) -> dict[str, Any]:
    """Return the part of a message that shows the card: `embeds` with one embed, and `allowed_mentions`.

    Nothing in it pings, nothing of the card's plain text acts as markup, every limit holds, and whatever had
    to be cut ends in `…` or is counted as `N more`.
    """
    heading = clip(_unmarked(card.heading), AUTHOR)
    title = _fit((one_line(card.title),), TITLE)
    footer = clip(_unmarked(card.footer), FOOTER)
    room = EMBED - units(heading) - units(title) - units(footer)
    description = _paragraph(card.lines, min(DESCRIPTION, room - _MORE))
    fields = _fields(card.fields, room - units(description))
    embed: dict[str, Any] = {"color": _COLOURS[card.tone]}
    if heading:
        embed["author"] = {"name": heading}
    if title or not (heading or description or fields or footer):
        embed["title"] = title or ELLIPSIS
    if card.url is not None and (url := web_address(card.url)) and units(url) <= URL:
        embed["url"] = url
    if description:
        embed["description"] = description
    if fields:
        embed["fields"] = fields
    if footer:
        embed["footer"] = {"text": footer}
    if card.attachment and card.attachment.is_picture:
        embed["image"] = {"url": f"attachment://{card.attachment.name}"}
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


def escape(text: str) -> str:
    """Return plain text that Discord shows as it is: on one line, and no mark, mention or address acts."""
    return _MARKUP.sub(lambda m: f"{m[0][:-1]}\\{m[0][-1]}", _flat(text)).replace("@", "@\u200b")


def _flat(text: str) -> str:
    """Return text on one line without hidden characters; unlike `one_line`, spaces at the ends stay."""
    spaced = (" " if c.isspace() else c for c in text)
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def _unmarked(text: str) -> str:
    """Return text for where Discord reads no markdown (author and footer) and would show a backslash."""
    return re.sub("[@<]", "\\g<0>\u200b", one_line(text))


def _wrap(before: str, words: str, after: str) -> str:
    core = words.strip()
    if not core:
        return words
    start = words.index(core)
    return f"{words[:start]}{before}{escape(core)}{after}{words[start + len(core) :]}"


def _span(span: Span) -> str:
    match span:
        case Strong(words):
            return _wrap("**", _flat(words), "**")
        case Marked(words):
            return _wrap("__", _flat(words), "__")
        case Quote(words):
            return _wrap("“", _flat(words), "”")
        case Link(words, url) if address := web_address(url):
            return _wrap("[", _flat(words), f"]({address})")
        case Moment(_, at):
            return f"<t:{int(at.timestamp())}:R>"
        case Person(_, reference) if (member := reference.removeprefix("discord:")).isdecimal():
            return f"<@{member}>"
        case Channel(_, destination) if (place := destination.removeprefix("discord:")).isdecimal():
            return f"<#{place}>"
        case Link(words, _) | Person(words, _) | Channel(words, _):
            return escape(words)
        case str():
            return escape(span)


def _fit(line: Line, limit: int) -> str:
    """Return a line as markdown of at most `limit` units, 1 or more; no mark or link is cut in two."""
    text = "".join(_span(span) for span in line)
    if units(text) <= limit:
        return text
    kept = ""
    for span in line:
        piece = _span(span)
        room = limit - units(kept)
        if units(piece) >= room:
            return kept + _cut(span, room)
        kept += piece
    return kept


def _cut(span: Span, room: int) -> str:
    """Return the longest visible cut of a span that fits; a link too long for any is its words alone."""
    words = span if isinstance(span, str) else span.words
    makes: list[Callable[[str], Span]] = [str]
    if isinstance(span, Link):
        makes.insert(0, lambda w: Link(w, span.url))
    elif isinstance(span, Strong | Marked | Quote):
        makes.insert(0, type(span))
    for make in makes:
        pieces = _Cuts(make, words, room)
        if fitting := bisect_right(pieces, room, key=units):
            return pieces[fitting - 1]
    return ELLIPSIS


class _Cuts:
    """The cuts of a span from the shortest to the longest, made when asked for."""

    def __init__(self, make: Callable[[str], Span], words: str, room: int) -> None:
        self._make, self._words, self._room = make, words, room

    def __len__(self) -> int:
        return max(0, min(self._room, units(self._words) - 1))

    def __getitem__(self, i: int) -> str:
        return _span(self._make(clip(self._words, i + 1)))


def _paragraph(lines: Iterable[Line], limit: int) -> str:
    shown = [line for line in lines if _flat(plain(line)).strip()]
    text = ""
    for i, line in enumerate(shown):
        lead = "\n" if text else ""
        following = 0 if i == len(shown) - 1 else units(f"\n{ELLIPSIS}")
        room = limit - units(text + lead)
        piece = "".join(_span(span) for span in line).strip()
        if units(piece) > room - following:
            return text + lead + _fit((*line, ELLIPSIS), room)
        text += lead + piece
    return text


def _fields(fields: Iterable[Field], room: int) -> list[dict[str, Any]]:
    """Return the fields in order; those beyond 25 fields or `room` units become one that counts them."""
    shown = [field for field in fields if _flat(plain(field.value)).strip()]
    made: list[dict[str, Any]] = []
    for i, field in enumerate(shown):
        left = len(shown) - i
        name = _fit((one_line(field.name),), FIELD_NAME) or _NO_NAME
        value_room = min(FIELD_VALUE, room - units(name) - (_MORE if left > 1 else 0))
        if value_room < _LEAST_VALUE or (left > 1 and len(made) == FIELDS - 1):
            made.append(
                {
                    "name": ELLIPSIS,
                    "value": ngettext("{count} more", "{count} more", left).format(count=left),
                    "inline": False,
                }
            )
            break
        value = _fit(field.value, value_room).strip()
        made.append({"name": name, "value": value, "inline": False})
        room -= units(name) + units(value)
    return made
