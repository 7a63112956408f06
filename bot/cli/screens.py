"""The command that draws what the README shows."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.shell import screen


def screens(folder: Annotated[Path, typer.Argument(metavar="FOLDER", file_okay=False)]) -> None:
    """Draw alerts, a timeline, a chart, and Set up and App Home on Slack, as pictures in a folder."""
    from bot.screens import screens as drawn  # with the prompt, for which no other command waits

    for name, content in asyncio.run(drawn(folder)).items():
        screen.print(f"{folder / name}: {len(content):,} bytes")
