"""The store as a site shows it: read in batches, with what its readers do not see left out."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.parts import who
from bot.site.event_page import Told
from claims.dossier import Dossier, dossier
from claims.dossier import Told as Bearing
from claims.model import Alert, Claim, Event, Member
from claims.outgoing import Briefing
from claims.store import Store
from claims.verdicts import Verdict
from claims.visibility import briefing_seen, event_seen, hidden, is_hidden, member_seen


@dataclass(frozen=True, slots=True)
class Happening:
    """A happening of the store."""

    id: str
    bears_on: frozenset[str]
    """The ids of all claims that a story of it is linked to, those that are not seen included."""
    told: Told | None
    """It as it is seen; None where it is nothing to whoever reads this."""


BATCH = 200
"""Stories, or happenings, of one read, so that a bot that runs on the store waits for milliseconds."""


@dataclass(frozen=True)
class Archive:
    """What is kept, as a workspace sees it."""

    store: Store
    everything: Mapping[str, Claim]
    """Every claim by id, those of all workspaces and retired ones included."""
    listed: Mapping[str, Claim]
    """The tracked claims that are seen, by id, in the order of the register."""
    hidden: frozenset[str]
    """Ids of the claims that are not seen."""
    said: Mapping[str, Sequence[Verdict]]
    """By story: what the workspace's own people said that is not shared."""

    @property
    def seen(self) -> dict[str, Claim]:
        """Return the claims that are seen by id, the tracked ones first, then the retired ones."""
        retired = {
            key: each
            for key, each in sorted(self.everything.items())
            if key not in self.hidden and key not in self.listed
        }
        return {**self.listed, **retired}

    async def dossier(self, claim: Claim) -> Dossier:
        """Return all that is known of a claim."""
        told = await self._bearing(claim)
        alerts = await self._alerts({event for _member, _link, event in told if event})
        return dossier(claim, told, alerts, self.listed, await self.store.edits(claim.id), who)

    async def _bearing(self, claim: Claim) -> list[Bearing]:
        found = await self.store.bearing(claim.id)
        judged = [key for key, said in self.said.items() if any(_names(each, claim.id) for each in said)]
        wanted = list(dict.fromkeys([*found, *judged]))
        told: list[Bearing] = []
        for start in range(0, len(wanted), BATCH):
            for kept, event_id in await self.store.members(wanted[start : start + BATCH]):
                member = self._member(kept)
                event = event_id if member.reading.relevant or not kept.reading.relevant else None
                told += [
                    (member, link, event) for link in member.reading.evidence if link.claim_id == claim.id
                ]
        told.sort(key=lambda each: each[0].story.id)
        return sorted(told, key=lambda each: each[0].story.at, reverse=True)

    def _member(self, member: Member) -> Member:
        return member_seen(member, self.hidden, self.said.get(member.story.id, ()))

    async def _alerts(self, event_ids: Collection[str]) -> dict[str, Alert]:
        """Return the alerts of these events; one that may read otherwise than it is kept is read alone."""
        found: dict[str, Alert] = {}
        wanted = sorted(event_ids)
        for start in range(0, len(wanted), BATCH):
            for event_id, alert in (await self.store.alerts(wanted[start : start + BATCH])).items():
                if self.said or any(each in self.hidden for each in _named(alert)):
                    briefing = await self.briefing(alert.key)
                    if briefing:
                        found[event_id] = briefing.alert
                else:
                    found[event_id] = alert
        return found

    async def briefing(self, key: str) -> Briefing | None:
        """Return an alert with its event, or None where all that it bears on is hidden or it has no story."""
        kept = await self.store.briefing(key)
        if is_hidden(kept.alert, self.hidden):
            return None
        seen = briefing_seen(kept, self.everything, self.hidden, self.said)
        event = _relevant(seen.event)
        return Briefing(seen.alert, event, seen.claims) if event.members else None

    async def happenings(self, event_ids: Sequence[str]) -> AsyncIterator[Happening]:
        """Yield these happenings with their alerts, in the order given; those that are gone are left out."""
        for start in range(0, len(event_ids), BATCH):
            some = event_ids[start : start + BATCH]
            found = {event.id: event for event in await self.store.events(some)}
            alerts = await self._alerts(some)
            edited = [m.story.id for each in found.values() for m in each.members if m.story.revisions]
            earlier = await self.store.wordings(edited) if edited else {}
            for event_id in some:
                if kept := found.get(event_id):
                    event = _relevant(event_seen(kept, self.hidden, self.said))
                    told = (event, alerts.get(event_id), earlier) if event.members else None
                    yield Happening(event_id, _linked(kept), told)


def _linked(event: Event) -> frozenset[str]:
    return frozenset(link.claim_id for member in event.members for link in member.reading.evidence)


def _relevant(event: Event) -> Event:
    return Event(event.id, tuple(member for member in event.members if member.reading.relevant))


def _names(verdict: Verdict, claim_id: str) -> bool:
    return claim_id in (verdict.claim_id, verdict.right_claim)


def _named(alert: Alert) -> set[str]:
    turns = alert.correction.turns if alert.correction else ()
    changed = {alert.change.claim_id} if alert.change else set()
    return {*(link.claim_id for link in alert.links), *(turn.claim_id for turn in turns), *changed}


async def archive(store: Store, workspace: str) -> Archive:
    """Return what a workspace sees of the store; `""` sees what is everybody's, and the console all."""
    everything = await store.register()
    unseen = hidden(everything, workspace)
    listed = {claim.id: claim for claim in await store.claims() if claim.id not in unseen}
    said = await store.private_verdicts(workspace) if workspace else {}
    return Archive(store, everything, listed, unseen, said)
