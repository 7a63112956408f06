"""Matching somebody's text, or the message of a chat, to the claims: with its links, kept or read."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers.matching import Match, match_card
from bot.card import Card
from bot.commands.model import Context, Needs
from bot.commands.parse import address
from bot.commands.rights import may
from bot.commands.stories import known_event
from bot.language import _
from claims.errors import NotFound, NotThere, UsageError
from claims.matching.prototypes import Prototype, prototypes_of
from claims.model import Claim, Event, Member, Source, Story
from claims.text import canonical_url, one_line

LINKS = 3
"""Links of a message that are followed."""
RANKED = 5
_TEXT = 8_000
"""Characters of a text that are read."""
_TITLE = 200
_NEAR = 3
"""Happenings that are shown beside a match."""
_NEWEST = 30
"""Stories of a claim among which those are looked for."""
LINK = re.compile(r"https?://[^\s<>|\"]+")
"""In a text."""


async def match(context: Context, args: Mapping[str, str]) -> Card:
    """Return the claims that `text`, with the links in it and in `url`, bears on, and the nearest happenings.

    The words count as well as what is linked. A link that is kept as a story shows as the record has it.
    Others are read for those who may change the list of feeds, since that makes us ask addresses.

    Raises:
        UsageError: there are neither words nor links.

    """
    text = args.get("text", "").strip()
    links = _links(f"{text} {address(args.get('url', ''))}")
    words = one_line(LINK.sub(" ", text))[:_TEXT]
    if not words and not links:
        raise UsageError(_("There is nothing to match: give words or a link"))
    matches = [await _kept(context, link) for link in links]
    unread = [link for link, found in zip(links, matches, strict=True) if found is None]
    found = [each for each in matches if each]
    notes: list[str] = []
    told = []
    for link in unread:
        story, note = await _read(context, link)
        told.extend([story] if story else [])
        notes.extend([note] if note else [])
    said = [_story(context, words, words, "")] if words else []
    if said or told:
        read = await _matched(context, [*said, *told])
        found.extend(read[len(said) :])
        # "See this:" beside a link says nothing by itself.
        found = [*(each for each in read[: len(said)] if each.member.reading.evidence or not found), *found]
    if not found:
        raise NotFound("\n".join([_("No link could be matched"), *notes]))
    return match_card(found, notes, context.timezone, context.spelled)


def _links(text: str) -> list[str]:
    """Return the first links of a text, each once."""
    links = (each.rstrip(").,;:!?'’”") for each in LINK.findall(text))
    return list({canonical_url(link): link for link in links}.values())[:LINKS]


async def _kept(context: Context, link: str) -> Match | None:
    """Return what the record has of a link, or None where it is not kept."""
    accounts = await context.store.accounts(link)
    if not accounts:
        return None
    first = min(accounts, key=lambda account: account.alert is None)
    event = (await known_event(context, first.event.id))[0] if first.event else None
    return Match(first.member, (), (event,) if event else (), kept=True)


async def _read(context: Context, link: str) -> tuple[Story | None, str]:
    """Return what the page of a link says, or why it was not read."""
    if not may(context.asker, Needs.SHARED):
        # As `feed test`, it makes us ask addresses, those of watch.allow_hosts too.
        words = _("{link} is not kept, and only those who may change the list of feeds have pages read")
        return None, words.format(link=link)
    try:
        article = await context.scout.article(link)
    except NotThere as none:
        return None, str(none).splitlines()[0]
    return _story(context, article.title or article.text, article.text, article.url), ""


def _story(context: Context, title: str, text: str, url: str) -> Story:
    now, nobody = context.clock(), Source("", "")
    return Story(url or title, "", url, title[:_TITLE], text[:_TEXT], "und", nobody, None, now)


async def _matched(context: Context, stories: Sequence[Story]) -> list[Match]:
    claims = await context.store.claims()
    prototypes = tuple(prototypes_of(await context.store.judged()))
    read = await asyncio.to_thread(_ranked, context, claims, prototypes, stories)
    return [replace(each, events=await _nearest(context, each)) for each in read]


def _ranked(
    context: Context, claims: Sequence[Claim], prototypes: Sequence[Prototype], stories: Sequence[Story]
) -> list[Match]:
    matcher = context.make_matcher(claims, prototypes)
    return [Match(Member(s, matcher.read(s)), tuple(matcher.rank(s)[:RANKED])) for s in stories]


async def _nearest(context: Context, found: Match) -> tuple[Event, ...]:
    """Return the newest happenings that bear on the first claim of a match, newest first."""
    named = [link.claim_id for link in found.member.reading.evidence] or [r.claim_id for r in found.ranked]
    if not named:
        return ()
    told = await context.store.evidence(named[0], _NEWEST)
    placed = await context.store.members([member.story.id for member, _link in told])
    newest = dict.fromkeys(event for _member, event in reversed(placed) if event)
    return tuple([await context.store.event(key) for key in list(newest)[:_NEAR]])
