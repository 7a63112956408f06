"""How often feeds bring something, and what decides when they are asked, in words. Pure."""

from bot import phrases
from bot.language import _, decimal, ngettext


def rate(a_day: float) -> str:
    """Return how often something comes: `40 items a day`, `3 items a week`, `an item in 45 days`."""
    if (daily := round(a_day)) and a_day >= 1:
        return ngettext("{count} item a day", "{count} items a day", daily).format(count=decimal(daily))
    if a_day * 7 >= 1:
        weekly = round(a_day * 7)
        return ngettext("{count} item a week", "{count} items a week", weekly).format(count=weekly)
    if a_day <= 0:
        return _("hardly any item")
    return _("an item in {days}").format(days=phrases.days(round(1 / a_day)))


def pace(paced_by: str) -> str:
    """Return what decides when a feed is asked, `Checkpoint.paced_by`; names of headers stay as they are."""
    count, _space, unit = paced_by.partition(" ")
    if unit == "items a day":
        return rate(float(count))
    known = {
        "failures": _("failures"),
        "few items": _("few items"),
        "gone": _("gone for good"),
        "interval": _("interval"),
        "skipped hours": _("skipped hours"),
    }
    return known.get(paced_by, paced_by)
