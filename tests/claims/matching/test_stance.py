"""Who denies, who does not, and what that does to the claims: sentences in nine languages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims.matching.matcher import Matcher
from claims.model import Stance
from tests.support.build import story

NO_DENIALS = [
    ("en", "Kremlin has not denied getting North Korean shells"),
    ("en", "Washington rejects Russia's denial of North Korean arms shipments"),
    ("en", "Seoul dismisses Pyongyang's denial of arms exports to Russia"),
    ("en", "Moscow no longer denies that North Korean troops fight in Kursk"),
    ("en", "Kremlin neither confirmed nor denied the arrival of North Korean troops"),
    ("en", "Peskov refuses to deny that shells come from North Korea"),
    ("en", "Despite Moscow's denial, satellite images show North Korean containers at Dunay"),
    ("en", "Lavrov declined to deny arms supplies from North Korea"),
    ("ko", "러시아, 북한 무기 수입 부인하지 않았다"),
    ("ko", "크렘린, 북한군 파병 부인도 시인도 하지 않아"),
    ("ko", '미국, 러시아의 부인을 일축 "북한 포탄 이전 확실"'),
    ("ko", "페스코프, 북한 무기 거래 의혹 부인 안 해"),
    ("ko", "크렘린 부인에도 북한 포탄 컨테이너 또 포착"),
    ("ru", "Кремль больше не отрицает поставки снарядов из КНДР"),
    ("ru", "Песков не подтвердил и не опроверг отправку военных КНДР"),
    ("ru", "Вашингтон отверг опровержение Москвы о снарядах из КНДР"),
    ("ru", "Кремль никогда не отрицал закупки оружия у КНДР"),
    ("ru", "Песков отказался опровергать поставки ракет из КНДР"),
    ("uk", "Кремль більше не заперечує постачання снарядів з КНДР"),
    ("uk", "Пєсков не підтвердив і не спростував прибуття солдатів КНДР"),
    ("uk", "США відкинули заперечення Москви щодо зброї з КНДР"),
    ("uk", "Кремль ніколи не заперечував закупівлю зброї у КНДР"),
    ("ja", "ペスコフ氏、北朝鮮からの砲弾供与を否定しなかった"),
    ("ja", "クレムリン、北朝鮮兵の派遣を肯定も否定もせず"),
    ("ja", "米国、ロシアの否定を一蹴 北朝鮮の砲弾移転は確実"),
    ("ja", "ロシア、北朝鮮の武器供与をもはや否定せず"),
    ("zh", "克里姆林宮不再否認北韓提供砲彈"),
    ("zh", "佩斯科夫既不证实也不否认朝鲜派兵"),
    ("zh", "美国驳斥俄方否认：朝鲜炮弹确已运抵"),
    ("zh", "俄罗斯从未否认获得朝鲜武器"),
    ("de", "Kreml dementiert nicht mehr, dass Granaten aus Nordkorea kommen"),
    ("de", "Moskau hat nie bestritten, Granaten aus Nordkorea zu erhalten"),
    ("de", "Peskow wollte Waffen aus Nordkorea weder bestätigen noch dementieren"),
    ("de", "Washington weist Moskaus Dementi zu Waffen aus Nordkorea zurück"),
    ("fr", "Le Kremlin ne dément plus recevoir des obus nord-coréens"),
    ("fr", "Moscou n'a jamais nié acheter des armes à la Corée du Nord"),
    ("fr", "Peskov n'a ni confirmé ni démenti l'envoi de soldats nord-coréens"),
    ("fr", "Washington rejette les dénégations de Moscou sur les obus nord-coréens"),
    ("es", "El Kremlin ya no niega recibir proyectiles de Corea del Norte"),
    ("es", "Moscú nunca ha negado la compra de armas a Corea del Norte"),
    ("es", "Peskov ni confirma ni desmiente el envío de soldados norcoreanos"),
    ("es", "Washington rechaza el desmentido de Moscú sobre armas norcoreanas"),
]
MOSCOW_DENIES = [
    ("en", "Russia has not received any shells from North Korea, the Kremlin says"),
    ("en", "There is no evidence that North Korea arms Russia, Peskov says"),
    ("en", "Moscow rejects US claim of North Korean arms shipments"),
    ("en", "Zakharova calls reports of North Korean munitions a fabrication"),
    ("en", "Russian embassy in Pyongyang: talk of North Korean ammunition is fake"),
    ("ko", '크렘린 "북한 무기 지원설은 증거 없는 소문"'),
    ("ko", '마체고라 대사 "북한 무기 반입 사실무근"'),
    ("ko", '자하로바 "북한 포탄 보도는 가짜뉴스"'),
    ("ru", "Песков: нет никаких доказательств поставок оружия из КНДР"),
    ("ru", "Захарова назвала выдумкой сообщения о снарядах из КНДР"),
    ("ru", "Мацегора: КНДР не поставляет боеприпасы России, это домыслы"),
    ("uk", "Захарова назвала вигадкою повідомлення про снаряди з КНДР"),
    ("uk", "У Кремлі стверджують, що доказів постачання зброї з КНДР немає: «це фейк»"),
    ("ja", "ペスコフ氏「北朝鮮から武器を受け取った証拠はない」"),
    ("ja", "ザハロワ報道官、北朝鮮の砲弾供与報道は「捏造」"),
    ("ja", "ロシアは北朝鮮からの武器調達を否定している"),
    ("zh", "佩斯科夫：所谓朝鲜向俄供应武器毫无根据"),
    ("zh", "扎哈罗娃斥朝鲜弹药报道为谎言"),
    ("de", "Peskow: Keine Beweise für Waffenlieferungen aus Nordkorea"),
    ("de", "Sacharowa nennt Berichte über nordkoreanische Munition erfunden"),
    ("de", "Moskau bestreitet Kauf von Granaten aus Nordkorea"),
    ("fr", "Zakharova juge absurdes les informations sur des obus nord-coréens"),
    ("fr", "Peskov : aucune preuve de livraisons d'armes nord-coréennes"),
    ("es", "Zajárova tacha de falsas las informaciones sobre municiones norcoreanas"),
    ("es", "Peskov: no hay pruebas de entregas de armas norcoreanas"),
]
PYONGYANG_DENIES = [
    ("en", "Choe Son Hui calls the words of Seoul, Washington and Tokyo about arms for Russia groundless"),
    ("en", "No arms went to Russia: North Korean defence ministry calls it a lie"),
    ("ja", "ロシアへの武器輸出を否定　北朝鮮"),
    ("en", "North Korea says it has never exported weapons or ammunition to Russia"),
    ("en", "Kim Yo Jong calls arms deals with Russia an absurd paradox"),
    ("en", "KCNA: rumours of arms dealings with Russia are a fabrication"),
    ("en", "Pyongyang denies sending ammunition to Russia"),
    ("en", "North Korea denies that it has troops in Kursk, calls the report of Seoul a rumour"),
    ("en", "Pyongyang rejects a report of 4,000 of its sappers at Kursk as a falsehood"),
    ("ko", '北 국방성 "러시아에 무기 수출한 적 없고 계획도 없다"'),
    ("ko", '김여정 "러시아와 무기거래설은 황당무계한 낭설"'),
    ("ko", '北 장비총국 "대러 무기 제공설은 모략"'),
    ("ru", "Пхеньян опроверг поставки оружия в Россию"),
    ("ru", "Ким Ё Чжон назвала слухи о поставках оружия России абсурдными"),
    ("ru", "Минобороны КНДР: мы никогда не экспортировали оружие в Россию"),
    ("uk", "КНДР спростувала постачання зброї Росії"),
    ("uk", "Сестра Кім Чен Ина назвала абсурдом чутки про зброю для Росії"),
    ("ja", "金与正氏「ロシアへの武器輸出は荒唐無稽」"),
    ("ja", "北朝鮮「武器や弾薬をロシアへ輸出した事実はない」"),
    ("zh", "朝鲜国防省：从未向俄罗斯出口武器"),
    ("zh", "金與正：對俄武器交易之說荒謬"),
    ("de", "Kim Yo Jong weist Berichte über Waffen für Russland als absurd zurück"),
    ("de", "Nordkorea bestreitet Waffenlieferungen an Russland"),
    ("fr", "Pyongyang dément livrer des armes à la Russie"),
    ("fr", "Kim Yo Jong juge absurdes les rumeurs d'armes pour la Russie"),
    ("es", "Corea del Norte niega haber vendido armas a Rusia"),
    ("es", "Kim Yo Jong tacha de absurdas las informaciones sobre armas para Rusia"),
]
ADMISSIONS = [
    ("en", "Pyongyang confirms military deployment to Russia", "denial-pyongyang"),
    ("en", "North Korea confirms for the first time that it sent troops to Russia", "denial-pyongyang"),
    (
        "en",
        "Russia acknowledges for the first time that North Korean troops fought in Kursk",
        "denial-moscow",
    ),
    ("ko", "북한, 러시아 파병 첫 공식 인정", "denial-pyongyang"),
    ("ko", "러시아, 북한군 참전 처음으로 인정", "denial-moscow"),
    ("ru", "КНДР впервые признала отправку солдат в Россию", "denial-pyongyang"),
    ("ru", "Россия впервые подтвердила участие военных КНДР", "denial-moscow"),
    ("uk", "КНДР вперше визнала відправку солдатів до Росії", "denial-pyongyang"),
    ("uk", "Росія офіційно підтвердила участь військових КНДР", "denial-moscow"),
    ("ja", "北朝鮮、ロシアへの派兵を初めて公式に認める", "denial-pyongyang"),
    ("ja", "ロシア、北朝鮮兵の参戦を初めて認める", "denial-moscow"),
    ("zh", "北韓首度證實派兵俄羅斯", "denial-pyongyang"),
    ("zh", "俄罗斯首次承认朝鲜士兵参战", "denial-moscow"),
    ("de", "Nordkorea räumt erstmals Entsendung von Soldaten nach Russland ein", "denial-pyongyang"),
    ("de", "Russland bestätigt erstmals Einsatz nordkoreanischer Soldaten", "denial-moscow"),
    (
        "fr",
        "La Corée du Nord reconnaît pour la première fois l'envoi de soldats en Russie",
        "denial-pyongyang",
    ),
    ("fr", "La Russie confirme pour la première fois la présence de soldats nord-coréens", "denial-moscow"),
    ("es", "Corea del Norte confirma por primera vez el envío de tropas a Rusia", "denial-pyongyang"),
    ("es", "Rusia reconoce por primera vez la participación de soldados norcoreanos", "denial-moscow"),
]
CONFIRMED_BY_OTHERS = [
    ("en", "South Korea confirms for the first time North Korean troops in Russia"),
    ("ko", "국정원, 북한군 러시아 파병 첫 확인"),
    ("ru", "США впервые подтвердили присутствие солдат КНДР в России"),
    ("uk", "НАТО вперше підтвердило присутність солдатів КНДР у Росії"),
    ("ja", "米国、北朝鮮兵のロシア派遣を初めて確認"),
    ("zh", "北約首次證實北韓士兵抵達俄羅斯"),
    ("de", "Nato bestätigt erstmals nordkoreanische Soldaten in Russland"),
    ("fr", "L'Otan confirme pour la première fois la présence de soldats nord-coréens en Russie"),
    ("es", "La OTAN confirma por primera vez la presencia de tropas norcoreanas en Rusia"),
]
LAWFUL = [
    ("en", "Peskov: military cooperation with North Korea does not violate UN resolutions"),
    ("ko", '자하로바 "북한과의 군사협력은 국제법을 위반하지 않는다"'),
    ("ru", "Захарова: военное сотрудничество с КНДР не нарушает резолюций ООН"),
    ("uk", "Захарова: військова співпраця з КНДР не порушує резолюцій ООН"),
    ("ja", "ペスコフ氏「北朝鮮との軍事協力は国連決議に違反しない」"),
    ("zh", "扎哈罗娃：俄朝军事合作不违反联合国决议"),
    ("de", "Peskow: Militärische Zusammenarbeit mit Nordkorea verstößt nicht gegen UN-Resolutionen"),
    ("fr", "Peskov : la coopération militaire avec la Corée du Nord ne viole pas les résolutions de l'ONU"),
    ("es", "Peskov: la cooperación militar con Corea del Norte no viola las resoluciones de la ONU"),
]
GENERAL = [
    ("2022-09-22", "en", "North Korea denies arms dealings with Russia", "purchase-attempt-2022"),
    ("2022-11-08", "ko", '북한 "러시아와 무기거래 없다"', "covert-shells-2022"),
    ("2022-12-23", "ja", "北朝鮮外務省、ロシアとの武器取引を否定", "wagner-delivery-2022"),
    ("2023-01-29", "ru", "КНДР опровергла сделки с оружием с Россией", "wagner-delivery-2022"),
    (
        "2023-11-15",
        "ru",
        "Кремль отверг обвинения в сделках с КНДР: оружия Россия не получает",
        "containers-2023",
    ),
    ("2024-05-17", "de", "Nordkorea bestreitet Waffengeschäfte mit Russland", "containers-2023"),
    ("2024-05-17", "zh", "金與正否認對俄武器交易", "containers-2023"),
    ("2024-05-17", "fr", "Pyongyang dément tout commerce d'armes avec la Russie", "containers-2023"),
    ("2024-05-17", "es", "Pyongyang niega tener comercio de armas con Rusia", "containers-2023"),
    ("2024-05-17", "uk", "КНДР спростувала торгівлю зброєю з Росією", "containers-2023"),
]

SEOUL = [
    ("en", "Seoul rules out sending weapons to Ukraine despite North Korea-Russia pact", Stance.DISPUTES),
    ("en", "Seoul does not rule out arming Ukraine after North Korea-Russia pact", Stance.SUPPORTS),
    (
        "en",
        "South Korea cannot rule out weapons for Ukraine, official says of Moscow and Pyongyang",
        Stance.SUPPORTS,
    ),
    ("en", "South Korea to reconsider arms for Ukraine after North Korea-Russia pact", Stance.SUPPORTS),
    ("ko", '대통령실 "우크라에 살상무기 지원 계획 없다"…북러 조약에도 입장 불변', Stance.DISPUTES),
    ("ko", "정부, 북러 조약에 우크라 무기 지원 재검토", Stance.SUPPORTS),
    ("ko", "한국, 우크라이나 무기 지원 배제하지 않아…북러 조약 대응", Stance.SUPPORTS),
    ("ru", "Сеул не исключил поставки оружия Украине из-за договора КНДР и России", Stance.SUPPORTS),
    ("ru", "Сеул не планирует поставки оружия Украине после договора КНДР и России", Stance.DISPUTES),
    ("uk", "Сеул не виключає постачання зброї Україні через договір КНДР і Росії", Stance.SUPPORTS),
    ("uk", "Сеул не планує постачання зброї Україні, попри договір КНДР і Росії", Stance.DISPUTES),
    ("ja", "韓国、ウクライナへの武器供与は検討していない 露朝条約でも方針", Stance.DISPUTES),
    ("ja", "韓国、ウクライナへの武器供与を再検討 露朝条約受け", Stance.SUPPORTS),
    ("zh", "韩国称不考虑向乌克兰提供武器，尽管俄朝签约", Stance.DISPUTES),
    ("zh", "俄朝签约后韩国重新考虑向乌克兰提供武器", Stance.SUPPORTS),
    ("de", "Seoul schließt Waffen für die Ukraine trotz Pakt Nordkoreas mit Russland aus", Stance.DISPUTES),
    ("de", "Seoul erwägt Waffen für die Ukraine nach Pakt Nordkoreas mit Russland", Stance.SUPPORTS),
    (
        "fr",
        "Séoul exclut d'envoyer des armes à l'Ukraine malgré le pacte entre Pyongyang et Moscou",
        Stance.DISPUTES,
    ),
    (
        "fr",
        "Séoul n'exclut pas d'envoyer des armes à l'Ukraine après le pacte entre Pyongyang et Moscou",
        Stance.SUPPORTS,
    ),
    ("es", "Seúl descarta enviar armas a Ucrania pese al pacto entre Pyongyang y Moscú", Stance.DISPUTES),
    ("es", "Seúl no descarta enviar armas a Ucrania tras el pacto entre Pyongyang y Moscú", Stance.SUPPORTS),
]


def said(
    matcher: Matcher, language: str, title: str, summary: str = "", day: str = "2024-02-01"
) -> dict[str, Stance]:
    """Return the stance of a story by claim."""
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    told = replace(story(title, summary=summary, language=language), published_at=moment, seen_at=moment)
    return {e.claim_id: e.stance for e in matcher.read(told).evidence}


@pytest.mark.parametrize(("language", "title"), NO_DENIALS)
def test_no_denial(matcher: Matcher, language: str, title: str) -> None:
    """A denial that is negated, contradicted or itself denied is none."""
    stances = said(matcher, language, title)
    assert stances.get("denial-moscow") is not Stance.SUPPORTS
    assert stances.get("denial-pyongyang") is not Stance.SUPPORTS
    assert Stance.DISPUTES not in stances.values()


@pytest.mark.parametrize(("language", "title"), MOSCOW_DENIES)
def test_moscow_denies(matcher: Matcher, language: str, title: str) -> None:
    """What Moscow calls false, or says that did not happen, supports its denial and not the other one."""
    stances = said(matcher, language, title)
    assert stances["denial-moscow"] is Stance.SUPPORTS
    assert stances.get("denial-pyongyang") is not Stance.SUPPORTS


@pytest.mark.parametrize(("language", "title"), PYONGYANG_DENIES)
def test_pyongyang_denies(matcher: Matcher, language: str, title: str) -> None:
    """What Pyongyang calls false, or says that did not happen, supports its denial alone."""
    stances = said(matcher, language, title)
    assert stances["denial-pyongyang"] is Stance.SUPPORTS
    assert stances.get("denial-moscow") is not Stance.SUPPORTS


@pytest.mark.parametrize(("language", "title", "denial"), ADMISSIONS)
def test_who_admits_disputes_its_own_denial(matcher: Matcher, language: str, title: str, denial: str) -> None:
    """A side that says for the first time that it is so disputes its denial, and not that of the other."""
    stances = said(matcher, language, title, day="2025-04-27")
    other = ({"denial-moscow", "denial-pyongyang"} - {denial}).pop()
    assert stances[denial] is Stance.DISPUTES
    assert stances.get(other) is not Stance.DISPUTES
    assert stances.get("troops-labour") is not Stance.DISPUTES


@pytest.mark.parametrize(("language", "title"), CONFIRMED_BY_OTHERS)
def test_confirmation_by_others_is_no_admission(matcher: Matcher, language: str, title: str) -> None:
    """What a third side confirms for the first time, neither side has admitted."""
    stances = said(matcher, language, title, day="2024-10-28")
    assert Stance.DISPUTES not in stances.values()
    assert stances["troops-labour"] is Stance.SUPPORTS


@pytest.mark.parametrize(("language", "title"), LAWFUL)
def test_what_speaks_against_a_claim_disputes_it(matcher: Matcher, language: str, title: str) -> None:
    """Who calls the trade lawful disputes that it breaks resolutions."""
    assert said(matcher, language, title)["un-violation"] is Stance.DISPUTES


@pytest.mark.parametrize(
    ("language", "title", "counts"),
    [
        ("en", "G7 threatens sanctions over North Korean arms for Russia", True),
        ("de", "G7 droht mit Sanktionen wegen nordkoreanischer Waffen für Russland", True),
        ("en", "US sanctions broker over North Korean arms for Russia", True),
        ("en", "North Korea sends workers to Russian arms plant through a sanctioned company", False),
        ("fr", "Les conséquences de l'envoi de soldats nord-coréens en Russie", False),
    ],
)
def test_who_threatens_sanctions_answers_with_them(
    matcher: Matcher, language: str, title: str, counts: bool
) -> None:
    """A threat of sanctions is an answer; a company that is under them already, or a consequence, is none."""
    assert ("sanctions-response" in said(matcher, language, title)) is counts


def test_what_a_headline_says_is_not_turned_round_by_the_text(matcher: Matcher) -> None:
    """China's unease in a headline stands, whatever China says of itself behind it."""
    title = "China uneasy at North Korea's pact with Russia"
    told = story(title, summary="China refused to comment on North Korea and Russia.")
    links = {each.claim_id: each.stance for each in matcher.read(told).evidence}

    assert links["china-friction"] is Stance.SUPPORTS


def test_answer_to_a_joint_statement_disputes_it(matcher: Matcher) -> None:
    """Who assails what the three allies said together does not condemn with them."""
    title = "KCNA slams trilateral statement on North Korea's arms for Russia"
    stances = said(matcher, "en", title, day="2023-10-29")
    assert stances["trilateral-condemnation"] is Stance.DISPUTES


@pytest.mark.parametrize(("day", "language", "title", "claim_id"), GENERAL)
def test_general_denial_disputes_what_was_held_against_it_then(
    matcher: Matcher, day: str, language: str, title: str, claim_id: str
) -> None:
    """A denial that names nothing disputes the accusation of its weeks."""
    assert said(matcher, language, title, day=day)[claim_id] is Stance.DISPUTES


def test_denial_of_one_thing_disputes_that_alone(matcher: Matcher) -> None:
    """A denial of soldiers does not answer the containers that were held against Moscow at the time."""
    stances = said(matcher, "en", "Kremlin denies that North Korean soldiers fight in Ukraine")
    assert stances["troops-labour"] is Stance.DISPUTES
    assert "containers-2023" not in stances


def test_doubt_disputes_without_a_denial(matcher: Matcher) -> None:
    """Who calls reports contradictory disputes them, and has not denied them."""
    title = "Peskov: information about North Korean soldiers is contradictory"
    stances = said(matcher, "en", title, day="2024-10-21")
    assert stances["troops-labour"] is Stance.DISPUTES
    assert stances.get("denial-moscow") is not Stance.SUPPORTS


def test_denial_that_is_only_recalled_answers_nothing(matcher: Matcher) -> None:
    """A denial at the end of a story about something else disputes nothing."""
    summary = (
        "The two talked of trade. They also met farmers. The Kremlin has denied getting North Korean arms."
    )
    stances = said(matcher, "en", "Sample Herald: Russian and North Korean officials met in Moscow", summary)
    assert Stance.DISPUTES not in stances.values()


@pytest.mark.parametrize(("language", "title", "stance"), SEOUL)
def test_who_weighs_arms_and_who_rules_them_out(
    matcher: Matcher, language: str, title: str, stance: Stance
) -> None:
    """Seoul disputes that it weighs arms for Kyiv where it rules them out, not where it does not do so."""
    assert said(matcher, language, title, day="2024-06-25")["seoul-arming-ukraine"] is stance
