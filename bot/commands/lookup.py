"""Commands that only read: claims, the last day."""

import difflib
from collections.abc import Mapping
from datetime import timedelta

from bot.answers import COUNTED, claim_card, claims_card
from bot.card import Card
from bot.commands.model import Context
from bot.phrases import counted, shorten
from bot.present import digest_card
from claims.digest import summarise
from claims.errors import NotFound
from claims.model import Claim
from claims.outgoing import Digest
from claims.store import ClaimBook
from claims.subscriptions import Subscription
from claims.text import fold

_NEAR = 3
_TYPED = 60
_DAY = timedelta(days=1)


async def show_claim(context: Context, args: Mapping[str, str]) -> Card:
    """Return one claim with its figures, denials and newest evidence; takes `claim`, an id.

    Raises:
        NotFound: there is no such claim; names the nearest.

    """
    store = context.store
    claim = await known_claim(context, args["claim"])
    sightings = await store.sightings([claim.id])
    register = {other.id: other for other in await store.claims()}
    return claim_card(
        claim,
        context.timezone,
        sightings=sightings.get(claim.id, ()),
        disputing=[register[denial] for denial in claim.disputed_by if denial in register],
        evidence=await store.evidence(claim.id, COUNTED),
    )


async def known_claim(context: Context, typed: str) -> Claim:
    """Return the claim of a typed id.

    Raises:
        NotFound: there is no such claim; names the nearest.

    """
    try:
        return await context.store.claim(typed.casefold())
    except NotFound:
        ids = [claim.id for claim in await context.store.claims()]
        near = difflib.get_close_matches(typed.casefold(), ids, n=_NEAR, cutoff=0.4)
        advice = (
            f"Did you mean: {', '.join(near)}"
            if near
            else f"{context.spelled('claim list')} names all claims"
        )
        raise NotFound(f"There is no claim “{shorten(typed, _TYPED)}”\n{advice}") from None


async def search_claims(context: Context, args: Mapping[str, str]) -> Card:
    """Return the claims that have all of `words`, else those that have most of them."""
    words = args["words"]
    typed = f"“{shorten(words, _TYPED)}”"
    found = await context.store.search_claims(words)
    if found:
        return claims_card(f"{counted(len(found), 'claim')} with {typed}", found, context.spelled)
    closest = await _closest(context.store, words)
    if closest:
        return claims_card(f"No claim has all of {typed}; these have some of it", closest, context.spelled)
    raise NotFound(f"No claim has any word of {typed}\n{context.spelled('claim list')} names all claims")


async def _closest(store: ClaimBook, words: str) -> list[Claim]:
    """Return the claims that have the most of these words, in the order of the register."""
    hits: dict[str, int] = {}
    for word in dict.fromkeys(fold(words).split()):
        for claim in await store.search_claims(word):
            hits[claim.id] = hits.get(claim.id, 0) + 1
    most = max(hits.values(), default=0)
    return [claim for claim in await store.claims() if hits.get(claim.id) == most]


async def list_claims(context: Context, args: Mapping[str, str]) -> Card:  # noqa: ARG001 - the table's shape
    """Return the register."""
    claims = await context.store.claims()
    title = f"{counted(len(claims), 'claim')} tracked" if claims else "No claim is tracked"
    return claims_card(title, claims, context.spelled)


async def last_day(context: Context, args: Mapping[str, str]) -> Card:  # noqa: ARG001 - the table's shape
    """Return the digest of the last 24 hours."""
    now = context.clock()
    digest = Digest(key="", destination="", since=now - _DAY, until=now, timezone=context.timezone)
    activity = await context.store.activity(digest.since, digest.until)
    everything = Subscription(digest.destination, workspace=context.workspace)
    summary = summarise(activity, await context.store.claims(), digest, everything)
    return digest_card(digest, summary, context.timezone)
