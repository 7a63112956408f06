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
