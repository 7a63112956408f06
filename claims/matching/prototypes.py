"""What claims have learnt from people: stories that bear on them, and stories that do not, as examples."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from claims.matching.cosine import cosine, unit
from claims.verdicts import Judged, spoken_for

NEWEST = 20
"""How many examples of each sign a claim keeps: what a story costs does not grow with years of verdicts."""
ALIKE = 0.6
"""The cosine from which two stories are alike at all: all of the matter share its actors."""


WEIGHT = 2.0
"""What the image of an example adds to the log-odds of a link: from even odds to 0.88, or to 0.12."""


@dataclass(frozen=True, slots=True)
class Prototype:
    """A story that a person said bears on a claim, or does not."""

    claim_id: str
    story_id: str
    """Also the key of what else is kept of its words, such as a vector."""
    concepts: tuple[tuple[str, float], ...]
    """Of its `Reading`."""
    bears: bool


def prototypes_of(judged: Iterable[Judged]) -> Iterator[Prototype]:
    """Yield the prototypes that people's verdicts make, in the order of the stories."""
    for each in judged:
        for claim_id, bears in spoken_for(each).items():
            yield Prototype(claim_id, each.story.id, each.reading.concepts, bears)


class Prototypes:
    """The prototypes of a register, ready to be compared with stories."""

    def __init__(self, prototypes: Iterable[Prototype] = ()) -> None:
        """Keep the `NEWEST` of each sign for each claim; they come with the newest first."""
        self._kept: defaultdict[tuple[str, bool], list[tuple[str, Mapping[str, float]]]] = defaultdict(list)
        for each in prototypes:
            kept = self._kept[each.claim_id, each.bears]
            if each.concepts and len(kept) < NEWEST:
                kept.append((each.story_id, unit(dict(each.concepts))))

    def __bool__(self) -> bool:
        """Say whether anybody taught anything."""
        return bool(self._kept)

    def signal(self, claim_id: str, story_id: str, concepts: Sequence[tuple[str, float]]) -> float:
        """Return how much a story is like what bears on a claim, less how much it is like what does not.

        From -1 (the image of a story that was taken out) to 1 (of one that was confirmed); 0 where nothing
        is alike. A story is never compared with itself, so what was said of it does not echo when it is
        read again.
        """
        if not concepts:
            return 0.0
        mine = unit(dict(concepts))
        return self._likeness(claim_id, story_id, mine, bears=True) - self._likeness(
            claim_id, story_id, mine, bears=False
        )

    def taught(
        self, probability: float, claim_id: str, story_id: str, concepts: Sequence[tuple[str, float]]
    ) -> float:
        """Return how likely a link is, 0 to 1, once people's examples are heard."""
        signal = self.signal(claim_id, story_id, concepts)
        if not signal:
            return probability
        odds = exp(WEIGHT * signal)
        return probability * odds / (probability * odds + 1 - probability)

    def _likeness(self, claim_id: str, story_id: str, mine: Mapping[str, float], *, bears: bool) -> float:
        """Return how much a story is like the nearest of some prototypes, 0 (not alike) to 1 (the same)."""
        others = (theirs for key, theirs in self._kept.get((claim_id, bears), ()) if key != story_id)
        nearest = max((cosine(mine, theirs) for theirs in others), default=0.0)
        return min(1.0, max(0.0, (nearest - ALIKE) / (1 - ALIKE)))
