"""What waits for a person's review, and what a person says of it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.actions.model import action
from bot.answers.review import review_card, verdict_card, waiting_option
from bot.card import Card
from bot.commands.lookup import known_claim
from bot.commands.model import Context, Needs
from bot.commands.rights import may
from bot.controls import Menu
from bot.language import _
from bot.paging import page_of
from bot.phrases import shorten
from claims.errors import UsageError
from claims.model import Member, Stance
from claims.store import Store
from claims.text import one_line
from claims.verdicts import Verdict, VerdictKind, standing
from claims.workspaces import CONSOLE

LISTED = 10
WAITING = 200
"""Links that are looked for: twenty pages."""
UNDO = "undo"
KINDS = (*(kind.value for kind in VerdictKind), UNDO)
"""What can be said of a story."""

_NONE = "none"
_NAME = 60
_TYPED = 60


async def list_suggestions(context: Context, args: Mapping[str, str]) -> Card:
    """Return a page of the links that wait for a review, newest first; who may judge them chooses one."""
    waiting = await context.store.suggestions(WAITING + 1)
    found = waiting[:WAITING]
    page = page_of(found, args, LISTED)
    card = review_card(page, len(found), context.timezone, more=len(waiting) > WAITING)
    if not page.items or not may(context.asker, Needs.CHANGE):
        return card
    options = tuple(waiting_option(member, link) for member, link in page.items)
    return replace(card, controls=((Menu(action("judge"), _("Judge one"), options),),))


async def judge(context: Context, args: Mapping[str, str]) -> Card:
    """Record what a person says of a story, and return the story as the record has it then.

    Takes `story` and `kind`; and where the kind needs it `is`, what is right in place of what was read;
    `claim`, the one that is spoken of, where the story bears on several; and `by`, who says so.

    Raises:
        NotFound: there is no such story, claim or event.
        UsageError: the words do not fit the kind; says what to write.

    """
    store = context.store
    member, event_id = await store.find_story(args["story"])
    said = Verdict(
        workspace=context.workspace,
        person=shorten(one_line(args.get("by", "")), _NAME) or CONSOLE,
        at=context.clock(),
        story_id=member.story.id,
        kind=VerdictKind.RIGHT,
        shared=context.workspace == CONSOLE or context.shared_register,
    )
    if args["kind"].casefold() == UNDO:
        said = await _taken_back(store, said)
    else:
        said = await _filled(context, replace(said, kind=_kind(args["kind"])), args, member, event_id)
    await store.record_verdict(said)
    return verdict_card(said, *await store.find_story(member.story.id))


def _kind(typed: str) -> VerdictKind:
    try:
        return VerdictKind(typed.casefold())
    except ValueError:
        raise UsageError(
            _("There is no verdict “{typed}”\nSay one of {kinds}").format(
                typed=shorten(typed, _TYPED), kinds=", ".join(KINDS)
            )
        ) from None


async def _taken_back(store: Store, said: Verdict) -> Verdict:
    known = await store.verdicts([said.story_id], said.workspace)
    ours = [v for v in known.get(said.story_id, ()) if v.workspace == said.workspace]
    newest = standing(ours)[-1:]
    if not newest:
        raise UsageError(_("Nothing was said of this story that could be taken back"))
    return replace(newest[0], person=said.person, at=said.at, undone=True)


async def _filled(
    context: Context, said: Verdict, args: Mapping[str, str], member: Member, event_id: str | None
) -> Verdict:
    """Return a verdict with what its kind needs."""
    right, claim = args.get("is", ""), args.get("claim", "")
    match said.kind:
        case VerdictKind.RIGHT:
            claim_id = await _claim(context, member, claim or right)
            return replace(said, claim_id=claim_id, stance=_stance(member, claim_id))
        case VerdictKind.WRONG_CLAIM:
            claim_id = _linked(member, claim)
            other = None if right.casefold() in ("", _NONE) else (await known_claim(context, right)).id
            if other == claim_id:
                both = _("{claim} cannot be both wrong and right\nName the claim that is right")
                raise UsageError(both.format(claim=claim_id))
            stance = _stance(member, claim_id) if other else None
            return replace(said, claim_id=claim_id, right_claim=other, stance=stance)
        case VerdictKind.WRONG_STANCE:
            return replace(said, claim_id=_linked(member, claim), stance=_typed_stance(right))
        case VerdictKind.SAME_EVENT:
            return replace(said, event_id=await _event(context.store, right, event_id))
        case VerdictKind.NOT_RELEVANT | VerdictKind.OTHER_EVENT:
            if right or claim:
                alone = _("{kind} speaks of the story alone\nLeave out “{typed}”")
                raise UsageError(alone.format(kind=said.kind, typed=right or claim))
            return said


async def _claim(context: Context, member: Member, typed: str) -> str:
    """Return the claim that a story is right for: the one that is named, else the only one it bears on."""
    return (await known_claim(context, typed)).id if typed else _linked(member, "")


def _linked(member: Member, typed: str) -> str:
    """Return the claim that is named, else the only one, of those that a story bears on."""
    claims = [link.claim_id for link in member.reading.evidence]
    if typed.casefold() in claims:
        return typed.casefold()
    if not typed and len(claims) == 1:
        return claims[0]
    if not claims:
        raise UsageError(_("The story bears on no claim\nSay right, and the claim that it belongs to"))
    words = (
        _("The story does not bear on “{typed}”, but on {claims}\nName the claim that is meant")
        if typed
        else _("The story bears on {claims}\nName the claim that is meant")
    )
    raise UsageError(words.format(typed=shorten(typed, _TYPED), claims=", ".join(claims)))


def _stance(member: Member, claim_id: str) -> Stance:
    """Return how a story reads towards a claim, which is what a person sees who calls it right."""
    stances = {link.claim_id: link.stance for link in member.reading.evidence}
    return stances.get(claim_id, Stance.SUPPORTS)


def _typed_stance(typed: str) -> Stance:
    try:
        return Stance(typed.casefold())
    except ValueError:
        words = _("{kind} needs the right one\nSay {stances}")
        kind, stances = VerdictKind.WRONG_STANCE, ", ".join(Stance)
        raise UsageError(words.format(kind=kind, stances=stances)) from None


async def _event(store: Store, typed: str, now: str | None) -> str:
    """Return the event that is named by its id or by one of its stories."""
    if not typed:
        raise UsageError(
            _("{kind} needs the other event\nName it by its id or by one of its stories").format(
                kind=VerdictKind.SAME_EVENT
            )
        )
    event_id = typed if typed.startswith("e-") else (await store.find_story(typed))[1]
    if event_id is None:
        raise UsageError(_("That story is of no event, since it is not relevant\nName another of the event"))
    if event_id == now:
        raise UsageError(_("They are one event already"))
    return event_id
