"""The shipped lexicon and register, read once."""

from pathlib import Path

import pytest

from claims.matching.lexicon import Lexicon, load_lexicon
from claims.matching.matcher import Matcher
from claims.seeding import read_claims

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """Return the shipped lexicon."""
    return load_lexicon(SEEDS / "lexicon")


@pytest.fixture(scope="session")
def matcher(lexicon: Lexicon) -> Matcher:
    """Return a matcher of the shipped register."""
    return Matcher(lexicon, read_claims(SEEDS / "claims.toml"))
