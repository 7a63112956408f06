import shutil
from pathlib import Path

import pytest

from claims.errors import SeedError
from claims.matching.lexicon import Lexicon, Vocabulary, load_lexicon

from .conftest import SEEDS


def concepts(vocabulary: Vocabulary, text: str) -> set[str]:
    """Return the concepts found in a text."""
    return {span.concept for span in vocabulary.spans(text)}


def test_alias_begins_a_word_and_takes_any_ending() -> None:
    """An alphabetic alias matches from where a word begins, whatever follows."""
    words = Vocabulary({"shell": ["снаряд"]})
    assert concepts(words, "о снарядах") == {"shell"}
    assert concepts(words, "боеснаряд") == set()


def test_bar_asks_for_an_edge() -> None:
    """A bar keeps a short alias from matching inside longer words, also in Korean."""
    words = Vocabulary({"un": ["un|"], "north": ["|북|"]})
    assert concepts(words, "the un said, until") == {"un"}
    assert len(words.spans("북, 강북 북부")) == 1


def test_dense_scripts_match_anywhere() -> None:
    """Han, kana and Hangul need no word's edge."""
    assert concepts(Vocabulary({"shell": ["砲弾", "포탄"]}), "約百発砲弾を") == {"shell"}


@pytest.mark.parametrize(("text", "found"), [("voa가", 1), ("英voa", 1), ("voab", 0), ("voa1", 0)])
def test_another_script_ends_a_word(text: str, found: int) -> None:
    """A Latin name with a particle or a Han character beside it is whole; a letter or digit goes on."""
    assert len(Vocabulary({"voice": ("voa|",)}).spans(text)) == found


def test_guard_hides_what_stands_inside_it() -> None:
    """A guarded phrase takes its parts out of sight, and only them."""
    words = Vocabulary({"arms": ["arms"], "hidden": ["open arms"]}, frozenset({"hidden"}))
    assert [s.start for s in words.spans("open arms, arms") if s.concept == "arms"] == [11]


def test_languages_are_folders(lexicon: Lexicon) -> None:
    """Every folder beside `shared` is a language, with aliases, numbers and cues."""
    assert set(lexicon.languages) == {"de", "en", "es", "fr", "ja", "ko", "ru", "uk", "zh"}
    for language in lexicon.languages.values():
        assert language.scripts
        assert language.says_after


def test_removing_a_folder_removes_its_language_alone(tmp_path: Path) -> None:
    """A lexicon without one folder loads and reads the others."""
    shutil.copytree(SEEDS / "lexicon", tmp_path / "lexicon")
    shutil.rmtree(tmp_path / "lexicon" / "fr")
    assert "fr" not in load_lexicon(tmp_path / "lexicon").languages


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "en/concepts.toml",
            "[actor]",
            '[actor]\nrussia-house = "x"',
            "russia-house: expected a list of words",
        ),
        ("shared/proximity.toml", '["rail"]', '["trains"]', "border-trains: one: expected names of concepts"),
        ("shared/proximity.toml", "within = 25", "within = 0", "within: expected a number above 0"),
        ("shared/weights.toml", "rest = 0.5", "", "rest: expected a number"),
        ("shared/weights.toml", "term = 0.3", "terms = 0.3", "telling: terms: expected a facet or a concept"),
        ("shared/relevance.toml", '["north-korea"],', '["the-north"],', "need: expected names of concepts"),
        ("ko/numbers.toml", "[scales]", '[scales]\n"x" = "many"', "scales: x: expected a number above 0"),
        ("fr/names.toml", "[body]", "[bodies]", "bodies: expected one of body"),
        ("de/cues.toml", "scripts =", "script =", "script: unknown key"),
    ],
)
def test_mistakes_name_file_and_key(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    """A mistake in any file is told with the file and the key."""
    for folder in {"shared", "en", Path(file).parts[0]}:
        shutil.copytree(SEEDS / "lexicon" / folder, tmp_path / "lexicon" / folder)
    path = tmp_path / "lexicon" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SeedError) as error:
        load_lexicon(tmp_path / "lexicon")
    assert file in str(error.value)
    assert told in str(error.value)
