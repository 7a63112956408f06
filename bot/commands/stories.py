"""Commands that look stories up: by words, and with the happening that they belong to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time

from bot.answers.stories import event_card, found_card
from bot.card import Card
from bot.commands.lookup import known_claim
from bot.commands.model import Context
from bot.commands.parse import address
from bot.language import _
from bot.paging import Page, page_of
from bot.phrases import language, shorten, stated
from claims.errors import NotFound, UsageError
from claims.lookups import StorySearch
from claims.model import Alert, Event
from claims.snoozing import touching
from claims.text import fold
from claims.when import Day
from claims.workspaces import Snooze

FOUND = 300
"""Stories that a search turns up at most: thirty pages are enough to see that it was too wide."""
LISTED = 10
_TYPED = 60
_LANGUAGE = 2
"""Letters of an ISO 639-1 code."""


async def search_stories(context: Context, args: Mapping[str, str]) -> Card:
    """Return the kept stories that are wanted, newest first.

    Takes `words`, `claim`, an id, `source`, an outlet or family, `language`, and `since`, a day, month or
    year; at least one of them.

    Raises:
        NotFound: there is no such claim, or no such story.
        UsageError: nothing was asked for, or a value cannot be read.

    """
    search, sought = await _search(context, args)
    if search == StorySearch():
        usage = context.spelled("help story search")
        raise UsageError(_("Say what to look for\n{command} tells how").format(command=usage))
    found = await context.store.found_stories(search, FOUND)
    if not found:
        listing = context.spelled("feed list")
        said = _("No kept story has {sought}\n{command} says which feeds are read")
        raise NotFound(said.format(sought=sought, command=listing))
    page = page_of(found, args, LISTED)
    placed = {m.story.id: m for m, _event in await context.store.members(page.items)}
    shown = Page([placed[key] for key in page.items if key in placed], page.number, page.of)
    count = len(found) if len(found) < FOUND else 0
    return found_card(shown, count, sought, context.timezone, context.spelled)


async def _search(context: Context, args: Mapping[str, str]) -> tuple[StorySearch, str]:
    """Return what is looked for, and the same in words."""
    search, said = StorySearch(), []
    if words := args.get("words", "").strip():
        search = replace(search, words=words)
        said.append(_("“{words}”").format(words=shorten(words, _TYPED)))
    if typed := args.get("claim"):
        claim = await known_claim(context, typed)
        search = replace(search, claim_id=claim.id)
        said.append(claim.id)
    if typed := args.get("source"):
        search = replace(search, sources=await _sources(context, typed))
        said.append(shorten(typed, _TYPED))
    if typed := args.get("language"):
        code = typed.strip().casefold()
        if len(code) != _LANGUAGE:
            raise UsageError(_("language takes a code of ISO 639-1, such as ko"))
        search = replace(search, language=code)
        said.append(language(code))
    if typed := args.get("since"):
        search = replace(search, since=_day(typed))
        said.append(_("since {day}").format(day=stated(Day.parse(typed))))
    return search, ", ".join(said)


async def _sources(context: Context, typed: str) -> frozenset[str]:
    """Return the names of outlets and families that are meant; what no feed is called stands as it is."""
    wanted = fold(typed)
    listed = await context.store.feed_names()
    names = {name for each in listed for name in (each.outlet, each.family) if fold(name) == wanted}
    return frozenset(names or {typed.strip()})


def _day(typed: str) -> datetime:
    try:
        return datetime.combine(Day.parse(typed).first(), time(), UTC)
    except ValueError as error:
        raise UsageError(_("since: {error}").format(error=error)) from None


async def show_event(context: Context, args: Mapping[str, str]) -> Card:
    """Return the happening of `event`: its id, or the id or address of one of its stories.

    Raises:
        NotFound: there is no such happening or story, or the story belongs to none.

    """
    event, alert = await known_event(context, args["event"])
    said = await context.store.verdicts([m.story.id for m in event.members], context.workspace)
    return event_card(
        event,
        page_of(event.members, args, LISTED),
        alert,
        await context.store.deliveries(alert.key) if alert else [],
        said,
        await _snoozes(context, event),
        context.timezone,
        context.workspace,
        context.who,
    )


async def known_event(context: Context, typed: str) -> tuple[Event, Alert | None]:
    """Return the happening that is meant, as the asker's workspace sees it, and its alert.

    Raises:
        NotFound: there is none.

    """
    named = address(typed)
    try:
        event = await context.store.event(named)
    except NotFound:
        member, event_id = await context.store.find_story(shorten(named, _TYPED) if " " in named else named)
        if event_id is None:
            why = context.spelled(f"story why {member.story.id}")
            raise NotFound(
                _("That story belongs to no happening: it is not of the matter\n{command} says more").format(
                    command=why
                )
            ) from None
        event = await context.store.event(event_id)
    return event, (await context.store.alerts([event.id])).get(event.id)


async def _snoozes(context: Context, event: Event) -> list[Snooze]:
    """Return what keeps a happening quiet in the asker's workspace."""
    claims = {link.claim_id for m in event.members for link in m.reading.evidence}
    found = await context.store.snoozes(context.workspace, context.clock())
    return touching(event, claims, found)
