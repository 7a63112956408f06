"""Claims out of the store into a file, one after the other: a large register takes little room."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO

from bot.exchange.model import Export, Format
from bot.language import speaking
from claims.dossier import Dossier, Told, dossier
from claims.edition import Edition, register_digest
from claims.lookups import StorySearch
from claims.model import Claim
from claims.standing import Who
from claims.store import Store

BATCH = 500
"""Stories that are read at once, so that a bot which writes meanwhile never waits long."""
_ALL = 2**31

Progress = Callable[[int, int], None]
"""Is told how many claims of how many are done."""


def chosen(
    claims: Sequence[Claim], ids: Collection[str] = (), tags: Collection[str] = ()
) -> tuple[Claim, ...]:
    """Return the claims of these ids or tags, in their order; all where neither is given."""
    if not ids and not tags:
        return tuple(claims)
    return tuple(claim for claim in claims if claim.id in ids or not set(tags).isdisjoint(claim.tags))


async def edition_of(store: Store, claims: Sequence[Claim], now: datetime, version: str) -> Edition:
    """Return the edition of the register that these claims are."""
    edits = [edits[0].at for claim in claims if (edits := await store.edits(claim.id))]
    return Edition(now, version, register_digest(claims), max(edits, default=None))


async def write(
    form: Format,
    out: BinaryIO,
    export: Export,
    store: Store,
    claims: Sequence[Claim],
    who: Who,
    progress: Progress = lambda _done, _of: None,
) -> None:
    """Write an export; what is in memory at once is what bears on one claim.

    Args:
        form: the format.
        out: where it goes.
        export: what it holds.
        store: the store as whoever asked sees it.
        claims: all claims that they see, which may answer each other.
        who: whom names mean (`claims.standing`).
        progress: is told how far it is.

    Raises:
        StoreError: the store cannot be read.

    """
    # Files are read far from where they were made: they are in English, whoever asked.
    with speaking("en"):
        writer = form.begin(out, export)
        count = 0
        async for each in _dossiers(store, export, claims, who):
            await asyncio.to_thread(writer.add, each)
            count += 1
            progress(count, len(export.claims))
        await asyncio.to_thread(writer.end)


async def _dossiers(
    store: Store, export: Export, claims: Sequence[Claim], who: Who
) -> AsyncIterator[Dossier]:
    register = {claim.id: claim for claim in claims}
    for claim in export.claims:
        told = [each async for each in _told(store, claim.id)]
        # How it stands goes by all that bears on it, whatever is given of that.
        whole = await asyncio.to_thread(dossier, claim, told, {}, register, (), who)
        since = export.since
        yield replace(whole, told=tuple(each for each in told if since is None or each[0].story.at >= since))


async def _told(store: Store, claim_id: str) -> AsyncIterator[Told]:
    """Yield what bears on a claim, newest first, then by id."""
    ids = await store.found_stories(StorySearch(claim_id=claim_id), _ALL)
    for at in range(0, len(ids), BATCH):
        found = {m.story.id: (m, event) for m, event in await store.members(ids[at : at + BATCH])}
        for member, event in (found[story_id] for story_id in ids[at : at + BATCH] if story_id in found):
            link = next((each for each in member.reading.evidence if each.claim_id == claim_id), None)
            if link is not None:
                yield member, link, event
