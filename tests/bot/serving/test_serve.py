"""Serving as a whole, in this process: a store that another program writes to, a site, and the end."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import aiohttp
from prometheus_client.parser import text_string_to_metric_families as families

from bot.serving.rebuilding import Builds
from bot.serving.serve import Served, Watch, serve
from claims.errors import StoreError
from claims.lookups import Tallies, Waiting
from claims.store import Store
from tests.support.build import NOW, feed, subscription, visit
from tests.support.stores import open_store


class Deaf:
    """A store that cannot be read."""

    async def tallies(self) -> Tallies:
        """Fail."""
        raise StoreError("/a/secret/place/claimwatch.db is damaged")

    async def waiting(self, now: datetime) -> Mapping[str, Waiting]:
        """Fail."""
        raise StoreError("/a/secret/place/claimwatch.db is damaged")


def _write(folder: Path, words: str) -> None:
    """Make a site of one page, which is there all at once as those of a build are."""
    made = folder.with_name("made")
    made.mkdir()
    (made / "index.html").write_text(words)
    made.rename(folder)


async def test_it_serves_beside_another_program_until_it_is_told_to_stop(tmp_path: Path) -> None:
    """The site is built into its folder, the bot's own store is looked at, and SIGTERM ends it well."""
    path, addresses = tmp_path / "claimwatch.db", asyncio.Queue[str]()
    running = await open_store(path)
    await running.sync_subscriptions([subscription("discord:600")])

    @asynccontextmanager
    async def opened() -> AsyncIterator[Store]:
        store = await open_store(path)
        yield store
        await store.close()

    async def build(store: Store, folder: Path) -> None:
        _write(folder, f"{len(await store.subscriptions())} subscription")

    served = Served(tmp_path / "site", port=0)
    serving = asyncio.create_task(serve(opened, build, served, addresses.put_nowait, lambda: NOW))
    address = await addresses.get()
    async with aiohttp.ClientSession(address) as client:
        while (page := await client.get("/")).status == 503:
            await page.read()
        words = await page.text()
        async with client.get("/healthz") as well:
            assert (well.status, (await well.json())["status"]) == (200, "ok")
        await running.sync_feeds([feed()])
        async with client.get("/healthz") as unwell:
            told = await unwell.json()
        await running.record_visit(visit())
        async with client.get("/metrics") as answer:
            counts = {family.name: family.samples for family in families(await answer.text())}
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(20):
        await serving
    await running.close()

    assert words == "1 subscription"
    assert told["checks"]["feeds"]["why"].startswith("no feed was asked yet, 1 feed due")
    assert [told["checks"][each]["fine"] for each in ("store", "deliveries", "site")] == [True] * 3
    assert counts["claimwatch_site_builds"][0].value == 1
    assert counts["claimwatch_last_visit_timestamp_seconds"][0].value == NOW.timestamp()


async def test_a_store_that_cannot_be_read_is_no_secret_and_tells_none(tmp_path: Path) -> None:
    """Where it lies and what is wrong with it stands in the log alone."""
    watch = Watch(Deaf(), Builds(), tmp_path, lambda: NOW)  # type: ignore[arg-type]  # the rest is not asked
    store, site = await watch.findings()
    told = await watch.metrics("")

    assert (store.what, store.why) == ("store", "it cannot be read; see the log")
    assert (site.what, site.why) == ("site", "its first build is under way")
    assert b"claimwatch_store_readable 0.0" in told.body
    assert b"claimwatch_stories" not in told.body
