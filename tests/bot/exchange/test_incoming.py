"""Files of claims as people and fact-checkers write them, and what is said of those that cannot be read."""

import json

import pytest

from bot.exchange.incoming import read_claims_file
from claims.errors import ExchangeError
from claims.model import Reference, Review
from claims.when import Day
from tests.support import build

KNOWN = build.claim("known", statement="Sample trains run to Khasan")
REGISTER = {KNOWN.id: KNOWN}
HEAD = "statement,said_by,said_on"
ROW = "Sample ships came,Sample body,2024-05"


def read(body, where="file"):
    """Return what a file brings beside a claim that is known."""
    return read_claims_file(body if isinstance(body, bytes) else body.encode(), where, REGISTER)


def test_a_table_needs_three_columns():
    """A claim without an id is given one, the same each time, or that of the one that says the same."""
    found = read(f'{HEAD},tags\n{ROW},"munitions\nships"\nSample trains run to Khasan.,Me,2024,\n\n')

    assert [claim.id for claim in found.claims] == ["sample-ships-came-e602e2d1", "known"]
    assert found.claims[0].tags == ("munitions", "ships")
    assert found.carries == {"statement", "said_by", "said_on", "tags"}


@pytest.mark.parametrize("sign", [";", "\t"])
def test_spreadsheets_part_cells_as_their_language_does(sign):
    """A table saved where commas are decimal signs is read all the same, and so is the older UTF-8 mark."""
    body = f"{HEAD}\r\n{ROW}\r\n".replace(",", sign).encode("utf-8-sig")

    assert [claim.said_by for claim in read(body).claims] == ["Sample body"]


def test_columns_that_nobody_knows_are_named():
    """Whoever brings a table learns what of it is not kept."""
    found = read(f"{HEAD},mood,standing\n{ROW},good,disputed\n")

    assert found.lost == ("column mood: nothing of a claim is called so",)


def test_a_fact_checkers_review_is_theirs():
    """A review as publishers embed it brings its claim, where that appeared, and their own rating."""
    found = read(
        json.dumps(
            {
                "@context": "https://schema.org",
                "@type": "ClaimReview",
                "url": "https://check.example/7",
                "datePublished": "2024-06-02",
                "claimReviewed": "Sample ships brought shells",
                "author": {"@type": "Organization", "name": "Sample Check"},
                "reviewRating": {"@type": "Rating", "ratingValue": "2", "bestRating": 5, "worstRating": 1},
                "itemReviewed": {
                    "@type": ["Claim"],
                    "author": {"name": "Sample body"},
                    "appearance": [{"url": "https://post.example/9"}, "https://wire.example/8"],
                    "keywords": "Sea route, 북한",
                },
            }
        )
    )
    (claim,) = found.claims

    assert (claim.statement, claim.said_by, claim.said_on) == (
        "Sample ships brought shells",
        "Sample body",
        Day(2024, 6, 2),
    )
    assert claim.reviews == (
        Review("Sample Check", "2 of 1 to 5", "https://check.example/7", Day(2024, 6, 2)),
    )
    assert claim.sources == (
        Reference("https://post.example/9", "post.example", url="https://post.example/9"),
        Reference("https://wire.example/8", "wire.example", url="https://wire.example/8"),
    )
    assert claim.tags == ("sea-route",)
    assert [words.partition(":")[0] for words in found.lost] == [
        "“Sample ships brought shells”",
        "keywords",
    ]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "file: holds no claims"),
        ("[[claim]]\nid = 1\n", "file: claim 1: id: expected lower-case letters"),
        ('[[claim]]\nid = "a"\n', "file: claim 'a': statement: expected a text, but it is missing"),
        ("[[claim]\n", "file: not TOML"),
        ("feed = []\n", "file: feed: unknown key"),
        (b"[[claim]]\n\xff", "file: line 2: not UTF-8"),
        ("statement,said_by\nx,y\n", "file: line 1: columns are missing: said_on"),
        (f"{HEAD},said_on\n", "file: line 1: the column said_on stands there twice"),
        (f"{HEAD}\n{ROW}\nx,y,soon\n", "file: line 3: said_on: expected a day like"),
        (f"{HEAD}\n{ROW},more\n", "file: line 2: more cells than"),
        (f'{HEAD}\n"x,y,2024\n', "file: line 2: not CSV"),
        (f"{HEAD},figure\n{ROW},many\n", "file: line 2: figure: expected JSON"),
        (f"{HEAD},denial\n{ROW},maybe\n", "file: line 2: denial: expected yes or no"),
        (f"{HEAD},parent\n{ROW},nobody\n", "file: line 2: parent: expected the id of another claim"),
        ('<?xml version="1.0"?>\n<rss version="2.0"/>', "file: XML or HTML, so no claims"),
        ("<rss><channel/></rss>", "A feed is added by its address"),
        (b"PK\x03\x04 nothing", "file: the ZIP cannot be read"),
        ("{", "file: line 1: not JSON"),
        ("[" * 100_000, "file: not TOML"),
        ("{" + '"a":{' * 100_000, "file: not JSON: nested too deeply"),
        ('{"a": ' + "1" * 5_000 + "}", "file: not JSON: Exceeds the limit"),
        ("a = " + "[" * 100_000, "file: not TOML: nested too deeply"),
        ("a = " + "1" * 5_000, "file: not TOML: Exceeds the limit"),
        (f"{HEAD},figure\n{ROW}," + "[" * 100_000, "file: line 2: figure: expected JSON"),
        (f"{HEAD},figure\n{ROW}," + "1" * 5_000, "file: line 2: figure: expected JSON"),
        ("{}", "file: holds no ClaimReview"),
        ('{"format": "claimwatch-claims", "version": 9}', "file: version: expected 1, not 9"),
        ('{"format": "claimwatch-claims", "version": 1}', "file: holds no claims"),
        ('{"@type": "ClaimReview", "claimReviewed": "X"}', "file: claim 1: said_by: expected a text"),
    ],
)
def test_every_trouble_has_its_place(body, says):
    """Whoever made the file finds what is wrong with it: the file, the line or the key, and what to do."""
    with pytest.raises(ExchangeError) as refused:
        read(body)

    assert any(line.startswith(says) for line in str(refused.value).splitlines()), str(refused.value)


def test_all_troubles_are_told_at_once():
    """Nobody mends a file mistake by mistake."""
    with pytest.raises(ExchangeError) as refused:
        read(f"{HEAD},parent\nx,y,soon,\n{ROW},nobody\n,z,2024,\n")

    told = {line.split(": ")[1] for line in str(refused.value).splitlines()}
    assert told == {"line 2", "line 3", "line 4"}
