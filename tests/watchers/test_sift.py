"""New stories, known ones, and those that read otherwise now."""

from dataclasses import replace

from claims.text import former_id, story_id
from tests.support.build import story
from watchers.sift import sift

KEPT = story("Sample headline", url="https://outlet.example/1", guid="g-1")


def test_unknown_stories_are_new_in_the_order_given() -> None:
    """What shares neither id nor guid with a kept story is new."""
    stories = [story("b", guid="g-2"), story("a", guid="g-3"), story("c")]
    sifted = sift(stories, [KEPT])
    assert sifted.new == tuple(stories)
    assert sifted.revised == ()


def test_the_same_id_or_guid_is_the_same_story() -> None:
    """A known story is neither new nor revised, also when its address or its guid changed."""
    same_id = replace(KEPT, guid="g-9")
    same_guid = replace(KEPT, id="another", url="https://outlet.example/moved")
    for again in (KEPT, same_id, same_guid):
        sifted = sift([again], [KEPT])
        assert (sifted.new, sifted.revised) == ((), ())


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


def test_a_story_kept_under_an_older_id_is_known() -> None:
    """A release that reads addresses better does not bring the stories of the last one again."""
    url = "https://m.outlet.example/1/"
    now = story("Sample headline", url=url, guid=None)
    assert now.id == story_id(now.feed_url, url, None, "")
    kept = replace(now, id=former_id(now.feed_url, url))
    assert kept.id != now.id
    assert sift([now], [kept]).new == ()
