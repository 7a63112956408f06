"""Which feed the stories of an archive belong to."""

import pytest

from claims.feeds import Feed, FeedStatus
from claims.model import Source
from tests.support.build import FEED_URL, checkpoint, feed, source
from watchers.outlets import Outlets, is_archive

KOREAN = "https://feeds.sample-herald.example/ko.xml"
MOVED = "https://news.sample-herald.example/world.xml"
OUTLETS = Outlets(
    [
        FeedStatus(feed(), checkpoint(current_url=MOVED)),
        FeedStatus(feed(KOREAN, language="ko"), checkpoint(KOREAN)),
    ]
)


@pytest.mark.parametrize(
    ("addresses", "found"),
    [
        ([FEED_URL], FEED_URL),
        ([MOVED], FEED_URL),
        (["http://feeds.sample-herald.example/ko.xml?utm_source=x#top"], KOREAN),
        (["https://elsewhere.example/", KOREAN, FEED_URL], KOREAN),
        (["https://feeds.sample-herald.example/"], None),
        ([], None),
    ],
)
def test_a_feed_is_known_by_the_addresses_it_answers_at(addresses: list[str], found: str | None) -> None:
    """Its listed address and the one that it moved to name it, as links compare; a site does not."""
    known = OUTLETS.addressed(addresses)

    assert (known.url if known else None) == found


def test_a_watched_outlet_keeps_its_history_with_its_feed() -> None:
    """Stories of an outlet that is watched go to its feed, rather the one in their language."""
    assert OUTLETS.named("Sample Herald", "ko").url == KOREAN
    assert OUTLETS.named("sample  HERALD", "fr").url == FEED_URL


def test_an_outlet_that_was_watched_once_keeps_its_history_with_that_feed() -> None:
    """A story that came while it was watched is found there; what is watched counts more."""
    gone = feed("https://gone.example/rss", source=source("Sample Gazette"))
    before = feed("https://feeds.sample-herald.example/old.xml", language="fr")
    archive = feed("archive:sample gazette", source=source("Sample Gazette"))
    outlets = Outlets(
        [FeedStatus(feed(), checkpoint())],
        [FeedStatus(each, checkpoint(each.url)) for each in (archive, gone, before)],
    )

    assert outlets.named("Sample Gazette", "en") == gone
    assert outlets.addressed([gone.url]) == gone
    assert outlets.homes(gone) == (gone.url, archive.url)
    assert outlets.named("Sample Herald", "fr") == feed()
    assert outlets.homes(feed()) == (FEED_URL, before.url, "archive:sample herald")


def test_an_outlet_that_nobody_watches_gets_a_feed_for_its_archives() -> None:
    """It has no web address, its name on one line, and the lowest grade there is."""
    unwatched = OUTLETS.named("Sample\nGazette", "en")

    assert unwatched == Feed(
        "archive:sample gazette", "Sample Gazette", Source("Sample Gazette", "Sample Gazette"), "en"
    )
    assert is_archive(unwatched)
    assert not is_archive(OUTLETS.named("Sample Herald", "en"))


def test_a_story_may_be_kept_under_every_feed_of_its_outlet() -> None:
    """Its own feed is looked at first, the outlet's others after it, its archives last."""
    assert OUTLETS.homes(feed(KOREAN)) == (KOREAN, FEED_URL, "archive:sample herald")
    assert OUTLETS.homes(feed("archive:x", source=source("X"))) == ("archive:x",)
