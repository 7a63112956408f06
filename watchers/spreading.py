"""How feeds that come due together part: at the first start with thousands, or after an outage."""

import random
from collections.abc import Callable

from watchers.pacing import JITTER

CROWD = 200
"""Feeds due at one moment from which on they are spread. A shorter list keeps its pace from its first visit
on; ten thousand at ten minutes that are spread well are 17 a second."""


class Spreading:
    """What the waits of feeds are stretched by: `jitter` of `watchers.pacing.next_try`.

    Out of a crowd it is up to a tenth of the wait. In one it is up to the whole wait, once: after it the
    crowd is spread evenly over the length of its wait. Waits are never cut, so that no publisher is asked
    sooner than it wishes.
    """

    def __init__(self, chance: Callable[[], float] = random.random) -> None:
        """Draw from `chance`, 0 to 1."""
        self._chance = chance
        self.due = 0
        """How many feeds are due at this moment, of which the sweep keeps count."""

    def jitter(self) -> float:
        """Return 0 to 1, or 0 to ten in a crowd."""
        return self._chance() * (1 / JITTER if self.due >= CROWD else 1.0)
