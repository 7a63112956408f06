"""Learn the scorer from labelled stories: `python -m benchmarks.fit LABELLED.jsonl... [--write]`.

What is printed is measured across events: every story is judged by a model that saw no story of its event.
`--write` replaces `seeds/lexicon/shared/scorer.toml`, a file that is read before it is committed.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from statistics import median_low

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching import SEEDS
from benchmarks.other_news import read_headlines
from claims.matching.encoder import load_encoder
from claims.matching.evaluate import b_cubed
from claims.matching.events import WINDOW, join, measured
from claims.matching.lexicon import load_lexicon
from claims.matching.matcher import Matcher, Measured
from claims.matching.meaning import Vector, vectors_of
from claims.matching.rows import Labelled, read_labelled
from claims.model import Event, Member, Stance
from claims.seeding import read_claims

Floats = NDArray[np.float64]

FOLDS = 5
PRECISION = 0.91
"""Of what is told without a person's review, on the labelled stories.

The lexicon was written with most of them in sight; on events that nobody had read it was .01 to .02 less.
"""
_NOISE = 0.002
"""A difference in F1 that means nothing."""
_RIDGE = 3.0
_RIDGE_OF_PAIRS = 300.0
"""Pairs are many, but each story is in many of them, and stories of few events say little apart."""
_STEPS = 30
_SCORER = SEEDS / "lexicon" / "shared" / "scorer.toml"


@dataclass(frozen=True)
class Rows:
    """What a model is fitted to, a row a decision."""

    names: tuple[str, ...]
    x: Floats
    y: Floats
    folds: NDArray[np.int64]
    counted: NDArray[np.bool_]
    """Rows that labels decide: not unsure, not background."""


@dataclass(frozen=True)
class Fitted:
    """A model with the cuts that its judgement across events asks for."""

    names: tuple[str, ...]
    bias: float
    weights: Floats
    apart: Floats
    """What each row is given by the model that saw nothing of its event."""
    cut: float
    sure: float

    def best(self, links: Mapping[str, Mapping[str, float]]) -> float:
        """Return how surely the likeliest of these links holds."""
        totals = [
            self.bias + sum(found[n] * w for n, w in zip(self.names, self.weights, strict=True))
            for found in links.values()
        ]
        return max((1 / (1 + float(np.exp(-total))) for total in totals), default=0.0)


def main() -> None:
    """Fit, print and, where asked, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    gold = [label for path in asked.labelled for label in read_labelled(path)]
    lexicon, claims = load_lexicon(SEEDS / "lexicon"), read_claims(SEEDS / "claims.toml")
    matcher = Matcher(lexicon, claims)
    stories = _measured(gold, matcher)
    rows, owners = _links(gold, [seen.links for seen in stories])
    lost = sum(s is not Stance.BACKGROUND for g in gold if not g.unsure for s in g.stances.values())
    links = fit(rows, lost - int(rows.y[rows.counted].sum()), min)  # a person reviews what is unsure
    print(_told("links", rows, links, lost))
    bare = _measured(gold, Matcher(lexicon, [replace(claim, profile=None) for claim in claims]))
    guesses, _ = _links(gold, [seen.links for seen in bare])
    guessed = fit(guesses, lost - int(guesses.y[guesses.counted].sum()), min)
    print(_told("guessed", guesses, guessed, lost))
    best = np.zeros(len(gold))
    np.maximum.at(best, owners, links.apart)
    others = [matcher.measured(headline.story) for headline in read_headlines()]
    matters = [{**s.relevance, "linked": float(linked)} for s, linked in zip(stories, best, strict=True)]
    matters += [{**s.relevance, "linked": links.best(s.links)} for s in others]
    about = _relevance(gold, matters)
    relevance = fit(about, 0, median_low)
    print(_told("relevance", about, relevance, int(about.y[about.counted].sum())))
    encoder = load_encoder(SEEDS / "encoder")
    read = [Member(label.story, matcher.read(label.story)) for label in gold]
    events = _events(gold, read, {})
    print(_told("events", *events, int(events[0].y.sum())))
    vectors = vectors_of(encoder, [label.story for label in gold]) if encoder else {}
    by_meaning = _events(gold, read, vectors)
    print(_told("events, by meaning", *by_meaning, int(by_meaning[0].y.sum())))
    if asked.write:
        text = "".join(
            _toml(
                str(int(lexicon.scorer.version) + 1),
                {
                    "links": links,
                    "guessed": guessed,
                    "relevance": relevance,
                    "events": events[1],
                    "events_by_meaning": by_meaning[1],
                },
            )
        )
        _SCORER.write_text(text, encoding="utf-8")
        print(f"{_SCORER} written")


def _measured(gold: Sequence[Labelled], matcher: Matcher) -> list[Measured]:
    return [matcher.measured(label.story) for label in gold]


def _links(
    gold: Sequence[Labelled], measured: Sequence[Mapping[str, Mapping[str, float]]]
) -> tuple[Rows, NDArray[np.int64]]:
    found = [
        (number, label, label.stances.get(claim), features)
        for number, (label, links) in enumerate(zip(gold, measured, strict=True))
        for claim, features in links.items()
    ]
    names = tuple(found[0][3])
    rows = Rows(
        names=names,
        x=np.array([[features[name] for name in names] for *_, features in found]),
        y=np.array([float(stance not in (None, Stance.BACKGROUND)) for _, _, stance, _ in found]),
        folds=np.array([_fold(label) for _, label, _, _ in found]),
        counted=np.array(
            [not label.unsure and stance is not Stance.BACKGROUND for _, label, stance, _ in found]
        ),
    )
    return rows, np.array([number for number, *_ in found])


def _relevance(gold: Sequence[Labelled], measured: Sequence[Mapping[str, float]]) -> Rows:
    """Return a row for each labelled story, then one for each of the rest, which is of another matter."""
    names = tuple(measured[0])
    others = len(measured) - len(gold)
    return Rows(
        names=names,
        x=np.array([[features[name] for name in names] for features in measured]),
        y=np.array([float(label.relevant) for label in gold] + [0.0] * others),
        folds=np.array([_fold(label) for label in gold] + [number % FOLDS for number in range(others)]),
        counted=np.array([not label.unsure for label in gold] + [True] * others),
    )


def _events(
    gold: Sequence[Labelled], read: Sequence[Member], vectors: Mapping[str, Vector]
) -> tuple[Rows, Fitted]:
    """Fit what says whether two stories of one week report one happening.

    Its cut is the one at which grouping, one story after the other, does best.
    """
    told = sorted(
        ((m, label) for m, label in zip(read, gold, strict=True) if m.reading.relevant),
        key=lambda pair: pair[0].story.at,
    )
    pairs = [
        (a, b)
        for number, b in enumerate(told)
        for a in told[:number]
        if b[0].story.at - a[0].story.at <= WINDOW
    ]

    def near(a: Member, b: Member) -> float | None:
        one, two = vectors.get(a.story.id), vectors.get(b.story.id)
        return None if one is None or two is None else float(one @ two)

    features = [measured(b[0], a[0], near(a[0], b[0])) for a, b in pairs]
    names = tuple(name for name in features[0] if vectors or name != "near")
    rows = Rows(
        names=names,
        x=np.array([[found[name] for name in names] for found in features]),
        y=np.array([float(a[1].event is not None and a[1].event == b[1].event) for a, b in pairs]),
        folds=np.array([_fold(b[1]) for _, b in pairs]),
        counted=np.ones(len(pairs), dtype=np.bool_),
    )
    counts = _counts(pairs, rows.y)
    apart = np.zeros(len(pairs))
    other = np.array([_fold(a[1]) for a, _ in pairs])
    for fold in range(FOLDS):
        unseen = (rows.folds == fold) | (other == fold)
        bias, weights = regression(rows.x[~unseen], rows.y[~unseen], _RIDGE_OF_PAIRS, counts[~unseen])
        apart[unseen] = 1 / (1 + np.exp(-(bias + rows.x[unseen] @ weights)))
    bias, weights = regression(rows.x, rows.y, _RIDGE_OF_PAIRS, counts)
    likeness = {(b[0].story.id, a[0].story.id): float(p) for (a, b), p in zip(pairs, apart, strict=True)}
    cuts = _grid()[25:90:3]
    scores = [_grouped(gold, told, likeness, c) for c in cuts]
    # With its neighbours: the best cut alone may stand at an edge.
    cut = cuts[1 + int(np.argmax(np.convolve(scores, np.ones(3), "valid")))]
    print(f"grouping by these from {cut:.2f}: B-cubed {_grouped(gold, told, likeness, cut):.3f}")
    return rows, Fitted(names, bias, weights, apart, cut, cut)


def _counts(pairs: Sequence[tuple[tuple[Member, Labelled], tuple[Member, Labelled]]], same: Floats) -> Floats:
    """Return how much each pair counts: all of a story with its event as much as all with other events.

    Without that a happening of twenty stories would count a hundred times as much as one of two.
    """
    ids = [(a.story.id, b.story.id, bool(y)) for ((a, _), (b, _)), y in zip(pairs, same, strict=True)]
    among = Counter((story, y) for one, two, y in ids for story in (one, two))
    counts = np.array([1 / among[one, y] + 1 / among[two, y] for one, two, y in ids])
    return counts / counts.mean()


def _grouped(
    gold: Sequence[Labelled],
    told: Sequence[tuple[Member, Labelled]],
    likeness: Mapping[tuple[str, str], float],
    cut: float,
) -> float:
    events: list[Event] = []
    for member, _ in told:
        joined = join(member, events, lambda a, b: likeness[a.story.id, b.story.id] - cut)
        if joined:
            events = [e for e in events if e.id != joined.id]
        events.append(
            Event(joined.id if joined else member.story.id, (*(joined.members if joined else ()), member))
        )
    said = {m.story.id: event.id for event in events for m in event.members}
    return b_cubed({g.story.id: g.event for g in gold if g.relevant and g.event}, said).f1


def _fold(label: Labelled) -> int:
    return int(sha256(f"fold {label.event or label.story.id}".encode()).hexdigest(), 16) % FOLDS


def fit(rows: Rows, unseen: int, choose: Callable[[Iterable[float]], float]) -> Fitted:
    """Fit to all rows, and choose the cuts by what models say of rows whose event they have not seen.

    Of the cuts that are as good as the best, `choose` takes one.
    """
    apart = np.zeros(len(rows.y))
    for fold in range(FOLDS):
        among = rows.counted & (rows.folds != fold)
        bias, weights = regression(rows.x[among], rows.y[among])
        here = rows.folds == fold
        apart[here] = 1 / (1 + np.exp(-(bias + rows.x[here] @ weights)))
    bias, weights = regression(rows.x[rows.counted], rows.y[rows.counted])
    best = max(_rates(rows, apart, c, unseen)[2] for c in _grid())
    cut = choose(c for c in _grid() if _rates(rows, apart, c, unseen)[2] >= best - _NOISE)
    exact = [c for c in _grid() if c >= cut and _rates(rows, apart, c, unseen)[0] >= PRECISION]
    return Fitted(rows.names, bias, weights, apart, cut, min(exact, default=1.0))


def _grid() -> list[float]:
    return [round(float(c), 2) for c in np.arange(0.05, 0.99, 0.01)]


def regression(
    x: Floats, y: Floats, stiff: float = _RIDGE, counts: Floats | None = None
) -> tuple[float, Floats]:
    """Return bias and weights of a ridge logistic regression (Newton's method, on scaled features).

    `stiff` is how much large weights cost, `counts` how often each row counts.
    """
    often = np.ones(len(y)) if counts is None else counts
    mean, spread = x.mean(0), x.std(0)
    spread[spread == 0] = 1
    scaled = np.hstack([np.ones((len(x), 1)), (x - mean) / spread])
    ridge = np.diag([0.0, *[stiff] * x.shape[1]])
    beta = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-scaled @ beta))
        gradient = scaled.T @ (often * (y - p)) - ridge @ beta
        beta += np.linalg.solve((scaled * (often * p * (1 - p))[:, None]).T @ scaled + ridge, gradient)
    weights = beta[1:] / spread
    return float(beta[0] - weights @ mean), weights


def _rates(rows: Rows, given: Floats, cut: float, unseen: int) -> tuple[float, float, float]:
    """Return precision, recall and F1; `unseen` are right answers that no row stands for."""
    said = rows.counted & (given >= cut)
    right = float(rows.y[said].sum())
    want = float(rows.y[rows.counted].sum()) + unseen
    found = float(said.sum())
    return right / (found or 1), right / (want or 1), 2 * right / ((found + want) or 1)


def _told(name: str, rows: Rows, fitted: Fitted, want: int) -> str:
    lines = [f"{name}: {int(rows.counted.sum())} rows, {want} to find"]
    for label, cut in (("counts", fitted.cut), ("told", fitted.sure)):
        rates = _rates(rows, fitted.apart, cut, want - int(rows.y[rows.counted].sum()))
        lines.append(
            f"  {label} from {cut:.2f}: precision {rates[0]:.3f} recall {rates[1]:.3f} F1 {rates[2]:.3f}"
        )
    return "\n".join(lines)


def _toml(version: str, models: Mapping[str, Fitted]) -> Iterator[str]:
    yield (
        "# What was learned from labelled stories; `python -m benchmarks.fit` writes it. From `cut` on\n"
        "# something counts, from `sure` on it is told without a review: of these links\n"
        f"# {PRECISION:.0%} are right among the labelled, and some nine of ten of others.\n\n"
        f'version = "{version}"\n'
    )
    for name, fitted in models.items():
        yield f"\n[{name}]\ncut = {fitted.cut:.2f}\n"
        if fitted.sure > fitted.cut:
            yield f"sure = {fitted.sure:.2f}\n"
        yield f"bias = {fitted.bias:.3f}\n"
        yield "".join(f"{key} = {w:.3f}\n" for key, w in zip(fitted.names, fitted.weights, strict=True))


if __name__ == "__main__":
    main()
