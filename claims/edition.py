"""Which register something was made from, when and by which Claimwatch: all exports say so. Pure."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from claims.documents import claim_document
from claims.model import Claim


@dataclass(frozen=True, slots=True)
class Edition:
    """The state of a register, as somebody was given it."""

    made_at: datetime
    version: str
    """Of Claimwatch."""
    register: str
    """`register_digest` of all claims that whoever asked sees, also where only some were asked for."""
    edited_at: datetime | None = None
    """When one of these was last edited, or None where none was since edits are kept."""


def register_digest(claims: Iterable[Claim]) -> str:
    """Return a digest of what claims say: equal for two registers that say the same, in whatever order."""
    found = hashlib.sha256()
    for claim in sorted(claims, key=lambda each: each.id):
        found.update(json.dumps(claim_document(claim), ensure_ascii=True, sort_keys=True).encode())
        found.update(b"\n")
    return f"sha256:{found.hexdigest()}"
