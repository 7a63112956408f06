"""Which claims a story bears on: candidates, their order, and what each lacks."""

from dataclasses import replace

import pytest

from claims.matching.lexicon import Lexicon
from claims.matching.matcher import Matcher
from claims.model import Claim, Profile
from claims.seeding import read_claims
from tests.support.build import claim, story

from .conftest import SEEDS

NEED = (("containers",), ("north-korea",), ("russia",))
NEWS = story("North Korea ships containers of shells to Russia", summary="")


def register(**profiles: Profile) -> list[Claim]:
    """Return claims with these profiles."""
    return [claim(key, profile=profile) for key, profile in profiles.items()]


def test_candidates_come_best_first(lexicon: Lexicon) -> None:
    """What the story holds whole stands before what it lacks a part of; equals by id."""
    ours = register(
        whole=Profile(need=NEED),
        also=Profile(need=NEED),
        part=Profile(need=(*NEED, ("sappers",))),
        other=Profile(need=(("oil",), ("russia",))),
    )
    ranked = Matcher(lexicon, ours).rank(NEWS)
    assert [found.claim_id for found in ranked] == ["also", "whole", "part"]
    assert [found.missing for found in ranked] == [(), (), (("sappers",),)]
    assert ranked[0].score == ranked[1].score > ranked[2].score


def test_without_its_first_group_a_claim_is_no_candidate_but_from_far(lexicon: Lexicon) -> None:
    """A claim that lacks what it turns on, or two groups, is looked at only where everything is asked for."""
    ours = register(
        turns=Profile(need=(("oil",), *NEED[1:])), two=Profile(need=(*NEED, ("sappers",), ("oil",)))
    )
    matcher = Matcher(lexicon, ours)
    assert matcher.rank(NEWS) == []
    far = {found.claim_id: found.missing for found in matcher.rank(NEWS, far=True)}
    assert far == {"turns": (("oil",),), "two": (("sappers",), ("oil",))}


def test_one_model_serves_every_claim(lexicon: Lexicon) -> None:
    """Who a claim is plays no part: the same profile under another name is as likely."""
    one, other = (Matcher(lexicon, register(**{key: Profile(need=NEED)})).rank(NEWS)[0] for key in "ab")
    assert one.score == other.score


def test_a_rival_and_a_denial_change_the_odds(lexicon: Lexicon) -> None:
    """What else a story fits, and what speaks against a claim, is looked at."""
    plain = Profile(need=NEED)
    alone = Matcher(lexicon, register(plain=plain)).measured(NEWS).links["plain"]
    beside = Matcher(lexicon, register(plain=plain, rival=plain)).measured(NEWS).links["plain"]
    against = (
        Matcher(lexicon, register(plain=replace(plain, minus=("shells",)))).measured(NEWS).links["plain"]
    )
    assert alone["lead"] > beside["lead"] == 0.0
    assert alone["against"] == 0.0 < against["against"]


def test_a_claims_own_sentence_counts_beside_its_profile(lexicon: Lexicon) -> None:
    """A story that fits the words of a claim as well as its profile is told from one that does not."""
    profile = Profile(need=(("shells",),))
    matcher = Matcher(
        lexicon, [claim("own", statement="North Korea sent Russia containers", profile=profile)]
    )
    assert matcher.measured(NEWS).links["own"]["own-words-fit"] == 1.0
    other = matcher.measured(story("Shells at a parade", summary="")).links["own"]
    assert (other["own-words-fit"], other["own-words"]) == (0.0, 0.0)


@pytest.mark.parametrize("count", [1, 40])
def test_what_the_model_looks_at_is_what_it_weighs(lexicon: Lexicon, count: int) -> None:
    """Every feature that has a weight is measured, for each candidate."""
    ours = register(**{f"c{n}": Profile(need=NEED) for n in range(count)})
    links = Matcher(lexicon, ours).measured(NEWS).links
    assert len(links) == count
    for features in links.values():
        assert lexicon.scorer.links.weights.keys() <= features.keys()


def test_the_register_that_ships_is_ranked(matcher: Matcher) -> None:
    """A plain story of a claim has that claim first."""
    assert matcher.rank(NEWS)[0].claim_id == "containers-2023"
    assert {c.id for c in read_claims(SEEDS / "claims.toml")} == matcher.profiles.keys()
