"""Commands that only read: claims."""

import difflib
from collections.abc import Mapping

from bot.answers.claims import CLAIMS, COUNTED, claim_card, claims_card
from bot.card import Card
from bot.commands.model import Context
from bot.language import _, decimal, ngettext
from bot.paging import page_of
from bot.phrases import shorten
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
    said = (
        _("There is no claim “{typed}”\nDid you mean: {near}")
        if near
        else _("There is no claim “{typed}”\n{command} names all claims")
    )
    command = context.spelled("claim list")
    raise NotFound(said.format(typed=shorten(typed, _TYPED), near=", ".join(near), command=command))


async def search_claims(context: Context, args: Mapping[str, str]) -> Card:
    """Return a page of the claims that have all of `words`, else of those that have most of them."""
    words = args["words"]
    typed = shorten(words, _TYPED)
    found = await context.store.search_claims(words)
    title = ngettext("{count} claim with “{typed}”", "{count} claims with “{typed}”", len(found))
    if not found:
        found = await _closest(context, words)
        title = _("No claim has all of “{typed}”; these have some of it")
    if not found:
        none = _("No claim has any word of “{typed}”\n{command} names all claims")
        raise NotFound(none.format(typed=typed, command=context.spelled("claim list")))
    return claims_card(
        title.format(count=decimal(len(found)), typed=typed), page_of(found, args, CLAIMS), context.spelled
    )


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
    tracked = ngettext("{count} claim tracked", "{count} claims tracked", len(claims))
    title = tracked.format(count=decimal(len(claims))) if claims else _("No claim is tracked")
    return claims_card(title, page_of(claims, args, CLAIMS), context.spelled)
