"""What headers say."""

from datetime import UTC, datetime

import pytest
from multidict import CIMultiDict

from watchers.headers import fresh_seconds, retry_after, user_agent, validator

NOW = datetime(2026, 8, 27, 11, 9, tzinfo=UTC)
CACHE = "Cache-Control"


@pytest.mark.parametrize(
    ("contact", "ending"), [("", "/"), ("a@b.example\r\nX: y", "(+a@b.example X: y)"), ("Ünal", "(+nal)")]
)
def test_a_contact_cannot_break_the_header(contact: str, ending: str) -> None:
    """Whatever the setting holds, the header is one line of ASCII."""
    agent = user_agent(contact)
    assert agent.isascii()
    assert agent.isprintable()
    assert ending in agent


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        (" 120 ", 120.0),
        ("0", 0.0),
        ("Thu, 27 Aug 2026 11:10:00 GMT", 60.0),
        ("Thu, 27 Aug 2026 11:00:00 GMT", 0.0),
        ("Thu, 27 Aug 2026 11:10:00 -0000", 60.0),
        ("-5", None),
        ("١٢٠", None),
        ("soon", None),
        ("", None),
        ("9" * 500, float("inf")),
    ],
)
def test_retry_after_is_read_in_both_forms(said: str, seconds: float | None) -> None:
    """Seconds and dates are understood, anything else says nothing."""
    assert retry_after(CIMultiDict({"Retry-After": said}), NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([], None),
        ([(CACHE, "max-age=600")], 600.0),
        ([(CACHE, "public, Max-Age=600, must-revalidate")], 600.0),
        ([(CACHE, 'max-age="600"')], 600.0),
        ([(CACHE, "public"), (CACHE, "max-age=600")], 600.0),
        ([(CACHE, "max-age=600"), ("Age", "100")], 500.0),
        ([(CACHE, "max-age=600"), ("Age", "700")], None),
        ([(CACHE, "max-age=600"), ("Age", "old")], 600.0),
        ([(CACHE, "max-age=600, no-cache")], None),
        ([(CACHE, "no-store, max-age=600")], None),
        ([(CACHE, "max-age=600"), (CACHE, "no-cache")], None),
        ([(CACHE, "max-age=0")], None),
        ([(CACHE, "max-age=-1")], None),
        ([(CACHE, "max-age=soon")], None),
        ([(CACHE, "max-age=" + "9" * 500)], float("inf")),
        ([(CACHE, "s-maxage=600")], None),
        ([(CACHE, "x-max-age=600")], None),
        ([("Expires", "Thu, 27 Aug 2026 11:19:00 GMT")], 600.0),
        (
            [
                ("Expires", "Thu, 27 Aug 2026 11:19:00 GMT"),
                ("Date", "Thu, 27 Aug 2026 11:14:00 GMT"),
            ],
            300.0,
        ),
        ([("Expires", "Wed, 11 Jan 1984 05:00:00 GMT")], None),
        ([("Expires", "0")], None),
        ([(CACHE, "max-age=60"), ("Expires", "Thu, 27 Aug 2026 11:19:00 GMT")], 60.0),
        ([(CACHE, "no-cache"), ("Expires", "Thu, 27 Aug 2026 11:19:00 GMT")], None),
    ],
)
def test_freshness_is_read_as_the_standard_has_it(
    headers: list[tuple[str, str]], seconds: float | None
) -> None:
    """`max-age` less `Age`, else `Expires` less `Date`; what is stale, or not to be kept, says nothing."""
    assert fresh_seconds(CIMultiDict(headers), NOW) == seconds


@pytest.mark.parametrize(
    ("said", "kept"),
    [('W/"a b"', 'W/"a b"'), ("no quotes", "no quotes"), ("", None), ("\x7f", None), ('"é"', None)],
)
def test_a_validator_is_kept_only_where_it_can_go_back_as_it_came(said: str, kept: str | None) -> None:
    """An opaque text of printable ASCII comes through whole, anything else is dropped."""
    assert validator(CIMultiDict({"ETag": said}), "ETag") == kept
