"""Commands that keep the register: histories of claims, and claims retired, restored, merged or split."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.actions.model import action
from bot.actions.sharing import remembered
from bot.answers.care import history_card, restored_card, retiring_card, superseded_card
from bot.answers.tracked import retired_card
from bot.card import Card
from bot.commands.lookup import known_claim
from bot.commands.model import Context
from bot.commands.rights import changes
from bot.commands.track import WHY, editor, own_claim, refuse_foreign
from bot.controls import Button, Look, Row
from bot.language import _
from bot.paging import page_of
from claims.care import following
from claims.errors import NotFound, UsageError
from claims.matching.matcher import Matcher
from claims.model import Claim, Evidence, Member
from claims.text import one_line
from claims.workspaces import CONSOLE

EDITS = 10
"""Lines of a page."""
SURE = "sure"
MOST = 5
"""Claims that one is split into."""
_BATCH = 200
"""Stories that are read again at once, so that others wait for milliseconds."""


async def show_history(context: Context, args: Mapping[str, str]) -> Card:
    """Return what was done to `claim`, an id, by whom and why, newest first; of a retired one too.

    Raises:
        NotFound: there never was such a claim; names the nearest.

    """
    claim = await _kept_claim(context, args["claim"])
    page = page_of(await context.store.edits(claim.id), args, EDITS)
    return history_card(claim, page, context.workspace, context.timezone)


async def retire_claim(context: Context, args: Mapping[str, str]) -> Card:
    """Track the claim of `claim`, an id, no longer, because of `why`; its evidence is kept.

    Raises:
        NotFound: there is no such claim; names the nearest.
        UsageError: it is not the asker's to change, or no reason is given.

    """
    claim = await own_claim(context, args["claim"])
    why = _reason(args)
    await context.store.retire_claim(claim.id, editor(context, args))
    return retired_card(claim, why, context.spelled)


async def restore_claim(context: Context, args: Mapping[str, str]) -> Card:
    """Track the retired claim of `claim`, an id, again; what its merge or split linked is undone.

    Raises:
        NotFound: there never was such a claim; names the nearest.
        UsageError: it is tracked, or not the asker's to change.

    """
    claim = await _kept_claim(context, args["claim"])
    refuse_foreign(context, claim)
    if any(each.id == claim.id for each in await context.store.claims()):
        raise UsageError(_("{claim} is tracked already").format(claim=claim.id))
    await context.store.restore_claim(claim.id, editor(context, args))
    return restored_card(claim, context.spelled)


async def merge_claims(context: Context, args: Mapping[str, str]) -> Card:
    """Retire `claim`, an id, for `into`, which says the same, because of `why`; asks first without `sure`.

    Its stories bear on the other from then on, and what was told stays as it was told.

    Raises:
        NotFound: there is no such claim; names the nearest.
        UsageError: one is not the asker's to change, sees less people than the other, or no reason is given.

    """
    claim = await own_claim(context, args["claim"])
    into = await _in_its_place(context, claim, [args["into"]])
    _reason(args)
    if args.get(SURE) == "yes":
        stories = await context.store.merge_claim(claim.id, into[0].id, editor(context, args))
        return superseded_card(claim, into, stories, context.spelled)
    there = await context.store.bearing(into[0].id)
    stories = len(set(await context.store.bearing(claim.id)).difference(there))
    return await _asked(context, claim, into, stories, args)


async def split_claim(context: Context, args: Mapping[str, str]) -> Card:
    """Retire `claim`, an id, for those of `into`, two or more, because of `why`; asks first without `sure`.

    Its stories are read again, against those alone.

    Raises:
        NotFound: there is no such claim; names the nearest.
        UsageError: as for a merge, or there are not at least two or more than `MOST`.

    """
    claim = await own_claim(context, args["claim"])
    named = list(dict.fromkeys(each.strip() for each in args["into"].split(",") if each.strip()))
    if not 2 <= len(named) <= MOST:
        expected = _("into: expected the ids of {least} to {most} claims, with commas between")
        raise UsageError(expected.format(least=2, most=MOST) + "\n" + _add(context))
    into = await _in_its_place(context, claim, named)
    _reason(args)
    links = await _read_again(context, claim, into)
    if args.get(SURE) == "yes":
        ids = [each.id for each in into]
        stories = await context.store.split_claim(claim.id, ids, links, editor(context, args))
        return superseded_card(claim, into, stories, context.spelled)
    return await _asked(context, claim, into, len({each.story_id for each in links}), args)


async def _read_again(context: Context, claim: Claim, into: Sequence[Claim]) -> list[Evidence]:
    """Return how the stories of a claim bear on others, those included that come while they are read."""
    matcher = await asyncio.to_thread(context.make_matcher, into, ())
    links: list[Evidence] = []
    read: set[str] = set()
    while waiting := [each for each in await context.store.bearing(claim.id) if each not in read]:
        for start in range(0, len(waiting), _BATCH):
            members = await context.store.members(waiting[start : start + _BATCH])
            links += await asyncio.to_thread(_new_links, matcher, [member for member, _event in members])
        read.update(waiting)
    return links


def _new_links(matcher: Matcher, members: Sequence[Member]) -> list[Evidence]:
    return [
        link
        for member in members
        for link in matcher.read(member.story).evidence
        if all(each.claim_id != link.claim_id for each in member.reading.evidence)
    ]


async def _asked(
    context: Context,
    claim: Claim,
    into: Sequence[Claim],
    stories: int,
    args: Mapping[str, str],
) -> Card:
    why = _reason(args)
    ids = ",".join(each.id for each in into)
    values = {"claim": claim.id, "into": ids, "why": why, SURE: "yes"}
    quoted = why.replace('"', "'")
    command = f"claim {'merge' if len(into) == 1 else 'split'}"
    again = context.spelled(f'{command} {claim.id} {ids} {context.spelled.yes(SURE)} "{quoted}"')
    return retiring_card(claim, into, stories, again, await _doing(context, command, values))


async def _doing(context: Context, command: str, values: Mapping[str, str]) -> tuple[Row, ...]:
    if context.workspace == CONSOLE:
        return ()
    label = _("Split") if "," in values["into"] else _("Merge")
    key = await remembered(context, command, values)
    return ((Button(label, action("supersede", key), Look.DANGER),),)


async def _in_its_place(context: Context, claim: Claim, named: Sequence[str]) -> list[Claim]:
    """Return the claims that are to stand in the place of another: all who see that one must see them."""
    into = []
    for each in named:
        found = await known_claim(context, each)
        if found.id == claim.id:
            raise UsageError(_("into: expected another claim than {claim}").format(claim=claim.id))
        if found.workspace not in (None, claim.workspace):
            fewer = _("{other} is not seen by all who see {claim}").format(other=found.id, claim=claim.id)
            raise UsageError(fewer + "\n" + _("Name one that all see"))
        if not changes(context, found):
            raise _for_all(context, claim, found)
        into.append(found)
    _refuse_circle(claim, into, await context.store.claims())
    return into


def _for_all(context: Context, claim: Claim, found: Claim) -> UsageError:
    """Return the refusal of everybody's claim: what is linked to it counts for all who see it."""
    words = _("{claim} is your own, and its stories would bear on {other} for everybody")
    retire = _("{retire} tracks yours no longer").format(retire=context.spelled("claim retire"))
    return UsageError(words.format(claim=claim.id, other=found.id) + "\n" + retire)


def _refuse_circle(claim: Claim, into: Sequence[Claim], listed: Sequence[Claim]) -> None:
    """Refuse what makes a claim a part of itself: parts of the retired one become parts of the others."""
    replaced = {claim.id: tuple(each.id for each in into)}
    parents = {each.id: following(each, replaced).parent for each in listed}
    for each in into:
        above, seen = parents[each.id], {each.id}
        while above and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above:
            circle = _("into: {other} is a part of a part of {claim}").format(other=each.id, claim=claim.id)
            raise UsageError(circle + "\n" + _("Change what it is a part of first"))


async def _kept_claim(context: Context, typed: str) -> Claim:
    """Return a claim that is tracked, or was.

    Raises:
        NotFound: there never was one of that id; names the nearest that is tracked.

    """
    retired = (await context.store.register()).get(typed.casefold())
    try:
        return await known_claim(context, typed)
    except NotFound:
        if retired is None:
            raise
        return retired


def _reason(args: Mapping[str, str]) -> str:
    why = one_line(args.get("why", ""))
    if not why:
        raise UsageError(_("why: expected a reason") + "\n" + _("It is kept in the history of the claim"))
    if len(why) > WHY:
        raise UsageError("why: " + _("expected at most {count} characters").format(count=WHY))
    return why


def _add(context: Context) -> str:
    return _("{track} adds one of your own").format(track=context.spelled("claim track"))
