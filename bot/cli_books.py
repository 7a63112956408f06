"""The commands that read the store: `claims`, `feeds` and `stories`."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, TypeVar

import typer
from rich.table import Table

from bot import app, parts
from bot.card import Card
from bot.cli_shell import AsJson, Config, print_json, progress, screen
from bot.commands import lookup
from bot.commands.model import Context
from bot.present import error_card
from bot.render.console import render
from bot.settings import Settings
from claims.clock import utc_now
from claims.errors import NotFound, OperatorError
from claims.model import Claim, FeedStatus, Story
from claims.store import Store

claims = typer.Typer(no_args_is_help=True)
feeds = typer.Typer(no_args_is_help=True)
stories = typer.Typer(no_args_is_help=True)

T = TypeVar("T")


def ask(settings: Settings, question: Callable[[Store], Awaitable[T]]) -> T:
    """Return what the store answers; one that was never filled is filled from the seeds first."""

    async def answer() -> T:
        async with parts.opened_store(settings) as store:
            if not await store.claims() and not await store.feeds():
                await parts.seed(store, parts.read_seeds(settings))
            return await question(store)

    return asyncio.run(answer())


def _card(
    settings: Settings, answer: Callable[[Context, Mapping[str, str]], Awaitable[Card]], **args: str
) -> Card:
    return ask(settings, lambda store: answer(Context(store, utc_now), args))


def show(card: Card) -> None:
    """Print a card as wide as the screen."""
    screen.print(render(card, screen.width, colour=False), markup=False)


@claims.command("list")
def list_claims(ctx: typer.Context, config: Config = None, as_json: AsJson = False) -> None:
    """List every tracked claim."""
    settings = ctx.obj.settings(config)
    if as_json:
        print_json([_claim_row(claim) for claim in ask(settings, lambda store: store.claims())])
    else:
        show(_card(settings, lookup.list_claims))


@claims.command("show")
def show_claim(ctx: typer.Context, claim: str, config: Config = None) -> None:
    """Show one claim: who said it, its figures, and what bears on it."""
    show(_card(ctx.obj.settings(config), lookup.show_claim, claim=claim))


@claims.command("search")
def search_claims(
    ctx: typer.Context, words: list[str], config: Config = None, as_json: AsJson = False
) -> None:
    """Find the claims that have all these words."""
    settings = ctx.obj.settings(config)
    wanted = " ".join(words)
    if as_json:
        found = ask(settings, lambda store: store.search_claims(wanted))
        print_json([_claim_row(claim) for claim in found])
    else:
        try:
            card = _card(settings, lookup.search_claims, words=wanted)
        except NotFound as nothing:
            card = error_card(nothing)
        show(card)


@feeds.command("list")
def list_feeds(ctx: typer.Context, config: Config = None, as_json: AsJson = False) -> None:
    """List the watched feeds and how they are doing."""
    settings = ctx.obj.settings(config)
    if as_json:
        print_json([_feed_row(status) for status in ask(settings, lambda store: store.feeds())])
    else:
        show(_card(settings, lookup.list_feeds))


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
            table.add_row(moment_text(story.published_at) or "no date", story.language, story.title)
        screen.print(table, markup=False)


@stories.command("export")
def export_stories(ctx: typer.Context, config: Config = None) -> None:
    """Print every kept story as a line of JSON."""
    for story, event in ask(ctx.obj.settings(config), lambda store: store.stories()):
        print_json(_story_row(story, event))


def moment_text(moment: datetime | None) -> str | None:
    """Return a moment as a program reads it, or None."""
    return moment.isoformat(timespec="seconds") if moment else None


def _claim_row(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "statement": claim.statement,
        "said_by": claim.said_by,
        "said_on": str(claim.said_on),
        "disputed_by": list(claim.disputed_by),
    }


def _feed_row(status: FeedStatus) -> dict[str, Any]:
    point = status.checkpoint
    return {
        "url": status.feed.url,
        "current_url": point.current_url,
        "state": point.state.value,
        "last_success": moment_text(point.last_success_at),
        "error": point.error,
        "next_try": moment_text(point.next_try_at),
    }


def _story_row(story: Story, event: str | None) -> dict[str, Any]:
    return {
        "feed": story.feed_url,
        "title": story.title,
        "url": story.url,
        "published": moment_text(story.published_at),
        "revisions": story.revisions,
        "event": event,
    }
