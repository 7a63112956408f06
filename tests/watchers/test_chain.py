"""The way of every new story: what one lot opened the next one joins."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from claims.alerting import decide
from claims.feeds import Visit
from claims.matching.matcher import Ranked
from claims.matching.meaning import Vector
from claims.model import Alert, Event, Member, Reading, Story, Update
from claims.vectors import Vectors
from tests.support.build import NOW, checkpoint, claim, feed, reading, source, story
from tests.support.grouping import by_title
from tests.support.stores import open_store
from watchers.chain import Chain


class SampleReader:
    """Reads every story as one of the tracked claim."""

    def read(self, story: Story) -> Reading:
        """Return a relevant reading."""
        return reading(story)

    def rank(self, story: Story) -> list[Ranked]:
        """Return no claim."""
        return []

    def group(
        self, member: Member, events: Sequence[Event], vectors: Mapping[str, Vector] | None = None
    ) -> Event | None:
        """Return the event that is worded alike."""
        return by_title(member, events, vectors)


async def test_lots_are_decided_one_after_another(tmp_path: Path) -> None:
    """While one lot is recorded another waits, and then joins its happening: one alert, one update."""
    store = await open_store(tmp_path / "sample.db")
    chain = Chain(
        store,
        make_reader=lambda *_: SampleReader(),
        decide=decide,
        vectors=Vectors(None, store, lambda: NOW),
        clock=lambda: NOW,
    )
    first = story()
    second = replace(story(url="https://post.example/1"), source=source("Sample Post"))
    decided = asyncio.Event()

    async def take(each: Story, *, slowly: bool) -> Visit:
        members = await chain.read([each])
        if not slowly:
            await decided.wait()
        async with chain.settled(members) as outcomes:
            decided.set()
            for _ in range(20 * slowly):  # so many turns at the store the other could take meanwhile
                await store.claims()
            visit = Visit(checkpoint(), outcomes)
            await store.record_visit(visit)
        return visit

    try:
        await store.sync_feeds([feed()])
        await store.sync_claims([claim()])
        visits = await asyncio.gather(take(first, slowly=True), take(second, slowly=False))
    finally:
        await store.close()

    told, joined = (visit.outcomes[0] for visit in visits)
    assert isinstance(told.decision, Alert)
    assert isinstance(joined.decision, Update)
    assert joined.event_id == told.event_id
