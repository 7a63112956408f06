"""A site of the project's own samples, and the kinds of pages that it has."""

from io import StringIO
from pathlib import Path

from bot.commands.table import AT_CONSOLE
from bot.demo import STEP, DemoClock, watching
from bot.platforms.console import ConsolePlatform
from bot.resources import data
from bot.samples import moments
from tests.support.sites import built

CLAIM = "claims/containers-2023.html"
"""Of a claim with numbers, charts, denials and much that happened."""


async def sample_site(folder: Path) -> None:
    """Build the site of what the bot keeps and tells of the sample feeds."""
    published = moments(data("seeds/samples"))
    clock = DemoClock(published[0])
    console = ConsolePlatform(AT_CONSOLE, StringIO(), StringIO())
    async with watching(clock, console) as bot:
        for moment in (published[0], published[len(published) // 2], published[-1]):
            clock.now = moment + STEP
            await bot.step()
        await built(bot.store, folder, now=clock.now)


def kinds(site: Path) -> dict[str, str]:
    """Return by kind the path of a page of it, the largest where there are many."""
    event = max(site.glob("events/*/*.html"), key=lambda path: path.stat().st_size)
    return {
        "what changed": "index.html",
        "register": "register.html",
        "claim": CLAIM,
        "event": event.relative_to(site).as_posix(),
        "feeds": "feeds.html",
        "search": "search.html#q=containers",
        "about": "about.html",
    }
