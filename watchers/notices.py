"""The notices about feeds: whether there is anything to tell, and raising it once."""

from datetime import timedelta

from claims.clock import Clock
from claims.health import changes, failing
from claims.outgoing import Notice
from claims.store_feeds import NoticeBook
from claims.text import digest_key


async def raise_notice(store: NoticeBook, clock: Clock, patience: timedelta) -> bool:
    """Raise one notice of all that is to be told of feeds now; return whether there was anything.

    Done twice it is told once: its key is made from what changed, and from the notice before it.
    """
    now = clock()
    watched = await store.watchlist()
    found = changes(watched, now, patience)
    if not found:
        return False
    parts = [f"{each.url} {each.trouble} {each.since}" for each in found]
    key = f"notice:{digest_key(str(watched.last_notice_at), *parts)}"
    return await store.raise_notice(Notice(key, now, found, watched.asked - failing(watched)))
