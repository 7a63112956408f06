"""Which stories of a document are new, and which are known and read otherwise now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.model import Story
from watchers.kinds.links import words_of


@dataclass(frozen=True, slots=True)
class Sifted:
    """The stories of one visit that change anything."""

    new: tuple[Story, ...]
    """In the order in which they came."""
    revised: tuple[Story, ...]
    """Known ones as they read now, in that order; a new headline of theirs is not news."""


def sift(stories: Sequence[Story], known: Sequence[Story], *, full_text: bool = False) -> Sifted:
    """Part the stories of a feed from those of it that are kept: the same id or guid is the same story.

    With `full_text`, what is kept of a story may be from its page: that the feed says less is no revision.
    """
    by_id = {story.id: story for story in known}
    by_guid = {story.guid: story for story in known if story.guid}
    new, revised, met = [], [], set()
    for story in stories:
        kept = by_id.get(story.id) or (by_guid.get(story.guid) if story.guid else None)
        if kept is None:
            new.append(story)
        elif kept.id not in met:
            met.add(kept.id)
            said = _with_page(story, kept) if full_text else story
            if (said.title, said.summary) != (kept.title, kept.summary):
                again = kept.revisions + 1
                revised.append(replace(kept, title=said.title, summary=said.summary, revisions=again))
    return Sifted(tuple(new), tuple(revised))


def _with_page(story: Story, kept: Story) -> Story:
    """Return a story with what its page said: the longer text, and the headline where the feed has none."""
    headless = story.title == words_of(story.url)
    return replace(
        story,
        title=kept.title if headless else story.title,
        summary=max(kept.summary, story.summary, key=len),
    )
