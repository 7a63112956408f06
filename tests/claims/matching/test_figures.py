from dataclasses import replace

import pytest

from claims.matching.figures import like, read_figures, values_in
from claims.matching.lexicon import Lexicon
from claims.matching.page import comparable, lay_out
from claims.model import Bound, Figure


def read(lexicon: Lexicon, language: str, text: str) -> list[tuple[str, float, float]]:
    """Return unit, low and high of each figure in a text."""
    stated = read_figures(lay_out("", text), lexicon.languages[language].numbers)
    return [(s.figure.unit, s.figure.low, s.figure.high) for s in stated]


@pytest.mark.parametrize(
    ("language", "text", "unit", "low", "high"),
    [
        ("en", "Seoul counts more than 13,000 containers.", "containers", 13_000, 13_000),
        ("en", "It sent 3 to 5 million artillery shells.", "shells", 3e6, 5e6),
        ("en", "Nearly five million rounds left the port.", "shells", 5e6, 5e6),
        ("en", "Between 10,000 and 12,000 of its soldiers arrived.", "troops", 12_000, 12_000),
        ("en", "Some 6 million 152 mm shells would fit.", "shells", 6e6, 6e6),
        ("ko", "북한이 컨테이너 1만3천개 이상을 보냈다.", "containers", 13_000, 13_000),
        ("ko", "포탄 160만 발을 실었다.", "shells", 1_600_000, 1_600_000),
        ("ko", "북한 노동자 1만 2천 명을 데려온다.", "workers", 12_000, 12_000),
        ("ru", "КНДР отправила 13 тыс. контейнеров.", "containers", 13_000, 13_000),
        ("ru", "Речь о 1,6 млн снарядов.", "shells", 1.6e6, 1.6e6),
        ("uk", "Передано 6,5 мільйона артснарядів.", "shells", 6.5e6, 6.5e6),
        ("ja", "砲弾約160万発を積んだ。", "shells", 1.6e6, 1.6e6),
        ("ja", "コンテナ1000個を運んだ。", "containers", 1_000, 1_000),
        ("zh", "北韓運出超過1.3萬個貨櫃。", "containers", 13_000, 13_000),
        ("zh", "派出逾萬名士兵。", "troops", 10_000, 10_000),
        ("de", "Rund 12.000 nordkoreanische Soldaten kamen an.", "troops", 12_000, 12_000),
        ("fr", "Plus de 3 millions d'obus ont été livrés.", "shells", 3e6, 3e6),
        ("fr", "Il s'agit de 300 000 à 500 000 obus.", "shells", 300_000, 500_000),
        ("en", "A million shells went by rail.", "shells", 1e6, 1e6),
        ("ru", "Более миллиона снарядов ушло по железной дороге.", "shells", 1e6, 1e6),
        ("fr", "Un millier de conteneurs est parti.", "containers", 1_000, 1_000),
        ("en", "He promised 700 combat engineers and builders.", "troops", 700, 700),
        ("en", "He promised 700 construction workers and engineers.", "workers", 700, 700),
        ("es", "Envió 12.000 soldados a la frontera.", "troops", 12_000, 12_000),
    ],
)
def test_numbers_as_each_language_writes_them(
    lexicon: Lexicon, language: str, text: str, unit: str, low: float, high: float
) -> None:
    """Scales, compounds, ranges and decimal marks of each language give unit and value."""
    assert (unit, low, high) in read(lexicon, language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The 152-mm guns, KN-23 and M1989 were seen on 13 October 2023."),
        ("en", "Eleven countries met for 3 days."),
        ("ko", "10월 13일 만나 11개국이 논의했다."),
        ("ru", "13 октября 2023 года собрались 11 стран."),
        ("ja", "2023年10月13日に11カ国が会合を開いた。"),
        ("en", "UN resolution 1718 forbids what Russian soldiers now train for."),
        ("en", "Millions of rounds and thousands of soldiers, the envoy said."),
        ("ru", "Резолюция 2270 запрещает это, а миллионы снарядов ушли."),
        ("ko", "수만 명의 군인과 수백만 발의 포탄."),
        ("de", "Tausende Soldaten und Millionen Granaten."),
        ("fr", "Des milliers de soldats et des millions d'obus."),
    ],
)
def test_what_is_no_quantity(lexicon: Lexicon, language: str, text: str) -> None:
    """Calibres, model names, dates and counts of countries are no figures."""
    assert read(lexicon, language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "bound"),
    [
        ("en", "exactly: 300 containers", Bound.EXACT),
        ("en", "at least 300 containers", Bound.AT_LEAST),
        ("en", "about 300 containers", Bound.ABOUT),
        ("en", "up to 300 containers", Bound.UP_TO),
        ("en", "The ship could hold 300 containers", Bound.CAPACITY),
        ("ko", "컨테이너 300개 이상", Bound.AT_LEAST),
        ("ru", "не менее 300 контейнеров", Bound.AT_LEAST),
        ("zh", "約300個貨櫃", Bound.ABOUT),
    ],
)
def test_bounds(lexicon: Lexicon, language: str, text: str, bound: Bound) -> None:
    """The words around a number tell how it was meant."""
    (stated,) = read_figures(lay_out("", text), lexicon.languages[language].numbers)
    assert stated.figure.bound is bound


def test_one_number_of_people_is_one_figure(lexicon: Lexicon) -> None:
    """Who is first called an engineer and then a worker is counted once, as at first."""
    text = "Moscow awaits 4,500 military engineers and builders. The 4,500 workers leave in May."
    assert read(lexicon, "en", text) == [("troops", 4_500, 4_500)]


def test_the_dead_are_no_troops(lexicon: Lexicon) -> None:
    """People counted as killed are told as other."""
    assert read(lexicon, "en", "At least 600 soldiers were killed.") == [("other", 600, 600)]


def test_a_range_from_nothing_is_read(lexicon: Lexicon) -> None:
    """A range whose lower end is zero is no surprise, and counts no scale for it."""
    assert read(lexicon, "en", "Some 0 to 5 containers left.") == []
    assert values_in("some 0 to 5 containers left", lexicon.languages["en"].numbers) == {0, 5}


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "from 10 to 12 thousand, in 2024, by 3 ships", {10_000, 12_000, 2024, 3}),
        ("ko", "1만3천개, 약 160만 발", {13_000, 1_600_000}),
        ("ru", "13 тыс. и 1,6 млн", {13_000, 1_600_000}),
        ("en", "nothing is counted here", set()),
    ],
)
def test_every_number_of_a_text_is_found(
    lexicon: Lexicon, language: str, text: str, values: set[float]
) -> None:
    """Whatever a number counts, its value is among those of the text."""
    assert values_in(comparable(text), lexicon.languages[language].numbers) == values


def test_like_compares_like_with_like() -> None:
    """Unit, capacity and the time of a rate must agree before two figures are compared; no other period."""
    a = Figure("containers", 1_000, 1_000, Bound.AT_LEAST, period="7 September to 1 October 2023")
    assert like(a, Figure("containers", 2_000, 2_000))
    assert like(a, Figure("containers", 2_000, 2_000, period="since August"))
    assert not like(a, Figure("shells", 2_000, 2_000))
    assert not like(a, Figure("containers", 2_000, 2_000, Bound.CAPACITY))
    monthly = Figure("containers", 200, 200, period="a month")
    assert not like(a, monthly)
    assert not like(monthly, replace(monthly, period="a year"))
    assert like(monthly, replace(monthly, low=300, high=300))


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("en", "The plant makes 3,000 shells a day.", "a day"),
        ("en", "Each month 40 railcars cross the bridge.", "a month"),
        ("en", "Since mid-2022 it sent 9,000 containers.", None),
        ("ko", "매달 포탄 3천 발을 만든다.", "a month"),
        ("ru", "Завод выпускает 3 тыс. снарядов в сутки.", "a day"),
        ("uk", "Завод випускає 3 тис. снарядів на місяць.", "a month"),
        ("ja", "毎月3000発の砲弾を造る。", "a month"),
        ("zh", "每年運送3000噸。", "a year"),
        ("de", "Das Werk liefert 3.000 Granaten pro Woche.", "a week"),
        ("fr", "L'usine livre 3 000 obus par mois.", "a month"),
        ("es", "La planta entrega 3.000 soldados al año.", "a year"),
    ],
)
def test_rates_are_told_from_counts(lexicon: Lexicon, language: str, text: str, period: str | None) -> None:
    """A number in a time is read with that time; the start of a count is none."""
    (stated,) = read_figures(lay_out("", text), lexicon.languages[language].numbers)
    assert stated.figure.period == period
