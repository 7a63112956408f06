"""One browser and one site of the samples for all tests, in the loop that lasts as long as they."""

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
    """Return the folder of a site of the sample feeds; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("samples") / "site"
    await sample_site(folder)
    return folder
