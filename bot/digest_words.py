"""What a digest says of each thing that changed or happened, a line each. Pure.

A line is made of what was read out of stories, and quotes one of them with its outlet: what a headline says
is never said again in other words, and stands in marks that nothing within it can close.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot import phrases
from bot.card import Line, Link, Span
from bot.language import _, decimal, full_date, ngettext, spoken
from bot.lines import corrected, filled
from claims.candidates import Untracked
from claims.changes import Backed, Conceded, Denial, NewFigure
from claims.digest import Summary
from claims.digest import Told as Happened
from claims.independence import Tally, outlet
from claims.matching.numbers import RATES
from claims.model import Claim, Story
from claims.outgoing import TakenBack
from claims.quoting import QUOTED, Place, quotation

HEADLINE = 80
"""Characters of a headline before it is cut."""
_SEVERAL = 2
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
    return filled(words, headline=Link(_quotation(story, place), story.url), outlet=outlet(story))


def _quotation(story: Story, place: Place | None) -> str:
    """Return what stands within the quotation marks."""
    return quotation(story, place, QUOTED if place else HEADLINE).translate(_INNER)


def headline(title: str) -> str:
    """Return a headline as it stands within quotation marks."""
    return phrases.shorten(title.translate(_INNER), HEADLINE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a digest says of something, and the story that it quotes for it, if it does."""

    claim: str
    """The id of the claim that it stands under, or nothing where it fits none."""
    words: Line
    story: Story | None = None
    place: Place | None = None
    """Where in that story it is said, if not by its headline as a whole."""
    counts: bool = False
    """It counts independent origins."""

    @property
    def quote(self) -> str:
        """Return what it quotes, or nothing."""
        return _quotation(self.story, self.place) if self.story else ""

    @property
    def line(self) -> Line:
        """Return it with what it quotes."""
        return _sentence((*self.words, *((" ", *quoted(self.story, self.place)) if self.story else ())))

    @property
    def briefly(self) -> Line:
        """Return it with where the story is, for where the same is quoted already."""
        return _sentence((*self.words, *((" (", *_teller(self.story), ")") if self.story else ())))


def changes(summary: Summary) -> list[list[Told]]:
    """Return what changed by kind, the gravest kind first, and of each the most telling first."""
    denials = sorted((each for each in summary.denials if not each.again), key=_foremost)
    return [
        [Told(each.claim_id, conceded_words(each), each.story, each.place) for each in summary.conceded],
        [_number(each) for each in _telling(summary.figures) if each.stated],
        [denied(each, summary.register) for each in denials if each.party],
        [
            Told(each.claim_id, backed_words(each), each.story, each.place, counts=True)
            for each in sorted(summary.backed, key=lambda each: each.was)
        ],
        [Told(_taken_from(each, summary), taken_back_words(each)) for each in summary.taken_back],
        [denied(each, summary.register) for each in denials if not each.party],
        [candidate(each) for each in summary.candidates],
    ]


def loose_figures(summary: Summary) -> list[Told]:
    """Return the numbers that count what their claims were not stated with: they may be of another matter."""
    return [_number(each) for each in _telling(summary.figures) if not each.stated]


def denied(denial: Denial, register: Mapping[str, Claim]) -> Told:
    """Return a denial under the first of its claims."""
    first = denial.claims[0]
    return Told(first, denial_words(denial, register.get(first)), denial.story, denial.place)


def candidate(untracked: Untracked) -> Told:
    """Return a happening that fits no claim."""
    return _happened("", untracked.story, untracked.tally)


def _number(figure: NewFigure) -> Told:
    return Told(figure.change.claim_id, figure_words(figure), figure.story, figure.place)


def _taken_from(taken: TakenBack, summary: Summary) -> str:
    """Return the claim that what was taken back had been told of, as far as it is seen here."""
    development = taken.development
    told = [link.claim_id for link in (*taken.alert.links, *development.links)]
    turned = [turn.claim_id for turn in development.correction.turns] if development.correction else []
    return next((each for each in (*told, *turned) if each in summary.register), "")


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
    """Return who says now what was denied."""
    words = _("said to be so by {body}, a party to the matter, though it was denied before.")
    return filled(words, body=conceded.body)


def denial_words(denial: Denial, claim: Claim | None) -> Line:
    """Return who denies what, and since when for the first time.

    A party denies that something is transferred, and rejects a claim of anything else, as a condemnation.
    """
    if denial.repeats:
        words = _("repeated by {body}, {when}.")
    elif not denial.party:
        words = _("disputed by {body}, {when}.")
    elif claim and claim.direction is None:
        words = _("rejected by {body}, {when}.")
    else:
        words = _("denied by {body}, {when}.")
    when = _("again") if denial.again else _since(denial.last)
    if others := denial.claims[1:]:
        when = _("{when} (likewise {claims})").format(when=when, claims=phrases.listed(others, _CLAIMS))
    return filled(words, body=denial.body, when=when)


def _since(last: date | None) -> str:
    if last is None:
        return _("for the first time on record by this source")
    return _("for the first time since {day}").format(day=full_date(last))


def figure_words(figure: NewFigure) -> Line:
    """Return a new number with who counted, beside the old one with who said that; else with who tells it."""
    now, before, teller = figure.change.now, figure.change.before, outlet(figure.story)
    if figure.said_by is None:
        words = _("{figure}, in a story of {outlet}.")
    elif before is None:
        words = _("{figure}, according to {body}.")
    elif figure.moved:
        words = _("{figure}, according to {body}; {earlier} ({day}).")
    else:
        words = _("{figure}, according to {body}; {other} had {amount} ({day}).")
    return filled(
        words,
        figure=phrases.quantity(now),
        outlet=teller,
        body=figure.said_by or "",
        earlier=phrases.earlier(figure.change, before) if before else "",
        other=before.said_by if before else "",
        amount=phrases.amount_since(before.figure) if before else "",
        day=phrases.stated(before.said_on) if before else "",
    )


def backed_words(backed: Backed) -> Line:
    """Return how many independent accounts stand behind a claim now, and how many did."""
    if backed.was:
        words = ngettext(
            "now corroborated by {count} independent origin beside its sayer, was {was}; new: {bodies}.",
            "now corroborated by {count} independent origins beside its sayer, was {was}; new: {bodies}.",
            backed.now,
        )
    else:
        words = ngettext(
            "corroborated for the first time, by {count} independent origin beside its sayer: {bodies}.",
            "corroborated for the first time, by {count} independent origins beside its sayer: {bodies}.",
            backed.now,
        )
    return filled(
        words,
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


def happening(told: Happened, more: int = 0) -> Told:
    """Return a happening by its best story, and how many more there are of its claim."""
    left = ngettext(
        "{count} more happening on this claim", "{count} more happenings on this claim", more
    ).format(count=decimal(more))
    return _happened(told.claims[0], told.story, told.tally, left if more else "")


def _happened(claim: str, story: Story, behind: Tally, left: str = "") -> Told:
    """Return a happening with what stands behind it, where that is more than the story that is quoted."""
    several = behind.independent >= _SEVERAL
    words = [phrases.origins(behind.independent)] if several else []
    rest = "".join(f"; {each}" for each in (*words, *filter(None, [left])))
    return Told(claim, (*quoted(story), rest), counts=several)


def _teller(story: Story) -> Line:
    words = phrases.in_tongue("{outlet}", story.language)
    return filled(words, outlet=Link(outlet(story), story.url))


def _sentence(line: Line) -> Line:
    """Return a line that begins with a capital, its plain words in one piece.

    A semicolon in it parts no list then (`card.BETWEEN`).
    """
    spans: list[Span] = []
    for span in line:
        if isinstance(span, str) and spans and isinstance(spans[-1], str):
            spans[-1] += span
        else:
            spans.append(span)
    if spans and isinstance(spans[0], str):
        spans[0] = spans[0][:1].upper() + spans[0][1:]
    return tuple(spans)
