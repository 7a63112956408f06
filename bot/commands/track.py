"""A claim that somebody wants tracked: kept, and tried on what came before."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from string import ascii_lowercase, digits
from zoneinfo import ZoneInfo

from bot.answers_tracked import tracked_card
from bot.card import Card
from bot.claims_of_people import TAIL, claim_of, same_statement
from bot.commands.model import Context
from bot.language import _
from claims.errors import UsageError
from claims.matching.matcher import Matcher
from claims.model import Evidence, Member
from claims.visibility import visible
from claims.when import Day
from claims.workspaces import CONSOLE

BACK = timedelta(days=30)
"""How far it is tried on what came."""
TRIED = 2_000
"""Stories that it is tried on at most, the newest: a few seconds beside everything else."""
OWN_CLAIMS = 200
"""Claims of its own that a workspace may have, since every story of everybody is read against them."""


async def track(context: Context, entries: Mapping[str, str]) -> Card:
    """Track a claim from now on, and return it with what it would have matched lately.

    `entries` are those of `bot.claims_of_people.claim_of`. It is the asker's workspace's alone, unless the
    register is shared or it is the console's.

    Raises:
        UsageError: something is missing or cannot be read, it is tracked already, no story could fit it, or
            the workspace has `OWN_CLAIMS`.

    """
    now = context.clock()
    public = context.workspace == CONSOLE or context.shared_register
    claim = claim_of(
        entries,
        tail="".join(secrets.choice(ascii_lowercase + digits) for _letter in range(TAIL)),
        today=Day.of(now.astimezone(ZoneInfo(context.timezone)).date()),
        workspace=None if public else context.workspace,
    )
    listed = visible(await context.store.claims(), context.workspace)
    if same := same_statement(claim, listed):
        raise UsageError(_("{claim} says the same and is tracked").format(claim=same.id))
    if not public and sum(each.workspace == context.workspace for each in listed) >= OWN_CLAIMS:
        words = _("{count} claims of your own are tracked, which is the most").format(count=OWN_CLAIMS)
        raise UsageError(words + "\n" + _("claim retire CLAIM makes room"))
    matcher = await asyncio.to_thread(context.make_matcher, [claim], ())
    if not matcher.profiles[claim.id].need:
        words = _("No word of it is known, so no story could fit it")
        raise UsageError(words + "\n" + _("Name what it is about in other words"))
    events = await context.store.events_between(now - BACK, now)
    members = sorted((m for e in events for m in e.members), key=lambda m: m.story.at, reverse=True)
    found = await asyncio.to_thread(_matched, matcher, members[:TRIED])
    await context.store.keep_claim(claim)
    return tracked_card(claim, found, min(len(members), TRIED), context.timezone, own=not public)


def _matched(matcher: Matcher, members: Sequence[Member]) -> list[tuple[Member, Evidence]]:
    """Return the stories that bear on the one claim of a matcher surely enough to be told, in their order."""
    read = ((member, matcher.read(member.story)) for member in members)
    return [(m, link) for m, reading in read for link in reading.evidence[:1] if not link.suggested]
