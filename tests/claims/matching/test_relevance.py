"""What belongs to the matter and what does not, in headlines written for this."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.other_news import FRESH, HEADLINES, KINDS, read_headlines, wrongly_relevant
from claims.matching.matcher import Matcher
from tests.support.build import story

SHORT = [
    ("en", "Kim sends Putin shells"),
    ("en", "The North ships arms to Russia"),
    ("en", "N. Korea troops die in Kursk"),
    ("en", "Pyongyang, Moscow sign defence pact"),
    ("en", "NK missiles hit Kharkiv"),
    ("ko", "북, 러에 포탄 추가 지원"),
    ("ko", "北, 러 파병 공식 인정"),
    ("ko", "북러 군사협력 심화"),
    ("ko", "북 무기 실은 러 선박 포착"),
    ("ko", "북한군 쿠르스크서 사상자"),
    ("ru", "Пхеньян шлёт снаряды Москве"),
    ("ru", "КНДР передала РФ ракеты"),
    ("ru", "Военные КНДР прибыли в Курск"),
    ("ru", "КНДР опровергла поставки оружия РФ"),
    ("uk", "КНДР передала РФ снаряди"),
    ("uk", "Солдати КНДР прибули на Курщину"),
    ("uk", "Пхеньян постачає зброю Москві"),
    ("ja", "北朝鮮、ロシアに砲弾供与"),
    ("ja", "北朝鮮兵、クルスクで死傷"),
    ("ja", "ロ朝が軍事協力を強化"),
    ("zh", "朝鲜向俄提供炮弹"),
    ("zh", "北韓派兵赴俄"),
    ("zh", "俄朝签署军事条约"),
    ("de", "Kim liefert Putin Granaten"),
    ("de", "Nordkoreaner kämpfen in Kursk"),
    ("de", "Pjöngjang schickt Russland Waffen"),
    ("fr", "Pyongyang livre des obus à Moscou"),
    ("fr", "Des soldats nord-coréens à Koursk"),
    ("fr", "Kim et Poutine signent un pacte de défense"),
    ("es", "Pyongyang envía munición a Moscú"),
    ("es", "Soldados norcoreanos en Kursk"),
    ("es", "Corea del Norte arma a Rusia con misiles"),
]


@pytest.mark.parametrize(("language", "title"), SHORT)
def test_a_short_headline_of_the_matter_is_relevant(matcher: Matcher, language: str, title: str) -> None:
    """The matter is known from a few words, whatever the two countries are called."""
    assert matcher.read(story(title, summary="", language=language)).relevant


@pytest.mark.parametrize("path", [HEADLINES, FRESH], ids=["fitted-with", "fresh"])
def test_other_matters_are_seldom_taken_for_relevant(matcher: Matcher, path: Path) -> None:
    """Of headlines of other matters no larger share is relevant than the benchmark aims at."""
    headlines = list(read_headlines(path))
    wrong = Counter(headline.kind for headline in wrongly_relevant(matcher, headlines))
    of = Counter(headline.kind for headline in headlines)
    assert {kind for kind, share in KINDS.items() if wrong[kind] > share * of[kind]} == set()


def test_the_nearest_matter_says_what_a_story_lacks(matcher: Matcher) -> None:
    """A story of the matter lacks nothing of a profile; another lacks a group of the nearest."""
    fits = matcher.nearest_matter(story("North Korea ships artillery shells to Russia", summary=""))
    lacks = matcher.nearest_matter(story("North Korea shows new shells at a parade", summary=""))

    assert fits is not None
    assert fits.missing == ()
    assert lacks is not None
    assert "russia" in lacks.missing[-1]
    assert lacks.score < fits.score


def test_nothing_is_near_where_the_language_is_not_read(matcher: Matcher) -> None:
    """A story in a language without a folder has no nearest claim and no nearest matter."""
    strange = story("เกาหลีเหนือส่งอาวุธ", summary="ภาษาไทยเป็นภาษาที่", language="th")

    assert (matcher.rank(strange), matcher.nearest_matter(strange)) == ([], None)
    assert "th" not in matcher.lexicon.languages
