"""Full text, put together: with the extra installed, and without it."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot import app, parts
from bot.settings import load
from tests.support.articles import PARAGRAPHS, article_page
from tests.support.build import claim, feed
from tests.support.feed_server import feed_server, item, rss
from watchers.article import installed

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not installed(), reason="the extra full-text is not installed")
async def test_the_bot_reads_the_pages_of_stories(tmp_path: Path) -> None:
    """The composition root hands fetcher, robots.txt and worker process to what reads pages."""
    async with feed_server() as server:
        link = server.set("/n/1", article_page(), headers={"Content-Type": "text/html"})
        wanted = feed(server.set("/rss", rss(item("Sample headline", link))), full_text=True)
        environment = {
            "CLAIMWATCH_STORE__PATH": str(tmp_path / "claimwatch.db"),
            "CLAIMWATCH_WATCH__ALLOW_HOSTS": f'["{server.host_port}"]',
            "CLAIMWATCH_WATCH__HOST_PAUSE_SECONDS": "0",
            "CLAIMWATCH_MATCHING__ENCODER": "off",
        }
        seeds = parts.Seeds((claim(),), (wanted,))
        async with app.opened(load(None, environment), seeds=seeds, platforms={}) as built:
            await built.step()
            [(story, _)] = await built.store.stories()

    assert all(paragraph in story.summary for paragraph in PARAGRAPHS["en"])
    assert server.requests["/robots.txt"] == 1


def test_without_the_extra_the_stories_go_on() -> None:
    """The bot works without the library, and says what to install where a feed asks for it."""
    program = (
        "import sys; sys.modules['trafilatura'] = None\n"
        "from bot.app_full_text import full_text, full_text_words\n"
        "from tests.support.build import feed\n"
        "feeds = [feed(), feed(full_text=True)]\n"
        "print(full_text(None, None, None, feeds), full_text_words(feeds))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert run.stdout.startswith("None (False, ")
    for said in (run.stdout, run.stderr):
        assert "1 of 2 feeds ask for it: the extra is not installed" in said
        assert "pip install 'claimwatch[full-text]'" in said


def test_the_extractor_is_not_loaded_into_the_bot() -> None:
    """It takes half a second and twenty megabytes, and only the worker process needs it."""
    program = "import sys; import bot.app_full_text; print('trafilatura' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "False"
