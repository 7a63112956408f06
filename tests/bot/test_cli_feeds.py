"""The commands about feeds."""

import pytest

from claims.feeds import FeedState, Pulse
from tests.support.build import NOW
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
                "title": "Sample Herald: world",
                "kind": "feed",
                "current_url": url,
                "state": "new",
                "last_success": None,
                "last_new": None,
                "items_a_day": None,
                "failing_since": None,
                "failures": 0,
                "error": None,
                "next_try": None,
                "paced_by": None,
                "added_by": None,
            }
        ]
    ]


def test_a_feed_in_trouble_is_listed_first_with_its_error(claimwatch: CommandLine) -> None:
    """What fails is told in words, and each feed has a line of 80 columns at most, the worst first."""
    claimwatch.fill(
        state=FeedState.FAILING,
        failures=3,
        error="feeds.sample-herald.example answered 403 Forbidden",
        pulse=Pulse(NOW, 40.2, 3_600),
        paced_by="failures",
    )
    read = claimwatch("feeds", "list").out.splitlines()
    ((row,),) = claimwatch("feeds", "list", "--json").rows

    assert read[0] == "1 feed: 1 failing"
    assert "failing: feeds.sample-herald.example answered 403" in " ".join(read[1].split())
    assert read[-1].split()[:4] == ["failing", "Sample", "Herald:", "world"]
    assert max(map(len, read)) <= 80
    assert (row["state"], row["items_a_day"], row["paced_by"]) == ("failing", 40.2, "failures")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/feed.xml", "file:///etc/passwd"])
def test_a_feed_that_is_not_to_be_had_is_exit_code_2(claimwatch: CommandLine, url: str) -> None:
    """Why is told on stderr: it is the address, or what stands there, that has to be mended."""
    ran = claimwatch("feeds", "test", url)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"claimwatch: {url}: ")
