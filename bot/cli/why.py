"""The commands that give reasons: `why` of a story, and `candidates` that no claim explains."""

from datetime import datetime
from typing import Annotated, Any

import typer

from bot.answers.candidates import candidates_card
from bot.cli.answers import answer, card, show
from bot.cli.rows import account_row, moment
from bot.cli.shell import AsJson, Config, parse_since, print_json
from bot.commands.explain import WEEK, explained, why_story
from bot.commands.spelling import COMMAND_LINE
from bot.paging import Page
from claims.candidates import Untracked
from claims.candidates import candidates as untracked
from claims.clock import utc_now


def why(
    ctx: typer.Context,
    story: Annotated[str, typer.Argument(metavar="URL-or-id")],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Say why a story was told or not: at which step it stopped, and on which of its words."""
    settings = ctx.obj.settings(config)
    if as_json:
        found, _ = answer(settings, lambda context: explained(context, story))
        print_json([account_row(account, now) for account, now in found])
    else:
        show(card(settings, why_story, story=story))


def candidates(
    ctx: typer.Context,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="Of happenings; else of the last week.")
    ] = "",
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """List the happenings that fit no claim and are told by two families or more, newest first."""
    settings, now = ctx.obj.settings(config), utc_now()
    begin: datetime = parse_since(since) if since else now - WEEK
    found = untracked(answer(settings, lambda context: context.store.events_between(begin, now)))
    if as_json:
        print_json([_row(each) for each in found])
    else:
        show(candidates_card(Page(found), len(found), "UTC", COMMAND_LINE))


def _row(each: Untracked) -> dict[str, Any]:
    return {
        "event": each.event.id,
        "headline": each.story.title,
        "url": each.story.url,
        "told": moment(each.at),
        "outlets": list(each.tally.outlets),
        "families": each.tally.families,
        "independent": each.tally.independent,
        "concepts": list(each.concepts),
        "stories": [member.story.id for member in each.event.members],
    }
