"""Which feed the stories of an archive belong to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from claims.feeds import Feed, FeedStatus
from claims.model import Source
from claims.text import canonical_url, fold, one_line

MAX_NAME = 200
"""Characters of an outlet's name."""
_ARCHIVE = "archive:"


class Outlets:
    """Feeds by address and by outlet, and feeds for the archives of outlets that none watches.

    Those that are `watched` count before `former` ones, whose stories are kept all the same.
    """

    def __init__(self, watched: Sequence[FeedStatus], former: Sequence[FeedStatus] = ()) -> None:
        before = [status for status in former if not is_archive(status.feed)]
        self._by_address = {
            canonical_url(address): status.feed
            for status in (*before, *watched)
            for address in (status.checkpoint.current_url, status.feed.url)
        }
        self._watched, self._former = _by_name(watched), _by_name(before)

    def addressed(self, addresses: Iterable[str]) -> Feed | None:
        """Return the feed that the first known one of these addresses is that of, or None."""
        known = (self._by_address.get(canonical_url(address)) for address in addresses)
        return next((feed for feed in known if feed), None)

    def named(self, outlet: str, language: str) -> Feed:
        """Return the outlet's feed, rather one in that language, else one for its archives.

        A feed for archives has no web address: it is kept so that its stories have a feed, and never listed.
        """
        name = one_line(outlet)[:MAX_NAME].strip()
        known = self._watched.get(fold(name)) or self._former.get(fold(name))
        if known:
            return next((feed for feed in known if feed.language == language), known[0])
        return Feed(_archive(name), name, Source(name, name), language)

    def homes(self, feed: Feed) -> tuple[str, ...]:
        """Return the addresses of the feeds under which a story of this one may be kept, its own first."""
        name = feed.source.name
        feeds = (*self._watched.get(fold(name), ()), *self._former.get(fold(name), ()))
        others = [other.url for other in feeds]
        return tuple(dict.fromkeys((feed.url, *others, _archive(name))))


def _by_name(listed: Sequence[FeedStatus]) -> dict[str, list[Feed]]:
    named: defaultdict[str, list[Feed]] = defaultdict(list)
    for status in listed:
        named[fold(status.feed.source.name)].append(status.feed)
    return dict(named)


def is_archive(feed: Feed) -> bool:
    """Say whether a feed was made for archives."""
    return feed.url.startswith(_ARCHIVE)


def _archive(name: str) -> str:
    return f"{_ARCHIVE}{fold(name)}"
