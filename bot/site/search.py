"""The index by which the site is searched without a server: files that a page takes in as scripts.

`<script src>` is all that a browser allows to a page that it opened from a folder. So the index is cut small:
into parts by kind and time, in the order in which what is found is shown, and each part into shards of terms
and of entries. A question takes in the shards of its own words, and the entries that it shows. A part whose
entries did not change need not be made again: the directory keeps all that has to be known of it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.site.folding import terms

DIRECTORY = "search/directory.js"
"""The file that names the parts; theirs are `search/PART/t0.js` (terms) and `search/PART/e0.js` (entries)."""
SHARD_CHARACTERS = 80_000
"""A shard of terms is cut where it would grow past this; digits and commas are most of it."""
ENTRIES = 200
"""Entries in a shard of entries."""
_OPENING, _CLOSING = "claimwatch({},", ");\n"
_TITLE = 300
"""Characters of a title that are shown."""
_LADDER = {0: (4_000, 4), 4: (4_000, 7), 7: (30_000, 10)}
"""By how much of a day names a span: how many entries it holds at most, and how much names those within."""


class Kind(StrEnum):
    """What is found, in the order in which it is shown; the values name folders."""

    CLAIM = "claims"
    EVENT = "events"
    STORY = "stories"


@dataclass(frozen=True)
class Entry:
    """What can be found: a page of the site (by its path there), or an address elsewhere (`http...`)."""

    url: str
    title: str
    words: str
    """What it is found by beside title and note, and which is not shown."""
    day: date | None
    """None where the note says when it was."""
    note: str
    """Who says it: a body, an outlet."""


@dataclass(frozen=True)
class Part:
    """Entries of one kind and span of time; `starts` has the first term of each shard."""

    kind: Kind
    span: str
    entries: int
    starts: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name of its folder: `stories-2024-05`."""
        return _name(self.kind, self.span)


def spans(days: Mapping[date, int]) -> list[str]:
    """Return the spans that part the entries of a kind, newest first: `""` (all), or years, months and days.

    `days` says how many entries each day has. A day belongs to the span that its ISO form begins with: what
    is new leaves the parts of other times as they are.
    """
    held = {day.isoformat(): count for day, count in days.items() if count}
    return list(_spans(held)) if held else []


def _spans(days: Mapping[str, int], span: str = "") -> Iterator[str]:
    most, longer = _LADDER.get(len(span), (0, 0))
    if not longer or sum(days.values()) <= most:
        yield span
        return
    for inner in sorted({day[:longer] for day in days}, reverse=True):
        yield from _spans({day: count for day, count in days.items() if day.startswith(inner)}, inner)


def part_files(kind: Kind, span: str, entries: Iterable[Entry]) -> tuple[Part, dict[str, bytes]]:
    """Return a part of the index, and its files by their path in the site; `entries` come newest first.

    Its memory is that of the terms of one part, and the order of entries is that in which they are shown.
    """
    name = _name(kind, span)
    found: dict[str, list[int]] = {}
    shown: list[tuple[str, str, str, str]] = []
    for number, entry in enumerate(entries):
        for term in set(terms(f"{entry.title} {entry.note} {entry.words}")):
            found.setdefault(term, []).append(number)
        shown.append(
            (entry.url, _cut(entry.title), entry.day.isoformat() if entry.day else "", _cut(entry.note))
        )
    files: dict[str, bytes] = {}
    for number, at in enumerate(range(0, len(shown), ENTRIES)):
        files.update([_file(f"{name}/e{number}", _json(shown[at : at + ENTRIES]))])
    starts = []
    for number, (start, shard) in enumerate(_shards(found)):
        starts.append(start)
        files.update([_file(f"{name}/t{number}", shard)])
    return Part(kind, span, len(shown), tuple(starts)), files


def _shards(found: Mapping[str, list[int]]) -> Iterator[tuple[str, str]]:
    """Yield the first term of each shard, and the shard: `{"term": [number, step to the next, ...], ...}`."""
    start, held, size = "", list[str](), 0
    # The order in which JavaScript compares strings. A term is of letters and digits: JSON needs no escapes.
    for term in sorted(found, key=lambda term: term.encode("utf-16-be")):
        numbers = found[term]
        steps = map(int.__sub__, numbers, (0, *numbers))
        line = f'"{term}":[{",".join(map(str, steps))}]'
        if held and size + len(line) > SHARD_CHARACTERS:
            yield start, "{" + ",\n".join(held) + "}"
            held, size = [], 0
        start = start if held else term
        held.append(line)
        size += len(line)
    if held:
        yield start, "{" + ",\n".join(held) + "}"


def directory_file(parts: Iterable[Part]) -> tuple[str, bytes]:
    """Return the path and the content of the directory of these parts, in the order in which answers come."""
    newest = sorted(parts, key=lambda part: part.span, reverse=True)
    ordered = sorted(newest, key=lambda part: list(Kind).index(part.kind))
    return _file("directory", _json([[part.kind, part.span, part.entries, part.starts] for part in ordered]))


def _name(kind: Kind, span: str) -> str:
    return f"{kind}-{span}" if span else kind


def _cut(text: str) -> str:
    return text if len(text) <= _TITLE else f"{text[: _TITLE - 1]}…"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _file(name: str, content: str) -> tuple[str, bytes]:
    return f"search/{name}.js", f"{_OPENING.format(_json(name))}{content}{_CLOSING}".encode()
