"""One process serves Discord and Slack, and while one of them fails the other is served as ever."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot import parts
from bot.app import App
from bot.resources import data
from claims.seeding import read_claims
from tests.support import slack_http
from tests.support.build import feed, source
from tests.support.busy_day import MORNING, Piece
from tests.support.chats import Chat, event_of
from tests.support.discord_chat import DiscordChat
from tests.support.discord_http import Fault
from tests.support.feed_server import FeedServer, feed_server
from tests.support.lived_bot import Clock, document, serving, settings
from tests.support.slack_chat import SlackChat

ALERTS = "alerts"
NEWS = (
    "North Korea shipped over 13,000 containers of munitions to Russia, the White House says",
    "Debris in Kharkiv is of a North Korean KN-23 missile",
    "3,000 North Korean workers build drones at Alabuga",
    "Moscow gives Pyongyang satellite technology",
    "Satellite pictures show 70 railcars with munitions at the Tumangang crossing to Russia",
)
ALWAYS, MINUTES = 10_000, 180


@dataclass
class Both:
    """One bot on two platforms, and the news that it reads."""

    discord: DiscordChat
    slack: SlackChat
    feeds: FeedServer
    app: App
    clock: Clock
    told: list[Piece] = field(default_factory=list)
    rounds: list[asyncio.Task[None]] = field(default_factory=list)

    async def alerted(self, chat: Chat) -> None:
        """Have something happen, and wait until one platform tells of it; rounds overlap, as they do."""
        known = len(_alerts(chat))
        self.clock.now += timedelta(minutes=30)
        title, number = NEWS[len(self.told)], len(self.told)
        self.told.insert(0, Piece(self.clock.now, "a", title, "", f"https://a.example/{number}", number))
        self.feeds.set("/a", document(self.told))
        self.rounds.append(asyncio.create_task(self.app.step()))
        await chat.until(lambda: len(_alerts(chat)) == known + 1)

    async def answered(self, chat: Chat) -> None:
        """Ask on a platform, and look behind an alert there."""
        lead = chat.here.lead
        shown = await chat.ask("claim show", {"claim": "containers-2023"}, by=lead)
        assert "White House" in chat.words(shown)
        behind = await chat.use(_alerts(chat)[-1], "details", by=lead)
        assert "Sample" in chat.words(behind)


Fails = Callable[[Both], Awaitable[None]]


async def _discord_slows_down(both: Both) -> None:
    body = {"message": "You are being rate limited.", "retry_after": MINUTES, "global": False}
    both.discord.server.faults.append(Fault("POST", "/messages", 429, body, times=ALWAYS))


async def _discord_refuses_connections(both: Both) -> None:
    both.discord.server.faults[:] = [Fault("GET", "/gateway", 503, times=ALWAYS)]
    await both.discord.server.cut()


async def _discord_hangs(both: Both) -> None:
    both.discord.server.faults[:] = [Fault("POST", "", status=0, times=ALWAYS)]


async def _discord_revokes_the_token(both: Both) -> None:
    both.discord.server.faults.clear()
    both.discord.server.token = "another"
    await both.discord.server.cut()


async def _slack_slows_down(both: Both) -> None:
    slow_down = {"Retry-After": str(MINUTES)}
    both.slack.server.fail(
        "chat.postMessage", slack_http.Fault(429, "ratelimited", headers=slow_down, times=ALWAYS)
    )


async def _slack_refuses_connections(both: Both) -> None:
    both.slack.server.fail("socket", slack_http.Fault(503, times=ALWAYS))
    await both.slack.cut()


async def _slack_hangs(both: Both) -> None:
    both.slack.relent()
    for method in ("chat.postMessage", "chat.update", "auth.test", "apps.connections.open"):
        both.slack.server.fail(method, slack_http.Fault(hang=True, after=True, times=ALWAYS))


async def _slack_revokes_the_token(both: Both) -> None:
    both.slack.relent()
    both.slack.server.bot_token = "xoxb-another"
    await both.slack.cut()


FAILURES: Mapping[str, tuple[Fails, ...]] = {
    "discord": (
        _discord_slows_down,
        _discord_refuses_connections,
        _discord_hangs,
        _discord_revokes_the_token,
    ),
    "slack": (_slack_slows_down, _slack_refuses_connections, _slack_hangs, _slack_revokes_the_token),
}
"""By platform; each begins while those before it may last."""


@pytest.mark.parametrize("failing", FAILURES)
async def test_a_platform_that_fails_delays_no_other(
    tmp_path: Path, failing: str, subtests: pytest.Subtests
) -> None:
    """Alerts come and commands are answered on one platform while the other slows down, hangs or is gone."""
    async with serving_both(tmp_path) as both:
        chats: dict[str, Chat] = {"discord": both.discord, "slack": both.slack}
        ailing = chats.pop(failing)
        (well,) = chats.values()
        await both.alerted(ailing)
        await well.until(lambda: _alerts(well))
        await both.answered(ailing)
        for begins in FAILURES[failing]:
            with subtests.test(begins.__name__.strip("_")):
                await begins(both)
                await both.alerted(well)
                await both.answered(well)
                assert well.wrong() == []

    assert len(_alerts(well)) == len(NEWS)
    told = [event_of(ailing, alert) for alert in _alerts(ailing)]
    assert len(told) == len(set(told))


@asynccontextmanager
async def serving_both(folder: Path) -> AsyncIterator[Both]:
    """Run a bot with a channel on each platform, which has read its feed once."""
    discord, slack, clock = DiscordChat((ALERTS,)), SlackChat((ALERTS,)), Clock(MORNING)
    async with discord.server, slack.server, feed_server() as feeds:
        read = feed(feeds.set("/a", document([])), title="Sample", source=source("Sample"))
        seeds = parts.Seeds(read_claims(data("seeds/claims.toml")), (read,))
        wanted = [{"destination": chat.destination(ALERTS)} for chat in (discord, slack)]
        config = settings(folder, feeds, wanted, discord, slack)
        async with serving(config, clock, seeds, discord, slack) as app:
            await app.step()
            both = Both(discord, slack, feeds, app, clock)
            try:
                yield both
            finally:
                for each in both.rounds:
                    each.cancel()
                await asyncio.gather(*both.rounds, return_exceptions=True)


def _alerts(chat: Chat) -> list[object]:
    return [m for m in chat.messages(ALERTS) if event_of(chat, m, "right")]
