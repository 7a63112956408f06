"""The command `digest`: what the stories that came out in a day, a week, a month or a year add up to."""

import asyncio
from dataclasses import asdict, replace
from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any

import typer

from bot import phrases
from bot.answers.digest_details import details_whole, digest_details_card
from bot.cli.answers import Picture, answer, show_with
from bot.cli.rows import moment
from bot.cli.shell import AsJson, Config, print_json
from bot.cli.site import InLanguage, check
from bot.commands.model import Context
from bot.digest_card import digest_card
from bot.digest_picture import pictured
from bot.digesting import summed_up
from bot.language import _, speaking
from claims.changes import NewFigure
from claims.clock import utc_now
from claims.digest import Summary, Told
from claims.errors import UsageError
from claims.happenings import Scope
from claims.independence import outlet
from claims.lookups import StorySearch
from claims.model import Story
from claims.outgoing import Digest, Period
from claims.periods import begins
from claims.subscriptions import Subscription
from claims.when import Day
from claims.workspaces import CONSOLE

_ZONE = "UTC"


def digest(
    ctx: typer.Context,
    period: Annotated[Period, typer.Option("--period", help="What it sums up.")] = Period.DAY,
    until: Annotated[
        str,
        typer.Option("--until", metavar="DATE", help="Its last day, or month, or year; else today."),
    ] = "",
    whole: Annotated[bool, typer.Option("--all", help="Tell all of it, not the foremost alone.")] = False,
    language: InLanguage = "en",
    picture: Picture = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show what kept stories add up to, by when they came out, so that an archive has digests too."""
    settings = ctx.obj.settings(config)
    check(language, "")
    if picture and period is Period.DAY:
        raise UsageError("--picture: the digest of a day has none; add --period week, month or year")
    end = _end(Day.of(utc_now()) if not until else _day(until))
    meant = Digest("", CONSOLE, begins(end, period, _ZONE), end, _ZONE, period)
    scope = Scope(meant, Subscription(CONSOLE, timezone=_ZONE), published=True, language=language)
    summary, newest = answer(settings, lambda context: _summed_up(context, scope))
    if as_json:
        print_json(_row(meant, summary))
        return
    with speaking(language):
        if whole and not summary.is_empty:
            shown = digest_details_card(details_whole(summary, meant), meant, summary, _ZONE)
        else:
            card = digest_card(meant, summary, _ZONE)
            shown = replace(card, footer=" · ".join(filter(None, (card.footer, _rest(summary, newest)))))
        if picture:
            shown = asyncio.run(pictured(shown, meant, summary))
        show_with(shown, picture)


async def _summed_up(context: Context, scope: Scope) -> tuple[Summary, Story | None]:
    """Return what a span adds up to, and of an empty one the story that came out last of all."""
    summary = await summed_up(context.store, scope, context.who)
    ids = await context.store.found_stories(StorySearch(), 1) if summary.is_empty else []
    found = await context.store.members(ids)
    return summary, next((member.story for member, _event in found), None)


def _rest(summary: Summary, newest: Story | None) -> str:
    if summary.happenings:
        return _("--all tells all of it")
    if newest is None:
        return _("No story is kept yet")
    words = _("The newest story that is kept came out on {day}: --until {date}")
    return words.format(day=phrases.date(newest.at, _ZONE), date=f"{newest.at:%Y-%m-%d}")


def _day(typed: str) -> Day:
    try:
        return Day.parse(typed)
    except ValueError as error:
        raise UsageError(f"--until: {error}") from error


def _end(day: Day) -> datetime:
    """Return the first moment after a day, a month or a year."""
    first = day.first()
    if day.day:
        last = first + timedelta(days=1)
    elif day.month:
        last = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    else:
        last = first.replace(year=first.year + 1)
    return datetime.combine(last, time(), UTC)


def _row(meant: Digest, summary: Summary) -> dict[str, Any]:
    return {
        "period": meant.period,
        "since": moment(meant.since),
        "until": moment(meant.until),
        "happenings": summary.happenings,
        "happenings_before": summary.before,
        "stories": summary.stories,
        "conceded": [
            {"claim": each.claim_id, "body": each.body, "story": _story(each.story)}
            for each in summary.conceded
        ],
        "denials": [
            {
                "claims": list(each.claims),
                "body": each.body,
                "party": each.party,
                "last": each.last and each.last.isoformat(),
                "story": _story(each.story),
            }
            for each in summary.denials
        ],
        "figures": [_figure(each) for each in summary.figures],
        "backed": [
            {
                "claim": each.claim_id,
                "independent": each.now,
                "independent_before": each.was,
                "bodies": list(each.bodies),
                "story": _story(each.story),
            }
            for each in summary.backed
        ],
        "candidates": [
            {
                "event": each.event.id,
                "independent": each.tally.independent,
                "outlets": list(each.tally.outlets),
                "story": _story(each.story),
            }
            for each in summary.candidates
        ],
        "claims": [
            {"id": news.claim.id, "happenings": [_told(each) for each in news.told]}
            for news in summary.claims
        ],
        "in_passing": dict(summary.recalled),
        "without_claim": [_story(event.members[0].story) for event in summary.others],
    }


def _figure(figure: NewFigure) -> dict[str, Any]:
    before = figure.change.before
    return {
        "claim": figure.change.claim_id,
        "now": asdict(figure.change.now),
        "said_by": figure.said_by,
        "quotes": figure.quotes,
        "stated": figure.stated,
        "before": before
        and {
            **asdict(before.figure),
            "said_by": before.said_by,
            "said_on": str(before.said_on),
            "story": before.story_id,
        },
        "story": _story(figure.story),
    }


def _told(told: Told) -> dict[str, Any]:
    return {
        "event": told.event_id,
        "claims": list(told.claims),
        "importance": told.importance.name.lower(),
        "independent": told.tally.independent,
        "outlets": list(told.tally.outlets),
        "story": _story(told.story),
    }


def _story(story: Story) -> dict[str, Any]:
    return {
        "id": story.id,
        "headline": story.title,
        "outlet": outlet(story),
        "url": story.url,
        "published": moment(story.published_at),
    }
