"""What every format of an export is: it is given the edition first, then one claim after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Protocol
from urllib.parse import quote

from claims.dossier import Dossier, Told
from claims.edition import Edition
from claims.model import Claim

NOBODYS = "claimwatch.invalid"
"""In names in place of a host, where there is none (RFC 2606 keeps it for this)."""
BEGAN = "2026"
"""A year in which the hosts of names are ours (RFC 4151): names never change, and so does this not."""
MAKER = "Claimwatch"


@dataclass(frozen=True, slots=True)
class Export:
    """What an export holds."""

    edition: Edition
    claims: tuple[Claim, ...]
    """In the order in which they are given."""
    since: datetime | None = None
    """Evidence of stories from then on alone, or None for all of it."""


class Writer(Protocol):
    """A file that is being written; it keeps nothing of a claim that it was given."""

    def add(self, dossier: Dossier) -> None:
        """Write a claim and the stories of `dossier.told`; each claim of the export once, in its order."""
        ...

    def end(self) -> None:
        """Write what is left; the stream stays open."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table of formats."""

    name: str
    """As it is asked for."""
    ending: str
    """Of files: `.json`."""
    begin: Callable[[BinaryIO, Export], Writer]


def tag(what: str, host: str = NOBODYS) -> str:
    """Return a tag URI (RFC 4151): it names something for good, and need not lead anywhere."""
    return f"tag:{host},{BEGAN}:{quote(what, safe='/')}"


def iso(at: datetime) -> str:
    """Return a moment to the second, in UTC (RFC 3339): `2024-08-27T11:13:00Z`."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def sure(dossier: Dossier) -> Iterator[Told]:
    """Yield the stories that bear on a claim surely enough to be told."""
    return (each for each in dossier.told if not each[1].suggested)
