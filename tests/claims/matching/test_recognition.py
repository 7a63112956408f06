"""How a claim is recognised, as a person reads and corrects it."""

from dataclasses import replace
from pathlib import Path

import pytest

from claims.errors import SeedError
from claims.matching.lexicon import Lexicon
from claims.matching.matcher import Matcher
from claims.matching.recognition import Made, Recognition, as_toml, recognition
from claims.model import Claim, Profile
from claims.seeding import read_claims
from claims.when import Day
from tests.support.build import claim, story

SHIPPED = read_claims(Path(__file__).parents[3] / "seeds/claims.toml")
ZVEZDA = claim("ours", statement="North Korea gave Russia shells called Zvezda")


def shown(tracked: Claim, lexicon: Lexicon) -> Recognition:
    """Return how a claim is recognised beside those that ship."""
    return recognition(tracked, Matcher(lexicon, [tracked], SHIPPED))


def test_a_profile_says_where_it_comes_from(lexicon: Lexicon) -> None:
    """Derived, derived with what its own adds, or written by hand."""
    adds, own = Profile(boost=("port",)), Profile(need=(("oil",),))
    made = [shown(replace(ZVEZDA, profile=p), lexicon).made for p in (None, adds, own)]

    assert made == [Made.DERIVED, Made.ADDED, Made.OWN]
    assert shown(replace(ZVEZDA, profile=own), lexicon).profile == own


def test_a_claim_that_is_worded_like_one_that_ships_says_so(lexicon: Lexicon) -> None:
    """Its profile is that one's, which somebody wrote."""
    known = next(c for c in SHIPPED if c.id == "containers-2023")
    typed = claim("typed", statement=known.statement, said_by="Sample ministry")

    found = shown(typed, lexicon)
    assert (found.made, found.like) == (Made.LIKE, known.id)


def test_who_trains_others_needs_no_railway(lexicon: Lexicon) -> None:
    """The verb of a sentence that a person types is not taken for trains across the border."""
    typed = claim("typed", statement="Russia trains North Korean drone pilots", said_by="Sample ministry")

    assert "border-trains" not in {each for group in shown(typed, lexicon).profile.need for each in group}


def test_every_concept_of_a_profile_is_spelled_out(lexicon: Lexicon) -> None:
    """Words come by language, each once and bare; what is made of others names them, and they follow."""
    own = Profile(need=(("technology-to-dprk", "shells"), ("counted-shells",)), minus=("oil",))
    senses = {s.concept: s for s in shown(replace(ZVEZDA, profile=own), lexicon).senses}

    assert set(senses["shells"].words) == set(lexicon.languages)
    assert "포탄" in senses["shells"].words["ko"]
    assert not any(word.strip("| ") != word for words in senses["oil"].words.values() for word in words)
    assert senses["counted-shells"].words == {"und": ("a number of shells",)}
    made_of = senses["technology-to-dprk"]
    assert made_of.words == {}
    assert {concept for group in made_of.near for concept in group} <= set(senses)


def test_a_word_of_the_claims_own_is_itself(lexicon: Lexicon) -> None:
    """What the lexicon does not know stands for itself, in any language."""
    senses = {s.concept: s for s in shown(ZVEZDA, lexicon).senses}

    assert senses["term: zvezda"].words == {"und": ("zvezda",)}


@pytest.mark.parametrize(
    "tracked",
    [
        ZVEZDA,
        replace(
            ZVEZDA,
            profile=Profile(
                need=(("shells", 'term: 별 “x\\"'), ("russia",)),
                boost=("port",),
                minus=("oil",),
                against=("disproof",),
                since=Day(2022, 9),
                until=Day(2023, 10, 12),
                accused=((Day(2022), Day(2023, 1)),),
            ),
        ),
        *SHIPPED,
    ],
    ids=lambda each: each.id,
)
def test_the_toml_of_a_profile_is_that_profile(tracked: Claim, lexicon: Lexicon, tmp_path: Path) -> None:
    """Pasted below its claim it says what is used now; so nothing changes until it is changed."""
    used = shown(tracked, lexicon).profile
    head = '[[claim]]\nid = "x"\nstatement = "x"\nsaid_by = "x"\nsaid_on = 2024-01-01\n'
    (tmp_path / "claims.toml").write_text(f"{head}\n{as_toml(used)}\n", encoding="utf-8")
    (read,) = read_claims(tmp_path / "claims.toml")

    assert read.profile == used


def test_a_profile_may_name_words_of_its_own(lexicon: Lexicon) -> None:
    """`term: WORD` in a profile is read in stories of any language; another unknown concept is refused."""
    own = replace(ZVEZDA, profile=Profile(need=(("term: 별찌",), ("russia",))))
    (found,) = Matcher(lexicon, [own]).rank(story("러시아 별찌 공개", summary="", language="ko"))

    assert (found.claim_id, found.missing) == ("ours", ())
    assert "별찌" in {mark.words for mark in found.why}
    with pytest.raises(SeedError, match="the lexicon has no concept 'terms: x'"):
        Matcher(lexicon, [replace(own, profile=Profile(need=(("terms: x",),)))])
