"""Which stories of a document are new, and which are known and read otherwise now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.feeds import kept_as
from claims.model import Story


@dataclass(frozen=True, slots=True)
class Sifted:
    """The stories of one visit that change anything."""

    new: tuple[Story, ...]
    """In the order in which they came."""
    revised: tuple[Story, ...]
    """Known ones as they read now, in that order; a new headline of theirs is not news."""


def sift(stories: Sequence[Story], known: Sequence[Story]) -> Sifted:
    """Part the stories of a feed from those of it that are kept.

    The same id, the one that it had in an older release, or the same guid is the same story.
    """
    by_id = {story.id: story for story in known}
    by_guid = {story.guid: story for story in known if story.guid}
    new, revised, met = [], [], set()
    for story in stories:
        kept = next((by_id[key] for key in kept_as(story) if key in by_id), None)
        kept = kept or (by_guid.get(story.guid) if story.guid else None)
        if kept is None:
            new.append(story)
        elif kept.id not in met:
            met.add(kept.id)
            if (story.title, story.summary) != (kept.title, kept.summary):
                again = kept.revisions + 1
                revised.append(replace(kept, title=story.title, summary=story.summary, revisions=again))
    return Sifted(tuple(new), tuple(revised))
