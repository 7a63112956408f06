"""What a feed's checkpoint becomes after a visit."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from claims.feeds import Checkpoint, FeedState, FeedStatus, Pulse, Wishes
from tests.support.build import FEED_URL, NOW, at, checkpoint, feed
from watchers.checkpoints import LOST_AFTER, after_visit
from watchers.fetched import Fetched, FetchFailed, FetchResult, Held, Unchanged
from watchers.pacing import Pace

NEW_URL = "https://feeds.sample-herald.example/moved.xml"
LATER = at(15)
GONE = FetchFailed("it is gone", 410)


def after(result: FetchResult, about: Any = None, **before: object) -> Checkpoint:
    """Return the checkpoint of the sample feed after a visit at `LATER`; `about` is of the document."""
    status = FeedStatus(feed(), checkpoint(**before))
    pace = Pace(interval_minutes=15, floor_seconds=60, ceiling_minutes=120)
    return after_visit(status, result, pace, LATER, 0.0, **(about or {}))


def fetched(url: str = FEED_URL, *, moved: bool = False, **changes: Any) -> Fetched:
    """Return an answer with validators."""
    return replace(Fetched(b"", url, moved, None, '"new"', "new date"), **changes)


def unchanged(url: str = FEED_URL, *, moved: bool = False, **changes: Any) -> Unchanged:
    """Return a 304 that names no validator."""
    return replace(Unchanged(url, moved, None, None), **changes)


def test_a_success_forgets_the_trouble() -> None:
    """Validators are kept, failures and error are gone, the next visit is one interval away."""
    trouble = {"failures": 3, "error": "was down", "state": FeedState.FAILING, "failing_since": at(-60)}
    assert after(fetched(), etag='"old"', **trouble) == checkpoint(
        etag='"new"',
        last_modified="new date",
        validators_of=FEED_URL,
        last_try_at=LATER,
        last_success_at=LATER,
        next_try_at=LATER + timedelta(minutes=15),
        paced_by="interval",
    )


def test_an_unchanged_feed_is_a_success_and_keeps_its_validators() -> None:
    """A 304 may renew validators, and leaves alone those that it does not name."""
    kept = {
        "etag": '"old"',
        "last_modified": "old date",
        "validators_of": FEED_URL,
        "failures": 1,
        "error": "x",
    }
    result = after(unchanged(), **kept)
    assert (result.etag, result.last_modified, result.validators_of) == ('"old"', "old date", FEED_URL)
    assert (result.state, result.failures, result.error) == (FeedState.OK, 0, None)
    assert result.last_success_at == LATER
    renewed = after(unchanged(etag='"new"'), **kept)
    assert (renewed.etag, renewed.last_modified) == ('"new"', "old date")


@pytest.mark.parametrize("moved", [True, False])
def test_validators_are_kept_with_the_address_that_gave_them(moved: bool) -> None:
    """However the redirect was meant, they are good for where it led."""
    result = after(fetched(NEW_URL, moved=moved), etag='"old"', validators_of=FEED_URL)
    assert (result.etag, result.last_modified, result.validators_of) == ('"new"', "new date", NEW_URL)
    bare = after(
        fetched(NEW_URL, moved=moved, etag=None, last_modified=None), etag='"old"', validators_of=FEED_URL
    )
    assert (bare.etag, bare.last_modified, bare.validators_of) == (None, None, None)


@pytest.mark.parametrize(
    ("visits", "url"),
    [
        ([fetched(NEW_URL, moved=True)], FEED_URL),
        ([fetched(NEW_URL, moved=True)] * 2, NEW_URL),
        ([fetched(NEW_URL, moved=True), unchanged(NEW_URL, moved=True)], NEW_URL),
        ([fetched(NEW_URL)] * 3, FEED_URL),
        ([fetched(NEW_URL, moved=True), fetched(NEW_URL), fetched(NEW_URL, moved=True)], FEED_URL),
        ([fetched(NEW_URL, moved=True), fetched(), fetched(NEW_URL, moved=True)], FEED_URL),
        ([fetched(NEW_URL, moved=True), fetched(f"{NEW_URL}?2", moved=True)], FEED_URL),
        ([fetched(NEW_URL, moved=True), FetchFailed("x"), fetched(NEW_URL, moved=True)], FEED_URL),
        ([fetched(NEW_URL, moved=True), Held(LATER), fetched(NEW_URL, moved=True)], NEW_URL),
    ],
)
def test_an_address_is_adopted_when_it_has_lasted(visits: list[FetchResult], url: str) -> None:
    """Two visits in a row must be led to it for good; the listed address stays the feed's name."""
    point = checkpoint()
    for result in visits:
        point = after_visit(FeedStatus(feed(), point), result, Pace(15, 60), LATER, 0.0)
    assert (point.feed_url, point.current_url) == (FEED_URL, url)
    if url == NEW_URL:
        assert (point.moved_to, point.moved_times) == (None, 0)


def test_a_failure_is_kept_with_the_feed() -> None:
    """Its words, its count, its beginning and a longer wait; what the last success brought stays."""
    known = {"etag": '"old"', "validators_of": FEED_URL, "pulse": Pulse(NOW, 2.0, 60.0)}
    result = after(FetchFailed("it refused", 403), **known)
    assert (result.state, result.failures, result.error) == (FeedState.FAILING, 1, "it refused")
    assert (result.last_try_at, result.last_success_at, result.etag) == (LATER, NOW, '"old"')
    assert (result.failing_since, result.pulse) == (LATER, known["pulse"])
    again = after(FetchFailed("it refused", 403), failures=1, failing_since=NOW)
    assert (again.failing_since, again.next_try_at) == (NOW, LATER + timedelta(hours=1))


@pytest.mark.parametrize(("ours", "wait"), [(True, timedelta(hours=1)), (False, timedelta(days=1))])
def test_trouble_of_our_own_is_not_held_against_a_feed_for_long(ours: bool, wait: timedelta) -> None:
    """Where nobody was reached an hour is the longest wait, after a bad answer a day."""
    result = after(FetchFailed("trouble", ours=ours), failures=20)
    assert result.next_try_at == LATER + wait


@pytest.mark.parametrize(
    ("result", "minutes", "paced_by"),
    [
        (FetchFailed("busy", 503, retry_after=7_200.0), 120, "Retry-After"),
        (unchanged(retry_after=7_200.0), 120, "Retry-After"),
        (fetched(retry_after=7_200.0), 120, "Retry-After"),
        (unchanged(fresh_seconds=1_800.0), 30, "max-age"),
        (fetched(fresh_seconds=1_800.0), 30, "max-age"),
    ],
)
def test_what_an_answer_says_of_the_next_visit_counts(
    result: FetchResult, minutes: float, paced_by: str
) -> None:
    """Success or not, the server's wish decides, and it is kept that it did."""
    point = after(result)
    assert (point.next_try_at, point.paced_by) == (LATER + timedelta(minutes=minutes), paced_by)


def test_the_wishes_of_a_document_last_until_the_next_one() -> None:
    """A 304 brings none, so those that are known decide; a document without any takes them back."""
    hourly = Wishes(ttl_minutes=60)
    for result, about in ((fetched(), {"wishes": hourly}), (unchanged(), None)):
        point = after(result, about, wishes=Wishes() if about else hourly)
        assert (point.wishes, point.paced_by) == (hourly, "ttl")
    assert after(fetched(), {"wishes": Wishes()}, wishes=hourly).paced_by == "interval"


def test_new_stories_beat_the_pulse() -> None:
    """Their dates say how often the feed is worth a look, whether it is its first document or not."""
    first = after(fetched(), {"dates": [at(-1_430), at(-710), at(10)]})
    assert first.pulse == Pulse(at(10), pytest.approx(3, rel=0.01), 720 * 60.0)
    assert first.paced_by == "3 items a day"
    later = after(fetched(), {"dates": [at(12)]}, pulse=first.pulse)
    assert later.pulse is not None
    assert later.pulse.last_new_at == at(12)
    assert after(unchanged(), pulse=first.pulse).pulse == first.pulse


def test_a_gone_feed_is_retired() -> None:
    """410 at the listed address is for good: it has no next visit."""
    result = after(GONE)
    assert (result.state, result.error, result.failing_since) == (FeedState.GONE, "it is gone", LATER)
    assert (result.next_try_at, result.paced_by) == (None, "gone")


def test_a_feed_that_somebody_revived_is_like_any_other() -> None:
    """It may fail, be gone again, or answer and be back at its pace."""
    revived = {"state": FeedState.NEW, "failures": 1, "error": "it is gone", "failing_since": NOW}
    assert after(FetchFailed("it refused"), **revived).state is FeedState.FAILING
    assert after(GONE, **revived).state is FeedState.GONE
    back = after(fetched(), **revived)
    assert (back.state, back.failures, back.error, back.failing_since) == (FeedState.OK, 0, None, None)
    assert back.next_try_at == LATER + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("failures", "status", "url"),
    [
        (0, 404, NEW_URL),
        (LOST_AFTER - 2, 404, NEW_URL),
        (LOST_AFTER - 1, 404, FEED_URL),
        (0, 410, FEED_URL),
    ],
)
def test_a_lost_new_address_is_given_up_for_the_listed_one(failures: int, status: int, url: str) -> None:
    """A move that led nowhere in the end is undone, and the feed is not gone."""
    before = {"current_url": NEW_URL, "etag": '"old"', "validators_of": NEW_URL, "failures": failures}
    result = after(FetchFailed("trouble", status), **before)
    assert (result.current_url, result.state) == (url, FeedState.FAILING)
    assert (result.etag, result.validators_of) == ('"old"', NEW_URL)
    assert result.next_try_at is not None


def test_a_feed_whose_host_wants_quiet_is_only_put_off() -> None:
    """Nobody was asked, so nothing but the next visit changes."""
    before = checkpoint(failures=2, error="busy", state=FeedState.FAILING)
    result = after(Held(at(60)), failures=2, error="busy", state=FeedState.FAILING)
    assert result == replace(before, next_try_at=at(60), paced_by="Retry-After")
