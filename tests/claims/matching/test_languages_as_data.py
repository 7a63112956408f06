"""A language is a folder of the lexicon: taking one away, or adding one, touches no other and no code."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from claims.errors import SeedError
from claims.matching.lexicon import load_lexicon
from claims.matching.matcher import Matcher
from claims.model import Bound, Profile, Reading, Stance, Story
from claims.seeding import read_claims
from tests.support.build import claim, story

from .conftest import SEEDS

CLAIMS = read_claims(SEEDS / "claims.toml")
TOLD = {
    "de": "Nordkorea schickt 9.000 Container mit Granaten nach Russland",
    "en": "North Korea shipped 9,000 containers of shells to Russia",
    "es": "Corea del Norte envía 9.000 contenedores de munición a Rusia",
    "fr": "La Corée du Nord envoie 9 000 conteneurs d'obus à la Russie",
    "ja": "北朝鮮、ロシアに砲弾のコンテナ9000個を輸送",
    "ko": "북, 러시아에 포탄 컨테이너 9천 개 보내",
    "ru": "КНДР отправила в Россию 9 тыс. контейнеров со снарядами",
    "uk": "КНДР відправила до Росії 9 тис. контейнерів зі снарядами",
    "zh": "北韓向俄羅斯運送9000個貨櫃砲彈",
}
STORIES = {code: story(title, summary="", language=code) for code, title in TOLD.items()}
CONCEPTS = """
[actor]
north-korea = ["norak"]
russia = ["rusak"]
[item]
shells = ["bumbo"]
containers = ["boksu"]
[action]
supply = ["vozi"]
"""
CUES = """
scripts = ["latin"]
stop_words = ["ta", "lo", "ne"]
says_after = ["reki"]
"""
NUMBERS = """
to = ["-"]
[scales]
"mila" = 1_000
[counts]
containers = ["boksu"]
[before]
at-least = ["plu"]
"""
NAMES = """
[body]
"Sample Institute" = ["sampilo"]
"""

Without = Callable[..., Path]


@pytest.fixture
def without(tmp_path: Path) -> Without:
    """Return what makes a copy of the shipped lexicon without some languages."""

    def made(*codes: str) -> Path:
        copy = tmp_path / "lexicon"
        shutil.copytree(SEEDS / "lexicon", copy)
        for code in codes:
            shutil.rmtree(copy / code)
        return copy

    return made


def read(folder: Path, *stories: Story) -> dict[str, Reading]:
    """Return what the shipped register makes of stories with a lexicon, by language."""
    matcher = Matcher(load_lexicon(folder), CLAIMS)
    return {each.language: matcher.read(each) for each in stories}


def unscored(reading: Reading) -> Reading:
    """Return a reading without how sure its links are: there the claim's own sentence, in English, counts."""
    return replace(reading, evidence=tuple(replace(e, score=0.0) for e in reading.evidence))


@pytest.mark.parametrize("gone", sorted(TOLD))
def test_a_removed_folder_disables_its_language_alone(matcher: Matcher, without: Without, gone: str) -> None:
    """Its stories are named and not read; all others bear on the same claims, with the same figures."""
    whole = {code: unscored(matcher.read(each)) for code, each in STORIES.items()}
    assert all(reading.relevant and reading.language == code for code, reading in whole.items())

    left = read(without(gone), *STORIES.values())

    assert left.pop(gone) == Reading(STORIES[gone].id, relevant=False, score=0.0, language=gone)
    assert {code: unscored(reading) for code, reading in left.items()} == {
        code: reading for code, reading in whole.items() if code != gone
    }


@pytest.mark.parametrize("kept", sorted(TOLD))
def test_one_language_is_enough(without: Without, kept: str) -> None:
    """With a single folder the register that ships still loads, and stories of that language bear on it."""
    (reading,) = read(without(*TOLD.keys() - {kept}), STORIES[kept]).values()
    assert {e.claim_id: e.stance for e in reading.evidence}["containers-2023"] is Stance.SUPPORTS


def test_no_language_reads_nothing(without: Without) -> None:
    """A concept that no folder defines is a mistake: who names it is told where."""
    with pytest.raises(SeedError, match=r"proximity\.toml: .*there is no "):
        load_lexicon(without(*TOLD))


@pytest.mark.parametrize("gone", ["fr", "ru", "ko"])
def test_a_claim_in_a_removed_language_is_known_by_its_own_words(without: Without, gone: str) -> None:
    """Its concepts are not read, so it stays quiet towards news of other words, and nothing else changes."""
    typed = claim("typed", statement=TOLD[gone], profile=None)
    lexicon = load_lexicon(without(gone))
    with_it, alone = Matcher(lexicon, [*CLAIMS, typed], CLAIMS), Matcher(lexicon, CLAIMS, CLAIMS)

    for code in TOLD.keys() - {gone}:
        found = with_it.read(STORIES[code])
        assert "typed" not in {e.claim_id for e in found.evidence if not e.suggested}
        others = tuple(e for e in found.evidence if e.claim_id != "typed")
        assert {e.claim_id for e in others} == {e.claim_id for e in alone.read(STORIES[code]).evidence}


def test_a_profile_by_hand_serves_a_claim_in_any_language(without: Without) -> None:
    """A claim whose sentence is not read is still recognised by the profile that somebody wrote for it."""
    own = claim("own", statement=TOLD["fr"], profile=Profile(need=(("containers",), ("russia",))))
    reading = Matcher(load_lexicon(without("fr")), [own]).read(STORIES["en"])
    assert [e.claim_id for e in reading.evidence] == ["own"]


def test_a_language_is_added_as_a_folder(without: Without, matcher: Matcher) -> None:
    """Four small files, and a made-up language is read: claims, figures, who says it; no other changes."""
    folder = without()
    (folder / "xx").mkdir()
    for name, text in {"concepts": CONCEPTS, "cues": CUES, "numbers": NUMBERS, "names": NAMES}.items():
        (folder / "xx" / f"{name}.toml").write_text(text, encoding="utf-8")
    news = story("Norak ta rusak vozi plu 9 mila boksu bumbo", summary="Sampilo reki.", language="xx")

    found = read(folder, *STORIES.values(), news)

    reading = found.pop("xx")
    assert reading.relevant
    assert {e.claim_id: e.stance for e in reading.evidence}["containers-2023"] is Stance.SUPPORTS
    assert [(f.unit, f.low, f.bound) for f in reading.figures] == [("containers", 9_000, Bound.AT_LEAST)]
    assert reading.origin is not None
    assert reading.origin.root == "Sample Institute"
    assert found == {code: matcher.read(each) for code, each in STORIES.items()}


def test_a_feed_that_states_no_language_is_read_in_the_one_it_is_written_in(without: Without) -> None:
    """With a folder away, what nothing states is read by its script and letters, or named as unknown."""
    unstated = replace(STORIES["ko"], language="und")
    assert read(without("ko"), unstated)["und"].language == "und"
