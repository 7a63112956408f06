"""What a subscription would have posted in the last 30 days, before it is saved or as it is."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.answers.trial import trial_card
from bot.card import Card
from bot.commands.channels import known, place, wanted_in
from bot.commands.model import Context
from bot.commands.watch_values import changed
from bot.seen import seen_by
from claims.outgoing import Briefing
from claims.store import Store
from claims.subscriptions import Subscription
from claims.trial import try_out

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
    own = wanted.workspace == context.workspace
    store = context.store if own else seen_by(context.store, wanted.workspace)
    tellings = await tellings_of(store, now - SPAN, now)
    tried = await asyncio.to_thread(try_out, wanted, tellings)
    return trial_card(wanted, tried, now, args, context.spelled, saved=wanted == saved)


async def tellings_of(store: Store, since: datetime, until: datetime) -> list[Briefing]:
    """Return the alerts raised in a span as they stand now, the days newest first.

    They are read day by day: reading thousands of stories at once would keep everybody else waiting.
    """
    register = await store.register()
    found: dict[str, Briefing] = {}
    while until > since:
        start = max(since, until - _DAY)
        activity = await store.activity(start, until)
        events = {event.id: event for event in activity.events}
        for alert in activity.alerts:
            if alert.key not in found and alert.raised_at >= since:
                claims = tuple(register[link.claim_id] for link in alert.links)
                found[alert.key] = Briefing(alert, events[alert.event_id], claims)
        until = start
    return list(found.values())
