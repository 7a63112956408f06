"""What a feed's checkpoint becomes after a visit: pure."""

from dataclasses import replace
from datetime import datetime

from claims.feeds import Checkpoint, FeedState, FeedStatus
from watchers.fetch import Fetched, FetchFailed, FetchResult, Unchanged
from watchers.pacing import Pace, next_try

LOST_AFTER = 3
"""Failures in a row at the address that a feed moved to before its listed address is asked again."""


def after_visit(
    status: FeedStatus, result: FetchResult, pace: Pace, now: datetime, jitter: float
) -> Checkpoint:
    """Return what the next visit must remember.

    Args:
        status: the feed as it was before the visit.
        result: what came; a body that was no feed is a `FetchFailed` here, so that its address and its
            validators are never adopted.
        pace: how often feeds are asked.
        now: the end of the visit.
        jitter: 0 to 1, by chance.

    """
    match result:
        case Fetched():
            checkpoint = _fetched(status.checkpoint, result, now)
        case Unchanged():
            checkpoint = _succeeded(status.checkpoint, now)
            checkpoint = replace(
                checkpoint,
                etag=result.etag or checkpoint.etag,
                last_modified=result.last_modified or checkpoint.last_modified,
            )
        case FetchFailed():
            checkpoint = _failed(status.checkpoint, result, now)
    return replace(
        checkpoint,
        next_try_at=next_try(
            pace,
            status.feed,
            now,
            failures=checkpoint.failures,
            retry_after=result.retry_after,
            gone=checkpoint.state is FeedState.GONE,
            jitter=jitter,
        ),
    )


def _succeeded(checkpoint: Checkpoint, now: datetime) -> Checkpoint:
    return replace(
        checkpoint, state=FeedState.OK, last_try_at=now, last_success_at=now, failures=0, error=None
    )


def _fetched(checkpoint: Checkpoint, result: Fetched, now: datetime) -> Checkpoint:
    """Adopt an address that the feed moved to for good; keep validators only of the address we ask next."""
    url = result.url if result.moved else checkpoint.current_url
    own = result.url == url
    return replace(
        _succeeded(checkpoint, now),
        current_url=url,
        etag=result.etag if own else None,
        last_modified=result.last_modified if own else None,
    )


def _failed(checkpoint: Checkpoint, result: FetchFailed, now: datetime) -> Checkpoint:
    """Note a failure; what is gone stays so until it answers.

    An address that a feed moved to and that is lost is given up for the listed one.
    """
    gone = checkpoint.state is FeedState.GONE or (
        result.gone and checkpoint.current_url == checkpoint.feed_url
    )
    failures = checkpoint.failures + 1
    moved = checkpoint.current_url != checkpoint.feed_url
    if moved and (result.gone or failures >= LOST_AFTER):
        listed = checkpoint.feed_url
        checkpoint = replace(checkpoint, current_url=listed, etag=None, last_modified=None)
    return replace(
        checkpoint,
        state=FeedState.GONE if gone else FeedState.FAILING,
        last_try_at=now,
        failures=failures,
        error=result.error,
    )
