"""Full text, put together: pages are read where a feed asks for it and the extra is installed."""

import logging
from collections.abc import Sequence
from functools import partial

from bot.commands.spelling import COMMAND_LINE
from bot.phrases import NO_FULL_TEXT
from claims.feeds import Feed
from watchers.apart import ParserProcess
from watchers.article import installed
from watchers.fetch import Fetcher
from watchers.full_text import FullText
from watchers.robots import Robots
from watchers.visit import Complete

log = logging.getLogger(__name__)


def full_text(
    fetcher: Fetcher, parser: ParserProcess, robots: Robots, feeds: Sequence[Feed]
) -> Complete | None:
    """Return what reads the pages of new stories, or None where the extra is not installed.

    Where one of the feeds asks for it all the same, the log says so.
    """
    if not installed():
        fine, words = full_text_words(feeds)
        if not fine:
            log.warning("full text: %s", words)
        return None
    return FullText(
        get=partial(fetcher.get, refusal=robots.refusal),
        call=parser.call,
    ).complete


def can_read_pages() -> bool:
    """Say whether the extra is installed."""
    return installed()


def full_text_words(feeds: Sequence[Feed]) -> tuple[bool, str]:
    """Return whether the feeds that ask for full text get it, and a sentence."""
    wanted = sum(feed.full_text for feed in feeds)
    if not wanted:
        add = COMMAND_LINE("feed add URL --full-text")
        return True, f"no feed asks for it; full_text = true in the seed file does, and {add}"
    if not installed():
        return False, f"{wanted} of {len(feeds)} feeds ask for it: {NO_FULL_TEXT}"
    return True, f"the pages of {wanted} of {len(feeds)} feeds are read"
