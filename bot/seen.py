"""The store as one workspace sees it: whoever is handed it cannot reach what is another's.

A method of the store that is neither wrapped nor `OPEN` here does not exist for commands, so that a new one
is shown to nobody until somebody said what each workspace sees of it.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from bot.seen_looks import SeenLooks
from bot.seen_own import Sight
from claims.activity_seen import activity_seen
from claims.care import ITSELF, ClaimEdit, Editor
from claims.errors import NotFound
from claims.model import Alert, Claim, Event, Evidence, Member, Sighting
from claims.outgoing import Account, Activity, Briefing
from claims.store import Store
from claims.verdicts import Judged, Verdict
from claims.visibility import (
    account_seen,
    briefing_seen,
    events_seen,
    is_hidden,
    member_seen,
    sightings_seen,
    verdicts_seen,
    visible,
)
from claims.workspaces import CONSOLE

OPEN = frozenset(
    (
        *(
            "feeds",
            "feed_names",
            "feed",
            "former_feeds",
            "watchlist",
            "add_feeds",
            "remove_feed",
            "pause_feed",
        ),
        *("story_ids", "titled_stories", "opened_at", "guest_claims"),
    )
)
"""What is everybody's, and what holds no word of anybody."""


def seen_by(store: Store, workspace: str, unseen: Collection[str] = ()) -> Store:
    """Return the store as a workspace sees it, for one question; the console sees all.

    `unseen` are destinations of its own that whoever asks may not know of.
    """
    return store if workspace == CONSOLE else cast("Store", SeenStore(store, workspace, unseen))


class SeenStore(SeenLooks):
    """See `claims.store.Store` for each method; `claims.visibility` decides what is shown."""

    def __getattr__(self, name: str) -> Any:
        """Hand out what is everybody's, and nothing else."""
        if name in OPEN:
            return getattr(self._store, name)
        raise AttributeError(f"commands cannot use {name!r}: bot/seen.py does not say who sees what of it")

    # ---- claims and what bears on them ---------------------------------------------------------------

    async def claims(self) -> list[Claim]:
        """Return the listed claims that it sees."""
        return visible(await self._store.claims(), self._workspace)

    async def claim(self, claim_id: str) -> Claim:
        """Return a listed claim that it sees."""
        if claim_id in (await self._sight()).hidden:
            raise NotFound(f"no claim {claim_id!r} is tracked")
        return await self._store.claim(claim_id)

    async def register(self) -> Mapping[str, Claim]:
        """Return the claims that it sees by id, retired ones included."""
        seen = visible((await self._sight()).register.values(), self._workspace)
        return {claim.id: claim for claim in seen}

    async def search_claims(self, words: str) -> list[Claim]:
        """Return the listed claims that it sees in which every word occurs."""
        return visible(await self._store.search_claims(words), self._workspace)

    async def keep_claim(self, claim: Claim, by: Editor = ITSELF) -> None:
        """Add a claim or change one that it sees."""
        if claim.id in (await self._sight()).hidden:
            raise NotFound(f"no claim {claim.id!r} is tracked")
        self._known = None
        await self._store.keep_claim(claim, by)

    async def keep_claims(self, claims: Sequence[Claim], by: Editor = ITSELF) -> None:
        """Add claims or change those that it sees."""
        for claim_id in {claim.id for claim in claims} & (await self._sight()).hidden:
            raise NotFound(f"no claim {claim_id!r} is tracked")
        self._known = None
        await self._store.keep_claims(claims, by)

    async def retire_claim(self, claim_id: str, by: Editor = ITSELF) -> None:
        """Retire a claim that it sees."""
        await self.claim(claim_id)
        self._known = None
        await self._store.retire_claim(claim_id, by)

    async def merge_claim(self, claim_id: str, into: str, by: Editor = ITSELF) -> int:
        """Retire a claim that it sees for another that it sees."""
        await self._all_seen(claim_id, into)
        self._known = None
        return await self._store.merge_claim(claim_id, into, by)

    async def split_claim(
        self, claim_id: str, into: Sequence[str], links: Sequence[Evidence], by: Editor = ITSELF
    ) -> int:
        """Retire a claim that it sees for others that it sees."""
        await self._all_seen(claim_id, *into)
        self._known = None
        return await self._store.split_claim(claim_id, into, links, by)

    async def restore_claim(self, claim_id: str, by: Editor = ITSELF) -> None:
        """Track a retired claim again that it sees."""
        if claim_id in (await self._sight()).hidden:
            raise NotFound(f"no claim {claim_id!r} was retired")
        self._known = None
        await self._store.restore_claim(claim_id, by)

    async def edits(self, claim_id: str) -> list[ClaimEdit]:
        """Return what was done to a claim that it sees; `bot.said.who` decides who is named."""
        hidden = (await self._sight()).hidden
        return [] if claim_id in hidden else await self._store.edits(claim_id)

    async def bearing(self, claim_id: str) -> list[str]:
        """Return the ids of the stories that bear on a claim that it sees, as the shared record has it."""
        return [] if claim_id in (await self._sight()).hidden else await self._store.bearing(claim_id)

    async def evidence(self, claim_id: str, limit: int) -> list[tuple[Member, Evidence]]:
        """Return the newest stories that bear on a claim as its people read them."""
        sight = await self._sight()
        if claim_id in sight.hidden:
            return []
        own = await self._store.members(sight.judged(claim_id))
        found = {m.story.id: m for m, _ in await self._store.evidence(claim_id, limit)}
        found |= {member.story.id: member for member, _ in own}
        seen = [_seen(member, sight) for member in found.values()]
        pairs = [(m, e) for m in seen for e in m.reading.evidence if e.claim_id == claim_id]
        pairs.sort(key=lambda pair: pair[0].story.id)
        return sorted(pairs, key=lambda pair: pair[0].story.at, reverse=True)[:limit]

    async def claims_in_news(self, since: datetime, limit: int) -> list[str]:
        """Return the ids of the claims that it sees, as the shared record has their links."""
        hidden = (await self._sight()).hidden
        return [each for each in await self._store.claims_in_news(since, limit) if each not in hidden]

    async def sightings(self, claim_ids: Collection[str]) -> Mapping[str, tuple[Sighting, ...]]:
        """Return the figures of stories that support these claims as its people read them."""
        sight = await self._sight()
        wanted = [claim_id for claim_id in claim_ids if claim_id not in sight.hidden]
        found = await self._store.sightings(wanted)
        own = [_seen(member, sight) for member, _ in await self._store.members(sight.said)]
        return {key: sightings_seen(found[key], key, own) for key in wanted}

    async def _all_seen(self, *claim_ids: str) -> None:
        for each in claim_ids:
            await self.claim(each)

    # ---- stories and happenings ----------------------------------------------------------------------

    async def accounts(self, named: str) -> list[Account]:
        """Return what became of stories as far as it concerns this workspace."""
        sight = await self._sight()
        channels = await self._channels()
        return [
            account_seen(each, sight.register, sight.hidden, sight.said, channels)
            for each in await self._store.accounts(named)
        ]

    async def members(self, story_ids: Collection[str]) -> list[tuple[Member, str | None]]:
        """Return these stories as its people read them."""
        sight = await self._sight()
        return [_placed(member, event, sight) for member, event in await self._store.members(story_ids)]

    async def find_story(self, words: str) -> tuple[Member, str | None]:
        """Return a story as its people read it, and its event's id."""
        return _placed(*await self._store.find_story(words), await self._sight())

    async def events_between(self, since: datetime, until: datetime) -> list[Event]:
        """Return the events of a span that are of the matter for it."""
        sight = await self._sight()
        found = await self._store.events_between(since, until)
        return list(await asyncio.to_thread(events_seen, found, sight.hidden, sight.said))

    async def alerts(self, event_ids: Collection[str]) -> Mapping[str, Alert]:
        """Return the alerts of these events that are not another workspace's alone."""
        sight = await self._sight()
        found = (await self._store.alerts(event_ids)).items()
        told = {key: await self._store.briefing(alert.key) for key, alert in found}
        return {
            key: _briefing(each, sight).alert
            for key, each in told.items()
            if not is_hidden(each.alert, sight.hidden)
        }

    async def briefing(self, key: str) -> Briefing:
        """Return an alert that is not another workspace's alone, as its people read it."""
        sight = await self._sight()
        found = await self._store.briefing(key)
        if is_hidden(found.alert, sight.hidden):
            raise NotFound(f"no alert {key!r} was ever raised")
        return _briefing(found, sight)

    async def activity(self, since: datetime, until: datetime) -> Activity:
        """Return what a span brought, as its people read it."""
        sight = await self._sight()
        found = await self._store.activity(since, until)
        return await asyncio.to_thread(activity_seen, found, sight.register, sight.hidden, sight.said)

    # ---- what people say -----------------------------------------------------------------------------

    async def suggestions(self, limit: int) -> list[tuple[Member, Evidence]]:
        """Return the links to claims that it sees which wait for its review."""
        sight, most = await self._sight(), limit
        while True:
            found = await self._store.suggestions(most)
            waiting = [
                (seen, link)
                for member, suggested in found
                for seen in [_seen(member, sight)]
                for link in seen.reading.evidence
                if link.suggested and link.claim_id == suggested.claim_id
            ]
            if len(waiting) >= limit or len(found) < most:
                return waiting[:limit]
            most *= 4

    async def record_verdict(self, verdict: Verdict) -> None:
        """Add a verdict of its own on claims that it sees."""
        self._own(verdict.workspace)
        sight = await self._sight()
        for claim_id in {verdict.claim_id, verdict.right_claim} & sight.hidden:
            raise NotFound(f"There is no claim “{claim_id}”")
        self._known = None
        await self._store.record_verdict(verdict)

    async def verdicts(self, story_ids: Collection[str], workspace: str) -> Mapping[str, tuple[Verdict, ...]]:
        """Return what is shared or its own."""
        sight = await self._sight()
        found = await self._store.verdicts(story_ids, self._own(workspace))
        return {key: seen for key, said in found.items() if (seen := verdicts_seen(said, sight.hidden))}

    async def judged(self) -> list[Judged]:
        """Return the stories with shared verdicts, hidden claims left out."""
        sight = await self._sight()
        found = []
        for each in await self._store.judged():
            own = member_seen(Member(each.story, each.reading), sight.hidden)
            if said := verdicts_seen(each.verdicts, sight.hidden):
                found.append(replace(each, reading=own.reading, verdicts=said))
        return found


def _seen(member: Member, sight: Sight) -> Member:
    return member_seen(member, sight.hidden, sight.said.get(member.story.id, ()))


def _placed(member: Member, event_id: str | None, sight: Sight) -> tuple[Member, str | None]:
    seen = _seen(member, sight)
    return seen, event_id if seen.reading.relevant or not member.reading.relevant else None


def _briefing(found: Briefing, sight: Sight) -> Briefing:
    return briefing_seen(found, sight.register, sight.hidden, sight.said)
