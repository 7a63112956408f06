"""The site of the samples as it is read in a real browser: by links, by keys, from a folder or a server."""

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.serving.metrics import Exposed
from bot.serving.server import HEADERS, application, listening
from bot.serving.wellness import Finding
from tests.support.browser import Reader, reading
from tests.support.browser_site import CLAIM, kinds

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def reader(browser: Browser, site: Path) -> AsyncIterator[Reader]:
    """Open the first page from its folder."""
    async with reading(browser, site.as_uri() + "/") as reader:
        await reader.open("index.html")
        yield reader


async def walk(reader: Reader, event: str) -> None:
    """Go from the first page over the register and a claim to a happening, and back by the breadcrumbs."""
    page = reader.page
    heading = page.get_by_role("heading", level=1)
    await page.get_by_role("navigation", name="Site").get_by_role("link", name="Register").click()
    await expect(heading).to_have_text("Register")
    await page.locator(f"main a[href='{CLAIM}']").first.click()
    await expect(page.locator(".kind code")).to_have_text("containers-2023")
    statement = await heading.inner_text()
    await page.locator(f"main a[href='../{event}']").first.click()
    await expect(page.get_by_role("heading", name="Claims that it bears on")).to_be_visible()
    await page.go_back()
    await expect(heading).to_have_text(statement)
    crumbs = page.get_by_role("navigation", name="Breadcrumbs")
    await crumbs.get_by_role("link", name="Register").click()
    await expect(heading).to_have_text("Register")
    await crumbs.get_by_role("link", name="What changed").click()
    await expect(heading).to_have_text("What changed")


async def test_pages_lead_to_one_another(reader: Reader, site: Path) -> None:
    """From what changed to the register, a claim, a happening of it, and back."""
    await walk(reader, kinds(site)["event"])


async def test_the_server_shows_the_same(browser: Browser, site: Path) -> None:
    """Under the policy of its header nothing breaks; the search works; what is not there has a page too."""

    async def findings() -> Sequence[Finding]:
        return []

    async def metrics(accept: str) -> Exposed:
        return Exposed(b"", accept)

    app = application(site, findings, metrics)
    async with listening(app, "127.0.0.1", 0) as address, reading(browser, address) as reader:
        answer = await reader.page.goto(address)
        assert answer
        assert await answer.header_value("Content-Security-Policy") == HEADERS["Content-Security-Policy"]
        await walk(reader, kinds(site)["event"])
        for path in kinds(site).values():
            await reader.open(path)
        await reader.open("search.html#q=containers")
        await expect(reader.page.locator("#search-status")).to_contain_text("Found: ")
        assert reader.troubles == []

        await reader.open("claims/deep/nowhere.html")
        await expect(reader.page.get_by_role("heading", level=1)).to_have_text("There is no such page")
        assert await reader.violations() == []
        assert len(reader.troubles) == 1
        assert "404" in reader.troubles.pop()
        await reader.page.get_by_role("main").get_by_role("link", name="Register").click()
        await expect(reader.page.get_by_role("heading", level=1)).to_have_text("Register")


async def test_all_can_be_read_by_keys_alone(reader: Reader) -> None:
    """First the way over the header, then its links and the colours in order; and the search leads on."""
    page, keys = reader.page, reader.page.keyboard
    await keys.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await expect(page.locator(".skip")).to_be_in_viewport()
    for name in ("Claimwatch", "What changed", "Register", "Feeds", "Search", "How to read this"):
        await keys.press("Tab")
        await expect(page.get_by_role("banner").get_by_role("link", name=name)).to_be_focused()
    await keys.press("Tab")
    await expect(page.get_by_role("button", name="Dark colours")).to_be_focused()
    await keys.press("Enter")
    await expect(page.get_by_role("button", name="Light colours")).to_be_focused()
    await keys.press("Shift+Tab")
    await keys.press("Shift+Tab")
    await keys.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    # The form shows once its script runs, which is after the page is read.
    await expect(page.get_by_role("searchbox")).to_be_visible()
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(page.get_by_role("main")).to_be_focused()
    await keys.press("Tab")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await keys.type("containers")
    await expect(page).to_have_url(re.compile("#q=containers$"))
    await expect(page.locator("#search-status")).to_contain_text("Found: ")
    await keys.press("Tab")
    await keys.press("Tab")
    chosen = page.locator(".results a").first
    await expect(chosen).to_be_focused()
    title = await chosen.inner_text()
    await keys.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text(title)


async def test_wide_tables_and_words_unfold_by_keys(reader: Reader) -> None:
    """What scrolls can be reached, and what is folded opens, without a mouse."""
    page, keys = reader.page, reader.page.keyboard
    await reader.open(CLAIM)
    words = page.locator("summary", has_text="The chart in words").first
    await words.focus()
    assert not await page.locator(".chart details p").first.is_visible()
    await keys.press("Enter")
    await expect(page.locator(".chart details p").first).to_be_visible()
    await page.locator(".scroll").first.focus()
    await expect(page.locator(".scroll").first).to_be_focused()
