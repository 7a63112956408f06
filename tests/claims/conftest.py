"""The stores that the contract suite runs against."""

from collections.abc import AsyncIterator

import pytest

from claims.store import Store
from tests.support import build
from tests.support.stores import open_store


@pytest.fixture(params=[open_store], ids=["sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path) -> AsyncIterator[Store]:
    """Yield an empty store; another implementation is another opener in `params`."""
    opened: Store = await request.param(tmp_path / "store.db")
    yield opened
    await opened.close()


@pytest.fixture
async def stocked(store: Store) -> Store:
    """Return a store with one feed, two claims and the console subscribed to all of them."""
    await store.sync_feeds([build.feed()])
    await store.sync_claims([build.claim("containers-2023"), build.claim("shell-volume")])
    await store.sync_subscriptions([build.subscription()])
    return store
