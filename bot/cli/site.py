"""`claimwatch site`: the register as pages that need no server."""

import asyncio
import time
from pathlib import Path
from typing import Annotated

import typer

from bot import parts
from bot.cli.answers import ask
from bot.cli.shell import Config, aside, progress, screen, writing
from bot.language import LANGUAGES
from bot.phrases import counted
from bot.settings import Settings
from bot.site.build import Built, build
from claims.clock import utc_now
from claims.errors import UsageError
from claims.store import Store
from claims.workspaces import CONSOLE

_CHANGES = 1_000
"""The newest changes, in which workspaces are looked for."""
_INTERRUPTED = 130
"""What shells expect of a program that was ended by Ctrl-C: 128 and the number of the signal."""

OfWorkspace = Annotated[
    str, typer.Option("--workspace", metavar="ID", help="Show what it sees; `console`: all.")
]
InLanguage = Annotated[
    str, typer.Option("--language", metavar="L", help=f"Of our own words: {', '.join(LANGUAGES)}.")
]
AtAddress = Annotated[
    str, typer.Option("--url", metavar="BASE", help="Where others find it, for feed readers.")
]


def check(language: str, url: str) -> None:
    """Look at what a site is asked to be.

    Raises:
        UsageError: we do not speak the language, or the address is none.

    """
    if language not in LANGUAGES:
        raise UsageError(f"--language: expected one of {', '.join(LANGUAGES)}, not {language!r}")
    if url and not url.startswith(("http://", "https://")):
        raise UsageError(f"--url: expected an http or https address, not {url!r}")


def check_workspace(settings: Settings, workspace: str) -> None:
    """Look whether anything is known of the workspace that a site is for.

    Raises:
        UsageError: no channel, claim or change is of it; names those that are known.

    """
    if workspace in ("", CONSOLE):
        return
    known = ask(settings, _workspaces)
    if workspace not in known:
        names = ", ".join([CONSOLE, *sorted(known)])
        raise UsageError(f"--workspace: nothing is known of {workspace!r}; known are {names}")


async def _workspaces(store: Store) -> set[str]:
    """Return the workspaces of which channels, claims or changes are kept."""
    found = {each.workspace for each in await store.subscriptions()}
    found |= {claim.workspace for claim in (await store.register()).values() if claim.workspace}
    found |= {each.workspace for each in await store.audit(None, _CHANGES)}
    return found - {CONSOLE, ""}


def site(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one with a site.")],
    workspace: OfWorkspace = "",
    language: InLanguage = "en",
    url: AtAddress = "",
    config: Config = None,
) -> None:
    """Write the register, every claim and every happening as pages; what did not change is left alone.

    The bot may run meanwhile. Files of other names in the folder are left alone too.
    """
    settings = ctx.obj.settings(config)
    check(language, url)
    check_workspace(settings, workspace)

    async def write() -> Built:
        async with parts.opened_store(settings) as store:
            with progress("Pages") as bar:
                return await build(
                    store,
                    folder,
                    now=utc_now(),
                    workspace=workspace,
                    language=language,
                    base=url,
                    progress=bar,
                )

    began = time.monotonic()
    try:
        with writing(folder):
            built = asyncio.run(write())
    except KeyboardInterrupt:
        aside.print(
            f"Stopped; every page in {folder} is whole, and the same command goes on from here", markup=False
        )
        raise typer.Exit(_INTERRUPTED) from None
    seconds = time.monotonic() - began
    screen.print(
        f"{counted(built.written, 'file')} written, {built.kept:,} kept, {built.removed:,} removed in "
        f"{seconds:.1f} s, {built.bytes / 1e6:.1f} MB; open {folder / 'index.html'}",
        markup=False,
    )
