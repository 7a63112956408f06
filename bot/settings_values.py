"""How single settings are read: functions from what stands there to a value.

Each raises `ValueError` with what is wrong and what to write. None repeats the value: it may be a token
that was put in the wrong place; of `words`, which no token fits, the place of a mistake is shown.
`bot.commands.watch_values` and `watch_hours` read the same from chat, where a value is repeated.
"""

import json
import re
from datetime import time
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.language import _
from bot.mistakes import mistake_words
from claims.errors import UsageError
from claims.query import parse

_CLEAR = {"http": "https", "ws": "wss"}
_DESTINATION = re.compile(r"console|discord:[0-9]{1,20}|slack:[A-Z][A-Z0-9]+")
_SLACK_PEOPLE = re.compile(r"[UWS][A-Z0-9]+")
_SLACK_TEAM = re.compile(r"[TE][A-Z0-9]+")
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = len("mon")
_MAX_PORT = 65_535


def listed(value: object) -> object:
    """Return the items of a list that a variable gives as JSON or with commas between; else the value."""
    if not isinstance(value, str):
        return value
    try:
        read: Any = json.loads(value)
    except ValueError:
        read = [item.strip() for item in value.split(",") if item.strip()]
    return read if isinstance(read, list) else [read]


def tables(value: object) -> object:
    """Return the tables of a list that a variable gives as JSON; else the value."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise ValueError('is not JSON; write a list such as [{"destination": "console"}]') from None
    if not isinstance(value, dict):
        return value
    raise ValueError("is one table; write [[subscriptions]], in double brackets, above each")


def claim_ids(value: object) -> object:
    """Return the ids of claims, or None for the `"*"` that means every claim."""
    ids = listed(value)
    if isinstance(ids, list | tuple):
        if "*" in ids:
            return None
        if not ids:
            raise ValueError('names no claim; write "*" for every claim, or leave it out')
    return ids


def hour(value: object) -> time:
    """Return the time of day of `"HH:MM"`; a TOML local time of whole minutes is one already."""
    if isinstance(value, str) and _HOUR.fullmatch(value):
        return time.fromisoformat(value)
    if isinstance(value, time) and value == value.replace(second=0, microsecond=0, tzinfo=None):
        return value
    raise ValueError(_('is not a time of day; write "HH:MM" from "00:00" to "23:59"'))


def hours(value: object) -> tuple[time, time]:
    """Return the two times of day of `"22:00-07:00"`."""
    times = [part.strip() for part in value.split("-")] if isinstance(value, str) else []
    if len(times) == 2 and times[0] != times[1] and all(map(_HOUR.fullmatch, times)):
        return time.fromisoformat(times[0]), time.fromisoformat(times[1])
    raise ValueError(_('are no two times of day; write "HH:MM-HH:MM", as in "22:00-07:00"'))


def weekdays(value: object) -> list[int]:
    """Return the numbers of days of the week, Monday being 0, that are named by three letters or more."""
    days = listed(value)
    found = [_weekday(day) for day in days] if isinstance(days, list | tuple) else [None]
    known = [day for day in found if day is not None]
    if len(known) < len(found):
        raise ValueError(_("holds what is no day of the week; write {days}").format(days=_day_names()))
    return known


def digest_days(value: object) -> list[int] | None:
    """Return the days of the daily digest: no day for `"none"`, and None, every day, where none is named."""
    return [] if value == "none" else weekdays(value) or None


def weekday(value: object) -> int:
    """Return the number of the day of the week, Monday being 0, that is named by three letters or more."""
    if (day := _weekday(value)) is None:
        raise ValueError(_("is no day of the week; write one of {days}").format(days=_day_names()))
    return day


def _day_names() -> str:
    return ", ".join(day[:_SHORT] for day in WEEKDAYS)


def _weekday(day: object) -> int | None:
    name = day.casefold() if isinstance(day, str) and len(day) >= _SHORT else "-"
    return next((number for number, known in enumerate(WEEKDAYS) if known.startswith(name)), None)


def words(value: str) -> str:
    """Return an expression that `claims.query` understands, or nothing."""
    if value:
        try:
            return parse(value).words
        except UsageError as mistake:
            said = _("cannot be read; {why}").format(why="; ".join(mistake_words(str(mistake)).splitlines()))
            raise ValueError(said) from None
    return value


def zone(value: str) -> str:
    """Return the name of a time zone that exists."""
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError(_("is no time zone; write an IANA name such as Europe/Berlin, or UTC")) from None
    return value


def destination(value: str) -> str:
    """Return a destination that names a platform and, the console apart, a channel by its id."""
    if not _DESTINATION.fullmatch(value):
        raise ValueError(
            "is no destination; write discord: and the channel's number, slack: and the channel's id "
            "(as in slack:C0123456789), or console"
        )
    return value


def slack_people(value: str) -> str:
    """Return the id of a member or of a user group of a Slack workspace."""
    if not _SLACK_PEOPLE.fullmatch(value):
        raise ValueError(
            "is no id of a member or user group; write one such as U0123456789 (in Slack: the profile, the "
            "three dots, Copy member ID) or S0123456789 (People, User groups, the three dots, Copy group ID)"
        )
    return value


def slack_team(value: str) -> str:
    """Return the id of a Slack workspace, or of an organisation on Enterprise Grid."""
    if not _SLACK_TEAM.fullmatch(value):
        raise ValueError(
            "is no workspace's id; write one such as T0123456789 (in a browser: what follows "
            "app.slack.com/client/), or E0123456789 of an organisation"
        )
    return value


def contact(value: str) -> str:
    """Return a contact that can stand in a header of a request."""
    if not (value.isascii() and value.isprintable()):
        raise ValueError("goes into a request; write a mail or web address in plain letters, on one line")
    return value


def key(value: SecretStr) -> SecretStr:
    """Return a key that can stand in a header of a request."""
    held = value.get_secret_value()
    if not (held.isascii() and held.isprintable()) or " " in held:
        raise ValueError("goes into a request; write the key alone, as it was given to you")
    return value


def host_and_port(value: str) -> str:
    """Return a `host:port` in small letters; an IPv6 address stands in brackets."""
    try:
        parts = urlsplit(f"//{value.lower()}")
        fits = bool(parts.hostname) and 0 < (parts.port or 0) <= _MAX_PORT
    except ValueError:
        fits = False
    if not fits or re.search(r"[\s/?#@\\]", value):
        raise ValueError("holds what is no host and port; write host:port, as in 127.0.0.1:8080")
    return value.lower()


def web_address(value: str) -> str:
    """Return an `https:` address, or an `http:` one on this machine."""
    return _address(value, ("https", "http"))


def socket_address(value: str) -> str:
    """Return a `wss:` address, or a `ws:` one on this machine."""
    return _address(value, ("wss", "ws"))


def _address(value: str, schemes: tuple[str, str]) -> str:
    parts = _split(value)
    if parts is None or parts.scheme not in schemes:
        raise ValueError(f"is no address that fits; write one that begins with {schemes[0]}://")
    if parts.scheme in _CLEAR and not _is_loopback(parts.hostname or ""):
        raise ValueError(
            f"would send the token in clear text; write {_CLEAR[parts.scheme]}:// (clear text is only for "
            "localhost, 127.0.0.0/8 and ::1)"
        )
    return value


def _split(value: str) -> SplitResult | None:
    """Return the parts of an address, or None where programs could differ on which host it names."""
    if not (value.isascii() and value.isprintable()) or re.search(r"[\s\\@]", value):
        return None
    try:
        parts = urlsplit(value)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if named else None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
