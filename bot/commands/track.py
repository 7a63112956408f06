"""Claims that people add and change: kept, and tried on what came before."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.answers.tracked import edited_card, tracked_card
from bot.card import Card
from bot.commands.claim_of import FIELDS, claim_of, edited, same_statement
from bot.commands.lookup import known_claim
from bot.commands.model import Context, Needs
from bot.commands.rights import changes, changes_register
from bot.language import _, decimal
from claims.care import Editor
from claims.errors import UsageError
from claims.lookups import StorySearch
from claims.matching.matcher import Matcher
from claims.matching.recognition import Recognition, recognition
from claims.model import Claim, Evidence, Member
from claims.text import one_line
from claims.when import Day

BACK = timedelta(days=30)
"""How far a new claim is tried on what came."""
TRIED = 2_000
"""Stories of the matter that it is tried on at most, the newest, and as many of any kind: some seconds."""
WHY = 300
"""Characters of a reason."""
OWN_CLAIMS = 200
"""Claims of its own that a workspace may have, since every story of everybody is read against them.

So many cost 1.5 to 2 ms of one core for each story of the matter, beside 1.2 ms for the register that ships,
and 0.1 s whenever any claim changes. Both grow with their number (measured with up to 5,000).
"""
GUEST_CLAIMS = 1_000
"""Claims of their own that all workspaces which nobody named may have together: some 8 ms a story. Anybody
can invite the bot where `discord.guilds` is empty."""


async def track(context: Context, entries: Mapping[str, str]) -> Card:
    """Track a claim from now on, and return it with its words and with what it would have matched lately.

    `entries` are those of `bot.commands.claim_of`. It is the asker's workspace's alone, unless the register
    is shared or it is the console's.

    Raises:
        UsageError: something is missing or cannot be read, it is tracked already, no story could fit it, or
            the workspace has `OWN_CLAIMS` or, where nobody named it, all such together have `GUEST_CLAIMS`.

    """
    listed = await context.store.claims()
    public = changes_register(context)
    claim = claim_of(
        entries,
        await context.store.register(),
        workspace=None if public else context.workspace,
        today=_today(context),
    )
    _refuse_double(claim, listed)
    if not public:
        await refuse_many(context, sum(each.workspace == context.workspace for each in listed))
    matcher, found = await _recognised(context, claim)
    members = await _lately(context)
    matched = await asyncio.to_thread(_matched, matcher, members)
    await context.store.keep_claim(claim, editor(context, entries))
    return tracked_card(found, matched, len(members), context.timezone, context.spelled)


async def edit_claim(context: Context, args: Mapping[str, str]) -> Card:
    """Change fields of the claim of `claim`, an id, and return what they were and are.

    Raises:
        NotFound: there is no such claim; names the nearest.
        UsageError: it is not the asker's to change, nothing was named, or a field cannot be read.

    """
    before = await own_claim(context, args["claim"])
    entries = {name: args[name] for name in FIELDS if args.get(name)}
    after = edited(before, entries, await context.store.register(), _today(context))
    if after == before:
        fields = ", ".join(f"{name}=" for name in FIELDS)
        raise UsageError(
            _("Nothing would change") + "\n" + _("Name what should: {fields}").format(fields=fields)
        )
    _refuse_double(after, await context.store.claims())
    _matcher, found = await _recognised(context, after)
    await context.store.keep_claim(after, editor(context, args))
    return edited_card(before, found)


def editor(context: Context, args: Mapping[str, str]) -> Editor:
    """Return who asks as who edits a claim, with their `why`."""
    return Editor(context.asker.reference, context.workspace, one_line(args.get("why", ""))[:WHY])


async def own_claim(context: Context, typed: str) -> Claim:
    """Return a claim that the asker may change.

    Raises:
        NotFound: there is no such claim; names the nearest.
        UsageError: it is not the asker's to change.

    """
    claim = await known_claim(context, typed)
    refuse_foreign(context, claim)
    return claim


def refuse_foreign(context: Context, claim: Claim) -> None:
    """Refuse to change everybody's claim but where the register is shared, or at the console.

    Raises:
        UsageError: it is not the asker's to change.

    """
    if not changes(context, claim):
        words = _("{claim} is everybody's, and whoever runs the bot changes it").format(claim=claim.id)
        own = _("{track} adds one of your own").format(track=context.spelled("claim track"))
        raise UsageError(f"{words}\n{own}")


def _today(context: Context) -> Day:
    return Day.of(context.clock().astimezone(ZoneInfo(context.timezone)).date())


def _refuse_double(claim: Claim, listed: Sequence[Claim]) -> None:
    if same := same_statement(claim, listed):
        raise UsageError(_("{claim} says the same and is tracked").format(claim=same.id))


async def refuse_many(context: Context, own: int) -> None:
    """Refuse one more claim of a workspace's own; `own` is how many it has."""
    if own >= OWN_CLAIMS:
        words = _("{count} claims of your own are tracked, which is the most").format(count=OWN_CLAIMS)
        room = _("{retire} makes room").format(retire=context.spelled("claim retire CLAIM"))
        raise UsageError(f"{words}\n{room}")
    if not context.asker.named and await context.store.guest_claims() >= GUEST_CLAIMS:
        words = _("Workspaces that nobody named track {count} claims of their own, which is the most")
        how = _(context.asker.needs.get(Needs.SHARED, ""))
        raise UsageError(f"{words.format(count=decimal(GUEST_CLAIMS))}\n{how}".strip())


async def _recognised(context: Context, claim: Claim) -> tuple[Matcher, Recognition]:
    """Return how a claim is recognised, by a matcher that knows it alone.

    Raises:
        UsageError: no story could fit it.

    """
    matcher = await asyncio.to_thread(context.make_matcher, [claim], ())
    if not matcher.profiles[claim.id].need:
        words = _("No word of it is known, so no story could fit it")
        raise UsageError(words + "\n" + _("Name what it is about in other words"))
    return matcher, recognition(claim, matcher)


async def _lately(context: Context) -> list[Member]:
    """Return the newest stories of the matter, and the newest of any kind, of the last 30 days."""
    now = context.clock()
    events = await context.store.events_between(now - BACK, now)
    told = sorted((m for e in events for m in e.members), key=lambda m: m.story.at, reverse=True)[:TRIED]
    newest = await context.store.found_stories(StorySearch(since=now - BACK), TRIED)
    known = {member.story.id for member in told}
    others = await context.store.members([story_id for story_id in newest if story_id not in known])
    return [*told, *(member for member, _event in others)]


def _matched(matcher: Matcher, members: Sequence[Member]) -> list[tuple[Member, Evidence]]:
    """Return the stories that bear on the one claim of a matcher surely enough to be told, newest first."""
    read = ((member, matcher.read(member.story)) for member in members)
    found = [(m, link) for m, reading in read for link in reading.evidence[:1] if not link.suggested]
    return sorted(found, key=lambda pair: pair[0].story.at, reverse=True)
