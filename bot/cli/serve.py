"""The command that serves the site, and tells those who watch over the bot how it fares."""

import asyncio
import ipaddress
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.shell import Config, aside, screen
from bot.language import LANGUAGES
from bot.parts import opened_store
from bot.serving.serve import Served, serve
from claims.errors import UsageError

_OPEN = (
    "note: whoever reaches {host} reads the site, /healthz and /metrics, without a password; where not everybody "
    "should, put a server before it that asks for one"
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
    workspace: Annotated[
        str,
        typer.Option("--workspace", metavar="ID", help="As this one sees it: discord:500, console for all."),
    ] = "",
    language: Annotated[
        str, typer.Option("--language", metavar="CODE", help=f"Of our own words: {', '.join(LANGUAGES)}.")
    ] = "en",
    config: Config = None,
) -> None:
    """Serve the site with /healthz and /metrics, read only and beside a running bot, until stopped."""
    settings = ctx.obj.settings(config, level="INFO")
    if language not in LANGUAGES:
        raise UsageError(f"--language: expected one of {', '.join(LANGUAGES)}, not {language!r}")
    if not _is_loopback(host):
        aside.print(_OPEN.format(host=host), markup=False)
    served = Served(folder or settings.store.path.with_suffix(".site"), host, port, workspace, language)
    begun = partial(screen.print, markup=False)
    asyncio.run(serve(partial(opened_store, settings), served, lambda address: begun(f"serving {address}")))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
