"""The records of what a span of time changed for claims: numbers, denials, who stands behind them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from claims.model import Event, FigureChange, Member, Stance, Story
from claims.quoting import Place
from claims.text import fold

New = Sequence[tuple[Member, Event]]
"""Stories of a span, each with its event, by when they came out."""


@dataclass(frozen=True, slots=True)
class Voice:
    """That a body supports or disputes a claim."""

    body: str
    stance: Stance
    leads: bool
    """In a story that bears on it before any other claim, or because somebody said so."""
    day: date
    """When it last did so that way."""


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A number that was not said of a claim before, and what it is set beside."""

    change: FigureChange
    said_by: str | None
    """Who counted: the body that was read beside it, or None where only stories tell it."""
    story: Story
    """The best to read of those that give it so."""
    quotes: str | None = None
    """Whom that story quotes, of its number or of something else."""
    stated: bool = False
    """It is of a unit that the claim counts (`Claim.units`)."""
    outlets: int = 1
    """How many outlets give it."""
    place: Place | None = None
    """Where the story gives it; None where that is not known."""

    @property
    def moved(self) -> bool:
        """Say whether its own body gave another number before."""
        before = self.change.before
        return before is not None and fold(before.said_by) == fold(self.said_by or "")


@dataclass(frozen=True, slots=True)
class Denial:
    """Somebody says of claims that it is not so."""

    body: str
    party: bool
    """It is a party to the matter, and denies its own conduct."""
    claims: tuple[str, ...]
    """Ids of what it disputes; where it names nothing, of the denials that it repeats."""
    repeats: bool
    """They are denials."""
    day: date
    story: Story
    """The best to read of those that tell so."""
    last: date | None
    """The day of its last denial of any of them before the span, or None where none is kept."""
    again: bool = False
    """It said so in the span before, or shortly before the span."""
    outlets: int = 1
    """How many outlets tell so."""
    place: Place | None = None
    """Where the story says that it is not so; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Backed:
    """More accounts stand behind a claim than did, counted as `claims.standing` counts them."""

    claim_id: str
    now: int
    was: int
    bodies: tuple[str, ...]
    """Those that came to it, as many as it has more, whom the story names first, then in the order in which
    they did."""
    story: Story
    """The best to read of those that brought them."""
    place: Place | None = None
    """Where it names its body; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Conceded:
    """Somebody who denied a claim says it now."""

    claim_id: str
    body: str
    story: Story
    place: Place | None = None
    """Where it speaks against the denial; None where that is not known."""


def readable(member: Member, language: str, lacks: int = 0) -> tuple[bool, bool, int, bool, str, float]:
    """Return how well a story reads, the best first.

    That is in one's own language, in English, by what its headline has of what is told (`lacks`, 0 for all of
    it), by a good source, and early.
    """
    story, spoken = member.story, member.reading.language
    source = story.source
    return (
        spoken != language,
        spoken != "en",
        lacks,
        source.state_media,
        source.reliability.value,
        story.at.timestamp(),
    )


def voices_in(member: Member, claim_id: str) -> list[Voice]:
    """Return how the body of a story bears on a claim; none where it names none, or only in passing."""
    origin = member.reading.origin
    return [
        Voice(origin.root, link.stance, position == 0 or link.judge is not None, member.story.at.date())
        for position, link in enumerate(member.reading.evidence)
        if origin and link.claim_id == claim_id
        if not link.suggested and link.stance is not Stance.BACKGROUND
    ]


def has_new_body(told: Iterable[Voice], before: Iterable[Voice]) -> bool:
    """Say whether somebody bears a claim out who did not; more stories of the same change nothing."""
    known = {(each.body, each.leads) for each in before if each.stance is Stance.SUPPORTS}
    return any((each.body, each.leads) not in known for each in told if each.stance is Stance.SUPPORTS)


def stances(member: Member, claim_id: str) -> set[Stance]:
    """Return how a story bears on a claim, what is only suggested left out."""
    return {e.stance for e in member.reading.evidence if e.claim_id == claim_id and not e.suggested}
