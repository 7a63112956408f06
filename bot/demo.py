"""The demo: the real chain over sample feeds from a local server, with days passing in seconds."""

import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from bot import app, parts
from bot.commands.model import OPERATOR
from bot.commands.table import AT_CONSOLE
from bot.platforms import Platform
from bot.platforms.console import ConsolePlatform
from bot.resources import data
from bot.samples import SampleServer, moments
from bot.settings import load
from claims.seeding import read_claims

ZONE = "Asia/Seoul"
DIGEST_AT = time(18, 0)
STEP = timedelta(minutes=1)
"""How long after a story's date the bot looks: its feeds' own interval."""
QUESTIONS = ("/claim search shells", "/claim show containers-2023")


class DemoClock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        """Start at this moment."""
        self.now = now

    def __call__(self) -> datetime:
        """Return the moment that it shows."""
        return self.now


async def demonstrate() -> None:
    """Show backlog, alerts, edits, denials, digests and look-ups, then a prompt where there is a terminal."""
    screen = Console(highlight=False)
    samples = data("seeds/samples")
    published = moments(samples)
    clock = DemoClock(published[0])
    console = ConsolePlatform(AT_CONSOLE, sys.stdin, sys.stdout)
    screen.print(
        "Claimwatch, on sample feeds: outlets and stories are made up, the server is local, "
        f"and {_day(published[0])} to {_day(published[-1])} pass in seconds.\n"
    )
    async with watching(clock, console) as built:
        for moment in steps(published):
            clock.now = moment
            await built.step()
        for question in QUESTIONS:
            screen.print(f"\nclaimwatch> {question}\n", style="bold")
            answer = await built.desk.answer_text(question, OPERATOR)
            await console.send("", answer, question, again=False)
        if sys.stdin and sys.stdin.isatty():
            screen.print("\nAsk on: /claim list, /digest, /help; /quit leaves.\n")
            await built.run()


@contextlib.asynccontextmanager
async def watching(clock: DemoClock, console: Platform) -> AsyncIterator[app.App]:
    """Hand out the whole bot over the sample feeds as they stand by a clock, with the console subscribed."""
    minutes = str(STEP.total_seconds() / 60)
    with tempfile.TemporaryDirectory() as folder, SampleServer(data("seeds/samples"), clock) as server:
        settings = load(
            None,
            {
                "CLAIMWATCH_STORE__PATH": str(Path(folder) / "demo.db"),
                "CLAIMWATCH_WATCH__ALLOW_HOSTS": server.host_port,
                "CLAIMWATCH_WATCH__INTERVAL_MINUTES": minutes,
                "CLAIMWATCH_WATCH__CEILING_MINUTES": minutes,
                "CLAIMWATCH_WATCH__FLOOR_SECONDS": "0",
                "CLAIMWATCH_WATCH__HOST_PAUSE_SECONDS": "0",
                "CLAIMWATCH_SUBSCRIPTIONS": (
                    f'[{{"destination": "console", "digest": "{DIGEST_AT:%H:%M}", "timezone": "{ZONE}"}}]'
                ),
            },
        )
        seeds = parts.Seeds(read_claims(data("seeds/claims.toml")), server.feeds())
        async with app.opened(settings, clock=clock, seeds=seeds, platforms={"console": console}) as built:
            yield built


def steps(published: list[datetime]) -> Iterator[datetime]:
    """Yield the moments at which the bot looks: after each story, and at the hour of each day's digest."""
    zone = ZoneInfo(ZONE)
    days = {moment.astimezone(zone).date() for moment in published}
    digests = {datetime.combine(day, DIGEST_AT, zone).astimezone(published[0].tzinfo) for day in days}
    yield from sorted({moment + STEP for moment in published} | digests)


def _day(moment: datetime) -> str:
    local = moment.astimezone(ZoneInfo(ZONE))
    return f"{local.day} {local:%B %Y}"
