"""What a subscription would have posted in the last 30 days, before it is saved or as it is."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.answers_trial import trial_card
from bot.card import Card
from bot.commands.channels import known, place, wanted_in
from bot.commands.model import Context
from bot.commands.watch_values import changed
from claims.outgoing import Briefing
from claims.store import Store
from claims.subscriptions import Subscription
from claims.trial import try_out
from claims.visibility import activity_seen, briefing_seen, hidden

SPAN = timedelta(days=30)
_DAY = timedelta(days=1)


async def test_watch(context: Context, args: Mapping[str, str]) -> Card:
    """Return what a channel would have been told, had it always wanted what it wants now with these options.

    Raises:
        NotFound: there is no such channel here.
        UsageError: an option is wrong.

    """
    found = await place(context, args.get("channel", ""))
    saved = await wanted_in(context, found.destination)
    new = Subscription(found.destination, workspace=found.workspace or context.workspace)
    wanted = changed(saved or new, args, await known(context, args))
    now = context.clock()
    tellings = await tellings_of(context.store, wanted.workspace, now - SPAN, now)
    tried = await asyncio.to_thread(try_out, wanted, tellings)
    return trial_card(wanted, tried, now, args, context.spelled, saved=wanted == saved)


async def tellings_of(store: Store, workspace: str, since: datetime, until: datetime) -> list[Briefing]:
    """Return the alerts raised in a span as a workspace sees them now, the days newest first.

    They are read day by day: reading thousands of stories at once would keep everybody else waiting.
    """
    register = await store.register()
    unseen = hidden(register, workspace)
    found: dict[str, Briefing] = {}
    end = until
    while end > since:
        start = max(since, end - _DAY)
        activity = activity_seen(await store.activity(start, end), register, unseen)
        events = {event.id: event for event in activity.events}
        raised = [
            each for each in activity.alerts if since <= each.raised_at <= until and each.key not in found
        ]
        stories = [m.story.id for alert in raised for m in events[alert.event_id].members]
        said = await store.verdicts(stories, workspace)
        own = {story: kept for story, all_ in said.items() if (kept := [v for v in all_ if not v.shared])}
        for alert in raised:
            claims = tuple(register[link.claim_id] for link in alert.links)
            telling = Briefing(alert, events[alert.event_id], claims)
            found[alert.key] = briefing_seen(telling, register, unseen, own)
        end = start
    return list(found.values())
