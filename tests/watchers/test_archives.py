"""Reading archives: JSON lines and feed documents, one file after another."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.feeds import Feed, FeedKind, FeedStatus
from claims.model import Story
from tests.support.build import FEED_URL, NOW, checkpoint, feed
from tests.support.feed_server import item, rss
from watchers.archives import Archives, Skipped, Why
from watchers.markup import MAX_ENTRIES
from watchers.outlets import Outlets
from watchers.parse import parse

DAY = timedelta(days=1)
HERALD = feed()


async def parse_here(body: bytes, feed: Feed, seen_at: datetime) -> Sequence[Story]:
    """Parse on the spot: documents here are small and friendly."""
    return parse(body, feed, seen_at=seen_at).stories


def archives(*paths: Path, feed: Feed | None = None, max_bytes: int = 10_000_000) -> Archives:
    """Return the archives at these paths, read at `NOW` by a bot that watches the Sample Herald."""
    return Archives(
        paths,
        read_document=parse_here,
        outlets=Outlets([FeedStatus(HERALD, checkpoint())]),
        feed=feed,
        now=NOW,
        max_bytes=max_bytes,
    )


def json_feed(*items: dict[str, str], **about: str) -> str:
    """Return a JSON Feed on one line."""
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Sample", **about, "items": items}
    )


async def read(*paths: Path, **changes: Any) -> tuple[list[tuple[Story, Feed]], list[Skipped]]:
    """Return the stories of archives, and what is left out."""
    stories: list[tuple[Story, Feed]] = []
    skipped: list[Skipped] = []
    async for found in archives(*paths, **changes).stories():
        if isinstance(found, Skipped):
            skipped.append(found)
        else:
            stories.append(found)
    return stories, skipped


def row(number: int = 1, **changes: Any) -> str:
    """Return a story as a line of JSON; a change to None takes a key out."""
    usual = {
        "id": f"s-{number}",
        "title": f"Sample headline {number}",
        "summary": "Sample words.",
        "published": "2023-10-13",
        "lang": "en",
        "outlet": "Sample Herald",
        "url": f"https://sample-herald.example/{number}",
    }
    return json.dumps({key: value for key, value in {**usual, **changes}.items() if value is not None})


def write(path: Path, *lines: str | bytes) -> Path:
    """Write lines to a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
    return path


async def test_a_line_of_json_is_a_story_of_its_own_day(tmp_path: Path) -> None:
    """It is backlog, seen now, dated as it says, and plain text; its outlet's watched feed is its feed."""
    markup = row(title="<b>Shells</b> &amp; sample", published="2023-10-13T09:30:00+09:00")
    [(story, of)], skipped = await read(write(tmp_path / "a.jsonl", "\ufeff" + markup))

    assert (skipped, of) == ([], HERALD)
    assert (story.title, story.feed_url, story.source) == ("Shells & sample", FEED_URL, HERALD.source)
    assert story.at == datetime(2023, 10, 13, 0, 30, tzinfo=UTC)
    assert (story.seen_at, story.backlog) == (NOW, True)


async def test_a_page_has_the_id_that_the_live_feed_gives_it(tmp_path: Path) -> None:
    """So the archive and the feed bring one story and not two."""
    live = parse(
        rss(item("Sample headline 1", "https://sample-herald.example/1")).encode(), HERALD, seen_at=NOW
    )
    [(story, _)], _ = await read(write(tmp_path / "a.jsonl", row(id="other")))

    assert story.id == live.stories[0].id


async def test_stories_without_a_page_are_told_apart_by_id_and_headline(tmp_path: Path) -> None:
    """Ids such as 1, 2, 3 begin anew in each file, and a headline such as `Daily brief` comes back."""
    bare = [row(n, id=key, title=title, url=None) for n, (key, title) in enumerate(["1A", "1B", "2A", "1A"])]
    stories, _ = await read(write(tmp_path / "a.jsonl", *bare))

    assert len({story.id for story, _ in stories}) == 3


async def test_a_line_that_is_no_story_costs_itself_alone(tmp_path: Path) -> None:
    """Each is named by file and line with what is wrong; the others are read."""
    path = write(
        tmp_path / "a.jsonl",
        row(1),
        '{"id": "cut off',
        "",
        b'{"id": "\xff"}',
        row(2, title=None),
        "[1]",
        row(3, published=None),
        row(4, published="1970-01-01"),
        row(5, published=(NOW + DAY).isoformat()),
        row(6, published="soon"),
        row(7),
    )
    stories, skipped = await read(path)

    assert [story.title[-1] for story, _ in stories] == ["1", "7"]
    assert [(each.path, each.why) for each in skipped] == [
        (path, why) for why in (*[Why.NO_STORY] * 4, Why.UNDATED, Why.UNDATED, Why.TO_COME, Why.NO_STORY)
    ]
    places = [each.words.removeprefix(f"{path}, line ").partition(":")[0] for each in skipped]
    assert places == ["2", "4", "5", "6", "7", "8", "9", "10"]
    assert "title: missing" in skipped[2].words


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://user@sample.example/", "https://a\u202eb.example"]
)
async def test_what_is_no_web_page_is_no_link(tmp_path: Path, url: str) -> None:
    """The story is kept without its address."""
    [(story, _)], _ = await read(write(tmp_path / "a.jsonl", row(url=url)))

    assert story.url == ""


async def test_a_row_without_an_outlet_belongs_to_the_feed_that_is_named(tmp_path: Path) -> None:
    """And without one to an outlet that nobody knows; a row's own outlet counts for more."""
    path = write(tmp_path / "a.jsonl", row(1, outlet=None), row(2, outlet="Sample Gazette"))
    named, _ = await read(path, feed=HERALD)
    unnamed, _ = await read(path)

    assert [of.url for _, of in named] == [FEED_URL, "archive:sample gazette"]
    assert [of.url for _, of in unnamed] == ["archive:unknown", "archive:sample gazette"]


@pytest.mark.parametrize(
    ("head", "given", "found"),
    [
        (f'<link rel="self" href="{FEED_URL}"/>', None, FEED_URL),
        (f'<link rel="self" href="{FEED_URL}?utm_source=a&amp;utm_medium=b"/>', None, FEED_URL),
        ("<link>https://sample-outlet.example/</link>", HERALD, FEED_URL),
        ("", None, "archive:sample outlet"),
    ],
)
async def test_a_document_belongs_to_the_watched_feed_whose_address_it_names(
    tmp_path: Path, head: str, given: Feed | None, found: str
) -> None:
    """Else to the feed that is named for it, else to the archives of the outlet that its title names."""
    document = rss(item("Sample of old", "https://sample.example/1", published=NOW - DAY))
    path = write(tmp_path / "a.xml", document.replace("<item>", f"{head}<item>", 1))
    [(story, of)], _ = await read(path, feed=given)

    assert (story.feed_url, of.url) == (found, found)


async def test_a_saved_feed_is_read_as_one_whatever_its_outlet_is_watched_by(tmp_path: Path) -> None:
    """An outlet whose page or sitemap is watched has feeds in its archives all the same."""
    document = rss(item("Sample of old", "https://sample.example/1", published=NOW - DAY))
    path = write(tmp_path / "a.xml", document)

    for kind in (FeedKind.PAGE, FeedKind.SITEMAP):
        [(story, of)], skipped = await read(path, feed=feed(kind=kind))

        assert (story.title, of.kind, skipped) == ("Sample of old", kind, [])


async def test_a_document_without_a_title_is_named_by_its_file(tmp_path: Path) -> None:
    """An archive is told from another at least by its name."""
    document = rss(item("Sample", "https://sample.example/1", published=NOW - DAY), title="")
    [(_, of)], _ = await read(write(tmp_path / "gazette 2023.xml", document))

    assert of.url == "archive:gazette 2023"


LONG = [(f"Sample {n}", f"https://sample.example/{n}") for n in range(2 * MAX_ENTRIES + 1)]


@pytest.mark.parametrize(
    "document",
    [
        rss(*(item(title, url, published=NOW - DAY) for title, url in LONG)),
        json_feed(
            *(
                {"id": url, "url": url, "title": title, "date_published": "2023-10-13T09:30:00Z"}
                for title, url in LONG
            )
        ),
    ],
    ids=["rss", "json"],
)
async def test_a_document_of_any_length_is_read_to_its_end(tmp_path: Path, document: str) -> None:
    """An export of years has more entries than are read of a live feed."""
    stories, skipped = await read(write(tmp_path / "a.feed", document))

    assert skipped == []
    assert sorted((story.title, story.url) for story, _ in stories) == sorted(LONG)


@pytest.mark.parametrize(
    ("address", "title", "found"),
    [
        (FEED_URL, "Sample Gazette", FEED_URL),
        ("https://elsewhere.example/feed.json", "Sample \\u65b0\\u805e", "archive:sample 新聞"),
    ],
)
async def test_a_json_feed_names_itself_too(tmp_path: Path, address: str, title: str, found: str) -> None:
    """Its address and its title count as those of other feeds do, with whatever is escaped in them."""
    entry = {"id": "1", "title": "Old", "date_published": "2023-10-13T09:30:00Z"}
    document = json_feed(entry, title="TITLE", feed_url=address).replace("/", "\\/").replace("TITLE", title)
    [(_, of)], _ = await read(write(tmp_path / "a.json", document))

    assert of.url == found


async def test_an_entry_that_is_dated_in_the_future_is_not_kept_as_of_today(tmp_path: Path) -> None:
    """A live feed may be ahead of the clock; in an archive the date is wrong."""
    path = write(tmp_path / "a.xml", rss(item("To come", published=NOW + 300 * DAY)))
    stories, [skipped] = await read(path)

    assert (stories, skipped.why) == ([], Why.TO_COME)
    assert skipped.words == f"{path}, “To come”: its date is to come"


async def test_an_entry_without_a_date_has_no_place_in_the_history(tmp_path: Path) -> None:
    """It is named by its headline, and its neighbours are read."""
    path = write(tmp_path / "a.xml", rss(item("Undated", published=None), item("Old", published=NOW - DAY)))
    stories, [skipped] = await read(path)

    assert [story.title for story, _ in stories] == ["Old"]
    assert (skipped.why, skipped.words.startswith(f"{path}, “Undated”: it has no date")) == (
        Why.UNDATED,
        True,
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "the file is empty"),
        (b"plain words", "the file is not a feed"),
        (b"<html><body>hello</body></html>", "the file is a web page, not a feed"),
        (b"x" * 2_000, "larger than watch.max_body_bytes, 1,000 bytes"),
    ],
)
async def test_a_file_that_is_no_archive_costs_itself_alone(tmp_path: Path, body: bytes, words: str) -> None:
    """It is named with what it is, and the next file is read."""
    bad, good = write(tmp_path / "a.xml", body), write(tmp_path / "b.jsonl", row())
    stories, [skipped] = await read(bad, good, max_bytes=1_000)

    assert len(stories) == 1
    assert skipped == Skipped(bad, Why.UNREADABLE, f"{bad}: {words}")


async def test_a_file_that_cannot_be_opened_costs_itself_alone(tmp_path: Path) -> None:
    """One that went away meanwhile is named too."""
    gone, good = write(tmp_path / "a.jsonl", row(1)), write(tmp_path / "b.jsonl", row(2))
    found = archives(gone, good)
    gone.unlink()
    skipped, (story, _) = [each async for each in found.stories()]

    assert skipped == Skipped(gone, Why.UNREADABLE, f"{gone}: neither a file nor a folder")
    assert story.title == "Sample headline 2"


async def test_json_lines_are_known_by_name_or_by_their_first_line(tmp_path: Path) -> None:
    """A broken first line makes a file of lines no feed where its name says what it is."""
    named = write(tmp_path / "a.NDJSON", "{", row(1))
    unnamed = write(tmp_path / "b.txt", row(2), "{")
    stories, skipped = await read(named, unnamed)

    assert [story.title[-1] for story, _ in stories] == ["1", "2"]
    assert [each.why for each in skipped] == [Why.NO_STORY, Why.NO_STORY]


async def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    """Folders in it are read too, and hidden files are not."""
    for number, name in enumerate(["2023-02.jsonl", "2023-01.jsonl", "older/2022.jsonl", ".hidden.jsonl"]):
        write(tmp_path / name, row(number))
    write(tmp_path / ".git" / "x.jsonl", row(9))
    stories, _ = await read(tmp_path)

    assert [story.title[-1] for story, _ in stories] == ["1", "0", "2"]


async def test_how_many_stories_there_are_is_told_from_the_bytes_read(tmp_path: Path) -> None:
    """Half of the bytes are half of the stories, and at the end it is as many as there were."""
    one, two = write(tmp_path / "a.jsonl", row(1), row(2)), write(tmp_path / "b.jsonl", row(3), row(4))
    found = archives(one, two)
    about = [found.about(read) async for read in _counted(found)]

    assert found.about(4) == 4
    assert about[1] in (4, 5)


async def _counted(found: Archives) -> Any:
    read = 0
    async for _ in found.stories():
        read += 1
        yield read
