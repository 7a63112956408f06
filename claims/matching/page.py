"""A story laid out for reading: plain text of a bounded length, its zones and its sentences."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from claims.text import one_line

MAX_CHARACTERS = 20_000
"""What is looked at of one story: some fifty times what a feed sends, and little enough to read at once."""

_SAME = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "—": "-", "‑": "-", "İ": "I", "ё": "е", "Ё": "Е"}
)
_STOP = re.compile(
    r"[。！？]|(?<=[^\W_]{3})[.!?…]+[\"'”»)]*(?=\s+[^\sa-zа-яіїєґ])|(?<=[\d%)»”\"])[.!?]+(?=\s+[^\sa-zа-яіїєґ])"
)
_SOLID = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Zone(StrEnum):
    """Where in a story something stands."""

    TITLE = "title"
    LEAD = "lead"
    REST = "rest"


def comparable(text: str) -> str:
    """Return text in lower case with one kind of apostrophe, hyphen and Cyrillic е, of the same length."""
    return text.translate(_SAME).lower()


def solid(text: str) -> bool:
    """Say whether this begins in a script that is written without regular spaces (Han, kana, Hangul)."""
    return bool(_SOLID.match(text))


@dataclass(frozen=True, slots=True)
class Page:
    """A story's words. Offsets of all parts of a reading count characters of `text`."""

    text: str
    """Title, a line break, summary; compatibility forms unified (NFKC)."""
    folded: str
    """The same length, for comparing."""
    title_end: int
    lead_end: int
    """Where the first sentence of the summary ends."""
    stops: tuple[int, ...]
    """Where sentences end, ascending."""
    dense: bool
    """Written mostly without spaces, so that a word takes half the room."""

    def zone(self, at: int) -> Zone:
        """Return the zone of an offset."""
        if at < self.title_end:
            return Zone.TITLE
        return Zone.LEAD if at < self.lead_end else Zone.REST

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that an offset stands in, from 0."""
        return bisect_right(self.stops, at)

    def bounds(self, at: int) -> tuple[int, int]:
        """Return where the sentence begins and ends that an offset stands in."""
        number = self.sentence(at)
        first = self.stops[number - 1] if number else 0
        return first, self.stops[number] if number < len(self.stops) else len(self.text)


def lay_out(title: str, summary: str) -> Page:
    """Lay out a headline and its summary; what exceeds `MAX_CHARACTERS` is not read."""
    head = _plain(title[:MAX_CHARACTERS])[:MAX_CHARACTERS]
    body = _plain(summary[:MAX_CHARACTERS])[: MAX_CHARACTERS - len(head)]
    text = f"{head}\n{body}"
    title_end = len(head) + 1
    stops = [m.end() for m in _STOP.finditer(text) if m.end() != len(head)]
    lead_end = next((stop for stop in stops if stop > title_end), len(text))
    return Page(
        text=text,
        folded=comparable(text),
        title_end=title_end,
        lead_end=lead_end,
        stops=tuple(sorted({*stops, title_end})),
        dense=2 * len(_SOLID.findall(text)) > len(text) - text.count(" "),
    )


def _plain(text: str) -> str:
    unified = unicodedata.normalize("NFKC", text)
    return unified if unified.isprintable() else one_line(unified)
