"""Which event a story joins, by a rule that a test can foresee: titles that share half their words."""

from collections.abc import Mapping, Sequence

from claims.matching.events import WINDOW
from claims.matching.meaning import Vector
from claims.model import Event, Member

_SHARED = 0.5


def by_title(
    member: Member, events: Sequence[Event], vectors: Mapping[str, Vector] | None = None
) -> Event | None:
    """Return the first event within the window with a member that is worded alike, or means the same."""
    known = vectors or {}

    def one(other: Member) -> bool:
        if abs(other.story.at - member.story.at) > WINDOW:
            return False
        mine, theirs = known.get(member.story.id), known.get(other.story.id)
        if mine is not None and theirs is not None and mine @ theirs > _SHARED:
            return True
        ours, others = _words(member), _words(other)
        return len(ours & others) >= _SHARED * min(len(ours), len(others))

    return next((event for event in events if any(map(one, event.members))), None)


def _words(member: Member) -> set[str]:
    return set(member.story.title.casefold().split())
