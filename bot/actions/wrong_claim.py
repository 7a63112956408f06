"""What people say of an alert that is linked to the wrong claim: which one, and where it belongs."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.actions.model import Action, Press, action
from bot.actions.verdicts import link_to, named, say, seen_by, told, verdicts
from bot.card import Card
from bot.commands.model import Context, Needs
from bot.controls import OPTIONS, Button, Entry, Form, Menu, Option, Row
from bot.happening import Happening
from bot.language import N_, _
from bot.phrases import shorten
from bot.replies import Reply
from claims.errors import NotFound
from claims.model import Claim, Evidence, Story
from claims.text import one_line
from claims.verdicts import VerdictKind
from claims.visibility import visible

_NONE = "_"
"""What is chosen where the story belongs to no claim that is tracked; no claim has such an id."""
_ABOUT = 100
"""Characters of an option's description
(https://discord.com/developers/docs/components/reference#string-select-select-option-structure)."""
_TYPED = 60
_WORDS = 100


async def _wrong(context: Context, press: Press) -> Reply:
    """Ask which claim is wrong, where the alert bears on several and none is named, else where it belongs."""
    event_id, claim_id = named(press)
    seen = told(await seen_by(context, event_id))
    links = seen.briefing.alert.links
    chosen = press.chosen[0] if press.chosen else claim_id
    if chosen or len(links) == 1:
        link = link_to(seen, chosen or links[0].claim_id)
        likely = await _likely(context, seen, link)
        title = _("Where does it belong, if not to {claim}?").format(claim=link.claim_id)
        card = Card(title=title, controls=_right_claims(seen, link, likely))
        return Reply(card, redraws=bool(press.chosen), noted="")
    which = Menu(
        action("wrong-claim", seen.event_id),
        _("Choose the claim that is wrong"),
        _options(claim for claim in seen.briefing.claims[:OPTIONS]),
    )
    return Reply(Card(title=_("Which claim is it wrong about?"), controls=((which,),)), noted="")


async def _right(context: Context, press: Press) -> Reply:
    """Record that the stories of the event do not bear on a claim, and on which they do, if on any.

    As with what is not relevant, that is every story that bears on it: they report one happening.
    """
    event_id, wrong = named(press)
    seen = await seen_by(context, event_id)
    link = link_to(seen, wrong)
    right = None if press.chosen[0] == _NONE else press.chosen[0]
    if right is not None and right not in seen.register:
        raise NotFound(_("There is no claim “{claim}”").format(claim=shorten(right, _TYPED)))
    borne = {member.story.id: link.stance for member, link in seen.bearing(wrong)}
    said = [
        replace(each, claim_id=wrong, right_claim=right, stance=borne[each.story_id] if right else None)
        for each in verdicts(context, borne, VerdictKind.WRONG_CLAIM)
    ]
    title = (
        _("Noted: it is about {right}, not {claim}") if right else _("Noted: it is not about {claim}")
    ).format(right=right, claim=link.claim_id)
    return replace(await say(context, seen, title, said), redraws=True)


async def _find(context: Context, press: Press) -> Form:  # noqa: ARG001 - the table's shape
    """Ask for the words of a claim."""
    event_id, wrong = named(press)
    words = Entry("words", _("Words of the claim"), hint=_("oil cap, shells, Vostochny"), most=_WORDS)
    return Form(_("Search for the right claim"), action("found", event_id, wrong), (words,))


async def _found(context: Context, press: Press) -> Reply:
    """Offer the claims that have the words which were typed."""
    event_id, wrong = named(press)
    seen = await seen_by(context, event_id)
    link = link_to(seen, wrong)
    words = one_line(press.entries.get("words", ""))
    found = [each for each in await context.store.search_claims(words) if each.id in seen.register]
    found = [each for each in found if each.id != wrong]
    title = _("Claims with “{typed}”") if found else _("No other claim has all of “{typed}”")
    card = Card(title=title.format(typed=shorten(words, _TYPED)), controls=_right_claims(seen, link, found))
    return Reply(card, redraws=True, noted="")


async def _likely(context: Context, seen: Happening, link: Evidence) -> list[Claim]:
    """Return the claims that a story may belong to, the nearest first; then the others of the register."""
    listed = visible(await context.store.claims(), context.workspace)
    story = next(m.story for m in seen.briefing.event.members if m.story.id == link.story_id)
    # Reading a register takes longer than the other askers and the gateway should wait for.
    ranked = await asyncio.to_thread(_ranked, context, listed, story)
    near = {claim_id: place for place, claim_id in enumerate(ranked)}
    borne = {each.claim_id for each in seen.briefing.alert.links}
    others = [claim for claim in listed if claim.id not in borne]
    return sorted(others, key=lambda claim: near.get(claim.id, len(near)))


def _ranked(context: Context, claims: Sequence[Claim], story: Story) -> list[str]:
    return [found.claim_id for found in context.make_matcher(claims, ()).rank(story, far=True)]


def _right_claims(seen: Happening, wrong: Evidence, found: Sequence[Claim]) -> tuple[Row, ...]:
    none = Option(_("None of these"), _NONE, _("It belongs to no claim that is tracked"))
    key = (seen.event_id, wrong.claim_id)
    menu = Menu(
        action("right-claim", *key),
        _("Choose the claim that it belongs to"),
        (*_options(found[: OPTIONS - 1]), none),
    )
    search = Button(_("Search"), action("find", *key))
    track = Button(_("Track as new claim"), action("track", seen.event_id))
    return ((menu,), (search, track))


def _options(claims: Iterable[Claim]) -> tuple[Option, ...]:
    return tuple(Option(c.id, c.id, shorten(one_line(c.statement), _ABOUT)) for c in claims)


ACTIONS = (
    Action("wrong-claim", _wrong, N_("Wrong claim"), needs=Needs.CHANGE, asks=True),
    Action("right-claim", _right, N_("Wrong claim"), needs=Needs.CHANGE),
    Action("find", _find, N_("Search"), needs=Needs.CHANGE, form=True),
    Action("found", _found, N_("Search"), needs=Needs.CHANGE),
)
