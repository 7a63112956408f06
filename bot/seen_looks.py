"""A part of `bot.seen`: what a workspace looks up of stories, happenings and counts."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.seen_own import OwnBooks
from claims.activity import Week
from claims.changes import Voice, voices_in
from claims.errors import NotFound
from claims.lookups import Counts, StorySearch
from claims.model import Event, Member
from claims.outgoing import Account, Activity, Delivery, Digest, Held
from claims.reckoning import TOLD, Reckoning
from claims.visibility import account_seen, events_seen, is_hidden, member_seen

_EVER = datetime.max.replace(tzinfo=UTC)


class SeenLooks(OwnBooks):
    """See `claims.store_looks` for each method."""

    async def found_stories(self, search: StorySearch, limit: int) -> list[str]:
        """Return the ids of stories; of all that bear on a claim, those that its own people judged come last.

        None bears on a claim that it does not see.
        """
        sight, claim_id = await self._sight(), search.claim_id
        if claim_id in sight.hidden:
            return []
        found = await self._store.found_stories(search, limit)
        own = sight.judged(claim_id) if claim_id and search == StorySearch(claim_id=claim_id) else []
        return list(dict.fromkeys([*found, *own]))[:limit]

    async def event(self, event_id: str) -> Event:
        """Return an event that is of the matter for it."""
        sight = await self._sight()
        found = events_seen([await self._store.event(event_id)], sight.hidden, sight.said)
        if not found:
            raise NotFound(f"There is no event “{event_id}” with any story")
        return found[0]

    async def deliveries(self, key: str) -> list[Delivery]:
        """Return how something went to its own destinations."""
        channels = await self._channels()
        return [each for each in await self._store.deliveries(key) if each.destination in channels]

    async def digest(self, key: str) -> Digest | None:
        """Return a digest of a destination of its own."""
        found = await self._store.digest(key)
        return found if found and found.destination in await self._channels() else None

    async def voices(
        self, claim_ids: Collection[str], before: datetime, *, published: bool = False
    ) -> Mapping[str, tuple[Member, ...]]:
        """Return who spoke of claims that it sees, but for stories that its people read otherwise."""
        sight = await self._sight()
        wanted = [claim_id for claim_id in claim_ids if claim_id not in sight.hidden]
        found = await self._store.voices(wanted, before, published=published)
        if not sight.said:
            return found
        return {
            key: tuple(
                m
                for each in members
                if (m := member_seen(each, (), sight.said.get(each.story.id, ()))).reading.evidence
            )
            for key, members in found.items()
        }

    async def bodies(
        self,
        claim_ids: Collection[str],
        before: datetime,
        *,
        published: bool = False,
        but: Collection[str] = (),
    ) -> Mapping[str, tuple[Voice, ...]]:
        """Return who spoke of claims that it sees, as its people read the stories of which they spoke."""
        sight = await self._sight()
        wanted = [claim_id for claim_id in claim_ids if claim_id not in sight.hidden]
        said = sight.said.keys() - set(but)
        found = await self._store.bodies(wanted, before, published=published, but={*said, *but})
        own = [
            member_seen(member, (), sight.said[member.story.id])
            for member, _event in await self._store.members(said)
            if (
                member.story.at < before
                if published
                else member.story.backlog or member.story.seen_at <= before
            )
        ]
        return {
            key: (*found.get(key, ()), *(voice for member in own for voice in voices_in(member, key)))
            for key in wanted
        }

    async def weeks(
        self, claim_ids: Collection[str], since: datetime, until: datetime
    ) -> Mapping[str, tuple[Week, ...]]:
        """Return how much was told of the claims that it sees, as the shared record has it."""
        hidden = (await self._sight()).hidden
        return await self._store.weeks([each for each in claim_ids if each not in hidden], since, until)

    async def held(self, destination: str, digest: str | None = None) -> list[Held]:
        """Return what was held for a digest of a destination of its own."""
        if destination not in await self._channels():
            return []
        return await self._store.held(destination, digest)

    async def counts(self, since: datetime, destinations: Collection[str] | None) -> Counts:
        """Return what was decided, as if claims that it does not see were none."""
        channels = await self._channels()
        wanted = channels if destinations is None else channels & set(destinations)
        found = await self._store.counts(since, wanted)
        stories = Counter(found.stories)
        activity = await self._store.activity(since, _EVER)
        for account, seen in await self._touched(activity, since):
            stories.subtract([account.reason])
            stories.update([seen.reason])
        hidden = (await self._sight()).hidden
        private = [a for a in activity.alerts if is_hidden(a, hidden) and a.raised_at > since]
        return replace(found, stories=+stories, alerts=found.alerts - len(private))

    async def reckoned(
        self, since: datetime, until: datetime, silent: Collection[str] = ()
    ) -> Mapping[str, Reckoning]:
        """Return what became of stories at its own destinations, as if hidden claims were none."""
        touched = await self._touched(await self._store.activity(since, until), since)
        dull = {seen.member.story.id for _, seen in touched if seen.reason not in TOLD}
        found = await self._store.reckoned(since, until, {*silent, *dull})
        channels = await self._channels()
        return {destination: each for destination, each in found.items() if destination in channels}

    async def _touched(self, activity: Activity, since: datetime) -> list[tuple[Account, Account]]:
        """Return what became of the stories that bear on claims it does not see, beside what it is told."""
        sight, channels = await self._sight(), await self._channels()
        ids = {
            member.story.id
            for event in activity.events
            for member in event.members
            if any(link.claim_id in sight.hidden for link in member.reading.evidence)
            and member.story.seen_at > since
            and not member.story.backlog
        }
        accounts = [a for key in ids for a in await self._store.accounts(key) if a.member.story.id == key]
        return [(a, account_seen(a, sight.register, sight.hidden, sight.said, channels)) for a in accounts]

    async def last_digest(self, destination: str) -> Digest | None:
        """Return the last digest of a destination of its own."""
        own = destination in await self._channels()
        return await self._store.last_digest(destination) if own else None

    async def _channels(self) -> set[str]:
        return {each.destination for each in await self.subscriptions()}
