"""The outlines of marks, so that both kinds of picture have the same. Pure."""

import math
from collections.abc import Sequence

CIRCLE = "circle"
_POINTS: dict[str, Sequence[tuple[float, float]]] = {
    "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "up": ((0, -1), (1, 0.9), (-1, 0.9)),
    "down": ((0, 1), (1, -0.9), (-1, -0.9)),
    "right": ((1.15, 0), (-0.9, 1.05), (-0.9, -1.05)),
    "left": ((-1.15, 0), (0.9, 1.05), (0.9, -1.05)),
    "plus": (
        (-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4),
        (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4),
    ),
    "cross": (
        (0, -0.55), (0.6, -1.15), (1.15, -0.6), (0.55, 0), (1.15, 0.6), (0.6, 1.15),
        (0, 0.55), (-0.6, 1.15), (-1.15, 0.6), (-0.55, 0), (-1.15, -0.6), (-0.6, -1.15),
    ),
    "star": tuple(
        (r * math.sin(math.pi * n / 5), -r * math.cos(math.pi * n / 5))
        for n, r in enumerate((1.3, 0.55) * 5)
    ),
    "dash": ((-1.2, -0.15), (1.2, -0.15), (1.2, 0.15), (-1.2, 0.15)),
    "bar": ((-0.18, -1.1), (0.18, -1.1), (0.18, 1.1), (-0.18, 1.1)),
}  # fmt: skip


def outline(shape: str, x: float, y: float, size: float) -> list[tuple[float, float]]:
    """Return the corners of a mark at a place, `size` points across; of a circle there are none."""
    half = size / 2
    return [(x + half * across, y + half * down) for across, down in _POINTS[shape]]
