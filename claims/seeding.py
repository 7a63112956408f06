"""Seed files -> records: the register of claims and the list of feeds.

`seeds/claims.toml` and `seeds/feeds.toml` say at their heads what a table may hold. A file without any
table is a mistake, since seeding from it would retire everything; `claim = []` says that none is meant.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from claims.admiralty import Reliability
from claims.errors import UsageError
from claims.feeds import Feed, FeedKind
from claims.model import UNITS, Bound, Claim, Direction, Figure, Profile, Reference, Review, Source
from claims.tables import Table, above_zero, amount, day, flag, list_of, one_of, opened, text, web_address
from claims.text import canonical_url
from claims.when import Day

MAX_ID = 64
"""Characters of a claim's id; an autocomplete choice of Discord takes 100, its buttons' `custom_id` as many
(discord.com/developers/docs/components/reference), and ours carry an alert's key beside the id."""

MAX_TAG = 32
"""Characters of a tag: a few of them stand on one line of a phone."""

MAX_INTERVAL_MINUTES = 365 * 24 * 60
"""Of a feed: a year, as for the interval of the settings."""

_ID = re.compile(rf"[a-z0-9-]{{1,{MAX_ID}}}")
_TAG = re.compile(rf"[a-z0-9-]{{1,{MAX_TAG}}}")
_LANGUAGE = re.compile(r"[a-z]{2}|und")
_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_texts = list_of(text)


def read_claims(path: Path) -> tuple[Claim, ...]:
    """Return the claims of a file, in its order.

    Raises:
        SeedError: the file cannot be read or holds mistakes; each names file, entry and key, one a line.

    """
    with opened(path) as root:
        return claims_of(root.tables("claim", named_by="id", needed=True))


def claims_of(entries: Sequence[Table], known: Collection[str] = ()) -> tuple[Claim, ...]:
    """Return the claims of `[[claim]]` tables, in their order; what is wrong with one is noted there.

    `known` are the ids of claims elsewhere that these may name.
    """
    claims = [claim_of(entry) for entry in entries]
    _all_differ(entries, "id", [claim.id for claim in claims])
    parents = {**dict.fromkeys(known), **{claim.id: claim.parent for claim in claims}}
    for entry, claim in zip(entries, claims, strict=True):
        named = {"disputed_by": claim.disputed_by, "disputes": claim.disputes, "parent": (claim.parent,)}
        for key, others in named.items():
            for other in others:
                if other is not None and (other not in parents or other == claim.id):
                    entry.wrong(key, f"expected the id of another claim of this file, not {other!r}")
        if _is_its_own_ancestor(claim.id, parents):
            entry.wrong("parent", "expected a more general claim; this one leads back to itself")
    return tuple(claims)


def read_feeds(path: Path) -> tuple[Feed, ...]:
    """Return the feeds of a file, in its order.

    Raises:
        SeedError: the file cannot be read or holds mistakes; each names file, entry and key, one a line.

    """
    with opened(path) as root:
        entries = root.tables("feed", named_by="url", needed=True)
        feeds = [feed_of(entry) for entry in entries]
        _all_differ(entries, "url", [canonical_url(feed.url) for feed in feeds])
    return tuple(feeds)


def claim_id(value: object) -> str:
    """Read a claim's id: lower-case letters, digits and hyphens, at most `MAX_ID`.

    Raises:
        ValueError: it is none.

    """
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    raise ValueError(f"expected lower-case letters, digits and hyphens, at most {MAX_ID}")


def tag(value: object) -> str:
    """Read a tag of claims: lower-case letters, digits and hyphens, at most `MAX_TAG`.

    Raises:
        ValueError: it is none.

    """
    if isinstance(value, str) and _TAG.fullmatch(value):
        return value
    raise ValueError(f"expected lower-case letters, digits and hyphens, at most {MAX_TAG},")


def claim_of(entry: Table) -> Claim:
    """Return the claim of a `[[claim]]` table; what is wrong with it is noted there."""
    profile = entry.table("profile")
    claim = Claim(
        id=entry.take("id", claim_id, "", needed=True),
        statement=entry.take("statement", text, "", needed=True),
        said_by=entry.take("said_by", text, "", needed=True),
        said_on=entry.take("said_on", day, Day(1), needed=True),
        direction=entry.take("direction", one_of(Direction), None),
        items=entry.take("items", _texts, ()),
        places=entry.take("places", _texts, ()),
        vessels=entry.take("vessels", _texts, ()),
        tags=entry.take("tags", list_of(tag), ()),
        figures=tuple(_figure(table) for table in entry.tables("figure")),
        resolutions=entry.take("resolutions", _texts, ()),
        disputed_by=entry.take("disputed_by", _texts, ()),
        denial=entry.take("denial", flag, default=False),
        parent=entry.take("parent", text, None),
        sources=tuple(_reference(table) for table in entry.tables("source")),
        reviews=tuple(_review(table) for table in entry.tables("review")),
        disputes=entry.take("disputes", _texts, ()),
        profile=None if profile is None else _profile(profile),
    )
    entry.close()
    return claim


def _figure(table: Table) -> Figure:
    if table.keys("value", "low", "high") not in (["value"], ["low", "high"]):
        table.wrong("value", "expected either value, or low and high")
    low = table.take("low", amount, table.take("value", amount, 0.0))
    high = table.take("high", amount, low)
    if low > high:
        table.wrong("high", f"expected a number that is not below low, not {high:g}")
    figure = Figure(
        unit=table.take("unit", _unit, "", needed=True),
        low=low,
        high=high,
        bound=table.take("bound", one_of(Bound), Bound.EXACT),
        period=table.take("period", text, None),
        body=table.take("body", text, None),
    )
    table.close()
    return figure


def _unit(value: object) -> str:
    if isinstance(value, str) and value in UNITS:
        return value
    raise ValueError(f"expected one of {', '.join(UNITS)}")


def _reference(table: Table) -> Reference:
    reference = Reference(
        title=table.take("title", text, "", needed=True),
        outlet=table.take("outlet", text, "", needed=True),
        day=table.take("day", day, None),
        url=table.take("url", web_address, None),
    )
    table.close()
    return reference


def _review(table: Table) -> Review:
    review = Review(
        reviewer=table.take("reviewer", text, "", needed=True),
        rating=table.take("rating", text, "", needed=True),
        url=table.take("url", web_address, "", needed=True),
        day=table.take("day", day, None),
        title=table.take("title", text, ""),
    )
    table.close()
    return review


def _profile(table: Table) -> Profile:
    profile = Profile(
        need=table.take("need", list_of(_texts), ()),
        boost=table.take("boost", _texts, ()),
        minus=table.take("minus", _texts, ()),
        since=table.take("since", day, None),
        until=table.take("until", day, None),
        against=table.take("against", _texts, ()),
        accused=table.take("accused", list_of(_span), ()),
    )
    table.close()
    return profile


def _span(value: object) -> tuple[Day, Day]:
    days = list_of(day)(value)
    if len(days) == 2 and not days[1] < days[0]:
        return days[0], days[1]
    raise ValueError("expected a first and a last day")


def feed_of(entry: Table) -> Feed:
    """Return the feed of a `[[feed]]` table; what is wrong with it is noted there."""
    source = entry.take("source", text, "", needed=True)
    feed = Feed(
        url=entry.take("url", web_address, "", needed=True),
        title=entry.take("title", text, "", needed=True),
        source=Source(
            name=source,
            family=entry.take("family", text, source),
            reliability=entry.take("reliability", one_of(Reliability), Reliability.F),
            state_media=entry.take("state_media", flag, default=False),
        ),
        language=entry.take("language", _language, "", needed=True),
        interval_minutes=entry.take("interval_minutes", _interval, None),
        kind=entry.take("kind", one_of(FeedKind), FeedKind.FEED),
        full_text=entry.take("full_text", flag, default=False),
        links=entry.take("links", text, None),
    )
    if feed.links and feed.kind is FeedKind.FEED:
        entry.wrong("links", "goes with kind page or sitemap")
    entry.close()
    return feed


def feed_of_words(words: Mapping[str, str], where: str) -> Feed:
    """Return the feed whose keys, those of a `[[feed]]` table, were given as words; empty ones as if not.

    `source` is the title where it is not given.

    Raises:
        UsageError: the mistakes, one a line; each names `where` and the key.

    """
    values: dict[str, object] = {key: _typed(key, word) for key, word in words.items() if word}
    mistakes: list[str] = []
    feed = feed_of(Table({"source": values.get("title"), **values}, where, mistakes))
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return feed


def words_of_feed(feed: Feed) -> dict[str, str]:
    """Return the words that `feed_of_words` takes for a feed; empty where nothing need be said."""
    source = feed.source
    return {
        "url": feed.url,
        "title": feed.title,
        "language": feed.language,
        "source": source.name,
        "family": source.family,
        "reliability": source.reliability.value,
        "state_media": "yes" if source.state_media else "",
        "interval_minutes": "" if feed.interval_minutes is None else repr(feed.interval_minutes),
        "kind": "" if feed.kind is FeedKind.FEED else feed.kind.value,
        "full_text": "yes" if feed.full_text else "",
        "links": feed.links or "",
    }


def _typed(key: str, word: str) -> object:
    """Return what a word stands for where a key takes no text; else the word, which the key then refuses."""
    if key in ("state_media", "full_text"):
        return _FLAGS.get(word.casefold(), word)
    if key == "reliability":
        return word.upper()
    if key == "interval_minutes":
        try:
            return float(word)
        except ValueError:
            return word
    return word


def _language(value: object) -> str:
    if isinstance(value, str) and _LANGUAGE.fullmatch(value):
        return value
    raise ValueError("expected a two-letter code of ISO 639-1 or und")


def _interval(value: object) -> float:
    minutes = above_zero(value)
    if minutes <= MAX_INTERVAL_MINUTES:
        return minutes
    raise ValueError(f"expected at most {MAX_INTERVAL_MINUTES}, a year")


def _all_differ(entries: Sequence[Table], key: str, names: Sequence[str]) -> None:
    first: dict[str, int] = {}
    for number, (entry, name) in enumerate(zip(entries, names, strict=True), start=1):
        if name and first.setdefault(name, number) != number:
            entry.wrong(key, f"expected one of its own; number {first[name]} has it too (this is {number})")


def _is_its_own_ancestor(claim: str, parents: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    above = parents[claim]
    while above is not None and above not in seen and above != claim:
        seen.add(above)
        above = parents.get(above)
    return above == claim and parents[claim] != claim
