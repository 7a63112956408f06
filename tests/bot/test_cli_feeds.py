"""The commands about feeds."""

import pytest

from tests.support.cli import CommandLine


def test_feeds_are_listed_for_people_and_for_programs(claimwatch: CommandLine) -> None:
    """A feed that was never visited has no moments and no error."""
    read, parsed = claimwatch("feeds", "list"), claimwatch("feeds", "list", "--json")

    assert (read.code, parsed.code) == (0, 0)
    assert "Sample Herald: world" in read.out
    url = "https://feeds.sample-herald.example/world.xml"
    assert parsed.rows == [
        [
            {
                "url": url,
                "current_url": url,
                "state": "new",
                "last_success": None,
                "error": None,
                "next_try": None,
            }
        ]
    ]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/feed.xml", "file:///etc/passwd"])
def test_a_feed_that_is_not_to_be_had_is_exit_code_2(claimwatch: CommandLine, url: str) -> None:
    """Why is told on stderr: it is the address, or what stands there, that has to be mended."""
    ran = claimwatch("feeds", "test", url)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"claimwatch: {url}: ")
