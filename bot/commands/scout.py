"""What commands about feeds need the network for, as records and a protocol."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from claims.feeds import Feed, FeedKind, Wishes
from claims.model import Story


@dataclass(frozen=True, slots=True)
class Look:
    """What one visit to a feed brought; nothing of it is kept."""

    url: str
    """Where the document came from."""
    moved: bool
    """It has moved there for good."""
    size: int
    """Bytes, unpacked."""
    title: str
    """The document's own name; empty where it has none."""
    language: str
    """As for `Feed.language`."""
    stories: tuple[Story, ...]
    """Oldest first."""
    wishes: Wishes
    wait: timedelta
    """Until it would be asked again."""
    paced_by: str | None
    """As for `Checkpoint.paced_by`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that a site names."""

    url: str
    title: str
    """As the site calls it; may be empty."""
    kind: FeedKind = FeedKind.FEED


@dataclass(frozen=True, slots=True)
class Article:
    """What a web page says."""

    url: str
    """The address that the page gives as its own, else where it came from."""
    title: str
    """May be empty."""
    text: str
    """On one line."""


class Scout(Protocol):
    """Goes and looks, with the manners and bounds of a visit, and keeps nothing."""

    async def look(self, feed: Feed) -> Look:
        """Return what a visit to a feed brings.

        Raises:
            NotThere: nothing that can be read as its kind; a sentence that begins with the address.

        """
        ...

    async def discover(self, url: str) -> tuple[Found, ...]:
        """Return the feeds of a site, at least one: what it names first comes first.

        Raises:
            NotThere: there is none; a sentence that says why.

        """
        ...

    async def read(self, url: str) -> bytes:
        """Return a document.

        Raises:
            NotThere: it cannot be had; a sentence that begins with the address.

        """
        ...

    async def article(self, url: str) -> Article:
        """Return the article of a web page.

        Raises:
            NotThere: it cannot be had or read, or holds none; a sentence that begins with the address.

        """
        ...
