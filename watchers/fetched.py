"""What a fetch may cost, and the frozen records of what came of it."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a fetch may cost and whom it may ask."""

    contact: str
    """A web or mail address that stands in the User-Agent; may be empty."""
    timeout_seconds: float
    """For one document from the first request to the last byte, redirects included."""
    max_body_bytes: int
    """Of the body after unpacking."""
    per_host: int
    """Requests at once to one host and port."""
    bridges: frozenset[str] = frozenset()
    """`host:port` that serve the feeds of many publishers, an RSSHub say: a 429 there is one feed's own."""
    allow_hosts: frozenset[str] = frozenset()
    """`host:port` as written in the URL: these may be on private addresses."""
    connect_seconds: float = 10.0
    """Until a server has taken the call, its name looked up and its certificate seen."""
    host_pause_seconds: float = 0.0
    """Between the end of one request to a host and port and the start of the next."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An address answered with a body."""

    body: bytes
    url: str
    """Where the body came from: the address asked, letter for letter, unless we were redirected."""
    moved: bool
    """We were redirected to `url`, and every hop said that it is for good."""
    content_type: str | None
    """The whole header: `text/xml; charset=euc-kr`."""
    etag: str | None
    """Validators hold for `url` alone; opaque, to be sent back as they are."""
    last_modified: str | None
    retry_after: float | None = None
    """Seconds."""
    fresh_seconds: float | None = None
    """For how long from now on there will be nothing new (RFC 9111, 4.2), or None where it is not said."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing new since the validators that we sent; they may be renewed (RFC 9111, 4.3.4)."""

    url: str
    """Who said so: the address asked, or the one that we were redirected to."""
    moved: bool
    """As for `Fetched`."""
    etag: str | None
    last_modified: str | None
    retry_after: float | None = None
    """Seconds."""
    fresh_seconds: float | None = None
    """As for `Fetched`."""


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """No document this time."""

    error: str
    """One sentence that a person can read."""
    status: int | None = None
    """What a server answered, or None where no answer came."""
    retry_after: float | None = None
    """Seconds."""
    ours: bool = False
    """Nobody was reached: the trouble may be our own, and pass with it."""
    elsewhere: bool = False
    """It is said of where a redirect led that holds for now alone."""

    @property
    def gone(self) -> bool:
        """Say whether the feed will never be back (410)."""
        return self.status == HTTPStatus.GONE and not self.elsewhere


@dataclass(frozen=True, slots=True)
class Held:
    """Nobody was asked: the host wants to be left alone for now (429, RFC 6585, 4)."""

    until: datetime


FetchResult = Fetched | Unchanged | FetchFailed | Held
