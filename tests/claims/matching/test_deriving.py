"""What a typed sentence becomes."""

from dataclasses import replace

import pytest

from claims.matching.deriving import derived, has_profile, inherited, term_concept, used
from claims.matching.lexicon import Lexicon
from claims.matching.matcher import Matcher
from claims.model import Claim, Profile
from claims.seeding import read_claims
from claims.when import Day
from tests.support.build import claim, story

from .conftest import SEEDS

KNOWN = read_claims(SEEDS / "claims.toml")
CONTAINERS = {
    "en": "North Korea has shipped thousands of containers of munitions to Russia from the port of Rajin",
    "ko": "북한이 나진항을 통해 러시아에 포탄 컨테이너 수천 개를 보냈다",
    "ru": "КНДР отправила в Россию тысячи контейнеров со снарядами через порт Раджин",
}
NEWS = story("Seoul: North Korea ships 9,000 containers of shells to Russia", summary="They left Rajin.")


def typed(statement: str, **changes: object) -> Claim:
    """Return a claim of nothing but a sentence and who said it."""
    return replace(claim("typed", statement=statement), **changes)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize("language", sorted(CONTAINERS))
def test_a_sentence_in_any_language_is_recognised_like_what_is_known(lexicon: Lexicon, language: str) -> None:
    """Worded like a claim that ships, it is recognised as that one is, and a story bears on it for sure."""
    matcher = Matcher(lexicon, [typed(CONTAINERS[language])], KNOWN)
    known = next(c.profile for c in KNOWN if c.id == "containers-2023")

    assert known is not None
    assert matcher.profiles["typed"].need[: len(known.need)] == known.need
    assert matcher.guessed == frozenset()
    assert [(e.claim_id, e.suggested) for e in matcher.read(NEWS).evidence] == [("typed", False)]


def test_a_guessed_claim_says_so(lexicon: Lexicon) -> None:
    """Of a sentence that is like nothing known the profile is guessed, and another model judges it."""
    sentence = typed("North Korea arms Russia")
    assert Matcher(lexicon, [sentence]).guessed == {"typed"}
    by_hand = replace(sentence, profile=Profile(need=(("arms",),)))
    assert Matcher(lexicon, [by_hand]).guessed == frozenset()


def test_a_guess_that_is_no_more_than_likely_is_suggested(lexicon: Lexicon) -> None:
    """Between the cuts of the guessed model a link is kept for review and never told."""
    model = replace(lexicon.scorer.guessed, cut=0.0, sure=1.0)
    unsure = replace(lexicon, scorer=replace(lexicon.scorer, guessed=model))
    found = Matcher(unsure, [typed("North Korea sent Russia howitzers")]).read(
        story("North Korea sent Russia howitzers for its army", summary="")
    )
    assert [(e.claim_id, e.suggested) for e in found.evidence] == [("typed", True)]


def test_a_claim_known_by_name_is_no_guess(lexicon: Lexicon) -> None:
    """What turns on a name that nothing else uses is as sure as a profile by hand."""
    own = derived(typed("North Korea sells Russia Zvezdalin"), lexicon)
    assert own.by_name
    assert term_concept("zvezdalin") in own.profile.need[0]
    assert not derived(typed("North Korea sells Russia oil"), lexicon).by_name
    assert not derived(typed(""), lexicon).by_name


def test_goods_that_only_the_new_claim_names_are_asked_for(lexicon: Lexicon) -> None:
    """Worded like a known claim but for its goods, it asks for them too; in any time and against nobody."""
    taught = Profile(need=(("north-korea",), ("russia",)), since=Day(2023), accused=((Day(2023), None),))
    own = derived(typed("North Korea sent Russia howitzers"), lexicon)
    made = inherited(taught, own, lexicon)

    assert made.need == (*taught.need, own.items)
    assert "howitzers" in own.items
    assert (made.since, made.until, made.accused) == (None, None, ())


def test_goods_that_the_known_claim_asks_for_are_asked_for_once(lexicon: Lexicon) -> None:
    """Nothing is added where the known profile asks for the new claim's goods already."""
    taught = Profile(need=(("howitzers", "shells"), ("russia",)))
    made = inherited(taught, derived(typed("North Korea sent Russia howitzers"), lexicon), lexicon)
    assert made.need == taught.need


def test_a_sentence_of_unknown_words_asks_for_all_of_them(lexicon: Lexicon) -> None:
    """No single word of a language that is not read finds a story."""
    profile = derived(typed("Zorvia mandu plenko"), lexicon).profile
    assert profile.need == tuple((term_concept(word),) for word in ("zorvia", "mandu", "plenko"))


def test_what_was_written_by_hand_goes_before(lexicon: Lexicon) -> None:
    """A profile that needs something is used as it is; one that needs nothing adds to the derived one."""
    sentence = typed("North Korea sent Russia howitzers")
    guess = derived(sentence, lexicon).profile
    own, adds = Profile(need=(("oil",),)), Profile(boost=("port",))

    assert used(sentence, guess) == guess
    assert used(replace(sentence, profile=own), guess) == own
    assert used(replace(sentence, profile=adds), guess).need == guess.need
    assert used(replace(sentence, profile=adds), guess).boost[0] == "port"
    assert [has_profile(replace(sentence, profile=p)) for p in (None, adds, own)] == [False, False, True]
