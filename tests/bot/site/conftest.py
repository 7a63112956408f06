"""One browser and one site of the samples for all tests, in the loop that lasts as long as they."""

import fcntl
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.support.browser import PACKAGE, browser_missing, launched
from tests.support.browser_site import sample_site


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Hand out the browser, or skip where the machine has none."""
    if browser_missing():
        pytest.skip(f"apt install {PACKAGE}")
    async with launched() as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site of the sample feeds, which tests leave as it is; workers share one."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sample-site"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "index.html").exists():
            await sample_site(folder)
    return folder
