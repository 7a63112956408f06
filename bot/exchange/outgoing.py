"""Claims out of the store into a file, one after the other: a large register takes little room."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO

from bot.bearing import bearing_on
from bot.exchange.model import Export, Format
from bot.language import speaking
from claims.dossier import Dossier, dossier
from claims.edition import Edition, register_digest
from claims.independence import Who
from claims.model import Claim
from claims.store import Store

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
        told = await bearing_on(store, claim.id)
        # How it stands goes by all that bears on it, whatever is given of that.
        whole = await asyncio.to_thread(dossier, claim, told, {}, register, (), who)
        since = export.since
        yield replace(whole, told=tuple(each for each in told if since is None or each[0].story.at >= since))
