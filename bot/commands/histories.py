"""Commands that show how a claim stood over time, with pictures where those can be drawn."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import ModuleType

from bot.answers.activity import activity_card, spells, weeks_card
from bot.answers.figures import figures_card, figures_shown
from bot.answers.history import activity_shown, timeline_card, timeline_shown, weeks_shown
from bot.bearing import bearing_on
from bot.card import Card
from bot.commands.lookup import known_claim
from bot.commands.model import Context
from bot.paging import page_of
from bot.pictures import drawn
from claims.activity import INSTANT, WEEK, Row, Week, activity, begun, weeks
from claims.history import Series, counting, figure_series
from claims.lookups import StorySearch
from claims.model import Claim, Evidence, Member
from claims.standing import GroundKind, standing
from claims.timeline import Step, timeline
from claims.visibility import answers

STEPS = 10
NUMBERS = 15
WEEKS = 15
"""Lines of a page."""
ROWS = 8
"""Claims in the picture of all."""
SPAN = timedelta(weeks=25)
"""From the first of their weeks to the last: half a year."""
_WORTH = 2
"""Marks from which on a picture says more than its list."""


async def show_timeline(context: Context, args: Mapping[str, str]) -> Card:
    """Return what happened to `claim`, an id, newest first, and on the first page a picture of it.

    Raises:
        NotFound: there is no such claim; names the nearest.

    """
    claim, steps, denials, stories = await history(context, args["claim"])
    page = page_of(steps[::-1], args, STEPS)
    grounds = standing(claim, steps, denials, context.who).of(GroundKind.CONCEDED)
    conceded = {each.story_id: each.body for each in grounds if each.story_id}
    card = timeline_card(claim, page, steps, denials, conceded)
    if not page.is_first or len(steps) < _WORTH:
        return card
    return await _illustrated(
        card,
        f"timeline-{claim.id}.png",
        timeline_shown(claim, steps, conceded),
        lambda charts: charts.timeline_picture(claim, steps, conceded, stories),
    )


async def show_figures(context: Context, args: Mapping[str, str]) -> Card:
    """Return who said which number for `claim`, an id, and on the first page a picture of it.

    Raises:
        NotFound: there is no such claim; names the nearest.

    """
    claim, series, stories = await numbers(context, args["claim"])
    page = page_of([(one, said) for one in series for said in one.said], args, NUMBERS)
    card = figures_card(claim, page)
    compared = counting(claim, series)
    if not page.is_first or sum(len(one.said) for one in compared) < _WORTH:
        return card
    return await _illustrated(
        card,
        f"figures-{claim.id}.png",
        figures_shown(claim, compared),
        lambda charts: charts.figures_picture(claim, compared, stories),
    )


async def show_activity(context: Context, args: Mapping[str, str]) -> Card:
    """Return how many stories bore on `claim` week by week, or on every claim where none is named.

    Raises:
        NotFound: there is no such claim; names the nearest.

    """
    return await (_show_weeks if args.get("claim") else _show_busiest)(context, args)


async def _show_weeks(context: Context, args: Mapping[str, str]) -> Card:
    claim, counted = await weekly(context, args["claim"])
    page = page_of(spells(counted)[::-1], args, WEEKS)
    card = weeks_card(claim, page, counted)
    if not page.is_first or sum(bool(week.stories) for week in counted) < _WORTH:
        return card
    return await _illustrated(
        card,
        f"activity-{claim.id}.png",
        weeks_shown(claim, counted),
        lambda charts: charts.weeks_picture(claim, counted),
    )


async def _show_busiest(context: Context, args: Mapping[str, str]) -> Card:
    rows = await busiest(context)
    page = page_of(rows, args, WEEKS)
    card = activity_card(page, rows)
    shown, left = rows[:ROWS], len(rows[ROWS:])
    if not page.is_first or not rows:
        return card
    return await _illustrated(
        card,
        "activity.png",
        activity_shown(shown, left),
        lambda charts: charts.busiest_picture(shown, left),
    )


async def weekly(context: Context, typed: str) -> tuple[Claim, tuple[Week, ...]]:
    """Return a claim, and its weeks as the asker's workspace sees them.

    Raises:
        NotFound: there is no such claim; names the nearest.

    """
    claim = await known_claim(context, typed)
    return claim, await asyncio.to_thread(weeks, await _linked(context, claim))


async def busiest(context: Context) -> tuple[Row, ...]:
    """Return the claims that were told of in the `SPAN` up to the newest story, the busiest first."""
    newest = await context.store.found_stories(StorySearch(), 1)
    if not newest:
        return ()
    ((member, _event),) = await context.store.members(newest)
    newest_week = begun(min(member.story.at, context.clock()))
    since, until = newest_week - SPAN, min(newest_week + WEEK - INSTANT, context.clock())
    claims = await context.store.claims()
    counted = await context.store.weeks([claim.id for claim in claims], since, until)
    return await asyncio.to_thread(activity, claims, counted)


async def history(context: Context, typed: str) -> tuple[Claim, tuple[Step, ...], list[Claim], int]:
    """Return a claim, what happened to it, the denials that answer it, and how many stories bear on it.

    All is as the asker's workspace sees it.

    Raises:
        NotFound: there is no such claim; names the nearest.

    """
    claim = await known_claim(context, typed)
    told = await bearing_on(context.store, claim.id)
    placed = [(member, event) for member, _link, event in told]
    alerts = await context.store.alerts({event for _member, event in placed if event})
    register = {each.id: each for each in await context.store.claims()}
    denials = [each for each in register.values() if answers(each, claim)]
    steps = await asyncio.to_thread(timeline, claim, placed, alerts, denials, context.who)
    return claim, steps, denials, len(told)


async def numbers(context: Context, typed: str) -> tuple[Claim, tuple[Series, ...], int]:
    """Return a claim, its numbers as the asker's workspace sees them, and how many stories bear on it.

    Raises:
        NotFound: there is no such claim; names the nearest.

    """
    claim = await known_claim(context, typed)
    told = await _linked(context, claim)
    return claim, await asyncio.to_thread(figure_series, claim, told, context.who), len(told)


async def _linked(context: Context, claim: Claim) -> list[tuple[Member, Evidence]]:
    return [(member, link) for member, link, _event in await bearing_on(context.store, claim.id)]


async def _illustrated(card: Card, name: str, about: str, draw: Callable[[ModuleType], bytes]) -> Card:
    picture, why_not = await drawn(name, about, draw)
    footer = " · ".join(filter(None, (card.footer, why_not)))
    return replace(card, attachment=picture, footer=footer)
