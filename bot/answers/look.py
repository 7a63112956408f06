"""What is answered about a feed that was looked at, added or changed, as cards. Pure, as all here."""

from collections.abc import Sequence
from datetime import datetime

from bot import paces, phrases
from bot.card import Card, Field, Line, Link, Strong
from bot.commands.scout import Found, Look
from bot.commands.spelling import Spelling
from bot.grades import rated
from bot.language import _, decimal, named, ngettext, weekday
from bot.mistakes import mistake_words
from claims.feeds import Feed, FeedKind, Wishes
from claims.model import Source
from claims.text import without_keys

_NEWEST = 8
_HEADLINE = 100
_ADDED = 20


def look_card(look: Look, kind: FeedKind, timezone: str, spelled: Spelling) -> Card:
    """Return what a visit to a feed of that kind brought, the newest stories first."""
    newest = look.stories[::-1]
    left = len(newest) - _NEWEST
    return Card(
        heading=_not_kept(kind),
        title=look.title or look.url,
        lines=(
            *(_story(story.title, story.url, story.published_at, timezone) for story in newest[:_NEWEST]),
            *([(_("+{count} more").format(count=left),)] if left > 0 else []),
        ),
        fields=(Field(_("Language"), (_language(look.language),)), *_facts(look)),
        footer=_("{command} watches it").format(command=spelled("feed add URL")),
    )


def choice_card(url: str, found: Sequence[Found], spelled: Spelling) -> Card:
    """Return the feeds that a site has."""
    return Card(
        heading=_("NO FEED ITSELF, BUT ON ITS SITE"),
        title=url,
        lines=tuple((Strong(each.url), f": {each.title or _unnamed(each.kind)}") for each in found),
        footer=_("{test} shows what one brings, {add} watches it").format(
            test=spelled("feed test URL"), add=spelled("feed add URL")
        ),
    )


def added_card(feed: Feed, look: Look | None, timezone: str) -> Card:
    """Return what was added; `look` is None where nobody looked what it brings."""
    newest = look.stories[-1:] if look else ()
    return Card(
        heading=_("ADDED"),
        title=feed.title,
        fields=(
            Field(_("Published by"), (_publisher(feed.source),)),
            Field(_("Language"), (_language(feed.language),)),
            *(_facts(look) if look else (Field(_("Address"), (feed.url,)),)),
            *(
                Field(_("Newest"), _story(each.title, each.url, each.published_at, timezone))
                for each in newest
            ),
        ),
        footer=_("Its first visit is backlog: alerts begin with what comes after"),
    )


def changed_card(heading: str, feed: Feed, footer: str) -> Card:
    """Return what became of a feed."""
    return Card(
        heading=heading,
        title=feed.title,
        fields=(Field(_("Address"), (without_keys(feed.url),)),),
        footer=footer,
    )


def taken_card(added: Sequence[Feed], known: int, skipped: Sequence[str]) -> Card:
    """Return what was taken out of a list of feeds."""
    taken = ngettext("{count} feed added", "{count} feeds added", len(added))
    counts = [taken.format(count=decimal(len(added)))]
    if known:
        counts.append(_("{count} watched already").format(count=decimal(known)))
    if skipped:
        counts.append(_("{count} not usable").format(count=decimal(len(skipped))))
    names = phrases.listed([feed.title for feed in added], _ADDED)
    return Card(
        title=", ".join(counts),
        lines=tuple((line,) for mistake in skipped for line in mistake_words(mistake).splitlines()),
        fields=(Field(_("Added"), (names,)),) if added else (),
    )


def _facts(look: Look) -> tuple[Field, ...]:
    brings = _("{stories} in {count} bytes").format(
        stories=phrases.stories(len(look.stories)), count=decimal(look.size)
    )
    wait = _("{time} after a visit").format(time=phrases.span(look.wait))
    facts = (
        (_("Address"), _("{url} (it moved there)").format(url=look.url) if look.moved else look.url),
        (_("Brings"), brings),
        (_("Publisher wishes"), _wishes(look.wishes)),
        (_("Asked next"), f"{wait} ({paces.pace(look.paced_by)})" if look.paced_by else wait),
    )
    return tuple(Field(name, (value,)) for name, value in facts if value)


def _wishes(wishes: Wishes) -> str:
    """Return how often a publisher wants to be asked, or nothing where the document says nothing."""
    said = []
    if wishes.ttl_minutes is not None:
        least = _("no sooner than after {count} minutes (ttl)")
        said.append(least.format(count=named(wishes.ttl_minutes)))
    if wishes.update_seconds is not None:
        each = _("every {count} minutes (sy:update)")
        said.append(each.format(count=named(wishes.update_seconds / 60)))
    if wishes.skip_hours:
        hours = ", ".join(map(str, sorted(wishes.skip_hours)))
        said.append(_("not in the hours {hours} GMT").format(hours=hours))
    if wishes.skip_days:
        days = ", ".join(map(weekday, sorted(wishes.skip_days)))
        said.append(_("not on {days}").format(days=days))
    return ", ".join(said)


def _not_kept(kind: FeedKind) -> str:
    return {
        FeedKind.FEED: _("A FEED, NOT KEPT"),
        FeedKind.PAGE: _("A PAGE, NOT KEPT"),
        FeedKind.SITEMAP: _("A SITEMAP, NOT KEPT"),
    }[kind]


def _unnamed(kind: FeedKind) -> str:
    return {
        FeedKind.FEED: _("without a name"),
        FeedKind.PAGE: _("a page"),
        FeedKind.SITEMAP: _("a sitemap"),
    }[kind]


def _publisher(source: Source) -> str:
    grade = rated(source.reliability)
    if source.state_media:
        grade = _("{rated}, state media").format(rated=grade)
    words = _("{outlet} ({rated})") if source.family == source.name else _("{outlet}, of {family} ({rated})")
    return words.format(outlet=source.name, family=source.family, rated=grade)


def _language(code: str) -> str:
    return _("language unknown") if code == "und" else phrases.language(code)


def _story(title: str, url: str, published_at: datetime | None, timezone: str) -> Line:
    day = phrases.date(published_at, timezone) if published_at else _("no date")
    return (Link(phrases.shorten(title or _("(no headline)"), _HEADLINE), url), f" · {day}")
