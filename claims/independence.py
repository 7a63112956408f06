"""How many sources really stand behind a happening: the only place where they are counted.

Feeds are never counted, and neither are outlets that relay each other. An independent account needs an
origin of its own and a family of its own: five papers that quote one ministry are one account, and so are
two stories of one publisher.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.model import Evidence, Figure, Member, Sighting, Stance, Story
from claims.text import fold
from claims.when import Day

_SUMMARY = 60
"""Characters from which on two equal summaries are no chance: shorter ones are often a feed's own phrase."""

_name = lru_cache(maxsize=10_000)(fold)
"""Of bodies and outlets: they are few, and each is met thousands of times."""


Who = Callable[[str], frozenset[str]]
"""Returns whom words name: bodies of one government are that government, so that they never count twice."""


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
    the happening itself: a wire and its reprint are one. Where its headline or its summary stands in another
    story too, it is that one's account: copies of a wire are one, whether they name it or not. Where other
    stories name whom they have the happening from, one that names nobody adds no account: it most likely has
    it from the same. What another outlet's feed relays counts for the outlet that it was relayed from, and
    an outlet that only tells what a body said, by another story, is no account beside that body. A root that
    is named without its country (`Defense Intelligence Agency`) is the one that is named with it.
    """
    families_of, _root_of, families = _families_of(members)
    return Tally(
        outlets=tuple(dict.fromkeys(outlet(m.story) for m in members)),
        families=len(families),
        origins=len(families_of),
        independent=len(_matched(families_of)),
    )


def counted(members: Sequence[Member]) -> frozenset[str]:
    """Return the roots of origins that `tally` counts as independent, each as the first story has it.

    Where one family alone tells of several, it is the first of them in the order of these stories, of which
    each names an origin.
    """
    families_of, root_of, _families = _families_of(members)
    matched = _matched(families_of)
    firsts: dict[str, str] = {}
    for member in members:
        firsts.setdefault(root_of[member.story.id], speaker(member))
    return frozenset(name for root, name in firsts.items() if root in matched)


def _families_of(members: Sequence[Member]) -> tuple[dict[str, set[str]], dict[str, str], set[str]]:
    """Return by root the families that tell of it, by story id its root, and the families of all."""
    # Sorted, so that an outlet which changed hands has the same family whichever story came first.
    family_by_name = dict(
        sorted({(_name(m.story.source.name), _name(m.story.source.family)) for m in members})
    )

    def family_of(name: str) -> str:
        return family_by_name.get(_name(name), _name(name))

    roots = {family_of(m.reading.origin.root) for m in members if m.reading.origin}
    whole = in_full(roots)
    named, unnamed = _copies(members, family_of)
    body_of = _told_by(members, family_of)
    families: set[str] = set()
    families_of: dict[str, set[str]] = {}
    root_of: dict[str, str] = {}
    for member in members:
        family, origin = family_of(outlet(member.story)), member.reading.origin
        keys = () if origin else _keys(member.story)
        root = (
            family_of(origin.root)
            if origin
            else min((named[key] for key in keys if key in named), default="")
            or min((unnamed[key] for key in keys), default=family)
        )
        if not origin or origin.by_outlet:
            root = body_of.get(root, root)
        families.add(family)
        if origin or not roots or root in roots:
            root_of[member.story.id] = whole.get(root, root)
            families_of.setdefault(root_of[member.story.id], set()).add(family)
    return families_of, root_of, families


def _told_by(members: Sequence[Member], family_of: Callable[[str], str]) -> dict[str, str]:
    """Return by the outlets that stories name as having told it the first of the bodies that they tell of."""
    found: dict[str, str] = {}
    for origin in (member.reading.origin for member in members):
        if origin and not origin.by_outlet:
            for teller in map(family_of, origin.chain[1:]):
                found[teller] = min(found.get(teller, family_of(origin.root)), family_of(origin.root))
    return found


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind one side of a claim."""

    independent: int
    """The most accounts of that side that share neither origin nor family."""
    disputed: bool
    """Somebody who is no party to the matter says otherwise."""


def in_full(names: Collection[str]) -> dict[str, str]:
    """Return by name the one of them that has its country before it, else itself; names are folded."""
    return {name: max(n for n in names if n == name or n.endswith(f" {name}")) for name in names}


def support(members: Sequence[Member], link: Evidence, *, denial: bool) -> Support:
    """Return what stands behind a link among the stories of its event.

    Only stories of its stance count, and none that is merely suggested for the claim; and of a denial (a
    link that disputes, or whose claim is a `denial`) only those whose root is no party: that a party denies
    its own conduct confirms nothing, and disputes nothing by evidence.
    """
    denies = denial or link.stance is Stance.DISPUTES
    same, other = [], []
    for member in members:
        told = (e for e in member.reading.evidence if e.claim_id == link.claim_id and not e.suggested)
        stances = {e.stance for e in told}
        if link.stance in stances or member.story.id == link.story_id:
            same.append(member)
        elif stances - {Stance.BACKGROUND}:
            other.append(member)
    return Support(
        independent=tally([m for m in same if not (denies and is_party(m))]).independent,
        disputed=any(not is_party(m) for m in other),
    )


def outlet(story: Story) -> str:
    """Return the name of the outlet whose story it is: the one that a feed relays, else the feed's own."""
    return story.relayed_from or story.source.name


def said_by(figure: Figure, source: str) -> str:
    """Return who gives a figure: the body that the story names for it, else the source, which tells it."""
    return figure.body or source


def sighted(figure: Figure, story: Story) -> Sighting:
    """Return a figure of a story as it is set beside later ones."""
    return Sighting(figure, said_by(figure, outlet(story)), Day.of(story.at), story.id)


def speaker(member: Member) -> str:
    """Return who speaks in a story: the root of its origin, else its outlet."""
    origin = member.reading.origin
    return origin.root if origin else outlet(member.story)


def is_party(member: Member) -> bool:
    """Say whether whoever speaks in a story is a party to the matter."""
    return member.reading.origin is not None and member.reading.origin.party


def _keys(story: Story) -> tuple[str, ...]:
    """Return what a copy of a story has in common with it: its headline, or a summary of some length."""
    return tuple(
        key
        for text, least in ((story.title, 1), (story.summary, _SUMMARY))
        if len(key := fold(text)) >= least
    )


def _copies(
    members: Sequence[Member], family_of: Callable[[str], str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return by what they share the root of stories that name one, and the family of those that name none."""
    named: dict[str, str] = {}
    unnamed: dict[str, str] = {}
    if all(member.reading.origin for member in members):
        return named, unnamed
    for member in members:
        origin = member.reading.origin
        name, found = (origin.root, named) if origin else (outlet(member.story), unnamed)
        for key in _keys(member.story):
            found[key] = min(found.get(key, family_of(name)), family_of(name))
    return named, unnamed


def _matched(families_of: dict[str, set[str]]) -> frozenset[str]:
    """Return the origins of a largest matching with families (augmenting paths); of equals the first."""
    taken: dict[str, str] = {}

    def place(root: str, tried: set[str]) -> bool:
        for family in sorted(families_of[root] - tried):
            tried.add(family)
            if family not in taken or place(taken[family], tried):
                taken[family] = root
                return True
        return False

    for root in families_of:
        place(root, set())
    return frozenset(taken.values())
