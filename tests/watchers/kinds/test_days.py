"""The day beside a headline."""

from datetime import UTC, datetime

import pytest

from watchers.kinds.days import day_in, day_of_address

DAY = datetime(2026, 11, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2026-11-05", "en"),
        ("2026/11/05 18:20", "ja"),
        ("2026.11.5", "ko"),
        ("2026. 11. 05. 국방부 대변인실", "ko"),
        ("작성일 2026년 11월 5일", "ko"),
        ("2026年11月5日", "zh"),
        ("２０２６年１１月５日", "ja"),
        ("٢٠٢٦-١١-٠٥", "ar"),
        ("05.11.2026, 14:30", "ru"),
        ("05/11/2026", "fr"),
        ("5 ноября 2026 года", "ru"),
        ("5 листопада 2026", "uk"),
        ("Press office, 5 November 2026", "en"),
        ("5th Nov. 2026", "en"),
        ("November 5, 2026", "en"),
        ("Nov 5th, 2026 and 1 May 2024", "en"),
    ],
)
def test_a_day_is_read_in_the_ways_of_its_language(text: str, language: str) -> None:
    """The first day that stands in a row is its day, from midnight in UTC on."""
    assert day_in(text, language) == DAY


@pytest.mark.parametrize(
    "text", ["", "13,000 containers", "No. 2026-3351-11", "32 November 2026", "99.99.2026", "5 foos 2026"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    """Numbers that are no day are not taken for one."""
    assert day_in(text, "en") is None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("11/05/2026", "en", None),
        ("11/11/2026", "en", datetime(2026, 11, 11, tzinfo=UTC)),
        ("11/20/2026", "en", datetime(2026, 11, 20, tzinfo=UTC)),
        ("11/05/2026", "fr", datetime(2026, 5, 11, tzinfo=UTC)),
        ("11.05.2026", "en", datetime(2026, 5, 11, tzinfo=UTC)),
    ],
)
def test_an_order_that_cannot_be_known_is_not_guessed(text: str, language: str, day: datetime | None) -> None:
    """Two small numbers and a stroke name no day in English; elsewhere the day comes first."""
    assert day_in(text, language) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://ministry.example/recent-actions/20261105", DAY),
        ("https://ministry.example/2026/11/05/statement", DAY),
        ("https://ministry.example/news/2026-11-05.html", DAY),
        ("https://ministry.example/news/20261399", None),
        ("https://ministry.example/news/120261105", None),
        ("https://ministry.example/news/202611051234", None),
        ("https://ministry.example/view?day=20261105", None),
    ],
)
def test_an_address_may_name_the_day(url: str, day: datetime | None) -> None:
    """A whole part of a path that reads as a day is one."""
    assert day_of_address(url) == day
