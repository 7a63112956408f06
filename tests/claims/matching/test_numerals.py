import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.lexicon import Lexicon
from claims.matching.numerals import low_end, read_number
from claims.matching.page import comparable


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "13,000", 13_000),
        ("en", "1.6 million", 1.6e6),
        ("en", "twenty-five", 25),
        ("en", "three hundred thousand", 300_000),
        ("en", "half a million", 500_000),
        ("en", "six-thousand-700", 6_700),
        ("ko", "1만3천", 13_000),
        ("ko", "1만1000", 11_000),
        ("ko", "1천200만", 12_000_000),
        ("ko", "940여만", 9_400_000),
        ("ja", "160万", 1_600_000),
        ("ja", "一万二千", 12_000),
        ("zh", "一萬二千", 12_000),
        ("zh", "十五万", 150_000),
        ("zh", "三百", 300),
        ("zh", "1.3萬", 13_000),
        ("ru", "13 тыс.", 13_000),
        ("ru", "1,6 млн", 1.6e6),
        ("ru", "двадцать пять", 25),
        ("uk", "півтора мільйона", 1.5e6),
        ("de", "1,6 Mio.", 1.6e6),
        ("de", "12.000", 12_000),
        ("fr", "300 000", 300_000),
        ("fr", "une centaine", 100),
        ("es", "20.000 millones", 20e9),
    ],
)
def test_a_number_has_the_value_that_its_language_gives_it(
    lexicon: Lexicon, language: str, text: str, value: float
) -> None:
    """Groups of thousands, decimal marks, scales, myriads and words are read to their end."""
    assert read_number(comparable(text), 0, lexicon.languages[language].numbers) == (value, len(text))


@pytest.mark.parametrize(("low", "high", "end"), [(10, 12_000, 10_000), (3, 5e6, 3e6), (900, 1_100, 900)])
def test_a_range_lends_its_scale_to_its_lower_end(low: float, high: float, end: float) -> None:
    """The scale that only the upper end names holds for both; ends that are near keep their own."""
    assert low_end(low, high) == end


@given(st.text("0123456789一二十百千万萬億,. 만천twoenty-", max_size=60), st.sampled_from(["en", "ko", "zh"]))
def test_a_number_ends_in_the_text(lexicon: Lexicon, text: str, language: str) -> None:
    """Whatever stands there, a value is zero or more and its end lies in the text."""
    value, end = read_number(text, 0, lexicon.languages[language].numbers)
    assert value >= 0
    assert 0 <= end <= len(text)
