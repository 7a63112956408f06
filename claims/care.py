"""The care of the register: the frozen record of how a claim was edited, by whom and why."""

from dataclasses import dataclass
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
