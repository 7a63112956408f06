"""The commands about feeds: `feeds list` and `feeds test`."""

import asyncio
from typing import Annotated

import typer
from rich.table import Table

from bot import app_trial
from bot.answers_feeds import feeds_card
from bot.cli_answers import ask, show
from bot.cli_health import feeds_table
from bot.cli_rows import feed_row, moment
from bot.cli_shell import AsJson, Config, print_json, progress, screen
from claims.clock import utc_now
from claims.errors import OperatorError

feeds = typer.Typer(no_args_is_help=True)


@feeds.command("list")
def list_feeds(ctx: typer.Context, config: Config = None, as_json: AsJson = False) -> None:
    """List the watched feeds and how they are doing."""
    settings = ctx.obj.settings(config)
    listed, now = ask(settings, lambda store: store.feeds()), utc_now()
    if as_json:
        print_json([feed_row(status) for status in listed])
        return
    show(feeds_card(listed, now, names=False))
    if listed:
        screen.print(feeds_table(listed, now, screen.width), markup=False)


@feeds.command("test")
def try_feed(
    ctx: typer.Context, url: Annotated[str, typer.Argument(metavar="URL")], config: Config = None
) -> None:
    """Fetch one feed as the bot would, keep nothing, and show what it brings."""
    settings = ctx.obj.settings(config)
    with progress("Fetching"):
        tried = asyncio.run(app_trial.try_feed(settings, url))
    if not tried.fine:
        raise OperatorError(tried.words)
    screen.print(tried.words, markup=False)
    if tried.stories:
        table = Table("Published", "Lang", "Title", box=None, pad_edge=False)
        for story in tried.stories:
            table.add_row(moment(story.published_at) or "no date", story.language, story.title)
        screen.print(table, markup=False)
