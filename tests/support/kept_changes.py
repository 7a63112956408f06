"""A small register with a told happening, and the ways in which what is kept of it changes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from claims.model import Reason, Rereading, Silence
from claims.store import Store
from tests.support.build import (
    NOW,
    alert,
    at,
    event_id,
    member,
    outcome,
    revision,
    update,
    verdict,
    visit,
)

FIRST = member("Sample ship leaves Rason", published_at=at(-9))
SECOND = member("Sample ship lands at Dunay", published_at=at(-8))
OTHER = member("Sample shells are fired", claims=["shell-volume"], published_at=at(-7))
HAPPENING = event_id(FIRST)


async def stock(store: Store) -> None:
    """Keep one told event of two stories and another, untold, of one."""
    await store.record_visit(
        visit(
            outcome(FIRST),
            outcome(SECOND, Silence(Reason.ALREADY_TOLD), of=FIRST),
            outcome(OTHER, Silence(Reason.BACKGROUND_ONLY)),
        )
    )


Change = Callable[[Store], Awaitable[object]]

CHANGES: dict[str, tuple[Change, set[str]]] = {
    "a story comes": (
        lambda store: store.record_visit(
            visit(outcome(member("Third"), Silence(Reason.ALREADY_TOLD), of=FIRST))
        ),
        {"containers-2023", HAPPENING},
    ),
    "a story is edited": (
        lambda store: store.record_revision(revision(SECOND, "Sample ship never landed"), NOW),
        {"containers-2023", HAPPENING},
    ),
    "a story is read anew": (
        lambda store: store.reread([Rereading(replace(OTHER.reading, evidence=()), event_id(OTHER))]),
        {"shell-volume", event_id(OTHER)},
    ),
    "a person says that it is another claim": (
        lambda store: store.record_verdict(
            verdict(OTHER.story, "wrong-claim", claim_id="shell-volume", right_claim="containers-2023")
        ),
        {"shell-volume", "containers-2023", event_id(OTHER)},
    ),
    "an alert changes": (
        lambda store: store.record_visit(
            visit(outcome(member("Third", claims=()), update(alert(FIRST), headline="Now"), of=FIRST))
        ),
        {"containers-2023", HAPPENING},
    ),
    "a feed is paused": (lambda store: store.pause_feed(FIRST.story.feed_url, paused=True), set()),
    "the seeds are read again": (lambda store: store.sync_feeds([]), set()),
}
