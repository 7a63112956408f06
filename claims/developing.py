"""What a told alert says beyond its first telling, and so goes under its message: pure decisions.

Another outlet with the same news is none: it only edits the message. So does a denial by a body whose denial
was told already, also where it touches another claim.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from claims.alerting import told_as
from claims.model import Alert, Claim, Event, Evidence, FigureChange, Reason
from claims.outgoing import Briefing, Development
from claims.text import fold
from claims.visibility import correction_seen


def development(
    kept: Alert, after: Briefing, register: Mapping[str, Claim], at: datetime, story_id: str | None
) -> Development | None:
    """Return what is new in an alert, or None where its message is only edited.

    Args:
        kept: the alert as it was told.
        after: its next revision.
        register: the claims that either bears on, by id.
        at: when it came.
        story_id: the story that brought it, or None where a person did.

    """
    now = after.alert
    come = tuple(_other(now.links, kept.links))
    gone = tuple(link for link in kept.links if link.claim_id not in {each.claim_id for each in now.links})
    change = now.change if _moved(kept.change, now.change) else None
    lost = kept.change if change and story_id is None and not _follows(change, kept.change) else None
    found = Development(f"{now.key}#{now.revision}", now.key, at, Reason.WITHDRAWN, story_id)
    correction = now.correction if now.correction != kept.correction else None
    if not now.links:
        return replace(found, links=gone, correction=correction) if gone else None
    if correction:
        reason = told_as(come, register, moved=correction.now is not None)
        return replace(found, reason=reason, links=come, correction=correction)
    news = tuple(link for link in come if not _denied_before(link, kept, after.event, register))
    if news or (change and not lost):
        change = None if lost else change
        reason = told_as(news, register, moved=change is not None)
        return replace(found, reason=reason, links=news, change=change)
    taken = lost or (kept.change if kept.change and not now.change else None)
    return replace(found, links=gone, change=taken) if gone or taken else None


def development_seen(
    development: Development, register: Mapping[str, Claim], hidden: Collection[str]
) -> Development | None:
    """Return a development as a workspace is told it, or None where it is only about claims that are hidden.

    Args:
        development: as the record has it.
        register: every claim by id, retired ones included.
        hidden: ids of the claims that the workspace does not see.

    """
    links = tuple(link for link in development.links if link.claim_id not in hidden)
    change = development.change
    change = None if change and change.claim_id in hidden else change
    correction = development.correction and correction_seen(development.correction, hidden)
    withdrawn = development.reason is Reason.WITHDRAWN
    if not (links or change or (correction and not withdrawn)):
        return None
    moved = change is not None or (correction is not None and correction.now is not None)
    reason = Reason.WITHDRAWN if withdrawn else told_as(links, register, moved=moved)
    return replace(development, reason=reason, links=links, change=change, correction=correction)


def _other(links: Iterable[Evidence], than: Iterable[Evidence]) -> Iterable[Evidence]:
    """Yield the links to claims that the others do not have, or have with another stance."""
    told = {link.claim_id: link.stance for link in than}
    return (link for link in links if told.get(link.claim_id) is not link.stance)


def _denied_before(link: Evidence, kept: Alert, event: Event, register: Mapping[str, Claim]) -> bool:
    """Say whether a claim that comes is touched by a denial alone whose body denied what was told already.

    A denial of one workspace's own claim was told to that workspace alone.
    """

    def denies(each: Evidence) -> bool:
        return told_as([each], register, moved=False) is Reason.DENIAL

    def owner(each: Evidence) -> str | None:
        claim = register.get(each.claim_id)
        return claim.workspace if claim else None

    roots = {m.story.id: m.reading.origin.root for m in event.members if m.reading.origin}
    root = roots.get(link.story_id)
    if root is None or not denies(link) or link.claim_id in {each.claim_id for each in kept.links}:
        return False
    told = [each for each in kept.links if denies(each) and owner(each) in (None, owner(link))]
    return any(fold(roots.get(each.story_id, "")) == fold(root) for each in told)


def _moved(kept: FigureChange | None, now: FigureChange | None) -> bool:
    return now is not None and (kept is None or _number(kept) != _number(now))


def _follows(change: FigureChange, kept: FigureChange | None) -> bool:
    """Say whether a number is set beside the one that was told; else that one was taken back."""
    if kept is None or change.before is None:
        return kept is None
    before = change.before.figure
    return (before.low, before.high) == (kept.now.low, kept.now.high)


def _number(change: FigureChange) -> tuple[object, ...]:
    return change.claim_id, change.now.unit, change.now.low, change.now.high
