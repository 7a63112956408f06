"""Which happenings a digest tells of, and what they bear on that is wanted. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from claims.model import Alert, Claim, Event, Member, Stance, Story
from claims.outgoing import Activity, Digest
from claims.subscriptions import Subscription
from claims.wanting import follows, follows_all, suits


@dataclass(frozen=True, slots=True)
class Scope:
    """Which stories a digest tells of."""

    digest: Digest
    wanted: Subscription
    """`least`, which is for alerts, leaves nothing out here."""
    published: bool = False
    """The span is one in which stories came out, from `since` on and before `until`, not one in which they
    were seen: so an archive that was filled in one go has digests, too."""
    language: str = "en"
    """In which headlines are read best, ISO 639-1."""

    def has(self, story: Story) -> bool:
        """Say whether a story is of the span: a backlog was never news, but where all goes by publication."""
        since, until = self.digest.since, self.digest.until
        if self.published:
            return since <= story.at < until
        return since < story.seen_at <= until and not story.backlog


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as a digest tells of it."""

    event: Event
    alert: Alert | None
    fresh: tuple[Member, ...]
    """The stories of the span that are wanted, in the order of the event."""
    claims: tuple[str, ...]
    """Ids of those that it bears on and that are wanted, the lead first."""


def happenings(
    activity: Activity, claims: Sequence[Claim], scope: Scope
) -> tuple[list[Happening], list[Happening]]:
    """Return the happenings that bear on claims that are followed, and where all is wanted the others."""
    register = {claim.id: claim for claim in claims}
    alerts = {alert.event_id: alert for alert in activity.alerts}
    wanted = {claim.id for claim in claims if follows(scope.wanted, claim)}
    takes_all = follows_all(scope.wanted) and not scope.wanted.stances
    claimed: list[Happening] = []
    others: list[Happening] = []
    for event in activity.events:
        happening = _happening(event, alerts.get(event.id), register, wanted, scope)
        if happening.fresh and happening.claims:
            claimed.append(happening)
        elif happening.fresh and takes_all:
            others.append(happening)
    return claimed, others


def _happening(
    event: Event, alert: Alert | None, register: Mapping[str, Claim], wanted: Collection[str], scope: Scope
) -> Happening:
    links = alert.links if alert else ()
    borne = [(link, register[link.claim_id]) for link in links if link.claim_id in register]
    fresh = [m for m in event.members if scope.has(m.story) and suits(scope.wanted, m, borne)]
    found = [e for m in fresh for e in m.reading.evidence if not e.suggested and e.claim_id in wanted]
    taken = scope.wanted.stances or frozenset((Stance.SUPPORTS, Stance.DISPUTES))
    counts = Counter(e.claim_id for e in found if e.stance in taken)
    leads = [link.claim_id for link in links if link.claim_id in counts]
    ranked = sorted(counts, key=lambda claim_id: (-counts[claim_id], claim_id))
    return Happening(event, alert, tuple(fresh), tuple(dict.fromkeys((*leads, *ranked))))
