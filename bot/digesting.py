"""What a digest needs to know, gathered from the store as a workspace sees it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from claims.changes import Voice, has_new_body, voices_in
from claims.digest import Past, Summary, summarise
from claims.happenings import Scope, happenings
from claims.independence import Who
from claims.model import Claim, Stance
from claims.outgoing import Activity, Digest, Held, Period
from claims.periods import begins
from claims.store import Store

_SHORTER = timedelta(days=3)
"""By which one month may be shorter than another; a digest after one that was missed covers more."""


async def summed_up(store: Store, scope: Scope, who: Who, held: Sequence[Held] = ()) -> Summary:
    """Return what the span of a digest adds up to.

    Args:
        store: as the workspace of the digest sees it (`bot.seen.seen_by`).
        scope: the span, and what is to be told of it.
        who: whom names mean (`claims.standing`).
        held: the alerts that waited for it.

    """
    claims = await store.claims()
    activity = await _activity(store, scope, scope.digest)
    named, counted = await asyncio.to_thread(_touched, activity, claims, scope)
    since, published = scope.digest.since, scope.published
    bodies = await store.bodies(named, since, published=published)
    backed = {each for each, told in named.items() if has_new_body(told, bodies.get(each, ()))}
    past = Past(
        bodies=bodies,
        voices=await store.voices(backed, since, published=published),
        sightings=await store.sightings(counted),
        happenings=await _before(store, claims, scope),
    )
    return await asyncio.to_thread(summarise, activity, claims, scope, who, past, held)


async def _activity(store: Store, scope: Scope, digest: Digest) -> Activity:
    if not scope.published:
        return await store.activity(digest.since, digest.until)
    events = await store.events_between(digest.since, digest.until)
    alerts = await store.alerts([event.id for event in events])
    return Activity(tuple(events), tuple(alerts.values()))


def _touched(
    activity: Activity, claims: Sequence[Claim], scope: Scope
) -> tuple[dict[str, set[Voice]], list[str]]:
    """Return the ids of the claims that stories bear on: by which bodies, and those with numbers."""
    links = [
        (member, link.claim_id)
        for event in activity.events
        for member in event.members
        if scope.has(member.story)
        for link in member.reading.evidence
        if not link.suggested and link.stance is not Stance.BACKGROUND
    ]
    named: dict[str, set[Voice]] = {}
    for member, claim_id in links:
        if found := voices_in(member, claim_id):
            named.setdefault(claim_id, set()).update(found)
    counted = {claim_id for member, claim_id in links if member.reading.figures}
    return named, [claim.id for claim in claims if claim.id in counted]


async def _before(store: Store, claims: Sequence[Claim], scope: Scope) -> int | None:
    """Return how many happenings the span before had, where it is as long and was watched as a whole."""
    digest = scope.digest
    usual = begins(digest.until, digest.period, digest.timezone)
    if digest.period is Period.DAY or digest.since < usual - _SHORTER:
        return None
    since = begins(digest.since, digest.period, digest.timezone)
    opened = await store.opened_at()
    if not scope.published and (opened is None or opened > since):
        return None
    earlier = replace(digest, since=since, until=digest.since)
    told = await _activity(store, scope, earlier)
    found = await asyncio.to_thread(happenings, told, claims, replace(scope, digest=earlier))
    return sum(map(len, found))
