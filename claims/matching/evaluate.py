"""What the matcher says of stories in a row, and how good that is beside what an analyst says."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from claims.matching.events import WINDOW, event_id
from claims.matching.matcher import Matcher
from claims.matching.meaning import Encoder, vectors_of
from claims.matching.rows import Labelled
from claims.model import Event, Figure, Member, Reading, Stance, Story

_STRONG = (Stance.SUPPORTS, Stance.DISPUTES)
_DAY = timedelta(days=1)


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
                {
                    "id": e.claim_id,
                    "stance": str(e.stance),
                    "score": e.score,
                    "suggested": e.suggested,
                    "why": [asdict(mark) for mark in e.why],
                }
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


def predict(
    matcher: Matcher, stories: Iterable[Story], encoder: Encoder | None = None
) -> Iterator[Prediction]:
    """Read stories in the order given, and put the relevant ones into events, oldest first, as they came.

    What is said of each is then told in the order given.
    """
    members = [Member(story, matcher.read(story)) for story in stories]
    relevant = [member for member in members if member.reading.relevant]
    relevant.sort(key=lambda member: member.story.at)
    vectors = vectors_of(encoder, [member.story for member in relevant]) if encoder else {}
    of: dict[int, str] = {}
    events: dict[str, Event] = {}
    days: defaultdict[date, dict[str, None]] = defaultdict(dict)
    for member in relevant:
        story = member.story
        near = {key: None for n in range(WINDOW.days + 1) for key in days.get(story.at.date() - n * _DAY, ())}
        joined = matcher.group(member, [events[key] for key in near], vectors)
        key = joined.id if joined else event_id(story)
        before = events[key].members if key in events else ()
        events[key] = Event(key, (*before, member))
        days[story.at.date()][key] = None
        of[id(member)] = key
    yield from (Prediction(member.reading, of.get(id(member))) for member in members)


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
        relevance=_rate([({g.story.id} if g.relevant else set(), relevant & {g.story.id}) for g in sure]),
        links=pairs(lambda claim, _: claim, _STRONG),
        strict=pairs(lambda claim, stance: (claim, stance), _STRONG),
        any=pairs(lambda claim, _: claim, tuple(Stance)),
        figures=_rate([(set(g.figures), _figures(predicted.get(g.story.id))) for g in sure if g.relevant]),
        events=b_cubed(
            {g.story.id: g.event for g in gold if g.relevant and g.event},
            {key: p.event for key, p in predicted.items() if p.event},
        ),
        stance=sum(found) / len(found) if found else 0.0,
        languages=languages,
    )


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


def b_cubed(gold: Mapping[str, str], predicted: Mapping[str, str]) -> Rate:
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
