import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import SeedError
from claims.matching.figures import MAX_FIGURES
from claims.matching.lexicon import Lexicon
from claims.matching.matcher import Matcher
from claims.matching.page import MAX_CHARACTERS
from claims.model import Profile, Stance, Story
from claims.when import Day
from tests.support.build import claim, story


def stances(matcher: Matcher, told: Story) -> dict[str, Stance]:
    """Return the stance of a story by claim."""
    return {e.claim_id: e.stance for e in matcher.read(told).evidence}


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        ("en", "Seoul: North Korea shipped 9,000 containers of shells to Russia", "They left Rajin by sea."),
        ("ko", "북, 러시아에 포탄 컨테이너 9천 개 보내", "나진항에서 선박으로 떠났다."),
        (
            "ru",
            "КНДР отправила в Россию 9 тыс. контейнеров со снарядами",
            "Их везли морем через порт Раджин.",
        ),
        ("uk", "КНДР відправила до Росії 9 тис. контейнерів зі снарядами", "Вантаж вивозили через порт."),
        ("ja", "北朝鮮、ロシアに砲弾のコンテナ9000個を輸送", "羅津港から船で運ばれた。"),
        ("zh", "北韓向俄羅斯運送9000個貨櫃砲彈", "貨船從羅津港出發。"),
        (
            "de",
            "Nordkorea schickt 9.000 Container mit Munition nach Russland",
            "Sie verließen den Hafen Rajin.",
        ),
        (
            "fr",
            "La Corée du Nord envoie 9 000 conteneurs d'obus à la Russie",
            "Les navires ont quitté Rajin.",
        ),
        (
            "es",
            "Corea del Norte envía 9.000 contenedores de munición a Rusia",
            "Salieron del puerto de Rajin.",
        ),
    ],
)
def test_one_happening_in_nine_languages(matcher: Matcher, language: str, title: str, summary: str) -> None:
    """The same news supports the same claim, with the same figure, in every language."""
    reading = matcher.read(story(title, summary=summary, language=language))
    assert reading.relevant
    assert {e.claim_id: e.stance for e in reading.evidence}["containers-2023"] is Stance.SUPPORTS
    assert ("containers", 9_000) in {(f.unit, f.low) for f in reading.figures}


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        ("en", "North Korea welcomes Russian tourists at ski resort", "The group flew from Vladivostok."),
        ("en", "Kim sends Putin condolences over floods", "The telegram was carried by state media."),
        ("en", "Iran ships drones to Russia, Sample Herald reports", "No other supplier is named."),
        ("en", "Seoul signs tank export deal with Poland", "The howitzers follow next year."),
        ("ko", "북한, 동해상으로 단거리 탄도미사일 발사", "합참이 밝혔다."),
        ("ko", "북러 관광 열차 운행", "여객 수요가 늘었다."),
        ("ru", "Школьники из России отдохнули в лагере КНДР", "Дети посетили зоопарк."),
        ("ja", "北朝鮮が日本海へ弾道ミサイル発射", "防衛省が発表した。"),
        ("de", "Nordkorea testet Rakete über dem Japanischen Meer", "Tokio protestiert."),
    ],
)
def test_other_matters_of_the_same_names(matcher: Matcher, language: str, title: str, summary: str) -> None:
    """Tourism, condolences, missile tests and other pairs are not relevant, and bear on no claim."""
    reading = matcher.read(story(title, summary=summary, language=language))
    assert not reading.relevant
    assert reading.evidence == ()


@pytest.mark.parametrize(
    ("language", "title", "denial"),
    [
        ("en", "Kremlin rejects reports of North Korean shells as baseless", "denial-moscow"),
        ("ko", "크렘린, 북한 포탄 지원설 부인", "denial-moscow"),
        ("ru", "Песков опроверг поставки снарядов из КНДР в Россию", "denial-moscow"),
        ("uk", "Пєсков спростував постачання снарядів з КНДР до Росії", "denial-moscow"),
        ("ja", "ペスコフ報道官、北朝鮮からの砲弾供与を否定", "denial-moscow"),
        ("zh", "克里姆林宮否認從北韓獲得砲彈", "denial-moscow"),
        ("de", "Kreml dementiert Lieferung von Granaten aus Nordkorea", "denial-moscow"),
        ("fr", "Le Kremlin dément recevoir des obus de la Corée du Nord", "denial-moscow"),
        ("es", "El Kremlin desmiente recibir municiones de Corea del Norte", "denial-moscow"),
        ("en", "KCNA: reports of arms for Russia are a groundless rumour", "denial-pyongyang"),
        ("ko", '김여정 담화 "러시아에 무기 지원, 사실무근"', "denial-pyongyang"),
        ("ko", "북한, 러시아에 포탄 제공 부인", "denial-pyongyang"),
        ("ko", "러시아, 북한과의 무기거래 부인", "denial-moscow"),
        ("ko", "러시아 외무부, 북한 무기 수입 부인", "denial-moscow"),
        ("ja", "北朝鮮、ロシアへの砲弾供与を否定", "denial-pyongyang"),
        ("ja", "北朝鮮国防省「ロシアとの武器取引はない」", "denial-pyongyang"),
        ("ja", "ロシア外務省、北朝鮮からの武器供与を否定", "denial-moscow"),
        (
            "en",
            "Defence ministry: we never had arms dealings with Russia, says North Korea",
            "denial-pyongyang",
        ),
    ],
)
def test_denials(matcher: Matcher, language: str, title: str, denial: str) -> None:
    """A denial in the headline supports the denial claim of its own side, and not that of the other."""
    said = stances(matcher, story(title, summary="", language=language))
    other = {"denial-moscow", "denial-pyongyang"} - {denial}
    assert said[denial] is Stance.SUPPORTS
    assert said.get(other.pop()) is not Stance.SUPPORTS


def test_denial_disputes_what_it_answers(matcher: Matcher) -> None:
    """A denial of container shipments disputes the claim about containers."""
    title = "Kremlin dismisses claim that North Korea shipped containers of arms to Russia as false"
    assert stances(matcher, story(title, summary=""))["containers-2023"] is Stance.DISPUTES


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Kremlin has not denied that North Korean shells reach Russia"),
        ("ko", "크렘린, 북한 포탄 지원설 부인하지 않아"),
        ("ru", "Песков больше не отрицает поставки снарядов из КНДР в Россию"),
        ("uk", "Пєсков більше не заперечує постачання снарядів з КНДР до Росії"),
        ("ja", "ペスコフ報道官、北朝鮮からの砲弾供与を否定せず"),
        ("zh", "克里姆林宮未否認從北韓獲得砲彈"),
    ],
)
def test_negated_denial_is_none(matcher: Matcher, language: str, title: str) -> None:
    """Who has not denied does not support the denial, nor dispute anything."""
    said = stances(matcher, story(title, summary="", language=language))
    assert said.get("denial-moscow") is not Stance.SUPPORTS
    assert Stance.DISPUTES not in said.values()


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        (
            "en",
            "Missile debris in Ukraine was not North Korean, laboratory finds",
            "Russia fired another type.",
        ),
        (
            "ru",
            "Обломки на Украине не принадлежат ракете из КНДР",
            "Россия применила другую, решила экспертиза.",
        ),
        (
            "uk",
            "Уламки ракети в Україні не належать ракеті з КНДР",
            "Росія застосувала іншу, каже експертиза.",
        ),
    ],
)
def test_evidence_against_disputes(matcher: Matcher, language: str, title: str, summary: str) -> None:
    """Who finds that goods are not North Korean disputes the claim about them."""
    said = stances(matcher, story(title, summary=summary, language=language))
    assert said["battlefield-use"] is Stance.DISPUTES


@pytest.mark.parametrize(
    ("language", "title", "claim_id"),
    [
        ("ru", "Разведывательное управление: КНДР передала России снаряды", "satellite-tech"),
        ("ru", "Военные: российская армия выпустила ракету КНДР", "troops-labour"),
        ("uk", "Військові: армія РФ випустила ракету КНДР", "troops-labour"),
        ("en", "Workers' Party of North Korea hails Russia's army", "troops-labour"),
        ("en", "Russian engineers visit North Korea's launch site", "troops-labour"),
        ("ru", "Трудовая партия КНДР приветствует Россию", "troops-labour"),
        ("uk", "КНДР передала Росії близько 700 снарядів", "covert-shells-2022"),
        ("uk", "Військова розвідка Південної Кореї: КНДР передала Росії снаряди", "ukraine-intel-2023"),
    ],
)
def test_words_that_only_sound_alike(matcher: Matcher, language: str, title: str, claim_id: str) -> None:
    """A word that stands for something else in this place makes no strong link."""
    said = stances(matcher, story(title, summary="", language=language))
    assert said.get(claim_id, Stance.BACKGROUND) is Stance.BACKGROUND


def test_admission_disputes_the_denial(matcher: Matcher) -> None:
    """A party that admits at last disputes its own denial."""
    title = "North Korea acknowledges for the first time that North Korean soldiers fought in Russia"
    said = stances(matcher, story(title, summary="KCNA carried the statement."))
    assert said["denial-pyongyang"] is Stance.DISPUTES
    assert said["troops-labour"] is Stance.SUPPORTS


def test_recalled_denial_leaves_the_news_alone(matcher: Matcher) -> None:
    """A denial recalled at the end of a story neither disputes its news nor counts as denied again."""
    told = story(
        "Sample Herald: North Korea shipped containers of arms to Russia",
        summary="Satellite pictures show a cargo ship at Rajin. It held shells. The Kremlin had denied it.",
    )
    said = stances(matcher, told)
    assert said["containers-2023"] is Stance.SUPPORTS
    assert said.get("denial-moscow") is not Stance.SUPPORTS


def test_korean_headline_that_says_only_north(matcher: Matcher) -> None:
    """A headline that says 북 and 러 for the two countries is read."""
    assert matcher.read(story("북, 러에 포탄 추가 지원", summary="", language="ko")).relevant


def test_why_holds_words_of_the_story(matcher: Matcher) -> None:
    """The reasons of a link stand in the story, in its own script."""
    told = story("КНДР отправила в Россию контейнеры со снарядами", summary="Порт Раджин.", language="ru")
    reading = matcher.read(told)
    marks = [mark for e in reading.evidence for mark in e.why]
    assert marks
    assert all(told.text[mark.start : mark.end] == mark.words for mark in marks)


def test_claim_with_only_a_statement(lexicon: Lexicon) -> None:
    """A sentence is enough, in any of the languages, and also for words that no lexicon has."""
    ours = [
        claim("uniforms", statement="North Korea sews uniforms for Russian soldiers", profile=None),
        claim("форма", statement="В КНДР шьют военную форму для российской армии", profile=None),
        claim(
            "saddles",
            statement="North Korea sells Russia horse saddles",
            figures=(),
            items=(),
            vessels=(),
            places=(),
            profile=None,
        ),
    ]
    matcher = Matcher(lexicon, ours)
    sewn = matcher.read(
        story("Pyongyang factories sew uniforms for Russia", summary="Russian soldiers wear them.")
    )
    assert {"uniforms", "форма"} <= {e.claim_id for e in sewn.evidence}
    ridden = matcher.read(story("North Korea delivers saddles to Russia for its army", summary=""))
    assert "saddles" in {e.claim_id for e in ridden.evidence}


def test_profile_of_unknown_concepts_is_refused(lexicon: Lexicon) -> None:
    """A profile that names no concept of the lexicon is told with claim, key and name."""
    wrong = claim("ours", profile=Profile(need=(("shels",),)))
    with pytest.raises(SeedError, match=r"claim ours: profile: need: .*'shels'"):
        Matcher(lexicon, [wrong])


def test_unknown_language_is_irrelevant(matcher: Matcher) -> None:
    """A story in a script that no folder describes is read as irrelevant."""
    reading = matcher.read(story("كوريا الشمالية وروسيا", summary="", language="ar"))
    assert (reading.relevant, reading.evidence) == (False, ())


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_the_same_twice(matcher: Matcher, title: str, summary: str) -> None:
    """Whatever the characters, reading neither fails nor varies."""
    told = story("x", summary="")
    told = replace(told, title=title, summary=summary)
    assert matcher.read(told) == matcher.read(told)


@pytest.mark.parametrize(
    "text",
    [
        "North Korea arms Russia " * 40_000,
        "9" * 1_000_000,
        "1만" * 200_000,
        "a\u200b\u202e\ud800 " * 100_000,
        "북러無кндр " * 60_000,
        "(" * 500_000,
        "1 000 " * 200_000,
        "million " * 150_000,
        "7 people, " * 100_000,
        "open arms " * 100_000,
        "rail wagon then some words. " * 50_000,
    ],
)
@pytest.mark.timeout(20)
def test_hostile_text_is_bounded(matcher: Matcher, text: str) -> None:
    """A megabyte of anything is read, and no more of it than of a story as long as we look at."""
    whole = matcher.read(story("x", summary=text))
    assert whole == matcher.read(story("x", summary=text[:MAX_CHARACTERS]))
    assert len(whole.figures) <= MAX_FIGURES


def test_why_has_whole_words(matcher: Matcher) -> None:
    """A link is explained in words of the story as they stand there, not in the stems of the lexicon."""
    told = story("Кремль отверг обвинения: контейнеров с оружием из КНДР не было", summary="", language="ru")
    words = {mark.words for link in matcher.read(told).evidence for mark in link.why}
    assert words
    assert words <= {part for size in (1, 2, 3, 4) for part in _runs(told.title, size)}


def _runs(text: str, size: int) -> set[str]:
    words = re.findall(r"\w+", text)
    return {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}


def test_profile_that_needs_nothing_adds_to_the_derived_one(lexicon: Lexicon) -> None:
    """Somebody who corrects only the window of a claim keeps what was derived from its sentence."""
    sentence = claim("own", statement="North Korea sent Russia howitzers")
    dated = replace(sentence, profile=Profile(since=Day(2024)))
    derived = Matcher(lexicon, [sentence]).profiles["own"]
    assert derived.need
    assert Matcher(lexicon, [dated]).profiles["own"] == replace(derived, since=Day(2024))


def test_far_claims_are_ranked_where_they_are_asked_for(matcher: Matcher) -> None:
    """Claims that a story lacks much of come with that, and change no score of the near ones."""
    told = story("Shells and containers at a fair", summary="")
    near, far = matcher.rank(told), matcher.rank(told, far=True)

    assert len(far) > len(near)
    assert set(near) <= set(far)
    assert [r.score for r in far] == sorted((r.score for r in far), reverse=True)
    assert all(r.missing for r in far if r not in near)
