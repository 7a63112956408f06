"""Reads kept stories again, some at a time: `claimwatch rematch`."""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime

from claims.matching.events import WINDOW
from claims.matching.matcher import Matcher
from claims.model import Member, Rereading
from claims.rematch import Change, change, place, renewed
from claims.store import Store
from claims.vectors import Vectors

BATCH = 100
"""Stories of one transaction: it holds the store for well under a second."""


async def rematch(
    store: Store,
    matcher: Matcher,
    vectors: Vectors,
    register: Collection[str],
    since: datetime,
    *,
    write: bool,
) -> AsyncIterator[tuple[int, int, Sequence[Change]]]:
    """Read the stories since a moment again; yield after each batch how many of how many, and what changes.

    A story that a person judged or a model changed is not read, and what was told stays: an alert is neither
    raised nor edited. With `write` each batch is kept before the next is read: what was done stays
    done where the next one fails.

    Args:
        store: where the stories are kept.
        matcher: reads them with the lexicon and the register of today.
        vectors: tell which stories are alike, as when they came.
        register: the ids of the claims that it knows.
        since: of `Story.at`.
        write: keep the new readings.

    """
    judged = {each.story.id for each in await store.judged()}
    ids = [story_id for story_id in await store.story_ids(since) if story_id not in judged]
    for start in range(0, len(ids), BATCH):
        kept = await store.members(ids[start : start + BATCH])
        asked = await store.inquiries([member.story.id for member, _ in kept if member.reading.relevant])
        settled = {inquiry.story_id for inquiry in asked if inquiry.changed}
        read = [
            (before, event, _again(before, matcher, register))
            for before, event in kept
            if before.story.id not in settled
        ]
        if write:
            await _keep(
                store, matcher, vectors, [(now, event) for before, event, now in read if now != before]
            )
        changes = (change(before.story, before.reading, now.reading) for before, _, now in read)
        yield start + len(kept), len(ids), [each for each in changes if each]


def _again(member: Member, matcher: Matcher, register: Collection[str]) -> Member:
    return Member(member.story, renewed(member.reading, matcher.read(member.story), register))


async def _keep(
    store: Store, matcher: Matcher, vectors: Vectors, read: Sequence[tuple[Member, str | None]]
) -> None:
    told = await store.alerts([event for _, event in read if event])
    opening = [member for member, event in read if event is None and member.reading.relevant]
    await store.reread(
        [
            Rereading(member.reading, place(member, event, told=event in told))
            for member, event in read
            if member not in opening
        ]
    )
    # One by one: two of them may report one happening.
    for member in opening:
        at = member.story.at
        near = await store.events_between(at - WINDOW, at + WINDOW)
        alike = await vectors.of(m.story for m in (member, *(m for event in near for m in event.members)))
        placed = place(member, None, told=False, joined=matcher.group(member, near, alike))
        await store.reread([Rereading(member.reading, placed)])
