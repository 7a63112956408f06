"""`backfill`: archives give a new register its history."""

import asyncio
import json
import signal
from pathlib import Path

from bot import parts
from bot.app_backfill import History, backfill
from bot.settings import load
from tests.support.cli import CommandLine
from tests.support.feed_server import item, rss

TITLE = "North Korea shipped {} containers of artillery shells to Russia from Rason, sample ministry says"


def row(number: int, title: str = "Sample bakery opens", **changes: str) -> str:
    """Return a story of the Sample Gazette as a line of JSON."""
    usual = {
        "id": str(number),
        "title": title,
        "summary": "",
        "published": f"2024-0{number % 9 + 1}-01",
        "lang": "en",
        "outlet": "Sample Gazette",
        "url": f"https://gazette.example/{number}",
    }
    return json.dumps({**usual, **changes})


def archive(claimwatch: CommandLine) -> Path:
    """Write a folder with lines and a feed, and a mistake in each; return its path."""
    folder = claimwatch.folder / "archive"
    folder.mkdir()
    lines = [row(1, TITLE.format("2,000")), row(2), "{", row(3, published="")]
    (folder / "2024.jsonl").write_text("\n".join(lines), encoding="utf-8")
    old = item(TITLE.format("3,000"), "https://sample-herald.example/9")
    (folder / "2026.xml").write_text(rss(old, title="Sample Herald"), encoding="utf-8")
    (folder / "notes.txt").write_text("These are the archives.", encoding="utf-8")
    return folder


def test_a_folder_gives_a_claim_its_history(claimwatch: CommandLine) -> None:
    """Evidence and figures stand in `claims show`; mistakes are named, and the run ends well."""
    folder = archive(claimwatch)
    ran = claimwatch("backfill", folder)
    shown = claimwatch("claims", "show", "sample-shells").out

    assert ran.code == 0
    assert ran.out == (
        "3 files, 3 stories: 3 new (2 relevant, 2 linked to 1 claim), 0 known; "
        "skipped: 1 no story, 1 unreadable, 1 without a date; nothing was told\n"
    )
    broken, undated, unread = ran.err.splitlines()
    assert broken.startswith(f"skipped: {folder}/2024.jsonl, line 3: no JSON: ")
    assert undated.startswith(f"skipped: {folder}/2024.jsonl, line 4: it has no date")
    assert unread == f"skipped: {folder}/notes.txt: the file is not a feed"
    assert "2,000 containers" in shown
    assert "3,000 containers" in shown
    assert [line for line in claimwatch("feeds", "list").out.splitlines() if "Gazette" in line] == []


def test_programs_get_one_object(claimwatch: CommandLine) -> None:
    """The second run finds all stories known."""
    folder = archive(claimwatch)
    claimwatch("backfill", folder)
    ran = claimwatch("backfill", folder, "--json")

    assert ran.rows == [
        {
            "files": 3,
            "stories": 3,
            "new": 0,
            "known": 3,
            "relevant": 0,
            "linked": 0,
            "claims": [],
            "skipped": {"no story": 1, "unreadable": 1, "without a date": 1},
            "stopped": False,
        }
    ]


def test_a_file_of_mistakes_is_not_told_line_by_line(claimwatch: CommandLine) -> None:
    """The first ones are named, and the last line counts all."""
    path = claimwatch.write("a.jsonl", "{\n" * 500)
    ran = claimwatch("backfill", path)

    assert len(ran.err.splitlines()) == 11
    assert "skipped: 500 no story" in ran.out


def test_stories_go_to_the_feed_that_is_named(claimwatch: CommandLine) -> None:
    """What names no outlet belongs to `--feed`, which must be watched."""
    path = claimwatch.write("a.jsonl", row(1, outlet=""))
    unknown = claimwatch("backfill", path, "--feed", "https://elsewhere.example/rss")
    known = claimwatch("backfill", path, "--feed", "https://feeds.sample-herald.example/world.xml")
    (exported,) = claimwatch("stories", "export").rows

    assert (unknown.code, known.code) == (2, 0)
    assert "no feed 'https://elsewhere.example/rss' is watched" in unknown.err
    assert exported["feed"] == "https://feeds.sample-herald.example/world.xml"


def test_what_cannot_be_read_at_all_is_exit_code_2(claimwatch: CommandLine) -> None:
    """A path that is not there is a mistake of whoever typed it, and nothing is read."""
    path = claimwatch.write("a.jsonl", row(1))

    assert claimwatch("backfill", path, claimwatch.folder / "nowhere").code == 2
    assert claimwatch("backfill").code == 2
    assert not claimwatch.store.exists()


def test_a_running_bot_must_be_stopped_first(claimwatch: CommandLine) -> None:
    """The store is one process's at a time."""
    path = claimwatch.write("a.jsonl", row(1))
    with parts.only_one(claimwatch.store):
        ran = claimwatch("backfill", path)

    assert ran.code == 2
    assert "is in use by another Claimwatch; stop that one" in ran.err


def test_ctrl_c_keeps_what_is_done(claimwatch: CommandLine) -> None:
    """A signal ends the run after the batch at hand, and the same command goes on from there."""
    path = claimwatch.write("a.jsonl", "\n".join(row(n) for n in range(700)))
    settings = load(claimwatch.config, {})

    def stop(done: int, of: int) -> None:
        if done:
            signal.raise_signal(signal.SIGINT)

    async def run() -> History:
        return await backfill(settings, [path], None, on_step=stop, on_skip=lambda *_: None)

    history = asyncio.run(run())
    rest = claimwatch("backfill", path, "--json").rows[0]

    assert history.stopped
    assert 0 < history.filled.done < 700
    assert rest["known"] == history.filled.new
    assert rest["new"] == 700 - history.filled.new


def test_what_a_removed_feed_brought_is_known(claimwatch: CommandLine) -> None:
    """The same story is told once in the store, by outlet or by address, also when the feed is back."""
    feed_url = "https://feeds.sample-herald.example/world.xml"
    lines = claimwatch.write("old.jsonl", row(1, outlet="Sample Herald"))
    saved = rss(item("Sample port opens", "https://sample-herald.example/9"), title="Another name")
    document = claimwatch.write("old.xml", saved.replace("<channel>", f"<channel><docs>{feed_url}</docs>", 1))
    first = claimwatch("backfill", lines, document)
    claimwatch("feeds", "remove", feed_url)

    away = claimwatch("backfill", lines, document)
    more = claimwatch("backfill", claimwatch.write("more.jsonl", row(2, outlet="Sample Herald")))
    claimwatch("feeds", "add", feed_url, "--untried")
    back = claimwatch("backfill", lines, document, claimwatch.folder / "more.jsonl")

    assert [ran.out.split("stories: ")[-1][:5] for ran in (first, away)] == ["2 new", "0 new"]
    assert "1 new" in more.out
    assert "0 new" in back.out
    assert [each["feed"] for each in claimwatch("stories", "export").rows] == [feed_url] * 3


def test_a_removed_feed_cannot_be_named(claimwatch: CommandLine) -> None:
    """Stories without an outlet are given to what is watched alone."""
    feed_url = "https://feeds.sample-herald.example/world.xml"
    claimwatch("feeds", "remove", feed_url)

    ran = claimwatch("backfill", claimwatch.write("old.jsonl", row(1)), "--feed", feed_url)

    assert ran.code == 2
    assert f"no feed '{feed_url}' is watched" in ran.err
