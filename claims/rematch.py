"""What reading a kept story again would change: pure, and what a person or a model judged stays."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from claims.matching.events import event_id
from claims.model import Event, Evidence, Member, Reading, Stance, Story


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A claim and how a story bears on it, before and now; None where it does not."""

    claim_id: str
    before: Evidence | None
    now: Evidence | None


@dataclass(frozen=True, slots=True)
class Change:
    """A story whose reading tells something else now."""

    story: Story
    before: Reading
    now: Reading
    links: tuple[LinkChange, ...] = ()
    """Those that came, went, or changed their stance or their sureness, by claim."""

    @property
    def relevance(self) -> bool:
        """Return whether the story became relevant, or ceased to be."""
        return self.before.relevant != self.now.relevant


def renewed(kept: Reading, fresh: Reading, register: Collection[str]) -> Reading:
    """Return a fresh reading, less what it cannot know.

    Links that somebody judged stay as they are kept, and so does the relevance of their story; so do the
    links of a story, while it is relevant, to claims that are not in the register, which was not asked.
    """
    judged = any(link.judge is not None for link in kept.evidence)
    if judged:
        fresh = replace(fresh, relevant=kept.relevant, score=kept.score)
    stay = {
        link.claim_id: link
        for link in kept.evidence
        if link.judge is not None or (link.claim_id not in register and fresh.relevant)
    }
    found = {link.claim_id: link for link in fresh.evidence} | stay
    return replace(fresh, evidence=tuple(sorted(found.values(), key=lambda e: (-e.score, e.claim_id))))


def change(story: Story, before: Reading, now: Reading) -> Change | None:
    """Return what a story tells now that it did not, or None; scores and words alone are no change."""
    old = {link.claim_id: link for link in before.evidence}
    new = {link.claim_id: link for link in now.evidence}
    links = tuple(
        LinkChange(claim_id, old.get(claim_id), new.get(claim_id))
        for claim_id in sorted({*old, *new})
        if _bearing(old.get(claim_id)) != _bearing(new.get(claim_id))
    )
    changed = Change(story, before, now, links)
    return changed if links or changed.relevance else None


def place(member: Member, kept_in: str | None, *, told: bool, joined: Event | None = None) -> str | None:
    """Return the id of the event to which a story belongs that was read again.

    No event is renamed and none is formed anew: a story stays where it is; one that became relevant joins
    an event or opens its own; one that is no longer relevant leaves, unless its event was told.

    Args:
        member: the story as it reads now.
        kept_in: the id of its event so far.
        told: whether that event has an alert.
        joined: the event whose happening a story without one reports, if there is such an event.

    """
    if kept_in is not None:
        return kept_in if told or member.reading.relevant else None
    if not member.reading.relevant:
        return None
    return joined.id if joined else event_id(member.story)


def _bearing(link: Evidence | None) -> tuple[Stance, bool] | None:
    return None if link is None else (link.stance, link.suggested)
