"""Records as a program reads them: what `--json` prints of stories and of the claims beside them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from claims.feeds import FeedStatus
from claims.health import health
from claims.matching.evaluate import Prediction
from claims.matching.matcher import Ranked
from claims.outgoing import Account
from claims.why import Today


def candidate_row(candidate: Ranked) -> dict[str, Any]:
    """Return a claim beside a story, whatever the cuts; offsets count the characters of its text."""
    return {
        "id": candidate.claim_id,
        "score": round(candidate.score, 3),
        "missing": candidate.missing,
        "why": [asdict(mark) for mark in candidate.why],
    }


def account_row(account: Account, now: Today) -> dict[str, Any]:
    """Return what became of a story, and how it reads now."""
    story, reading, alert = account.member.story, account.member.reading, account.alert
    event = account.event.id if account.event else None
    matter = now.matter
    return {
        "id": story.id,
        "url": story.url,
        "feed": story.feed_url,
        "outlet": story.source.name,
        "text": story.text,
        "published": moment(story.published_at),
        "seen": moment(story.seen_at),
        "revisions": story.revisions,
        "earlier": [
            {"title": each.title, "summary": each.summary, "until": moment(each.replaced_at)}
            for each in account.earlier
        ],
        "backlog": story.backlog,
        "decided": account.reason,
        "read": Prediction(reading, event).row(),
        "alert": alert
        and {
            "key": alert.key,
            "reason": alert.reason,
            "headline": alert.headline,
            "raised": moment(alert.raised_at),
            "revision": alert.revision,
        },
        "deliveries": [
            {
                "destination": d.destination,
                "state": d.state,
                "reason": d.reason,
                "next_try": moment(d.next_try_at),
                "posted": moment(d.posted_at),
                "revision": d.sent_revision,
                "error": d.error,
            }
            for d in account.deliveries
        ],
        "verdicts": [{"kind": v.kind, "person": v.person, "at": moment(v.at)} for v in account.verdicts],
        "opinions": [
            {"model": i.model, "at": moment(i.asked_at), "changed": i.changed} for i in account.opinions
        ],
        "today": {
            "same": now.change is None,
            **Prediction(now.reading, event).row(),
            "top": [candidate_row(candidate) for candidate in now.nearest],
            "matter": matter and {"id": matter.name, "score": matter.score, "missing": matter.missing},
        },
    }


def feed_row(status: FeedStatus) -> dict[str, Any]:
    """Return a feed and how it is doing; `items_a_day` as of its last new item."""
    point, pulse = status.checkpoint, status.checkpoint.pulse
    return {
        "url": status.feed.url,
        "title": status.feed.title,
        "kind": status.feed.kind,
        "current_url": point.current_url,
        "state": health(status),
        "last_success": moment(point.last_success_at),
        "last_new": moment(pulse.last_new_at) if pulse else None,
        "items_a_day": round(pulse.items_a_day, 2) if pulse else None,
        "failing_since": moment(point.failing_since),
        "failures": point.failures,
        "error": point.error,
        "next_try": moment(point.next_try_at),
        "paced_by": point.paced_by,
        "added_by": status.added_by,
    }


def moment(at: datetime | None) -> str | None:
    """Return a moment in ISO 8601."""
    return at.isoformat(timespec="seconds") if at else None
