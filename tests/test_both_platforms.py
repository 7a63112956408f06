"""One process serves Discord and Slack, and while one of them fails the other is served as ever."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support import slack_http
from tests.support.both_platforms import ALERTS, NEWS, Both, alerts, serving_both
from tests.support.chats import Chat, event_of
from tests.support.discord_http import Fault

ALWAYS, MINUTES = 10_000, 180
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
        await well.until(lambda: alerts(well))
        await both.answered(ailing)
        for begins in FAILURES[failing]:
            with subtests.test(begins.__name__.strip("_")):
                await begins(both)
                await both.alerted(well)
                await both.answered(well)
                assert well.wrong() == []

    assert len(alerts(well)) == len(NEWS)
    told = [event_of(ailing, alert) for alert in alerts(ailing)]
    assert len(told) == len(set(told))


async def test_a_week_is_told_with_its_chart(tmp_path: Path) -> None:
    """On its day each channel is posted one message with the picture, its words and a button to the rest."""
    options = {"digest": "08:00", "weekdays": "none", "weekly": "mon"}
    async with serving_both(tmp_path, **options) as both:
        both.clock.now += timedelta(hours=12)
        await both.alerted(both.discord)
        both.clock.now += timedelta(days=6, hours=20)
        for _round in range(3):
            await both.app.step()
            both.clock.now += timedelta(minutes=1)
        for chat, shown in ((both.discord, "attachment://week-2026-03-09.png"), (both.slack, "slack_file")):
            (told,) = [m for m in chat.messages(ALERTS) if "2–9 Mar 2026" in chat.words(m)]
            behind = await chat.use(told, "digest", by=chat.here.lead)
            assert "At least 13,000 containers" in chat.words(told)
            assert shown in str(told)
            assert ": stories on each claim, by day. " in str(told)
            assert "North Korea sent Russia at least 1,000 containers" in chat.words(behind)
            assert chat.wrong() == []
