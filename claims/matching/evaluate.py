"""How good the matcher is on labelled stories, and the rows it reads and writes as JSON lines.

A story: `{"id", "title", "summary"}`, optional `url, outlet, lang, published`. A labelled one has besides
`relevant, claims [{"id", "stance"}], figures [{"unit", "value"}], event` and perhaps `unsure`, which leaves
it out of everything but the events.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from claims.errors import OperatorError
from claims.matching.events import WINDOW, event_id, group
from claims.matching.matcher import Matcher
from claims.model import Event, Figure, Member, Reading, Source, Stance, Story
from claims.when import Day

_STRONG = (Stance.SUPPORTS, Stance.DISPUTES)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


class RowError(OperatorError):
    """A line of a file of stories holds a mistake; names the file and the line."""


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


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the matcher says of a story, and the event it put it in."""

    reading: Reading
    event: str | None
    """None for an irrelevant story."""

    def row(self) -> dict[str, Any]:
        """Return it as a program reads it; a range gives two figures."""
        reading = self.reading
        return {
            "id": reading.story_id,
            "relevant": reading.relevant,
            "score": reading.score,
            "claims": [
                {"id": e.claim_id, "stance": str(e.stance), "score": e.score, "why": list(e.why)}
                for e in reading.evidence
            ],
            "figures": [
                {"unit": f.unit, "value": value, "qualifier": str(f.bound)}
                for f in reading.figures
                for value in _ends(f)
            ],
            "origin": reading.origin.text if reading.origin else None,
            "lang": reading.language,
            "event": self.event,
        }


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision, recall and their harmonic mean, each 0 to 1, and how many there were to find."""

    precision: float
    recall: float
    n: int

    @property
    def f1(self) -> float:
        """Return the harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """How good a set of predictions is."""

    stories: int
    relevance: Rate
    links: Rate
    """Story and claim, of those that support or dispute; a claim labelled background counts neither way."""
    strict: Rate
    """The same with the stance."""
    any: Rate
    """Story and claim whatever the stance."""
    figures: Rate
    """Story, unit and value, over relevant stories."""
    events: Rate
    """B-cubed, over relevant stories."""
    stance: float
    """The share of found links whose stance is right."""
    languages: Mapping[str, "Scores"] = field(default_factory=dict)
    """The same by language; empty within a language."""


def read_stories(path: Path) -> list[Story]:
    """Read stories in the order of a file; one without a day is taken to be as old as the one before it.

    Raises:
        RowError: the file cannot be read, or a line of it is no story.

    """
    return [story for story, _, _ in _rows(path)]


def read_labelled(path: Path) -> list[Labelled]:
    """Read labelled stories in the order of a file.

    Raises:
        RowError: the file cannot be read, or a line of it is no labelled story.

    """
    labelled = []
    for story, row, where in _rows(path):
        try:
            labelled.append(
                Labelled(
                    story=story,
                    relevant=_flag(row["relevant"]),
                    stances={str(c["id"]): Stance(c["stance"]) for c in row["claims"]},
                    figures=frozenset(
                        (str(f["unit"]), float(f["value"])) for f in row["figures"] if f["value"] is not None
                    ),
                    event=row.get("event"),
                    unsure=_flag(row.get("unsure") or False),
                )
            )
        except KeyError as error:
            raise RowError(f"{where}: {error.args[0]}: missing") from error
        except (TypeError, ValueError) as error:
            raise RowError(f"{where}: {error}") from error
    return labelled


def predict(matcher: Matcher, stories: Iterable[Story]) -> Iterator[Prediction]:
    """Read stories in the order given, and put each relevant one into an event as it comes."""
    events: dict[str, Event] = {}
    days: defaultdict[date, dict[str, None]] = defaultdict(dict)
    for story in stories:
        member = Member(story, matcher.read(story))
        if not member.reading.relevant:
            yield Prediction(member.reading, None)
            continue
        span = range(-WINDOW.days, WINDOW.days + 1)
        near = {key: None for n in span for key in days.get(story.at.date() + n * _DAY, ())}
        joined = group(member, [events[key] for key in near])
        key = joined.id if joined else event_id(story)
        before = events[key].members if key in events else ()
        events[key] = Event(key, (*before, member))
        days[story.at.date()][key] = None
        yield Prediction(member.reading, key)


def evaluate(gold: Sequence[Labelled], predicted: Mapping[str, Prediction]) -> Scores:
    """Score predictions, given by story id, overall and by language; a missing one says irrelevant."""
    languages = defaultdict(list)
    for label in gold:
        languages[label.story.language].append(label)
    by_language = {code: _score(labels, predicted, {}) for code, labels in sorted(languages.items())}
    return _score(gold, predicted, by_language)


def _score(
    gold: Sequence[Labelled], predicted: Mapping[str, Prediction], languages: Mapping[str, Scores]
) -> Scores:
    sure = [label for label in gold if not label.unsure]
    said = {g.story.id: _stances(predicted.get(g.story.id)) for g in sure}
    relevant = {key for key, p in predicted.items() if p.reading.relevant}

    def pairs(mine: Callable[[str, Stance], Hashable], stances: Sequence[Stance]) -> Rate:
        """Compare the links with one of these stances, each as `mine` sees it."""
        compared = []
        for g in sure:
            spared = {c for c, s in g.stances.items() if s not in stances}
            want = {mine(c, s) for c, s in g.stances.items() if s in stances}
            got = {mine(c, s) for c, s in said[g.story.id].items() if s in stances and c not in spared}
            compared.append((want, got))
        return _rate(compared)

    found = [
        said[g.story.id][c] is s
        for g in sure
        for c, s in g.stances.items()
        if s in _STRONG and c in said[g.story.id]
    ]
    return Scores(
        stories=len(gold),
        relevance=_rate([({"yes"} if g.relevant else set(), {"yes"} & _yes(g, relevant)) for g in sure]),
        links=pairs(lambda claim, _: claim, _STRONG),
        strict=pairs(lambda claim, stance: (claim, stance), _STRONG),
        any=pairs(lambda claim, _: claim, tuple(Stance)),
        figures=_rate([(set(g.figures), _figures(predicted.get(g.story.id))) for g in sure if g.relevant]),
        events=_b_cubed(
            {g.story.id: g.event for g in gold if g.relevant and g.event},
            {key: p.event for key, p in predicted.items() if p.event},
        ),
        stance=sum(found) / len(found) if found else 0.0,
        languages=languages,
    )


def _yes(label: Labelled, relevant: set[str]) -> set[str]:
    return {"yes"} if label.story.id in relevant else set()


def _stances(prediction: Prediction | None) -> dict[str, Stance]:
    return {e.claim_id: e.stance for e in prediction.reading.evidence} if prediction else {}


def _figures(prediction: Prediction | None) -> set[tuple[str, float]]:
    figures = prediction.reading.figures if prediction else ()
    return {(f.unit, value) for f in figures for value in _ends(f)}


def _ends(figure: Figure) -> tuple[float, ...]:
    return (figure.low,) if figure.low == figure.high else (figure.low, figure.high)


def _rate(compared: Iterable[tuple[set[Any], set[Any]]]) -> Rate:
    """Return the micro-averaged rate over pairs of what was to find and what was found."""
    right = found = n = 0
    for want, got in compared:
        right, found, n = right + len(want & got), found + len(got), n + len(want)
    return Rate(right / found if found else 0.0, right / n if n else 0.0, n)


def _b_cubed(gold: Mapping[str, str], predicted: Mapping[str, str]) -> Rate:
    """Return B-cubed (Bagga and Baldwin, 1998): a story without a predicted event stands alone."""
    theirs = {key: predicted.get(key) or f"alone {key}" for key in gold}
    events, groups = defaultdict(set), defaultdict(set)
    for key in gold:
        events[gold[key]].add(key)
        groups[theirs[key]].add(key)
    shared = [(len(events[gold[k]] & groups[theirs[k]]), events[gold[k]], groups[theirs[k]]) for k in gold]
    n = len(gold) or 1
    return Rate(
        sum(s / len(g) for s, _, g in shared) / n, sum(s / len(e) for s, e, _ in shared) / n, len(gold)
    )


def _rows(path: Path) -> Iterator[tuple[Story, Mapping[str, Any], str]]:
    before = _EPOCH
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RowError(f"{path}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
            story = _story(row, before)
        except KeyError as error:
            raise RowError(f"{where}: {error.args[0]}: missing") from error
        except (TypeError, ValueError, AttributeError, RecursionError) as error:
            raise RowError(f"{where}: no story: {error}") from error
        before = story.at
        yield story, row, where


def _story(row: Mapping[str, Any], before: datetime) -> Story:
    for key in ("id", "title", "summary"):
        if not isinstance(row[key], str):
            raise ValueError(f"{key}: a text is expected")
    published = row.get("published")
    at = _moment(published) if published else None
    outlet, url = str(row.get("outlet") or "unknown"), str(row.get("url") or "")
    return Story(
        id=row["id"],
        feed_url="",
        url=url,
        title=row["title"],
        summary=row["summary"],
        language=row.get("lang") or "und",
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
        raise ValueError(f"{value!r} is neither true nor false")
    return value
