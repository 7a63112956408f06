"""A store as it was before workspaces, when it had taken seven steps; its rows are written as they stood.

It is noon of `NOON`. A bot with one channel was stopped while it posted: some alerts were told days ago, some
today, and some are not told yet.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from claims.outgoing import DeliveryState
from claims.schema import APPLICATION_ID
from claims.sqlite_rows import json_text, moment_text
from claims.sqlite_steps import MIGRATIONS

OLD_STEPS = MIGRATIONS[:7]
NOON = datetime(2024, 8, 27, 12, tzinfo=UTC)
CHANNEL = "discord:7"
FEED = "https://feeds.sample-herald.example/world.xml"
CLAIM = "containers-2023"
DIGEST, DUE_DIGEST, NOTICE = "digest-of-monday", "digest-of-tuesday", "notice-of-monday"
_LONG_AGO, _TODAY = timedelta(days=3), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Told:
    """An alert of old, with the one story that raised it, and how its delivery stood."""

    name: str
    """The story is `story-NAME`, and so on."""
    age: timedelta
    """Since it was raised."""
    state: DeliveryState
    attempts: int = 0
    next_try_at: datetime | None = None
    receipt: str | None = None
    revision: int = 0
    sent_revision: int | None = None
    error: str | None = None

    @property
    def key(self) -> str:
        """Return that of the alert."""
        return f"alert-{self.name}"


ALERTS = (
    Told("posted", _LONG_AGO, DeliveryState.SENT, receipt="1001", sent_revision=0),
    Told("edited", _LONG_AGO, DeliveryState.SENT, receipt="1002", revision=2, sent_revision=2),
    Told("to-edit", _LONG_AGO, DeliveryState.SENT, receipt="1003", revision=1, sent_revision=0),
    Told("deleted", _LONG_AGO, DeliveryState.FAILED, 1, None, "1004", 1, 0, "the message is gone"),
    Told("refused", _LONG_AGO, DeliveryState.FAILED, 24, error="the bot may not post there"),
    Told("fresh", _TODAY, DeliveryState.SENT, receipt="1005", sent_revision=0),
    Told("sending", _TODAY, DeliveryState.SENDING, 1, sent_revision=0),
    Told("put-off", _TODAY, DeliveryState.PENDING, 3, NOON + timedelta(minutes=4), error="it is busy"),
    Told("pending", _TODAY, DeliveryState.PENDING),
)


def make_old_store(path: Path) -> None:
    """Write the file of that store."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for step in OLD_STEPS:
            for statement in step:
                db.execute(statement)
        db.execute(f"pragma application_id = {APPLICATION_ID}")
        db.execute(f"pragma user_version = {len(OLD_STEPS)}")
        _put(
            db,
            "feeds",
            url=FEED,
            title="Sample Herald: world",
            source_name="Sample Herald",
            source_family="Sample Herald",
            reliability="B",
            state_media=0,
            language="en",
            listed=1,
            current_url=FEED,
            state="ok",
            last_try_at=moment_text(NOON),
            last_success_at=moment_text(NOON),
            next_try_at=moment_text(NOON + timedelta(minutes=15)),
            failures=0,
            validators_of=FEED,
        )
        _put(db, "claims", id=CLAIM, position=0, listed=1, document=json_text(_CLAIM))
        for told in ALERTS:
            _put_alert(db, told)
        _put_rest(db)


def rows(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return what each table of a store holds but the index of words, in the order of its key."""
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        names = db.execute("select name from sqlite_schema where type = 'table' and name not like 'story_%'")
        read = "select * from {}"  # of names that the file itself gives
        return {name: [dict(row) for row in db.execute(read.format(name))] for (name,) in names}


_CLAIM = {
    "id": CLAIM,
    "statement": "At least 1,000 containers of munitions went from Najin to Dunay",
    "said_by": "White House",
    "said_on": {"year": 2023, "month": 10, "day": 13},
    "direction": None,
    "items": [],
    "places": [],
    "vessels": [],
    "figures": [],
    "resolutions": [],
    "disputed_by": [],
    "denial": False,
    "parent": None,
    "sources": [],
    "profile": None,
}
_WHY = [{"start": 0, "end": 6, "words": "Sample", "concept": ""}]


def _put_alert(db: sqlite3.Connection, told: Told) -> None:
    story, event = f"story-{told.name}", f"event-{told.name}"
    raised_at = moment_text(NOON - told.age)
    link = {"story_id": story, "claim_id": CLAIM, "stance": "supports", "score": 0.9}
    _put(db, "events", id=event, began_at=raised_at)
    _put(
        db,
        "stories",
        id=story,
        feed_url=FEED,
        event_id=event,
        url=f"https://sample-herald.example/{told.name}",
        title=f"Sample ship of the {told.name} alert leaves Rason",
        summary="A sample summary.",
        language="en",
        source_name="Sample Herald",
        source_family="Sample Herald",
        reliability="B",
        state_media=0,
        published_at=raised_at,
        seen_at=raised_at,
        revisions=0,
        backlog=0,
        relevant=1,
        relevance=0.9,
        read_as="en",
        concepts="[]",
        reason="new-event",
    )
    _put(db, "evidence", **{**link, "position": 0, "why": json_text(_WHY)})
    _put(
        db,
        "alerts",
        key=told.key,
        event_id=event,
        reason="new-event",
        headline=f"Sample ship of the {told.name} alert leaves Rason",
        links=json_text([{**link, "why": _WHY, "suggested": False, "judge": None}]),
        raised_at=raised_at,
        revision=told.revision,
    )
    _put_delivery(db, told.key, told)


def _put_rest(db: sqlite3.Connection) -> None:
    monday, tuesday = NOON - timedelta(days=1), NOON - timedelta(minutes=5)
    _put(db, "subscriptions", destination=CHANNEL, digest="11:55:00", timezone="UTC")
    for key, until, claims in ((DIGEST, monday, None), (DUE_DIGEST, tuesday, json_text([CLAIM]))):
        since = moment_text(until - timedelta(days=1))
        span = {"since": since, "until": moment_text(until)}
        _put(db, "digests", key=key, destination=CHANNEL, **span, timezone="UTC", claims=claims)
    _put(db, "notices", key=NOTICE, raised_at=moment_text(monday), answering=1, changes="[]")
    for key in (DIGEST, NOTICE):
        posted = Told("", timedelta(days=1), DeliveryState.SENT, receipt=f"at-{key}", sent_revision=0)
        _put_delivery(db, key, posted)
    _put_delivery(db, DUE_DIGEST, Told("", timedelta(minutes=5), DeliveryState.PENDING))
    _put(
        db,
        "verdicts",
        workspace="console",
        person="Mina",
        at=moment_text(monday),
        story_id="story-posted",
        kind="right",
        claim_id=CLAIM,
        stance="supports",
        undone=0,
        shared=1,
    )
    _put(
        db,
        "unjudged",
        story_id="story-posted",
        event_id="event-posted",
        relevant=1,
        relevance=0.7,
        evidence="[]",
    )
    story = {"story_id": "story-posted"}
    number = {"unit": "containers", "low": 13_000, "high": 13_000, "bound": "exact"}
    _put(db, "figures", story_id="story-refused", position=0, **number, quote="13,000 containers")
    _put(
        db,
        "revisions",
        **story,
        number=1,
        title="Sample ship leaves",
        summary="",
        replaced_at=moment_text(monday),
    )
    _put(
        db,
        "inquiries",
        key="k",
        **story,
        asked_at=moment_text(monday),
        model="sample-model",
        rules="r1",
        requests=1,
        tokens=900,
        changed="[]",
        dropped="[]",
    )
    _put(db, "vectors", model="sample-model", text_key="t", vector=b"1", kept_at=moment_text(monday))


def _put_delivery(db: sqlite3.Connection, key: str, told: Told) -> None:
    _put(
        db,
        "deliveries",
        key=key,
        destination=CHANNEL,
        raised_at=moment_text(NOON - told.age),
        revision=told.revision,
        state=told.state,
        attempts=told.attempts,
        next_try_at=moment_text(told.next_try_at) if told.next_try_at else None,
        receipt=told.receipt,
        sent_revision=told.sent_revision,
        error=told.error,
    )


def _put(db: sqlite3.Connection, table: str, **columns: object) -> None:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    insert = "insert into {} ({}) values ({})"  # of our own names
    db.execute(insert.format(table, names, marks), tuple(columns.values()))
