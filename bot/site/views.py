"""What the templates show: frozen records of words, already in the language of the site.

Moments are the ISO 8601 text that `<time datetime>` takes, beside the words for it. Tuples are ordered as
they are shown.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that may lead somewhere: to a page of the site, or to an address elsewhere."""

    words: str
    page: str = ""
    """The path of a page from the root of the site."""
    url: str = ""
    """An address as a feed or the register gives it; only http and https become links."""
    language: str = ""
    """Of the words, ISO 639-1, where they are quoted; else they are in the language of the site."""
    note: str = ""
    """What stands after it: of a headline its outlet, and its language where that is not the site's."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day or a moment."""

    iso: str
    words: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what is to be said under it."""

    name: str
    values: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with the words for it."""

    svg: str
    about: str


# ---- claims ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in a list."""

    id: str
    page: str
    statement: str
    said: str
    """By whom and when."""
    state: str
    """A value of `claims.standing.State`, or `contested` where somebody disputes what others bear out."""
    standing: str
    """In words."""
    stories: int
    counts: str
    """How many stories and happenings, in words."""
    last: Stamp | None
    """When the newest story came, or None for none."""
    tags: tuple[Anchor, ...] = ()
    denial: bool = False
    retired: bool = False
    language: str = ""
    """Of the statement, where that is known not to be the site's."""


# ---- happenings --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story of a happening."""

    id: str
    headline: Anchor
    summary: str
    outlet: str
    family: str
    grade: str
    """The Admiralty letter of its outlet."""
    graded: str
    """What that letter means."""
    state_media: bool
    at: Stamp
    origin: str
    """Who said it first and who relayed it; empty where nobody is named."""
    figures: str
    links: tuple[tuple[Anchor, str], ...]
    """The claims it bears on, and the words for which it does."""
    earlier: tuple[tuple[Stamp, str], ...]
    """Its headlines before its outlet edited it, with when they were replaced."""


@dataclass(frozen=True, slots=True)
class EventPage:
    """A happening: who tells it, and what it says of which claims."""

    id: str
    headline: Anchor
    day: Stamp
    facts: tuple[Fact, ...]
    claims: tuple[tuple[Anchor, str], ...]
    """The claims it bears on, and how."""
    stories: tuple[StoryLine, ...]
    corrected: str
    """What an outlet corrected, in words."""
    parts: tuple[Anchor, ...]
    """Its pages, where it has more stories than fit on one."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """What a happening did to a claim."""

    day: Stamp
    side: str
    """`supports`, `disputes`, `denies` or `background`."""
    does: str
    """That in words."""
    headline: Anchor
    by: str
    told: str
    """By which outlets, of how many independent origins."""
    page: str
    """Of its event; empty for none."""
    number: str = ""
    """The number that moved."""
    state_media: bool = False


NUMBER = "number"
"""The side of a `MoveLine` that is a number."""


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A number that was given of a claim, or what changed how it stands."""

    day: Stamp
    side: str
    """`NUMBER`, or a value of `claims.standing.GroundKind`."""
    does: str
    """That in words."""
    said: str
    """By whom, after the number where there is one."""
    happening: Anchor | None
    before: str = ""
    """Of a number: what the same body, or else another, said before."""


@dataclass(frozen=True, slots=True)
class HappeningLine:
    """A happening in a list."""

    at: Stamp
    headline: Anchor
    claims: tuple[tuple[Anchor, str], ...]
    told: str


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert in a list."""

    at: Stamp
    kind: str
    """A value of `claims.model.Reason`."""
    heading: str
    headline: Anchor
    """It leads to the page of its event."""
    claims: tuple[tuple[Anchor, str], ...]
    number: str
    told: str


# ---- the rest ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed and how far its outlet can be relied on."""

    title: Anchor
    outlet: str
    family: str
    grade: str
    graded: str
    state_media: bool
    language: str
    health: str
    state: str
    """A value of `claims.health.Health`."""


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the register: all claims, or those of a tag."""

    title: str
    tag: str
    """Empty for all."""
    count: str
    lines: tuple[ClaimLine, ...]
    tags: tuple[tuple[Anchor, int], ...]
    """Every tag with how many claims have it."""
    parts: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The first page."""

    numbers: tuple[tuple[MoveLine, tuple[Anchor, ...]], ...]
    """The newest numbers that bodies gave last, with the claims."""
    moves: tuple[tuple[MoveLine, tuple[Anchor, ...]], ...]
    """The newest changes of how claims stand, with the claims."""
    alerts: tuple[AlertLine, ...]
    happenings: tuple[HappeningLine, ...]
    """Those that began last."""
    busy: tuple[ClaimLine, ...]
    """The claims that most was told of lately."""
    busy_days: str
    """Of which weeks that is, in words; empty where nothing was told."""
    busy_chart: Chart | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class FeedsPage:
    """A page of the feeds."""

    lines: tuple[FeedLine, ...]
    count: str
    grades: tuple[tuple[str, str], ...]
    """Each letter and its meaning."""
    parts: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class AboutPage:
    """How to read the site, and what it was built from."""

    facts: tuple[Fact, ...]
    grades: tuple[tuple[str, str], ...]
    credibilities: tuple[tuple[str, str], ...]
    stances: tuple[tuple[str, str], ...]
    """What a story does to a claim, and what that means."""
    states: tuple[tuple[str, str], ...]
    """Each standing and its meaning."""
    bodies: tuple[tuple[str, str], ...]
    """Bodies whose names do not say what they are, and what they are."""
