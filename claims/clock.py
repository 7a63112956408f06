"""The time, in one place: everything else is handed a `Clock` or a `datetime`."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment, aware and in UTC."""


def utc_now() -> datetime:
    """Return the real present moment, aware and in UTC."""
    return datetime.now(UTC)
