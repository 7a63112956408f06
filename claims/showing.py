"""An alert as each workspace is told it, made once for all that see and say the same. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from claims import corrections
from claims.developing import development_seen
from claims.independence import tally
from claims.model import Alert, Claim, Event, Member, Stance
from claims.outgoing import Briefing, Development
from claims.subscriptions import Subscription
from claims.verdicts import Verdict
from claims.visibility import briefing_seen, hidden
from claims.wanting import refusal

UNSEEN = "All that it bears on was taken out by people here, or is another workspace's."
"""Why an alert is not told where a workspace sees nothing of it."""

Said = Mapping[str, Sequence[Verdict]]
"""By story, oldest first."""


class View(NamedTuple):
    """What decides on how a workspace is told an alert."""

    hidden: frozenset[str]
    """Ids of the claims that it does not see."""
    own: str
    """The workspace, where its people said something of the stories for it alone; else nothing."""


@dataclass(frozen=True, slots=True)
class Showing:
    """How an alert shows to each workspace."""

    briefing: Briefing
    """As the record has it."""
    register: Mapping[str, Claim]
    """The claims that its event and what people said of that name, by id, retired ones included."""
    said: Mapping[str, Said]
    """By workspace, what its own people said of these stories and what is not shared."""
    _made: dict[View, Briefing] = field(default_factory=dict, repr=False, compare=False)

    def to(self, workspace: str) -> Briefing:
        """Return the alert as a workspace is told it; it bears on nothing where all is hidden from it."""
        view = self.view(workspace)
        if view not in self._made:
            said = self.said.get(workspace, {})
            self._made[view] = briefing_seen(self.briefing, self.register, view.hidden, said)
        return self._made[view]

    def view(self, workspace: str) -> View:
        """Return what decides on how a workspace is told it: two with the same are told the same."""
        return View(hidden(self.register, workspace), workspace if self.said.get(workspace) else "")

    def is_unseen(self, workspace: str) -> bool:
        """Say whether an alert that stands bears on nothing as a workspace is told it."""
        return bool(self.briefing.alert.links) and not self.to(workspace).alert.links

    def refusal(self, wanted: Subscription) -> str:
        """Return why a destination does not want the alert, a sentence, or nothing where it does."""
        return UNSEEN if self.is_unseen(wanted.sees_as) else refusal(wanted, self.to(wanted.sees_as))

    def follows(self, development: Development, workspace: str) -> bool:
        """Say whether something that follows the alert says anything to a workspace."""
        gone = taken_out(self.briefing.alert, self.to(workspace).alert)
        unseen = self.view(workspace).hidden | gone
        return development_seen(development, self.register, unseen) is not None


def before(event: Event, story_id: str | None, was: Member | None) -> Event:
    """Return an event without what a story brought to it; `was` is the story as it read, if it was kept."""
    others = [member for member in event.members if member.story.id != story_id]
    place = next((n for n, m in enumerate(event.members) if m.story.id == story_id), len(others))
    return replace(event, members=(*others[:place], *([was] if was else []), *others[place:]))


def taken_out(alert: Alert, seen: Alert) -> frozenset[str]:
    """Return the ids of the claims that an alert bears on, but not as a workspace is told it."""
    left = {link.claim_id for link in seen.links}
    return frozenset(link.claim_id for link in alert.links if link.claim_id not in left)


def reads_alike(one: Briefing, other: Briefing) -> bool:
    """Say whether the message of an alert says the same in two tellings of it, so that it need not be edited.

    A story that bears on nothing adds nothing to it, as a silent one (`claims.alerting.decide`).
    """
    return (
        corrections.reads_alike(one.alert, other.alert)
        and one.alert.correction == other.alert.correction
        and _tellers(one) == _tellers(other)
    )


def _tellers(briefing: Briefing) -> tuple[object, ...]:
    """Return which outlets tell it, and the address of the story that leads it."""
    lead = {link.story_id for link in briefing.alert.links[:1]}
    bearing = [
        member
        for member in briefing.event.members
        if any(not e.suggested and e.stance is not Stance.BACKGROUND for e in member.reading.evidence)
    ]
    return tally(bearing).outlets, [m.story.url for m in bearing if m.story.id in lead]
