"""What a file of claims would change in a register: decided before anything is, and shown. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from bot.exchange.brought import Brought, Register, comparable
from bot.language import _
from claims.errors import ExchangeError
from claims.model import Claim, Review
from claims.seeding import MAX_ID
from claims.text import digest_key
from claims.when import Day

_ENDING = 8


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that a file adds or changes."""

    before: Claim | None
    """As it is tracked; None where it is not."""
    after: Claim

    @property
    def turned(self) -> tuple[str, ...]:
        """Return the names of the fields that differ, in the order of the record; of an added claim none."""
        if self.before is None:
            return ()
        names = (each.name for each in fields(Claim))
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a file would change."""

    changes: tuple[Change, ...]
    """In the order of the file."""
    same: int
    """How many of its claims are tracked as it has them."""
    lost: tuple[str, ...] = ()
    """As of `Brought`."""


def plan(
    brought: Brought, register: Register, listed: Collection[str], workspace: str | None, today: Day
) -> Plan:
    """Return what a file would change.

    A claim of a file that is not tracked becomes one of the workspace, under an id of the workspace's own,
    so that no two workspaces meet in a name; it is known again by it.

    Args:
        brought: the claims of the file.
        register: the claims that whoever brings it sees, by id, retired ones included.
        listed: the ids of those that are tracked.
        workspace: whose the new claims are; None where they are everybody's.
        today: no claim was said later.

    Raises:
        ExchangeError: something of it cannot be taken; each trouble a line.

    """
    names = _names(brought.claims, register, workspace)
    troubles: list[str] = []
    changes: list[Change] = []
    for claim in (_renamed(each, names) for each in brought.claims):
        kept = register.get(claim.id)
        before = kept if kept and kept.id in listed else None
        after = _merged(kept, claim, brought) if kept else replace(claim, workspace=workspace)
        if before == after:
            continue
        troubles += _troubles(kept, after, workspace, today)
        changes.append(Change(before, after))
    troubles += _doubles(changes, register, listed)
    if troubles:
        raise ExchangeError("\n".join(troubles))
    return Plan(tuple(changes), len(brought.claims) - len(changes), brought.lost)


def _names(claims: Sequence[Claim], register: Register, workspace: str | None) -> Mapping[str, str]:
    """Return under which id each claim of a file is kept, by its id there."""
    said = {comparable(each.statement): each.id for each in register.values() if each.workspace == workspace}
    found = {}
    for claim in claims:
        own = claim.id if workspace is None else _own_id(claim.id, workspace)
        known = next((each for each in (claim.id, own) if each in register), None)
        found[claim.id] = known or said.get(comparable(claim.statement)) or own
    return found


def _own_id(claim_id: str, workspace: str) -> str:
    return f"{claim_id[: MAX_ID - _ENDING - 1]}-{digest_key(workspace, claim_id)[:_ENDING]}"


def _renamed(claim: Claim, names: Mapping[str, str]) -> Claim:
    return replace(
        claim,
        id=names[claim.id],
        parent=names.get(claim.parent, claim.parent) if claim.parent else None,
        disputed_by=tuple(names.get(each, each) for each in claim.disputed_by),
        disputes=tuple(names.get(each, each) for each in claim.disputes),
    )


def _merged(kept: Claim, claim: Claim, brought: Brought) -> Claim:
    """Return a kept claim with what a file says of it."""
    said = {name: getattr(claim, name) for name in brought.carries}
    for name in brought.adds:
        new = getattr(claim, name)
        old = [each for each in getattr(kept, name) if not any(_again(each, one) for one in new)]
        order = {each: place for place, each in enumerate(getattr(kept, name))}
        said[name] = tuple(sorted([*old, *new], key=lambda each: order.get(each, len(order))))
    return replace(kept, **said, superseded_by=())


def _again(old: object, new: object) -> bool:
    """Say whether a new value takes the place of an old one, as a fact-checker's later word does."""
    if isinstance(old, Review) and isinstance(new, Review):
        return (old.reviewer, old.url) == (new.reviewer, new.url)
    return old == new


def _troubles(kept: Claim | None, after: Claim, workspace: str | None, today: Day) -> list[str]:
    found = []
    if kept and kept.workspace is None and workspace is not None:
        words = _("{claim} is everybody's, and whoever runs the bot changes it")
        found.append(words.format(claim=kept.id))
    if after.said_on.first() > today.first():
        words = _("{claim}: said_on: expected a day that is not still to come")
        found.append(words.format(claim=after.id))
    return found


def _doubles(changes: Sequence[Change], register: Register, listed: Collection[str]) -> list[str]:
    """Return who says the same as another, in the file or in the register."""
    told = {comparable(each.statement): each.id for each in register.values() if each.id in listed}
    found = []
    for after in (each.after for each in changes):
        same = told.setdefault(comparable(after.statement), after.id)
        if same != after.id:
            found.append(_("{claim} says the same as {other}").format(claim=after.id, other=same))
    return found
