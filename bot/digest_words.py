"""What a digest says of each thing that changed or happened, a line each. Pure.

A line is made of what was read out of stories, and quotes one of them with its outlet: what a headline says
is never said again in other words, and stands in marks that nothing within it can close.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot import phrases
from bot.card import Line
from bot.digest_told import Told, headline
from bot.language import _, decimal, full_date, ngettext
from bot.lines import corrected, filled
from claims.candidates import Untracked
from claims.changes import Backed, Conceded, Denial, NewFigure
from claims.digest import Summary
from claims.digest import Told as Happened
from claims.independence import Tally, outlet
from claims.matching.numbers import RATES
from claims.model import Claim, Story
from claims.outgoing import Digest, TakenBack
from claims.sooner import since

_INSTANT = timedelta(microseconds=1)
"""What ends at midnight is of the day before."""
_SEVERAL = 2
_CLAIMS = 3
_BODIES = 2


def changes(summary: Summary, digest: Digest) -> list[list[Told]]:
    """Return what changed by kind: new claims, then the gravest first, and of each the most telling first.

    What is of claims that were said only after the span of the digest comes last of its kind.
    """
    ended = digest.until.date()
    later = {each.id for each in summary.register.values() if since(each) >= ended}
    figures = sorted(_telling(summary.figures), key=lambda each: each.change.claim_id in later)
    denials = sorted((each for each in summary.denials if not each.again), key=_foremost)
    return [
        [Told(each.id, new_words(each)) for each in _new(summary, digest)],
        [Told(each.claim_id, conceded_words(each), each.story, each.place) for each in summary.conceded],
        [_number(each) for each in figures if each.stated],
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


def _new(summary: Summary, digest: Digest) -> list[Claim]:
    """Return the claims that were surely said in the span, that which most outlets told of first."""
    zone = ZoneInfo(digest.timezone)
    first = (digest.since - _INSTANT).astimezone(zone).date() + timedelta(days=1)
    last = (digest.until - _INSTANT).astimezone(zone).date()
    claims = [summary.register[each] for each in dict.fromkeys(_told_of(summary)) if each in summary.register]
    return [each for each in claims if first <= each.said_on.first() and each.said_on.last() <= last]


def _told_of(summary: Summary) -> Iterator[str]:
    yield from (news.claim.id for news in summary.claims)
    yield from (each for news in summary.claims for told in news.told for each in told.claims)


def new_words(claim: Claim) -> Line:
    """Return that a claim is new."""
    return filled(_("a new claim, of {day}."), day=phrases.stated(claim.said_on))


def conceded_words(conceded: Conceded) -> Line:
    """Return who says now what was denied."""
    words = _("conceded by {body}, a party to the matter, after denials.")
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
        when = _("{when} (also {claims})").format(when=when, claims=phrases.listed(others, _CLAIMS))
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
            "now corroborated by {count} independent origin other than its sayer, was {was}; new: {bodies}.",
            "now corroborated by {count} independent origins other than its sayer, was {was}; new: {bodies}.",
            backed.now,
        )
    else:
        words = ngettext(
            "corroborated for the first time, by {count} independent origin other than its sayer: {bodies}.",
            "corroborated for the first time, by {count} independent origins other than its sayer: {bodies}.",
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
    return Told(claim, (), story, counts=several, rest=rest)
