"""How feeds are doing and what people are told of them: tables over the pure rules."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from claims.feeds import FeedState, FeedStatus, Pulse, Trouble
from claims.health import Health, changes, health, trouble, usual_silence
from claims.outgoing import Watchlist
from tests.support.build import NOW, at, checkpoint, feed

PATIENCE = timedelta(hours=6)
HOUR = 60.0
DAY = 24 * HOUR


def status(name: str = "a", *, paused: bool = False, **changed: Any) -> FeedStatus:
    """Return a feed that a visit found well a minute ago, but for what is said of its checkpoint."""
    usual = checkpoint(f"https://{name}.example/rss", last_try_at=at(-1), last_success_at=at(-1))
    return FeedStatus(feed(usual.feed_url, title=f"Sample {name}"), replace(usual, **changed), paused=paused)


def failing(name: str = "a", hours: float = 7, **changed: Any) -> FeedStatus:
    """Return a feed that has failed for so long."""
    usual = {
        "state": FeedState.FAILING,
        "failing_since": at(-hours * HOUR),
        "last_success_at": at(-hours * HOUR - 5),
        "failures": 9,
        "error": "a.example answered 403 Forbidden",
    }
    return status(name, **{**usual, **changed})


def silent(name: str = "a", days: float = 3, items_a_day: float = 200, **changed: Any) -> FeedStatus:
    """Return a wire that answers and has brought nothing for so long."""
    return status(name, pulse=Pulse(at(-1 - days * DAY), items_a_day, 3_600), **changed)


def told(status: FeedStatus, trouble: Trouble | None, minutes: float = -3 * DAY) -> FeedStatus:
    """Return the feed of which people were told that, three days ago unless said otherwise."""
    return replace(status, told=trouble, told_since=at(-4 * DAY) if trouble else None, told_at=at(minutes))


@pytest.mark.parametrize(
    ("what", "items_a_day", "longest_hours", "trouble_after_days", "calm_at_days"),
    [
        ("a wire, day and night", 200, 1, 1.1, 0.9),
        ("a wire with a quiet night", 200, 5.5, 1.1, 0.9),
        ("a paper over its first long weekend", 40, 14, 4.1, 3.8),
        ("a paper over a week off, a weekend known", 40, 63, 5.5, 5.0),
        ("an institute, three a week, over the New Year", 3 / 7, 5 * 24, 24, 17),
        ("an institute that took the New Year off before", 1, 17 * 24, 35, 31),
        ("a weekly", 1 / 7, 8 * 24, 71, 60),
        ("thirty reports on the first of each month", 1, 31 * 24, 63, 60),
        ("a feed of one entry", 1, 0, 11, 9),
    ],
)
def test_silence_is_trouble_beyond_what_is_usual(
    what: str, items_a_day: float, longest_hours: float, trouble_after_days: float, calm_at_days: float
) -> None:
    """Weekends and holidays are no trouble, a wire that says nothing for a day is."""
    pulse = Pulse(NOW, items_a_day, longest_hours * 3_600)

    assert timedelta(days=calm_at_days) < usual_silence(pulse) < timedelta(days=trouble_after_days), what


@pytest.mark.parametrize("items_a_day", [0.0, 1e-300])
def test_a_feed_that_hardly_brings_anything_is_never_silent(items_a_day: float) -> None:
    """Of a feed without a pace no silence is too long."""
    assert health(silent(days=9_000, items_a_day=items_a_day)) is Health.OK


@pytest.mark.parametrize(
    ("given", "expected", "told_of"),
    [
        (status(), Health.OK, None),
        (status(state=FeedState.NEW, last_success_at=None), Health.NEW, None),
        (failing(hours=7), Health.FAILING, Trouble.FAILING),
        (failing(hours=5), Health.FAILING, None),
        (failing(failing_since=None), Health.FAILING, None),
        (failing(state=FeedState.GONE), Health.GONE, Trouble.GONE),
        (silent(), Health.SILENT, Trouble.SILENT),
        (silent(days=0.5), Health.OK, None),
        (silent(state=FeedState.FAILING, failing_since=at(-10)), Health.FAILING, None),
        (replace(failing(), paused=True), Health.PAUSED, None),
        (replace(silent(), paused=True), Health.PAUSED, None),
    ],
)
def test_how_a_feed_is_doing(given: FeedStatus, expected: Health, told_of: Trouble | None) -> None:
    """A feed has one state, and is trouble when it is gone, silent, or has failed for long."""
    assert (health(given), trouble(given, NOW, PATIENCE)) == (expected, told_of)


def test_nobody_is_told_of_what_may_be_over() -> None:
    """After a night without us neither a failure nor a silence counts before the feed was asked again."""
    morning = NOW + timedelta(hours=12)
    asleep = {"last_try_at": NOW, "next_try_at": at(20)}

    assert trouble(failing(hours=1, **asleep), morning, PATIENCE) is None
    assert trouble(silent(days=0.9), morning, PATIENCE) is None
    assert trouble(failing(hours=1, last_try_at=morning), morning, PATIENCE) is Trouble.FAILING


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (status(), []),
        (failing(), [Trouble.FAILING]),
        (told(failing(), Trouble.FAILING), []),
        (told(failing(hours=1), Trouble.FAILING), []),
        (told(status(), Trouble.FAILING), [None]),
        (told(status(), Trouble.FAILING, -90), [None]),
        (told(status(state=FeedState.NEW), Trouble.GONE), []),
        (told(silent(), Trouble.SILENT), []),
        (told(silent(days=0.1), Trouble.SILENT), [None]),
        (told(silent(state=FeedState.FAILING, failing_since=at(-10)), Trouble.SILENT), []),
        (told(silent(), Trouble.FAILING), [Trouble.SILENT]),
        (told(failing(state=FeedState.GONE), Trouble.FAILING), [Trouble.GONE]),
        (told(failing(), None), [Trouble.FAILING]),
        (told(failing(), None, -23 * HOUR), []),
        (told(failing(), None, -24 * HOUR), [Trouble.FAILING]),
        (told(failing(state=FeedState.GONE), None, -90), [Trouble.GONE]),
        (replace(told(failing(), Trouble.SILENT), paused=True), []),
    ],
)
def test_what_people_are_told(given: FeedStatus, expected: list[Trouble | None]) -> None:
    """New trouble, other trouble or its end, each once; what comes and goes is told once a day."""
    found = changes(Watchlist((given,), 1), NOW, PATIENCE)

    assert [each.trouble for each in found] == expected


def test_a_change_says_since_when_and_why() -> None:
    """The beginning, the error, what is usual and what was told before are there for the card."""
    gone = told(failing("b", state=FeedState.GONE), Trouble.FAILING)
    back = told(status("c"), Trouble.FAILING)

    first, second, third, fourth = changes(Watchlist((failing(), gone, back, silent("d")), 90), NOW, PATIENCE)

    assert (first.title, first.since, first.error) == ("Sample a", at(-7 * HOUR), failing().checkpoint.error)
    assert (second.since, second.was, second.error) == (at(-7 * HOUR), Trouble.FAILING, first.error)
    assert (third.since, third.was, third.error) == (at(-4 * DAY), Trouble.FAILING, None)
    assert (fourth.since, fourth.items_a_day, fourth.error) == (at(-1 - 3 * DAY), 200, None)


def test_what_changes_within_the_hour_is_gathered() -> None:
    """After a notice the next one waits an hour."""
    soon, later = (Watchlist((failing(),), 9, at(-minutes)) for minutes in (59, 60))

    assert changes(soon, NOW, PATIENCE) == ()
    assert len(changes(later, NOW, PATIENCE)) == 1


@pytest.mark.parametrize(
    ("asked", "expected"), [(10, 10), (11, 10), (12, 1)], ids=["all", "nearly all", "too few"]
)
def test_an_outage_is_told_as_one(asked: int, expected: int) -> None:
    """Where nearly all feeds fail, those that have not failed for long yet are told with the first."""
    feeds = (failing("a"), *(failing(f"b{n}", hours=5) for n in range(9)))

    assert len(changes(Watchlist(feeds, asked), NOW, PATIENCE)) == expected
    assert changes(Watchlist(feeds[1:], asked), NOW, PATIENCE) == ()
