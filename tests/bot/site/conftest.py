"""One browser for all tests of the site, in the loop that lasts as long as it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.support.browser import PACKAGE, browser_missing, launched


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Hand out the browser, or skip where the machine has none."""
    if browser_missing():
        pytest.skip(f"apt install {PACKAGE}")
    async with launched() as running:
        yield running
