"""An event with its alert as one workspace sees it: what every control on an alert's message starts from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.language import _
from claims.errors import NotFound
from claims.model import Alert, Claim, Event, Evidence, Member, Reason
from claims.outgoing import Briefing
from claims.snoozing import touching
from claims.store import Store
from claims.verdicts import Verdict, last_words, standing
from claims.visibility import briefing_seen, hidden
from claims.workspaces import Snooze

_ALONE = "s-"
"""What stands before a story's id where it is looked at alone; ids of events begin otherwise."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What a workspace sees of an event that was told or of a story alone, and what its people said."""

    workspace: str
    briefing: Briefing
    """As the workspace is told it."""
    stories: tuple[Member, ...]
    """Those of the event; of a withdrawn alert also those that people took out, as the matcher read them."""
    verdicts: tuple[Verdict, ...]
    """Those that stand, that the workspace sees and that their people did not contradict, oldest first."""
    own: tuple[Verdict, ...]
    """What of its own people's words stands, oldest first: what they can take back."""
    snoozes: tuple[Snooze, ...]
    """The workspace's own that touch the event, the first to end first."""
    register: Mapping[str, Claim]
    """The claims that the workspace sees, by id, retired ones included."""

    @property
    def event_id(self) -> str:
        """Return the id of the event."""
        return self.briefing.event.id

    @property
    def alone(self) -> bool:
        """Say whether it is a story by itself, of which no alert is meant."""
        return self.event_id.startswith(_ALONE)

    @property
    def lead(self) -> Member | None:
        """Return the story that leads the alert, else the first one, or None where no story is left."""
        links = self.briefing.alert.links
        led = (m for m in self.stories if links and m.story.id == links[0].story_id)
        return next(led, self.stories[0] if self.stories else None)

    def bearing(self, claim_id: str | None = None) -> list[tuple[Member, Evidence]]:
        """Return the stories that bear on a claim, or on any, each with its best link to it."""
        found = []
        for member in self.briefing.event.members:
            links = [e for e in member.reading.evidence if claim_id in (None, e.claim_id)]
            found += [(member, links[0])] if links else []
        return found


def alone(story_id: str) -> str:
    """Return by which id a story is looked at alone, as one that waits for a review is."""
    return f"{_ALONE}{story_id}"


async def happening(store: Store, event_id: str, workspace: str, now: datetime) -> Happening:
    """Return an event that was told, out of the store as a workspace sees it (`bot.seen.seen_by`).

    For an id made by `alone` it is that story, as if it had happened by itself and all its links were told.

    Raises:
        NotFound: it was never told, or it is about what the workspace does not see.

    """
    if event_id.startswith(_ALONE):
        return await _one_story(store, event_id, workspace, now)
    alert = (await store.alerts([event_id])).get(event_id)
    if alert is None:
        raise NotFound(_("Nothing is known of this message any more"))
    briefing = await store.briefing(alert.key)
    taken = await _taken_out(store, briefing)
    said = await store.verdicts([m.story.id for m in (*briefing.event.members, *taken)], workspace)
    return await _happening(store, briefing, taken, said, workspace, await store.register(), now)


async def _one_story(store: Store, named: str, workspace: str, now: datetime) -> Happening:
    found = await store.members([named.removeprefix(_ALONE)])
    if not found:
        raise NotFound(_("Nothing is known of this story any more"))
    ((member, _event_id),) = found
    story, register = member.story, await store.register()
    links = tuple(link for link in member.reading.evidence if link.claim_id in register)
    alert = Alert("", named, Reason.SUGGESTED_ONLY, story.title, links, story.seen_at)
    claims = tuple(register[link.claim_id] for link in links)
    said = await store.verdicts([story.id], workspace)
    briefing = Briefing(alert, Event(named, (member,)), claims)
    return await _happening(store, briefing, (), said, workspace, register, now)


async def briefed(
    store: Store, briefing: Briefing, workspace: str, register: Mapping[str, Claim], now: datetime
) -> Happening:
    """Return an alert as a workspace sees it, out of the store that holds what all of them say.

    It bears on nothing where all that it bears on is hidden. `register` is every claim by id, retired ones
    included.
    """
    unseen = hidden(register, workspace)
    taken = await _taken_out(store, briefing)
    said = await store.verdicts([m.story.id for m in (*briefing.event.members, *taken)], workspace)
    own = {key: [v for v in verdicts if not v.shared] for key, verdicts in said.items()}
    seen = briefing_seen(briefing, register, unseen, own)
    told = {key: _readable(verdicts, unseen) for key, verdicts in said.items()}
    known = {key: claim for key, claim in register.items() if key not in unseen}
    return await _happening(store, seen, taken, told, workspace, known, now)


async def _taken_out(store: Store, briefing: Briefing) -> tuple[Member, ...]:
    """Return the stories that people took out of a withdrawn alert."""
    if briefing.alert.links:
        return ()
    kept = {member.story.id for member in briefing.event.members}
    judged = (each for each in await store.judged() if each.event_id == briefing.event.id)
    return tuple(Member(each.story, each.reading) for each in judged if each.story.id not in kept)


async def _happening(
    store: Store,
    seen: Briefing,
    taken: tuple[Member, ...],
    said: Mapping[str, Sequence[Verdict]],
    workspace: str,
    register: Mapping[str, Claim],
    now: datetime,
) -> Happening:
    """Put together what a workspace sees: all that is handed over is what it may see already."""
    snoozes = await store.snoozes(workspace, now)
    return Happening(
        workspace=workspace,
        briefing=seen,
        stories=(*seen.event.members, *taken),
        verdicts=last_words(_standing(said.values())),
        own=_standing([v for v in each if v.workspace == workspace] for each in said.values()),
        snoozes=tuple(touching(seen.event, (link.claim_id for link in seen.alert.links), snoozes)),
        register=register,
    )


def _readable(said: Iterable[Verdict], unseen: Collection[str]) -> list[Verdict]:
    """Return what was said without what names a claim that is not seen."""
    return [
        replace(verdict, right_claim=None) if verdict.right_claim in unseen else verdict
        for verdict in said
        if verdict.claim_id not in unseen
    ]


def _standing(said: Iterable[Sequence[Verdict]]) -> tuple[Verdict, ...]:
    """Return what stands of what was said of each story, oldest first."""
    return tuple(sorted((v for each in said for v in standing(each)), key=lambda verdict: verdict.at))
