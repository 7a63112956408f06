"""What is suggested while somebody types a value: names that begin so first, then those with such words.

It must come within a second, at every key: the store is asked for names or by an index, never for all of
10,000 feeds or 100,000 stories with what is known of them.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from bot.commands.model import Context
from bot.commands.rights import changes_register
from bot.controls import OPTIONS, Option
from bot.phrases import date, language, shorten
from claims.feeds import FeedName
from claims.model import Member
from claims.text import fold, without_keys

LABEL = 100
"""Characters of a suggestion, and of its value
(https://discord.com/developers/docs/interactions/application-commands#application-command-object)."""
_TYPED = 100
_TITLE = 70
_LOOKED = 60
"""Stories that are looked at for those of 25 happenings."""


async def claims(context: Context, typed: str) -> Sequence[Option]:
    """Suggest claims by id and statement."""
    found = await context.store.claims()
    return best(typed, [(f"{each.id}: {each.statement}", each.id) for each in found])


async def own_claims(context: Context, typed: str) -> Sequence[Option]:
    """Suggest those of the claims that whoever asks may change."""
    every = changes_register(context)
    found = [each for each in await context.store.claims() if every or each.workspace is not None]
    return best(typed, [(f"{each.id}: {each.statement}", each.id) for each in found])


async def retired_claims(context: Context, typed: str) -> Sequence[Option]:
    """Suggest those of the retired claims that whoever asks may change."""
    every = changes_register(context)
    tracked = {each.id for each in await context.store.claims()}
    gone = [each for each in (await context.store.register()).values() if each.id not in tracked]
    found = [each for each in gone if every or each.workspace is not None]
    return best(typed, [(f"{each.id}: {each.statement}", each.id) for each in found])


async def tags(context: Context, typed: str) -> Sequence[Option]:
    """Suggest the tags of claims."""
    found = {tag for each in await context.store.claims() for tag in each.tags}
    return best(typed, [(tag, tag) for tag in sorted(found)])


async def feeds(context: Context, typed: str) -> Sequence[Option]:
    """Suggest feeds by title, outlet and address; the value is the address, or else the title."""
    names = await context.store.feed_names()
    return await asyncio.to_thread(lambda: best(typed, map(_feed, names)))


async def sources(context: Context, typed: str) -> Sequence[Option]:
    """Suggest outlets and families."""
    names = await context.store.feed_names()
    found = sorted({name for each in names for name in (each.outlet, each.family)})
    return await asyncio.to_thread(best, typed, [(name, name) for name in found])


async def languages(context: Context, typed: str) -> Sequence[Option]:
    """Suggest the languages of the feeds, by code or name."""
    codes = {each.language for each in await context.store.feed_names()} - {"und"}
    return best(typed, [(f"{code}: {language(code)}", code) for code in sorted(codes)])


async def stories(context: Context, typed: str) -> Sequence[Option]:
    """Suggest kept stories by words of their headline or summary, those that came last first."""
    found = await context.store.titled_stories(typed[:_TYPED], OPTIONS)
    placed = {m.story.id: m for m, _event in await context.store.members(found)}
    return [Option(_titled(placed[key], context), key) for key in found if key in placed]


async def events(context: Context, typed: str) -> Sequence[Option]:
    """Suggest happenings by words of their stories, those that came last first."""
    found = await context.store.titled_stories(typed[:_TYPED], _LOOKED)
    placed = {m.story.id: (m, event) for m, event in await context.store.members(found)}
    options: dict[str, Option] = {}
    for key in found:
        member, event = placed.get(key, (None, None))
        if member and event:
            options.setdefault(event, Option(_titled(member, context), event))
    return list(options.values())[:OPTIONS]


async def destinations(context: Context, typed: str) -> Sequence[Option]:
    """Suggest the channels of the asker's workspace that have a subscription."""
    found = await context.store.subscriptions(context.workspace)
    wanted = {each.destination: sorted({*(each.claims or ()), *each.tags}) for each in found}
    return best(typed, [(f"{key}: {', '.join(names) or '*'}", key) for key, names in wanted.items()])


def best(typed: str, found: Iterable[tuple[str, str]]) -> list[Option]:
    """Return at most 25 of these labels with their values: those that begin as typed, then by words.

    A label that has every word typed at the beginning of one of its words comes before one that has them
    anywhere. Of one kind they stay in their order.
    """
    whole = fold(typed[:_TYPED])
    words = whole.split()
    ranks: tuple[list[Option], list[Option], list[Option]] = ([], [], [])
    for label, value in found:
        if len(value) > LABEL or len(ranks[0]) == OPTIONS:
            continue
        rank = _rank(_folded(label), whole, words)
        if rank is not None and len(ranks[rank]) < OPTIONS:
            ranks[rank].append(Option(shorten(label, LABEL), value))
    return [*ranks[0], *ranks[1], *ranks[2]][:OPTIONS]


def _rank(label: str, whole: str, words: Sequence[str]) -> int | None:
    if label.startswith(whole):
        return 0
    if not all(word in label for word in words):
        return None
    spaced = f" {label}"
    return 1 if all(f" {word}" in spaced for word in words) else 2


_folded: Callable[[str], str] = lru_cache(maxsize=20_000)(fold)
"""The names of ten thousand feeds are folded once, and not at every key."""


@lru_cache(maxsize=20_000)
def _feed(name: FeedName) -> tuple[str, str]:
    """Return a feed as a label and its value: its address where that is short and without a key."""
    shown = without_keys(name.url)
    value = name.url if len(name.url) <= LABEL and shown == name.url else name.title
    return f"{name.title} · {name.outlet} · {shown}", value


def _titled(member: Member, context: Context) -> str:
    story = member.story
    tail = f" · {story.source.name}, {date(story.at, context.timezone)}"
    return shorten(shorten(story.title, max(_TITLE, LABEL - len(tail))) + tail, LABEL)
