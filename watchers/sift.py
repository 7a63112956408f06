"""Which stories of a document are new, and which are known and read otherwise now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.feeds import kept_as
from claims.model import Story
from claims.store_feeds import UNDATED
from claims.text import canonical_url, fold, is_plain
from watchers.full_text import with_text
from watchers.kinds.links import words_of

MOST_MOVES = 2
"""From so many revisions on a new address by itself is none: some outlets make one for every answer."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """The stories of one visit that change anything."""

    new: tuple[Story, ...]
    """In the order in which they came."""
    revised: tuple[Story, ...]
    """Known ones as they read now and where they are now, in that order; each the next revision of what is
    kept."""


def sift(stories: Sequence[Story], known: Sequence[Story]) -> Sifted:
    """Part the stories of a feed from those of it that are kept.

    The same id, the one that it had in an older release, or the same guid is the same story. So are the same
    words of the same moment, where the document no longer has the kept one: its outlet gave it another
    address and another guid. What the feed says is compared with what it said itself; what the page of a
    story said stays until it is read again.
    """
    by_id = {story.id: story for story in known}
    by_guid = {story.guid: story for story in known if story.guid}
    found = [
        next((by_id[key] for key in kept_as(story) if key in by_id), None)
        or (by_guid.get(story.guid) if story.guid else None)
        for story in stories
    ]
    here = {kept.id for kept in found if kept}
    gone = {story.id: story for story in known if story.id not in here}
    new, revised, met = [], [], set()
    for story, kept in zip(stories, found, strict=True):
        if kept is None:
            twin = next((each for each in gone.values() if _same(story, each)), None)
            if twin is None:
                new.append(story)
            else:
                del gone[twin.id]
                revised += _revised(twin, story)
        elif kept.id not in met:
            met.add(kept.id)
            revised += _revised(kept, story)
    return Sifted(tuple(new), tuple(revised))


def _revised(kept: Story, now: Story) -> list[Story]:
    """Return the next revision of a kept story, or nothing where it reads and stands as it did."""
    title = _headline(kept, now)
    again = replace(kept, title=title, summary=now.summary, feed_summary=None, url=_address(kept, now))
    if kept.feed_summary is not None:
        again = with_text(again, kept.summary)
    says_the_same = (again.title, again.said) == (kept.title, kept.said)
    if says_the_same and (again.url == kept.url or kept.revisions >= MOST_MOVES):
        return []
    return [replace(again, revisions=kept.revisions + 1)]


def _address(kept: Story, now: Story) -> str:
    """Return the better address of a story: where it moved, or the plain one of the same page.

    What a page gave as its own address stays while the feed's is the same, and so does a plain address beside
    one that would send a reader through a tracker or to an AMP form.
    """
    if now.url == kept.url:
        return kept.url
    plain, was_plain = is_plain(now.url), is_plain(kept.url)
    better = plain > was_plain or (plain == was_plain and kept.id not in kept_as(now))
    same = canonical_url(now.url) == canonical_url(kept.url) and plain == was_plain
    return now.url if now.url and better and not same else kept.url


def _headline(kept: Story, now: Story) -> str:
    """Return the headline of now; one that was made of an address takes no other's place."""
    return kept.title if now.title == words_of(now.url) else now.title


def _same(story: Story, kept: Story) -> bool:
    """Say whether two stories say the same and came out at the same moment."""
    if (fold(_headline(kept, story)), fold(story.summary)) != (fold(kept.title), fold(kept.said)):
        return False
    if story.published_at or kept.published_at:
        return story.published_at == kept.published_at
    return story.seen_at - kept.seen_at <= UNDATED
