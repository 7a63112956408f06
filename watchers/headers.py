"""The headers of HTTP that we send and read: pure."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version

from multidict import MultiMapping

from claims.text import one_line

PRODUCT = "Claimwatch"
"""Our product token (RFC 9110, 10.1.5; RFC 9309, 2.2.1)."""

_OTHER_PACKINGS = frozenset(
    ("aes128gcm", "compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip")
)  # of IANA's registry of content codings, those that neither the client nor `watchers.unpack` undoes

_DIRECTIVE = re.compile(
    r'(?:^|[\s,])(max-age|no-cache|no-store)(?=[\s,=]|$)(?:\s*=\s*"?(\d+))?', re.IGNORECASE | re.ASCII
)


def user_agent(contact: str) -> str:
    """Return who we say we are: `Claimwatch/0.1.0 (+https://example.org/about)`."""
    try:
        number = version("claimwatch")
    except PackageNotFoundError:  # run from a checkout that was never installed
        number = "dev"
    words = one_line(contact).encode("ascii", "ignore").decode()
    return f"{PRODUCT}/{number} (+{words})" if words else f"{PRODUCT}/{number}"


def validator(headers: MultiMapping[str], name: str) -> str | None:
    """Return a validator, or None where it could not be kept and sent back byte for byte."""
    value = headers.get(name)
    return value if value and value.isascii() and value.isprintable() else None


def packed_otherwise(headers: MultiMapping[str]) -> bool:
    """Say whether a body is packed so that nobody here unpacks it.

    What is no content coding at all (`utf-8`, `none`) says nothing, as for browsers; gzip by its old name
    (`x-gzip`, RFC 9110, 8.4.1.3), which the client does not know, is left to `watchers.unpack`.
    """
    codings = [
        coding.strip().lower() for coding in ",".join(headers.getall("Content-Encoding", [])).split(",")
    ]
    return len(codings) > 1 or codings[0] in _OTHER_PACKINGS


def retry_after(headers: MultiMapping[str], now: datetime) -> float | None:
    """Return the seconds of Retry-After in either form (RFC 9110, 10.2.3); what is neither says nothing."""
    said = headers.get("Retry-After", "")
    seconds = _seconds(said)
    if seconds is None and (moment := _date(said)):
        seconds = max(0.0, (moment - now).total_seconds())
    return seconds


def fresh_seconds(headers: MultiMapping[str], now: datetime) -> float | None:
    """Return for how many seconds an answer stays fresh (RFC 9111, 4.2), or None where it is not said.

    `max-age` minus `Age`, else `Expires` minus `Date`. With `no-cache` or `no-store`, and where the time is
    up already, nothing is said of when to come again.
    """
    said = {
        name.lower(): number
        for name, number in _DIRECTIVE.findall(", ".join(headers.getall("Cache-Control", [])))
    }
    if {"no-cache", "no-store"} & said.keys():
        return None
    if age := said.get("max-age"):
        left = float(age) - (_seconds(headers.get("Age", "")) or 0.0)
    elif expires := _date(headers.get("Expires", "")):
        left = (expires - (_date(headers.get("Date", "")) or now)).total_seconds()
    else:
        return None
    return left if left > 0 else None


def _seconds(text: str) -> float | None:
    digits = text.strip()
    return float(digits) if digits.isascii() and digits.isdigit() else None


def _date(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
