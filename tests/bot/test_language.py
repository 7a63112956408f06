"""We speak the language of whoever reads, and English where we know no better."""

from datetime import UTC, datetime

import pytest

from bot import phrases
from bot.language import LANGUAGES, _, locale, named, speaking, spoken
from claims.when import Day


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


@pytest.mark.parametrize(
    ("language", "grouped", "one", "large", "day", "month"),
    [
        ("en", "13,000", "1 million", "1.6 million", "27 August 2024", "August 2024"),
        ("ko", "13,000", "100만", "160만", "2024년 8월 27일", "2024년 8월"),
        ("ru", "13\xa0000", "1 миллион", "1,6 миллиона", "27 августа 2024\u202fг.", "август 2024\u202fг."),
        ("uk", "13\xa0000", "1 мільйон", "1,6 мільйона", "27 серпня 2024\u202fр.", "серпень 2024\u202fр."),
    ],
)
def test_numbers_and_days_are_written_as_the_language_has_them(
    language: str, grouped: str, one: str, large: str, day: str, month: str
) -> None:
    """Digits, names of large numbers and the order of a date are the reader's own."""
    moment = datetime(2024, 8, 27, 11, tzinfo=UTC)
    with speaking(language):
        assert [named(value) for value in (13_000, 1e6, 1.6e6)] == [grouped, one, large]
        assert _spaced(phrases.date(moment, "UTC")) == _spaced(day)
        assert _spaced(phrases.stated(Day(2024, 8))) == _spaced(month)


def _spaced(words: str) -> str:
    return " ".join(words.split())
