"""The commands about feeds: what is watched, what an address would bring, and lists of feeds in and out."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.answers.feeds import FEEDS, feeds_card, warned, worst_first
from bot.app_full_text import can_read_pages
from bot.cli.answers import answer, ask, card, change, show
from bot.cli.health import feeds_table
from bot.cli.rows import feed_row
from bot.cli.shell import FLAG, AsJson, Config, aside, print_json, progress, screen
from bot.commands import feeds as commands
from bot.commands.naming import find_feed
from bot.commands.spelling import COMMAND_LINE
from bot.paging import Page
from bot.phrases import counted
from claims.clock import utc_now
from claims.errors import UsageError
from claims.opml import MAX_BYTES, write_opml

STANDARD = "-"
"""In place of a file: the standard input."""

feeds = typer.Typer(no_args_is_help=True)

Url = Annotated[str, typer.Argument(metavar="URL", help="The address of a feed or of a site.")]
Named = Annotated[
    list[str], typer.Argument(metavar="FEED", help="Its title, words that fit it alone, or its address.")
]
Kind = Annotated[str, typer.Option("--kind", metavar="KIND", help="feed, page or sitemap.")]
Links = Annotated[
    str,
    typer.Option("--links", metavar="PATTERN", help="Of a page or sitemap: which addresses are stories."),
]


@feeds.command("list")
def list_feeds(ctx: typer.Context, config: Config = None, as_json: AsJson = False) -> None:
    """List the watched feeds and how they are doing."""
    settings = ctx.obj.settings(config)
    listed, now = ask(settings, lambda store: store.feeds()), utc_now()
    if as_json:
        print_json([feed_row(status) for status in listed])
        return
    troubled = Page(worst_first(listed)[:FEEDS])
    counts = feeds_card(listed, troubled, now, COMMAND_LINE, names=False)
    show(warned(counts, [status.feed for status in listed], full_text=can_read_pages()))
    if listed:
        screen.print(feeds_table(listed, now, screen.width), markup=False)


@feeds.command("show")
def show_feed(ctx: typer.Context, feed: Named, config: Config = None, as_json: AsJson = False) -> None:
    """Show how one feed is doing: state, error, last and next visit, how much it brings, who added it."""
    settings, named = ctx.obj.settings(config), " ".join(feed)
    if as_json:
        print_json(feed_row(ask(settings, lambda store: find_feed(store, named, COMMAND_LINE))))
    else:
        show(card(settings, commands.show_feed, feed=named))


@feeds.command("test")
def try_feed(ctx: typer.Context, url: Url, kind: Kind = "", links: Links = "", config: Config = None) -> None:
    """Visit an address as the bot would, keep nothing, and show what it brings and when it would be asked."""
    settings = ctx.obj.settings(config)
    with progress("Fetching"):
        shown = card(settings, commands.try_feed, url=url, kind=kind, links=links)
    show(shown)


@feeds.command("add")
def add_feed(
    ctx: typer.Context,
    url: Url,
    title: Annotated[str, typer.Option("--title", metavar="WORDS", help="Else as it calls itself.")] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="NAME", help="Who publishes it; else as others of its host.")
    ] = "",
    family: Annotated[
        str, typer.Option("--family", metavar="NAME", help="The outlets of one publisher never count twice.")
    ] = "",
    language: Annotated[
        str, typer.Option("--language", metavar="CODE", help="ISO 639-1; else as the feed says.")
    ] = "",
    reliability: Annotated[
        str, typer.Option("--reliability", metavar="LETTER", help="A to F of the Admiralty code.")
    ] = "",
    interval: Annotated[
        str,
        typer.Option("--interval", metavar="MINUTES", help="Between two visits; else as the settings say."),
    ] = "",
    kind: Kind = "",
    links: Links = "",
    state_media: Annotated[
        bool, typer.Option("--state-media", metavar=FLAG, help="It speaks for a government.")
    ] = False,
    full_text: Annotated[
        bool, typer.Option("--full-text", metavar=FLAG, help="Read the page of each new story too.")
    ] = False,
    first: Annotated[
        bool, typer.Option("--first", metavar=FLAG, help="Take the first, where a site has several feeds.")
    ] = False,
    untried: Annotated[
        bool, typer.Option("--untried", metavar=FLAG, help="Add it without a look at what it brings.")
    ] = False,
    config: Config = None,
) -> None:
    """Watch a feed, or the feed of a site's address, after a look at what it brings."""
    settings = ctx.obj.settings(config)
    words = {
        "title": title,
        "source": source,
        "family": family,
        "language": language,
        "reliability": reliability,
        "interval": interval,
        "kind": kind,
        "links": links,
    }
    flags = {"state_media": state_media, "full_text": full_text, "first": first, "untried": untried}
    said = {name: "yes" for name, there in flags.items() if there}
    with progress("Fetching"):
        shown = change(settings, commands.add_feed, url=url, **words, **said)
    show(shown)


@feeds.command("remove")
def remove_feed(ctx: typer.Context, feed: Named, config: Config = None) -> None:
    """Watch a feed no longer, also where the seed file lists it; its stories are kept."""
    show(change(ctx.obj.settings(config), commands.remove_feed, feed=" ".join(feed)))


@feeds.command("pause")
def pause_feed(ctx: typer.Context, feed: Named, config: Config = None) -> None:
    """Ask a feed no more until it is resumed."""
    show(change(ctx.obj.settings(config), commands.pause_feed, feed=" ".join(feed)))


@feeds.command("resume")
def resume_feed(ctx: typer.Context, feed: Named, config: Config = None) -> None:
    """Ask a feed at once that was paused, or that was gone."""
    show(change(ctx.obj.settings(config), commands.resume_feed, feed=" ".join(feed)))


@feeds.command("import")
def import_feeds(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="An OPML file; - reads standard input.")],
    config: Config = None,
) -> None:
    """Watch the feeds of an OPML file; those that are watched stay as they are."""
    settings = ctx.obj.settings(config)
    body, where = _read(file), "standard input" if file == STANDARD else file
    show(answer(settings, lambda context: commands.take_feeds(context, body, where)))


@feeds.command("export")
def export_feeds(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="Where to write; else, or with -, standard output.")
    ] = STANDARD,
    config: Config = None,
) -> None:
    """Write the watched feeds as OPML, for a feed reader or another Claimwatch."""
    listed = ask(ctx.obj.settings(config), lambda store: store.feeds())
    text = write_opml(listed)
    if file == STANDARD:
        screen.out(text, end="")
        return
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be written ({error.strerror}); name another file, or none"
        ) from None
    aside.print(f"{counted(len(listed), 'feed')} in {file}", markup=False)


def _read(file: str) -> bytes:
    """Return a file, or as much of it as shows that it is too large."""
    try:
        with sys.stdin.buffer if file == STANDARD else Path(file).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be read ({error.strerror}); name an OPML file, or - for standard input"
        ) from None
