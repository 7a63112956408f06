"""The folder of a site: written whole, never more than its own, and taken up where it was left."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.site.folder import MANIFEST, Readers, opened
from claims.errors import UsageError
from tests.support.sites import files

ALL = Readers()


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    """A unit made again from another stamp writes the files that read otherwise and removes those it lost."""
    with opened(tmp_path / "site", ALL) as first:
        first.put("claim:a", "1", {"claims/a.html": b"a", "claims/a/2023.html": b"old", "same.html": b"same"})
    with opened(tmp_path / "site", ALL) as again:
        again.put("claim:a", "2", {"claims/a.html": b"other", "same.html": b"same"})

    assert (again.written, again.removed, again.files) == (1, 1, 2)
    assert files(tmp_path / "site") == {"claims/a.html": b"other", "same.html": b"same"}
    assert not (tmp_path / "site" / "claims" / "a").exists()


def test_a_unit_is_fresh_while_its_stamp_and_its_files_are_there(tmp_path: Path) -> None:
    """A page that somebody removed is made again."""
    with opened(tmp_path, ALL) as made:
        made.put("index", "1", {"index.html": b"a"}, note={"claims": 3})
    with opened(tmp_path, ALL) as kept:
        pass

    assert kept.units["index"].note == {"claims": 3}
    assert (kept.fresh("index", "1"), kept.fresh("index", "2"), kept.fresh("other", "1")) == (
        True,
        False,
        False,
    )
    (tmp_path / "index.html").unlink()
    with opened(tmp_path, ALL) as lost:
        assert not lost.fresh("index", "1")


def test_what_is_damaged_is_made_again(tmp_path: Path) -> None:
    """A page cut short is written anew, also from the same stamp, and what was written in part goes."""
    content = {"claims/a.html": b"a page", "claims/b.html": b"another"}
    with opened(tmp_path, ALL) as made:
        made.put("claim:a", "1", content)
    (tmp_path / "claims" / "a.html").write_bytes(b"a p")
    (tmp_path / "claims" / ".b.html.claimwatch-part").write_bytes(b"anoth")
    with opened(tmp_path, ALL) as again:
        assert not again.fresh("claim:a", "1")
        again.put("claim:a", "1", content)

    assert files(tmp_path) == content
    assert sorted(path.name for path in (tmp_path / "claims").iterdir()) == ["a.html", "b.html"]
    assert again.written == 1


def test_files_of_others_stay(tmp_path: Path) -> None:
    """Of a site, only what it wrote itself is taken away."""
    with opened(tmp_path, ALL) as made:
        made.put("claim:a", "1", {"claims/a.html": b"a"})
    (tmp_path / "claims" / "notes.txt").write_text("mine")
    (tmp_path / "CNAME").write_text("watch.example")
    (tmp_path / "hello.html").write_text("mine")
    with opened(tmp_path, ALL) as kept:
        kept.keep_only(())

    assert files(tmp_path) == {"claims/notes.txt": b"mine", "CNAME": b"watch.example", "hello.html": b"mine"}
    assert kept.files == 0


def test_pages_that_nobody_knows_go(tmp_path: Path) -> None:
    """What another build left below the folders of a site is no part of it: its readers may not see it."""
    with opened(tmp_path, ALL) as made:
        made.put("claim:a", "1", {"claims/a.html": b"a"})
    for stray in ("claims/own.html", "claims/own/2023.html", "search/own/e0.js", "register/own.html"):
        (tmp_path / stray).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / stray).write_text("theirs")
    with opened(tmp_path, ALL) as kept:
        kept.keep_only({"claim:a"})

    assert files(tmp_path) == {"claims/a.html": b"a"}
    assert kept.removed == 4


def test_one_build_at_a_time(tmp_path: Path) -> None:
    """A second one into the folder is refused while the first is under way, and let in after it."""
    with (
        opened(tmp_path, ALL),
        pytest.raises(UsageError, match="another build is under way"),
        opened(tmp_path, ALL),
    ):
        pass
    with opened(tmp_path, ALL) as after:
        assert after.files == 0


def test_the_site_of_another_workspace_is_refused(tmp_path: Path) -> None:
    """Its pages would be where others read them; another language or address is the same readers' site."""
    with opened(tmp_path, ALL) as made:
        made.put("claim:a", "1", {"claims/a.html": b"a"})
    with opened(tmp_path, replace(ALL, language="uk", base="https://watch.example")) as same:
        assert same.files == 1
    one = Readers("discord:1")
    not_ours = pytest.raises(UsageError, match="site of everybody, not of workspace discord:1: name another")
    with not_ours, opened(tmp_path, one):
        pass
    with opened(tmp_path / "own", one):
        pass
    theirs = pytest.raises(UsageError, match="of workspace discord:1, not of all workspaces")
    with theirs, opened(tmp_path / "own", Readers("console")):
        pass
    assert files(tmp_path) == {"claims/a.html": b"a"}


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    """Whoever names the wrong folder loses nothing."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear")

    with pytest.raises(UsageError, match="holds other things than a site"), opened(tmp_path, ALL):
        pass
    assert files(tmp_path) == {"letters/one.txt": b"dear"}


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        '{"format": 3}',
        '{"format": 3, "units": {}}',
        '{"format": 3, "readers": {}, "units": {"a": ["1", {"../outside.html": ["x", 1]}, null]}}',
    ],
)
def test_a_damaged_manifest_is_said(tmp_path: Path, damage: str) -> None:
    """It is neither trusted, nor are the files beside it touched."""
    (tmp_path / MANIFEST).write_text(damage)
    (tmp_path / "index.html").write_text("a page")

    refused = pytest.raises(UsageError, match="cannot be read: remove the folder, or name another")
    with refused, opened(tmp_path, ALL):
        pass
    assert files(tmp_path) == {"index.html": b"a page"}


def test_a_site_of_another_release_is_made_anew(tmp_path: Path) -> None:
    """A manifest of another form says that it is a site, and nothing of its pages."""
    (tmp_path / MANIFEST).write_text('{"format": 0, "pages": []}')
    (tmp_path / "index.html").write_text("a page")

    with opened(tmp_path, ALL) as made:
        assert made.units == {}


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A file where a folder should be is named with the trouble."""
    refused = pytest.raises(UsageError, match="cannot be written to")
    with opened(tmp_path, ALL) as made, refused:
        (tmp_path / "claims").write_text("a file")
        made.put("claim:a", "1", {"claims/a.html": b"a"})
