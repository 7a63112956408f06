from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.figures import MAX_FIGURES, like, read_figures, values_in
from claims.matching.lexicon import Lexicon
from claims.matching.page import MAX_CHARACTERS, comparable, lay_out
from claims.model import Bound, Direction, Figure


def read(lexicon: Lexicon, language: str, text: str) -> list[tuple[str, float, float]]:
    """Return unit, low and high of each figure in a text."""
    stated = read_figures(lay_out("", text), lexicon.languages[language].numbers)
    return [(s.figure.unit, s.figure.low, s.figure.high) for s in stated]


@pytest.mark.parametrize(
    ("language", "text", "unit", "low", "high"),
    [
        ("en", "Seoul counts more than 13,000 containers.", "containers", 13_000, 13_000),
        ("en", "It is 15,000 containers now, up from about 13,000 containers.", "containers", 15_000, 15_000),
        ("ru", "Это 15 000 контейнеров по сравнению с 13 000 контейнеров.", "containers", 15_000, 15_000),
        ("uk", "Це 15 000 контейнерів порівняно з 13 000 контейнерів.", "containers", 15_000, 15_000),
        ("en", "It sent 3 to 5 million artillery shells.", "shells", 3e6, 5e6),
        ("en", "Nearly five million rounds left the port.", "shells", 5e6, 5e6),
        ("en", "Between 10,000 and 12,000 of its soldiers arrived.", "troops", 10_000, 12_000),
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
        ("ru", "отправлено 300 контейнеров", Bound.EXACT),
        ("uk", "відправлено 300 контейнерів", Bound.EXACT),
        ("ko", "컨테이너 300개를 러시아에 넘기고", Bound.EXACT),
        ("ko", "컨테이너 300개를 넘는다", Bound.AT_LEAST),
        ("en", "300 containers, plus a crane", Bound.EXACT),
        ("ko", "컨테이너 300개 보내...한 달 이상 갈 양", Bound.EXACT),
        ("zh", "約300個貨櫃", Bound.ABOUT),
    ],
)
def test_bounds(lexicon: Lexicon, language: str, text: str, bound: Bound) -> None:
    """The words around a number tell how it was meant."""
    (stated,) = read_figures(lay_out("", text), lexicon.languages[language].numbers)
    assert stated.figure.bound is bound


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "2,000 containers left, room for some 3 million 152 mm or 500,000 122 mm shells.", {3e6, 5e5}),
        ("en", "They had room for more than 6 million shells.", {6e6}),
        ("en", "13,000 containers, enough for about 6 million 152mm shells, left.", {6e6}),
        ("en", "The cargo could amount to over 6 million rounds.", {6e6}),
        ("en", "It sent 3 million shells' worth of powder.", {3e6}),
        ("en", "Up to 4 million shells would fit.", {4e6}),
        ("en", "In February it was 6,700 containers, or roughly 3 million shells.", {3e6}),
        ("en", "The cargo could have carried over 6 million 152 mm shells.", {6e6}),
        ("ko", "최대 1만4000개의 표준 컨테이너를 실을 수 있었다.", {14_000}),
        ("fr", "10 000 conteneurs depuis octobre 2023, soit peut-être plus de 3 millions d'obus.", {3e6}),
        ("fr", "Les navires auraient pu transporter 3 millions d'obus.", {3e6}),
        ("es", "Los buques podrían haber transportado 3 millones de proyectiles.", {3e6}),
        ("de", "Die Schiffe könnten 3 Millionen Granaten fassen.", {3e6}),
        ("ru", "Суда могли перевезти 3 млн снарядов.", {3e6}),
        ("uk", "Судна могли перевезти 3 млн снарядів.", {3e6}),
        ("zh", "船只能装载300万枚炮弹。", {3e6}),
        ("ja", "砲弾300万発を積める。", {3e6}),
        ("de", "In dem Bad ist Platz für 20.000 Menschen.", {20_000}),
        ("en", "Plants at full capacity made 3 million shells and 500,000 rockets.", set()),
        ("en", "North Korea sent 1,000 containers' worth of arms.", set()),
        ("ko", "컨테이너 1000개 분량의 무기를 보냈다.", set()),
        ("ko", "포탄 100만 발 분량이다.", {1e6}),
        ("ko", "122mm 방사포탄이면 20만 발, 152mm 포탄이면 100만 발 이상이다.", {2e5, 1e6}),
        ("zh", "运6700个货柜，可装300多万枚152毫米砲弹或50万发122毫米火箭弹。", {3e6, 5e5}),
        ("zh", "可裝多達480萬發炮彈。", {4.8e6}),
        ("zh", "換算152毫米砲彈可能達600多萬發。", {6e6}),
        ("fr", "6 700 conteneurs, soit 3 millions d'obus, sont partis.", {3e6}),
        ("ru", "6700 контейнеров, в которые поместилось бы 3 млн снарядов.", {3e6}),
        ("ru", "В них могло поместиться свыше 6 млн снарядов.", {6e6}),
        ("uk", "10 тис. контейнерів, де могло бути близько 4,8 млн снарядів.", {4.8e6}),
        ("de", "Die Container bieten Platz für rund 3 Millionen Granaten.", {3e6}),
        ("es", "Los contenedores podrían contener unos 3 millones de proyectiles.", {3e6}),
        ("ja", "砲弾約300万発分に相当する。", {3e6}),
    ],
)
def test_what_would_fit_is_a_capacity(lexicon: Lexicon, language: str, text: str, values: set[float]) -> None:
    """What containers could hold is told from what was counted, with an estimate and in a pair too."""
    stated = read_figures(lay_out("", text), lexicon.languages[language].numbers)
    assert {each.figure.low for each in stated if each.figure.bound is Bound.CAPACITY} == values


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "It plans to send 12,000 soldiers, of whom 1,500 came.", {12_000}),
        ("en", "Another 12,000 workers will be sent in May.", {12_000}),
        ("en", "North Korea will send 1,000 sappers and 5,000 builders.", {1_000, 5_000}),
        ("en", "It decided to send 12,000 soldiers, and 1,500 have arrived.", {12_000}),
        ("en", "It decided to send 12,000 soldiers and the first 1,500 have arrived.", {12_000}),
        ("en", "About 12,000 North Korean special forces have arrived by ship and more will come.", set()),
        ("en", "The plan is old. 12,000 soldiers came.", set()),
        ("en", "Another 12,000 workers are expected to arrive in May.", {12_000}),
        ("en", "More than 12,000 North Korean soldiers are expected to join the fight.", set()),
        ("en", "It has sent 12,000 workers and is expected to send more.", set()),
        ("en", "Russia decided to use 12,000 North Korean soldiers in the assault.", set()),
        ("en", "Russia hopes to win after receiving 12,000 shells.", set()),
        ("zh", "朝鲜12000名士兵即将参战。", set()),
        ("zh", "朝鲜12000名士兵即将抵达。", {12_000}),
        ("ko", "북한은 병력 1만2천 명을 보내기로 했다.", {12_000}),
        ("ko", "1천500명이 도착했고, 1만2천 명 파병 결정.", {12_000}),
        ("ko", "노동자 1만2천 명이 도착했다.", set()),
        ("ja", "北朝鮮は兵士1万2000人を派遣する計画だ。", {12_000}),
        ("ja", "兵士1万2000人が到着した。", set()),
        ("zh", "朝鲜决定派12000名士兵，首批1500名已抵达。", {12_000}),
        ("zh", "北韓打算再派6000名士兵。", {6_000}),
        ("ru", "КНДР планирует направить 12 тысяч военных.", {12_000}),
        ("ru", "Будут направлены 12 тысяч военных, 1500 военных прибыли.", set()),
        ("ru", "12 тысяч рабочих будут направлены в Россию.", {12_000}),
        ("uk", "КНДР направить 1 тис. саперів і 5 тис. будівельників.", {1_000, 5_000}),
        ("uk", "Прибули 12 тисяч військових.", set()),
        ("de", "Nordkorea plant, 12.000 Soldaten zu schicken.", set()),
        ("de", "Nordkorea will 12.000 Soldaten schicken.", {12_000}),
        ("de", "Es sind 12.000 Soldaten, die entsandt werden sollen.", set()),
        ("de", "12.000 Soldaten waren geplant.", {12_000}),
        ("fr", "Pyongyang prévoit d'envoyer 12 000 soldats.", {12_000}),
        ("fr", "12 000 soldats seront envoyés.", {12_000}),
        ("es", "Pyongyang planea enviar 12.000 soldados.", {12_000}),
        ("es", "Llegaron 12.000 soldados.", set()),
    ],
)
def test_what_is_to_come(lexicon: Lexicon, language: str, text: str, values: set[float]) -> None:
    """The words of a plan make it of the numbers in their clause, up to the next number on either side."""
    stated = read_figures(lay_out("", text), lexicon.languages[language].numbers)
    assert {each.figure.low for each in stated if each.figure.bound is Bound.PLANNED} == values


def test_a_plan_stays_one_whatever_the_headline_counts(lexicon: Lexicon) -> None:
    """And whatever the text says of it after that."""
    text = "It will send 12,000 soldiers. The 12,000 soldiers train."
    page = lay_out("Seoul: more than 12,000 soldiers", text)
    (stated,) = read_figures(page, lexicon.languages["en"].numbers)
    assert stated.figure.bound is Bound.PLANNED


TO_RUSSIA, TO_DPRK = Direction.TO_RUSSIA, Direction.TO_DPRK


@pytest.mark.parametrize(
    ("language", "text", "ways"),
    [
        ("en", "It sent 6,700 containers to Russia, and 9,000 came from Russia.", [TO_RUSSIA, TO_DPRK]),
        ("en", "Moscow shipped 9,000 containers from Russia to the North.", [TO_DPRK]),
        ("en", "Some 2,000 containers left port.", [None]),
        ("en", "Containers went to Russia and to North Korea, 700 containers in all.", [None]),
        ("en", "It sent 10,000 soldiers to Russia, and 800 soldiers to North Korea.", [None, None]),
        (
            "ko",
            "북한은 러시아에 컨테이너 6천700개를 보냈고 러시아는 30% 많은 9천 개를 북으로 보냈다.",
            [TO_RUSSIA, None, TO_DPRK],
        ),
        ("ko", "러시아가 8월부터 컨테이너 약 1만 개를 북한에 보냈다.", [TO_DPRK]),
        ("ko", "러시아에서 온 컨테이너 8700개.", [TO_DPRK]),
        ("zh", "北韩约有6700个货柜运往俄国。俄方则运来约9000个货柜。", [TO_RUSSIA, TO_DPRK]),
        ("ja", "コンテナ2000個がロシアへ送られ、900個が北朝鮮へ戻った。", [TO_RUSSIA, TO_DPRK]),
        ("ru", "В Россию ушло 6700 контейнеров, в КНДР пришло 9000 контейнеров.", [TO_RUSSIA, TO_DPRK]),
        ("uk", "До Росії пішло 6700 контейнерів, до КНДР прийшло 9000 контейнерів.", [TO_RUSSIA, TO_DPRK]),
        ("de", "6700 Container gingen nach Russland, 9000 Container nach Nordkorea.", [TO_RUSSIA, TO_DPRK]),
        ("fr", "6 700 conteneurs sont allés vers la Russie.", [TO_RUSSIA]),
        ("es", "Envió 6.700 contenedores a Rusia.", [TO_RUSSIA]),
    ],
)
def test_which_way_goods_went(
    lexicon: Lexicon, language: str, text: str, ways: list[Direction | None]
) -> None:
    """The clause of a number tells whether its goods went to Russia or to North Korea, if it says one."""
    stated = read_figures(lay_out("", text), lexicon.languages[language].numbers)
    assert [each.figure.direction for each in stated] == ways


def test_what_a_headline_counts_may_be_what_would_fit(lexicon: Lexicon) -> None:
    """A number that the text calls a capacity is one, however the headline has it."""
    page = lay_out("Seoul: North sent 5 million shells", "The boxes had room for almost 5 million shells.")
    (stated,) = read_figures(page, lexicon.languages["en"].numbers)
    assert stated.figure.bound is Bound.CAPACITY


def test_a_great_number_counts_no_ships_that_it_does_not_name(lexicon: Lexicon) -> None:
    """Ships come by tens: a number of thousands counts what was named before them."""
    text = "He counted 6,700 containers; Moscow ships food, and Washington's own tally is 10,000."
    assert ("containers", 10_000, 10_000) in read(lexicon, "en", text)
    text = "It moved 13,000 containers and cruise missiles; an earlier count stood at 6,700."
    assert ("containers", 6_700, 6_700) in read(lexicon, "en", text)


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
    """Unit, capacity, plan and the time of a rate must agree for two to be compared; no other period."""
    a = Figure("containers", 1_000, 1_000, Bound.AT_LEAST, period="7 September to 1 October 2023")
    assert like(a, Figure("containers", 2_000, 2_000))
    assert like(a, Figure("containers", 2_000, 2_000, period="since August"))
    assert not like(a, Figure("shells", 2_000, 2_000))
    assert not like(a, Figure("containers", 2_000, 2_000, Bound.CAPACITY))
    planned = Figure("containers", 2_000, 2_000, Bound.PLANNED)
    assert not like(a, planned)
    assert not like(replace(planned, bound=Bound.CAPACITY), planned)
    assert like(replace(planned, low=1_000), planned)
    monthly = Figure("containers", 200, 200, period="a month")
    assert not like(a, monthly)
    assert not like(monthly, replace(monthly, period="a year"))
    assert like(monthly, replace(monthly, low=300, high=300))


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("en", "The plant makes 3,000 shells a day.", "a day"),
        ("en", "Each month 40 railcars cross the bridge.", "a month"),
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
    """A number in a time is read with that time."""
    (stated,) = read_figures(lay_out("", text), lexicon.languages[language].numbers)
    assert stated.figure.period == period


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        ("en", "A 10,000-strong contingent left for the front.", [("troops", 10_000, 10_000)]),
        (
            "en",
            "The North sent 12,000 soldiers last autumn and another 3,000 in January.",
            [("troops", 12_000, 12_000), ("troops", 3_000, 3_000)],
        ),
        (
            "en",
            "Some 11,000 troops were sent, 3,000 of them to the border region.",
            [("troops", 11_000, 11_000), ("troops", 3_000, 3_000)],
        ),
        ("en", "Between 10,000 and 12,000 soldiers arrived.", [("troops", 10_000, 12_000)]),
        (
            "en",
            "It shipped 1.6 million rounds, or 4.2 million if smaller calibres are counted.",
            [("shells", 1.6e6, 1.6e6), ("shells", 4.2e6, 4.2e6)],
        ),
        (
            "en",
            "Half a million shells and a dozen missiles were loaded.",
            [("shells", 500_000, 500_000), ("missiles", 12, 12)],
        ),
        ("en", "Three of the 20 missiles fell apart in the air.", [("missiles", 3, 3)]),
        ("en", "Oil deliveries passed the cap of 500,000 barrels.", []),
        ("en", "Washington sanctioned two ships, five companies and 10 people.", [("ships", 2, 2)]),
        ("en", "Each container could hold 300 shells.", []),
        ("en", "On October 5, 2024 a train of 40 wagons left.", [("railcars", 40, 40)]),
        ("en", "The trade earned $20 billion, or 1.5 trillion won.", [("usd", 2e10, 2e10)]),
        ("en", "Up to 100 ballistic missiles and 170mm guns were sent.", [("missiles", 100, 100)]),
        (
            "en",
            "Casualties reached 4,700, including 600 dead.",
            [("other", 4_700, 4_700), ("other", 600, 600)],
        ),
        ("en", "Around 80 percent of the shells came from the North.", [("percent", 80, 80)]),
        ("en", "The panel set up under resolution 1718 met for the third time with 15 members.", []),
        ("en", "Seoul believes that 9.4 million 152 mm shells were shipped.", [("shells", 9.4e6, 9.4e6)]),
        (
            "en",
            "North Korea has shipped over 28,000 containers of arms since 2023.",
            [("containers", 28_000, 28_000)],
        ),
        (
            "en",
            "It may have received 700,000 tonnes of rice and 1.3m barrels of oil.",
            [("tonnes", 700_000, 700_000), ("other", 1.3e6, 1.3e6)],
        ),
        (
            "en",
            "120 long-range artillery systems and 120 multiple launch rocket systems came.",
            [("other", 120, 120)],
        ),
        ("en", "As many as 4,000 North Koreans were killed or wounded.", [("other", 4_000, 4_000)]),
        ("en", "15,000 workers a year could go to the drone plant.", [("workers", 15_000, 15_000)]),
        ("en", "The group of 11 states met in Tokyo for two days.", []),
        ("ko", "북한은 러시아에 포탄 등 1만2천 개 넘는 컨테이너를 보냈다.", [("containers", 12_000, 12_000)]),
        (
            "ko",
            "북한군 1만1천여 명이 배치됐고 이 중 4천700명이 죽거나 다쳤다.",
            [("troops", 11_000, 11_000), ("other", 4_700, 4_700)],
        ),
        (
            "ko",
            "탄도미사일 100여 발과 자주포 220문을 지원했다.",
            [("missiles", 100, 100), ("other", 220, 220)],
        ),
        ("ko", "포탄 수백만 발과 컨테이너 수천 개.", []),
        (
            "ko",
            "공병 1천 명과 건설 노동자 5천 명을 보낸다.",
            [("troops", 1_000, 1_000), ("workers", 5_000, 5_000)],
        ),
        (
            "ko",
            "컨테이너 2만8천여 개로, 152㎜ 포탄 1천200만 발 이상에 해당한다.",
            [("containers", 28_000, 28_000), ("shells", 1.2e7, 1.2e7)],
        ),
        ("ko", "안보리 결의 2270호를 위반해 정유 100만 배럴을 받았다.", [("other", 1e6, 1e6)]),
        ("ko", "러시아 선박 두 척이 나진항에 들어왔다.", [("ships", 2, 2)]),
        (
            "ko",
            "병력 3천 명을 추가로 보내 총 1만5천 명이 됐다.",
            [("troops", 3_000, 3_000), ("troops", 15_000, 15_000)],
        ),
        ("ko", "북한이 최대 200억 달러를 벌었다.", [("usd", 2e10, 2e10)]),
        ("ko", "KN-23 미사일 148발을 건넸다.", [("missiles", 148, 148)]),
        ("ko", "한 달에 2천 달러를 받는다.", [("usd", 2_000, 2_000)]),
        (
            "ru",
            "КНДР передала 148 баллистических ракет и 9 млн снарядов.",
            [("missiles", 148, 148), ("shells", 9e6, 9e6)],
        ),
        (
            "ru",
            "В Курской области находятся от 10 до 12 тысяч северокорейских военных.",
            [("troops", 10_000, 12_000)],
        ),
        ("ru", "Около тысячи контейнеров ушло в порт.", [("containers", 1_000, 1_000)]),
        ("ru", "Погибли 600 военных, ранены 4,1 тыс.", [("other", 600, 600), ("other", 4_100, 4_100)]),
        (
            "ru",
            "Прибудут тысяча саперов и пять тысяч военных строителей.",
            [("troops", 1_000, 1_000), ("workers", 5_000, 5_000)],
        ),
        ("ru", "Две трети из 12 тысяч солдат уже прибыли.", [("troops", 12_000, 12_000)]),
        (
            "ru",
            "Порт принял 64 рейса с 15 809 контейнерами.",
            [("other", 64, 64), ("containers", 15_809, 15_809)],
        ),
        ("ru", "Заплатили 20 млрд долларов и 5 млрд рублей.", [("usd", 2e10, 2e10)]),
        (
            "ru",
            "Полмиллиона снарядов и полтора миллиона мин.",
            [("shells", 500_000, 500_000), ("shells", 1.5e6, 1.5e6)],
        ),
        ("ru", "13 октября 2023 года, в 600-й день войны, собрались 11 стран.", []),
        (
            "uk",
            "КНДР відправила понад 13 тис. контейнерів і 100 балістичних ракет.",
            [("containers", 13_000, 13_000), ("missiles", 100, 100)],
        ),
        ("uk", "На Курщині перебуває 11–12 тисяч північнокорейських солдатів.", [("troops", 11_000, 12_000)]),
        ("uk", "Щонайменше 4 тисячі військових загинули або поранені.", [("other", 4_000, 4_000)]),
        ("uk", "Від 20 до 25 тисяч робітників приїдуть до Татарстану.", [("workers", 20_000, 25_000)]),
        ("uk", "Передано 120 артсистем М1989 та 120 РСЗВ.", [("other", 120, 120)]),
        ("uk", "Щомісяця надходить 260 тис. снарядів.", [("shells", 260_000, 260_000)]),
        ("ja", "北朝鮮は1万1000人規模の兵士を派遣した。", [("troops", 11_000, 11_000)]),
        (
            "ja",
            "コンテナ1万3000個以上が運ばれ、152ミリ砲弾なら600万発に相当する。",
            [("containers", 13_000, 13_000), ("shells", 6e6, 6e6)],
        ),
        ("ja", "弾道ミサイル100発と砲弾900万発を供与した。", [("missiles", 100, 100), ("shells", 9e6, 9e6)]),
        ("ja", "兵士約4700人が死傷し、うち600人が死亡した。", [("other", 4_700, 4_700), ("other", 600, 600)]),
        ("ja", "工兵1000人と建設作業員5000人を送る。", [("troops", 1_000, 1_000), ("workers", 5_000, 5_000)]),
        ("ja", "数十万発の砲弾と数千人の兵士。", []),
        ("ja", "一万二千人の兵士が渡った。", [("troops", 12_000, 12_000)]),
        ("ja", "2隻の貨物船が石油製品100万バレルを運んだ。", [("ships", 2, 2), ("other", 1e6, 1e6)]),
        ("zh", "北韓派遣一萬二千名士兵。", [("troops", 12_000, 12_000)]),
        ("zh", "朝鲜运送了约900万发炮弹和100枚弹道导弹。", [("shells", 9e6, 9e6), ("missiles", 100, 100)]),
        (
            "zh",
            "約2.8萬個貨櫃,相當於1200萬枚152毫米砲彈。",
            [("containers", 28_000, 28_000), ("shells", 1.2e7, 1.2e7)],
        ),
        ("zh", "數十萬枚砲彈與數千名士兵。", []),
        ("zh", "三艘貨輪五次往返,運走三百個貨櫃。", [("ships", 3, 3), ("containers", 300, 300)]),
        ("zh", "五角大廈說,朝軍約有一萬人在俄羅斯。", [("troops", 10_000, 10_000)]),
        ("zh", "四千七百名朝鮮士兵傷亡,其中六百人死亡。", [("other", 4_700, 4_700), ("other", 600, 600)]),
        ("zh", "派遣1000名工兵和5000名建筑工人。", [("troops", 1_000, 1_000), ("workers", 5_000, 5_000)]),
        ("zh", "交易額達200億美元。", [("usd", 2e10, 2e10)]),
        ("de", "Zwischen 10.000 und 12.000 Soldaten sind in Kursk.", [("troops", 10_000, 12_000)]),
        (
            "de",
            "Nordkorea lieferte 9 Mio. Artilleriegranaten und 100 Raketen.",
            [("shells", 9e6, 9e6), ("missiles", 100, 100)],
        ),
        (
            "de",
            "Eine halbe Million Granaten passten in die 2.000 Container.",
            [("shells", 500_000, 500_000), ("containers", 2_000, 2_000)],
        ),
        ("de", "Rund 4.700 Nordkoreaner wurden getötet oder verwundet.", [("other", 4_700, 4_700)]),
        ("de", "Zwei der fünf Raketen stammten aus Nordkorea.", [("missiles", 2, 2)]),
        (
            "de",
            "Tausend Pioniere und fünftausend Bauarbeiter sollen kommen.",
            [("troops", 1_000, 1_000), ("workers", 5_000, 5_000)],
        ),
        ("fr", "Entre 10 000 et 12 000 soldats se trouvent à Koursk.", [("troops", 10_000, 12_000)]),
        (
            "fr",
            "Une centaine de missiles et 9 millions d'obus ont été livrés.",
            [("missiles", 100, 100), ("shells", 9e6, 9e6)],
        ),
        ("fr", "Quelque 4 700 hommes ont été tués ou blessés.", [("other", 4_700, 4_700)]),
        ("fr", "Deux des cinq missiles venaient du Nord.", [("missiles", 2, 2)]),
        (
            "fr",
            "Un millier de sapeurs et cinq mille ouvriers partiront.",
            [("troops", 1_000, 1_000), ("workers", 5_000, 5_000)],
        ),
        (
            "fr",
            "Un demi-million d'obus, soit 1,5 milliard de dollars.",
            [("shells", 500_000, 500_000), ("usd", 1.5e9, 1.5e9)],
        ),
        ("es", "Entre 10.000 y 12.000 soldados están en Kursk.", [("troops", 10_000, 12_000)]),
        (
            "es",
            "Envió nueve millones de proyectiles y un centenar de misiles.",
            [("shells", 9e6, 9e6), ("missiles", 100, 100)],
        ),
        ("es", "Unos 4.700 soldados murieron o resultaron heridos.", [("other", 4_700, 4_700)]),
        ("es", "Dos de los cinco misiles eran norcoreanos.", [("missiles", 2, 2)]),
        (
            "es",
            "Mil zapadores y cinco mil obreros viajarán en mayo.",
            [("troops", 1_000, 1_000), ("workers", 5_000, 5_000)],
        ),
        (
            "es",
            "Medio millón de proyectiles en 1.000 contenedores.",
            [("shells", 500_000, 500_000), ("containers", 1_000, 1_000)],
        ),
        ("es", "Recibió 20.000 millones de dólares.", [("usd", 2e10, 2e10)]),
        (
            "en",
            "It sent more than 11,000 troops in 2024 and 3,000 lately.",
            [("troops", 11_000, 11_000), ("troops", 3_000, 3_000)],
        ),
        (
            "en",
            "It will send 12,000 troops, of them 1,500 who came by ship.",
            [("troops", 12_000, 12_000), ("troops", 1_500, 1_500)],
        ),
        ("en", "Half of the 3 million shells that Russia fires a year are said to be Korean.", []),
        ("en", "It sold 36 ammunition carriers.", [("other", 36, 36)]),
        ("ko", "컨테이너가 갔다. 식량을 포함한 9000여개를 보냈다.", [("containers", 9_000, 9_000)]),
        ("ko", "미사일이 300여km를 날았다.", []),
        ("ja", "ミサイルが約8kmを飛んだ。", []),
        ("ru", "Две из пяти ракет сделаны в КНДР.", [("missiles", 2, 2)]),
        ("ru", "Солдаты и резолюция ООН 2375.", []),
        ("de", "Mehrere tausend Soldaten stehen dort.", []),
    ],
)
def test_a_sentence_gives_all_its_figures_and_no_other(
    lexicon: Lexicon, language: str, text: str, figures: list[tuple[str, float, float]]
) -> None:
    """Lists, parts of a whole, pieces, people and their dead are read as the sentence means them."""
    assert read(lexicon, language, text) == figures


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("en", "Since mid-2022 it sent 9,000 containers.", "since mid-2022"),
        (
            "en",
            "It sent 9,000 containers between August 2023 and January.",
            None,
        ),
        ("en", "Seoul counted 9,000 containers as of last month.", None),
        ("en", "It sent 9,000 containers.", None),
        ("ko", "2022년 중반 이후 컨테이너 9천 개를 보냈다.", "since mid-2022"),
        ("ru", "С августа 2023 года отправлено 9 тыс. контейнеров.", "since 2023-08"),
        ("uk", "З серпня 2023 року передано 9 тис. контейнерів.", "since 2023-08"),
        ("ja", "昨年8月以降、コンテナ9000個を送った。", None),
        ("zh", "自2023年8月以來運出9000個貨櫃。", "since 2023-08"),
        ("de", "Seit August 2023 kamen 9.000 Container an.", "since 2023-08"),
        ("fr", "Depuis août 2023, 9 000 conteneurs sont partis.", "since 2023-08"),
        ("es", "Desde agosto de 2023 salieron 9.000 contenedores.", "since 2023-08"),
        ("es", "Desde finales de agosto salieron 9.000 contenedores.", "since late---08"),
        ("ko", "8월 26일 이후 컨테이너 9천 개를 보냈다.", "since --08-26"),
        ("ja", "2023年8月以降、コンテナ9000個を送った。", "since 2023-08"),
        ("ru", "С августа отправлено 9 тыс. контейнеров.", "since --08"),
    ],
)
def test_the_time_that_a_count_covers(lexicon: Lexicon, language: str, text: str, period: str | None) -> None:
    """Since when is kept in one form for all languages; what is no such date is not kept."""
    (stated,) = read_figures(lay_out("", text), lexicon.languages[language].numbers)
    assert stated.figure.period == period


WORDS = st.sampled_from(
    [
        "13,000",
        "1.6",
        "1만3천",
        "160만",
        "一萬二千",
        "13",
        "тыс.",
        "1,6",
        "млн",
        "five",
        "dozen",
        "million",
        "to",
        "-",
        "and",
        "of",
        "152",
        "mm",
        "shells",
        "containers",
        "발",
        "개",
        "명",
        "인",
        "枚",
        "人",
        "個",
        "погибли",
        "since",
        "2023",
        "$",
        "%",
        "dead",
        "sanctioned",
        "per",
        "container",
        "15.000",
        "300",
        "000",
        "each",
        ",",
        ".",
        "\n",
    ]
)


@given(
    st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200),
    st.sampled_from(["en", "ko", "ru", "zh", "ja"]),
)
def test_figures_stand_in_the_text(lexicon: Lexicon, text: str, language: str) -> None:
    """Whatever is written: a figure quotes the text at its offsets, its ends are in order and above zero."""
    page = lay_out("", text)
    for stated in read_figures(page, lexicon.languages[language].numbers):
        assert page.text[stated.start : stated.end] == stated.figure.quote
        assert stated.figure.quote.strip()
        assert 0 < stated.figure.low <= stated.figure.high


@pytest.mark.parametrize(
    "unit",
    [
        "5 people, ",
        "1,",
        "million ",
        "five of five of ",
        "since 2022 to ",
        "killed 5 ",
        "一萬",
        "1천2",
        "9 or 9 or ",
        "5 %",
        "2022년 8월부터 ",
    ],
)
@pytest.mark.parametrize("language", ["en", "ko", "zh", "ru"])
def test_a_page_of_nothing_but_numbers_is_read_to_a_bound(lexicon: Lexicon, language: str, unit: str) -> None:
    """Of a page of numbers, as long as any that is read, no more figures are kept than any story states."""
    page = lay_out("", unit * (MAX_CHARACTERS // len(unit)))
    stated = read_figures(page, lexicon.languages[language].numbers)
    assert len(stated) <= MAX_FIGURES
    assert all(0 <= each.start < each.end <= len(page.text) for each in stated)


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "Moscow has 40,000 troops there, including North Koreans.", set()),
        ("en", "Moscow massed 40,000 soldiers, including some 9,000 from North Korea.", {9_000}),
        ("en", "40,000 troops, North Koreans among them, stand at the river.", set()),
        ("en", "40,000 Russian and North Korean troops stand at the river.", set()),
        ("en", "40,000 soldiers stand there. The 40,000 soldiers, including North Koreans, attack.", set()),
        ("de", "40.000 Soldaten, darunter Nordkoreaner, stehen am Fluss.", set()),
        ("fr", "40 000 soldats, dont des Nord-Coréens, sont au bord du fleuve.", set()),
        ("es", "Hay 40.000 soldados, incluidos norcoreanos, junto al río.", set()),
        ("ru", "У реки стоят 40 000 военных, в том числе северокорейцы.", set()),
        ("uk", "Біля річки стоять 40 000 військових, серед них північнокорейські.", set()),
        ("ko", "북한군을 포함한 병력 4만 명이 강가에 있다.", set()),
        ("ja", "北朝鮮兵を含む約4万人の兵士が川岸にいる。", set()),
        ("zh", "河边有4万名士兵，其中包括朝鲜士兵。", set()),
        ("en", "Pyongyang sent 9,000 soldiers, including North Korean sappers.", {9_000}),
        ("en", "9,000 North Korean soldiers came, including officers from North Korea.", {9_000}),
        ("en", "9,000 soldiers came. Among them are North Koreans.", {9_000}),
        ("en", "9,000 soldiers came, 300 officers and many others, including North Koreans.", {9_000}),
    ],
)
def test_people_of_whom_some_are_north_koreans(
    lexicon: Lexicon, language: str, text: str, left: set[float]
) -> None:
    """A number that takes in North Koreans among others is no number of them."""
    assert {low for unit, low, _ in read(lexicon, language, text) if unit == "troops"} == left


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        ("en", "Its troops rose from 2,000 to 7,000.", [(7_000, 7_000)]),
        ("en", "It rose from about 2,000 to 7,000 containers.", [(7_000, 7_000)]),
        ("fr", "Le total est passé de 2 000 à 7 000 conteneurs.", [(7_000, 7_000)]),
        ("es", "El total pasó de 2.000 a 7.000 contenedores.", [(7_000, 7_000)]),
        ("ru", "Число выросло с примерно 2 тыс. до 7 тыс. контейнеров.", [(7_000, 7_000)]),
        ("uk", "Кількість зросла з 2 тис. до 7 тис. контейнерів.", [(7_000, 7_000)]),
        ("de", "7.000 Container nach zuvor 2.000 Containern.", [(7_000, 7_000)]),
        ("en", "From 2,000 to 7,000 containers went.", [(2_000, 7_000)]),
        ("en", "2,000 and up to 19,000 containers later.", [(2_000, 2_000), (19_000, 19_000)]),
        ("en", "2 to 7 thousand containers went.", [(2_000, 7_000)]),
    ],
)
def test_what_grew_is_no_range(
    lexicon: Lexicon, language: str, text: str, counts: list[tuple[float, float]]
) -> None:
    """A number of before is left out beside the one of now; ends that lie far apart are two counts."""
    assert [(low, high) for _, low, high in read(lexicon, language, text)] == counts


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        ("en", "Russia is hiring 9,000 North Koreans.", [("workers", 9_000)]),
        ("en", "9,000 North Koreans are to work at a plant.", [("workers", 9_000)]),
        ("en", "9,000 North Koreans crossed the border.", [("troops", 9_000)]),
        ("de", "9.000 Nordkoreaner sollen dort arbeiten.", [("workers", 9_000)]),
        ("fr", "9 000 Nord-Coréens vont travailler en usine.", [("workers", 9_000)]),
        ("es", "9.000 norcoreanos van a trabajar en la fábrica.", [("workers", 9_000)]),
        ("ru", "9 тыс. граждан КНДР для работы на заводе.", [("workers", 9_000)]),
        ("uk", "9 тис. громадян КНДР для роботи на заводі.", [("workers", 9_000)]),
        ("en", "9,000 soldiers came, 300 officers with them.", [("troops", 9_000)]),
        ("de", "9.000 Soldaten kamen, dazu 300 Offiziere.", [("troops", 9_000)]),
        ("ru", "Прибыли 9 тыс. солдат и 300 офицеров.", [("troops", 9_000)]),
        ("en", "9,000 officers and soldiers came.", [("troops", 9_000)]),
        ("en", "He stood by portraits of 120 soldiers.", [("other", 120)]),
        ("uk", "Він стояв біля портретів 120 бійців.", [("other", 120)]),
        ("ko", "그는 병사 120명의 초상 앞에 섰다.", [("other", 120)]),
    ],
)
def test_people_who_are_no_troops(
    lexicon: Lexicon, language: str, text: str, counts: list[tuple[str, float]]
) -> None:
    """Who is hired works, officers are counted by themselves, and portraits are of the dead."""
    assert [(unit, low) for unit, low, _ in read(lexicon, language, text)] == counts


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("en", "Some 400 containers stood at the port.", "in one place"),
        ("en", "A picture shows 400 stacked containers.", "in one place"),
        ("en", "The count stood at 4,000 containers.", None),
        ("en", "Some 40 railcars stood at the station.", None),
        ("de", "Rund 400 Container standen am Hafen.", "in one place"),
        ("fr", "Quelque 400 conteneurs empilés attendent.", "in one place"),
        ("es", "Hay 400 contenedores apilados.", "in one place"),
        ("ru", "В порту 400 контейнеров стояли у крана.", "in one place"),
        ("uk", "У порту 400 контейнерів стояли біля крана.", "in one place"),
        ("ko", "컨테이너 400개가 쌓여 있다.", "in one place"),
        ("ja", "コンテナ400個が積まれている。", "in one place"),
        ("zh", "港口有400个集装箱堆放。", "in one place"),
    ],
)
def test_containers_that_stand_somewhere_are_no_count_of_those_that_went(
    lexicon: Lexicon, language: str, text: str, period: str | None
) -> None:
    """A picture of one day tells how many stood there, and is not like a total."""
    (stated,) = read_figures(lay_out("", text), lexicon.languages[language].numbers)
    assert stated.figure.period == period
    assert like(stated.figure, replace(stated.figure, period=None)) is (period is None)


@pytest.mark.parametrize(
    ("language", "text", "periods"),
    [
        ("en", "It sent 4 million shells last year.", ["in last year"]),
        ("en", "Last year it sent 4 million shells.", ["in last year"]),
        ("en", "It sent 4 million shells in 2024 and 300 missiles.", ["in 2024", None]),
        ("en", "In 2024 it sent 4 million shells.", ["in 2024"]),
        ("de", "Voriges Jahr schickte es 4 Millionen Granaten.", ["in last year"]),
        ("fr", "L'an dernier, il a envoyé 400 conteneurs en 2024.", ["in 2024"]),
        ("es", "Envió 4 millones de proyectiles el año pasado.", ["in last year"]),
        ("ru", "В 2024 году отправлено 4 млн снарядов.", ["in 2024"]),
        ("uk", "За 2024 рік відправлено 4 млн снарядів.", ["in 2024"]),
        ("uk", "Торік відправлено 4 млн снарядів.", ["in last year"]),
        ("ko", "북한은 지난해 포탄 400만 발을 보냈다.", ["in last year"]),
        ("ja", "昨年、砲弾400万発を送った。昨年砲弾500万発を送った。", [None, "in last year"]),
        ("zh", "去年运送400万枚炮弹。", ["in last year"]),
        # What began, ended or was seen there is no count of a year.
        ("en", "It sent 4 million shells since last year.", [None]),
        ("en", "It sent 4 million shells by the end of last year.", [None]),
        ("en", "It sent 4 million shells in October last year.", [None]),
        ("ko", "지난해 8월부터 포탄 400만 발을 보냈다.", [None]),
        ("zh", "去年底运送400万枚炮弹。", [None]),
    ],
)
def test_a_count_of_one_year(lexicon: Lexicon, language: str, text: str, periods: list[str | None]) -> None:
    """A year beside a number is when all that it counts came; a date within it is not."""
    stated = read_figures(lay_out("", text), lexicon.languages[language].numbers)
    assert [each.figure.period for each in stated] == periods


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        (
            "en",
            "9,000 people will go: 7,000 builders and 2,000 sappers.",
            [("workers", 7_000), ("troops", 2_000)],
        ),
        (
            "ko",
            "공병 등 9천 명 파견. 노동자 7천 명과 공병 2천 명이다.",
            [("workers", 7_000), ("troops", 2_000)],
        ),
        (
            "ru",
            "Приедут 9 тыс. человек: 7 тыс. строителей и 2 тыс. саперов.",
            [("workers", 7_000), ("troops", 2_000)],
        ),
        # What is told apart is no lot.
        (
            "en",
            "9,000 soldiers came. Later 7,000 workers did; 2,000 soldiers are on the way.",
            [("troops", 9_000), ("workers", 7_000), ("troops", 2_000)],
        ),
    ],
)
def test_a_lot_of_troops_and_workers_is_told_by_its_parts(
    lexicon: Lexicon, language: str, text: str, counts: list[tuple[str, float]]
) -> None:
    """The sum is a number of neither."""
    assert [(unit, low) for unit, low, _ in read(lexicon, language, text)] == counts
