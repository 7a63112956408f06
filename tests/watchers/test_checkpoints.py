"""What a feed's checkpoint becomes after a visit."""

from datetime import timedelta

import pytest

from claims.feeds import Checkpoint, FeedState, FeedStatus
from tests.support.build import FEED_URL, NOW, at, checkpoint, feed
from watchers.checkpoints import LOST_AFTER, after_visit
from watchers.fetch import Fetched, FetchFailed, FetchResult, Unchanged
from watchers.pacing import Pace

NEW_URL = "https://feeds.sample-herald.example/moved.xml"
LATER = at(15)


def after(result: FetchResult, **before: object) -> Checkpoint:
    """Return the checkpoint of the sample feed after a visit at `LATER`."""
    status = FeedStatus(feed(), checkpoint(**before))
    return after_visit(status, result, Pace(interval_minutes=15, floor_seconds=60), LATER, 0.0)


def fetched(url: str = FEED_URL, *, moved: bool = False) -> Fetched:
    """Return an answer with validators."""
    return Fetched(b"", url, moved, None, '"new"', "new date", None)


def test_a_success_forgets_the_trouble() -> None:
    """Validators are kept, failures and error are gone, the next visit is one interval away."""
    result = after(fetched(), failures=3, error="was down", state=FeedState.FAILING, etag='"old"')
    assert result == checkpoint(
        etag='"new"',
        last_modified="new date",
        last_try_at=LATER,
        last_success_at=LATER,
        next_try_at=LATER + timedelta(minutes=15),
    )


def test_an_unchanged_feed_is_a_success_and_keeps_its_validators() -> None:
    """A 304 may renew validators, and leaves alone those that it does not name."""
    kept = {"etag": '"old"', "last_modified": "old date", "failures": 1, "error": "was down"}
    result = after(Unchanged(None, None, None), **kept)
    assert (result.etag, result.last_modified) == ('"old"', "old date")
    assert (result.state, result.failures, result.error) == (FeedState.OK, 0, None)
    assert result.last_success_at == LATER
    assert after(Unchanged('"new"', None, None), **kept).etag == '"new"'


def test_a_permanent_move_is_adopted_with_its_validators() -> None:
    """The next visit asks the new address; the listed one stays the feed's name."""
    result = after(fetched(NEW_URL, moved=True), etag='"old"')
    assert (result.feed_url, result.current_url, result.etag) == (FEED_URL, NEW_URL, '"new"')


def test_a_temporary_move_is_not_and_its_validators_are_dropped() -> None:
    """Validators of another address would not hold for the one that is asked next."""
    result = after(fetched(NEW_URL), etag='"old"', last_modified="old date")
    assert (result.current_url, result.etag, result.last_modified) == (FEED_URL, None, None)


def test_a_failure_is_kept_with_the_feed() -> None:
    """Its words, its count and a longer wait; what the last success brought stays."""
    result = after(FetchFailed("it refused"), failures=1, etag='"old"')
    assert (result.state, result.failures, result.error) == (FeedState.FAILING, 2, "it refused")
    assert (result.last_try_at, result.last_success_at, result.etag) == (LATER, NOW, '"old"')
    assert result.next_try_at == LATER + timedelta(hours=1)


def test_retry_after_is_obeyed_whatever_the_answer() -> None:
    """Success or not, the server's wish counts."""
    wish = 7_200.0
    for result in (FetchFailed("busy", retry_after=wish), Unchanged(None, None, wish)):
        assert after(result).next_try_at == LATER + timedelta(hours=2)


def test_a_gone_feed_is_tried_again_in_a_week() -> None:
    """410 at the listed address may be a mistake."""
    result = after(FetchFailed("it is gone", gone=True))
    assert (result.state, result.error) == (FeedState.GONE, "it is gone")
    assert result.next_try_at == LATER + timedelta(days=7)


def test_a_gone_feed_stays_gone_until_it_answers() -> None:
    """Another failure leaves it gone for another week; an answer brings it back to its pace."""
    gone = {"state": FeedState.GONE, "failures": 1, "error": "it is gone"}
    failed = after(FetchFailed("it refused"), **gone)
    assert (failed.state, failed.error) == (FeedState.GONE, "it refused")
    assert failed.next_try_at == LATER + timedelta(days=7)
    back = after(fetched(), **gone)
    assert (back.state, back.failures, back.error) == (FeedState.OK, 0, None)
    assert back.next_try_at == LATER + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("failures", "gone", "url"),
    [
        (0, False, NEW_URL),
        (LOST_AFTER - 2, False, NEW_URL),
        (LOST_AFTER - 1, False, FEED_URL),
        (0, True, FEED_URL),
    ],
)
def test_a_lost_new_address_is_given_up_for_the_listed_one(failures: int, gone: bool, url: str) -> None:
    """A move that led nowhere in the end is undone, and the feed is not gone."""
    before = {"current_url": NEW_URL, "etag": '"old"', "failures": failures}
    result = after(FetchFailed("trouble", gone=gone), **before)
    assert (result.current_url, result.state) == (url, FeedState.FAILING)
    assert result.etag == ('"old"' if url == NEW_URL else None)
    assert result.next_try_at is not None
