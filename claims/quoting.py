"""Where in a story the words stand that say what is told of it, and how they are cut to be quoted. Pure."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping

from claims.independence import Who
from claims.matching.page import Page, lay_out
from claims.model import Claim, Evidence, Figure, Member, Stance, Story

Place = tuple[int, int]
"""Where words begin and end, counted in characters of `Story.text`."""

QUOTED = 140
"""Characters of words that say what is told, be they a headline or of the text, before they are cut."""
UNNAMED = 2
"""See `prominence`."""
_CLAUSE = re.compile(r"[,;:]\s+(?!\d)|[，、；：]|\s+(?=[–—-]\s)")
"""Where a sentence may be cut best."""
_SHORT = re.compile(r"\b[^\W\d_A-ZА-ЯЁІЇЄҐ][^\W\d_]+(\.)\s+(?=[^\W\d_a-zа-яёіїєґ])")
"""Where a sentence ends behind a word that is too short to end one of a page; with a capital it may be a
title: `Mr. Sample`."""
_WORD = re.compile(r"\s+")
_EDGES = " ,;:，、；：–—-"


def number_at(story: Story, figure: Figure) -> Place | None:
    """Return where a number stands that was read from a story, or None where that was edited since."""
    if found := _search(figure.quote, story.text):
        return found
    page = lay_out(story.title, story.summary)
    found = _search(figure.quote, page.text)
    return (page.place(found[0]), page.place(found[1])) if found else None


def heads(figure: Figure, story: Story) -> bool:
    """Say whether the headline has a number that was read from its story."""
    return _search(figure.quote, unicodedata.normalize("NFKC", story.title)) is not None


def denial_at(member: Member, claim: Claim, register: Mapping[str, Claim]) -> Place | None:
    """Return where a story says that a claim is not so; None where it is not known by which words.

    These are the words that its profile has against it, those of a denial that answers it, or what a person
    quoted; of a denial those that repeat it.
    """
    links = [link for link in member.reading.evidence if link.why]
    own = next((link for link in links if link.claim_id == claim.id), None)
    against = claim.profile.against if claim.profile else ()
    if own and (claim.denial or own.judge is not None or own.why[0].concept in against):
        return _foremost(own)
    told = (link for link in links if _is_denial(link, register) and not link.suggested)
    denials = (link for link in told if link.stance is Stance.SUPPORTS)
    return next(map(_foremost, denials), None)


def admission_at(member: Member, register: Mapping[str, Claim]) -> Place | None:
    """Return where a story speaks against a denial; None where it does not, or not known by which words."""
    links = (link for link in member.reading.evidence if link.why and _is_denial(link, register))
    return next((_foremost(link) for link in links if link.stance is Stance.DISPUTES), None)


def matter_at(member: Member, claim: Claim) -> Place | None:
    """Return where a story has what made it bear on a claim most; None where that is not known."""
    links = (link for link in member.reading.evidence if link.claim_id == claim.id and link.why)
    return next(map(_foremost, links), None)


def backing_at(member: Member, claim: Claim, body: str, who: Who) -> Place | None:
    """Return where a story names the body that bears a claim out, at best beside what the claim is of.

    Args:
        member: the story.
        claim: the claim.
        body: as the story's reading has it.
        who: whom names mean: a name may stand in another language, or shortened.

    """
    story, matter, first = member.story, matter_at(member, claim), len(member.story.title) + 1
    titled = prominence(member, body, who) < UNNAMED or body in who(story.title)
    if titled and (matter is None or in_headline(story, matter)):
        return 0, 0
    told = story.text[slice(*_sentence(story, matter))] if matter and not in_headline(story, matter) else ""
    if told and not who(body).isdisjoint(who(told)):
        return matter
    if titled:
        return 0, 0
    if (at := story.summary.casefold().find(body.casefold())) >= 0:
        return first + at, first + at + len(body)
    page = lay_out(story.title, story.summary)
    whole = page.lead_end - page.title_end <= QUOTED
    if body in member.reading.lead_actors and (whole or not in_headline(story, matter)):
        return first, first
    named = (at for at in page.stops if body in who(page.text[slice(*page.bounds(at))]))
    return next(((page.place(at), page.place(at)) for at in named), None)


def prominence(member: Member, body: str, who: Who) -> int:
    """Return how a headline names a body, as far as its reading and the very name tell.

    0 where the body or its government comes first in it, 1 where it is named, else `UNNAMED`.
    """
    actors = member.reading.actors
    if actors and not who(actors[0]).isdisjoint(who(body)):
        return 0
    return 1 if body in actors or body.casefold() in member.story.title.casefold() else UNNAMED


def in_headline(story: Story, place: Place | None) -> bool:
    """Say whether words stand in the headline."""
    return place is not None and place[0] < len(story.title)


def quotation(story: Story, place: Place | None, most: int) -> str:
    """Return the words of a story to quote: its headline, or the sentence of its text in which words stand.

    Args:
        story: the story.
        place: where those words stand; they are kept. None for the headline, as where the story was edited
            since and is shorter.
        most: how many characters are quoted at most.

    """
    if place is None or place[0] < len(story.title) or place[1] > len(story.text):
        start, end = place if place and in_headline(story, place) else (0, 0)
        return clip(story.title, start, min(end, len(story.title)), most)
    first, last = _sentence(story, place)
    return clip(story.text[first:last], place[0] - first, place[1] - first, most)


def _sentence(story: Story, place: Place) -> Place:
    """Return where the sentence of a story's text stands that holds words."""
    page = lay_out(story.title, story.summary)
    start, end = _offset(page, place[0]), max(_offset(page, place[1]), _offset(page, place[0]) + 1)
    first, last = page.bounds(start)
    while first > page.title_end and page.text[first:].lstrip()[:1].isdigit() and not page.dense:
        first, _last = page.bounds(first - 1)  # what ends before a number is shortened: `Jan. 2`
    shorts = list(_SHORT.finditer(page.text, first, last))
    first = max((m.end() for m in shorts if m.end() <= start), default=first)
    last = min((m.end(1) for m in shorts if m.start(1) >= end), default=last)
    first += len(page.text[first:last]) - len(page.text[first:last].lstrip())
    return page.place(first), max(page.place(last), place[1])


def clip(text: str, start: int, end: int, most: int) -> str:
    """Return so many characters of a text at most, those from `start` to `end` among them.

    It is cut between clauses where most of that stays, else between words, with an `…` for what is left out.
    """
    if len(text) <= most:
        return text
    room = most - 2
    enough = 3 * most // 4
    clauses = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    runs = [(b - a, -a) for a in clauses if end - room <= a <= start for b in clauses if end <= b <= a + room]
    length, before = max(runs, default=(0, 0))
    if length >= enough:
        first, last = -before, length - before
    else:
        words = [*(m.end() for m in _WORD.finditer(text)), len(text)]
        whole = [a for a in clauses if len(text) - a >= enough]
        least = min(end + room // 4, len(text)) - room  # behind a number stands what it counts
        first = next((a for cuts in (whole, words) for a in cuts if least <= a <= start), start)
        last = max((b for b in words if end <= b <= first + room), default=first + room)
    return ("…" if first else "") + text[first:last].strip(_EDGES) + ("…" if last < len(text) else "")


def _search(words: str, text: str) -> Place | None:
    """Return where words stand that are not a part of a longer number."""
    if not words or words not in text:
        return None
    found = re.search(rf"(?<!\d)(?<!\d[.,]){re.escape(words)}(?!\d|[.,]\d)", text)
    return found.span() if found else None


def _offset(page: Page, at: int) -> int:
    """Return where an offset of a story's own text stands in its page."""
    return at if page.places is None else min(bisect_left(page.places, at), len(page.text))


def _is_denial(link: Evidence, register: Mapping[str, Claim]) -> bool:
    return link.claim_id in register and register[link.claim_id].denial


def _foremost(link: Evidence) -> Place:
    """Return where the most telling words of a link stand: all that make a concept."""
    first = link.why[0]
    marks = [mark for mark in link.why if mark.concept == first.concept] if first.concept else [first]
    return min(mark.start for mark in marks), max(mark.end for mark in marks)
