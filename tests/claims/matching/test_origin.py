import pytest

from claims.matching.matcher import Matcher
from claims.model import Origin
from tests.support.build import story


def origin(
    matcher: Matcher, language: str, title: str, summary: str, relayed: str | None = None
) -> Origin | None:
    """Return the origin that the matcher reads out of a story."""
    return matcher.read(story(title, summary=summary, language=language, relayed_from=relayed)).origin


@pytest.mark.parametrize(
    ("language", "title", "summary", "root"),
    [
        (
            "en",
            "North Korea sent shells to Russia",
            "The count is from C4ADS, according to the report.",
            "C4ADS",
        ),
        ("ko", "국정원은 북한이 포탄을 보냈다고 밝혔다", "", "National Intelligence Service"),
        ("ru", "КНДР отправила снаряды, сообщает ГУР", "", "Ukrainian military intelligence"),
        ("uk", "За даними ГУР, КНДР передала снаряди", "", "Ukrainian military intelligence"),
        ("ja", "北朝鮮が砲弾供与、国家情報院によると", "", "National Intelligence Service"),
        ("zh", "國情院表示北韓運送砲彈", "", "National Intelligence Service"),
        ("de", "Laut Pentagon sind Soldaten in Kursk", "", "Pentagon"),
        ("fr", "Selon le Pentagone, des obus ont été livrés", "", "Pentagon"),
        ("es", "Según el Pentágono, llegaron soldados", "", "Pentagon"),
        ("en", "Seoul's military says more soldiers left", "", "South Korean military"),
        ("en", "The Joint Chiefs of Staff estimate a loss", "", "South Korean Joint Chiefs of Staff"),
        ("ja", "韓国国防情報本部は砲弾が渡ったとみている", "", "South Korean Defense Intelligence Agency"),
        (
            "uk",
            "Військова розвідка Південної Кореї: снаряди в дорозі",
            "",
            "South Korean Defense Intelligence Agency",
        ),
        (
            "uk",
            "За даними Об'єднаного комітету начальників штабів, солдати в дорозі",
            "",
            "South Korean Joint Chiefs of Staff",
        ),
    ],
)
def test_root_is_who_said_it(matcher: Matcher, language: str, title: str, summary: str, root: str) -> None:
    """The body that the words are attributed to is the root, under one readable name in every language."""
    found = origin(matcher, language, title, summary)
    assert found is not None
    assert found.root == root
    assert not found.party


@pytest.mark.parametrize(
    ("language", "title", "summary", "chain"),
    [
        (
            "en",
            "Shells for Moscow",
            "SEOUL (Reuters) - The Pentagon said it knows more.",
            ("Pentagon", "Reuters"),
        ),
        ("en", "Shells go north, Pentagon says [AFP]", "", ("Pentagon", "AFP")),
        ("en", "North sent shells - FT", "The paper cites officials.", ("Financial Times",)),
        (
            "ko",
            "북한 포탄 러시아로",
            "국정원은 포탄이 갔다고 밝혔다고 연합뉴스가 전했다.",
            ("National Intelligence Service", "Yonhap"),
        ),
        ("ko", "RUSI는 북한 선박이 나진항을 오갔다고 밝혔다", "", ("RUSI",)),
        (
            "ru",
            "КНДР шлет снаряды",
            "Об этом сообщает ТАСС со ссылкой на Минобороны РФ.",
            ("Russian Defence Ministry", "TASS"),
        ),
        (
            "uk",
            "КНДР шле снаряди",
            "Про це повідомляє Reuters з посиланням на Пентагон.",
            ("Pentagon", "Reuters"),
        ),
        (
            "ja",
            "北朝鮮が砲弾供与",
            "国情院が明らかにしたと聯合ニュースが伝えた。",
            ("National Intelligence Service", "Yonhap"),
        ),
        (
            "zh",
            "北韓運送砲彈",
            "據韓聯社報導,國情院表示砲彈已運出。",
            ("National Intelligence Service", "Yonhap"),
        ),
        (
            "de",
            "Nordkorea schickt Granaten",
            "Das Pentagon bestätigt das, meldet Reuters.",
            ("Pentagon", "Reuters"),
        ),
        ("fr", "Le Nord livre des obus", "Le Pentagone le confirme, rapporte l'AFP.", ("Pentagon", "AFP")),
        ("es", "El Norte envía proyectiles", "El Pentágono lo confirmó, informa EFE.", ("Pentagon", "EFE")),
        (
            "en",
            "Seoul counts the shells",
            "The presidential office said so on Monday.",
            ("South Korean presidential office",),
        ),
        ("en", "Seoul says more shells left port", "Nothing else is known.", ("Seoul",)),
        (
            "en",
            "Bloomberg reports more ships at Rajin",
            "Pictures show them. The NIS said a month ago that it saw none.",
            ("Bloomberg",),
        ),
        (
            "en",
            "The U.S. Defense Intelligence Agency says debris matches",
            "",
            ("US Defense Intelligence Agency",),
        ),
        ("en", "The Defense Intelligence Agency says debris matches", "", ("Defense Intelligence Agency",)),
    ],
)
def test_chains_in_every_language(
    matcher: Matcher, language: str, title: str, summary: str, chain: tuple[str, ...]
) -> None:
    """Datelines, brackets and verbs of reporting name who relays whom; a capital gives way to its body."""
    found = origin(matcher, language, title, summary)
    assert found is not None
    assert found.chain == chain


@pytest.mark.parametrize(
    ("language", "title", "chain"),
    [
        ("en", "The Pentagon says, citing NATO, that shells left for Russia", ("NATO", "Pentagon")),
        ("fr", "Selon le Pentagone, qui cite l'OTAN, des obus sont partis", ("NATO", "Pentagon")),
        ("zh", "五角大楼援引北约表示，炮弹已运往俄罗斯", ("NATO",)),
        ("en", "The Pentagon says that shells left for Russia, and NATO says so too", ("Pentagon",)),
        ("en", "The Pentagon, citing the Kremlin, says that shells left for Russia", ("Pentagon",)),
    ],
)
def test_who_is_cited_by_another_body_is_the_root(
    matcher: Matcher, language: str, title: str, chain: tuple[str, ...]
) -> None:
    """It said so first; a party that is cited speaks of itself."""
    found = origin(matcher, language, title, "")
    assert found is not None
    assert found.chain == chain


def test_chain_runs_from_body_to_wire(matcher: Matcher) -> None:
    """Body, outlet, wire and the outlet that the feed names follow each other, each once."""
    summary = "Data from C4ADS show it, the Washington Post reported. (Reuters)"
    found = origin(matcher, "en", "Russia may have received shells", summary, "Sample Herald")
    assert found == Origin(("C4ADS", "Washington Post", "Reuters", "Sample Herald"))


def test_unknown_body_behind_an_attribution(matcher: Matcher) -> None:
    """A name that the lexicon does not know is taken from behind `according to`."""
    found = origin(matcher, "en", "Ships seen at Rajin, according to Sample Imagery Group", "")
    assert found == Origin(("Sample Imagery Group",))


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("uk", "За даними Зведеної групи спостерігачів, снаряди в дорозі"),
        ("fr", "Selon le Bureau commun des archives, des obus sont en route"),
        ("ja", "関係者によると北朝鮮が砲弾を送る"),
    ],
)
def test_unknown_name_is_whole_or_left_out(matcher: Matcher, language: str, title: str) -> None:
    """A name that goes on in small letters, or in a script without any, is not cut to its first word."""
    assert origin(matcher, language, title, "") is None


def test_words_belong_to_the_nearest_name(matcher: Matcher) -> None:
    """Who is only mentioned before the speaker is no origin."""
    found = origin(matcher, "en", "No shells come from Pyongyang, the Kremlin's spokesman said", "")
    assert found == Origin(("Kremlin",), party=True)


def test_party_speaks_of_itself(matcher: Matcher) -> None:
    """The Kremlin and KCNA are marked as parties to the matter."""
    found = origin(matcher, "en", "Kremlin said no shells came from North Korea", "")
    assert found == Origin(("Kremlin",), party=True)


def test_nobody_named(matcher: Matcher) -> None:
    """A story that names nobody has no origin."""
    assert origin(matcher, "en", "Shells leave port", "Nothing more is known.") is None


@pytest.mark.parametrize(
    ("language", "title", "unsure"),
    [
        ("en", "The Pentagon says soldiers from North Korea are in Kursk", ()),
        ("en", "NATO cannot confirm that soldiers from North Korea are in Kursk", ("NATO",)),
        ("en", "The Pentagon has yet to confirm that North Korea sent soldiers", ("Pentagon",)),
        ("en", "NATO denies that North Korea has soldiers in Kursk", ("NATO",)),
        ("en", "Asked of soldiers in Kursk, the Pentagon dodges questions", ("Pentagon",)),
        ("en", "The Pentagon says soldiers are in Kursk, Moscow has not confirmed it", ("Moscow",)),
        ("en", "China claims no knowledge of soldiers in Kursk, the Pentagon says", ("Beijing",)),
        ("ko", "펜타곤은 북한 군인이 쿠르스크에 있는지 확인할 수 없다고 밝혔다", ("Pentagon",)),
        ("ru", "В Пентагоне не смогли подтвердить прибытие солдат КНДР", ("Pentagon",)),
        ("uk", "У Пентагоні не змогли підтвердити прибуття солдатів КНДР", ("Pentagon",)),
        ("de", "Das Pentagon kann nicht bestätigen, dass Soldaten in Kursk sind", ("Pentagon",)),
        ("fr", "Le Pentagone ne peut confirmer la présence de soldats à Koursk", ("Pentagon",)),
        ("es", "El Pentágono no puede confirmar que haya soldados en Kursk", ("Pentagon",)),
        ("ja", "米国防総省は北朝鮮兵の派遣を確認できないと述べた", ("Pentagon",)),
        ("zh", "五角大楼称无法证实朝鲜士兵在库尔斯克", ("Pentagon",)),
    ],
)
def test_who_does_not_confirm_is_known(
    matcher: Matcher, language: str, title: str, unsure: tuple[str, ...]
) -> None:
    """A body that is named for not confirming something, or for denying it, is not one that says it."""
    found = origin(matcher, language, title, "", "Sample Wire")
    assert found is not None
    assert found.unsure == unsure


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Kim Jong-un's sister denies arms sales to Russia"),
        ("es", "Hermana de Kim Jong-un desmiente ventas de armas"),
        ("fr", "La sœur de Kim Jong-un dément toute vente d'armes"),
    ],
)
def test_who_is_named_by_a_relative_is_not_that_relative(matcher: Matcher, language: str, title: str) -> None:
    """A leader's sister who denies something is she, not the leader."""
    found = origin(matcher, language, title, "")

    assert found is not None
    assert (found.root, found.party) == ("Kim Yo Jong", True)


@pytest.mark.parametrize(
    ("title", "by_outlet"),
    [
        ("North Korea sent shells to Russia, Yonhap reports", True),
        ("North Korea sent shells to Russia, Reuters reports, citing the Pentagon", False),
        ("The Pentagon says that North Korea sent shells to Russia", False),
    ],
)
def test_an_outlet_is_known_that_names_nobody(matcher: Matcher, title: str, by_outlet: bool) -> None:
    """What an outlet reports of somebody is not told by the outlet."""
    found = origin(matcher, "en", title, "")
    assert found is not None
    assert found.by_outlet is by_outlet


@pytest.mark.parametrize(
    ("language", "title", "summary", "root"),
    [
        ("en", "Seoul told NATO of more shells", "", "Seoul"),
        ("en", "More shells left port", "The crew was told by the Pentagon of it.", "Pentagon"),
        ("en", "More shells left port", "Officials told Bloomberg so.", "Bloomberg"),
        ("en", "No shells were sold", "An officer told KCNA so.", "KCNA"),
        ("ko", "국정원, 합참에 보고", "", "National Intelligence Service"),
        ("ja", "国家情報院が国防総省に報告", "", "National Intelligence Service"),
        ("zh", "國情院向五角大樓表示", "", "National Intelligence Service"),
        ("de", "Laut Seoul liegt ein Bericht an die Nato vor", "", "Seoul"),
        ("es", "Seúl informó al Pentágono", "", "Seoul"),
        ("ru", "Сеул заявил, что передал в НАТО данные", "", "Seoul"),
        ("uk", "Сеул заявив, що передав до НАТО дані", "", "Seoul"),
    ],
)
def test_who_is_told_something_says_nothing(
    matcher: Matcher, language: str, title: str, summary: str, root: str
) -> None:
    """A body that a report was given to is not its origin; an outlet that was told it tells it on."""
    found = origin(matcher, language, title, summary)
    assert found is not None
    assert found.root == root


@pytest.mark.parametrize(
    ("title", "summary", "root"),
    [
        ("North Korea shipped shells", "Ships carried them. The Kremlin has denied that.", None),
        ("North Korea shipped shells - Yonhap", "Ships carried them. Pyongyang denies it.", "Yonhap"),
        ("North Korea shipped shells", "Ships went. The Kremlin has admitted that.", "Kremlin"),
        ("Reports of shells denied", "Nothing was sent. The Kremlin denied that.", "Kremlin"),
        ("Kremlin denies shells", "Nothing else is known.", "Kremlin"),
    ],
)
def test_a_party_that_denies_what_is_told_is_no_origin_of_it(
    matcher: Matcher, title: str, summary: str, root: str | None
) -> None:
    """What a story tells is not the word of the party that denies it behind, unless the story opens so."""
    found = origin(matcher, "en", title, summary)
    assert (found.root if found else None) == root
