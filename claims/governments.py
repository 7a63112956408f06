"""Stories as said by governments, whose bodies count once. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from claims.history import TOGETHER
from claims.independence import Who, speaker
from claims.model import Member


def by_government(members: Sequence[Member], who: Who) -> list[Member]:
    """Return stories as said by whom their roots mean, so that bodies of one government are one origin."""
    said_by = governments([speaker(m) for m in members], who)
    return [_as_said_by(m, name) for m, name in zip(members, said_by, strict=True)]


def governments(bodies: Sequence[str], who: Who) -> list[str]:
    """Return whom each of these names means.

    What several governments say together is that one's of them which also speaks by itself.
    """
    meant = [who(body) for body in bodies]
    alone = frozenset[str]().union(*(each for each in meant if len(each) == 1))
    return [min(each & alone or each) for each in meant]


def apart(members: Iterable[Member], who: Who) -> list[Member]:
    """Return of stories, oldest first, the first one of each body.

    What another body of its government says on the day or the day after is of the same announcement.
    """
    found: list[Member] = []
    for member in members:
        body, day = who(speaker(member)), member.story.at.date()
        if not any(
            speaker(each) == speaker(member)
            or (body & who(speaker(each)) and day - each.story.at.date() <= TOGETHER)
            for each in found
        ):
            found.append(member)
    return found


def _as_said_by(member: Member, body: str) -> Member:
    origin = member.reading.origin
    said = replace(member.reading, origin=origin and replace(origin, chain=(body,)))
    return replace(member, reading=said)
