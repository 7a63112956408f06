"""How each kind of page looks in a browser: accessible, light or dark, on a narrow screen, on paper."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.support.browser import Reader, reading
from tests.support.browser_site import CLAIM, kinds

pytestmark = pytest.mark.asyncio(loop_scope="session")

A4_PIXELS = 672
"""The width of a page of paper between its margins of 16 mm, at 96 to the inch."""


async def opened(reader: Reader, path: str) -> None:
    """Open a page, and wait until its scripts have done what they do."""
    await reader.open(path)
    if "#q=" in path:
        await expect(reader.page.locator("#search-status")).to_contain_text("Found: ")


async def test_every_kind_of_page_is_accessible(browser: Browser, site: Path) -> None:
    """Axe finds nothing against WCAG 2.2 AA, nor what it holds to be bad practice; light, dark or narrow."""
    async with reading(browser, site.as_uri() + "/") as reader:
        for kind, path in kinds(site).items():
            await opened(reader, path)
            for colours, width in (("light", 1100), ("dark", 1100), ("light", 360)):
                await reader.page.emulate_media(color_scheme=colours)
                await reader.page.set_viewport_size({"width": width, "height": 800})
                assert await reader.violations() == [], (kind, colours, width)


async def test_no_page_scrolls_sideways(browser: Browser, site: Path) -> None:
    """On the narrowest telephones every kind of page is as wide as the screen."""
    async with reading(browser, site.as_uri() + "/") as reader:
        for kind, path in kinds(site).items():
            for width in (320, 360):
                await reader.page.set_viewport_size({"width": width, "height": 700})
                await opened(reader, path)
                assert await reader.sideways() == 0, (kind, width)


async def ground(reader: Reader) -> list[int]:
    """Return red, green and blue of what the page is printed on."""
    colours: str = await reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
    return [int(each) for each in colours.removeprefix("rgb(").removesuffix(")").split(",")]


async def test_colours_are_those_of_the_system_or_of_the_reader(browser: Browser, site: Path) -> None:
    """Dark where the system is, else light; what is chosen with the button stays on other pages."""
    async with reading(browser, site.as_uri() + "/", color_scheme="dark") as reader:
        await reader.open("index.html")
        assert max(await ground(reader)) < 64
        await reader.page.emulate_media(color_scheme="light")
        assert min(await ground(reader)) > 192
        await reader.page.get_by_role("button", name="Dark colours").click()
        assert max(await ground(reader)) < 64
        await reader.open(CLAIM)
        assert max(await ground(reader)) < 64
        await reader.page.get_by_role("button", name="Light colours").click()
        assert min(await ground(reader)) > 192


async def test_a_claim_can_be_printed(browser: Browser, site: Path) -> None:
    """Light whatever was chosen, without what can only be pressed, with what is folded, as wide as paper."""
    async with reading(browser, site.as_uri() + "/", color_scheme="dark") as reader:
        page = reader.page
        await page.set_viewport_size({"width": A4_PIXELS, "height": 1000})
        await reader.open(CLAIM)
        await page.emulate_media(media="print")

        assert await ground(reader) == [255, 255, 255]
        for gone in (".site-nav", ".breadcrumbs", "#colours"):
            await expect(page.locator(gone)).to_be_hidden()
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert await page.locator(".chart details p").first.evaluate("each => each.checkVisibility()")
        assert await reader.sideways() == 0
        assert (await page.pdf()).startswith(b"%PDF")
