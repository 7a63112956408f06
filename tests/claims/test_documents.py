"""Claims as documents, which say only what a claim says."""

import pytest

from claims.documents import claim_document
from claims.seeding import claims_of
from claims.tables import Table
from tests.support.build import claim
from tests.support.exchange import full_claim

DENIAL = claim("sample-denial", statement="It is not so")


@pytest.mark.parametrize("sent", [full_claim(), DENIAL])
def test_a_document_is_read_back(sent) -> None:
    """What is written of a claim, reviews and disputes too, is what a seed file takes."""
    mistakes: list[str] = []
    table = Table(claim_document(sent), "it", mistakes)

    assert claims_of([table], [DENIAL.id] if sent != DENIAL else []) == (sent,)
    assert mistakes == []


def test_what_says_nothing_is_left_out() -> None:
    """A bare claim is four keys."""
    assert list(claim_document(DENIAL)) == ["id", "statement", "said_by", "said_on"]
