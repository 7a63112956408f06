"""A story that bears on a claim as a flat document, which JSON and CSV share. Pure.

The words of people and of outlets stay where they are: a summary is not given on, and of people in chat who
judged a link it is said that somebody did.
"""

from bot.exchange.model import iso
from bot.said import judge
from claims.documents import Document, figure_document
from claims.dossier import Told
from claims.independence import outlet

COLUMNS = (
    "claim", "stance", "score", "suggested", "judge", "why", "story", "headline", "url", "outlet", "family",
    "reliability", "state_media", "language", "published", "seen", "origin", "party", "figures", "event",
)  # fmt: skip
"""The keys, in the order of a table."""


def evidence_document(told: Told) -> Document:
    """Return how a story bears on a claim, all of `COLUMNS`; lists, numbers and truth values are as such."""
    member, link, event_id = told
    story, reading = member.story, member.reading
    origin = reading.origin
    return {
        "claim": link.claim_id,
        "stance": link.stance.value,
        "score": round(link.score, 3),
        "suggested": link.suggested,
        "judge": judge(link.judge) if link.judge else None,
        "why": [mark.words for mark in link.why],
        "story": story.id,
        "headline": story.title,
        "url": story.url,
        "outlet": outlet(story),
        "family": story.source.family,
        "reliability": story.source.reliability.value,
        "state_media": story.source.state_media,
        "language": reading.language,
        "published": iso(story.published_at) if story.published_at else None,
        "seen": iso(story.seen_at),
        "origin": list(origin.chain) if origin else [],
        "party": bool(origin and origin.party),
        "figures": [figure_document(each) for each in reading.figures],
        "event": event_id,
    }
