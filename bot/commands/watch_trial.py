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
    number = int(args.get("page") or 1)
    return trial_card(wanted, tried, now, number, context.spelled, saved=wanted == saved)


async def tellings_of(store: Store, workspace: str, since: datetime, until: datetime) -> list[Briefing]:
    """Return the alerts raised in a span, ends included, as a workspace sees them now, by event."""
    register = await store.register()
    unseen = hidden(register, workspace)
    activity = activity_seen(await store.activity(since, until), register, unseen)
    raised = [alert for alert in activity.alerts if since <= alert.raised_at <= until]
    told = {alert.event_id for alert in raised}
    stories = [m.story.id for event in activity.events if event.id in told for m in event.members]
    said = await store.verdicts(stories, workspace)
    own = {story: kept for story, all_ in said.items() if (kept := [v for v in all_ if not v.shared])}
    events = {event.id: event for event in activity.events}
    tellings = (
        Briefing(alert, events[alert.event_id], tuple(register[link.claim_id] for link in alert.links))
        for alert in raised
    )
    return [briefing_seen(each, register, unseen, own) for each in tellings]
