"""The whole bot as a process: feeds from one loopback server, Discord and Slack on two others."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from claims.feeds import FeedState
from tests.support import discord_server, slack_server
from tests.support.build import NOW, at, feed, visit
from tests.support.discord_server import DiscordServer
from tests.support.feed_server import FeedServer, feed_server, item, rss
from tests.support.process import Bot, claimwatch
from tests.support.slack_server import SlackServer
from tests.support.stores import open_store

CHANNEL, OTHER = 600, 601
OLD = item("Sample museum opens a show of old maps", "https://herald.example/maps")
NEWS = item(
    "Seoul: North Korea has sent Russia more than 13,000 containers of munitions",
    "https://herald.example/containers",
    summary="The containers went by ship from Najin to Dunay, the Defense Intelligence Agency said.",
)
ALSO = item(
    "North Korea shipped over 13,000 containers of munitions to Russia",
    "https://post.example/13000",
    summary="More than 13,000 containers left Najin, according to the Defense Intelligence Agency in Seoul.",
)


class World:
    """Two feeds, both platforms, and the settings that name them."""

    def __init__(self, folder: Path, feeds: FeedServer, discord: DiscordServer, slack: SlackServer) -> None:
        self.feeds, self.discord, self.slack = feeds, discord, slack
        self.folder = folder
        self.environment = {
            "CLAIMWATCH_DISCORD__TOKEN": discord.token,
            "CLAIMWATCH_SLACK__BOT_TOKEN": slack.bot_token,
            "CLAIMWATCH_SLACK__APP_TOKEN": slack.app_token,
        }
        for name in ("herald", "post"):
            feeds.set(f"/{name}", rss(OLD))
        self._write_feeds()
        self.write_settings()

    def bot(self, *arguments: str, **environment: str) -> AbstractAsyncContextManager[Bot]:
        """Run a command of the bot with these settings."""
        config = str(self.folder / "claimwatch.toml")
        return claimwatch(*arguments, "--config", config, environment={**self.environment, **environment})

    async def read_backlog(self, times: int = 1) -> None:
        """Wait until every feed was asked so often and once more, so that those visits are recorded."""
        for path in ("/herald", "/post"):
            before = self.feeds.requests[path]
            await self.feeds.asked(path, before + times + 1)

    async def fails(self, path: str) -> None:
        """Refuse a path, and keep that seven hours of it are known already."""
        url = self.feeds.set(path, status=403)
        store = await open_store(self.folder / "claimwatch.db")
        await store.sync_feeds([feed(url)])
        await store.record_visit(
            visit(feed_url=url, state=FeedState.FAILING, failing_since=at(-7 * 60), next_try_at=NOW)
        )
        await store.close()

    @property
    def on_discord(self) -> list[dict[str, Any]]:
        """Return the messages of the subscribed channel."""
        return self.discord.messages.get(CHANNEL, [])

    def _write_feeds(self) -> None:
        tables = [
            f'[[feed]]\nurl = "{self.feeds.url(f"/{name}")}"\ntitle = "Sample {name}"\n'
            f'source = "Sample {name}"\nlanguage = "en"\nreliability = "B"\n'
            for name in ("herald", "post")
        ]
        (self.folder / "feeds.toml").write_text("\n".join(tables), encoding="utf-8")

    def write_settings(self, *more: str) -> None:
        """Write the settings, with a channel on each platform and `more` destinations."""
        wanted = (f"discord:{CHANNEL}", "slack:C0ALERTS", *more)
        subscriptions = "\n".join(f'[[subscriptions]]\ndestination = "{each}"' for each in wanted)
        (self.folder / "claimwatch.toml").write_text(
            f"""
            store.path = "claimwatch.db"
            seeds.feeds = "feeds.toml"
            matching.encoder = "off" # it takes a second to load, which the demo does
            [watch]
            interval_minutes = 0.005
            floor_seconds = 0.1
            ceiling_minutes = 0.005
            host_pause_seconds = 0
            allow_hosts = ["{self.feeds.host_port}"]
            [discord]
            api_base = "{self.discord.api_base}"
            gateway_url = "{self.discord.gateway_url}"
            guilds = ["{self.discord.guild}"]
            [slack]
            api_base = "{self.slack.api_base}"
            {subscriptions}
            """,
            encoding="utf-8",
        )


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Yield a world in which nothing runs yet but the servers."""
    async with feed_server() as feeds, DiscordServer() as discord, SlackServer() as slack:
        yield World(tmp_path, feeds, discord, slack)


async def test_alerts_reach_both_platforms_where_people_ask(world: World) -> None:
    """A new story is told once on each platform and edited by a second outlet; look-ups are answered."""
    async with world.bot("run") as bot:
        asked = await world.discord.slash("claim show", {"claim": "containers-2023"})
        typed = await world.slack.slash("claim show containers-2023")
        await world.read_backlog()
        world.feeds.set("/herald", rss(NEWS, OLD))
        await world.discord.until(lambda: world.on_discord)
        await world.slack.until(lambda: world.slack.messages)
        world.feeds.set("/post", rss(ALSO, OLD))
        await world.discord.until(lambda: "Sample post" in str(world.on_discord[0]))
        await world.slack.until(lambda: "Sample post" in str(world.slack.messages[0]))
        assert await bot.stop() == 0

    assert len(world.on_discord) == len(world.slack.messages) == 1
    for message in (world.on_discord[0], world.slack.messages[0]):
        shown = str(message)
        assert "supports containers-2023" in shown
        assert "13,000 containers" in shown
        assert "Sample herald, also Sample post" in shown
        assert "maps" not in shown
    assert "White House" in str(asked.message)
    assert "White House" in str(typed.answers)
    assert world.discord.violations == world.slack.violations == []
    assert "Traceback" not in bot.printed


async def test_a_feed_that_fails_for_long_is_told_of_on_both(world: World) -> None:
    """Each platform hears once of a feed that has failed for hours, in words and with its address."""
    await world.fails("/herald")
    async with world.bot("run") as bot:
        await world.discord.until(lambda: world.on_discord)
        await world.slack.until(lambda: world.slack.messages)
        await world.read_backlog()
        assert await bot.stop() == 0

    assert len(world.on_discord) == len(world.slack.messages) == 1
    for message in (world.on_discord[0], world.slack.messages[0]):
        shown = str(message)
        assert "Sample herald has failed since 27 August" in shown
        assert world.feeds.url("/herald") in shown
    assert "Traceback" not in bot.printed


async def test_feeds_are_changed_in_chat(world: World) -> None:
    """Who may adds a feed on Discord and a list on Slack, and both are visited; who may not is told."""
    late = world.feeds.set("/late", rss(OLD, title="Sample late"))
    world.feeds.set("/other", rss(OLD, title="Sample other"))
    outline = f'<outline text="Sample other" xmlUrl="{world.feeds.url("/other")}"/>'
    listed = world.feeds.set("/list.opml", f"<opml><body>{outline}</body></opml>")
    settings = {"CLAIMWATCH_SLACK__MANAGERS": "U0READER", "CLAIMWATCH_WATCH__HOST_PAUSE_SECONDS": "0"}
    async with world.bot("run", **settings) as bot:
        refused = await world.discord.slash("feed add", {"url": late})
        before = world.feeds.requests["/late"]
        manager = world.discord.guilds[world.discord.guild].manager
        added = await world.discord.slash("feed add", {"url": late}, by=manager)
        await world.feeds.asked("/late", 2)
        imported = await world.slack.slash(f"feed import {listed}")
        await world.feeds.asked("/other", 2)
        exported = await world.discord.slash("feed export")
        assert await bot.stop() == 0

    assert before == 0
    assert "Manage Channels" in str(refused.message)
    assert (refused.ephemeral, added.ephemeral) == (True, True)
    assert added.acknowledged < 3
    assert "Sample late" in str(added.message)
    assert "1 feed added" in str(imported.answers)
    assert late in exported.files["feeds.opml"]
    assert f"changed by=discord:902 command=feed add url={late}" in bot.printed
    assert f"changed by=slack:U0READER command=feed import url={listed}" in bot.printed


async def test_death_between_save_and_receipt_posts_once(world: World) -> None:
    """Killed after the alert was saved and before its receipt was, the bot posts it once in all."""
    world.write_settings(f"discord:{OTHER}", "slack:C0DIGEST")
    for channel, posted in ((CHANNEL, False), (OTHER, True)):
        path = f"/channels/{channel}/messages"
        world.discord.faults.append(discord_server.Fault("POST", path, status=0, after=posted, times=1))
    for place, posted in (("C0ALERTS", False), ("C0DIGEST", True)):
        fault = slack_server.Fault(hang=True, after=posted, channel=place)
        world.slack.fail("chat.postMessage", fault)
    async with world.bot("run") as bot:
        await world.read_backlog()
        world.feeds.set("/herald", rss(NEWS, OLD))
        await world.discord.until(lambda: not any(fault.times for fault in world.discord.faults))
        await world.slack.until(lambda: not world.slack.faults["chat.postMessage"])
        await bot.kill()
    assert [len(world.discord.messages.get(channel, [])) for channel in (CHANNEL, OTHER)] == [0, 1]
    assert [message["channel"] for message in world.slack.messages] == ["C0DIGEST"]
    async with world.bot("run") as bot:
        await world.discord.until(lambda: world.on_discord)
        await world.slack.until(lambda: len(world.slack.messages) > 1)
        await world.read_backlog(times=3)
        assert await bot.stop() == 0

    assert [len(world.discord.messages[channel]) for channel in (CHANNEL, OTHER)] == [1, 1]
    assert sorted(message["channel"] for message in world.slack.messages) == ["C0ALERTS", "C0DIGEST"]


async def test_wrong_token_leaves_the_other_platform_alone(world: World) -> None:
    """A refused Discord token is named with the place to get another, and Slack goes on."""
    async with world.bot("run", CLAIMWATCH_DISCORD__TOKEN="wrong") as bot:
        await bot.prints("CLAIMWATCH_DISCORD__TOKEN")
        await world.read_backlog()
        world.feeds.set("/herald", rss(NEWS, OLD))
        await world.slack.until(lambda: world.slack.messages)
        assert await bot.stop() == 0

    assert "wrong" not in bot.printed.replace("went wrong", "")
    assert world.on_discord == []


async def test_poll_delivers_and_ends(world: World) -> None:
    """`poll` sweeps once, delivers what that raised, and ends by itself."""
    async with world.bot("poll") as backlog:
        assert await backlog.ended() == 0
    world.feeds.set("/herald", rss(NEWS, OLD))
    async with world.bot("poll") as second:
        assert await second.ended() == 0

    assert "2 feeds visited, 0 failed, 1 new story, 1 alert\n" in second.printed
    assert "\n2 posted, 0 edited, 0 waiting\n" in second.printed
    assert len(world.on_discord) == len(world.slack.messages) == 1


async def test_check_names_who_we_are(world: World) -> None:
    """`check` asks each platform who we are and posts nothing; a wrong token is exit code 2."""
    async with world.bot("check") as fine:
        assert await fine.ended() == 0
    async with world.bot("check", CLAIMWATCH_SLACK__BOT_TOKEN="xoxb-other") as wrong:
        assert await wrong.ended() == 2

    assert "28 claims" in fine.printed
    assert "FAIL  slack" in wrong.printed
    assert "CLAIMWATCH_SLACK__BOT_TOKEN" in wrong.printed
    assert world.on_discord == world.slack.messages == []


async def test_console_answers_with_nothing_set_up(tmp_path: Path) -> None:
    """Without any token the console answers look-ups, and `/quit` ends the bot."""
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(
        '[[feed]]\nurl = "http://127.0.0.1:9/none"\ntitle = "None"\nsource = "None"\nlanguage = "en"\n'
    )
    environment = {
        "CLAIMWATCH_STORE__PATH": str(tmp_path / "claimwatch.db"),
        "CLAIMWATCH_SEEDS__FEEDS": str(feeds),
    }
    async with claimwatch("run", environment=environment, stdin=True) as bot:
        await bot.type("/claim search shells")
        await bot.prints("shell-volume")
        await bot.prints("private address")
        await bot.type("/quit")
        assert await bot.ended() == 0


async def test_two_bots_do_not_share_a_store(world: World) -> None:
    """A second bot on the same store is refused with a word on what to do."""
    async with world.bot("run") as first:
        await world.read_backlog()
        async with world.bot("run") as second:
            assert await second.ended() == 2
        assert await first.stop() == 0

    assert "in use by another Claimwatch" in second.printed
