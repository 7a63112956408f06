"""A part of `bot.seen`: what a workspace looks up of stories, happenings and counts."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

from bot.seen_own import OwnBooks
from claims.errors import NotFound
from claims.lookups import Counts, StorySearch
from claims.model import Event
from claims.outgoing import Delivery, Held
from claims.visibility import account_seen, events_seen, is_hidden

_EVER = datetime.max.replace(tzinfo=UTC)


class SeenLooks(OwnBooks):
    """See `claims.store_looks` for each method."""

    async def found_stories(self, search: StorySearch, limit: int) -> list[str]:
        """Return the ids of stories; none bears on a claim that it does not see."""
        hidden = (await self._sight()).hidden
        return [] if search.claim_id in hidden else await self._store.found_stories(search, limit)

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

    async def counts(self, since: datetime, destinations: Collection[str] | None) -> Counts:
        """Return what became of things, as if claims that it does not see were none."""
        sight, channels = await self._sight(), await self._channels()
        wanted = channels if destinations is None else channels & set(destinations)
        found = await self._store.counts(since, wanted)
        activity = await self._store.activity(since, _EVER)
        touched = {
            member.story.id
            for event in activity.events
            for member in event.members
            if any(link.claim_id in sight.hidden for link in member.reading.evidence)
        }
        stories = Counter(found.stories)
        for account in [a for key in touched for a in await self._store.accounts(key)]:
            story = account.member.story
            if story.seen_at > since and not story.backlog and story.id in touched:
                seen = account_seen(account, sight.register, sight.hidden, sight.said, channels)
                stories.subtract([account.reason])
                stories.update([seen.reason])
        private = sum(is_hidden(alert, sight.hidden) and alert.raised_at > since for alert in activity.alerts)
        return replace(found, stories=+stories, alerts=found.alerts - private)

    async def last_digest(self, destination: str) -> datetime | None:
        """Return when the last digest of a destination of its own was."""
        return await self._store.last_digest(destination) if destination in await self._channels() else None

    async def held(self, destination: str, since: datetime, until: datetime) -> list[Held]:
        """Return what waits for the digest of a destination of its own."""
        ours = destination in await self._channels()
        return await self._store.held(destination, since, until) if ours else []

    async def _channels(self) -> set[str]:
        return {each.destination for each in await self.subscriptions()}
