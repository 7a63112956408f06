"""Where a day, a week, a month or a year begins that ends at a moment. Pure."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from claims.outgoing import Period
from claims.when import moment_of

_MONTHS = {Period.MONTH: 1, Period.YEAR: 12}
_DAYS = {Period.DAY: 1, Period.WEEK: 7}


def begins(until: datetime, period: Period, timezone: str) -> datetime:
    """Return the same local hour a day, a week, a month or a year earlier, in UTC.

    In a shorter month it is that of the month's last day. `timezone` is an IANA name.
    """
    local = until.astimezone(ZoneInfo(timezone))
    day = local.date() - timedelta(days=_DAYS.get(period, 0))
    return moment_of(_back(day, _MONTHS.get(period, 0)), local.time(), timezone)


def _back(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
