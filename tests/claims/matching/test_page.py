import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.page import MAX_CHARACTERS, Zone, comparable, lay_out


def test_zones() -> None:
    """Title, first sentence and the rest are told apart, and an abbreviation ends no sentence."""
    page = lay_out("Sample headline", "The U.S. envoy spoke in Seoul today. Later he left.")
    found = {word: page.zone(page.text.index(word)) for word in ("headline", "Seoul", "Later")}
    assert found == {"headline": Zone.TITLE, "Seoul": Zone.LEAD, "Later": Zone.REST}


def test_sentences_without_spaces() -> None:
    """A Japanese full stop ends a sentence though no space follows."""
    page = lay_out("見出し", "北朝鮮は否定した。韓国は批判した。")
    assert page.sentence(page.text.index("北朝鮮")) != page.sentence(page.text.index("韓国"))


def test_folding_keeps_offsets() -> None:
    """The folded text has the length of the text, whatever letters it holds."""
    page = lay_out("İSTANBUL ’quoted’ ЁЖ Straße ﬁ ½ １３", "㎜ ΣΑΣ")
    assert len(page.folded) == len(page.text)


def test_comparable_unifies_marks() -> None:
    """Apostrophes, dashes and the Cyrillic ё compare equal to their plain forms."""
    assert comparable("П’ЯТЬ – Ё") == "п'ять - е"


def test_text_is_capped() -> None:
    """No more than the limit is looked at, however long headline and summary are."""
    assert len(lay_out("a" * 50_000, "b" * 50_000).text) <= MAX_CHARACTERS + 1


@pytest.mark.parametrize(
    ("title", "summary", "word", "own"),
    [
        ("Sample headline", "Shells leave Rason.", "Rason", "Rason"),
        ("Sample\u200b  headline ㎜", "Shells \u202eleave Rason.", "Rason", "Rason"),
        ("５００ shells", "Sample.", "500", "５００"),
        (
            "Sample",
            "\u1112\u1161\u11ab\u1100\u116e\u11a8 told",
            "한국",
            "\u1112\u1161\u11ab\u1100\u116e\u11a8",
        ),
        ("Sample", "ｶﾞｽ told", "ガス", "ｶﾞｽ"),
    ],
)
def test_places_are_those_of_the_story(title: str, summary: str, word: str, own: str) -> None:
    """What is found in the unified text is shown where it stands in the story's own."""
    page = lay_out(title, summary)
    at = page.text.index(word)
    assert f"{title}\n{summary}"[page.place(at) : page.place(at + len(word))] == own


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_place_is_within_the_story(title: str, summary: str) -> None:
    """Whatever the characters, places ascend, stand in the story, and there is one for each and the end."""
    page = lay_out(title, summary)
    places = [page.place(at) for at in range(len(page.text) + 1)]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= len(title) + 1 + len(summary)
