"""What the asker's workspace sees of the record; every look-up reads through here."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.answers import COUNTED
from bot.commands.model import Context
from claims.model import Alert, Claim, Event, Evidence, Member
from claims.outgoing import Account, Delivery
from claims.verdicts import Verdict
from claims.visibility import event_seen, hidden, member_seen, visible
from claims.workspaces import CONSOLE


async def claims_seen(context: Context) -> list[Claim]:
    """Return the tracked claims that the asker may see, in the order of the register."""
    return visible(await context.store.claims(), context.workspace)


async def members_seen(context: Context, members: Sequence[Member]) -> list[Member]:
    """Return stories as the asker's workspace reads them, in their order."""
    unseen = hidden(await context.store.register(), context.workspace)
    said = await _own_words(context, [member.story.id for member in members])
    return [member_seen(each, unseen, said.get(each.story.id, ())) for each in members]


async def events_seen(context: Context, events: Sequence[Event]) -> list[Event]:
    """Return events with their stories as the asker's workspace reads them, in their order."""
    unseen = hidden(await context.store.register(), context.workspace)
    said = await _own_words(context, [m.story.id for event in events for m in event.members])
    return [event_seen(each, unseen, said) for each in events]


async def evidence_seen(context: Context, claim: Claim) -> list[tuple[Member, Evidence]]:
    """Return the newest stories that bear on a claim as the asker's workspace reads them, newest first."""
    told = await context.store.evidence(claim.id, COUNTED)
    members = await members_seen(context, [member for member, _link in told])
    return [(m, link) for m in members for link in m.reading.evidence if link.claim_id == claim.id]


async def deliveries_seen(context: Context, key: str) -> list[Delivery]:
    """Return how an alert went to the channels of the asker's workspace, by channel; the console sees all."""
    found = await context.store.deliveries(key)
    ours = await own_destinations(context)
    return [each for each in found if ours is None or each.destination in ours]


async def own_destinations(context: Context) -> frozenset[str] | None:
    """Return the subscribed channels of the asker's workspace; None: the console sees all."""
    if context.workspace == CONSOLE:
        return None
    subscribed = await context.store.subscriptions(context.workspace)
    return frozenset(each.destination for each in subscribed)


async def _own_words(context: Context, story_ids: Collection[str]) -> dict[str, tuple[Verdict, ...]]:
    """Return what the workspace's people said of stories and is not in the record, by story."""
    found = await context.store.verdicts(story_ids, context.workspace)
    own = {story_id: tuple(v for v in said if not v.shared) for story_id, said in found.items()}
    return {story_id: said for story_id, said in own.items() if said}


async def account_seen(context: Context, account: Account) -> Account:
    """Return what became of a story as the asker's workspace may know it."""
    unseen = hidden(await context.store.register(), context.workspace)
    stories = [account.member, *(account.event.members if account.event else ())]
    said = await context.store.verdicts([member.story.id for member in stories], context.workspace)
    own = {story_id: tuple(v for v in given if not v.shared) for story_id, given in said.items()}
    ours = await own_destinations(context)
    return replace(
        account,
        member=member_seen(account.member, unseen, own.get(account.member.story.id, ())),
        event=account.event and event_seen(account.event, unseen, own),
        alert=account.alert and alert_seen(account.alert, unseen),
        deliveries=tuple(d for d in account.deliveries if ours is None or d.destination in ours),
        verdicts=said.get(account.member.story.id, ()),
    )


def alert_seen(alert: Alert, unseen: Collection[str]) -> Alert | None:
    """Return an alert without what it says of claims that are not seen; None where that is all it says."""
    links = tuple(link for link in alert.links if link.claim_id not in unseen)
    if links == alert.links:
        return alert
    change = alert.change if alert.change and alert.change.claim_id not in unseen else None
    return replace(alert, links=links, change=change) if links else None
