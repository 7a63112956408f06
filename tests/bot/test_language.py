"""We speak the language of whoever reads, and English where we know no better."""

import pytest

from bot.language import LANGUAGES, _, locale, speaking, spoken


@pytest.mark.parametrize(
    ("said", "language", "share"),
    [
        ("ko", "ko", "공유"),
        ("ru", "ru", "Показать всем"),
        ("uk-UA", "uk", "Показати всім"),
        ("en_GB", "en", "Share"),
        ("pt-BR", "en", "Share"),
        (None, "en", "Share"),
    ],
)
def test_a_language_is_spoken_within(said: str | None, language: str, share: str) -> None:
    """What the platform says of a reader picks the catalogue; afterwards it is as before."""
    with speaking(said):
        assert (spoken(), _("Share"), locale().language) == (language, share, language)
    assert spoken() == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_no_translation_stays_as_it_is(language: str) -> None:
    """A sentence that nobody translated is shown in English, not left out."""
    with speaking(language):
        assert _("A sentence that no catalogue has") == "A sentence that no catalogue has"
