"""From when on stories may be of a claim. Pure."""

from datetime import date, timedelta

from claims.model import Claim

SOONER = timedelta(days=7)
"""Before its day a claim may be told already: days are those of a place, and of the report that is cited."""


def since(claim: Claim) -> date:
    """Return from when on anybody may dispute a claim or bear it out: what is older is of another."""
    return claim.said_on.first() - SOONER
