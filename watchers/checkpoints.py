"""What a feed's checkpoint becomes after a visit: pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from claims.feeds import Checkpoint, FeedState, FeedStatus, Wishes
from watchers.fetched import Fetched, FetchFailed, FetchResult, Held, Unchanged
from watchers.pacing import Pace, Seen, next_try, put_off
from watchers.pulse import beat

LOST_AFTER = 3
"""Failures in a row at the address that a feed moved to before its listed address is asked again."""
MOVED_AFTER = 2
"""Visits in a row at which permanent redirects lead to one address before it is asked itself."""


def after_visit(
    status: FeedStatus,
    result: FetchResult,
    pace: Pace,
    now: datetime,
    jitter: float,
    *,
    dates: Sequence[datetime] = (),
    wishes: Wishes | None = None,
) -> Checkpoint:
    """Return what the next visit must remember.

    Args:
        status: the feed as it was before the visit.
        result: what came; a body that was no feed is a `FetchFailed` here, so that its address and its
            validators are never adopted.
        pace: how often feeds are asked.
        now: the end of the visit.
        jitter: 0 to 1, by chance; more in a crowd (`watchers.spreading.Spreading.jitter`).
        dates: of the stories that are new, in any order; of all of them at the first visit.
        wishes: of the document that was read, or None where none was: those that are known stay.

    """
    before = status.checkpoint
    match result:
        case Held():
            turn = put_off(now, result.until, jitter=jitter)
            return replace(before, next_try_at=turn.at, paced_by=turn.paced_by)
        case FetchFailed():
            checkpoint = _failed(before, result, now)
            if checkpoint.state is FeedState.GONE:
                return replace(checkpoint, next_try_at=None, paced_by="gone")
            ours, fresh = result.ours, None
        case Fetched() | Unchanged():
            checkpoint = _succeeded(before, result, now)
            ours, fresh = False, result.fresh_seconds
    pulse = beat(before.pulse, dates, now)
    wishes = before.wishes if wishes is None else wishes
    seen = Seen(
        failures=checkpoint.failures,
        ours=ours,
        fresh_seconds=fresh,
        retry_after=result.retry_after,
        wishes=wishes,
        pulse=pulse,
    )
    turn = next_try(pace, status.feed, now, seen, jitter=jitter)
    return replace(checkpoint, pulse=pulse, wishes=wishes, next_try_at=turn.at, paced_by=turn.paced_by)


def _succeeded(checkpoint: Checkpoint, result: Fetched | Unchanged, now: datetime) -> Checkpoint:
    etag, last_modified, validators_of = result.etag, result.last_modified, checkpoint.validators_of
    if isinstance(result, Unchanged):  # it may renew validators, and leaves alone those that it does not name
        etag, last_modified = etag or checkpoint.etag, last_modified or checkpoint.last_modified
    else:
        validators_of = result.url if etag or last_modified else None
    current_url, moved_to, moved_times = _moved(checkpoint, result)
    return replace(
        checkpoint,
        current_url=current_url,
        moved_to=moved_to,
        moved_times=moved_times,
        etag=etag,
        last_modified=last_modified,
        validators_of=validators_of,
        state=FeedState.OK,
        last_try_at=now,
        last_success_at=now,
        failures=0,
        failing_since=None,
        error=None,
    )


def _moved(checkpoint: Checkpoint, result: Fetched | Unchanged) -> tuple[str, str | None, int]:
    """Return the current URL, where redirects lead, and how often: what has lasted is adopted."""
    if not result.moved:
        return checkpoint.current_url, None, 0
    times = checkpoint.moved_times + 1 if checkpoint.moved_to == result.url else 1
    if times < MOVED_AFTER:
        return checkpoint.current_url, result.url, times
    return result.url, None, 0


def _failed(checkpoint: Checkpoint, result: FetchFailed, now: datetime) -> Checkpoint:
    """Note a failure; an address that a feed moved to and that is lost is given up for the listed one."""
    failures = checkpoint.failures + 1
    adopted = checkpoint.current_url != checkpoint.feed_url
    lost = adopted and (result.gone or failures >= LOST_AFTER)
    return replace(
        checkpoint,
        current_url=checkpoint.feed_url if lost else checkpoint.current_url,
        moved_to=None,
        moved_times=0,
        state=FeedState.GONE if result.gone and not adopted else FeedState.FAILING,
        last_try_at=now,
        failures=failures,
        failing_since=checkpoint.failing_since or now,
        error=result.error,
    )
