"""Connections to Slack: two of them, each followed before it ends."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.card import Card
from bot.commands.model import Asker
from bot.platforms import PlatformDown, SendError
from bot.platforms.slack_sockets import CONNECTIONS, Envelope, Sockets
from claims.sqlite import SQLiteStore
from tests.support.platforms import DeskOf
from tests.support.slack_platform import CARD, CHANNEL, KEY, echo, running, slack_platform
from tests.support.slack_server import Fault, SlackServer


class Heard:
    """Keeps what came, and how often nobody had listened before."""

    def __init__(self, answer: dict[str, object] | None = None) -> None:
        self.answer = answer
        self.payloads: list[object] = []
        self.attended = 0
        self.came, self.may_answer = asyncio.Event(), asyncio.Event()
        self.may_answer.set()

    async def hear(self, envelope: Envelope) -> dict[str, object] | None:
        """Keep what an envelope holds."""
        self.payloads.append(envelope["payload"]["what"])
        self.came.set()
        await self.may_answer.wait()
        return self.answer

    async def attend(self) -> None:
        """Count that somebody listens again."""
        self.attended += 1


@asynccontextmanager
async def connected(slack: SlackServer, heard: Heard) -> AsyncIterator[None]:
    """Keep connections meanwhile."""

    async def address() -> str:
        return slack.ticket()

    task = asyncio.create_task(Sockets(address, heard.hear, heard.attend, 0.01).run())
    try:
        await slack.connected(CONNECTIONS)
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_each_connection_has_an_address_of_its_own(slack: SlackServer) -> None:
    """Two stand side by side, since an address opens one connection and no more."""
    async with running(slack_platform(slack)):
        await slack.connected(CONNECTIONS)
    assert [method for method, _ in slack.calls].count("apps.connections.open") == CONNECTIONS
    assert slack.sockets == []


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_connection_that_is_to_end_is_followed_before_it_ends(
    slack: SlackServer, reason: str
) -> None:
    """There are never fewer than there should be, and nobody has to catch up with anything."""
    heard = Heard()
    async with connected(slack, heard):
        old, before = slack.sockets[0], len(slack.seen)
        await slack.disconnect(reason, old)
        await slack.until(lambda: old not in slack.sockets)
        moves = [each["event"] for each in slack.seen[before:]]
        assert moves == ["connected", "disconnected"]
        assert len(slack.sockets) == CONNECTIONS
    assert heard.attended == 1


async def test_what_is_worked_on_is_answered_where_it_came_before_that_ends(slack: SlackServer) -> None:
    """Else whoever sent a form while connections are replaced reads that the app did not respond."""
    heard = Heard({"response_action": "clear"})
    async with connected(slack, heard):
        heard.may_answer.clear()
        asking = asyncio.create_task(slack.deliver("interactive", {"what": "a form"}))
        await heard.came.wait()
        replaced, before = list(slack.sockets), slack.count("connected")
        for old in replaced:
            await slack.disconnect("refresh_requested", old)
        await slack.until(lambda: slack.count("connected") == before + CONNECTIONS)
        heard.may_answer.set()
        sent = await asking
        await slack.until(lambda: not set(replaced) & set(slack.sockets))
    assert sent.answer == {"response_action": "clear"}


@pytest.mark.parametrize("times", [2, 4])
async def test_what_comes_over_several_connections_is_heard_once(slack: SlackServer, times: int) -> None:
    """Each time it is acknowledged with the same, on the connection that it came by."""
    heard = Heard({"text": "heard"})
    async with connected(slack, heard):
        sent = await slack.deliver("slash_commands", {"what": "help"}, times=times)
        await slack.until(lambda: slack.acknowledged == times)
    assert heard.payloads == ["help"]
    assert sent.answer == {"text": "heard"}


async def test_an_event_that_slack_repeats_is_heard_once(slack: SlackServer) -> None:
    """It comes in another envelope then, with the same id of its own."""
    heard = Heard()
    async with connected(slack, heard):
        event = await slack.deliver("events_api", {"event_id": "Ev1", "what": "joined"})
        await slack.again(event)
        await slack.deliver("events_api", {"event_id": "Ev2", "what": "left"})
    assert heard.payloads == ["joined", "left"]


@pytest.mark.parametrize("end", ["cut", "drop"])
async def test_connections_that_are_lost_come_back(slack: SlackServer, end: str) -> None:
    """Closed by Slack or broken without a word: they are opened again, and it shows that nobody listened."""
    heard = Heard()
    async with connected(slack, heard):
        before = slack.count("connected")
        if end == "cut":
            await slack.cut()
        else:
            slack.drop()
        await slack.until(lambda: slack.count("connected") == before + CONNECTIONS)
        await slack.connected(CONNECTIONS)
        assert (await slack.deliver("slash_commands", {"what": "help"})).acknowledged is not None
    assert heard.attended == 2


async def test_too_many_connections_are_waited_out(
    slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Other programs may use the same app: what Slack ends for that is tried again."""
    heard = Heard()
    async with connected(slack, heard):
        before = slack.count("connected")
        await slack.disconnect("too_many_websockets")
        await slack.until(lambda: slack.count("connected") == before + 1)
        await slack.connected(CONNECTIONS)
    assert "ended (too_many_websockets)" in caplog.text


async def test_a_start_that_fails_is_tried_again(
    slack: SlackServer, books: SQLiteStore, caplog: pytest.LogCaptureFixture
) -> None:
    """With a new address, and no token or address gets into the log."""
    caplog.set_level(logging.DEBUG)
    slack.fail("auth.test", Fault(status=503))
    slack.fail("socket", Fault(status=503))
    async with running(slack_platform(slack, books)):
        assert (await slack.slash("help")).answers
    assert "not connected: Slack has trouble of its own (HTTP 503)" in caplog.text
    assert "not connected: Slack cannot be reached" in caplog.text
    for secret in (slack.bot_token, slack.app_token, "ticket-", "/commands/"):
        assert secret not in caplog.text


async def test_socket_mode_that_is_switched_off_ends_the_run(slack: SlackServer) -> None:
    """Whoever runs the bot reads where it is switched on."""
    run = asyncio.create_task(slack_platform(slack).run(DeskOf(echo)))
    await slack.connected(CONNECTIONS)
    await slack.disconnect("link_disabled")
    with pytest.raises(PlatformDown, match="Enable Socket Mode"):
        await run
    assert slack.sockets == []


async def test_an_app_token_that_is_refused_meanwhile_ends_the_run(slack: SlackServer) -> None:
    """Where only a change of settings helps, `run` says so instead of trying for ever."""
    run = asyncio.create_task(slack_platform(slack).run(DeskOf(echo)))
    await slack.connected(CONNECTIONS)
    slack.app_token = "xapp-2-new"
    await slack.cut()
    with pytest.raises(PlatformDown, match=r"slack\.app_token"):
        await run


async def test_a_bot_token_that_is_refused_meanwhile_ends_the_run(slack: SlackServer) -> None:
    """A post shows it first: the connections stand without that token."""
    platform = slack_platform(slack)
    run = asyncio.create_task(platform.run(DeskOf(echo)))
    await slack.connected(CONNECTIONS)
    slack.bot_token = "xoxb-2-new"
    with pytest.raises(SendError):
        await platform.send(CHANNEL, CARD, KEY, again=False)
    with pytest.raises(PlatformDown, match=r"slack\.bot_token"):
        await run


async def test_close_ends_the_run_soon(slack: SlackServer) -> None:
    """`close` ends a connected `run` by itself, and may be called again or before."""
    idle = slack_platform(slack)
    await idle.close()
    await idle.close()
    platform = slack_platform(slack)
    run = asyncio.create_task(platform.run(DeskOf(echo)))
    await slack.connected(CONNECTIONS)
    async with asyncio.timeout(20):
        await platform.close()
        await run
    await platform.close()
    await slack.connected(0)


async def test_a_command_under_way_does_not_delay_the_end(slack: SlackServer, books: SQLiteStore) -> None:
    """Stopping waits a moment for an answer, but not for one that never comes."""
    begun = asyncio.Event()

    async def endless(name: str, values: dict[str, str], asker: Asker) -> Card:
        begun.set()
        await asyncio.Event().wait()
        return Card("never")

    async with running(slack_platform(slack, books), endless):
        asking = asyncio.create_task(slack.slash("help"))
        await begun.wait()
    asking.cancel()
    with suppress(asyncio.CancelledError):
        await asking
    await slack.connected(0)
