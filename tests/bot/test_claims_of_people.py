"""What somebody fills in becomes a claim, or is told what to mend."""

import pytest

from bot.claims_of_people import LABELS, SAYER, STATEMENT, claim_of, same_statement
from claims.errors import UsageError
from claims.model import Claim
from claims.seeding import MAX_ID, claim_id
from claims.when import Day
from tests.support.build import claim

TODAY = Day(2024, 8, 27)
LEAST = {"statement": "Oil goes over the cap", "said_by": "Sample Centre"}


def made(**entries: str) -> Claim:
    """Return the claim of these entries."""
    return claim_of(LEAST | entries, tail="k3f9", today=TODAY, workspace="discord:500")


def test_what_is_left_out_is_empty_and_said_today() -> None:
    """Two entries are enough."""
    assert made() == Claim(
        "oil-goes-over-cap-k3f9", "Oil goes over the cap", "Sample Centre", TODAY, workspace="discord:500"
    )


@pytest.mark.parametrize(
    ("statement", "stem"),
    [
        ("The cap for oil, and more!", "cap-oil-more"),
        ("북한이 러시아에 포탄을 보냈다", "claim"),
        ("x" * 200, "x" * 30),
        ("<@&1> @everyone ../..", "everyone"),
    ],
)
def test_an_id_is_made_of_the_words(statement: str, stem: str) -> None:
    """Whatever is typed gives an id that a claim can have."""
    assert claim_id(made(statement=statement).id) == f"{stem}-k3f9"
    assert len(made(statement=statement).id) <= MAX_ID


def test_tags_and_items_are_parted_by_commas() -> None:
    """Each once, tags in lower case with hyphens; lines and hidden characters are gone."""
    read = made(tags=" Munitions,sea  route,,munitions ", items="fuel\noil, die\u200bsel")
    assert read.tags == ("munitions", "sea-route")
    assert read.items == ("fuel oil", "diesel")


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({"statement": "\u200b"}, "The statement is missing\nSay in one sentence"),
        ({"statement": "x" * (STATEMENT + 1)}, "longer than 500 characters"),
        ({"said_by": " "}, "Who says so is missing\nA claim is what somebody said"),
        ({"said_by": "x" * (SAYER + 1)}, "longer than 100 characters"),
        ({"said_on": "27.8.2024"}, "“27.8.2024” is no day\nWrite 2024-08-27"),
        ({"said_on": "2024-08-28"}, "2024-08-28 is still to come"),
        ({"tags": "боеприпасы"}, "“боеприпасы” is no tag\nWrite letters a to z"),
        ({"tags": ",".join(f"tag{n}" for n in range(LABELS + 1))}, "More than 10 tags or items"),
        ({"items": "x" * 41}, "longer than 40 characters\nPart tags and items by commas"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(entries: dict[str, str], says: str) -> None:
    """The error names the entry and what it should be."""
    with pytest.raises(UsageError) as error:
        made(**entries)
    assert says in str(error.value)


def test_the_same_words_are_the_same_claim() -> None:
    """Case, white space and the full stop do not tell statements apart."""
    kept = claim(statement="Oil  goes over the CAP.")
    assert same_statement(made(), [claim("other"), kept]) is kept
    assert same_statement(made(), [claim("other")]) is None
