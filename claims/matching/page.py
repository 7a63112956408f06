"""A story laid out for reading: plain text of a bounded length, its zones and its sentences."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
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
_CLUSTER = re.compile(
    r"[^\W\d_][\u0300-\u036f\u1160-\u11ff\u3099\u309a\uff9e-\uffbe\uffc2-\uffdc]+|.", re.DOTALL
)
"""A character with what Unicode may join to it: each is unified by itself, so that its place is known."""
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
    places: tuple[int, ...] | None = None
    """Where each character, and the end, stands in `Story.text`; None where that is the same offset."""

    def place(self, at: int) -> int:
        """Return where an offset stands in the story's own text (`Story.text`)."""
        return self.places[at] if self.places else at

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
    head, head_places = _plain(title[:MAX_CHARACTERS])
    body, body_places = _plain(summary[:MAX_CHARACTERS])
    head, body = head[:MAX_CHARACTERS], body[: MAX_CHARACTERS - len(head)]
    text = f"{head}\n{body}"
    title_end = len(head) + 1
    stops = [m.end() for m in _STOP.finditer(text) if m.end() != len(head)]
    lead_end = next((stop for stop in stops if stop > title_end), len(text))
    moved = len(title) + 1
    return Page(
        text=text,
        folded=comparable(text),
        title_end=title_end,
        lead_end=lead_end,
        stops=tuple(sorted({*stops, title_end})),
        dense=2 * len(_SOLID.findall(text)) > len(text) - text.count(" "),
        places=None
        if head == title and isinstance(body_places, range)
        else (*head_places[: len(head)], len(title), *(moved + at for at in body_places[: len(body) + 1])),
    )


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """Return text with compatibility forms unified, on one line, and where its parts and its end stood."""
    unified = unicodedata.normalize("NFKC", text)
    if unified == text and text == one_line(text):
        return text, range(len(text) + 1)
    plain: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        for character in one_line(f"|{unicodedata.normalize('NFKC', cluster.group())}|")[1:-1]:
            if character != " " or (plain and plain[-1] != " "):
                plain.append(character)
                places.append(cluster.start())
        if len(plain) > MAX_CHARACTERS:
            break
    if plain and plain[-1] == " ":
        plain.pop()
        return "".join(plain), places
    return "".join(plain), [*places, len(text)]
