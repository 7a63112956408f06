"""What we answer of how a claim stood over time, as cards, and in words what their pictures show. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from bot import phrases
from bot.card import Card, Field, Line, Link, Strong
from bot.language import _, decimal, full_date, ngettext
from bot.paging import Page, paged
from claims.activity import Row, Span
from claims.dossier import happenings_of
from claims.model import Claim, Member
from claims.timeline import Side, Step

_OUTLETS = 3
_HEADLINE = 100
_BODY = 60
_TOLD = 12
"""Happenings of a kind that the words beside a picture name, the newest."""


def timeline_card(
    claim: Claim,
    page: Page[Step],
    steps: Sequence[Step],
    denials: Sequence[Claim],
    conceded: Mapping[str, str],
) -> Card:
    """Return a page of what happened to a claim.

    Args:
        claim: the claim.
        page: the newest first.
        steps: all of them, for the counts.
        denials: the claims that answer it with a denial.
        conceded: who says so having denied it, by the id of the story that tells so.

    """
    fields = [
        (_("Said by"), f"{claim.said_by}, {phrases.stated(claim.said_on)}"),
        (
            _("Denials"),
            "; ".join(f"{each.said_by}, {phrases.stated(each.said_on)} ({each.id})" for each in denials),
        ),
    ]
    if page.is_first:
        fields += [
            (_("Conceded by"), "; ".join(_conceded_by(steps, conceded))),
            (_("Against it") if claim.denial else _("Disputed by"), "; ".join(_against(steps)[-_TOLD:])),
        ]
    card = Card(
        heading=_("TIMELINE · {claim}").format(claim=claim.id),
        title=step_counts(claim, steps, conceded) if steps else _("Nothing that we read bears on it yet"),
        lines=((claim.statement,), *(_step(claim, step) for step in page.items)),
        fields=tuple(Field(name, (said,)) for name, said in fields if said),
    )
    return paged(card, page)


def side_words(claim: Claim, side: Side) -> str:
    """Return what a happening does to a claim, in words: who tells of a denial bears nothing out."""
    return {
        Side.SUPPORTS: _("tells of the denial") if claim.denial else _("supports"),
        Side.DISPUTES: _("speaks against it") if claim.denial else _("disputes"),
        Side.DENIES: _("denied by a party"),
    }[side]


def timeline_shown(claim: Claim, steps: Sequence[Step], conceded: Mapping[str, str]) -> str:
    """Return in words what the picture of a claim's timeline shows; who conceded it is by story id."""
    days = [phrases.date(step.at, "UTC") for step in steps]
    beginning = _("Timeline of {claim}, {span}: {counts}.").format(
        claim=claim.id, span=phrases.spanned(days[0], days[-1]), counts=step_counts(claim, steps, conceded)
    )
    moved = [
        f"{phrases.quantity(step.change.now)} ({step.by}, {phrases.date(step.at, 'UTC')})"
        for step in steps
        if step.change
    ]
    denied, admitted = _against(steps), _conceded_by(steps, conceded)
    parts = []
    if admitted:
        parts.append(_("Conceded by: {names}.").format(names="; ".join(admitted)))
    if moved:
        parts.append(_("New numbers: {numbers}.").format(numbers="; ".join(moved[-_TOLD:])))
    if denied:
        parts.append(_("Disputed or denied by: {names}.").format(names="; ".join(denied[-_TOLD:])))
    return " ".join([beginning, *parts])


def _against(steps: Sequence[Step]) -> list[str]:
    return [f"{step.by} ({phrases.date(step.at, 'UTC')})" for step in steps if step.side is not Side.SUPPORTS]


def _conceded_by(steps: Sequence[Step], conceded: Mapping[str, str]) -> list[str]:
    return [
        f"{conceded[member.story.id]} ({phrases.date(member.story.at, 'UTC')})"
        for step in steps
        for member in _conceding(step, conceded)
    ]


def weeks_shown(claim: Claim, weeks: Sequence[Span]) -> str:
    """Return in words what the picture of a claim's weeks shows, at least one week."""
    words = _("Chart of {stories} on {claim} by week, {span}: {counts}; {most}.")
    return words.format(
        stories=phrases.stories(told_in(weeks)),
        claim=claim.id,
        span=weeks_span(weeks),
        counts=stance_counts(claim, weeks),
        most=most_words(weeks),
    )


def activity_shown(rows: Sequence[Row], left: int = 0) -> str:
    """Return in words what the picture of claims' activity shows, at least one row."""
    span = weeks_span(rows[0].spans)
    beginning = _("Chart of the stories on each claim by week, {span}").format(span=span)
    counts = [
        f"{row.claim.id}: {stance_counts(row.claim, row.spans)}; {most_words(row.spans)}" for row in rows
    ]
    return ". ".join([beginning, *counts, *([left_words(left, left + len(rows))] if left else [])]) + "."


def left_words(left: int, claims: int) -> str:
    """Return how many of so many claims a picture leaves out: `Not shown: 5 of 11 claims`."""
    words = ngettext("Not shown: {left} of {count} claim", "Not shown: {left} of {count} claims", claims)
    return words.format(left=decimal(left), count=decimal(claims))


def most_words(weeks: Sequence[Span]) -> str:
    """Return which of some weeks, at least one, had most: `Most in the week of 16 October 2023: 17`."""
    most = max(weeks, key=lambda week: week.stories)
    return _("most in the week of {day}: {count}").format(
        day=full_date(most.first), count=decimal(most.stories)
    )


def weeks_span(weeks: Sequence[Span]) -> str:
    """Return the days of weeks, at least one: `2 October 2023 to 8 October 2023`."""
    last = weeks[-1].after - timedelta(days=1)
    span = phrases.spanned(full_date(weeks[0].first), full_date(last))
    return _("{span}, only a part of the last week").format(span=span) if weeks[-1].so_far else span


def stance_counts(claim: Claim, weeks: Sequence[Span]) -> str:
    """Return how many stories of some weeks support a claim, or tell of a denial, dispute or mention it."""
    mentions = sum(week.background for week in weeks)
    counts = (
        (
            _("{count} told of it") if claim.denial else _("{count} in support"),
            sum(week.supports for week in weeks),
        ),
        (_("{count} against"), sum(week.disputes for week in weeks)),
        (ngettext("{count} only mentions it", "{count} only mention it", mentions), mentions),
    )
    return ", ".join(said.format(count=decimal(count)) for said, count in counts if count)


def told_in(weeks: Sequence[Span]) -> int:
    """Return how many stories weeks have."""
    return sum(week.stories for week in weeks)


def step_counts(claim: Claim, steps: Sequence[Step], conceded: Mapping[str, str]) -> str:
    """Return how many happenings steps are of, and how many did what; who conceded it is by story id."""
    sides = Counter(step.side for step in steps)
    words = {
        Side.SUPPORTS: _("{count} told of it") if claim.denial else _("{count} supports"),
        Side.DISPUTES: _("{count} against") if claim.denial else _("{count} disputes"),
        Side.DENIES: _("{count} denied by a party"),
    }
    happenings = happenings_of(steps)
    said = [phrases.happenings(happenings)]
    for side in Side:
        if sides[side]:
            said.append(words[side].format(count=decimal(sides[side])))
        if side is Side.SUPPORTS and (admitted := sum(bool(_conceding(step, conceded)) for step in steps)):
            said.append(_("{count} of these conceded by whoever denied it").format(count=decimal(admitted)))
    if both := len(steps) - happenings:
        said.append(_("{count} counted on both sides").format(count=decimal(both)))
    return ", ".join(said)


def _conceding(step: Step, conceded: Mapping[str, str]) -> list[Member]:
    return [m for m in step.members if step.side is Side.SUPPORTS and m.story.id in conceded]


def _step(claim: Claim, step: Step) -> Line:
    story, count = step.story, step.tally
    by, state = phrases.shorten(step.by, _BODY), story.source.state_media
    # An outlet that only tells is named once, with the others.
    names = [_("{outlet} (state media)").format(outlet=by) if state else by]
    names = names if state or step.by not in count.outlets else []
    told = f"{phrases.listed(count.outlets, _OUTLETS)}: {phrases.origins(count.independent)}"
    return (
        Strong(phrases.date(step.at, "UTC")),
        f": {side_words(claim, step.side)}: ",
        Link(phrases.shorten(story.title, _HEADLINE), story.url),
        f" · {' · '.join([*names, told, *_moved(step)])}",
    )


def _moved(step: Step) -> Iterator[str]:
    if step.change:
        now, before = phrases.quantity(step.change.now), step.change.before
        words = _("new number {number} (before: {amount})") if before else _("new number {number}")
        yield words.format(number=now, amount=phrases.amount_since(before.figure) if before else "")
