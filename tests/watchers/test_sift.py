"""New stories, known ones, and those that read otherwise now."""

from dataclasses import replace
from typing import Any

import pytest

from claims.text import canonical_url, former_id, story_id
from tests.support.build import at, story
from watchers.sift import MOST_MOVES, sift

KEPT = story("Sample headline", url="https://outlet.example/1", guid="g-1")
TEXT = "Three sample vessels left Rason with some 300 containers, an institute said."
PAGE = replace(KEPT, summary=TEXT, feed_summary="Short.")


def test_unknown_stories_are_new_in_the_order_given() -> None:
    """What shares neither id nor guid with a kept story is new."""
    stories = [story("b", guid="g-2"), story("a", guid="g-3"), story("c")]
    sifted = sift(stories, [KEPT])
    assert sifted.new == tuple(stories)
    assert sifted.revised == ()


def test_the_same_id_or_guid_is_the_same_story() -> None:
    """A known story is neither new nor revised, also when its guid changed."""
    same_id = replace(KEPT, guid="g-9")
    same_guid = replace(KEPT, id="another")
    for again in (KEPT, same_id, same_guid):
        sifted = sift([again], [KEPT])
        assert (sifted.new, sifted.revised) == ((), ())


@pytest.mark.parametrize(
    ("kept", "now", "taken"),
    [
        ("/1", "/moved", True),
        ("/1?utm_source=rss", "/moved?utm_source=rss", True),
        ("/1", "/moved?utm_source=rss", False),
        ("/1", "/moved/amp", False),
        ("/1", "", False),
        ("/1?utm_source=rss", "/1", True),
        ("/1", "/1?utm_source=rss", False),
        ("/1", "/1/", False),
    ],
)
def test_a_better_address_is_taken(kept: str, now: str, *, taken: bool) -> None:
    """The publisher's address of now, or a plain one of the same page; no dressed one for a plain one."""
    before = replace(KEPT, url=kept and f"https://outlet.example{kept}")
    url = now and f"https://outlet.example{now}"
    same_page = canonical_url(url) == canonical_url(before.url)
    again = replace(before, url=url, id=KEPT.id if same_page else "another")
    sifted = sift([again], [before])

    assert sifted.new == ()
    assert sifted.revised == ((replace(before, url=url, revisions=1),) if taken else ())


def test_addresses_that_change_for_ever_are_not_taken_for_ever() -> None:
    """After some revisions a new address comes only with new words."""
    kept = replace(KEPT, revisions=MOST_MOVES)
    moved = replace(KEPT, id="another", url="https://outlet.example/session/9")
    assert sift([moved], [kept]).revised == ()
    [revised] = sift([replace(moved, title="Another headline")], [kept]).revised
    assert (revised.title, revised.url) == ("Another headline", moved.url)


def test_an_address_that_the_page_gave_stays() -> None:
    """Of a story that did not move the feed's own address is no better one."""
    assert sift([KEPT], [replace(KEPT, url="https://outlet.example/news/1")]).revised == ()


def test_changed_words_are_a_revision_of_what_is_kept() -> None:
    """Title or summary change, everything else stays as it was kept, and the count goes up."""
    kept = replace(KEPT, revisions=2, backlog=True)
    for changes in ({"title": "Another headline"}, {"summary": "More words."}):
        later = replace(KEPT, id="another", published_at=None, **changes)
        [revised] = sift([later], [kept]).revised
        assert revised == replace(kept, revisions=3, **changes)


def test_one_kept_story_is_revised_once_a_visit() -> None:
    """Two items of a document that are one kept story count as one, the first of them."""
    first, second = replace(KEPT, title="First"), replace(KEPT, id="other", title="Second")
    [revised] = sift([first, second], [KEPT]).revised
    assert (revised.title, revised.revisions) == ("First", 1)


def test_stories_without_a_guid_are_not_one_story() -> None:
    """No guid is no likeness."""
    assert len(sift([story("a", guid=None)], [story("b", guid=None)]).new) == 1


def test_the_same_words_of_the_same_moment_are_the_same_story() -> None:
    """With another address and another guid, once the document no longer has the kept one."""
    again = replace(KEPT, id="another", guid="g-9", url="https://outlet.example/moved")

    assert sift([again], [KEPT]).new == ()
    assert sift([again], [KEPT]).revised == (replace(KEPT, url=again.url, revisions=1),)
    assert sift([replace(again, seen_at=at(99))], [KEPT]).new == ()
    assert sift([again, KEPT], [KEPT]).new == (again,)
    assert len(sift([again, replace(again, id="third")], [KEPT]).new) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"published_at": at(60 * 24)},
        {"published_at": None},
        {"summary": "Another day."},
        {"title": "Another"},
    ],
)
def test_the_headline_of_every_day_is_another_story(changes: dict[str, Any]) -> None:
    """Other words, or another moment, are other news."""
    other = replace(KEPT, **{"id": "another", "guid": "g-9", **changes})

    assert sift([other], [KEPT]).new == (other,)


def test_undated_words_are_the_same_for_a_day() -> None:
    """Without a date, what is seen again within a day is no news."""
    kept = replace(KEPT, published_at=None)
    again = replace(kept, id="another", guid="g-9")

    assert sift([replace(again, seen_at=at(60 * 24))], [kept]).new == ()
    assert len(sift([replace(again, seen_at=at(60 * 24 + 1))], [kept]).new) == 1


@pytest.mark.parametrize(
    ("says", "reads"),
    [
        ({}, None),
        ({"title": "Another headline"}, {"title": "Another headline"}),
        ({"summary": "Brief."}, {"feed_summary": "Brief."}),
        ({"summary": f"{PAGE.summary} More."}, {"summary": f"{PAGE.summary} More.", "feed_summary": None}),
        ({"title": "rason port", "url": "https://outlet.example/rason-port"}, None),
    ],
    ids=["the same", "another headline", "less", "more", "a headline made of the address"],
)
def test_a_feed_is_compared_with_what_it_said_itself(
    says: dict[str, str], reads: dict[str, str | None] | None
) -> None:
    """Whatever the page said beyond it, which stays until it is read again."""
    again = replace(PAGE, **{"summary": "Short.", "feed_summary": None, **says})
    revised = sift([again], [PAGE]).revised

    assert revised == (() if reads is None else (replace(PAGE, revisions=1, **reads),))


def test_a_page_that_moved_is_the_same_story() -> None:
    """It is known by what the feed says, not by what the page said."""
    moved = replace(PAGE, id="another", guid="g-9", url="https://outlet.example/moved", summary="Short.")
    assert sift([moved], [PAGE]).new == ()
    other = replace(moved, summary="Brief.")
    assert sift([other], [PAGE]).new == (other,)


def test_a_story_kept_under_an_older_id_is_known() -> None:
    """A release that reads addresses better does not bring the stories of the last one again."""
    url = "https://m.outlet.example/1/"
    now = story("Sample headline", url=url, guid=None)
    assert now.id == story_id(now.feed_url, url, None, "")
    kept = replace(now, id=former_id(now.feed_url, url))
    assert kept.id != now.id
    assert sift([now], [kept]).new == ()
