"""An event with its alert as one workspace sees it: what every control on an alert's message starts from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.language import _
from claims.errors import NotFound
from claims.model import Claim, Evidence, Member
from claims.outgoing import Briefing
from claims.snoozing import touching
from claims.store import Store
from claims.verdicts import Verdict, standing
from claims.visibility import briefing_seen, hidden
from claims.workspaces import Snooze


@dataclass(frozen=True, slots=True)
class Happening:
    """What a workspace sees of an event that was told, and what its people said of it."""

    workspace: str
    briefing: Briefing
    """As the workspace is told it."""
    stories: tuple[Member, ...]
    """Those of the event; of a withdrawn alert also those that people took out, as the matcher read them."""
    verdicts: tuple[Verdict, ...]
    """Those that stand and that the workspace sees, oldest first."""
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


async def happening(store: Store, event_id: str, workspace: str, now: datetime) -> Happening:
    """Return an event that was told, as a workspace sees it.

    Raises:
        NotFound: it was never told, or it is about what the workspace does not see.

    """
    register, alert = await store.register(), (await store.alerts([event_id])).get(event_id)
    unseen = hidden(register, workspace)
    links = alert.links if alert else ()
    if alert is None or (links and all(link.claim_id in unseen for link in links)):
        raise NotFound(_("Nothing is known of this message any more"))
    return await briefed(store, await store.briefing(alert.key), workspace, register, now)


async def briefed(
    store: Store, briefing: Briefing, workspace: str, register: Mapping[str, Claim], now: datetime
) -> Happening:
    """Return an alert as a workspace sees it; it bears on nothing where all that it bears on is hidden.

    `register` is every claim by id, retired ones included.
    """
    unseen = hidden(register, workspace)
    members = briefing.event.members
    if not briefing.alert.links:
        kept = {member.story.id for member in members}
        taken = [j for j in await store.judged() if j.event_id == briefing.event.id]
        members += tuple(Member(j.story, j.reading) for j in taken if j.story.id not in kept)
    said = await store.verdicts([member.story.id for member in members], workspace)
    own = {key: [v for v in verdicts if not v.shared] for key, verdicts in said.items()}
    seen = briefing_seen(briefing, register, unseen, own)
    snoozes = await store.snoozes(workspace, now)
    return Happening(
        workspace=workspace,
        briefing=seen,
        stories=seen.event.members + members[len(seen.event.members) :],
        verdicts=_standing(said.values(), unseen),
        own=_standing([[v for v in each if v.workspace == workspace] for each in said.values()], unseen),
        snoozes=tuple(touching(seen.event, (link.claim_id for link in seen.alert.links), snoozes)),
        register={key: claim for key, claim in register.items() if key not in unseen},
    )


def _standing(said: Iterable[Sequence[Verdict]], unseen: Collection[str]) -> tuple[Verdict, ...]:
    """Return what stands of what was said of each story, without what names a claim that is not seen."""
    found = [
        replace(verdict, right_claim=None) if verdict.right_claim in unseen else verdict
        for each in said
        for verdict in standing(each)
        if verdict.claim_id not in unseen
    ]
    return tuple(sorted(found, key=lambda verdict: verdict.at))
