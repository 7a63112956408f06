"""Entries to stories: plain words, sober dates, whole addresses, and each story once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from claims.feeds import Feed
from claims.model import Story
from claims.text import canonical_url, fold, plain_text, story_id
from watchers.dates import moment
from watchers.document import MAX_MARKUP, Document, Entry
from watchers.kinds.links import words_of

MAX_TITLE = 500
"""Characters."""
MAX_FIRST_WORDS = 120
"""Characters of a text that stand for its headline where it has none: short messages, as of Mastodon."""
MAX_SUMMARY = 4_000
"""Characters: some outlets print the whole article."""
MAX_URL = 2_000
"""Characters; a longer link is dropped."""
MAX_GUID = 500
"""Characters; a longer guid is no guid."""
FUTURE = timedelta(minutes=10)
"""How far a clock may be ahead before its date is taken for the moment of the visit."""
OLDEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Dates before the first news on the web are mistakes (an empty clock says 1970)."""

_HOSTLESS = ("http://", "https://")  # what stands in a form before an address is written
_BREAKS = re.compile(r"[\t\r\n]")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Named:
    """An entry and what it can be known by."""

    entry: Entry
    title: str
    url: str
    page: str
    """The address as it compares, or `""`."""
    guid: str | None


def stories_of(
    document: Document, unknown: Sequence[bool], feed: Feed, *, seen_at: datetime, base_url: str
) -> tuple[Story, ...]:
    """Return the stories of the unknown entries, oldest first; undated ones are as new as the visit.

    A guid that stands beside several addresses names none of them, nor does an address (a home page) that
    stands beside several titles and guids: known entries count here too. Of several entries that are one
    story the first counts, and if it is known there is nothing new.
    """
    if not any(unknown):
        return ()
    names = {
        name for entry, new in zip(document.entries, unknown, strict=True) if new for name in _names(entry)
    }
    near = [
        (_named(entry, base_url), new)
        for entry, new in zip(document.entries, unknown, strict=True)
        if new or not names.isdisjoint(_names(entry))
    ]
    named = [one for one, _ in near]
    pages_of = _values((one.guid, one.page) for one in named if one.guid)
    titles_of = _values((one.page, fold(one.title)) for one in named if one.page)
    guids_of = _values((one.page, one.guid) for one in named if one.page)
    language = language_of(document.language) or feed.language
    stories: dict[str, Story | None] = {}
    for one, new in near:
        if not (one.title or one.url):
            continue
        shared = len(titles_of[one.page]) > 1 and (one.guid is None or len(guids_of[one.page]) > 1)
        guid = one.guid if one.guid and len(pages_of[one.guid]) == 1 else None
        key = story_id(feed.url, "" if shared else one.url, guid, one.title)
        if key not in stories:
            stories[key] = _story(key, one, guid, language, feed, seen_at) if new else None
    found = [story for story in stories.values() if story]
    found.reverse()
    return tuple(sorted(found, key=lambda story: story.at))


def _names(entry: Entry) -> list[str]:
    return [name for name in (entry.guid, entry.link, entry.title) if name]


def address(entry: Entry, base_url: str) -> str:
    """Return the absolute web address of an entry's link, or `""` where it is none."""
    try:
        return absolute(urljoin(base_url, entry.base.strip()), entry.link)
    except ValueError:
        return ""


def _named(entry: Entry, base_url: str) -> _Named:
    url = address(entry, base_url)
    title = plain_text(entry.title[:MAX_MARKUP])[:MAX_TITLE].rstrip()
    return _Named(
        entry=entry,
        title=title or _first_words(plain_text(entry.summary[:MAX_MARKUP])) or words_of(url),
        url=url,
        page=canonical_url(url),
        guid=entry.guid if 0 < len(entry.guid) <= MAX_GUID else None,
    )


def _first_words(text: str) -> str:
    return text if len(text) <= MAX_FIRST_WORDS else text[: MAX_FIRST_WORDS - 1].rstrip() + "…"


def _story(key: str, one: _Named, guid: str | None, language: str, feed: Feed, seen_at: datetime) -> Story:
    entry = one.entry
    return Story(
        id=key,
        feed_url=feed.url,
        url=one.url,
        title=one.title,
        summary=plain_text(entry.summary[:MAX_MARKUP])[:MAX_SUMMARY].rstrip(),
        language=language_of(entry.language) or language,
        source=feed.source,
        published_at=_published_at(entry.dates, seen_at),
        seen_at=seen_at,
        guid=guid,
        relayed_from=plain_text(entry.relayed_from[:MAX_TITLE]) or None,
    )


def _values(pairs: Iterable[tuple[str | None, str | None]]) -> Mapping[str | None, set[str | None]]:
    found: dict[str | None, set[str | None]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


def absolute(base_url: str, link: str) -> str:
    """Return the absolute web address of a link, or `""` where it is none."""
    if not link.strip():
        return ""
    link = _BREAKS.sub("", link.strip()).replace(" ", "%20")
    if link.lower() in _HOSTLESS:
        return ""
    try:
        url = urljoin(base_url, link)
        parts = urlsplit(url)
    except ValueError:
        return ""
    usable = parts.scheme in ("http", "https") and parts.hostname and len(url) <= MAX_URL
    return url if usable and url.isprintable() else ""


def language_of(tag: str) -> str | None:
    """Return the ISO 639-1 code of a language tag (RFC 5646), or None where it has none."""
    match = _LANGUAGE.fullmatch(tag.strip())
    return match[1].lower() if match else None


def _published_at(dates: Iterable[str], seen_at: datetime) -> datetime | None:
    """Return when it says that it was published: the first date that can be read."""
    stamp = next((stamp for date in dates if (stamp := moment(date))), None)
    if stamp is None or stamp < OLDEST:
        return None
    return seen_at if stamp > seen_at + FUTURE else stamp
