"""What we answer of the numbers of a claim, as a card, and in words what their picture shows. Pure."""

from collections.abc import Sequence
from itertools import groupby

from bot import phrases
from bot.card import Card, Line, Strong, Tone
from bot.charts.bodies import panels_of
from bot.language import _, decimal, ngettext
from bot.paging import Page, paged
from claims.history import Said, Series
from claims.model import Bound, Claim, Stance

_OUTLETS = 3
_BODY = 60


def figures_card(claim: Claim, page: Page[tuple[Series, Said]]) -> Card:
    """Return a page of the numbers of a claim under what they count, the oldest of each first."""
    words = _(
        "Each day is that of the first story we have with the number: it may have been said earlier. Only"
        " numbers under one heading may be compared: what would fit, or is planned, is no count"
    )
    card = Card(
        heading=_("FIGURES · {claim}").format(claim=claim.id),
        title=claim.statement if page.items else _("Nobody gave a number yet"),
        tone=Tone.FIGURE,
        lines=tuple(
            line
            for heading, told in groupby(page.items, key=lambda item: _heading(claim, *item))
            for line in (heading, *(_number(said) for _series, said in told))
        ),
        footer=words if page.items else "",
    )
    return paged(card, page)


def _heading(claim: Claim, series: Series, said: Said) -> Line:
    counts, early = Strong(counted_as(series)), before_words(claim, said)
    return (counts, f": {early}") if early else (counts,)


def counted_as(series: Series) -> str:
    """Return what a series counts: `containers`, `railcars a week`, `room for shells`, `troops planned`."""
    figure = series.figure
    unit = phrases.unit_name(figure.unit)
    if figure.bound is Bound.CAPACITY:
        return _("room for {unit}").format(unit=unit)
    if figure.bound is Bound.PLANNED:
        return _("{unit} planned").format(unit=unit)
    rates = {
        "a day": _("{unit} a day"),
        "a week": _("{unit} a week"),
        "a month": _("{unit} a month"),
        "a year": _("{unit} a year"),
        "in one place": _("{unit} in one place"),
    }
    return rates.get(figure.period or "", "{unit}").format(unit=unit)


def stance_words(said: Said) -> str:
    """Return where a number is from, if not from a story that supports its claim."""
    if said.own:
        return _("part of the claim itself")
    return _("quoted in a report of a denial") if said.stance is Stance.DISPUTES else ""


def before_words(claim: Claim, said: Said) -> str:
    """Return that a number was told before its claim was made, with the day of the claim, or nothing."""
    if said.own or said.said_on.first() >= claim.said_on.first():
        return ""
    return _("reported before the claim of {day}").format(day=phrases.stated(claim.said_on))


def sayer_words(said: Said) -> str:
    """Return whose number it is: a body's, or nobody's that is known, as outlets tell it."""
    if not said.told:
        return phrases.shorten(said.said_by, _BODY)
    outlets = phrases.listed(said.outlets or (said.said_by,), _OUTLETS)
    return _("source not named, in {outlet}").format(outlet=outlets)


def said_words(said: Said) -> str:
    """Return a number with who said it, when, and what it does to its claim, in words."""
    about = [sayer_words(said), phrases.stated(said.said_on), stance_words(said)]
    return f"{phrases.amount(said.figure)} ({', '.join(filter(None, about))})"


def figures_shown(claim: Claim, series: Sequence[Series]) -> str:
    """Return in words what the picture of a claim's numbers shows."""
    panels = panels_of(series)
    said = [each for panel in panels for body in panel.bodies for each in body.said]
    days = sorted({each.said_on for each in said})
    span = phrases.spanned(phrases.stated(days[0]), phrases.stated(days[-1]))
    beginning = ngettext(
        "Chart of {count} number for {claim}, {span}.",
        "Chart of {count} numbers for {claim}, {span}.",
        len(said),
    ).format(count=len(said), claim=claim.id, span=span)
    parts = []
    for panel in panels:
        numbers = "; ".join(said_words(each) for body in panel.bodies for each in body.said)
        parts.append(f"{counted_as(panel.series)}: {numbers}")
    left = sum(len(one.said) for one in series) - len(said)
    more = [more_words(left)] if left else []
    return " ".join([beginning, *(f"{part}." for part in [*parts, *more])])


def more_words(left: int) -> str:
    """Return how many numbers of a kind the picture leaves out: `4 more are not drawn`."""
    words = ngettext("{n} more is not drawn", "{n} more are not drawn", left)
    return words.format(n=decimal(left))


def other_words(left: int) -> str:
    """Return how many numbers of what no panel counts the picture leaves out."""
    words = ngettext(
        "{n} number that counts something else is not drawn",
        "{n} numbers that count other things are not drawn",
        left,
    )
    return words.format(n=decimal(left))


def _number(said: Said) -> Line:
    told = [phrases.listed(said.outlets, _OUTLETS)] if said.outlets and not said.told else []
    if said.also:
        names = phrases.listed(said.also, _OUTLETS)
        told.append(_("some of them say it is from {names}").format(names=names))
    about = " · ".join(filter(None, [sayer_words(said), stance_words(said), *told]))
    return (Strong(phrases.stated(said.said_on)), f": {phrases.quantity(said.figure)} · {about}")
