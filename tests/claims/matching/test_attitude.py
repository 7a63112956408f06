"""Who does not confirm, who denies and who is only recalled for it: headlines in nine languages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims.matching.matcher import Matcher
from claims.model import Stance
from tests.support.build import story

MOMENT = datetime(2024, 10, 20, tzinfo=UTC)
SILENT = [
    ("en", "NATO cannot confirm that soldiers from North Korea are in Kursk, Russia"),
    ("en", "NATO cannot yet confirm that soldiers from North Korea are in Kursk, Russia"),
    ("en", "Chinese MFA dodges questions on soldiers from North Korea in Kursk, Russia"),
    ("en", "Pentagon 'not aware' of North Korean soldiers in Russia, the Pentagon says"),
    ("en", "The Pentagon declined to comment on North Korean soldiers in Russia"),
    ("ko", "펜타곤은 북한 군인이 러시아 쿠르스크에 있는지 확인할 수 없다고 밝혔다"),
    ("ru", "В Пентагоне не смогли подтвердить прибытие солдат КНДР в Россию"),
    ("uk", "У Пентагоні не змогли підтвердити прибуття солдатів КНДР до Росії"),
    ("uk", "МЗС Китаю відмовляється коментувати прибуття солдатів КНДР до Росії"),
    ("de", "Das Pentagon kann nicht bestätigen, dass nordkoreanische Soldaten in Kursk sind"),
    ("fr", "Le Pentagone ne peut confirmer la présence de soldats nord-coréens à Koursk"),
    ("es", "El Pentágono no puede confirmar que haya soldados norcoreanos en Kursk, Rusia"),
    ("ja", "米国防総省は北朝鮮兵のロシア派遣を確認できないと述べた"),
    ("zh", "五角大楼称无法证实朝鲜士兵在俄罗斯库尔斯克"),
]
DENIES = [
    ("en", "NATO denies that North Korean soldiers are in Kursk, Russia"),
    ("ru", "Пентагон опроверг прибытие солдат КНДР в Россию"),
    ("de", "Pentagon dementiert, dass nordkoreanische Soldaten in Kursk sind"),
]


def said(
    matcher: Matcher, language: str, title: str, summary: str = "", at: datetime = MOMENT
) -> dict[str, Stance]:
    """Return the stance of a story by claim."""
    told = replace(story(title, summary=summary, language=language), published_at=at, seen_at=at)
    return {e.claim_id: e.stance for e in matcher.read(told).evidence}


@pytest.mark.parametrize(("language", "title"), SILENT)
def test_who_does_not_confirm_says_nothing_either_way(matcher: Matcher, language: str, title: str) -> None:
    """Whoever has no information or declines to answer neither bears a claim out nor disputes it."""
    assert said(matcher, language, title)["troops-labour"] is Stance.BACKGROUND


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "NATO declines to comment; Seoul says North Korean soldiers fight in Kursk, Russia"),
        ("en", "Pentagon cannot confirm a general's death, but sees 10,000 North Korean soldiers in Russia"),
        ("ru", "Пентагон не подтвердил гибель генерала, но сообщил о 10 тыс. солдат КНДР в России"),
    ],
)
def test_a_headline_that_goes_on_is_news(matcher: Matcher, language: str, title: str) -> None:
    """With somebody else's word, or with a number."""
    assert said(matcher, language, title)["troops-labour"] is Stance.SUPPORTS


def test_the_headline_tells_who_does_not_confirm_whoever_speaks_behind(matcher: Matcher) -> None:
    """Whom the story recalls later, and be it a party, makes no news of who cannot confirm."""
    title = "NATO cannot confirm North Korean soldiers in Kursk, Russia"
    summary = "The alliance has only reports. The Kremlin called them rumours, Peskov said."
    assert said(matcher, "en", title, summary)["troops-labour"] is Stance.BACKGROUND


@pytest.mark.parametrize(("language", "title"), DENIES)
def test_who_is_no_party_and_denies_disputes(matcher: Matcher, language: str, title: str) -> None:
    """A denial by somebody else than the parties disputes what the headline has."""
    assert said(matcher, language, title)["troops-labour"] is Stance.DISPUTES


def test_a_party_that_does_not_answer_is_told_as_one_that_does_not(matcher: Matcher) -> None:
    """Of its own conduct a party is asked with reason: the story bears on the claim."""
    title = "Kremlin declined to comment on North Korean soldiers in Russia"
    assert said(matcher, "en", title)["troops-labour"] is not Stance.BACKGROUND


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "North Korea denies comment on arms for Russia"),
        ("en", "North Korea denies clarifying what arms go to Russia"),
        ("es", "Corea del Norte se niega a confirmar el envío de armas a Rusia"),
    ],
)
def test_who_denies_an_answer_denies_nothing(matcher: Matcher, language: str, title: str) -> None:
    """A party that would not say is no denier, whatever verb a headline has for it."""
    assert said(matcher, language, title).get("denial-pyongyang") is not Stance.SUPPORTS


def test_a_refusal_to_comment_is_no_view_of_the_ties(matcher: Matcher) -> None:
    """Beijing that does not answer is neither uneasy nor unconcerned."""
    title = "China's Foreign Ministry declines to comment on North Korean soldiers in Russia"
    assert "china-friction" not in said(matcher, "en", title)


def test_a_threat_that_is_not_seen_is_a_view_of_the_ties(matcher: Matcher) -> None:
    """Beijing that sees no threat disputes a strain."""
    title = "China sees no threat in military cooperation between North Korea and Russia"
    assert said(matcher, "en", title)["china-friction"] is Stance.DISPUTES


def test_a_denial_that_may_only_be_recalled_does_not_turn_a_story_round(matcher: Matcher) -> None:
    """Where a story hardly bears on a denial, its headline stands."""
    title = "Sample Herald: Ukraine's army fires shells made in North Korea"
    summary = (
        "A ship with them was seized, the Sample Herald writes; Moscow and Pyongyang denied arms supplies."
    )
    assert said(matcher, "en", title, summary)["battlefield-use"] is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        (
            "en",
            "Seoul condemns North Korean shells for Russia",
            "Pyongyang has denied arms deals with Russia.",
        ),
        (
            "ru",
            "Пентагон осудил поставки снарядов из КНДР в Россию",
            "Пхеньян отрицает поставки оружия России.",
        ),
        ("uk", "Пентагон засудив снаряди з КНДР для Росії", "Пхеньян заперечує постачання зброї Росії."),
        (
            "de",
            "Pentagon verurteilt nordkoreanische Granaten für Russland",
            "Pjöngjang hat Waffenlieferungen an Russland dementiert.",
        ),
        (
            "fr",
            "Le Pentagone condamne les obus nord-coréens livrés à la Russie",
            "Pyongyang dément toute livraison d'armes à la Russie.",
        ),
        (
            "es",
            "El Pentágono condena los proyectiles norcoreanos para Rusia",
            "Pyongyang niega el envío de armas a Rusia.",
        ),
        ("zh", "五角大楼谴责朝鲜向俄罗斯提供炮弹", "平壤否认向俄罗斯出口武器。"),
    ],
)
def test_a_denial_behind_an_accusers_headline_disputes_nothing(
    matcher: Matcher, language: str, title: str, summary: str
) -> None:
    """What the denier answers is told of there; the headline of the denial itself disputes it."""
    october = datetime(2023, 10, 20, tzinfo=UTC)
    assert said(matcher, language, title, summary, october)["containers-2023"] is Stance.BACKGROUND
    denied = "Pyongyang denies arms deals with Russia"
    assert said(matcher, "en", denied, at=october)["containers-2023"] is Stance.DISPUTES


@pytest.mark.parametrize(
    ("language", "title", "summary", "root"),
    [
        ("en", "North Korea confirms troops in Kursk", "Peskov said that Moscow was grateful.", None),
        ("en", "North Korea confirms troops in Kursk", "Putin said thanks. KCNA told of orders.", "KCNA"),
        (
            "en",
            "North Korea admits troops in Kursk",
            "Seoul called it criminal. Pyongyang says so.",
            "Pyongyang",
        ),
        ("en", "Russia confirms North Korean troops", "Seoul condemned it. Peskov said so.", "Kremlin"),
        ("ru", "КНДР признала участие солдат в боях", "Песков поблагодарил, сообщает ЦТАК.", "KCNA"),
    ],
)
def test_what_a_party_admits_is_its_own_word(
    matcher: Matcher, language: str, title: str, summary: str, root: str | None
) -> None:
    """Whoever else speaks of an admission in the headline did not make it."""
    found = matcher.read(story(title, summary=summary, language=language)).origin
    assert (found.root if found else None) == root
