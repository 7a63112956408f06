"""Which feed somebody means: by its address, by its title, or by words that fit one alone."""

import asyncio
import difflib
from collections.abc import Sequence

from bot.commands.parse import address
from bot.commands.spelling import Spelling
from bot.language import _, ngettext
from bot.phrases import shorten
from claims.errors import NotFound
from claims.feeds import FeedName, FeedStatus
from claims.store_feeds import FeedBook
from claims.text import canonical_url, fold, without_keys

_SHOWN = 8
"""Feeds that an error names."""
_NEAR = 3
_TYPED = 60


async def find_feed(store: FeedBook, typed: str, spelled: Spelling) -> FeedStatus:
    """Return the one watched feed that is meant; errors name commands as they are `spelled` there.

    Raises:
        NotFound: none is, or several are; names those that are near.

    """
    names = await store.feed_names()
    return await store.feed((await asyncio.to_thread(named_feed, names, typed, spelled)).url)


def named_feed(listed: Sequence[FeedName], typed: str, spelled: Spelling) -> FeedName:
    """Return the one feed that is meant.

    Raises:
        NotFound: none is, or several are; names those that are near.

    """
    url, words = canonical_url(address(typed)), fold(typed)
    fits = (
        [each for each in listed if "://" in url and url in map(canonical_url, (each.url, each.current_url))]
        or [each for each in listed if fold(each.title) == words]
        or [each for each in listed if all(word in fold(each.title) for word in words.split())]
        or [each for each in listed if all(word in _searched(each) for word in words.split())]
    )
    if len(fits) == 1:
        return fits[0]
    shown = shorten(typed.strip(), _TYPED)
    if fits:
        names = [f"{each.title}: {without_keys(each.url)}" for each in fits[:_SHOWN]]
        left = [_("+{count} more").format(count=len(fits) - _SHOWN)] if len(fits) > _SHOWN else []
        many = ngettext(
            "“{typed}” fits {count} feed; name one of them",
            "“{typed}” fits {count} feeds; name one of them",
            len(fits),
        )
        raise NotFound("\n".join([many.format(typed=shown, count=len(fits)), *names, *left]))
    titles = {fold(each.title): each.title for each in listed}
    near = [titles[name] for name in difflib.get_close_matches(words, titles, n=_NEAR, cutoff=0.5)]
    words = (
        _("No feed fits “{typed}”\nDid you mean: {near}")
        if near
        else _("No feed fits “{typed}”\n{command} names all feeds")
    )
    raise NotFound(words.format(typed=shown, near=", ".join(near), command=spelled("feed list")))


def _searched(name: FeedName) -> str:
    return fold(f"{name.title} {name.outlet} {name.url}")
