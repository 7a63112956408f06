"""The scorer: what was learned from labelled stories, as numbers in one reviewed file, `shared/scorer.toml`.

    version                      a whole number, one more each time that the file is written
    [links]       whether a story bears on a claim
    [guessed]     the same for claims whose profile is guessed from their words
    [relevance]   whether a story belongs to the matter
    [events]      whether two stories report one happening
    [events_by_meaning]   the same where sentence vectors are at hand

A model is a logistic regression: `bias` and one weight per feature, and the cuts of what it says.
`python -m benchmarks.fit` writes the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path

from claims.tables import Table, number, opened, share, text

_NO_FEATURES = ("bias", "cut", "sure")


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression."""

    bias: float
    weights: Mapping[str, float]
    """By the name of the feature."""
    cut: float
    """The probability from which something counts at all: a link is suggested, a story relevant."""
    sure: float
    """The probability from which a link is attached and told."""

    def probability(self, features: Mapping[str, float]) -> float:
        """Return how likely it is, 0 to 1; a feature that was not measured counts as 0."""
        total = self.bias + sum(w * features.get(name, 0.0) for name, w in self.weights.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Scorer:
    """All models, and the version that says which they are."""

    version: str
    links: Model
    guessed: Model
    relevance: Model
    events: Model
    events_by_meaning: Model


def read_scorer(path: Path) -> Scorer:
    """Read the models.

    Raises:
        SeedError: the file is missing or wrong; names the file and the key.

    """
    with opened(path) as root:
        return Scorer(
            version=root.take("version", text, "", needed=True),
            links=_model(root, "links"),
            guessed=_model(root, "guessed"),
            relevance=_model(root, "relevance"),
            events=_model(root, "events"),
            events_by_meaning=_model(root, "events_by_meaning"),
        )


def _model(root: Table, name: str) -> Model:
    table = root.table(name)
    if table is None:
        root.wrong(name, "a model is expected, but it is missing")
        return Model(0.0, {}, 1.0, 1.0)
    cut = table.take("cut", share, 0.0, needed=True)
    model = Model(
        bias=table.take("bias", number, 0.0, needed=True),
        cut=cut,
        sure=table.take("sure", share, cut),
        weights={key: table.take(key, number, 0.0) for key in table.names() if key not in _NO_FEATURES},
    )
    table.close()
    return model
