"""Commands that only read: claims."""

import difflib
from collections.abc import Mapping

from bot.answers import CLAIMS, COUNTED, claim_card, claims_card
from bot.card import Card
from bot.commands.model import Context
from bot.paging import page_of
from bot.phrases import counted, shorten
from claims.errors import NotFound
from claims.model import Claim
from claims.text import fold

_NEAR = 3
_TYPED = 60


async def show_claim(context: Context, args: Mapping[str, str]) -> Card:
    """Return one claim with its figures, denials and newest evidence; takes `claim`, an id.

    Raises:
        NotFound: there is no such claim; names the nearest.

    """
    claim = await known_claim(context, args["claim"])
    told = await context.store.evidence(claim.id, COUNTED)
    return claim_card(
        claim,
        context.timezone,
        sightings=(await context.store.sightings([claim.id]))[claim.id],
        disputing=[
            denial
            for denial in await context.store.claims()
            if denial.id in claim.disputed_by or claim.id in denial.disputes
        ],
        evidence=told,
    )


async def known_claim(context: Context, typed: str) -> Claim:
    """Return the claim of a typed id.

    Raises:
        NotFound: there is no such claim; names the nearest.

    """
    register = {claim.id: claim for claim in await context.store.claims()}
    if found := register.get(typed.casefold()):
        return found
    near = difflib.get_close_matches(typed.casefold(), register, n=_NEAR, cutoff=0.4)
    advice = (
        f"Did you mean: {', '.join(near)}" if near else f"{context.spelled('claim list')} names all claims"
    )
    raise NotFound(f"There is no claim “{shorten(typed, _TYPED)}”\n{advice}")


async def search_claims(context: Context, args: Mapping[str, str]) -> Card:
    """Return a page of the claims that have all of `words`, else of those that have most of them."""
    words = args["words"]
    typed = f"“{shorten(words, _TYPED)}”"
    found = await context.store.search_claims(words)
    title = f"{counted(len(found), 'claim')} with {typed}"
    if not found:
        found = await _closest(context, words)
        title = f"No claim has all of {typed}; these have some of it"
    if not found:
        raise NotFound(f"No claim has any word of {typed}\n{context.spelled('claim list')} names all claims")
    return claims_card(title, page_of(found, args, CLAIMS), context.spelled)


async def _closest(context: Context, words: str) -> list[Claim]:
    """Return the claims that have the most of these words, in the order of the register."""
    hits: dict[str, int] = {}
    for word in dict.fromkeys(fold(words).split()):
        for claim in await context.store.search_claims(word):
            hits[claim.id] = hits.get(claim.id, 0) + 1
    seen = [claim for claim in await context.store.claims() if claim.id in hits]
    most = max((hits[claim.id] for claim in seen), default=0)
    return [claim for claim in seen if hits[claim.id] == most]


async def list_claims(context: Context, args: Mapping[str, str]) -> Card:
    """Return a page of the register."""
    claims = await context.store.claims()
    title = f"{counted(len(claims), 'claim')} tracked" if claims else "No claim is tracked"
    return claims_card(title, page_of(claims, args, CLAIMS), context.spelled)
