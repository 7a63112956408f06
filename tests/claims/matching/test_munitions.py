"""The claims of munitions: project-written headlines that bear on them, and others that only look like it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from claims.matching.matcher import Matcher
from claims.model import Stance
from tests.support.build import story

# A claim and a day; below them, indented, headlines of that day with their languages.
TOLD = """
battlefield-use 2024-01-04
  en Russia fired missiles made in North Korea at Kharkiv, White House says
battlefield-use 2024-01-05
  ko 러, 북한 탄도미사일로 하르키우 공격
  ru Россия ударила по Харькову северокорейскими ракетами
  uk Росія вдарила по Харкову ракетою виробництва КНДР
  ja ロシア、北朝鮮製ミサイルでハリコフ攻撃
  zh 俄軍以北韓飛彈攻擊哈爾科夫
  de Russland feuert nordkoreanische Raketen auf Charkiw
  fr La Russie a tiré des missiles nord-coréens sur Kharkiv
  es Rusia dispara misiles norcoreanos contra Járkiv
battlefield-use 2024-01-10
  en Wreck of a Hwasong-11 picked up in Kharkiv, prosecutors say
battlefield-use 2024-11-20
  ko 북한 170㎜ 자주포 쿠르스크에서 포착
  ja 北朝鮮の170ミリ自走砲、ロシア軍が配備
battlefield-use 2025-02-20
  zh 乌军摧毁一门朝鲜制谷山自行火炮
battlefield-use 2025-04-24
  ru Зеленский: по Киеву ударили ракетой из КНДР
containers-2023 2023-10-17
  en The Angara and the Maria called at Rajin five times, images show
  ru Судно «Ангара» снова зашло в порт Раджин
  ja 羅津港にロシア船アンガラ、衛星画像で確認
  zh 卫星图：俄船安加拉号再访罗津港
containers-2023 2024-02-23
  en Washington counts over 10,000 containers from North Korea to Russia
  ru КНДР отправила России более 10 тысяч контейнеров с боеприпасами
  uk КНДР відправила Росії 10 тисяч контейнерів зі зброєю
  ja 北朝鮮、ロシアにコンテナ1万個の武器 米国務省
  zh 美國：北韓向俄運送逾一萬個貨櫃軍火
  de Über 10.000 Container mit Munition gingen aus Nordkorea nach Russland
  fr Plus de 10 000 conteneurs de munitions nord-coréennes pour la Russie
  es Más de 10.000 contenedores con armas de Corea del Norte a Rusia
containers-2023 2024-03-18
  de Südkorea: Pjöngjang schickte 7.000 Container nach Russland
  fr Séoul : 7 000 conteneurs partis de Corée du Nord vers la Russie
  es Seúl: 7.000 contenedores salieron de Corea del Norte hacia Rusia
containers-2023 2024-04-03
  ko 나진항에 러시아 화물선 앙가라호 다시 입항…무기 수송 정황
containers-2023 2024-10-23
  ko 합참 "북, 러에 컨테이너 2만여개 분량 무기 보내"
containers-2023 2024-10-31
  uk Пентагон: до Росії з КНДР пішло понад 16 тисяч контейнерів
covert-shells-2022 2022-11-02
  en US says North Korea hides shells for Russia in cargo bound for the Middle East
  ko 백악관 "북한, 중동 가는 것처럼 위장해 러시아에 포탄 보내"
  ru КНДР тайно поставляет России снаряды под видом груза для Ближнего Востока
  uk КНДР таємно постачає Росії снаряди через Близький Схід
  ja 北朝鮮がロシアに砲弾をひそかに供与 中東向けと偽装
  zh 白宮：北韓假借運往中東 暗中向俄提供砲彈
  de Nordkorea schickt Russland heimlich Granaten
  fr Pyongyang livre discrètement des obus à la Russie
  es Pyongyang envía en secreto proyectiles a Rusia
deliveries-before-summit 2023-10-16
  en North Korean arms were on their way to Russia before Kim met Putin
  ru Оружие из КНДР шло в Россию еще до саммита
  ja 首脳会談前から武器輸送 北朝鮮からロシアへ
deliveries-before-summit 2023-10-17
  ko 북러 정상회담 한 달 전부터 무기 수송
deliveries-completed 2023-10-26
  en Seoul, Tokyo and Washington confirm that several arms deliveries from North Korea to Russia are complete
  ko 한미일 "북한의 대러 무기 제공 여러 차례 완료 확인"
purchase-attempt-2022 2022-09-06
  en Russia is buying rockets and shells from North Korea, US officials say
  en Moscow turns to Pyongyang for ammunition
  ko 러시아, 북한에서 포탄과 로켓 수백만 발 구매 추진
  ru Россия закупает снаряды и ракеты у КНДР, пишет образцовая газета
  uk Росія купує у КНДР снаряди й ракети
  ja ロシア、北朝鮮から砲弾やロケット弾を購入へ 米当局
  zh 美媒：俄羅斯向北韓購買砲彈與火箭
  de Russland kauft in Nordkorea Artilleriemunition
  fr La Russie achète des obus à la Corée du Nord, selon Washington
  es Rusia compra proyectiles a Corea del Norte, según EE.UU.
purchase-attempt-2022 2023-08-31
  ko 백악관 "북러 무기 협상 진전"
  ru США: Россия и КНДР ведут переговоры о поставках оружия
  uk Білий дім: Росія і КНДР домовляються про зброю
  ja ロ朝の武器取引交渉が進展 米高官
  zh 白宫：俄朝军火谈判取得进展
  de USA: Moskau und Pjöngjang verhandeln über Waffen
  fr Pourparlers sur les armes entre Moscou et Pyongyang, selon la Maison Blanche
  es Moscú y Pyongyang negocian la venta de armas
rail-resumption-2022 2022-11-02
  en First freight train since 2020 crosses from Russia into North Korea
  ko 북러 화물열차 2년 9개월 만에 운행 재개
  ru Грузовые поезда между Россией и КНДР пошли снова
  uk Росія та КНДР відновили рух вантажних потягів
  ja ロ朝間の貨物列車が再開
  zh 俄朝恢复铁路货运
  de Wieder Güterzüge zwischen Russland und Nordkorea
  fr Reprise du fret ferroviaire entre la Russie et la Corée du Nord
  es Vuelven los trenes de carga entre Rusia y Corea del Norte
rail-resumption-2022 2022-09-10
  de Güterverkehr zwischen Russland und Nordkorea wird wieder aufgenommen
rail-traffic 2023-01-20
  en White House shows pictures of railcars that fetched North Korean arms
  ko 백악관, 북러 오간 열차 위성사진 공개…무기 운반
rail-traffic 2023-10-06
  en Freight cars crowd Tumangang station, analysts suspect arms for Russia
  ko 두만강역에 화차 73량…북러 무기 이전 정황
  ru На станции Туманган скопились вагоны: эксперты говорят о поставках оружия из КНДР
  uk Супутник зафіксував десятки вагонів на кордоні КНДР і РФ
  de Güterzüge an der Grenze: Nordkorea liefert wohl Waffen nach Russland
  fr Trafic ferroviaire record à la frontière : des armes nord-coréennes pour la Russie ?
  es Vagones de carga se acumulan en la frontera de Corea del Norte y Rusia, muestran imágenes satelitales
return-cargo-2023 2023-10-14
  en Russian ships unload containers at Rajin, White House says
return-cargo-2023 2024-02-27
  ko 국방장관 "러→북 컨테이너, 북→러보다 30% 많아…식량이 대부분"
  zh 韩防长：俄向朝输送粮食集装箱 多过朝方弹药
return-cargo-2023 2024-02-28
  en North Korea got 9,000 containers of food from Russia for its shells
  ko 신원식 "러, 포탄 대가로 북에 식량 컨테이너 9천개 보내"
  ru Россия рассчитывается с КНДР за снаряды продовольствием
  uk РФ платить КНДР за снаряди продуктами
  ja ロシア、砲弾の見返りに北朝鮮へ食料コンテナ
  zh 俄羅斯以糧食換取北韓砲彈
  de Russland bezahlt nordkoreanische Granaten mit Lebensmitteln
  fr La Russie paie les obus nord-coréens en nourriture
  es Rusia paga con alimentos la munición de Corea del Norte
shell-volume 2023-11-01
  ko 국정원 "북한, 러시아에 포탄 100만 발 이상 보내"
  zh 韩情报机构：朝鲜向俄罗斯提供逾百万发炮弹
  fr Plus d'un million d'obus nord-coréens envoyés à Moscou, selon Séoul
  es Pyongyang mandó a Moscú más de un millón de proyectiles de artillería
shell-volume 2024-02-28
  en North Korea has shipped Russia about three million shells, minister in Seoul says
  ru КНДР поставила России три миллиона снарядов, считают в Сеуле
  uk КНДР передала Росії понад мільйон снарядів
  ja 北朝鮮、ロシアに砲弾300万発を供与か
  zh 韓防長：北韓已向俄羅斯運送300萬枚砲彈
  de Nordkorea lieferte Russland drei Millionen Artilleriegranaten
  fr La Corée du Nord a livré trois millions d'obus à la Russie
  es Corea del Norte envió a Rusia tres millones de proyectiles
shell-volume 2024-06-14
  ko 신원식 "북, 러에 포탄 500만발 담을 컨테이너 1만개 보내"
shell-volume 2025-04-15
  en Most of the rounds that Russia's guns fire now come from North Korea, sample study finds
  ru Половина снарядов российской армии сделана в КНДР
  uk Половина снарядів російської армії походить із Північної Кореї
  ja ロシア軍の砲弾の半数は北朝鮮製
  de Die Hälfte der russischen Geschosse stammt aus Nordkorea
shell-volume 2025-11-15
  en Shell deliveries from North Korea to Russia have halved, Kyiv's spies say
  ko 북한의 대러 포탄 공급 반토막
  ru Поставки снарядов из КНДР в Россию сократились вдвое
  uk Постачання снарядів із КНДР до Росії впало вдвічі
  ja 北朝鮮からロシアへの砲弾供与が半減
  zh 朝鲜对俄炮弹供应减半
  de Nordkorea halbiert Lieferung von Granaten an Russland
  fr Les livraisons d'obus nord-coréens à la Russie réduites de moitié
  es Los envíos de proyectiles norcoreanos a Rusia caen a la mitad
ukraine-intel-2023 2023-09-10
  en Budanov: Russia has been importing shells from North Korea for weeks
  ko 우크라 군정보국장 "북한, 한 달 반 전부터 러시아에 포탄 공급"
  ru Буданов: Россия получает снаряды из КНДР
  uk Росія отримує снаряди з КНДР – ГУР
  ja ウクライナ国防省情報総局「ロシアは北朝鮮から砲弾を調達」
  zh 布達諾夫：俄軍已收到北韓砲彈
  de Budanow: Nordkorea beliefert Russland seit Wochen mit Munition
  fr Boudanov : la Corée du Nord fournit déjà des obus à la Russie
  es Budánov: Corea del Norte ya suministra munición a Rusia
ukraine-intel-2023 2024-09-15
  ja ブダノフ氏「最大の問題は北朝鮮の弾薬」
  zh 烏軍情首長：北韓彈藥是最大麻煩
  de Budanow: Munition aus Nordkorea ist unser größtes Problem
  fr Le patron du renseignement militaire ukrainien s'inquiète des obus nord-coréens
  es El jefe de la inteligencia militar ucraniana teme los proyectiles norcoreanos
ukraine-intel-2023 2025-02-20
  en Kyiv's spy chief: Pyongyang has sent Moscow 240 long-range guns and launchers
  ko 부다노프 "북한, 러에 장사정포 240문 지원"
ukraine-intel-2023 2025-10-29
  uk КНДР удвічі скоротила постачання снарядів до Росії – Скібіцький
uniforms-textiles 2022-11-08
  en Factories in Pyongyang sew uniforms for Russian soldiers
  ko 평양 공장들, 러시아 군복 제작
  ru В КНДР шьют форму для российских солдат
  uk У КНДР шиють форму для російських військових
  ja 北朝鮮の工場でロシア兵の軍服を縫製
  zh 朝鲜工厂为俄军缝制军服
  de Nordkorea näht Uniformen für die russische Armee
  fr Des usines nord-coréennes cousent des uniformes pour l'armée russe
  es Fábricas norcoreanas cosen uniformes para soldados rusos
wagner-delivery-2022 2022-12-22
  en Mercenaries of Wagner got rockets from North Korea
  ko 북한, 와그너 그룹에 무기 넘겨
  ja 北朝鮮、ロシア民間軍事会社に武器を引き渡し
  zh 北韓軍火交到瓦格納集團手中
"""

ONLY_ALIKE = """
return-cargo-2023 2024-09-08
  ru КНДР передала России ещё 2 тыс. контейнеров, считают в Сеуле
battlefield-use 2023-07-20
  en North Korea attacks US over cluster munitions for Ukraine
battlefield-use 2024-05-01
  ko 북한, 러시아 기술로 탄도미사일 시험발사
battlefield-use 2024-06-19
  de Nordkorea und Russland sagen einander bei einem Angriff Waffenhilfe zu
battlefield-use 2024-06-20
  en Putin visits Pyongyang, thanks Kim for support against Ukraine
  fr Poutine et Kim signent un pacte d'aide en cas d'attaque
battlefield-use 2024-10-20
  ko 북한군 포로, 우크라군에 생포
  ru Военные КНДР прибыли в Курскую область
battlefield-use 2024-11-22
  en Ukrainian missile strike wounds North Korean general in Kursk
  fr Une frappe ukrainienne blesse un général nord-coréen à Koursk
battlefield-use 2025-06-01
  en Ukraine drones strike Russian bombers; North Korea condemns attack
containers-2023 2023-05-01
  en North Korea sends containers of aid to Russia
containers-2023 2023-11-22
  en North Korea's satellite rocket may have had Russian help
containers-2023 2024-01-23
  ru Мария Захарова: сотрудничество России и КНДР соответствует праву
containers-2023 2024-07-01
  ru Пассажирское судно начнет ходить между Владивостоком и Расоном
containers-2023 2024-10-18
  en Russian navy ships carry North Korean soldiers to Vladivostok
  ko 북한군 1500명, 러 상륙함 타고 블라디보스토크로
covert-shells-2022 2022-12-20
  en UK defence secretary speaks of North Korean arms for Russia
covert-shells-2022 2022-12-23
  en UK foreign secretary condemns North Korea for arms to Russia
deliveries-before-summit 2023-09-12
  en North Korean leader's train crosses into Russia before the summit
deliveries-completed 2023-10-25
  ko 한미일 외교장관, 북한 미사일 발사 규탄
purchase-attempt-2022 2022-10-01
  en North Korea and Russia talk about trade in coal
purchase-attempt-2022 2023-09-14
  en Kim invites Putin to visit Pyongyang
purchase-attempt-2022 2023-10-05
  en Russia and North Korea hold talks on a museum exchange
purchase-attempt-2022 2024-05-01
  en Russia buys shells from North Korea again
rail-resumption-2022 2023-04-01
  en Kim's armoured train rolls again towards Russia
rail-traffic 2023-07-28
  ru Эксперт о поездке Шойгу в КНДР: речь шла об оружии
rail-traffic 2023-09-11
  en Kim's train nears the Russian border, officials in Seoul say
  ko 김정은 전용열차, 러시아 국경 통과
rail-traffic 2024-06-01
  ko 북러 여객열차 운행 재개
rail-traffic 2024-10-18
  en North Korean troops train with new weapons in Russia
rail-traffic 2025-06-10
  en Passenger trains resume between Pyongyang and Moscow
return-cargo-2023 2023-12-20
  en North Korean shells burst in Russian gun barrels, Ukraine says
return-cargo-2023 2024-03-27
  en Russian tourists take food and gifts to North Korea
return-cargo-2023 2024-05-01
  ru Россия отправила в КНДР гуманитарную помощь с мукой
return-cargo-2023 2024-07-01
  fr Le navire russe Angara charge des munitions en Corée du Nord
return-cargo-2023 2024-11-22
  en Russia gave North Korea air defence missiles in return for troops
shell-volume 2023-12-05
  en Seoul to lend Washington 500,000 shells
shell-volume 2024-06-19
  en Kim promises Putin full support, millions cheer
shell-volume 2024-10-18
  en North Korea sends 12,000 troops to Russia
shell-volume 2025-06-18
  en North Korea to send 6,000 sappers and builders to Kursk
ukraine-intel-2023 2023-10-17
  en South Korea's military intelligence chief says North Korea sent shells to Russia
  uk Військова розвідка Південної Кореї: КНДР передала Росії снаряди
rail-traffic 2025-06-11
  en Satellite pictures show Russian freighter Lady R docked again at Rajin
uniforms-textiles 2022-11-09
  en Pyongyang's defence ministry: arms sales to Russia are a fabrication of Washington
uniforms-textiles 2024-10-18
  en North Korean soldiers in Russian uniforms train in the Far East
  ko 북한군, 러시아 군복 입고 훈련
uniforms-textiles 2024-10-22
  uk Російські командири видають військовим КНДР форму
"""


def headlines(table: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield claim, day, language and text of every headline in a table."""
    claim = day = ""
    for line in table.strip().splitlines():
        first, rest = line.strip().split(" ", maxsplit=1)
        if line.startswith(" "):
            yield claim, day, first, rest
        else:
            claim, day = first, rest


def linked(matcher: Matcher, day: str, language: str, title: str) -> set[str]:
    """Return the claims that a headline without a summary bears on."""
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    reading = matcher.read(story(title, summary="", language=language, published_at=at, seen_at=at))
    return {e.claim_id for e in reading.evidence if e.stance is not Stance.BACKGROUND}


@pytest.mark.parametrize(("claim", "day", "language", "title"), tuple(headlines(TOLD)))
def test_headline_bears_on_its_claim(
    matcher: Matcher, claim: str, day: str, language: str, title: str
) -> None:
    """A headline alone is enough, in every language and in the words that its press uses."""
    assert claim in linked(matcher, day, language, title)


@pytest.mark.parametrize(("claim", "day", "language", "title"), tuple(headlines(ONLY_ALIKE)))
def test_headline_that_only_looks_like_it(
    matcher: Matcher, claim: str, day: str, language: str, title: str
) -> None:
    """A namesake, another war's weapon, a passenger train: not every headline with the words is a claim's."""
    assert claim not in linked(matcher, day, language, title)
