"""The scorer: what was learned from labelled stories, as numbers in one reviewed file, `shared/scorer.toml`.

    version                      goes up whenever a number changes; kept with what was read
    [links.words]                the model of links that needs no encoder
    [links.vectors]              the one that is used where stories have sentence vectors
    [relevance.words], [relevance.vectors]

A model is a logistic regression: `bias` and one weight per feature, and the cuts of what it says.
`python -m benchmarks.fit` writes the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path

from claims.tables import Table, number, opened, share, text


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
    links_by_vectors: Model
    relevance: Model
    relevance_by_vectors: Model


def read_scorer(path: Path) -> Scorer:
    """Read the models.

    Raises:
        SeedError: the file is missing or wrong; names the file and the key.

    """
    with opened(path) as root:
        version = root.take("version", text, "", needed=True)
        links, relevance = root.table("links"), root.table("relevance")
        scorer = Scorer(
            version=version,
            links=_model(links, "words"),
            links_by_vectors=_model(links, "vectors"),
            relevance=_model(relevance, "words"),
            relevance_by_vectors=_model(relevance, "vectors"),
        )
        for table in (links, relevance):
            if table:
                table.close()
    return scorer


def _model(parent: Table | None, name: str) -> Model:
    table = parent.table(name) if parent else None
    if table is None:
        return Model(0.0, {}, 1.0, 1.0)
    cut = table.take("cut", share, 0.0, needed=True)
    model = Model(
        bias=table.take("bias", number, 0.0, needed=True),
        cut=cut,
        sure=table.take("sure", share, cut),
        weights={
            key: table.take(key, number, 0.0) for key in table.names() if key not in ("bias", "cut", "sure")
        },
    )
    table.close()
    return model
