"""The composition root: what runs beside what, and what ends it."""

import asyncio
from pathlib import Path

import pytest

from bot import app, parts
from bot.platforms import Desk, PlatformDown
from bot.settings import Settings, load
from claims.errors import OperatorError, SeedError, SettingsError, StoreError
from claims.model import Profile
from tests.support.build import claim, feed, member, outcome, visit
from tests.support.feed_server import feed_server, item, rss
from tests.support.platforms import ListPlatform

SEEDS = parts.Seeds((claim(),), ())


class Leaving(ListPlatform):
    """A platform whose `run` ends when somebody leaves, as the console's does."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.left = asyncio.Event()

    async def run(self, desk: Desk) -> None:
        await self.left.wait()


class Broken(ListPlatform):
    """A platform whose `run` raises at once."""

    def __init__(self, name: str, error: Exception) -> None:
        super().__init__(name)
        self.error = error

    async def run(self, desk: Desk) -> None:
        raise self.error


def settings(folder: Path, *destinations: str, **variables: str) -> Settings:
    """Return settings over a store in a folder, with a subscription to everything for each destination."""
    listed = ", ".join(f'{{"destination": "{d}"}}' for d in destinations)
    environment = {
        "CLAIMWATCH_STORE__PATH": str(folder / "claimwatch.db"),
        "CLAIMWATCH_SUBSCRIPTIONS": f"[{listed}]",
        **variables,
    }
    return load(None, environment)


@pytest.mark.parametrize("error", [KeyError("url"), PlatformDown("the token is refused")])
async def test_trouble_of_one_platform_leaves_the_others_running(tmp_path: Path, error: Exception) -> None:
    """A platform that breaks off, or cannot run, neither ends the bot nor keeps another from posting."""
    fine, broken = Leaving("slack"), Broken("discord", error)
    wanted = settings(tmp_path, "slack:C1")
    async with app.opened(wanted, seeds=SEEDS, platforms={"discord": broken, "slack": fine}) as built:
        await built.store.sync_feeds([feed()])
        await built.store.record_visit(visit(outcome(member())))
        running = asyncio.create_task(built.run())
        await asyncio.wait_for(fine.called.wait(), 20)
        assert not running.done()
        fine.left.set()
        await asyncio.wait_for(running, 20)

    assert len(fine.cards) == 1


async def test_bot_without_a_platform_ends(tmp_path: Path) -> None:
    """Where the last platform cannot run, the bot ends with a word on what to mend."""
    down = Broken("discord", PlatformDown("the token is refused"))
    async with app.opened(settings(tmp_path), seeds=SEEDS, platforms={"discord": down}) as built:
        with pytest.raises(OperatorError, match="no platform can run"):
            await asyncio.wait_for(built.run(), 20)


async def test_poll_says_what_waits_and_which_platform_is_down(tmp_path: Path) -> None:
    """A single sweep ends by itself where a platform cannot run, and tells what it could not deliver."""
    down = Broken("discord", PlatformDown("the token is refused"))
    down.will_refuse(*[PermissionError()] * 9)
    wanted = settings(tmp_path, "discord:7")
    async with app.opened(wanted, seeds=SEEDS, platforms={"discord": down}) as built:
        await built.store.sync_feeds([feed()])
        await built.store.record_visit(visit(outcome(member())))
        await built.store.sync_feeds([])
        polled = await asyncio.wait_for(built.poll(), 20)

    assert polled.down == ("the token is refused",)
    assert polled.delivered.posted == 0


async def test_seeding_beside_a_running_bot_keeps_its_subscriptions(tmp_path: Path) -> None:
    """`seed` with other settings touches the register and the feeds alone: what is due stays due."""
    wanted = settings(tmp_path, "discord:7")
    async with app.opened(wanted, seeds=SEEDS, platforms={}) as built:
        await built.store.sync_feeds([feed()])
        await built.store.record_visit(visit(outcome(member())))
        async with parts.opened_store(settings(tmp_path)) as beside:
            await parts.seed(beside, SEEDS)
        due = await built.store.due_deliveries(built.clock())

    assert "discord:7" in [delivery.destination for delivery in due]


async def test_a_running_bot_sees_what_is_changed_beside_it(tmp_path: Path) -> None:
    """What the command line adds is visited in the next sweep, and what it pauses is not."""
    async with feed_server() as server:
        added, paused = server.set("/added", rss(item("Sample one"))), server.set("/paused", rss())
        wanted = settings(tmp_path, CLAIMWATCH_WATCH__ALLOW_HOSTS=server.host_port)
        seeds = parts.Seeds((claim(),), (feed(paused),))
        async with app.opened(wanted, seeds=seeds, platforms={}) as built:
            async with parts.opened_store(wanted) as beside:
                await beside.add_feeds([feed(added)], "console")
                await beside.pause_feed(paused, paused=True)
            await built.poll()

    assert server.requests == {"/added": 1}


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A store in no usable folder is not taken for one in use."""
    wanted = settings(tmp_path / "missing")
    with pytest.raises(StoreError, match="no folder that can be written to"):
        async with app.opened(wanted, seeds=SEEDS, platforms={}):
            pass


def test_subscription_to_an_unknown_claim_is_refused(tmp_path: Path) -> None:
    """A misspelled claim in a subscription is named, with the nearest one."""
    listed = '[{"destination": "console", "claims": ["container-2023"]}]'
    with pytest.raises(SettingsError, match="'container-2023'; did you mean containers-2023"):
        parts.read_seeds(settings(tmp_path, CLAIMWATCH_SUBSCRIPTIONS=listed))


async def test_profile_of_no_concept_ends_the_start(tmp_path: Path) -> None:
    """A claim whose profile names a concept that the lexicon lacks is told at once, by its id."""
    wrong = claim(profile=Profile(need=(("no-such-concept",),)))
    with pytest.raises(SeedError, match=r"containers-2023.*no-such-concept"):
        async with app.opened(settings(tmp_path), seeds=parts.Seeds((wrong,), ()), platforms={}):
            pass
