"""What every store promises of look-ups (`claims.store_looks.LookBook`)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from claims.activity import INSTANT, Week
from claims.changes import Voice
from claims.errors import NotFound
from claims.lookups import Counts, StorySearch
from claims.model import Member, Reason, Silence, Stance
from claims.outgoing import DeliveryState
from claims.store import Store
from tests.support.build import (
    NOW,
    alert,
    at,
    delivery,
    event,
    event_id,
    member,
    outcome,
    revision,
    source,
    subscription,
    visit,
)

DAY = 24 * 60
"""Minutes."""


async def keep(store: Store, *members) -> None:
    """Keep stories that bear on no claim or on containers-2023, each an event of its own, untold."""
    await store.record_visit(visit(*(outcome(m, Silence(Reason.NO_CLAIM)) for m in members)))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["砲弾を積んだ船", "Снаряды ушли", "포탄을 실은 배", "Sample Ship leaves Rason"]),
        ("LEAVES", ["Sample Ship leaves Rason"]),
        ("leav sam", ["Sample Ship leaves Rason"]),
        ("ship snow", []),
        ("carried", ["砲弾を積んだ船", "Снаряды ушли", "포탄을 실은 배", "Sample Ship leaves Rason"]),
        ("포탄", ["포탄을 실은 배"]),
        ("СНАРЯД", ["Снаряды ушли"]),
        ("積んだ", ["砲弾を積んだ船"]),
        ("積んだ carried", ["砲弾を積んだ船"]),
        ('ship" OR *', []),
        ("ship NOT", []),
        ("%", []),
        ("'; drop table stories; --", []),
    ],
)
async def test_stories_are_found_by_how_their_words_begin(stocked: Store, words: str, found: list[str]):
    """Every word counts, in any script and case; what is typed is only words, never a query."""
    titles = ["Sample Ship leaves Rason", "포탄을 실은 배", "Снаряды ушли", "砲弾を積んだ船"]
    members = [member(title, claims=(), published_at=at(n)) for n, title in enumerate(titles)]
    await keep(stocked, *members)
    by_id = {m.story.id: m.story.title for m in members}

    assert [by_id[i] for i in await stocked.found_stories(StorySearch(words), 10)] == found
    assert [by_id[i] for i in await stocked.titled_stories(words, 10)] == found


async def test_each_condition_of_a_search_narrows(stocked: Store):
    """Claim, outlet or family, language and day, alone and together; the newest come first and few."""
    told = member("Shells one", published_at=at(-60))
    dull = member("Shells two", claims=(), source=source("Sample Post", family="Sample group"))
    korean = member("Shells three", claims=(), published_at=at(-4000), language="ko")
    await keep(stocked, told, dull, korean)

    async def found(limit: int = 10, **conditions: object) -> list[str]:
        return await stocked.found_stories(replace(StorySearch("shells"), **conditions), limit)  # type: ignore[arg-type]  # a test may name any

    assert await found() == [dull.story.id, told.story.id, korean.story.id]
    assert await found(limit=1) == [dull.story.id]
    assert await found(claim_id="containers-2023") == [told.story.id]
    assert await found(sources=frozenset(["Sample group"])) == [dull.story.id]
    assert await found(language="ko") == [korean.story.id]
    assert await found(since=NOW - timedelta(days=1)) == [dull.story.id, told.story.id]
    assert await found(claim_id="containers-2023", language="ko") == []


async def test_a_story_that_was_edited_is_found_by_its_words_of_now(stocked: Store):
    """A corrected headline is found, and the one that it replaced no longer."""
    told = member("Shells leave")
    await stocked.record_visit(visit(outcome(told)))
    await stocked.record_revision(revision(told, "Rockets leave"), NOW)

    assert await stocked.found_stories(StorySearch("rockets"), 10) == [told.story.id]
    assert await stocked.found_stories(StorySearch("shells"), 10) == []


async def test_an_event_is_found_by_its_id(stocked: Store):
    """It comes whole; an id that no story belongs to is refused."""
    first, second = member("Shells leave"), member("Shells leave, again", seen_at=at(5))
    again = Silence(Reason.ALREADY_TOLD)
    await stocked.record_visit(visit(outcome(first), outcome(second, again, of=first)))

    assert await stocked.event(event_id(first)) == event(first, second)
    with pytest.raises(NotFound, match="no event “e-none”"):
        await stocked.event("e-none")


async def test_what_was_decided_on_a_day_adds_up(stocked: Store):
    """Each story counts once by its reason, and what waits is counted where it is to go."""
    await stocked.sync_subscriptions([subscription(), subscription("discord:600")])
    told, joined, dull = member("Shells"), member("Shells, again"), member("Bakery", claims=())
    old = member("Long ago", seen_at=NOW - timedelta(days=3))
    backlog = member("Was there", backlog=True)
    raised = alert(told)
    await stocked.record_visit(
        visit(
            outcome(told, raised),
            outcome(joined, Silence(Reason.ALREADY_TOLD), of=told),
            outcome(dull, Silence(Reason.IRRELEVANT)),
            outcome(old, Silence(Reason.NO_CLAIM)),
            outcome(backlog, Silence(Reason.BACKLOG)),
        )
    )
    sent = delivery(raised.key, state=DeliveryState.SENT, receipt="1", sent_revision=0)
    await stocked.record_delivery(sent)
    waits = delivery(raised.key, "discord:600", attempts=1, error="down", next_try_at=at(1))
    await stocked.record_delivery(waits)
    since = NOW - timedelta(days=1)

    counts = await stocked.counts(since, None)

    stories = {Reason.NEW_EVENT: 1, Reason.ALREADY_TOLD: 1, Reason.IRRELEVANT: 1}
    assert counts == Counts(stories, 1, waiting=1, failing=1, newest_story=NOW)
    assert (await stocked.counts(since, ["discord:600"])).waiting == 1
    assert (await stocked.counts(since, ["console"])).waiting == 0
    assert (await stocked.counts(since, [])).waiting == 0
    assert await stocked.deliveries(raised.key) == [sent, waits]


async def test_an_empty_store_counts_nothing(store: Store):
    """Before the first story there is no newest one."""
    assert await store.counts(NOW, None) == Counts()
    assert await store.found_stories(StorySearch("x"), 5) == []


async def test_voices_are_who_spoke_of_a_claim_before(stocked: Store):
    """One story, the newest, for each family with its origin and stance; nothing unsure, nothing later."""

    def told(title: str, days: int, **changes: Any) -> Member:
        return member(title, published_at=at(-days * DAY), seen_at=at(-days * DAY), **changes)

    old, new = told("Old", 9, origin="Sample Body"), told("New", 8, origin="Sample Body")
    other, late = (
        told("Other", 7, origin="Sample Body", source=source("Sample Post")),
        told("Late", 0, origin="Sample Body"),
    )
    unsure = told("Unsure", 6, origin="Sample Body", source=source("Sample Times"))
    (link,) = unsure.reading.evidence
    unsure = replace(unsure, reading=replace(unsure.reading, evidence=(replace(link, suggested=True),)))
    archived = told("Archived", 0, origin="Sample Body", source=source("Sample Archive"), backlog=True)
    nobody = told("Nobody", 5)
    await keep(stocked, old, new, other, unsure, late, archived, nobody)

    found = await stocked.voices(["containers-2023", "troops-labour"], at(-DAY))
    published = await stocked.voices(["containers-2023"], at(-DAY), published=True)

    assert [each.story.title for each in found["containers-2023"]] == ["New", "Other", "Archived"]
    assert found["containers-2023"][0].story == new.story
    assert [each.story.title for each in published["containers-2023"]] == ["New", "Other"]
    assert "troops-labour" not in found

    said = [Voice("Sample Body", Stance.SUPPORTS, leads=True, day=at(-7 * DAY).date())]
    bodies = partial(stocked.bodies, ["containers-2023"], at(-DAY))
    assert list((await bodies(published=True))["containers-2023"]) == said
    assert await bodies(published=True, but=[each.story.id for each in (old, new, other)]) == {}
    assert [each.day for each in (await bodies())["containers-2023"]] == [at(0).date()]


async def test_weeks_are_counted_by_claim_and_stance(stocked: Store):
    """From Monday to Sunday of UTC, those without a story too."""
    monday = datetime(2024, 8, 19, tzinfo=UTC)
    first = member("Monday", published_at=monday)
    last = member("Sunday", published_at=monday + timedelta(days=6, hours=23))
    (link,) = last.reading.evidence
    last = replace(last, reading=replace(last.reading, evidence=(replace(link, stance=Stance.DISPUTES),)))
    await keep(stocked, first, last)

    found = await stocked.weeks(["containers-2023"], monday - timedelta(days=1), monday + timedelta(days=7))

    assert found == {
        "containers-2023": (
            Week(date(2024, 8, 12)),
            Week(date(2024, 8, 19), supports=1, disputes=1),
            Week(date(2024, 8, 26), so_far=True),
        )
    }
    (whole,) = (
        await stocked.weeks(["containers-2023"], monday, monday + timedelta(days=7) - INSTANT)
    ).values()
    assert [week.so_far for week in whole] == [False]
