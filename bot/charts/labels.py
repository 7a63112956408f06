"""Where labels go so that none covers another, a mark, or the edge. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_NEAR = 9.0
_AWAY = (9.0, 17.0, 28.0, 42.0, 58.0)
"""How far a label may stand from what it names, in points; the nearest free place is taken."""
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
_PIECES = 16
_BETWEEN = 2.0
"""Points that stay free round a label."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in points from the top left of its sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Say whether two rectangles have a point within both."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Say whether another rectangle lies within this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass
class Room:
    """A part of a sheet with what is drawn there already."""

    within: Box
    taken: list[Box] = field(default_factory=list)

    def place(self, x: float, y: float, width: float, height: float) -> tuple[Box, bool] | None:
        """Return where a label of this size goes beside a point, and whether a line must lead to it.

        None where there is no room for it.
        """
        for away in _AWAY:
            for box in _round(x, y, width, height, away):
                grown = Box(
                    box.left - _BETWEEN, box.top - _BETWEEN, box.right + _BETWEEN, box.bottom + _BETWEEN
                )
                if not self.within.holds(box) or self._is_taken(grown):
                    continue
                leads = away > _NEAR
                line = _leading(x, y, box) if leads else []
                if not any(self._is_taken(part) for part in line):
                    self.taken.extend((grown, *line))
                    return box, leads
        return None

    def _is_taken(self, box: Box) -> bool:
        # As `Box.meets` has it, without a call for each: a crowded picture asks a quarter of a million times.
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        for other in self.taken:
            if left < other.right and other.left < right and top < other.bottom and other.top < bottom:
                return True
        return False


def _along(start: tuple[float, float], end: tuple[float, float]) -> list[Box]:
    """Return a line between two points in small pieces."""
    (x, y), (end_x, end_y) = start, end
    places = ((x + (end_x - x) * n / _PIECES, y + (end_y - y) * n / _PIECES) for n in range(1, _PIECES))
    return [Box(left - 0.5, top - 0.5, left + 0.5, top + 0.5) for left, top in places]


def _leading(x: float, y: float, box: Box) -> list[Box]:
    """Return the line from a point to a label, but for what lies at the point itself."""
    own = Box(x - _NEAR, y - _NEAR, x + _NEAR, y + _NEAR)
    return [piece for piece in _along((x, y), nearest(box, x, y)) if not piece.meets(own)]


def nearest(box: Box, x: float, y: float) -> tuple[float, float]:
    """Return the point of a rectangle that is nearest to this one."""
    return min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)


def round_marks(marks: Sequence[tuple[float, float]], radius: float) -> list[Box]:
    """Return the boxes of marks at these places."""
    return [Box(x - radius, y - radius, x + radius, y + radius) for x, y in marks]


def _round(x: float, y: float, width: float, height: float, away: float) -> Iterator[Box]:
    for across, down in _SIDES:
        left = x + away if across > 0 else x - away - width if across < 0 else x - width / 2
        top = y + away if down > 0 else y - away - height if down < 0 else y - height / 2
        yield Box(left, top, left + width, top + height)
