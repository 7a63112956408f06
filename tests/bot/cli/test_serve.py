"""`claimwatch serve` on the command line."""

import asyncio

import aiohttp
import pytest

from tests.support.cli import CommandLine
from tests.support.process import claimwatch as running

ELSEWHERE = "203.0.113.1"
"""No machine has it (https://www.rfc-editor.org/rfc/rfc5737)."""


@pytest.mark.parametrize(
    ("args", "mistake"),
    [
        (("--language", "xx"), "--language: expected one of en, ko, ru, uk, not 'xx'"),
        (("--url", "ftp://a.example"), "--url: expected an http or https address"),
        (("--host", ELSEWHERE), f"{ELSEWHERE} port 8000 cannot be had (Cannot assign requested address)"),
        (("--host", ELSEWHERE), f"note: whoever reaches {ELSEWHERE} reads the site"),
    ],
)
def test_a_mistake_ends_with_2(claimwatch: CommandLine, args: tuple[str, ...], mistake: str) -> None:
    """It names the option, and nothing is served."""
    ran = claimwatch("serve", *args)

    assert ran.code == 2
    assert mistake in ran.err


async def test_it_serves_until_it_is_told_to_stop(claimwatch: CommandLine) -> None:
    """As a process of its own: the site of the store, beside it in a folder, and a quiet end."""
    await asyncio.to_thread(claimwatch.fill)
    async with running("serve", "--config", str(claimwatch.config), "--port", "0") as bot:
        await bot.prints("site built")
        address = bot.printed.partition("serving ")[2].split()[0]
        async with aiohttp.ClientSession(address) as client, client.get("/register.html") as page:
            words = await page.text()
        code = await bot.stop()

    assert "sample-shells" in words
    assert (code, "Traceback" in bot.printed) == (0, False)
