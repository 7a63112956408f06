"""What is answered about a feed that was looked at, added or changed, as cards. Pure, like `bot.answers`."""

from collections.abc import Sequence
from datetime import datetime

from bot import phrases
from bot.card import Card, Field, Line, Link, Strong
from bot.commands.scout import Found, Look
from bot.commands.spelling import Spelling
from claims.feeds import Feed, FeedKind, Wishes
from claims.text import without_keys

_NEWEST = 8
_HEADLINE = 100
_ADDED = 20
_UNNAMED = {FeedKind.FEED: "without a name", FeedKind.PAGE: "a page", FeedKind.SITEMAP: "a sitemap"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def look_card(look: Look, kind: FeedKind, timezone: str, spelled: Spelling) -> Card:
    """Return what a visit to a feed of that kind brought, the newest stories first."""
    newest = look.stories[::-1]
    left = len(newest) - _NEWEST
    return Card(
        heading=f"A {kind.upper()}, NOT KEPT",
        title=look.title or look.url,
        lines=(
            *(_story(story.title, story.url, story.published_at, timezone) for story in newest[:_NEWEST]),
            *([(f"+{left} more",)] if left > 0 else []),
        ),
        fields=(Field("Language", (_language(look.language),)), *_facts(look)),
        footer=f"{spelled('feed add URL')} watches it",
    )


def choice_card(url: str, found: Sequence[Found], spelled: Spelling) -> Card:
    """Return the feeds that a site has."""
    return Card(
        heading="NO FEED ITSELF, BUT ON ITS SITE",
        title=url,
        lines=tuple((Strong(each.url), f": {each.title or _UNNAMED[each.kind]}") for each in found),
        footer=f"{spelled('feed test URL')} shows what one brings, {spelled('feed add URL')} watches it",
    )


def added_card(feed: Feed, look: Look | None, timezone: str) -> Card:
    """Return what was added; `look` is None where nobody looked what it brings."""
    source = feed.source
    family = f", of {source.family}" if source.family != source.name else ""
    state = ", state media" if source.state_media else ""
    newest = look.stories[-1:] if look else ()
    return Card(
        heading="ADDED",
        title=feed.title,
        fields=(
            Field("Published by", (f"{source.name}{family} ({phrases.rated(source.reliability)}{state})",)),
            Field("Language", (_language(feed.language),)),
            *(_facts(look) if look else (Field("Address", (feed.url,)),)),
            *(Field("Newest", _story(each.title, each.url, each.published_at, timezone)) for each in newest),
        ),
        footer="Its first visit is backlog: alerts begin with what comes after",
    )


def changed_card(heading: str, feed: Feed, footer: str) -> Card:
    """Return what became of a feed."""
    return Card(
        heading=heading.upper(),
        title=feed.title,
        fields=(Field("Address", (without_keys(feed.url),)),),
        footer=footer,
    )


def taken_card(added: Sequence[Feed], known: int, skipped: Sequence[str]) -> Card:
    """Return what was taken out of a list of feeds."""
    counts = [phrases.counted(len(added), "feed") + " added"]
    if known:
        counts.append(f"{known:,} watched already")
    if skipped:
        counts.append(f"{len(skipped):,} not usable")
    names = phrases.listed([feed.title for feed in added], _ADDED)
    return Card(
        title=", ".join(counts),
        lines=tuple((line,) for mistake in skipped for line in mistake.splitlines()),
        fields=(Field("Added", (names,)),) if added else (),
    )


def _facts(look: Look) -> tuple[Field, ...]:
    moved = " (it moved there)" if look.moved else ""
    brings = f"{phrases.counted(len(look.stories), 'story', 'stories')} in {look.size:,} bytes"
    paced = f" ({look.paced_by})" if look.paced_by else ""
    named = (
        ("Address", f"{look.url}{moved}"),
        ("Brings", brings),
        ("Publisher wishes", _wishes(look.wishes)),
        ("Asked next", f"{phrases.span(look.wait)} after a visit{paced}"),
    )
    return tuple(Field(name, (value,)) for name, value in named if value)


def _wishes(wishes: Wishes) -> str:
    """Return how often a publisher wants to be asked, or nothing where the document says nothing."""
    said = []
    if wishes.ttl_minutes is not None:
        said.append(f"no sooner than after {phrases.number(wishes.ttl_minutes)} minutes (ttl)")
    if wishes.update_seconds is not None:
        said.append(f"every {phrases.number(wishes.update_seconds / 60)} minutes (sy:update)")
    if wishes.skip_hours:
        said.append(f"not in the hours {', '.join(map(str, sorted(wishes.skip_hours)))} GMT")
    if wishes.skip_days:
        said.append(f"not on {', '.join(_DAYS[day] for day in sorted(wishes.skip_days))}")
    return ", ".join(said)


def _language(code: str) -> str:
    return "language unknown" if code == "und" else phrases.language(code)


def _story(title: str, url: str, published_at: datetime | None, timezone: str) -> Line:
    day = phrases.date(published_at, timezone) if published_at else "no date"
    return (Link(phrases.shorten(title or "(no headline)", _HEADLINE), url), f" · {day}")
