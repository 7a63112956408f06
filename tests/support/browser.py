"""Pages of the site in a real browser, Debian's headless Chromium, which must ask for nothing elsewhere."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, ConsoleMessage, Error, Page, Request, async_playwright

PACKAGE = "chromium-headless-shell"
_PROGRAM = Path("/usr/bin") / PACKAGE
_AXE = Axe()
# The rules of WCAG 2.2 at AA, and what axe holds to be good practice beside them.
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # it would fetch the sheet again, which no page of ours may
}


def browser_missing() -> bool:
    """Say whether this machine has no browser for the tests."""
    return not _PROGRAM.exists()


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """Hand out a browser that runs while the context lasts."""
    async with async_playwright() as playwright:
        # Chromium refuses its sandbox to root, as whom containers run; the pages are our own.
        browser = await playwright.chromium.launch(executable_path=_PROGRAM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()


class Reader:
    """Somebody who reads a site: a page of a browser, and what went wrong in it."""

    def __init__(self, page: Page, root: str) -> None:
        """Read in this page the site at this address, `file:///.../` or `http://127.0.0.1:PORT/`."""
        self.page = page
        self.root = root
        self.troubles: list[str] = []
        """Requests that left the site or failed, errors of scripts, and what the console complains of."""
        page.on("console", self._heard)
        page.on("pageerror", self._failed)
        page.on("request", self._asked)
        page.on("requestfailed", self._unanswered)

    async def open(self, path: str) -> None:
        """Open a page by its path in the site."""
        await self.page.goto(self.root + path)

    async def violations(self) -> list[str]:
        """Return what axe finds wrong with the page as it is shown now: rule and place each."""
        result: dict[str, Any] = (await _AXE.run(self.page, options=_RULES)).response
        return [
            f"{rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'][:5])}"
            for rule in result["violations"]
        ]

    async def sideways(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        width: int = await self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"console: {message.text}")

    def _failed(self, error: Error) -> None:
        self.troubles.append(f"script: {error}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.root):
            self.troubles.append(f"left the site: {request.url}")

    def _unanswered(self, request: Request) -> None:
        self.troubles.append(f"unanswered: {request.url}")


@asynccontextmanager
async def reading(browser: Browser, root: str, **options: Any) -> AsyncIterator[Reader]:
    """Hand out a reader of the site at an address; `options` are those of Playwright's `new_context`.

    Raises:
        AssertionError: something went wrong in its page, when the context ends.

    """
    context = await browser.new_context(**options)
    try:
        reader = Reader(await context.new_page(), root)
        yield reader
        assert reader.troubles == []
    finally:
        await context.close()
