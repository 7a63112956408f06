"""Stories as JSON lines, a story a line.

A story: `{"id", "title", "summary"}`, optional `url, outlet, lang, published`. A labelled one has besides
`relevant, claims [{"id", "stance"}], figures [{"unit", "value"}], event` and perhaps `unsure`, which leaves
it out of every score but that of the events.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from claims.errors import RowError
from claims.model import Source, Stance, Story
from claims.when import Day

UNKNOWN = "unknown"
"""The outlet of a story that names none."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A story and what an analyst says of it."""

    story: Story
    relevant: bool
    stances: Mapping[str, Stance]
    """By claim id."""
    figures: frozenset[tuple[str, float]]
    """Unit and value."""
    event: str | None
    unsure: bool = False
    where: str = ""
    """The file and the line."""


def read_stories(path: Path, now: datetime) -> list[Story]:
    """Read stories in the order of a file.

    One without a day is taken to be as old as the one before it, and the first ones to be of `now`.

    Raises:
        RowError: the file cannot be read, or a line of it is no story.

    """
    return [story for story, _, _ in _rows(path, now)]


def read_labelled(path: Path, now: datetime = _EPOCH) -> list[Labelled]:
    """Read labelled stories in the order of a file; one without a day as `read_stories` has it.

    Raises:
        RowError: the file cannot be read, or a line of it is no labelled story.

    """
    labelled = []
    for story, row, where in _rows(path, now):
        with _told(where):
            figures = [(str(f["unit"]), f["value"]) for f in row["figures"]]
            labelled.append(
                Labelled(
                    story=story,
                    relevant=_flag(row["relevant"]),
                    stances={str(c["id"]): Stance(c["stance"]) for c in row["claims"]},
                    figures=frozenset((unit, float(value)) for unit, value in figures if value is not None),
                    event=row.get("event"),
                    unsure=_flag(row.get("unsure") or False),
                    where=where,
                )
            )
    return labelled


def read_line(line: str, where: str, before: datetime) -> Story:
    """Read a story; `where` names the line, and one without a day is taken to be as old as `before`.

    Raises:
        RowError: it is no story.

    """
    with _told(where):
        return _story(json.loads(line), before)


def _rows(path: Path, now: datetime) -> Iterator[tuple[Story, Mapping[str, Any], str]]:
    before = now
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise RowError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RowError(f"{path}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        with _told(where):
            row = json.loads(line)
            story = _story(row, before)
        before = story.at
        yield story, row, where


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Tell what is wrong with a row by where it stands."""
    try:
        yield
    except KeyError as error:
        raise RowError(f"{where}: {error.args[0]}: missing") from error
    except json.JSONDecodeError as error:
        raise RowError(f"{where}: no JSON: {error}") from error
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        raise RowError(f"{where}: {error}") from error


def _story(row: Mapping[str, Any], before: datetime) -> Story:
    for key in ("id", "title", "summary"):
        if not isinstance(row[key], str):
            raise TypeError(f"{key}: a text is expected")
    published = row.get("published")
    at = _moment(published) if published else None
    outlet, url = str(row.get("outlet") or UNKNOWN), str(row.get("url") or "")
    return Story(
        id=row["id"],
        feed_url="",
        url=url,
        title=row["title"],
        summary=row["summary"],
        language=str(row.get("lang") or "und"),
        source=Source(outlet, outlet),
        published_at=at,
        seen_at=before,
    )


def _moment(text: str) -> datetime:
    """Read a moment, a day or a month of ISO 8601; what it leaves open is the first there is, in UTC."""
    at = datetime.fromisoformat(text) if "T" in text else datetime.combine(Day.parse(text).first(), time())
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value
