"""The moments that feeds print."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.dates import moment

ELEVEN = datetime(2026, 8, 27, 11, tzinfo=UTC)
MIDNIGHT = datetime(2026, 8, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu, 27 Aug 2026 11:00:00 GMT", ELEVEN),
        ("Thu, 27 Aug 2026 20:00:00 +0900", ELEVEN),
        ("Thu, 27 Aug 2026 20:00:00 KST", ELEVEN),
        ("Thu, 27 Aug 2026 14:00 msk", ELEVEN),
        ("27 Aug 26 07:00 EDT", ELEVEN),
        ("Thu, 27 August 2026 11:00:00 IST", ELEVEN),
        ("Thu Aug 27 11:00:00 2026", ELEVEN),
        ("Thursday, August 27, 2026 11:00", ELEVEN),
        ("27 Aug 2026", MIDNIGHT),
        ("2026-08-27T11:00:00Z", ELEVEN),
        ("2026-08-27T20:00:00.123456789+0900", ELEVEN),
        ("2026-08-27T20:00+09:00", ELEVEN),
        ("2026-08-27 11:00:00 UTC", ELEVEN),
        ("2026-08-27 20:00:00 KST", ELEVEN),
        ("2026-08-27 11:00:00.5", ELEVEN),
        ("2026.08.27 11:00", ELEVEN),
        ("2026/8/27 11:00", ELEVEN),
        ("2026년 8월 27일 20:00", ELEVEN),
        ("2026-08-27 오후 8:00:00", ELEVEN),
        ("2026-08-27 오전 12:30", datetime(2026, 8, 26, 15, 30, tzinfo=UTC)),
        ("20260827", MIDNIGHT),
        ("2026-08-27", MIDNIGHT),
        ("2026-08", datetime(2026, 8, 1, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("2026-13-41", None),
        ("11:30", None),
        ("11", None),
        ("this morning", None),
        ("Thu, 27 Aug 99999999 11:00:00 GMT", None),
        ("", None),
    ],
)
def test_a_moment_is_read_however_it_is_written(text: str, expected: datetime | None) -> None:
    """Mail's dates, ISO's and Korea's are moments in UTC; half a date is none, and no day is made up."""
    assert moment(text) == expected


@given(st.text(max_size=80) | st.text("0123456789 :-+.TZ/월일년GMTAug,", max_size=40))
def test_no_text_is_too_odd_to_be_no_date(text: str) -> None:
    """Whatever stands in a date is a second in UTC or nothing."""
    stamp = moment(text)
    assert stamp is None or (stamp.tzinfo is not None and stamp.microsecond == 0)
