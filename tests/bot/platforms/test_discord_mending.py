"""Channels where the bot may not post, over the wire: who is told, and that they go on once mended."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.delivery import Deliverer, Drained
from bot.mending import Mender
from bot.parts import who
from bot.platforms.discord import DiscordPlatform
from claims.sqlite import SQLiteStore
from claims.workspaces import OURSELVES
from tests.support.build import NOW, claim, feed, member, outcome, subscription, visit
from tests.support.discord_http import Json
from tests.support.discord_places import Channel, May
from tests.support.discord_platform import running
from tests.support.discord_server import DiscordServer

DESK = "discord:500"


class Posting:
    """A bot with one subscribed channel, 601; 600 is for the server's news."""

    def __init__(self, server: DiscordServer, books: SQLiteStore) -> None:
        self.server, self.books = server, books

    async def drain(self, platform: DiscordPlatform) -> Drained:
        """Post what is due."""
        return await Deliverer(self.books, {"discord": platform}, _clock, who).drain()

    async def raise_alert(self, title: str = "Sample ship leaves") -> None:
        """Have a story raise an alert."""
        await self.books.record_visit(visit(outcome(member(title))))

    async def paused(self) -> str | None:
        """Return why the channel is paused."""
        return (await self.books.subscriptions())[0].paused

    async def caught_up(self) -> None:
        """Wait until the bot has heard of all that happened, by asking it something."""
        await self.server.slash("claim list")

    async def actions(self) -> list[tuple[str, str, str]]:
        """Return what was noted in the audit log, oldest first."""
        kept = await self.books.audit(DESK, 20)
        return [(each.person, each.action, each.details) for each in reversed(kept)]

    def told(self, channel: int) -> list[Json]:
        """Return the embeds in a channel that tell of one that is broken."""
        embeds = [embed for message in self.server.messages.get(channel, []) for embed in message["embeds"]]
        return [embed for embed in embeds if embed["title"].startswith("Claimwatch cannot post")]

    def told_directly(self, person: int) -> list[Json]:
        """Return what somebody was told in direct messages."""
        home = self.server.direct.get(person)
        return [each for channel in home.channels for each in self.told(channel)] if home else []


def _clock() -> datetime:
    return NOW


@pytest.fixture
async def posting(server: DiscordServer, books: SQLiteStore) -> AsyncIterator[Posting]:
    """Yield a bot whose channel was set up by the manager; at the end no limit of Discord's was broken."""
    await books.sync_claims([claim()])
    await books.sync_feeds([feed()])
    manager = f"discord:{server.guilds[500].manager.ident}"
    await books.subscribe(subscription("discord:601", workspace=DESK, person=manager))
    yield Posting(server, books)
    assert server.violations == []


async def test_who_set_it_up_is_told_once_and_nobody_else(posting: Posting) -> None:
    """The message names the channel and what it lacks; the log has it too, and nothing is tried in vain."""
    async with running(posting.server, books=posting.books, clock=_clock) as platform:
        await posting.server.take(May.SEND_MESSAGES, channel=601)
        await posting.raise_alert()
        await posting.drain(platform)
        await posting.raise_alert("Another sample ship")
        await posting.drain(platform)

    [told] = posting.told_directly(902)
    assert "<#601>" in told["description"]
    assert "give it View Channel, Send Messages" in told["description"]
    assert [(person, action) for person, action, _ in await posting.actions()] == [(OURSELVES, "watch pause")]
    assert posting.told(600) == []


@pytest.mark.parametrize("why", ["shut", "nobody"])
async def test_a_subscribed_channel_is_told_where_no_person_can_be(posting: Posting, why: str) -> None:
    """It comes before the first channel, whose people have nothing to do with it."""
    server, books = posting.server, posting.books
    server.guilds[500].channels[602] = Channel(602, "third")
    await books.subscribe(subscription("discord:602", "another", workspace=DESK))
    server.shut.add(902)
    if why == "nobody":
        await books.subscribe(subscription("discord:601", workspace=DESK))
    async with running(server, books=books, clock=_clock):
        await server.delete_channel(601)
        await server.until(lambda: posting.told(602))

    assert posting.told(600) == []


async def test_the_first_channel_is_told_last(posting: Posting) -> None:
    """Where neither a person nor a subscribed channel can be told, somebody still learns of it."""
    posting.server.shut.add(902)
    async with running(posting.server, books=posting.books, clock=_clock):
        await posting.server.delete_channel(601)
        await posting.server.until(lambda: posting.told(600))


async def test_a_channel_that_is_shut_over_and_over_is_told_of_once_a_day(posting: Posting) -> None:
    """Also by a bot that was started anew meanwhile."""
    moments = [NOW + timedelta(hours=hours) for hours in (0, 6, 23, 24)]
    async with running(posting.server, books=posting.books, clock=_clock) as platform:
        for now in moments:
            mender = Mender(posting.books, partial(max, now, NOW))
            await mender.broken(platform, "discord:601", "It lacks something")
            await posting.books.resume("discord:601", now)

    assert len(posting.told_directly(902)) == 2


@pytest.mark.parametrize("why", ["shut", "nobody"])
async def test_where_nobody_can_be_told_the_log_says_so(
    posting: Posting, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Who takes no direct messages, or what the settings subscribed: it is paused all the same."""
    posting.server.shut.add(902)
    if why == "nobody":
        await posting.books.subscribe(subscription("discord:601", workspace=DESK))
    async with running(posting.server, books=posting.books, clock=_clock) as platform:
        await posting.server.take(May.SEND_MESSAGES)
        await posting.raise_alert()
        await posting.drain(platform)

    assert await posting.paused()
    assert "paused destination=discord:601" in caplog.text
    assert "nobody told of paused destination=discord:601" in caplog.text


async def test_a_deleted_channel_is_told_of_and_noted(posting: Posting) -> None:
    """It needs no alert to be noticed: the gateway tells at once."""
    async with running(posting.server, books=posting.books, clock=_clock):
        await posting.server.delete_channel(601)
        await posting.server.until(lambda: posting.told_directly(902))
        await posting.caught_up()

    assert "The channel was deleted on Discord" in posting.told_directly(902)[0]["description"]
    assert await posting.actions() == [
        (OURSELVES, "watch pause", "discord:601: The channel was deleted on Discord")
    ]


@pytest.mark.parametrize("where", ["channel", "server", "role of the bot"])
async def test_it_goes_on_by_itself_when_the_permission_returns(posting: Posting, where: str) -> None:
    """What waited is posted, and the audit log says that nobody had to do anything."""
    server, guild = posting.server, posting.server.guilds[500]
    place: dict[str, Any] = {"channel": 601} if where == "channel" else {}
    async with running(server, books=posting.books, clock=_clock) as platform:
        await server.take(May.SEND_MESSAGES, **place)
        await posting.raise_alert()
        await posting.drain(platform)
        await posting.caught_up()
        assert await posting.paused()
        if where == "role of the bot":
            guild.roles[guild.editors.ident].may = May.SEND_MESSAGES
            await server.gateway.dispatch(
                "GUILD_ROLE_UPDATE", {"guild_id": "500", "role": guild.editors.shown()}, 500
            )
            guild.bot.roles = (*guild.bot.roles, guild.editors.ident)
            await server.gateway.dispatch(
                "GUILD_MEMBER_UPDATE", {**guild.bot.shown(), "guild_id": "500"}, 500
            )
        else:
            await server.give(May.SEND_MESSAGES, **place)
        await posting.caught_up()
        assert await posting.paused() is None
        assert (await posting.drain(platform)).posted == 1

    assert [action for _, action, _ in await posting.actions()] == ["watch pause", "watch resume"]


async def test_a_permission_that_returned_meanwhile_is_seen_at_the_start(posting: Posting) -> None:
    """Nobody has to do anything either where the bot was not running."""
    async with running(posting.server, books=posting.books, clock=_clock) as platform:
        await posting.server.take(May.SEND_MESSAGES, channel=601)
        await posting.raise_alert()
        await posting.drain(platform)
    await posting.server.give(May.SEND_MESSAGES, channel=601)
    async with running(posting.server, books=posting.books, clock=_clock) as platform:
        await posting.caught_up()
        assert (await posting.drain(platform)).posted == 1


async def test_what_somebody_paused_does_not_go_on_by_itself(posting: Posting) -> None:
    """A person's pause outlasts permissions that go and return, and a bot that leaves and returns."""
    await posting.books.pause("discord:601", "Lead paused it", by="discord:902")
    async with running(posting.server, books=posting.books, clock=_clock):
        await posting.server.take(May.SEND_MESSAGES, channel=601)
        await posting.caught_up()
        await posting.server.give(May.SEND_MESSAGES, channel=601)
        await posting.caught_up()

    assert await posting.paused() == "Lead paused it"
    assert await posting.actions() == []


async def test_a_refusal_of_another_cause_is_not_tried_at_every_change(posting: Posting) -> None:
    """Where the bot lacked nothing that can be seen, a change of something else mends nothing."""
    posting.server.barred[601] = 50013
    async with running(posting.server, books=posting.books, clock=_clock) as platform:
        await posting.raise_alert()
        await posting.drain(platform)
        await posting.server.give(May.ATTACH_FILES)
        await posting.caught_up()
        await posting.drain(platform)

    assert await posting.paused()
    assert len(posting.told_directly(902)) == 1


# ---- servers that are left -------------------------------------------------------------------------


async def test_leaving_a_server_pauses_what_it_wants_and_returning_resumes_it(posting: Posting) -> None:
    """Nothing that people typed is lost, and what they paused themselves stays paused."""
    server, books = posting.server, posting.books
    await books.subscribe(subscription("discord:600", "another", workspace=DESK))
    await books.pause("discord:600", "Lead paused it", by="discord:902")
    before = await books.subscriptions()
    guild, other = server.guilds[500], server.add_guild(510, (610,))
    async with running(server, books=books, clock=_clock) as platform:
        await server.leave(500)
        while (await books.workspace(DESK)).left_at is None:
            await server.slash("claim list", by=other.reader)
    assert [each.paused for each in await books.subscriptions()] == [
        "Lead paused it",
        "The bot was removed from the server",
    ]
    await posting.raise_alert()
    assert await posting.drain(platform) == Drained()
    server.guilds[500] = guild
    server.left.clear()
    async with running(server, books=books, clock=_clock) as platform:
        while len(await posting.actions()) == 1:
            await posting.caught_up()
        assert await books.subscriptions() == before
        assert (await posting.drain(platform)).posted == 1

    assert await posting.actions() == [
        (OURSELVES, "watch pause", "discord:601: The bot was removed from the server"),
        (OURSELVES, "watch resume", "discord:601"),
    ]
