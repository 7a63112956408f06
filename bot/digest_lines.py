"""The lines of a digest under the names of their sections and claims. Pure.

Whoever reads a digest may never have seen the register: a claim is said where it is first named, and what is
told of it stands together below.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot import lines, phrases
from bot.card import Line, Strong
from bot.digest_told import Told
from bot.language import _
from claims.digest import Summary
from claims.model import Claim
from claims.outgoing import Digest
from claims.sooner import since

_GRAVEST = range(1, 4)
"""Kinds of change: who conceded, numbers, and denials of a party."""

_ROOM = 100
"""Characters of what a claim says before it is cut."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a digest, and where it stands."""

    section: str
    """The name of its section."""
    claim: str
    """The id of the claim that it stands under, or nothing where that section has none."""
    line: Line


def chosen(kinds: Sequence[Sequence[Told]], most: int) -> list[Told]:
    """Return so many at most, in their order: some of each kind, then of each as many more, and so on.

    In a turn the gravest kinds (`_GRAVEST`) have two, and every other has one; what a claim has of a kind
    beyond its first comes later by a turn each, so that no claim fills a digest while others changed too.
    """
    turns = []
    for kind, each in enumerate(kinds):
        had: Counter[str] = Counter()
        for place, told in enumerate(each):
            turn = place // 2 if kind in _GRAVEST else place
            turns.append((turn + had[told.claim], kind, place))
            had[told.claim] += bool(told.claim)
    return [
        kinds[kind][place] for kind, place in sorted((kind, place) for _, kind, place in sorted(turns)[:most])
    ]


def changed(told: Sequence[Told], zone: str = "") -> list[Entry]:
    """Return what changed, then what fits no claim; `zone` as `grouped` has it."""
    return [
        *grouped(_("What changed"), [each for each in told if each.claim], zone),
        *grouped(_("No claim yet"), [each for each in told if not each.claim], zone),
    ]


def grouped(section: str, told: Sequence[Told], zone: str = "") -> list[Entry]:
    """Return a section claim by claim, in the order of their first lines.

    Each line quotes what none before it does, or names where it was told. The days of what is quoted are
    written in a zone, named as IANA does; without one they are left out.
    """
    first = {claim: place for place, claim in reversed([*enumerate(each.claim for each in told)])}
    seen: set[str] = set()
    found = []
    for each in sorted(told, key=lambda each: first[each.claim]):
        found.append(
            Entry(section, each.claim, each.briefly if each.words and each.quote in seen else each.line(zone))
        )
        seen |= {each.quote} if each.quote else set()
    return found


def _in_short(claim: Claim) -> str:
    return lines.brief(claim, _ROOM)


def laid_out(
    entries: Sequence[Entry],
    summary: Summary,
    digest: Digest,
    known: Collection[str] = (),
    said: Callable[[Claim], str] = _in_short,
) -> Iterator[Line]:
    """Yield lines, each section and each claim named above the first of its own.

    Args:
        entries: the lines, those of a section together, and in it those of a claim.
        summary: of the digest.
        digest: its span; a claim that was said only after it says so.
        known: ids of the claims of which stands above already what they say.
        said: what is said of a claim where it is first named.

    """
    named, above = set(known), ("", "")
    for each in entries:
        if each.section != above[0]:
            yield (Strong(each.section),)
            above = each.section, ""
        if each.claim != above[1]:
            yield _named(each.claim, summary.register, named, said, digest.until.date())
            named.add(each.claim)
            above = each.section, each.claim
        yield ("• ", *each.line)


def _named(
    claim_id: str,
    register: Mapping[str, Claim],
    named: Collection[str],
    said: Callable[[Claim], str],
    ended: date,
) -> Line:
    if claim_id in named:
        words = _("the claim that is told above")
    elif claim := register.get(claim_id):
        later = since(claim) >= ended
        words = _("{claim} [said later: {day}]") if later else "{claim}"
        words = words.format(claim=said(claim), day=phrases.stated(claim.said_on))
    else:
        return (Strong(claim_id),)
    return (Strong(claim_id), f": {words}")
