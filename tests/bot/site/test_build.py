"""The site over a store: whole, brought up to date with little work, and of one's own claims alone."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.large_register import another, fill
from bot.language import _, speaking
from bot.resources import data
from bot.site.build import sources
from claims.errors import UsageError
from claims.model import Reason, Silence
from claims.store import Store
from tests.support.build import at, claim, event_id, feed, figure, member, outcome, visit
from tests.support.kept_changes import CHANGES, FIRST, HAPPENING, OTHER, SECOND, stock
from tests.support.sites import Witness, built, files
from tests.support.stores import open_store

EVENT = f"events/{HAPPENING[-2:]}/{HAPPENING}.html"
SILENT = Silence(Reason.ALREADY_TOLD)
OTHER_EVENT = f"events/{event_id(OTHER)[-2:]}/{event_id(OTHER)}.html"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """Yield a store with two claims, a told happening of two stories and another of one."""
    opened = await open_store(tmp_path / "store.db")
    await opened.sync_feeds([feed()])
    await opened.sync_claims([claim("containers-2023", tags=("munitions",)), claim("shell-volume")])
    await stock(opened)
    yield opened
    await opened.close()


async def test_a_site_is_whole(store: Store, tmp_path: Path) -> None:
    """Each claim, happening and list has its page, each link of one leads to one, and all are counted."""
    done = await built(store, tmp_path / "site")
    site = files(tmp_path / "site")

    assert {
        "index.html",
        "register.html",
        "register/munitions.html",
        "feeds.html",
        "search.html",
    } <= site.keys()
    assert {"claims/containers-2023.html", "claims/shell-volume.html", EVENT, OTHER_EVENT} <= site.keys()
    assert {"about.html", "404.html", "alerts.atom", "alerts.rss", "assets/site.css"} <= site.keys()
    assert (done.written, done.kept, done.removed) == (len(site), 0, 0)
    assert done.bytes == sum(map(len, site.values()))
    assert FIRST.story.title.encode() in site[EVENT]
    assert b'href="/register.html"' in site["404.html"]
    assert f'href="../{EVENT}"'.encode() in site["claims/containers-2023.html"]


async def test_a_site_with_no_change_costs_nothing(store: Store, tmp_path: Path) -> None:
    """No page is written again, and no story, happening or edit of a claim's page is read for it."""
    await built(store, tmp_path / "site")
    witness = Witness(store)
    done = await built(witness, tmp_path / "site", now=at(600))  # type: ignore[arg-type]  # it is that store

    assert (done.written, done.removed) == (0, 0)
    assert not {"members", "bearing", "edits", "wordings", "evidence"} & set(witness.asked)


@pytest.mark.parametrize("what", CHANGES)
async def test_what_changed_is_made_anew(store: Store, tmp_path: Path, what: str) -> None:
    """After any change, a site that is brought up to date is the same as one built from nothing."""
    change, _touched = CHANGES[what]
    await built(store, tmp_path / "site")
    await change(store)
    await built(store, tmp_path / "site")
    await built(store, tmp_path / "fresh")

    assert files(tmp_path / "site") == files(tmp_path / "fresh")


async def test_claims_that_change_change_their_pages(store: Store, tmp_path: Path) -> None:
    """A claim that is reworded, answered or retired reads so on its page and wherever it is named."""
    changes = [
        lambda: store.keep_claim(claim("shell-volume", statement="Another wording of the shells")),
        lambda: store.keep_claim(claim("a-denial", denial=True, disputes=("shell-volume",))),
        lambda: store.keep_claim(
            claim("shell-volume", statement="Another wording of the shells", denial=True)
        ),
        lambda: store.keep_claim(claim("containers-2023", parent="shell-volume")),
        lambda: store.retire_claim("containers-2023"),
        lambda: store.keep_claim(claim("shell-volume", statement="Another wording of the shells")),
    ]
    await built(store, tmp_path / "site")
    for number, change in enumerate(changes):
        await change()
        await built(store, tmp_path / "site")
        await built(store, tmp_path / f"fresh-{number}")
        assert files(tmp_path / "site") == files(tmp_path / f"fresh-{number}")
    site = files(tmp_path / "site")
    assert b"Another wording of the shells" in site[OTHER_EVENT]
    assert b'href="../claims/a-denial.html"' in site["claims/shell-volume.html"]
    assert b"tracked no longer" in site["claims/containers-2023.html"]


async def test_a_retired_claim_changes_how_others_stand(store: Store, tmp_path: Path) -> None:
    """A story that bore first on it bears first on another from then on, which that one's page says."""
    told = member("Both at once", ["containers-2023", "shell-volume"], origin="Sample Institute")
    await store.record_visit(visit(outcome(told)))
    await built(store, tmp_path / "site")
    before = files(tmp_path / "site")
    await store.retire_claim("containers-2023")
    await built(store, tmp_path / "site")
    await built(store, tmp_path / "fresh")
    after = files(tmp_path / "site")

    assert after == files(tmp_path / "fresh")
    assert before["claims/shell-volume.html"] != after["claims/shell-volume.html"]


def test_what_names_mean_is_a_part_of_the_program() -> None:
    """A corrected list of governments has every page made anew: who is independent may have changed."""
    assert data("seeds/lexicon/shared/governments.toml") in set(sources())


async def test_a_build_that_ended_half_way_is_taken_up(store: Store, tmp_path: Path) -> None:
    """What was done is kept, every page of it whole, and the next build makes what was left."""

    def ended(done: int, _of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await built(store, tmp_path / "site", progress=ended)
    begun = files(tmp_path / "site")
    done = await built(store, tmp_path / "site")
    site = files(tmp_path / "site")

    assert begun.items() <= site.items()
    assert (len(begun), done.kept) == (2, 2)


async def test_a_bot_may_write_meanwhile(store: Store, tmp_path: Path) -> None:
    """A build takes no lock: another process that is about to write neither waits nor is waited for."""
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None, timeout=0)) as bot:
        bot.execute("begin immediate")
        bot.execute("update stories set title = 'Not yet'")
        await built(store, tmp_path / "site")
        bot.execute("rollback")

    assert FIRST.story.title.encode() in files(tmp_path / "site")[EVENT]


async def test_no_page_names_what_its_readers_do_not_see(store: Store, tmp_path: Path) -> None:
    """A claim of one workspace is on that one's site and on the console's, and in no file of another."""
    secret = replace(claim("own-sample"), statement="A sample matter of our own", workspace="discord:1")
    await store.keep_claim(secret)
    both = member("Both at once", ["containers-2023", "own-sample"], published_at=at(-2))
    only = member("Ours alone", ["own-sample"], published_at=at(-1))
    hidden = replace(only, reading=replace(only.reading, by_itself=False))
    await store.record_visit(visit(outcome(both), outcome(hidden)))
    for workspace in ("", "discord:1", "discord:2", "console"):
        root = tmp_path / (workspace or "everybody")
        await built(store, root, workspace=workspace)
        everything = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
        sees = workspace in ("discord:1", "console")
        for words in (b"own-sample", b"A sample matter of our own", b"Ours alone"):
            assert (words in everything) is sees
        assert b"Both at once" in everything


async def test_no_private_page_gets_among_public_ones(store: Store, tmp_path: Path) -> None:
    """A site of one workspace is not built into everybody's, and a page that is left from one goes."""
    await built(store, tmp_path / "site")
    before = files(tmp_path / "site")
    (tmp_path / "site" / "claims" / "own-sample.html").write_text("A sample matter of our own")
    with pytest.raises(UsageError, match="name another folder"):
        await built(store, tmp_path / "site", workspace="discord:1")
    done = await built(store, tmp_path / "site")

    assert files(tmp_path / "site") == before
    assert (done.written, done.removed) == (0, 1)


async def test_what_a_feed_writes_stays_text(store: Store, tmp_path: Path) -> None:
    """Markup in a headline is shown, the address of a script is no link, and no page has a script in it."""
    odd = member('<script>alert("x")</script>', url="javascript:alert(1)", summary="<img src=x onerror=x>")
    await store.record_visit(visit(outcome(odd)))
    await built(store, tmp_path / "site")
    for path, content in files(tmp_path / "site").items():
        if path.endswith(".html"):
            assert b"<script>" not in content
            assert b"<img" not in content
            assert b"javascript:" not in content


async def test_a_site_speaks_its_language(store: Store, tmp_path: Path) -> None:
    """Our own words are in the language asked for, headlines as they are; another one is made anew."""
    await built(store, tmp_path / "site", language="ko")
    korean = files(tmp_path / "site")["index.html"].decode()
    await built(store, tmp_path / "site", language="uk")
    ukrainian = files(tmp_path / "site")["index.html"].decode()

    reading = {}
    for language in ("ko", "uk"):
        with speaking(language):
            reading[language] = _("How to read this")
    assert '<html lang="ko">' in korean
    assert reading["ko"] in korean
    assert '<html lang="uk">' in ukrainian
    assert reading["uk"] in ukrainian
    assert FIRST.story.title in korean
    assert f'lang="en">{claim().statement}</a>' in files(tmp_path / "site")["register.html"].decode()


async def test_alerts_are_told_to_feed_readers(store: Store, tmp_path: Path) -> None:
    """The feeds lead to the pages of happenings where it is known at which address those are."""
    await built(store, tmp_path / "site", base="https://watch.example/site/")
    site = files(tmp_path / "site")

    for name in ("alerts.atom", "alerts.rss"):
        assert f"https://watch.example/site/{EVENT}".encode() in site[name]
        assert name.encode() in site["index.html"]
    assert b'href="https://watch.example/site/assets/site.css"' in site["404.html"]


async def test_what_is_long_is_parted(store: Store, tmp_path: Path) -> None:
    """A claim of many happenings has pages by year, an event of many stories by number; none is left out."""
    numbers = [figure(100 + n) for n in range(2)]
    many = [
        member(f"Happening {n}", published_at=at(-1_440 * n), figures=numbers, seen_at=at(0))
        for n in range(450)
    ]
    joined = [member(f"Joined {n}", published_at=at(-n)) for n in range(160)]
    await store.record_history([outcome(each, SILENT) for each in many], ())
    await store.record_history([outcome(each, SILENT, of=joined[0]) for each in joined], ())
    await built(store, tmp_path / "site")
    site = files(tmp_path / "site")
    parts = [path for path in site if path.startswith("claims/containers-2023/")]
    told = b"".join(site[path] for path in parts)
    large = event_id(joined[0])

    assert min(parts) == "claims/containers-2023/2023-1.html"
    assert all(f"Happening {n}<".encode() in told for n in range(450))
    assert b"Joined 159<" in site[f"events/{large[-2:]}/{large}.2.html"]
    assert max(map(len, site.values())) < 300_000


async def test_a_large_register_is_built_in_little(tmp_path: Path) -> None:
    """Of hundreds of stories, one more touches its own happening, its claim and what lists those."""
    store = await open_store(tmp_path / "store.db")
    await fill(store, claims_kept=12, stories=200)
    first = await built(store, tmp_path / "site")
    same = await built(store, tmp_path / "site")
    await store.record_history([another(200)], ())
    more = await built(store, tmp_path / "site")
    await store.close()

    assert first.written > 100
    assert same.written == 0
    assert more.written < 12
    assert more.kept + more.written == first.written + 1
    assert first.largest < 300_000


async def test_an_empty_store_is_a_site(tmp_path: Path) -> None:
    """Before anything was read, every page says that there is nothing yet."""
    store = await open_store(tmp_path / "store.db")
    await built(store, tmp_path / "site")
    await store.close()

    assert b"No claim is tracked yet" in files(tmp_path / "site")["register.html"]


async def test_the_first_page_begins_with_what_moved(store: Store, tmp_path: Path) -> None:
    """A new number of what claims count stands there once with them, also where no alert told it."""
    for counting in ("containers-2023", "shell-volume"):
        await store.keep_claim(claim(counting, figures=(figure(1_000),)))
    both = member(
        "13,000 by now", ["containers-2023", "shell-volume"], figures=[figure(13_000, body="Sample ministry")]
    )
    await store.record_visit(visit(outcome(both)))
    await built(store, tmp_path / "site")
    await store.keep_claim(claim("another"))
    await built(store, tmp_path / "site")
    first, _rest = files(tmp_path / "site")["index.html"].decode().split('id="happenings"')

    assert first.count('class="step step-number"') == 1
    assert "13,000 containers · Sample ministry" in first
    assert "earlier, by another: 1,000 (White House, 13 October 2023)" in first
    assert '>13,000 by now</a> <span class="outlet">(Sample Herald)</span>' in first
    assert 'href="claims/containers-2023.html"' in first


async def test_the_first_page_says_of_when_it_is(store: Store, tmp_path: Path) -> None:
    """The days of its stories and of its picture stand there, for a site may be read long after."""
    told = member("An old sample report", published_at=at(-60 * 24 * 365))
    await store.record_visit(visit(outcome(told)))
    await built(store, tmp_path / "site")
    first = files(tmp_path / "site")["index.html"].decode()

    assert "<dt>Stories published</dt><dd><span>28 August 2023 to 27 August 2024</span></dd>" in first
    assert "From 10 June 2024 to 1 September 2024: the 12 weeks, Monday to Sunday, up to" in first


async def test_numbers_of_other_matters_stand_apart(store: Store, tmp_path: Path) -> None:
    """They have no picture, and a claim that counts nothing has no others."""
    await store.keep_claim(claim("a-breach"))
    counts = [figure(amount, body="Sample ministry") for amount in (9_000, 13_000)]
    await store.record_visit(visit(outcome(member("Counts of boxes", ["a-breach"], figures=counts))))
    await built(store, tmp_path / "site")
    page = files(tmp_path / "site")["claims/a-breach.html"].decode()
    section = page.split('id="others">')[1].split("</section>")[0]

    assert section.startswith("Numbers in its stories, of other matters<")
    assert "13,000 containers" in section
    assert "<figure" not in section
    assert 'id="numbers"' not in page


async def test_each_story_can_be_found_where_it_stands(store: Store, tmp_path: Path) -> None:
    """A happening is found by its first headline, its other stories by their own, each with its place."""
    await built(store, tmp_path / "site")
    site = files(tmp_path / "site")

    place = f"{EVENT}#story-{SECOND.story.id}"
    assert f'"{place}","{SECOND.story.title}"'.encode() in site["search/stories/e0.js"]
    assert f'id="story-{SECOND.story.id}"'.encode() in site[EVENT]
    assert f'"{EVENT}","{FIRST.story.title}"'.encode() in site["search/events/e0.js"]


async def test_a_happening_goes_by_the_headline_that_readers_read(store: Store, tmp_path: Path) -> None:
    """It is one in the language of the site, else in English, whichever story came first."""
    korean = member("컨테이너가 떠났다", language="ko", published_at=at(0))
    later = member("Containers left by ship", published_at=at(1))
    await store.record_visit(visit(outcome(korean), outcome(later, SILENT, of=korean)))
    await built(store, tmp_path / "site")

    assert ">Containers left by ship<" in files(tmp_path / "site")["index.html"].decode()


async def test_a_headline_in_another_language_says_which(store: Store, tmp_path: Path) -> None:
    """It is marked for a reader's program too."""
    await store.record_visit(visit(outcome(member("컨테이너가 떠났다", language="ko"))))
    await built(store, tmp_path / "site")

    for page in ("index.html", "claims/containers-2023.html"):
        html = files(tmp_path / "site")[page].decode()
        assert (
            'lang="ko">컨테이너가 떠났다</a> <span class="outlet">(Sample Herald, in Korean)</span>' in html
        )
