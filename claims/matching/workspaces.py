"""Reading stories where single workspaces track claims of their own, of which no other may feel anything."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.matching.lexicon import Lexicon
from claims.matching.matcher import Matcher
from claims.matching.meaning import Vector
from claims.matching.prototypes import Prototype
from claims.model import Claim, Event, Member, Reading, Story


class WorkspacesMatcher(Matcher):
    """A matcher of everybody's claims, to which those of single workspaces add links to themselves alone.

    Relevance, concepts, the links to everybody's claims and the events of stories of the matter are as if
    nobody had claims of their own: else one workspace could join or part what others are told.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        claims: Sequence[Claim],
        known: Sequence[Claim] = (),
        prototypes: Sequence[Prototype] = (),
    ) -> None:
        """Derive the profile of every claim; see `Matcher`."""
        super().__init__(lexicon, claims, known, prototypes)
        everybodys = [claim for claim in claims if claim.workspace is None]
        self._shared = Matcher(lexicon, everybodys, known, prototypes)

    def read(self, story: Story) -> Reading:
        """Return all that can be read out of a story; see `Matcher.read`."""
        shared, found = self._shared.read(story), super().read(story).evidence
        own = tuple(link for link in found if link.claim_id not in self._shared.profiles)
        links = sorted((*shared.evidence, *own), key=lambda link: (-link.score, link.claim_id))
        return replace(
            shared,
            relevant=shared.relevant or bool(own),
            evidence=tuple(links),
            by_itself=shared.relevant or not own,
        )

    def group(
        self, member: Member, events: Sequence[Event], vectors: Mapping[str, Vector] | None = None
    ) -> Event | None:
        """Return the event that a story joins, or None; see `Matcher.group`."""
        asked = [replace(event, members=self._compared(member, event.members)) for event in events]
        (mine,) = self._compared(member, (member,))
        joined = super().group(mine, asked, vectors)
        return next((event for event in events if joined and event.id == joined.id), None)

    def _compared(self, member: Member, others: Sequence[Member]) -> tuple[Member, ...]:
        """Return the stories that one is compared with, with their links to everybody's claims alone."""
        near = (other for other in others if other.reading.by_itself or not member.reading.by_itself)
        return tuple(self._shorn(other) for other in near)

    def _shorn(self, member: Member) -> Member:
        links = tuple(link for link in member.reading.evidence if link.claim_id in self._shared.profiles)
        return replace(member, reading=replace(member.reading, evidence=links))
