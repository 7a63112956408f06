"""The care of the register: how claims are edited, by whom and why, and what stands in their place. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum

from claims.model import Claim
from claims.workspaces import OURSELVES

SEEDS = "seeds"
"""Who edited a claim where the seed file did."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Who edits claims, where, and why."""

    person: str
    """As the platform has them (`discord:901`), the console's, `SEEDS` or `OURSELVES`."""
    workspace: str | None = None
    """In which they did; None where nobody asked for it."""
    why: str = ""
    """In their own words."""


ITSELF = Editor(OURSELVES)
"""Claimwatch, where no person asked for it."""


class EditKind(StrEnum):
    """What was done to a claim."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"
    RESTORED = "restored"
    """Tracked again after it was retired."""
    MERGED = "merged"
    """Retired for another one that says the same, to which its evidence went."""
    SPLIT = "split"
    """Retired for several that say it apart."""


@dataclass(frozen=True, slots=True)
class ClaimEdit:
    """One edit of a claim."""

    claim_id: str
    at: datetime
    person: str
    """As of an `Editor`."""
    kind: EditKind
    why: str = ""
    """In their own words."""
    before: Claim | None = None
    """As it was; None where it was not tracked."""
    after: Claim | None = None
    """As it came to be; None where it is tracked no longer."""
    workspace: str | None = None
    """In which the person did it; None where nobody asked for it."""


Superseded = Mapping[str, tuple[str, ...]]
"""By the id of a claim that was merged or split, the ids of those in its place."""


def in_place_of(claim_ids: Iterable[str], superseded: Superseded) -> tuple[str, ...]:
    """Return these ids, with those in their place for claims that were merged or split, each once."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = list(claim_ids)[::-1]
    while waiting:
        claim_id = waiting.pop()
        if claim_id not in superseded:
            found[claim_id] = None
        elif claim_id not in seen:
            waiting += superseded[claim_id][::-1]
        seen.add(claim_id)
    return tuple(found)


def following(claim: Claim, superseded: Superseded) -> Claim:
    """Return a claim that names what stands in the place of the claims it named; never itself."""
    named = {claim.parent, *claim.disputed_by, *claim.disputes}
    if named.isdisjoint(superseded):
        return claim

    def others(claim_ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(each for each in in_place_of(claim_ids, superseded) if each != claim.id)

    parents = others([claim.parent] if claim.parent else [])
    return replace(
        claim,
        parent=parents[0] if parents else None,
        disputed_by=others(claim.disputed_by),
        disputes=others(claim.disputes),
    )


def changed(before: Claim, after: Claim) -> tuple[str, ...]:
    """Return the names of the fields in which two claims differ, in the order of the record."""
    return tuple(
        each.name for each in fields(Claim) if getattr(before, each.name) != getattr(after, each.name)
    )
