"""What every store promises of reading all in bulk (`claims.store_archive.ArchiveBook`)."""

import pytest

from claims.feeds import Wording
from claims.store import Store
from tests.support.build import alert, at, event_id, member, outcome, revision, update, visit
from tests.support.kept_changes import CHANGES, FIRST, HAPPENING, OTHER, SECOND, stock


async def stamps(store: Store) -> dict[str, str]:
    """Return all stamps by what they are of."""
    events = {each.id: each.stamp for each in await store.event_stamps()}
    return {**await store.claim_stamps(), **events}


@pytest.mark.parametrize("what", CHANGES)
async def test_a_stamp_changes_with_what_it_is_of(stocked: Store, what: str):
    """The stamps of what a change touches differ afterwards, and all others are as they were."""
    await stock(stocked)
    change, touched = CHANGES[what]
    before = await stamps(stocked)
    await change(stocked)
    after = await stamps(stocked)

    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == touched
    assert after == await stamps(stocked)


async def test_events_come_as_they_began(stocked: Store):
    """Each event that has a story is there once, with the moment of its first."""
    await stock(stocked)

    found = [(each.id, each.began_at) for each in await stocked.event_stamps()]

    assert found == [(HAPPENING, FIRST.story.at), (event_id(OTHER), OTHER.story.at)]


async def test_what_bears_on_a_claim_is_named_and_read_in_batches(stocked: Store):
    """Stories come by id, newest first, and events whole; what is asked for and is not there is left out."""
    await stock(stocked)

    assert await stocked.bearing("containers-2023") == [SECOND.story.id, FIRST.story.id]
    assert await stocked.bearing("nobody's") == []
    (whole,) = await stocked.events([HAPPENING, "e-nowhere"])
    assert (whole.id, whole.members) == (HAPPENING, (FIRST, SECOND))


async def test_what_stories_said_before_is_read_for_many(stocked: Store):
    """Only stories that were edited have earlier words."""
    await stock(stocked)
    await stocked.record_revision(revision(SECOND, "Sample ship never landed"), at(1))

    assert await stocked.wordings([FIRST.story.id, SECOND.story.id]) == {
        SECOND.story.id: (Wording(SECOND.story.title, SECOND.story.summary, at(1)),)
    }


async def test_the_newest_alerts_come_first(stocked: Store):
    """At most so many are named, by the moment at which they were raised."""
    late = alert(OTHER, raised_at=at(3))
    await stocked.record_visit(visit(outcome(FIRST, alert(FIRST)), outcome(OTHER, late)))

    assert await stocked.newest_alerts(5) == [late.key, alert(FIRST).key]
    assert await stocked.newest_alerts(1) == [late.key]


async def test_when_an_alert_changed_is_known(stocked: Store):
    """One that reads as it was raised is left out, and one that changed has the moment of what did it."""
    late = member("Third", claims=(), seen_at=at(7))
    await stocked.record_visit(visit(outcome(FIRST, alert(FIRST)), outcome(OTHER, alert(OTHER))))
    again = update(alert(FIRST), headline="Now", revision=1)
    await stocked.record_visit(visit(outcome(late, again, of=FIRST)))

    assert await stocked.revised([alert(FIRST).key, alert(OTHER).key, "no alert"]) == {
        alert(FIRST).key: late.story.seen_at
    }
