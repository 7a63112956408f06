"""Technology for Pyongyang, soldiers and workers for Moscow, the pact and what Beijing makes of it."""

from datetime import UTC, datetime

import pytest

from claims.matching.matcher import Matcher
from claims.model import Stance
from tests.support.build import story

LATE = datetime(2025, 3, 1, tzinfo=UTC)

TECHNOLOGY = "military-tech-return"
SATELLITES = "satellite-tech"
NUCLEAR = "nuclear-missile-tech"
PACT = "mutual-defence-pact"
TROOPS = "troops-labour"
CHINA = "china-friction"
HAMAS = "hamas-arms"
ICBM = "icbm-assessment"

SAID = [
    (TECHNOLOGY, "en", "Russia has given North Korea Pantsir air defence systems, sample watchers say"),
    (TECHNOLOGY, "en", "Jamming equipment from Russia seen in Pyongyang, analysts say"),
    (TECHNOLOGY, "en", "Pyongyang wants MiG-29 and Su-27 jets from Moscow in exchange for soldiers"),
    (TECHNOLOGY, "en", "North Korea's new destroyer Choe Hyon may carry Russian-made radar"),
    (TECHNOLOGY, "en", "Putin does not rule out military-technical cooperation with Pyongyang"),
    (TECHNOLOGY, "en", "Moscow helps Pyongyang set up production of Shahed-type drones"),
    (TECHNOLOGY, "en", "Kim Jong Un inspects Russian strategic bombers and a frigate near Vladivostok"),
    (TECHNOLOGY, "ko", "러시아, 파병 대가로 북한에 방공 미사일 제공"),
    (TECHNOLOGY, "ko", "北 신형 구축함에 러시아 기술 적용 정황"),
    (TECHNOLOGY, "ko", "북한, 러시아로부터 전자전 장비 받아"),
    (TECHNOLOGY, "ru", "Россия передала КНДР зенитные комплексы «Панцирь»"),
    (TECHNOLOGY, "ru", "Пхеньян хочет получить от Москвы истребители Су-35"),
    (TECHNOLOGY, "uk", "Росія допомагає КНДР налагодити виробництво дронів типу «Шахед»"),
    (TECHNOLOGY, "uk", "КНДР отримала від Росії системи РЕБ в обмін на солдатів"),
    (TECHNOLOGY, "ja", "ロシア、見返りに防空システムを北朝鮮へ供与か"),
    (TECHNOLOGY, "ja", "北朝鮮の新型駆逐艦にロシアの技術か"),
    (TECHNOLOGY, "zh", "俄罗斯向朝鲜提供防空导弹作为派兵回报"),
    (TECHNOLOGY, "zh", "北韓新型驅逐艦疑獲俄羅斯技術"),
    (TECHNOLOGY, "de", "Russland liefert Nordkorea Flugabwehrsysteme im Gegenzug für Soldaten"),
    (TECHNOLOGY, "de", "Pjöngjang erhofft sich moderne Kampfjets aus Moskau"),
    (TECHNOLOGY, "fr", "La Russie fournit à la Corée du Nord des systèmes antiaériens en échange de soldats"),
    (TECHNOLOGY, "fr", "Pyongyang veut des avions de chasse russes"),
    (TECHNOLOGY, "es", "Rusia entrega a Corea del Norte sistemas antiaéreos a cambio de tropas"),
    (TECHNOLOGY, "es", "Moscú podría dar cazas a Pyongyang"),
    (SATELLITES, "en", "Russian experts helped North Korea prepare its third spy satellite"),
    (SATELLITES, "en", "Putin says Moscow will help Pyongyang build satellites"),
    (SATELLITES, "ko", "러시아, 북한 정찰위성 발사 기술 지원"),
    (SATELLITES, "ru", "Путин пообещал помочь КНДР со спутниками"),
    (
        SATELLITES,
        "ru",
        "КНДР испытала ракетный двигатель, созданный с помощью России: речь о запуске спутника",
    ),
    (SATELLITES, "uk", "Росія допомогла КНДР запустити розвідувальний супутник"),
    (SATELLITES, "ja", "ロシアが北朝鮮の偵察衛星打ち上げを支援か"),
    (SATELLITES, "zh", "俄羅斯協助北韓發射偵察衛星"),
    (SATELLITES, "zh", "俄罗斯帮助朝鲜研制侦察卫星"),
    (SATELLITES, "de", "Russland hilft Nordkorea bei Spionagesatelliten"),
    (SATELLITES, "fr", "Moscou aiderait Pyongyang à lancer des satellites espions"),
    (SATELLITES, "es", "Rusia ayuda a Corea del Norte a lanzar un satélite espía"),
    (NUCLEAR, "en", "Seoul fears that Russia will pass re-entry technology for ICBMs to the North"),
    (NUCLEAR, "en", "Russia may have sent North Korea submarine reactor modules"),
    (
        NUCLEAR,
        "en",
        "Allies warn against transfer of nuclear or missile-related technology to Pyongyang by Moscow",
    ),
    (NUCLEAR, "ko", "러시아, 북한에 ICBM 재진입 기술 이전 우려"),
    (NUCLEAR, "ko", "北, 러시아서 핵잠수함 원자로 모듈 받은 듯"),
    (NUCLEAR, "ru", "Россия может передать КНДР ядерные технологии"),
    (NUCLEAR, "ru", "Москва помогает Пхеньяну с технологиями баллистических ракет"),
    (NUCLEAR, "uk", "Росія передає КНДР технології тактичної ядерної зброї"),
    (NUCLEAR, "ja", "ロシアから北朝鮮に核・ミサイル技術移転の恐れ"),
    (NUCLEAR, "zh", "美日韓憂俄羅斯向北韓轉移核武與彈道飛彈技術"),
    (NUCLEAR, "de", "Russland könnte Nordkorea Atomtechnologie überlassen"),
    (NUCLEAR, "fr", "Séoul craint un transfert de technologies nucléaires de Moscou à Pyongyang"),
    (NUCLEAR, "es", "Temen que Rusia transfiera tecnología nuclear a Corea del Norte"),
    (PACT, "en", "Kim and Putin vow to aid each other if attacked, North Korea and Russia say"),
    (PACT, "en", "Russia's lower house ratifies treaty with North Korea"),
    (
        PACT,
        "en",
        "Article 4 of the Moscow-Pyongyang text commits both to military help, Kremlin says of North Korea",
    ),
    (PACT, "ko", "북러 포괄적 전략동반자 조약 비준"),
    (PACT, "ko", "북러, 한쪽이 침공받으면 지체 없이 군사 원조"),
    (PACT, "ru", "Госдума ратифицировала договор с КНДР"),
    (PACT, "ru", "Россия и КНДР помогут друг другу в случае агрессии"),
    (PACT, "uk", "Путін і Кім підписали угоду про взаємну допомогу, КНДР і Росія"),
    (PACT, "ja", "ロ朝、攻撃を受けた場合の相互援助を定めた新条約に署名"),
    (PACT, "zh", "俄朝簽全面戰略夥伴關係條約 遭侵略時互相援助"),
    (PACT, "de", "Russland und Nordkorea wollen sich im Angriffsfall gegenseitig helfen"),
    (PACT, "fr", "La Russie et la Corée du Nord s'assisteront en cas d'agression"),
    (PACT, "es", "Rusia y Corea del Norte se ayudarán en caso de agresión"),
    (TROOPS, "en", "Storm Corps soldiers from the North have reached Russia's Kursk region"),
    (TROOPS, "en", "Kim Jong Un consoles families of men who died fighting for Russia"),
    (TROOPS, "en", "Kim opens Pyongyang museum for the fallen of the Kursk operation"),
    (TROOPS, "en", "Thousands of North Koreans are to assemble drones at Alabuga in Russia"),
    (TROOPS, "en", "North Korea to send 6,000 sappers and builders to Kursk, Shoigu says"),
    (TROOPS, "en", "Two captured North Korean soldiers ask Kyiv not to send them home"),
    (TROOPS, "en", "Russia brings North Korean construction workers to its Far East on student visas"),
    (TROOPS, "ko", "북한, 쿠르스크에 공병 5천 명 추가 파견"),
    (TROOPS, "ko", "北 폭풍군단 1만여 명 러시아 이동"),
    (TROOPS, "ko", "김정은, 해외군사작전 전사자 유족 위로"),
    (TROOPS, "ko", '생포된 북한군 포로 "러시아 훈련으로 알았다"'),
    (TROOPS, "ko", "북한 노동자 수천 명 러시아 건설 현장으로"),
    (TROOPS, "ru", "КНДР отправит в Курскую область саперов и военных строителей"),
    (TROOPS, "ru", "Бойцы штурмового корпуса из КНДР воюют под Суджей"),
    (TROOPS, "ru", "Северокорейцы будут собирать беспилотники в Алабуге"),
    (TROOPS, "ru", "В Пхеньяне открыли мемориал погибшим в боях за Курскую область"),
    (TROOPS, "uk", "На Курщині взяли в полон двох солдатів з КНДР"),
    (TROOPS, "uk", "КНДР відправить на Курщину тисячі саперів та будівельників"),
    (TROOPS, "uk", "Північнокорейці збиратимуть дрони в Алабузі, кажуть у Росії"),
    (TROOPS, "ja", "北朝鮮、クルスク州に工兵と建設部隊を追加派遣"),
    (TROOPS, "ja", "ウクライナ軍、北朝鮮兵2人を捕虜に"),
    (TROOPS, "ja", "金正恩氏、海外軍事作戦の戦死者遺族を慰問　ロシア派兵"),
    (TROOPS, "zh", "北韓暴風軍團士兵抵達庫斯克"),
    (TROOPS, "zh", "朝鲜将向库尔斯克派遣工兵和建设工人"),
    (TROOPS, "zh", "烏軍俘虜兩名北韓士兵"),
    (TROOPS, "de", "Nordkorea schickt Pioniere und Bauarbeiter nach Kursk"),
    (TROOPS, "de", "Ukraine nimmt zwei nordkoreanische Soldaten gefangen"),
    (TROOPS, "fr", "La Corée du Nord envoie des sapeurs et des ouvriers à Koursk"),
    (TROOPS, "fr", "Deux soldats nord-coréens capturés par Kiev"),
    (TROOPS, "es", "Corea del Norte enviará zapadores y obreros a Kursk"),
    (TROOPS, "es", "Kiev captura a dos soldados norcoreanos en Kursk"),
    (CHINA, "en", "Beijing uneasy as Pyongyang draws close to Moscow, sample scholar says"),
    (CHINA, "en", "Pact of Russia and North Korea may drive a wedge between Kim and Xi"),
    (CHINA, "ko", "북러 밀착에 불편한 중국"),
    (CHINA, "ru", "Сближение КНДР с Россией раздражает Пекин"),
    (CHINA, "uk", "Союз КНДР і Росії дратує Китай"),
    (CHINA, "ja", "ロ朝接近に中国がいら立ち"),
    (CHINA, "zh", "朝俄走近令中方不安"),
    (CHINA, "de", "China ist verärgert über Nordkoreas Nähe zu Russland"),
    (CHINA, "fr", "La Chine voit d'un mauvais œil le rapprochement de Pyongyang avec Moscou"),
    (CHINA, "es", "A Pekín le incomoda el acercamiento de Pyongyang a Moscú"),
    (HAMAS, "en", "Hamas fighters carried North Korean F-7 rocket launchers"),
    (HAMAS, "ko", "하마스, 북한제 무기 사용"),
    (HAMAS, "ru", "ХАМАС применил оружие из КНДР"),
    (HAMAS, "uk", "ХАМАС застосував зброю з КНДР"),
    (HAMAS, "ja", "ハマス、北朝鮮製の武器を使用か"),
    (HAMAS, "zh", "哈馬斯使用北韓製武器"),
    (HAMAS, "de", "Hamas setzt Waffen aus Nordkorea ein"),
    (HAMAS, "fr", "Le Hamas a utilisé des armes nord-coréennes"),
    (HAMAS, "es", "Hamás usó armas norcoreanas"),
    (ICBM, "en", "North Korea's nuclear ICBMs could overwhelm US missile defence, panel warns"),
]


@pytest.mark.parametrize(("claim_id", "language", "title"), SAID)
def test_told_in_many_ways(matcher: Matcher, claim_id: str, language: str, title: str) -> None:
    """What the claim says is found in the words and in the order that each language's press uses."""
    reading = matcher.read(story(title, summary="", language=language, published_at=LATE))
    assert claim_id in {e.claim_id for e in reading.evidence if e.stance is not Stance.BACKGROUND}
