"""How alike two bags of weighted concepts are."""

from collections.abc import Mapping
from math import sqrt


def unit(weights: Mapping[str, float]) -> dict[str, float]:
    """Return weights scaled to length 1, without those that are 0."""
    length = sqrt(sum(w * w for w in weights.values()))
    return {key: w / length for key, w in weights.items() if w}


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the cosine of two of length 1: 0 where they share nothing, 1 where they are the same."""
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return sum(weight * many[key] for key, weight in few.items() if key in many)
