"""Commands that only read: claims."""

import asyncio
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.actions.model import action
from bot.actions.sharing import leading_on
from bot.answers.care import gone_words
from bot.answers.claims import CLAIMS, claims_card, with_menu
from bot.answers.dossier import dossier_card
from bot.answers.standing import has_more
from bot.bearing import bearing_on
from bot.card import Card
from bot.commands.model import Context
from bot.commands.rights import changes
from bot.commands.spelling import COMMAND_LINE
from bot.controls import Button
from bot.language import _, decimal, ngettext
from bot.paging import page_of
from bot.phrases import shorten
from claims.dossier import Dossier, dossier
from claims.errors import NotFound
from claims.model import Claim
from claims.text import fold
from claims.workspaces import CONSOLE

ALL = "all"
"""What asks for a whole dossier: in chat its timeline is a button away, and tells more."""
_NEAR = 3
_ALIKE = 0.5
"""How much of an id must be what was typed (`difflib.SequenceMatcher.ratio`) to be meant perhaps."""
_TYPED = 60


async def show_claim(context: Context, args: Mapping[str, str]) -> Card:
    """Return the dossier of a claim, with buttons to its history.

    Takes `claim`, an id, and on the command line `all`: `yes` tells the day and story of every reason.

    Raises:
        NotFound: there is no such claim; names the nearest.

    """
    claim = await known_claim(context, args["claim"])
    found = await dossier_of(context, claim)
    leads = {
        ("claim", "timeline"): _("Timeline"),
        ("claim", "figures"): _("Figures"),
        ("claim", "history"): _("History"),
    }
    controls = await leading_on(context, leads, {"claim": claim.id})
    if controls and context.asker.may_change and changes(context, claim):
        retire = Button(_("Retire"), action("retire", claim.id), rare=True)
        controls = ((*controls[0], retire),)
    whole = args.get(ALL) == "yes"
    card = dossier_card(found, context.timezone, controls, whole=whole)
    if context.spelled != COMMAND_LINE or whole or not has_more(found):
        return card
    return replace(card, footer=_("{option} tells the day and story of each").format(option=f"--{ALL}"))


async def dossier_of(context: Context, claim: Claim) -> Dossier:
    """Return the dossier of a claim as the asker's workspace sees it."""
    told = await bearing_on(context.store, claim.id)
    return await asyncio.to_thread(
        dossier,
        claim,
        told,
        await context.store.alerts({event for _member, _link, event in told if event}),
        {each.id: each for each in await context.store.claims()},
        await context.store.edits(claim.id),
        context.who,
    )


async def known_claim(context: Context, typed: str) -> Claim:
    """Return the claim of a typed id.

    Raises:
        NotFound: there is no such claim, and the nearest are named; or there was one, and it is told what
            became of it.

    """
    named = typed.casefold()
    register = {claim.id: claim for claim in await context.store.claims()}
    if found := register.get(named):
        return found
    if retired := (await context.store.register()).get(named):
        raise NotFound(await _gone(context, retired))
    near = difflib.get_close_matches(named, register, n=_NEAR, cutoff=_ALIKE)
    said = (
        _("There is no claim “{typed}”\nDid you mean: {near}")
        if near
        else _("There is no claim “{typed}”\n{command} names all claims")
    )
    command = context.spelled("claim list")
    raise NotFound(said.format(typed=shorten(typed, _TYPED), near=", ".join(near), command=command))


async def _gone(context: Context, retired: Claim) -> str:
    """Return what became of a claim that was tracked, and how it is tracked again by whoever may do so."""
    edits = await context.store.edits(retired.id)
    said = gone_words(retired, next((each for each in edits if each.after is None), None), context.timezone)
    if not (context.asker.may_change and changes(context, retired)):
        return said
    again = _("{command} undoes it").format(command=context.spelled(f"claim restore {retired.id}"))
    return f"{said}\n{again}"


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
    return _listed(context, title.format(count=decimal(len(found)), typed=typed), found, args)


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
    """Return a page of the register, or of the claims of `tag`.

    Raises:
        NotFound: no claim has that tag; names those that there are.

    """
    claims = await context.store.claims()
    if tag := fold(args.get("tag", "")):
        tagged = [claim for claim in claims if tag in claim.tags]
        if not tagged:
            tags = sorted({each for claim in claims for each in claim.tags})
            none = _("No claim has the tag “{tag}”\nThere are: {tags}")
            raise NotFound(none.format(tag=shorten(tag, _TYPED), tags=", ".join(tags) or "–"))
        title = ngettext("{count} claim of {tag}", "{count} claims of {tag}", len(tagged))
        return _listed(context, title.format(count=decimal(len(tagged)), tag=tag), tagged, args)
    tracked = ngettext("{count} claim tracked", "{count} claims tracked", len(claims))
    title = tracked.format(count=decimal(len(claims))) if claims else _("No claim is tracked")
    return _listed(context, title, claims, args)


def _listed(context: Context, title: str, claims: Sequence[Claim], args: Mapping[str, str]) -> Card:
    """Return a page of claims, and where there are menus one from which any can be shown."""
    page = page_of(claims, args, CLAIMS)
    card = claims_card(title, page, context.spelled)
    return card if context.workspace == CONSOLE else with_menu(card, page)
