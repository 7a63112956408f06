"""What we say, before any platform: a `Card` of plain spans, never markup.

Every renderer escapes plain text, so nothing that a feed writes can ping a channel or forge a link.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.controls import Row


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; the URL is http or https, or the renderer shows the words alone."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    words: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words."""

    words: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of a text that something was read from, where they stand."""

    words: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that each reader sees in a zone of their own, where the platform can."""

    words: str
    """For where it cannot."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the platform knows by name; shown, never called."""

    words: str
    """Their name; or, where that is not known, the reference or the id in it."""
    reference: str
    """`discord:901`."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that the platform knows by name."""

    words: str
    """For where it is not known."""
    destination: str
    """`discord:600`."""


Span = str | Link | Strong | Quote | Marked | Moment | Person | Channel
Line = tuple[Span, ...]
BETWEEN = "; "
"""The span between things that one line lists: a terminal begins a row at each, so that every address
stands with whom it is of."""


class Tone(StrEnum):
    """What kind of thing a card says; a platform may give it a colour, never a meaning of its own."""

    NEWS = "news"
    FIGURE = "figure"
    DISPUTE = "dispute"
    DIGEST = "digest"
    ANSWER = "answer"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Field:
    """A named line: `Claim`, `Origin`, `Told by`."""

    name: str
    value: Line


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with a card."""

    name: str
    """Without a folder: `feeds.opml`."""
    content: bytes
    about: str = ""
    """Of a picture: what it shows, for those who do not see it."""
    instead: str = ""
    """A sentence that stands in its place where a post has to go without it."""

    @property
    def is_picture(self) -> bool:
        """Say whether it is shown with the card."""
        return self.name.endswith(".png")


@dataclass(frozen=True, slots=True)
class Card:
    """A heading, a title, lines, then fields, then a footer; what is empty is left out."""

    title: str
    """Plain text of one line."""
    lines: tuple[Line, ...] = ()
    fields: tuple[Field, ...] = ()
    tone: Tone = Tone.ANSWER
    heading: str = ""
    """A short label above the title: `NEW FIGURE · supports containers-2023`."""
    url: str | None = None
    """Where the title leads."""
    footer: str = ""
    attachment: Attachment | None = None
    """Of an answer any file; what is posted by itself may have a picture alone."""
    controls: tuple[Row, ...] = ()
    """What can be done from here, at most five rows."""
    page: tuple[int, int] | None = None
    """Which page of how many an answer shows, counted from 1."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """What is wrong in the form that this answers, by entry: where a platform can, it stands beside it."""


def without_file(card: Card) -> Card:
    """Return a card whose file could not come with it, as its last line says."""
    said = card.attachment.instead if card.attachment else ""
    return replace(card, attachment=None, lines=(*card.lines, *([(said,)] if said else [])))


def plain(line: Line) -> str:
    """Return the words of a line without what makes them stand out or lead somewhere."""
    return "".join(span if isinstance(span, str) else span.words for span in line)
