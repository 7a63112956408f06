"""What a workspace is shown of what is kept: its own claims and verdicts beside the shared ones. Pure.

The record holds the claims of every workspace, and the words of people that are their workspace's alone. None
of that may show elsewhere: not in a card, a list, a count or a suggestion.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from claims.alerting import told_as
from claims.independence import sighted
from claims.matching.deriving import term_concept
from claims.model import Alert, Claim, Correction, Event, Evidence, Member, Reading, Reason, Sighting, Stance
from claims.outgoing import Account, Briefing
from claims.verdicts import Verdict, corrected
from claims.workspaces import CONSOLE

_TERM = term_concept("")
"""What the concepts begin with that claims bring."""
_OF_NO_CLAIM = (None, Reason.BACKLOG, Reason.IRRELEVANT, Reason.WITHDRAWN)
_OF_A_CLAIM = (Reason.DENIAL, Reason.NEW_FIGURE)
"""What may have been so of a hidden claim: that of another is a new event at least."""


def visible(claims: Iterable[Claim], workspace: str) -> list[Claim]:
    """Return the claims that a workspace sees, in the order given; the console sees all."""
    return [claim for claim in claims if claim.workspace is None or workspace in (claim.workspace, CONSOLE)]


def hidden(register: Mapping[str, Claim], workspace: str) -> frozenset[str]:
    """Return the ids of the claims that a workspace does not see, of a register with retired ones."""
    seen = {claim.id for claim in visible(register.values(), workspace)}
    return frozenset(register.keys() - seen)


def answered(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims with the denials that people added among those that answer them.

    A denial that one workspace sees answers its own claims alone: what a story says of everybody's claims
    never depends on it.
    """
    register = list(claims)
    by: dict[str, list[Claim]] = {}
    for denial in register:
        for claim_id in denial.disputes:
            by.setdefault(claim_id, []).append(denial)
    return [
        replace(claim, disputed_by=tuple(dict.fromkeys((*claim.disputed_by, *more))))
        if (more := [d.id for d in by.get(claim.id, ()) if d.workspace in (None, claim.workspace)])
        else claim
        for claim in register
    ]


def answers(denial: Claim, claim: Claim) -> bool:
    """Say whether a claim is a denial that answers another, for whoever sees both."""
    return claim.id in denial.disputes or denial.id in claim.disputed_by


def among(member: Member, claim_ids: Collection[str]) -> Member:
    """Return a story without its links to claims that are not shown: hidden, retired or merged ones."""
    links = member.reading.evidence
    if all(link.claim_id in claim_ids for link in links):
        return member
    left = tuple(link for link in links if link.claim_id in claim_ids)
    return replace(member, reading=replace(member.reading, evidence=left))


def member_seen(member: Member, hidden: Collection[str], verdicts: Sequence[Verdict] = ()) -> Member:
    """Return a story as a workspace reads it.

    The words that claims bring themselves are left out of its concepts: they may be a hidden claim's.

    Args:
        member: the story as the record has it.
        hidden: ids of the claims that the workspace does not see.
        verdicts: what the workspace's own people said of the story and what is not shared, oldest first.

    """
    if not verdicts and _is_everybodys(member.reading, hidden):
        return member
    reading = corrected(member.reading, verdicts) if verdicts else member.reading
    shown = tuple(link for link in reading.evidence if link.claim_id not in hidden)
    by_itself = bool(shown) or not reading.evidence or reading.by_itself
    seen = replace(
        reading,
        relevant=reading.relevant and by_itself,
        evidence=shown,
        concepts=tuple(each for each in reading.concepts if not each[0].startswith(_TERM)),
    )
    return member if seen == member.reading else replace(member, reading=seen)


def _is_everybodys(reading: Reading, hidden: Collection[str]) -> bool:
    """Say whether a story reads the same in every workspace, as nearly all do."""
    return not (
        any(link.claim_id in hidden for link in reading.evidence)
        or any(concept.startswith(_TERM) for concept, _weight in reading.concepts)
    )


def sightings_seen(
    sightings: Iterable[Sighting], claim_id: str, judged: Iterable[Member]
) -> tuple[Sighting, ...]:
    """Return a claim's figures in later stories, oldest first, as a workspace has them.

    Args:
        sightings: as the record has them.
        claim_id: the claim.
        judged: the stories of which the workspace's own people spoke, as `member_seen` has them.

    """
    own = {member.story.id: member for member in judged}
    kept = [each for each in sightings if each.story_id not in own]
    more = [each for member in own.values() for each in _sighted(member, claim_id)]
    return tuple(sorted([*kept, *more], key=lambda each: each.said_on)) if own else tuple(kept)


def _sighted(member: Member, claim_id: str) -> Iterable[Sighting]:
    story, reading = member.story, member.reading
    if any(
        e.claim_id == claim_id and e.stance is Stance.SUPPORTS and not e.suggested for e in reading.evidence
    ):
        for figure in reading.figures:
            yield sighted(figure, story)


def event_seen(
    event: Event, hidden: Collection[str], verdicts: Mapping[str, Sequence[Verdict]] | None = None
) -> Event:
    """Return an event whose stories are as `member_seen` has them; `verdicts` are by story."""
    said = verdicts or {}
    return replace(
        event, members=tuple(member_seen(m, hidden, said.get(m.story.id, ())) for m in event.members)
    )


def briefing_seen(
    briefing: Briefing,
    register: Mapping[str, Claim],
    hidden: Collection[str],
    verdicts: Mapping[str, Sequence[Verdict]] | None = None,
) -> Briefing:
    """Return an alert as a workspace is told it; it bears on nothing where all that it bears on is hidden.

    Args:
        briefing: the alert as the record has it.
        register: every claim by id, retired ones included.
        hidden: ids of the claims that the workspace does not see.
        verdicts: for each story what the workspace's own people said and what is not shared, oldest first.

    """
    event = event_seen(briefing.event, hidden, verdicts)
    turned = any(
        now.reading.evidence != was.reading.evidence
        for now, was in zip(event.members, briefing.event.members, strict=True)
    )
    if not turned and _named_by(briefing.alert).isdisjoint(hidden):
        return replace(briefing, event=event)
    links = tuple(_links(briefing.alert, event, hidden))
    alert = _told(briefing.alert, links, register, hidden)
    return Briefing(alert, event, tuple(register[link.claim_id] for link in links))


def account_seen(
    account: Account,
    register: Mapping[str, Claim],
    hidden: Collection[str],
    verdicts: Mapping[str, Sequence[Verdict]],
    destinations: Collection[str],
) -> Account:
    """Return what became of a story as a workspace is told it; the rest is as for `briefing_seen`.

    Only deliveries to these `destinations`, its own, are told of, and the verdicts on the story are the
    shared ones and its own.
    """
    story_id = account.member.story.id
    member = member_seen(account.member, hidden, verdicts.get(story_id, ()))
    event = event_seen(account.event, hidden, verdicts) if account.event and member.reading.relevant else None
    alert = account.alert
    if account.event and alert:
        told = briefing_seen(Briefing(alert, account.event, ()), register, hidden, verdicts).alert
        alert = None if is_hidden(alert, hidden) or event is None else told
    opinions = (
        replace(each, changed=tuple(said for said in each.changed if not _names(said, hidden)))
        for each in account.opinions
    )
    return replace(
        account,
        member=member,
        reason=_reason_seen(account, member, hidden),
        event=event,
        alert=alert,
        deliveries=tuple(
            each for each in account.deliveries if alert is not None and each.destination in destinations
        ),
        verdicts=verdicts_seen((*account.verdicts, *verdicts.get(story_id, ())), hidden),
        opinions=tuple(each for each in opinions if each.changed),
    )


def verdicts_seen(verdicts: Iterable[Verdict], hidden: Collection[str]) -> tuple[Verdict, ...]:
    """Return the verdicts that name no hidden claim."""
    return tuple(v for v in verdicts if v.claim_id not in hidden and v.right_claim not in hidden)


def is_hidden(alert: Alert, hidden: Collection[str]) -> bool:
    """Say whether all that an alert bears on is hidden."""
    return bool(alert.links) and all(link.claim_id in hidden for link in alert.links)


def _names(words: str, hidden: Collection[str]) -> bool:
    return any(claim_id in words for claim_id in hidden)


def _reason_seen(account: Account, member: Member, hidden: Collection[str]) -> Reason | None:
    """Return why a story was told or not, as if hidden claims were none; what people say now is no reason."""
    links = account.member.reading.evidence
    if account.reason in _OF_NO_CLAIM or not any(link.claim_id in hidden for link in links):
        return account.reason
    if not member.reading.relevant:
        return Reason.IRRELEVANT
    left = [link for link in links if link.claim_id not in hidden]
    if any(link.stance is not Stance.BACKGROUND and not link.suggested for link in left):
        return Reason.NEW_EVENT if account.reason in _OF_A_CLAIM else account.reason
    if any(link.stance is not Stance.BACKGROUND for link in left):
        return Reason.SUGGESTED_ONLY
    return Reason.BACKGROUND_ONLY if left else Reason.NO_CLAIM


def events_seen(
    events: Iterable[Event], hidden: Collection[str], verdicts: Mapping[str, Sequence[Verdict]] | None = None
) -> tuple[Event, ...]:
    """Return the events that are of the matter for a workspace, each as `event_seen` has it."""
    seen = ((event, event_seen(event, hidden, verdicts)) for event in events)
    return tuple(now for kept, now in seen if _relevant(now) or not _relevant(kept))


def _relevant(event: Event) -> bool:
    return any(member.reading.relevant for member in event.members)


def _links(alert: Alert, event: Event, hidden: Collection[str]) -> Iterable[Evidence]:
    """Yield the links of an alert as the stories of its event bear them out, the lead first."""
    borne: dict[str, list[Evidence]] = {}
    for member in event.members:
        for link in member.reading.evidence:
            if not link.suggested and link.stance is not Stance.BACKGROUND:
                borne.setdefault(link.claim_id, []).append(link)
    for told in alert.links:
        if told.claim_id not in hidden and (found := borne.pop(told.claim_id, None)):
            yield next((link for link in found if link.story_id == told.story_id), found[0])
    # What nobody told before bears on it only because a person said so.
    yield from (link for found in borne.values() for link in found[:1] if link.judge)


def _told(
    alert: Alert, links: tuple[Evidence, ...], register: Mapping[str, Claim], hidden: Collection[str]
) -> Alert:
    gone = {*hidden, *(link.claim_id for link in alert.links)} - {link.claim_id for link in links}
    correction, change = alert.correction, alert.change
    if change and change.claim_id in gone:
        change, correction = None, correction and replace(correction, was=None, now=None)
    return replace(
        alert,
        links=links,
        reason=told_as(links, register, moved=change is not None) if links else Reason.WITHDRAWN,
        change=change,
        correction=correction and correction_seen(correction, gone),
    )


def correction_seen(correction: Correction, hidden: Collection[str]) -> Correction | None:
    """Return what an outlet corrected without what concerns hidden claims, or None where that is all."""
    turns = tuple(turn for turn in correction.turns if turn.claim_id not in hidden)
    return replace(correction, turns=turns) if turns or correction.was or correction.now else None


def _named_by(alert: Alert) -> set[str]:
    turns = alert.correction.turns if alert.correction else ()
    return {*(link.claim_id for link in alert.links), *(turn.claim_id for turn in turns)}
