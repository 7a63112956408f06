"""What a number of a claim stands beside: one that was given before it. Pure."""

from claims.history import TOGETHER, Said, Series
from claims.model import Stance
from claims.text import fold


def earlier(series: Series, said: Said) -> Said | None:
    """Return the last number of a series before another, or None.

    It is a body's own, else one of its government, else another body's. Of several that were given together
    it is the one that most outlets tell. What outlets tell in their own name, and what a story that disputes
    the claim has, is none.
    """
    before = [
        each
        for each in series.said
        if each.stance is Stance.SUPPORTS
        and not each.told
        and said.said_on.first() - each.said_on.first() > TOGETHER
    ]
    own = [each for each in before if fold(each.said_by) == fold(said.said_by)]
    found = own or [each for each in before if each.whom & said.whom] or before
    if not found:
        return None
    last = max(each.said_on.first() for each in found)
    together = [each for each in found if last - each.said_on.first() <= TOGETHER]
    return max(together, key=lambda each: len(each.outlets))
