"""How many sources really stand behind a happening: the only place where they are counted.

Feeds are never counted, and neither are outlets that relay each other. An independent account needs an
origin of its own and a family of its own: five papers that quote one ministry are one account, and so are
two stories of one publisher.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.model import Figure, Member, Origin, Story
from claims.text import fold


@dataclass(frozen=True, slots=True)
class Tally:
    """Who tells a happening."""

    outlets: tuple[str, ...]
    """Names of the outlets, each once, in the order in which they came."""
    families: int
    origins: int
    independent: int
    """The most accounts that share neither origin nor family."""


def tally(members: Sequence[Member]) -> Tally:
    """Count the accounts among these stories.

    A story that names nobody is its own family's account, and so is one that names an outlet which tells
    the happening itself: a wire and its reprint are one. What another outlet's feed relays counts for the
    outlet that it was relayed from.
    """
    outlets = dict.fromkeys(outlet(m.story) for m in members)
    # Sorted, so that an outlet which changed hands has the same family whichever story came first.
    family_by_name = dict(sorted((fold(m.story.source.name), fold(m.story.source.family)) for m in members))

    def family_of(name: str) -> str:
        return family_by_name.get(fold(name), fold(name))

    families_of: dict[str, set[str]] = {}
    for member in members:
        family, origin = family_of(outlet(member.story)), member.reading.origin
        root = family_of(origin.root) if origin else family
        families_of.setdefault(root, set()).add(family)
    return Tally(
        outlets=tuple(outlets),
        families=len(set().union(*families_of.values())),
        origins=len(families_of),
        independent=_matched(families_of),
    )


def outlet(story: Story) -> str:
    """Return the name of the outlet whose story it is: the one that a feed relays, else the feed's own."""
    return story.relayed_from or story.source.name


def said_by(figure: Figure, origin: Origin | None, source: str) -> str:
    """Return who stands behind a figure: the body named for it, else its story's origin, else the source."""
    return figure.body or (origin.root if origin else source)


def _matched(families_of: dict[str, set[str]]) -> int:
    """Return the size of a largest matching of origins with families (augmenting paths)."""
    taken: dict[str, str] = {}

    def place(root: str, tried: set[str]) -> bool:
        for family in sorted(families_of[root] - tried):
            tried.add(family)
            if family not in taken or place(taken[family], tried):
                taken[family] = root
                return True
        return False

    return sum(place(root, set()) for root in sorted(families_of))
