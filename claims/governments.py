"""Stories as said by governments, whose bodies count once. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from claims.history import TOGETHER
from claims.independence import Who, in_full, speaker
from claims.model import Member
from claims.text import fold


def by_government(members: Sequence[Member], who: Who) -> list[Member]:
    """Return stories as said by whom their roots mean, so that bodies of one government are one origin."""
    named = [speaker(m) for m in members]
    full = in_full({fold(name) for name in named})
    # Only a name that is short of its country is read as the one that has it: others stay as written.
    whole = [name if full[fold(name)] == fold(name) else full[fold(name)] for name in named]
    said_by = governments(whole, who)
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
    said = replace(member.reading, origin=origin and replace(origin, chain=(body, *origin.chain[1:])))
    return replace(member, reading=said)
