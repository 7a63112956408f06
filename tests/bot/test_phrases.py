"""What the small change of every card promises its readers."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import phrases
from bot.language import named, speaking
from claims.model import Bound, Figure
from tests.support.build import NOW, at, figure


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (0.5, "0.5"),
        (40, "40"),
        (1_000, "1,000"),
        (13_000, "13,000"),
        (999_999, "999,999"),
        (1_000_000, "1 million"),
        (1_150_000, "1.15 million"),
        (1_600_000, "1.6 million"),
        (1_234_567, "1,234,567"),
        (20_000_000, "20 million"),
        (5_500_000_000, "5.5 billion"),
        (2.25, "2.25"),
        (1 / 3, "0.33"),
        (10.004, "10"),
    ],
)
def test_numbers_are_grouped_or_named_and_never_made_rounder(value: float, words: str) -> None:
    """A large number gets a name only where nothing is lost by it."""
    assert named(value) == words


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (figure(13_000), "13,000 containers"),
        (figure(1, "ships"), "1 ship"),
        (
            figure(13_000, bound=Bound.AT_LEAST, period="since mid-2022"),
            "at least 13,000 containers since mid-2022",
        ),
        (figure(9_000, period="since 2023-08"), "9,000 containers since August 2023"),
        (figure(9_000, period="since --08"), "9,000 containers since August"),
        (figure(9_000, period="since late---08"), "9,000 containers since late August"),
        (figure(9_000, period="since --08-26"), "9,000 containers since 26 August"),
        (figure(9_000, period="since 2023-08-26"), "9,000 containers since 26 August 2023"),
        (figure(9_000, period="since 2022"), "9,000 containers since 2022"),
        (figure(9_000, period="since 2023-13"), "9,000 containers since 2023-13"),
        (
            figure(1_000, period="7 September to 1 October 2023"),
            "1,000 containers (7 September to 1 October 2023)",
        ),
        (figure(20e6, "usd", bound=Bound.ABOUT), "about $20 million"),
        (figure(40, "percent", bound=Bound.UP_TO), "up to 40%"),
        (figure(300, bound=Bound.CAPACITY), "room for 300 containers"),
        (figure(300, bound=Bound.PLANNED), "300 containers planned"),
        (figure(7, "other"), "7"),
        (Figure("troops", 10_000, 12_000), "10,000 to 12,000 troops"),
        (Figure("usd", 1e6, 2e6), "$1 million to $2 million"),
        (figure(5, "missiles", period="a month"), "5 missiles a month"),
        (figure(300, period="in one place"), "300 containers in one place"),
        (figure(9e6, "shells", period="in 2024"), "9 million shells in 2024"),
    ],
)
def test_figures_read_as_a_sentence_has_them(stated: Figure, words: str) -> None:
    """Unit, bound, range and period are all in the words."""
    assert phrases.quantity(stated) == words


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (figure(6_700, period="since 2023-08"), "6,700 since August 2023"),
        (figure(6_700, period="in 2023"), "6,700 in 2023"),
        (figure(13_000, bound=Bound.AT_LEAST), "at least 13,000"),
        (figure(5, "missiles", period="a month"), "5"),
    ],
)
def test_a_number_beside_another_says_since_when(stated: Figure, words: str) -> None:
    """Two of different times are no growth; of a rate the one before tells what it is."""
    assert phrases.amount_since(stated) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("ko", "2023년 8월부터 컨테이너 9,000개"), ("ru", " с августа 2023"), ("uk", " з серпня 2023")],
)
def test_since_when_is_told_in_the_reader_s_language(language: str, words: str) -> None:
    """The month stands in the form that a sentence has."""
    with speaking(language):
        assert words in phrases.quantity(figure(9_000, period="since 2023-08"))


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("UTC", "27 August 11:13 UTC"),
        ("Asia/Seoul", "27 August 20:13 KST"),
        ("Europe/Kyiv", "27 August 14:13 EEST"),
        ("Europe/Istanbul", "27 August 14:13 UTC+03"),
    ],
)
def test_moments_are_local_and_name_their_zone(zone: str, words: str) -> None:
    """A zone without an abbreviation is named by its offset."""
    assert phrases.clock(NOW, zone, beside=NOW) == words


def test_a_moment_of_another_year_says_so() -> None:
    """An old date cannot be taken for one of this year."""
    assert phrases.clock(datetime(2019, 3, 1, tzinfo=UTC), "UTC", beside=NOW) == "1 March 2019 00:00 UTC"


def test_the_year_of_a_moment_is_the_local_one() -> None:
    """New Year comes earlier in Seoul."""
    late = datetime(2023, 12, 31, 20, tzinfo=UTC)

    assert phrases.date(late, "Asia/Seoul") == "1 January 2024"
    assert phrases.clock(late, "Asia/Seoul", beside=NOW) == "1 January 05:00 KST"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.5, "less than a minute"),
        (1, "1 minute"),
        (119, "119 minutes"),
        (120, "2 hours"),
        (60 * 47, "47 hours"),
        (60 * 48, "2 days"),
        (-30, "30 minutes"),
    ],
)
def test_spans_are_told_in_one_unit(minutes: float, words: str) -> None:
    """The unit is the largest that still says something."""
    assert phrases.span(at(minutes) - NOW) == words
    assert phrases.span(timedelta(minutes=minutes)) == words


def test_lists_say_how_much_they_leave_out() -> None:
    """A cut list never looks whole."""
    names = ["TASS", "UNN", "KBS"]

    assert phrases.listed(names, 3) == "TASS, UNN, KBS"
    assert phrases.listed(names, 2) == "TASS, UNN +1 more"
    assert phrases.listed([], 2) == ""


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("Shells leave Rason", 18, "Shells leave Rason"),
        ("Shells leave Rason by night", 18, "Shells leave…"),
        ("Shells, leave Rason", 10, "Shells…"),
        ("포탄백만발이러시아로", 6, "포탄백만발…"),
    ],
)
def test_cuts_are_visible_and_fall_between_words(text: str, limit: int, cut: str) -> None:
    """A language without spaces is cut where the limit is."""
    assert phrases.shorten(text, limit) == cut


def test_counts_agree_with_their_nouns() -> None:
    """One is one, and thousands are grouped."""
    assert phrases.stories(1) == "1 story"
    assert phrases.stories(1_400) == "1,400 stories"
    assert phrases.counted(1, "story", "stories") == "1 story"
    assert phrases.counted(1_400, "story", "stories") == "1,400 stories"


def test_languages_have_names_where_we_know_them() -> None:
    """An unknown code is shown rather than hidden."""
    assert phrases.language("ko") == "Korean"
    assert phrases.language("xx") == "xx"
