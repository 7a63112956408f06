"""`claimwatch serve`: the site over HTTP, and for those who watch over the bot how it fares."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bot import parts
from bot.cli.shell import Config, aside, screen
from bot.cli.site import AtAddress, InLanguage, OfWorkspace, check, check_workspace
from bot.serving.serve import Served, serve
from bot.serving.server import is_loopback
from bot.site.build import Built, build
from claims.clock import utc_now
from claims.store import Store

_OPEN = (
    "note: whoever reaches {host} reads the site, /healthz and /metrics without a password; where not "
    "everybody should, put a server before it that asks for one"
)


def serve_site(
    ctx: typer.Context,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; 0.0.0.0 lets others in.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="N", help="0 takes one that is free.")
    ] = 8000,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", metavar="DIR", file_okay=False, help="Of the site; else beside the store."),
    ] = None,
    workspace: OfWorkspace = "",
    language: InLanguage = "en",
    url: AtAddress = "",
    config: Config = None,
) -> None:
    """Serve the site read only, with /healthz and /metrics for Prometheus, until stopped.

    The bot may run meanwhile: what it brings is on the pages within a minute or two.
    """
    settings = ctx.obj.settings(config, level="INFO")
    check(language, url)
    check_workspace(settings, workspace)
    if not is_loopback(host):
        aside.print(_OPEN.format(host=host), markup=False)

    async def built(store: Store, into: Path) -> Built:
        return await build(store, into, now=utc_now(), workspace=workspace, language=language, base=url)

    def begun(address: str) -> None:
        screen.print(f"serving {address}", markup=False)

    names = frozenset(filter(None, [urlsplit(url).hostname]))
    served = Served(folder or settings.store.path.with_suffix(".site"), host, port, names)
    asyncio.run(serve(partial(parts.opened_store, settings), built, served, begun))
