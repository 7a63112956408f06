"""What a span of time adds up to: what changed, what else happened, and which feeds are in trouble. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeVar

from claims.activity import Row
from claims.alerting import shared_first, told_as
from claims.candidates import Untracked, candidates
from claims.changed_figures import new_figures
from claims.changed_sides import denials, turns
from claims.changes import Backed, Conceded, Denial, NewFigure, Voice, readable, stances
from claims.digest_rows import digest_rows
from claims.feeds import FeedStatus
from claims.governments import by_government
from claims.happenings import Happening, Scope, happenings
from claims.importance import importance
from claims.independence import Tally, Who, tally
from claims.model import Alert, Claim, Event, Figure, Member, Sighting, Stance, Story
from claims.outgoing import Activity, Held, TakenBack
from claims.quoting import in_headline, matter_at
from claims.subscriptions import Importance
from claims.text import fold
from claims.wanting import follows, suits

_INSTANT = timedelta(microseconds=1)
"""What ends at midnight is of the day before."""

Dated = TypeVar("Dated", Backed, Conceded, NewFigure)


@dataclass(frozen=True, slots=True)
class Told:
    """A happening as a digest tells of it."""

    event_id: str
    story: Story
    """The best to read."""
    importance: Importance
    tally: Tally
    """Of its new stories."""
    claims: tuple[str, ...]
    """Ids of those that it bears on and that are wanted, the lead first."""
    stories: frozenset[str] = frozenset()
    """Ids of its new stories."""


@dataclass(frozen=True, slots=True)
class ClaimNews:
    """What happened to one claim."""

    claim: Claim
    told: tuple[Told, ...]
    """The happenings that it leads, that which most outlets tell first; at least one."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The stuff of a digest card."""

    happenings: int
    stories: int
    before: int | None = None
    """How many happenings the week, month or year before had; None for a day, and where that is not known."""
    conceded: tuple[Conceded, ...] = ()
    """Oldest first, as the four that follow."""
    denials: tuple[Denial, ...] = ()
    figures: tuple[NewFigure, ...] = ()
    backed: tuple[Backed, ...] = ()
    taken_back: tuple[TakenBack, ...] = ()
    candidates: tuple[Untracked, ...] = ()
    """Happenings that fit no claim and that several families tell, newest first; left out where a digest
    names its claims."""
    claims: tuple[ClaimNews, ...] = ()
    """Claims that something bore on, that which most outlets told of first."""
    recalled: Mapping[str, int] = field(default_factory=dict)
    """By claim, in the order of the register: how many stories speak of it in passing."""
    others: tuple[Event, ...] = ()
    """Happenings that bear on no claim and are no candidates, oldest first; left out as `candidates` are."""
    troubled: tuple[FeedStatus, ...] = ()
    """Feeds that fail now, are gone or silent, by title."""
    held: tuple[Held, ...] = ()
    """Alerts that waited for this digest, the first first."""
    rows: tuple[Row, ...] = ()
    """The claims that its stories bear on and how many do on which of its days, the busiest first."""
    register: Mapping[str, Claim] = field(default_factory=dict)
    """Every claim by its id."""

    @property
    def moved(self) -> frozenset[str]:
        """Return the ids of the claims for which something changed."""
        denied = {claim_id for each in self.denials if not each.again for claim_id in each.claims}
        counted = {each.change.claim_id for each in self.figures if each.stated}
        backed = {each.claim_id for each in self.backed}
        return frozenset(denied | counted | backed | {each.claim_id for each in self.conceded})

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to tell."""
        return not (self.happenings or self.taken_back or self.troubled or self.held)


@dataclass(frozen=True, slots=True)
class Past:
    """What was kept before the span of a digest, as far as that is held against it."""

    bodies: Mapping[str, Sequence[Voice]] = field(default_factory=dict)
    """By claim, see `claims.store_looks.LookBook.bodies`."""
    voices: Mapping[str, Sequence[Member]] = field(default_factory=dict)
    """By claim, see `claims.store_looks.LookBook.voices`; for those that have a new body, and what answers
    them."""
    sightings: Mapping[str, Sequence[Sighting]] = field(default_factory=dict)
    """By claim, oldest first; those of the span's own stories may be among them."""
    happenings: int | None = None
    """As `Summary.before`."""


def summarise(
    activity: Activity,
    claims: Sequence[Claim],
    scope: Scope,
    who: Who,
    past: Past = Past(),
    held: Sequence[Held] = (),
) -> Summary:
    """Return what a span of time adds up to.

    Args:
        activity: what it brought.
        claims: the register, in its order.
        scope: the span, and what is to be told of it.
        who: whom names mean (`claims.standing`).
        past: what was kept before.
        held: the alerts that waited for it.

    """
    register = {claim.id: claim for claim in claims}
    followed = [claim for claim in claims if follows(scope.wanted, claim)]
    claimed, others = happenings(activity, claims, scope)
    untracked = candidates(each.event for each in others)
    offered = {each.event.id for each in untracked}
    told = _told(claimed)
    passing = [
        member
        for event in activity.events
        for member in event.members
        if scope.has(member.story) and suits(scope.wanted, member, ())
    ]
    bearing: defaultdict[str, list[tuple[Member, Event]]] = defaultdict(list)
    for member, event in told:
        for claim_id in {e.claim_id for e in member.reading.evidence if not e.suggested}:
            bearing[claim_id].append((member, event))
    touched = [claim for claim in followed if claim.id in bearing]
    turned = [
        turns(claim, bearing[claim.id], past.bodies, past.voices, register, who, scope.language)
        for claim in touched
    ]
    spanned = {m.story.id for event in activity.events for m in event.members if scope.has(m.story)}
    refusals = {claim.id for claim in claims if claim.denial}
    counted = frozenset(figure.unit for claim in register.values() for figure in claim.figures)
    figures = [
        _where_it_belongs(each, claim, counted)
        for claim in touched
        for each in new_figures(
            claim, bearing[claim.id], _earlier(past, claim.id, spanned, scope), who, scope.language, refusals
        )
    ]
    return Summary(
        happenings=len(claimed) + len(others),
        stories=sum(len(each.fresh) for each in (*claimed, *others)),
        before=past.happenings,
        conceded=_by_day(each for _, conceded in turned for each in conceded),
        denials=tuple(denials(touched, told, past.bodies, register, who, scope.language)),
        figures=_by_day(_one_each(figures)),
        backed=_by_day(backed for backed, _ in turned if backed),
        taken_back=tuple(each for each in activity.taken_back if _concerns(each, followed)),
        candidates=untracked,
        claims=tuple(_by_claim(claimed, register, scope, who)),
        recalled=_recalled(passing, followed),
        others=tuple(each.event for each in others if each.event.id not in offered),
        troubled=activity.troubled,
        held=tuple(held),
        rows=digest_rows([member for member, _ in told], passing, followed, scope),
        register=register,
    )


def _told(happenings: Sequence[Happening]) -> list[tuple[Member, Event]]:
    pairs = ((member, each.event) for each in happenings for member in each.fresh)
    return sorted(pairs, key=lambda pair: (pair[0].story.at, pair[0].story.id))


def _earlier(past: Past, claim_id: str, spanned: set[str], scope: Scope) -> list[Sighting]:
    """Return the numbers of a claim that were said before the span."""
    until = (scope.digest.until - _INSTANT).date()
    known = past.sightings.get(claim_id, ())
    return [each for each in known if each.story_id not in spanned and each.said_on.first() <= until]


def _where_it_belongs(figure: NewFigure, claim: Claim, counted: Collection[str]) -> NewFigure:
    """Return a number as of another matter where its claim only names a unit that another one counts."""
    unit = figure.change.now.unit
    own = unit not in counted or any(each.unit == unit for each in claim.figures)
    return replace(figure, stated=figure.stated and own)


def _one_each(figures: Iterable[NewFigure]) -> Iterable[NewFigure]:
    """Return each number of a body for one claim: for one that was stated with such a number, if any was."""
    found: dict[tuple[str, Figure], NewFigure] = {}
    for each in sorted(figures, key=_fits, reverse=True):
        now = each.change.now
        found.setdefault((fold(each.said_by or ""), Figure(now.unit, now.low, now.high)), each)
    return found.values()


def _fits(figure: NewFigure) -> tuple[bool, bool, bool]:
    return figure.stated, figure.moved, figure.change.before is not None


def _by_claim(
    claimed: Sequence[Happening], register: Mapping[str, Claim], scope: Scope, who: Who
) -> list[ClaimNews]:
    led: dict[str, list[Told]] = {}
    for each in sorted((_tell(each, register, scope, who) for each in claimed), key=_spread):
        led.setdefault(each.claims[0], []).append(each)
    news = (ClaimNews(register[claim_id], tuple(each)) for claim_id, each in led.items())
    return sorted(news, key=_rank)


def _spread(told: Told) -> tuple[float, ...]:
    return -len(told.tally.outlets), -told.importance, -told.tally.independent, told.story.at.timestamp()


def _rank(news: ClaimNews) -> tuple[float, ...]:
    """Order claims: by how many outlets told of them, then by their most important happening."""
    gravest = max(told.importance for told in news.told)
    return -sum(len(told.tally.outlets) for told in news.told), -gravest, news.told[0].story.at.timestamp()


def _tell(happening: Happening, register: Mapping[str, Claim], scope: Scope, who: Who) -> Told:
    event = replace(happening.event, members=happening.fresh)
    lead = register[happening.claims[0]]
    bearing = [m for m in happening.fresh if stances(m, lead.id)] or happening.fresh
    return Told(
        event_id=event.id,
        story=min(bearing, key=lambda member: readable(member, scope.language, _apart(member, lead))).story,
        importance=importance(happening.alert or _as_told(happening, register), event),
        tally=tally(by_government(happening.fresh, who)),
        claims=happening.claims,
        stories=frozenset(member.story.id for member in happening.fresh),
    )


def _apart(member: Member, lead: Claim) -> int:
    """Return how far a headline is from a claim: it may be of another, which the story bears on before it."""
    links = member.reading.evidence
    foremost = bool(links) and links[0].claim_id == lead.id
    return 2 * (not foremost) + (not in_headline(member.story, matter_at(member, lead)))


def _as_told(happening: Happening, register: Mapping[str, Claim]) -> Alert:
    """Return the alert that a happening of an archive never had."""
    found = [e for m in happening.fresh for e in m.reading.evidence if e.claim_id in happening.claims]
    sure = [e for e in found if not e.suggested and e.stance is not Stance.BACKGROUND]
    links = shared_first({(e.claim_id, e.stance): e for e in sure}.values(), register)
    first = happening.fresh[0].story
    reason = told_as(links, register, moved=False)
    return Alert("", happening.event.id, reason, first.title, links, first.at)


def _recalled(passing: Iterable[Member], followed: Sequence[Claim]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for member in passing:
        links = member.reading.evidence
        counts.update({e.claim_id for e in links if e.stance is Stance.BACKGROUND and not e.suggested})
    return {claim.id: counts[claim.id] for claim in followed if counts[claim.id]}


def _concerns(taken: TakenBack, followed: Sequence[Claim]) -> bool:
    development, correction = taken.development, taken.development.correction
    links = {link.claim_id for link in (*development.links, *taken.alert.links)}
    turned = {turn.claim_id for turn in correction.turns} if correction else set()
    return not (links | turned).isdisjoint(claim.id for claim in followed)


def _by_day(found: Iterable[Dated]) -> tuple[Dated, ...]:
    return tuple(sorted(found, key=lambda each: (each.story.at, each.story.id)))
