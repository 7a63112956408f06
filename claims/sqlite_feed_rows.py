"""Feeds, their checkpoints and notices to the columns of `claims.schema` and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from sqlite3 import Row
from typing import Any

from claims.feeds import Checkpoint, Feed, FeedKind, FeedState, FeedStatus, Pulse, Trouble, Wishes
from claims.outgoing import FeedChange, Notice
from claims.sqlite_rows import Columns, json_text, moment, moment_or_none, moment_text, source, source_columns


def feed_columns(feed: Feed) -> Columns:
    """Return the columns that the seed file, or whoever adds a feed, decides."""
    return {
        "url": feed.url,
        "title": feed.title,
        **source_columns(feed.source),
        "language": feed.language,
        "interval_minutes": feed.interval_minutes,
        "kind": feed.kind,
        "full_text": feed.full_text,
        "links": feed.links,
    }


def checkpoint_columns(checkpoint: Checkpoint) -> Columns:
    """Return the key and the columns that visits decide."""
    pulse = checkpoint.pulse
    return {
        "url": checkpoint.feed_url,
        "current_url": checkpoint.current_url,
        "state": checkpoint.state,
        "etag": checkpoint.etag,
        "last_modified": checkpoint.last_modified,
        "validators_of": checkpoint.validators_of,
        "moved_to": checkpoint.moved_to,
        "moved_times": checkpoint.moved_times,
        "body_key": checkpoint.body_key,
        "entries": checkpoint.entries,
        "wishes": _wishes_text(checkpoint.wishes),
        "last_new_at": pulse and moment_text(pulse.last_new_at),
        "items_a_day": pulse and pulse.items_a_day,
        "longest_gap_seconds": pulse and pulse.longest_gap_seconds,
        "last_try_at": moment_or_none(checkpoint.last_try_at),
        "last_success_at": moment_or_none(checkpoint.last_success_at),
        "next_try_at": moment_or_none(checkpoint.next_try_at),
        "paced_by": checkpoint.paced_by,
        "failures": checkpoint.failures,
        "failing_since": moment_or_none(checkpoint.failing_since),
        "error": checkpoint.error,
    }


def feed_status(row: Row) -> FeedStatus:
    """Return the feed of a row of `feeds`, and how it is doing."""
    # A look-up in a row goes through its forty names.
    kept = dict(zip(row.keys(), row, strict=True))
    feed = Feed(
        url=kept["url"],
        title=kept["title"],
        source=source(kept),
        language=kept["language"],
        interval_minutes=kept["interval_minutes"],
        kind=FeedKind(kept["kind"]),
        full_text=bool(kept["full_text"]),
        links=kept["links"],
    )
    checkpoint = Checkpoint(
        feed_url=kept["url"],
        current_url=kept["current_url"],
        state=FeedState(kept["state"]),
        etag=kept["etag"],
        last_modified=kept["last_modified"],
        validators_of=kept["validators_of"],
        moved_to=kept["moved_to"],
        moved_times=kept["moved_times"],
        body_key=kept["body_key"],
        entries=kept["entries"],
        wishes=_wishes(kept["wishes"]),
        pulse=_pulse(kept),
        last_try_at=moment(kept["last_try_at"]),
        last_success_at=moment(kept["last_success_at"]),
        next_try_at=moment(kept["next_try_at"]),
        paced_by=kept["paced_by"],
        failures=kept["failures"],
        failing_since=moment(kept["failing_since"]),
        error=kept["error"],
    )
    return FeedStatus(
        feed,
        checkpoint,
        paused=bool(kept["paused"]),
        added_by=kept["added_by"],
        told=Trouble(kept["told"]) if kept["told"] else None,
        told_since=moment(kept["told_since"]),
        told_at=moment(kept["told_at"]),
    )


def _wishes_text(wishes: Wishes) -> str:
    """Return the JSON of what is wished; nothing wished, as mostly, is `{}`."""
    if wishes == Wishes():
        return "{}"
    sets = {"skip_hours": sorted(wishes.skip_hours), "skip_days": sorted(wishes.skip_days)}
    said = {**asdict(wishes), **sets}
    return json_text({key: value for key, value in said.items() if value not in (None, [])})


def _wishes(text: str) -> Wishes:
    if text == "{}":
        return Wishes()
    kept: Mapping[str, Any] = json.loads(text)
    return Wishes(
        ttl_minutes=kept.get("ttl_minutes"),
        update_seconds=kept.get("update_seconds"),
        skip_hours=frozenset(kept.get("skip_hours", ())),
        skip_days=frozenset(kept.get("skip_days", ())),
    )


def _pulse(kept: Mapping[str, Any]) -> Pulse | None:
    if kept["last_new_at"] is None:
        return None
    return Pulse(
        last_new_at=datetime.fromisoformat(kept["last_new_at"]),
        items_a_day=kept["items_a_day"],
        longest_gap_seconds=kept["longest_gap_seconds"],
    )


def told_values(change: FeedChange, at: datetime) -> tuple[str | None, ...]:
    """Return the trouble that people were told of `at`, since when it is, the moment, and the URL."""
    since = change.since if change.trouble else None
    return change.trouble, moment_or_none(since), moment_text(at), change.url


def notice_columns(notice: Notice) -> Columns:
    """Return the columns of `notices`."""
    changes = [{**asdict(change), "since": moment_or_none(change.since)} for change in notice.changes]
    return {
        "key": notice.key,
        "raised_at": moment_text(notice.raised_at),
        "answering": notice.answering,
        "changes": json_text(changes),
    }


def notice(row: Row) -> Notice:
    """Return a row of `notices`."""
    changes = tuple(
        FeedChange(
            **{
                **change,
                "trouble": Trouble(change["trouble"]) if change["trouble"] else None,
                "was": Trouble(change["was"]) if change["was"] else None,
                "since": moment(change["since"]),
            }
        )
        for change in json.loads(row["changes"])
    )
    return Notice(row["key"], datetime.fromisoformat(row["raised_at"]), changes, row["answering"])
