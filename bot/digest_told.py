"""A line of a digest: what it says of something, and the story that it quotes for it. Pure."""

from dataclasses import dataclass

from bot import phrases
from bot.card import Line, Link, Span
from bot.language import _, spoken
from bot.lines import filled
from claims.independence import outlet
from claims.model import Story
from claims.quoting import QUOTED, Place, quotation

HEADLINE = 80
"""Characters of a headline before it is cut."""

_INNER = str.maketrans({"“": "‘", "„": "‘", "«": "‘", "”": "’", "»": "’", '"': "'", "「": "‘", "」": "’"})
"""Marks within a quotation are single ones."""


def quoted(story: Story, place: Place | None = None, zone: str = "") -> Line:
    """Return words of a story as they are, within quotation marks, with its outlet and its day.

    It is the headline, or the sentence of its text where they stand there: `“Ship leaves” — Sample Wire`. The
    day is left out where `zone`, the IANA name of the zone in which it is written, is empty.
    """
    words = _("“{headline}” — {outlet}, {day}") if zone else _("“{headline}” — {outlet}")
    if story.language != spoken():
        words = phrases.in_tongue(words, story.language)
    return filled(
        words,
        headline=Link(_quotation(story, place), story.url),
        outlet=outlet(story),
        day=phrases.day(story.at, zone) if zone else "",
    )


def _quotation(story: Story, place: Place | None) -> str:
    """Return what stands within the quotation marks."""
    return quotation(story, place, QUOTED if place else HEADLINE).translate(_INNER)


def headline(title: str) -> str:
    """Return a headline as it stands within quotation marks."""
    return phrases.shorten(title.translate(_INNER), HEADLINE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a digest says of something, and the story that it quotes for it, if it does."""

    claim: str
    """The id of the claim that it stands under, or nothing where it fits none."""
    words: Line
    story: Story | None = None
    place: Place | None = None
    """Where in that story it is said, if not by its headline as a whole."""
    counts: bool = False
    """It counts independent origins."""
    rest: str = ""
    """What stands behind the quotation."""

    @property
    def quote(self) -> str:
        """Return what it quotes, or nothing."""
        return _quotation(self.story, self.place) if self.story else ""

    def line(self, zone: str) -> Line:
        """Return it with what it quotes, and of which day that is (`quoted`)."""
        quote = quoted(self.story, self.place, zone) if self.story else ()
        between = [" "] if self.words and quote else []
        return _sentence((*self.words, *between, *quote, self.rest))

    @property
    def briefly(self) -> Line:
        """Return it with where the story is, for where the same is quoted already."""
        return _sentence((*self.words, *((" (", *_teller(self.story), ")") if self.story else ())))


def _teller(story: Story) -> Line:
    words = phrases.in_tongue("{outlet}", story.language)
    return filled(words, outlet=Link(outlet(story), story.url))


def _sentence(line: Line) -> Line:
    """Return a line that begins with a capital, its plain words in one piece.

    A semicolon in it parts no list then (`card.BETWEEN`).
    """
    spans: list[Span] = []
    for span in line:
        if isinstance(span, str) and spans and isinstance(spans[-1], str):
            spans[-1] += span
        else:
            spans.append(span)
    if spans and isinstance(spans[0], str):
        spans[0] = spans[0][:1].upper() + spans[0][1:]
    return tuple(spans)
