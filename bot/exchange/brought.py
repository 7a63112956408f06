"""What a file of claims brings, before any register, and what all readers of such files share. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

from claims.errors import ExchangeError
from claims.model import Claim
from claims.seeding import claims_of
from claims.tables import Table
from claims.text import digest_key, fold

MAX_BYTES = 16 * 1024 * 1024
"""Of a file: room for 1,000 claims with the evidence of an export."""
MAX_CLAIMS = 2_000
"""Of a file: twice as many as the site is built for."""

CARRIED = frozenset(each.name for each in fields(Claim)) - {"id", "workspace", "superseded_by"}
"""The fields of a claim that a file can say."""

_SLUG = 40


@dataclass(frozen=True, slots=True)
class Brought:
    """The claims of a file."""

    claims: tuple[Claim, ...]
    """In the order of the file."""
    carries: frozenset[str] = CARRIED
    """The fields that it says of a claim that is tracked; the others stay as they are."""
    adds: frozenset[str] = frozenset()
    """The fields, tuples all, whose values come beside those that are there."""
    lost: tuple[str, ...] = ()
    """What it says that cannot be kept, a sentence each."""


Register = Mapping[str, Claim]
"""The claims that whoever brings a file sees, by id, retired ones included."""
Read = Callable[[bytes, str, Register], Brought]
"""Reads a file, which errors call by the name given; raises `ExchangeError` with all troubles, one a line."""


def claims_of_documents(
    documents: Sequence[tuple[str, Mapping[str, object]]], register: Register, mistakes: list[str]
) -> tuple[Claim, ...]:
    """Return the claims of documents with what mistakes call each; one without an id is given one.

    Raises:
        ExchangeError: there are none, too many, or one holds mistakes; those found before are told too.

    """
    if len(documents) > MAX_CLAIMS:
        raise ExchangeError(f"More than {MAX_CLAIMS:,} claims\nGive them in several files")
    entries = [Table(_named(values, register), where, mistakes) for where, values in documents]
    claims = claims_of(entries, register)
    if mistakes:
        raise ExchangeError("\n".join(mistakes))
    return claims


def _named(values: Mapping[str, object], register: Register) -> Mapping[str, object]:
    """Return a document with an id: its own, that of a kept claim that says the same, or one made of it."""
    statement, sayer = values.get("statement"), values.get("said_by")
    if values.get("id") or not isinstance(statement, str) or not isinstance(sayer, str):
        return values
    said = comparable(statement)
    same = next((each.id for each in register.values() if comparable(each.statement) == said), None)
    return {**values, "id": same or made_id(statement, sayer)}


def comparable(statement: str) -> str:
    """Return a statement for comparing."""
    return fold(statement).rstrip(".")


def made_id(statement: str, sayer: str) -> str:
    """Return the id of a claim that brings none: the same each time."""
    words = "-".join(re.findall(r"[a-z0-9]+", fold(statement)))[:_SLUG].strip("-") or "claim"
    return f"{words}-{digest_key(statement, sayer)[:8]}"
