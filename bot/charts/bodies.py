"""Which body has which colour and shape in the pictures of a claim's numbers. Pure."""

from collections import Counter
from collections.abc import Iterable

from bot.charts.parts import Key
from bot.charts.shapes import CIRCLE
from bot.charts.sheet import BLUE, FAINT, GREEN, ORANGE, PINK, RED, VIOLET, WHITE, YELLOW
from claims.history import Series, updates
from claims.text import fold

KEYS = (
    Key(CIRCLE, BLUE),
    Key("square", ORANGE),
    Key("diamond", GREEN),
    Key("plus", PINK),
    Key("right", YELLOW),
    Key("cross", RED),
    Key("left", WHITE),
    Key("star", VIOLET),
)
"""Of bodies; a shape always says the same as its colour."""
OTHERS = Key(CIRCLE, FAINT, size=6.0)
"""Of all bodies that have none of their own; each is then named at its mark."""


def keys_of(series: Iterable[Series]) -> dict[str, Key]:
    """Return the key of each body that has one of its own, by its folded name, in the order of the legend.

    Those whose numbers were said with the claim come first, then those whom most outlets name; a body that
    says a number anew has a line, which is worth as much as another outlet.
    """
    weights: Counter[str] = Counter()
    own: set[str] = set()
    words: dict[str, str] = {}
    for one in series:
        for said in one.said:
            name = fold(said.said_by)
            words.setdefault(name, said.said_by)
            weights[name] += len(said.outlets)
            if said.own:
                own.add(name)
        weights.update(fold(said.said_by) for line in updates(one) for said in line)
    ranked = sorted(words, key=lambda name: (name not in own, -weights[name]))
    return {name: Key(key.shape, key.colour, words[name]) for name, key in zip(ranked, KEYS, strict=False)}
