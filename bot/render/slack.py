"""A card as a Slack message: rich text blocks, and the same words once more for notifications.

Slack reads markup in `mrkdwn` text, and no escape covers all of it. So nothing here is `mrkdwn`: in
`rich_text` and `plain_text` a `<!channel>`, a `*`, an `:emoji:` or an address is a row of characters, and
only an element of type `link` leads anywhere. There is no colour either: it needs an attachment, which
Slack treats as secondary, and the heading says the same in words.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.card import Card, Channel, Field, Line, Link, Marked, Moment, Person, Quote, Span, Strong
from bot.language import _
from bot.render.clip import ELLIPSIS, clip, units
from bot.render.link import web_address
from bot.render.slack_controls import Block, size
from bot.render.slack_controls import blocks as controls

ALL_BLOCKS = 9_000
"""Characters over all blocks of a message. Undocumented; Slack refuses some messages from about 9,600 on
with `msg_blocks_too_long` (https://github.com/slackapi/bolt-js/issues/2867)."""

LABEL = 300
"""Characters of the title and of the footer: our own measure. Slack allows 3,000 in a text object
(https://docs.slack.dev/reference/block-kit/composition-objects/text-object)."""

HEADING = 150
"""Characters above the title, as in Slack's header block
(https://docs.slack.dev/reference/block-kit/blocks/header-block)."""

ENTRY = 2_000
"""Characters of one line or field, as in a field of Slack's section block
(https://docs.slack.dev/reference/block-kit/blocks/section-block)."""

TEXT = 4_000
"""Characters of the top-level text: more is refused by an edit as `msg_too_long`
(https://docs.slack.dev/reference/methods/chat.update)."""

URL = 3_000
"""Characters of an address (https://docs.slack.dev/reference/block-kit/block-elements/button-element)."""

ALT_TEXT = 2_000
"""Characters of what a picture shows (https://docs.slack.dev/reference/block-kit/blocks/image-block)."""

MOMENT = "{date_short_pretty}, {time}"
"""Of moments: today, yesterday or the day, and the time."""

CONTROLS = 4_500
"""Of `ALL_BLOCKS`, at most: our own measure, half of it."""

_CUT = 4
"""Characters that say of lines, and of fields, that there are more."""
_LEAST = 20
"""Fewer characters of an entry than this tell nobody anything."""

_CHANNEL = re.compile(r"slack:([CG][A-Z0-9]{2,20})")
_PERSON = re.compile(r"slack:([UW][A-Z0-9]{2,20})")
_GROUP = re.compile(r"slack:(S[A-Z0-9]{2,20})")

_STYLES: dict[type, str] = {Strong: "bold", Marked: "bold", Quote: "italic"}

Element = dict[str, object]


def render(card: Card, *, private: bool = False, file: str = "") -> dict[str, object]:
    """Return `{"text": ..., "blocks": [...]}` as `chat.postMessage` and a `response_url` take it.

    `text` is what notifications show. What does not fit is cut where the reader sees it, ending in `…`.
    `private` is for what one person alone sees: people are named there by an element that would call them
    in a channel (https://docs.slack.dev/reference/block-kit/block-elements/user-element). `file` is the id of
    the card's picture, once it is uploaded.
    """
    first = [*heading(card), *title(card)]
    blocks = [*first, *body(card, ALL_BLOCKS - size(first), private=private, file=file)]
    return {"text": _text(card), "blocks": blocks}


def heading(card: Card) -> list[Block]:
    """Return the heading of a card as a block, if it has one."""
    return list(_context(clip(_clean(card.heading), HEADING)))


def title(card: Card) -> list[Block]:
    """Return the title of a card as a block; it leads where the card does."""
    words = clip(_clean(card.title).strip(), LABEL) or ELLIPSIS
    return list(_rich([[_element(words, _address(card.url), style="bold")]]))


def body(card: Card, room: int, *, private: bool, file: str = "") -> list[Block]:
    """Return what follows the title of a card as blocks of at most so many characters, see `render`."""
    shown = [_picture(card, file)] if file else []
    last = [*shown, *_context(clip(_clean(card.footer), LABEL)), *controls(card.controls, CONTROLS)]
    lines, room = _fit(card.lines, room - size(last) - _CUT, private=private)
    fields, _ = _fit([_named(field) for field in card.fields], room, private=private)
    return [*_rich(lines), *_rich(fields), *last]


def _fit(entries: Sequence[Line], room: int, *, private: bool) -> tuple[list[list[Element]], int]:
    """Return the elements of each entry, as many as there is room for, and the room that is left."""
    shown: list[list[Element]] = []
    for entry in entries:
        if room < _LEAST:
            return [*shown, [_element(ELLIPSIS)]], 0
        elements, used = _entry(entry, min(room, ENTRY), private=private)
        if not elements:
            continue
        shown.append(elements)
        room -= used + 1  # the line break
    return shown, room


def _entry(entry: Line, room: int, *, private: bool) -> tuple[list[Element], int]:
    """Return the elements of one line, the last of them cut where it has to be, and their characters."""
    elements: list[Element] = []
    left = room
    for span in entry:
        words = _clean(_words(span, private=private))
        shown = clip(words, left)
        left -= units(shown)
        if not shown:
            continue
        url = _address(span.url) if isinstance(span, Link) else None
        if url and units(url) <= left:
            left -= units(url)
        else:
            url = None
        if shown == words and (known := _known(span, private=private)):
            elements.append(known)
        else:
            elements.append(_element(shown, url, style=_STYLES.get(type(span))))
        if shown != words:
            break
    return elements, room - left


def _known(span: Span, *, private: bool) -> Element | None:
    """Return a span as the element by which Slack shows it to each reader, or None."""
    match span:
        case Moment(words, at):
            return _date(at, words)
        case Channel(_, destination) if found := _CHANNEL.fullmatch(destination):
            return {"type": "channel", "channel_id": found[1]}
        case Person(_, reference) if private and (found := _PERSON.fullmatch(reference)):
            return {"type": "user", "user_id": found[1]}
        case Person(_, reference) if private and (found := _GROUP.fullmatch(reference)):
            return {"type": "usergroup", "usergroup_id": found[1]}
        case _:
            return None


def _named(field: Field) -> Line:
    return (Strong(field.name), "  ", *field.value) if field.name else field.value


def _words(span: Span, *, private: bool = False) -> str:
    """Return the words of a span; where a person of Slack has but an id, that tells a channel nothing."""
    match span:
        case str():
            return span
        case Quote(words):
            return f"“{words}”"
        case Person(words, reference) if not private and _PERSON.fullmatch(reference):
            return _("somebody") if words in (reference, reference.partition(":")[2]) else words
        case _:
            return span.words


def _clean(words: str) -> str:
    """Return words without what JSON or a reader trips over: control, direction and surrogate characters."""
    return "".join(c for c in words if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def _address(url: str | None) -> str | None:
    """Return an address that Slack takes for a link, or None."""
    address = web_address(url) if url else None
    return address if address and units(address) <= URL else None


def _element(words: str, url: str | None = None, *, style: str | None = None) -> Element:
    element: Element = {"type": "link", "url": url, "text": words} if url else {"type": "text", "text": words}
    return element | {"style": {style: True}} if style else element


def _rich(entries: list[list[Element]]) -> Iterator[Block]:
    """Yield the entries as one block, each on a line of its own."""
    if not entries:
        return
    elements = [element for entry in entries for element in (_element("\n"), *entry)]
    yield {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements[1:]}]}


def _date(at: datetime, words: str) -> Element:
    """Return a moment in the zone of each reader; the words are for where it cannot be shown.

    See https://docs.slack.dev/reference/block-kit/block-elements/date-element.
    """
    return {"type": "date", "timestamp": int(at.timestamp()), "format": MOMENT, "fallback": words}


def _context(words: str) -> Iterator[Block]:
    if words.strip():
        yield {"type": "context", "elements": [{"type": "plain_text", "text": words, "emoji": False}]}


def _picture(card: Card, file: str) -> Block:
    """Return a block that shows an uploaded picture.

    See https://docs.slack.dev/reference/block-kit/blocks/image-block.
    """
    about = card.attachment.about if card.attachment else ""
    return {
        "type": "image",
        "slack_file": {"id": file},
        "alt_text": clip(_clean(about), ALT_TEXT) or card.title,
    }


def _text(card: Card) -> str:
    """Return the words of the whole card, escaped as Slack wants it.

    See https://docs.slack.dev/messaging/formatting-message-text (escaping text).
    """
    named = [_named(field) for field in card.fields]
    head = " · ".join(part for part in (card.heading, card.title) if part)
    rows = [head, *("".join(map(_words, line)) for line in (*card.lines, *named)), card.footer]
    words = clip("\n".join(cleaned for row in rows if (cleaned := _clean(row).strip())), TEXT)
    while (over := units(_escaped(words)) - TEXT) > 0:
        # An ampersand grows most, by four; so this many at least are too many.
        words = clip(words, units(words) - (over + 4) // 5)
    return _escaped(words) or ELLIPSIS


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
