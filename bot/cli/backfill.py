"""`claimwatch backfill`: archives give a new register its history."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from bot import app_backfill
from bot.app_backfill import History
from bot.cli.shell import AsJson, Config, aside, print_json, progress, screen
from bot.phrases import counted

SHOWN = 10
"""Of what is left out of one file; the summary counts all of it."""


def backfill(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", exists=True)],
    feed: Annotated[
        str | None, typer.Option("--feed", metavar="URL", help="The watched feed of what names none itself.")
    ] = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Keep the stories of archives with their own dates, and tell nobody.

    A file is a feed as it was saved, or has a story a line as `match` reads it; a folder is read whole, in
    the order of its names. The bot must be stopped meanwhile. Ctrl-C keeps what is done, and the same command
    goes on from there.
    """
    settings = ctx.obj.settings(config)
    told: Counter[Path] = Counter()

    def show(path: Path, words: str) -> None:
        told[path] += 1
        if told[path] <= SHOWN:
            aside.print(f"skipped: {words}", markup=False)
        elif told[path] == SHOWN + 1:
            aside.print(f"skipped: {path}: and more; the last line counts them", markup=False)

    with progress("Stories") as bar:
        history = asyncio.run(app_backfill.backfill(settings, files, feed, on_step=bar, on_skip=show))
    if as_json:
        print_json(_row(history))
    else:
        screen.print(_summary(history), markup=False)


def _summary(history: History) -> str:
    filled = history.filled
    skipped = ", ".join(f"{number:,} {why}" for why, number in sorted(filled.skipped.items()))
    stories = counted(filled.done, "story", "stories")
    claims = counted(len(filled.claims), "claim")
    return (
        f"{counted(history.files, 'file')}, {stories}: {filled.new:,} new ({filled.relevant:,} relevant, "
        f"{filled.linked:,} linked to {claims}), {filled.known:,} known; "
        f"skipped: {skipped or 'nothing'}; nothing was told"
        + ("\nstopped before the end: what is done is kept, and the same command goes on" * history.stopped)
    )


def _row(history: History) -> dict[str, object]:
    filled = history.filled
    return {
        "files": history.files,
        "stories": filled.done,
        "new": filled.new,
        "known": filled.known,
        "relevant": filled.relevant,
        "linked": filled.linked,
        "claims": sorted(filled.claims),
        "skipped": {why.value: number for why, number in sorted(filled.skipped.items())},
        "stopped": history.stopped,
    }
