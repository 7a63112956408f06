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
        ("ja", "韓国国防情報本部は砲弾が渡ったとみている", "", "Defense Intelligence Agency"),
        ("uk", "Військова розвідка Південної Кореї: снаряди в дорозі", "", "Defense Intelligence Agency"),
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
