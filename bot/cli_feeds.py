"""The commands about feeds: `feeds list` and `feeds test`."""

import asyncio
from typing import Annotated, Any

import typer
from rich.table import Table

from bot import app
from bot.cli_answers import ask, card, show
from bot.cli_rows import moment
from bot.cli_shell import AsJson, Config, print_json, progress, screen
from bot.commands.feeds import list_feeds as listed
from claims.errors import OperatorError
from claims.feeds import FeedStatus

feeds = typer.Typer(no_args_is_help=True)


@feeds.command("list")
def list_feeds(ctx: typer.Context, config: Config = None, as_json: AsJson = False) -> None:
    """List the watched feeds and how they are doing."""
    settings = ctx.obj.settings(config)
    if as_json:
        print_json([_feed_row(status) for status in ask(settings, lambda store: store.feeds())])
    else:
        show(card(settings, listed))


@feeds.command("test")
def try_feed(
    ctx: typer.Context, url: Annotated[str, typer.Argument(metavar="URL")], config: Config = None
) -> None:
    """Fetch one feed as the bot would, keep nothing, and show what it brings."""
    settings = ctx.obj.settings(config)
    with progress("Fetching"):
        tried = asyncio.run(app.try_feed(settings, url))
    if not tried.fine:
        raise OperatorError(tried.words)
    screen.print(tried.words, markup=False)
    if tried.stories:
        table = Table("Published", "Lang", "Title", box=None, pad_edge=False)
        for story in tried.stories:
            table.add_row(moment(story.published_at) or "no date", story.language, story.title)
        screen.print(table, markup=False)


def _feed_row(status: FeedStatus) -> dict[str, Any]:
    point = status.checkpoint
    return {
        "url": status.feed.url,
        "current_url": point.current_url,
        "state": point.state.value,
        "last_success": moment(point.last_success_at),
        "error": point.error,
        "next_try": moment(point.next_try_at),
    }
