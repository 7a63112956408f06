"""Deciding the stories of one visit, each with what the ones before brought."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.alerting import decide
from claims.matching.events import event_id
from claims.model import Alert, Member, Outcome, Reason, Sighting, Silence, Update
from claims.vectors import Vectors
from tests.support.build import (
    NOW,
    alert,
    at,
    claim,
    event,
    feed,
    figure,
    member,
    outcome,
    reading,
    source,
    story,
    visit,
)
from tests.support.grouping import by_title
from tests.support.stores import open_store
from watchers.happenings import Happenings, spans

CLAIMS = {"containers-2023": claim()}
DAY = timedelta(days=1)


def settle(happenings: Happenings, *members: Member) -> list[Outcome]:
    """Settle these stories one after another."""
    return [happenings.settle(each, decide, CLAIMS, NOW) for each in members]


def two_outlets() -> tuple[Member, Member]:
    """Return one happening as two outlets tell it."""
    return (
        member("Sample ship leaves Rason with shells"),
        member(
            "Sample ship leaves Rason with shells, says body",
            source=source("Sample Post"),
            published_at=at(3),
        ),
    )


def test_the_second_outlet_of_a_visit_joins_what_the_first_opened() -> None:
    """Two stories of one happening in one visit are one event, one alert and one update."""
    first, second = two_outlets()
    told, joined = settle(Happenings(by_title), first, second)
    assert isinstance(told.decision, Alert)
    assert isinstance(joined.decision, Update)
    assert told.event_id == joined.event_id == told.decision.event_id == event_id(first.story)
    assert joined.decision.alert.key == told.decision.key


def test_a_story_joins_a_kept_event_and_updates_its_alert() -> None:
    """Events and alerts of earlier visits count like those of this one."""
    first, second = two_outlets()
    kept = event(first)
    [outcome] = settle(Happenings(by_title, [kept], {kept.id: alert(first)}), second)
    assert outcome.event_id == kept.id
    assert isinstance(outcome.decision, Update)


def test_the_same_page_in_two_feeds_is_one_event_even_if_it_reads_otherwise() -> None:
    """An event of that id exists already, so the story belongs to it."""
    first = member()
    again = Member(story(feed_url="https://other.example/feed"), reading(story(), claims=[], concepts=()))
    told, joined = settle(Happenings(lambda *_: None), first, again)
    assert told.event_id == joined.event_id


def test_a_figure_of_this_visit_is_no_news_for_its_next_story() -> None:
    """A number that the story before stated is compared with, not told as new."""
    numbers = [figure(13_000)]
    first = member("Sample count is 13,000", figures=numbers)
    far = at(-60 * 24 * 30)
    second = member("Another month, the same count", figures=numbers, published_at=far)
    one, two = settle(Happenings(by_title), first, second)
    assert one.event_id != two.event_id
    assert isinstance(one.decision, Alert)
    assert isinstance(two.decision, Alert)
    assert one.decision.reason is Reason.NEW_FIGURE
    assert two.decision.reason is Reason.NEW_EVENT


def test_a_figure_of_a_suggested_link_is_no_figure_of_its_claim() -> None:
    """While nobody confirmed that a story bears on a claim, its number is still news for the next one."""
    unsure = member("Sample count is 13,000", figures=[figure()])
    links = tuple(replace(link, suggested=True) for link in unsure.reading.evidence)
    unsure = replace(unsure, reading=replace(unsure.reading, evidence=links))
    later = member("Another month, the same count", figures=[figure()], published_at=at(-60 * 24 * 30))
    silent, told = settle(Happenings(by_title), unsure, later)
    assert silent.decision == Silence(Reason.SUGGESTED_ONLY)
    assert isinstance(told.decision, Alert)
    assert told.decision.reason is Reason.NEW_FIGURE


def test_a_story_that_is_not_relevant_belongs_to_no_event() -> None:
    """It is silent and stands alone."""
    told = story()
    plain = Member(told, reading(told, claims=[], relevant=False))
    [outcome] = settle(Happenings(by_title), plain)
    assert (outcome.decision, outcome.event_id) == (Silence(Reason.IRRELEVANT), None)


def test_backlog_is_silent_but_opens_events() -> None:
    """A relevant story of a first visit opens its event, so that the next outlet joins it and speaks."""
    first, second = two_outlets()
    old = member(first.story.title, backlog=True)
    plain = story("Unrelated sample", backlog=True)
    irrelevant = Member(plain, reading(plain, claims=[], relevant=False))
    silent, alone, spoken = settle(Happenings(by_title), old, irrelevant, second)
    assert silent.decision == alone.decision == Silence(Reason.BACKLOG)
    assert alone.event_id is None
    assert silent.event_id == spoken.event_id
    assert isinstance(spoken.decision, Alert)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], []),
        ([0], [(-7, 7)]),
        ([0, 1, 2], [(-7, 9)]),
        ([2, 0, 1], [(-7, 9)]),
        ([0, 14], [(-7, 21)]),
        ([0, 15], [(-7, 7), (8, 22)]),
        ([0, 400], [(-7, 7), (393, 407)]),
    ],
)
def test_spans_cover_every_moment_and_no_year_between(
    days: Iterable[int], expected: list[tuple[int, int]]
) -> None:
    """Near moments share a span; an old story does not make us load all the time since."""

    def day(number: int) -> datetime:
        return NOW + number * DAY

    found = spans([day(number) for number in days], 7 * DAY)
    assert found == [(day(since), day(until)) for since, until in expected]


async def test_only_what_may_be_told_is_set_beside_earlier_figures(tmp_path: Path) -> None:
    """Figures are loaded for news; backlog is never told, and years of it need not load them each time."""
    known = member("Sample count is 13,000", figures=[figure()], published_at=NOW - 30 * DAY)
    store = await open_store(tmp_path / "sample.db")
    try:
        await store.sync_feeds([feed()])
        await store.sync_claims([claim()])
        await store.record_visit(visit(outcome(known)))
        seen: list[Mapping[str, tuple[Sighting, ...]]] = []
        for backlog in (True, False):
            told = member("Sample ship leaves", backlog=backlog)
            around = await Happenings.around([told], store, Vectors(None, store, lambda: NOW), by_title)

            def noting(*about: Any) -> Silence:
                seen.append(dict(about[4]))
                return Silence(Reason.ALREADY_TOLD)

            around.settle(told, noting, CLAIMS, NOW)
    finally:
        await store.close()

    assert [len(sightings.get("containers-2023", ())) for sightings in seen] == [0, 1]
