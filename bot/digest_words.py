"""What a digest says of each thing that changed or happened, a line each. Pure.

A line is made of what was read out of stories, and quotes one of them with its outlet: what a headline says
is never said again in other words, and stands in marks that nothing within it can close.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from bot import phrases
from bot.card import Line, Link, Span, plain
from bot.language import _, ngettext, spoken
from bot.lines import corrected, filled
from claims.candidates import Untracked
from claims.changes import Backed, Conceded, Denial, NewFigure
from claims.digest import Summary
from claims.digest import Told as Happened
from claims.independence import outlet
from claims.matching.numbers import RATES
from claims.model import Story
from claims.outgoing import TakenBack
from claims.quoting import Place, quotation

T = TypeVar("T")

HEADLINE = 80
"""Characters of a headline before it is cut."""
_QUOTED = 140
"""Characters of words that say what a line tells, be they a headline or of the text, before they are cut."""
_SEVERAL = 2
_GRAVEST = 3
"""Kinds of change: who conceded, numbers, and denials of a party."""
_CLAIMS = 3
_BODIES = 2

_INNER = str.maketrans({"“": "‘", "„": "‘", "«": "‘", "”": "’", "»": "’", '"': "'", "「": "‘", "」": "’"})
"""Marks within a quotation are single ones."""


def quoted(story: Story, place: Place | None = None) -> Line:
    """Return words of a story as they are, within quotation marks, with its outlet.

    It is the headline, or the sentence of its text where they stand there: `“Ship leaves” — Sample Wire`.
    """
    words = _("“{headline}” — {outlet}")
    if story.language != spoken():
        words = phrases.in_tongue(words, story.language)
    said = quotation(story, place, _QUOTED if place else HEADLINE).translate(_INNER)
    return filled(words, headline=Link(said, story.url), outlet=outlet(story))


def headline(title: str) -> str:
    """Return a headline as it stands within quotation marks."""
    return phrases.shorten(title.translate(_INNER), HEADLINE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a digest says of something, and the story that it quotes for it, if it does."""

    words: Line
    story: Story | None = None
    place: Place | None = None
    """Where in that story it is said, if not by its headline as a whole."""

    @property
    def quote(self) -> Line:
        """Return what it quotes, if it does."""
        return quoted(self.story, self.place) if self.story else ()

    @property
    def line(self) -> Line:
        """Return it with what it quotes."""
        return _sentence((*self.words, " ", *self.quote) if self.story else self.words)


def changes(summary: Summary) -> list[list[Told]]:
    """Return what changed by kind, the gravest kind first, and of each the most telling first."""
    denials = sorted((each for each in summary.denials if not each.again), key=_foremost)
    return [
        [Told(conceded_words(each), each.story, each.place) for each in summary.conceded],
        [
            Told(figure_words(each), each.story, each.place)
            for each in _telling(summary.figures)
            if each.stated
        ],
        [Told(denial_words(each), each.story, each.place) for each in denials if each.party],
        [
            Told(backed_words(each), each.story, each.place)
            for each in sorted(summary.backed, key=lambda each: each.was)
        ],
        [Told(taken_back_words(each)) for each in summary.taken_back],
        [Told(denial_words(each), each.story, each.place) for each in denials if not each.party],
        [Told(candidate_words(each), each.story) for each in summary.candidates],
    ]


def lines_of(told: Sequence[Told]) -> list[Line]:
    """Return lines of which each quotes what none before it does."""
    seen: set[str] = set()
    lines: list[Line] = []
    for each in told:
        words = plain(each.quote)
        lines.append((*each.words, f" {_('(the same story)')}") if words in seen else each.line)
        seen |= {words} if words else set()
    return lines


def chosen(kinds: Sequence[Sequence[T]], most: int) -> list[T]:
    """Return so many at most, in their order: some of each kind, then of each as many more, and so on.

    In a turn the gravest kinds (`_GRAVEST`) have two, and every other has one.
    """
    turns = sorted(
        (place // 2 if kind < _GRAVEST else place, kind, place)
        for kind, each in enumerate(kinds)
        for place in range(len(each))
    )[:most]
    return [kinds[kind][place] for kind, place in sorted((kind, place) for _turn, kind, place in turns)]


def loose_figures(summary: Summary) -> list[Told]:
    """Return the numbers that count what their claims were not stated with: they may be of another matter."""
    return [
        Told(figure_words(each), each.story, each.place)
        for each in _telling(summary.figures)
        if not each.stated
    ]


def _foremost(denial: Denial) -> tuple[int, bool, timedelta]:
    """Order denials: what most outlets tell, then the first on record, then after the longest silence."""
    return -denial.outlets, denial.last is not None, (denial.last or denial.day) - denial.day


def _telling(figures: Sequence[NewFigure]) -> list[NewFigure]:
    """Return numbers so that each claim's foremost one comes before the second of any.

    Foremost are counts before capacities, plans and rates; of these what a body said and several outlets
    tell, then what is but one of the two; and of these the largest: of what is announced together that is
    the whole, and of a count that grows the last.
    """
    newest = sorted(figures, key=lambda each: each.story.at, reverse=True)
    ranked = sorted(newest, key=_weight)
    first = {each.change.claim_id: each for each in reversed(ranked)}
    leading = [each for each in ranked if first[each.change.claim_id] is each]
    return [*leading, *(each for each in ranked if first[each.change.claim_id] is not each)]


def _weight(each: NewFigure) -> tuple[bool, int, float]:
    now = each.change.now
    counted = now.uncounted is None and now.period not in RATES
    grounds = (each.said_by is not None) + (each.outlets >= _SEVERAL)
    return not counted, -grounds, -now.high


def conceded_words(conceded: Conceded) -> Line:
    """Return who bears out now what was denied."""
    words = _("{claim}: borne out by {body}, a party to the matter, though it was denied before.")
    return filled(words, claim=conceded.claim_id, body=conceded.body)


def denial_words(denial: Denial) -> Line:
    """Return who denies what, and for the first time in how long."""
    gap = (denial.day - denial.last) if denial.last else None
    if denial.repeats:
        words = _("{claims}: repeated by {body}, {when}.")
    elif denial.party:
        words = _("{claims}: denied by {body}, {when}.")
    else:
        words = _("{claims}: disputed by {body}, {when}.")
    return filled(
        words,
        claims=phrases.listed(denial.claims, _CLAIMS),
        body=denial.body,
        when=_("again") if denial.again else _first(gap),
    )


def _first(gap: timedelta | None) -> str:
    if gap is None:
        return _("the first on record here")
    return _("first in {time}").format(time=phrases.span(gap))


def figure_words(figure: NewFigure) -> Line:
    """Return a new number with who counted, beside the old one with who said that; else with who tells it."""
    now, before, teller = figure.change.now, figure.change.before, outlet(figure.story)
    if figure.said_by is None:
        words = _("{claim}: {figure}, in a story of {outlet}.")
        if figure.quotes and figure.quotes != teller:
            words = _("{claim}: {figure}, in a story of {outlet}, which quotes {body}.")
    elif before is None:
        words = _("{claim}: {figure}, says {body}.")
    elif figure.moved:
        words = _("{claim}: {figure}, says {body}; {earlier} ({day}).")
    else:
        words = _("{claim}: {figure}, says {body}; {other} had {amount} ({day}).")
    return filled(
        words,
        claim=figure.change.claim_id,
        figure=phrases.quantity(now),
        outlet=teller,
        body=figure.said_by or figure.quotes or "",
        earlier=phrases.earlier(figure.change, before) if before else "",
        other=before.said_by if before else "",
        amount=phrases.amount(before.figure) if before else "",
        day=phrases.stated(before.said_on) if before else "",
    )


def backed_words(backed: Backed) -> Line:
    """Return how many independent accounts stand behind a claim now, and how many did."""
    if backed.was:
        words = ngettext(
            "{claim}: now {count} independent origin beside its sayer, was {was}; new: {bodies}.",
            "{claim}: now {count} independent origins beside its sayer, was {was}; new: {bodies}.",
            backed.now,
        )
    else:
        words = ngettext(
            "{claim}: backed by {count} independent origin beside its sayer, the first: {bodies}.",
            "{claim}: backed by {count} independent origins beside its sayer, the first: {bodies}.",
            backed.now,
        )
    return filled(
        words,
        claim=backed.claim_id,
        count=str(backed.now),
        was=str(backed.was),
        bodies=phrases.listed(backed.bodies, _BODIES),
    )


def taken_back_words(taken: TakenBack) -> Line:
    """Return what was told and is not so any more."""
    said, correction = headline(taken.alert.headline), taken.development.correction
    if correction and (what := corrected(correction)):
        return filled(_("corrected by the outlet: “{headline}”: {what}"), headline=said, what=what)
    return filled(_("withdrawn: “{headline}”"), headline=said)


def candidate_words(untracked: Untracked) -> Line:
    """Return a happening that fits no claim."""
    origins = phrases.origins(untracked.tally.independent)
    return filled(_("no claim yet, {origins}:"), origins=origins)


def told_line(told: Happened, more: int = 0) -> Line:
    """Return a happening by its best story, and how many more there are of its claim."""
    words = _("{claim}: {quote}; {origins}")
    if more:
        words = ngettext(
            "{claim}: {quote}; {origins}; {count} more happening",
            "{claim}: {quote}; {origins}; {count} more happenings",
            more,
        )
    line = filled(
        words,
        claim=told.claims[0],
        quote=quoted(told.story),
        origins=phrases.origins(told.tally.independent),
        count=str(more),
    )
    return _sentence(line)


def _sentence(line: Line) -> Line:
    """Return a line with its plain words in one piece: a semicolon in it parts no list (`card.BETWEEN`)."""
    spans: list[Span] = []
    for span in line:
        if isinstance(span, str) and spans and isinstance(spans[-1], str):
            spans[-1] += span
        else:
            spans.append(span)
    return tuple(spans)
