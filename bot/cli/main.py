"""The command line. The only file that reads the environment.

Exit codes: 0 fine, 1 a surprise or an address that does not give what was asked of it, 2 settings or usage.
"""

import asyncio
import logging
import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot import app, logs, parts
from bot import check as checking
from bot.app_full_text import full_text_words
from bot.cli import (
    backfill,
    books,
    care,
    digest,
    exchange,
    feeds,
    matching,
    people,
    rematch,
    review,
    screens,
    serve,
    site,
    why,
)
from bot.cli.shell import FLAG, Config, Shell, aside, progress, screen
from bot.phrases import counted
from bot.settings import Settings
from claims.errors import ClaimwatchError, NotThere

FAILED = 1
USAGE = 2

log = logging.getLogger(__name__)

cli = typer.Typer(
    rich_markup_mode="markdown",  # sets the paragraphs of docstrings anew
    help="Track claims about arms transfers between North Korea and Russia: feeds in, alerts out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(asked: bool) -> None:
    if asked:
        screen.print(f"claimwatch {version('claimwatch')}")
        raise typer.Exit


@cli.callback()
def root(
    ctx: typer.Context,
    config: Config = None,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", metavar=FLAG, callback=_show_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Keep what the command line was started with."""
    ctx.obj = Shell(os.environ, config)


@cli.command()
def run(ctx: typer.Context, config: Config = None) -> None:
    """Watch the feeds, post alerts and answer commands, until stopped."""
    settings = ctx.obj.settings(config, level="INFO")

    async def serve() -> None:
        async with app.opened(settings) as built:
            subscribed = [each.destination for each in await built.store.subscriptions()]
            for words in settings.unheard(subscribed):
                aside.print(f"note: {words}", markup=False)
            await built.run()

    asyncio.run(serve())


@cli.command()
def demo() -> None:
    """Show the whole bot at work on sample feeds, without any settings or network."""
    from bot.demo import demonstrate  # with the prompt, for which no other command waits

    logs.set_up("ERROR", ())
    asyncio.run(demonstrate())


@cli.command()
def poll(ctx: typer.Context, config: Config = None) -> None:
    """Visit every due feed once and deliver the alerts that this raises."""
    settings = ctx.obj.settings(config)

    async def once() -> None:
        async with app.opened(settings) as built:
            with progress("Feeds") as bar:
                polled = await built.poll(bar)
        swept, delivered = polled.swept, polled.delivered
        screen.print(
            f"{counted(swept.visited, 'feed')} visited, {swept.failed} failed, "
            f"{counted(swept.stories, 'new story', 'new stories')}, {counted(swept.alerts, 'alert')}\n"
            f"{delivered.posted} posted, {delivered.edited} edited, {polled.waiting} waiting"
        )
        if polled.down:
            raise typer.Exit(USAGE)

    asyncio.run(once())


@cli.command()
def seed(ctx: typer.Context, config: Config = None) -> None:
    """Bring the store into step with the seed files; `run` and `poll` do so by themselves."""
    settings = ctx.obj.settings(config)
    seeds = parts.read_seeds(settings)

    async def sync() -> None:
        async with parts.opened_store(settings) as store:
            await parts.seed(store, seeds)

    asyncio.run(sync())
    fine, words = full_text_words(seeds.feeds)
    if not fine:
        aside.print(f"note: full text: {words}", markup=False)
    claims, feeds = counted(len(seeds.claims), "claim"), counted(len(seeds.feeds), "feed")
    screen.print(f"{claims} and {feeds} in {settings.store.path}")


@cli.command()
def check(ctx: typer.Context, config: Config = None) -> None:
    """Open everything and send nothing; say what is missing and how to get it."""
    settings: Settings = ctx.obj.settings(config)
    found = asyncio.run(checking.check(settings))
    table = Table.grid(padding=(0, 2, 0, 0))
    for finding in found:
        table.add_row("ok" if finding.fine else "FAIL", finding.what, Text(finding.words))
    screen.print(table, soft_wrap=False)
    for finding in found:
        if finding.address:
            screen.print(Text(finding.address), soft_wrap=True)
    if not all(finding.fine for finding in found):
        raise typer.Exit(USAGE)


cli.command()(matching.match)
cli.command()(matching.evaluate)
cli.command()(rematch.rematch)
cli.command()(backfill.backfill)
cli.command()(why.why)
cli.command()(why.candidates)
cli.command()(digest.digest)
cli.command()(review.review)
cli.command()(review.verdict)
cli.command()(screens.screens)
cli.command("serve")(serve.serve_site)
cli.command()(site.site)
cli.command()(people.audit)
books.claims.command("export")(exchange.export_claims)
books.claims.command("import")(exchange.import_claims)
for each in (care.history, care.retire, care.restore, care.merge, care.split):
    books.claims.command()(each)
cli.add_typer(books.claims, name="claims", help="The register of tracked claims.")
cli.add_typer(feeds.feeds, name="feeds", help="The feeds that are watched.")
cli.add_typer(books.stories, name="stories", help="The stories that were read.")


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        cli()
    except ClaimwatchError as error:
        aside.print(f"claimwatch: {error}", markup=False, style="red")
        sys.exit(FAILED if isinstance(error, NotThere) else USAGE)
    except Exception:
        log.exception("claimwatch met a surprise")
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
