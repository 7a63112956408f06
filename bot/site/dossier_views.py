"""What the templates show of one claim: a part of `bot.site.views`."""

from dataclasses import dataclass

from bot.site.views import Anchor, Chart, ClaimLine, Fact, Stamp, StepLine


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a claim stands as it does."""

    day: Stamp
    body: str
    """Who did it."""
    happening: Anchor | None
    """Where it is told, or the claim that says so."""
    bodies: tuple["Ground", ...] = ()
    """Those of a government that do it, each by itself, where they are one reason together."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """The reasons of a kind."""

    name: str
    lines: tuple[Ground, ...]
    """The first ones, by day."""
    later: tuple[Ground, ...]
    """Those that are folded away."""
    opens: str
    """What unfolds them, in words: `12 more`."""
    note: str = ""
    """Why those that are set apart do not count."""
    aside: tuple[Ground, ...] = ()
    """Those."""


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number of a claim."""

    day: Stamp
    amount: str
    by: str
    """The body that said it, or that none is known to have."""
    does: str
    """Where it is from, if not from a story that supports the claim."""
    outlets: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers that may be compared."""

    counts: str
    """What they count."""
    groups: tuple[tuple[str, tuple[NumberLine, ...]], ...]
    """Those reported before the claim was made, under words that say so, then the others under none."""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """The stories of a week, by stance."""

    monday: Stamp
    supports: int
    disputes: int
    background: int


@dataclass(frozen=True, slots=True)
class OriginLine:
    """Who said it first, and how often that was told."""

    name: str
    party: bool
    supports: int
    disputes: int
    background: int
    first: Stamp
    last: Stamp


@dataclass(frozen=True, slots=True)
class EditLine:
    """An edit of a claim."""

    day: Stamp
    what: str
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """What a fact-checker said."""

    reviewer: str
    rating: str
    link: Anchor
    day: Stamp | None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """All that is known of a claim; of a long one with its newest happenings only."""

    line: ClaimLine
    facts: tuple[Fact, ...]
    grounds: tuple[Grounds, ...]
    denials: tuple[tuple[Anchor, str], ...]
    """The claims that deny it, and who said each when."""
    answers: tuple[tuple[Anchor, str], ...]
    """The claims that it denies."""
    related: tuple[tuple[Anchor, str], ...]
    """Its parent, then its children."""
    numbers: tuple[Numbers, ...]
    """Of what it counts."""
    others: tuple[Numbers, ...]
    """That its stories give of other matters."""
    numbers_chart: Chart | None
    weeks: tuple[WeekLine, ...]
    weeks_chart: Chart | None
    origins: tuple[OriginLine, ...]
    counts: str
    """How many happenings did what to it, in words; empty for none."""
    steps: tuple[StepLine, ...]
    """The newest first."""
    earlier: tuple[StepLine, ...]
    """Those before, which are folded away."""
    opens: str
    """What unfolds them, in words."""
    parts: tuple[Anchor, ...]
    """The pages of all happenings, where they are more than fit on one."""
    reviews: tuple[ReviewLine, ...]
    sources: tuple[Anchor, ...]
    edits: tuple[EditLine, ...]


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """A page of a long claim's happenings."""

    line: ClaimLine
    title: str
    steps: tuple[StepLine, ...]
    parts: tuple[Anchor, ...]
