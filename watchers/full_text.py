"""The new and edited stories of a feed that gives little more than headlines, with what their pages say.

Nothing here speaks to the network: what gets pages and reads is handed in. Trouble with a
page is never trouble of the feed: the story goes on with what the feed gave.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial

from claims.feeds import Feed
from claims.model import Story
from watchers.article import Article, read_article
from watchers.document import ParseError
from watchers.fetched import Fetched, FetchFailed, FetchResult
from watchers.kinds.links import words_of

log = logging.getLogger(__name__)

MAX_PAGES = 20
"""Pages read at one visit, of the last stories: with a second between two requests, half a minute."""
PATIENCE_SECONDS = 60.0
"""The other stories of the visit wait as long; at a usual pace all pages are read in half of it."""
MOST_EDITS = 10
"""So many edits of its story have a page read again: some feeds count their readers in what they say."""
GIVE_UP_AFTER = 3
"""Pages in a row that could not be read: a site that refuses one refuses all."""


class FullText:
    """Reads the pages of new and of edited stories."""

    def __init__(
        self,
        *,
        get: Callable[[str], Awaitable[FetchResult]],
        call: Callable[[Callable[[], Article]], Awaitable[Article]],
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        """Take the parts.

        Args:
            get: fetches a page where robots.txt lets us, and never raises for trouble.
            call: reads the article of a page where that can do no harm (`watchers.apart`).
            patience_seconds: how long one visit waits for all its pages.

        """
        self._get = get
        self._call = call
        self._patience = patience_seconds
        self._told: set[str] = set()

    async def complete(self, feed: Feed, stories: Sequence[Story]) -> list[Story]:
        """Return stories in their order, the last `MAX_PAGES` as their pages have them.

        A story keeps its id, by which the feed's next visit knows it, and its headline unless that was made
        of its address; its address becomes the one that the page gives as its own. One that was edited more
        than `MOST_EDITS` times stays as it is, with what its page said when it was read last.
        """
        wanted = [story for story in stories if story.revisions <= MOST_EDITS][-MAX_PAGES:]
        if not feed.full_text or not wanted:
            return list(stories)
        read: dict[str, Story] = {}
        trouble = ""
        try:
            async with asyncio.timeout(self._patience):
                trouble = await self._all(feed, wanted, read)
        except TimeoutError:
            trouble = f"the pages of a visit took longer than {self._patience:g} seconds"
        self._tell(feed, trouble)
        return [read.get(story.id, story) for story in stories]

    async def _all(self, feed: Feed, stories: Sequence[Story], read: dict[str, Story]) -> str:
        """Read pages, that of the last story first; return what went wrong last, or nothing."""
        trouble, in_a_row = "", 0
        for story in reversed(stories):
            try:
                read[story.id] = as_on_page(story, await self._article(feed, story))
                in_a_row = 0
            except Exception as error:  # noqa: BLE001 - a page is a luxury: no surprise in it costs the visit
                surprise = f"something unforeseen went wrong ({type(error).__name__})"
                words = str(error) if isinstance(error, ParseError) else surprise
                trouble, in_a_row = f"{story.url}: {words}", in_a_row + 1
                if in_a_row == GIVE_UP_AFTER:
                    break
        return trouble

    async def _article(self, feed: Feed, story: Story) -> Article:
        if not story.url:
            raise ParseError("the story has no address")
        page = await self._get(story.url)
        if not isinstance(page, Fetched):
            raise ParseError(page.error if isinstance(page, FetchFailed) else "its host asks us to wait")
        about = partial(read_article, content_type=page.content_type, url=page.url, language=feed.language)
        return await self._call(partial(about, page.body))

    def _tell(self, feed: Feed, trouble: str) -> None:
        """Log trouble with the pages of a feed when it begins."""
        if trouble and feed.url not in self._told:
            log.warning("pages not read feed=%s %s", feed.url, trouble)
            self._told.add(feed.url)
        elif not trouble:
            self._told.discard(feed.url)


def as_on_page(story: Story, article: Article) -> Story:
    """Return a story with the text of its page as it is now, where that is more than the feed says."""
    return with_text(
        replace(
            story,
            title=article.title or story.title if story.title == words_of(story.url) else story.title,
            url=article.url or story.url,
        ),
        article.text,
    )


def with_text(story: Story, text: str) -> Story:
    """Return a story with this text of its page, where that is more than the feed says."""
    if len(text) > len(story.said):
        return replace(story, summary=text, feed_summary=story.said)
    return replace(story, summary=story.said, feed_summary=None)
