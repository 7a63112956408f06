"""What bears on a claim, read in batches: the one reader behind dossiers, their lists and exports."""

from claims.dossier import Told
from claims.lookups import StorySearch
from claims.store import Store

BATCH = 500
"""Stories that are read at once, so that a bot which writes meanwhile never waits long."""
_ALL = 2**31
"""More stories than a claim can have: a limit is asked for."""


async def bearing_on(store: Store, claim_id: str) -> list[Told]:
    """Return every story that bears on a claim, as whoever the store is seen by reads it.

    The newest comes first, then by id. A standing is counted over all of them: over some it would say less
    the more is told.

    Raises:
        StoreError: the store cannot be read.

    """
    ids = await store.found_stories(StorySearch(claim_id=claim_id), _ALL)
    told: list[Told] = []
    for start in range(0, len(ids), BATCH):
        for member, event in await store.members(ids[start : start + BATCH]):
            told += [(member, link, event) for link in member.reading.evidence if link.claim_id == claim_id]
    told.sort(key=lambda each: (-each[0].story.at.timestamp(), each[0].story.id))
    return told
