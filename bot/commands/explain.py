"""Commands that give reasons: why a story was told or not, and how a claim is recognised."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.answers.candidates import SHOWN, candidates_card
from bot.answers.profile import profile_card
from bot.answers.why import NEAREST, account_card
from bot.card import Card
from bot.commands.lookup import known_claim
from bot.commands.model import Context
from bot.commands.parse import address
from bot.language import _
from bot.paging import page_of
from bot.phrases import shorten
from claims.candidates import candidates
from claims.errors import NotFound
from claims.matching.prototypes import Prototype, prototypes_of
from claims.matching.recognition import Recognition, recognition
from claims.model import Claim
from claims.outgoing import Account
from claims.seeding import claim_id
from claims.text import one_line
from claims.when import Day
from claims.why import Today, delivered_to, today

WEEK = timedelta(days=7)
_TYPED = 60
_FEW = 8
"""Words of a concept that a chat shows."""


async def why_story(context: Context, args: Mapping[str, str]) -> Card:
    """Return what became of the story of `story`, an address or an id; the told one, where feeds share it.

    Raises:
        NotFound: no such story is kept; says where to look.

    """
    found, languages = await explained(context, args["story"])
    (account, now), *others = sorted(found, key=lambda pair: pair[0].alert is None)
    rest = [other for other, _today in others]
    return account_card(account, now, languages, context.timezone, context.workspace, rest)


async def list_candidates(context: Context, args: Mapping[str, str]) -> Card:
    """Return a page of the last week's happenings that fit no claim and are told by several families."""
    now = context.clock()
    events = await context.store.events_between(now - WEEK, now)
    found = candidates(events)
    return candidates_card(page_of(found, args, SHOWN), len(found), context.timezone, context.spelled)


async def show_profile(context: Context, args: Mapping[str, str]) -> Card:
    """Return how the claim of `claim`, an id or a sentence that nobody keeps, is recognised, in English.

    Raises:
        NotFound: it looks like an id, and there is no such claim; names the nearest.

    """
    found, _languages = await recognised(context, args["claim"])
    return profile_card(found, ("en",), _FEW)


async def recognised(context: Context, typed: str, said_by: str = "") -> tuple[Recognition, list[str]]:
    """Return how a claim, by its id, or a sentence is recognised, and the languages that are read.

    Raises:
        NotFound: it looks like an id, and there is no such claim.

    """
    try:
        claim = await known_claim(context, claim_id(typed.casefold()))
    except ValueError:
        claim = Claim("", one_line(typed), said_by, Day.of(context.clock()))
    matcher = context.make_matcher([claim], ())
    return recognition(claim, matcher), sorted(matcher.lexicon.languages)


async def explained(context: Context, named: str) -> tuple[list[tuple[Account, Today]], frozenset[str]]:
    """Return the stories of an address or an id, or of how one begins, beside what today says of them.

    The second value is the languages that are read.

    Raises:
        NotFound: no such story is kept, or several begin so.

    """
    wanted = address(named)
    accounts = await context.store.accounts(wanted) or await _beginning(context, wanted)
    subscriptions = await context.store.subscriptions()
    claims = await context.store.claims()
    prototypes = tuple(prototypes_of(await context.store.judged()))
    own = [delivered_to(account, subscriptions) for account in accounts]
    return await asyncio.to_thread(_today, context, claims, prototypes, own)


def _today(
    context: Context, claims: Sequence[Claim], prototypes: Sequence[Prototype], accounts: Sequence[Account]
) -> tuple[list[tuple[Account, Today]], frozenset[str]]:
    matcher = context.make_matcher(claims, prototypes)
    register = frozenset(claim.id for claim in claims)
    read = [(account, today(account, matcher, register, NEAREST)) for account in accounts]
    return read, frozenset(matcher.lexicon.languages)


async def _beginning(context: Context, wanted: str) -> list[Account]:
    try:
        member, _event = await context.store.find_story(shorten(wanted, _TYPED))
    except NotFound as none:
        raise NotFound(
            _(
                "{error}\n{command} says which feeds are read and how they do; "
                "what a feed no longer lists never came\n"
                "On the command line {typed} reads any story as if it had come"
            ).format(error=none, command=context.spelled("feed list"), typed="claimwatch match")
        ) from none
    return await context.store.accounts(member.story.id)
