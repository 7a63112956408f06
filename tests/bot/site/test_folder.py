"""The folder of a site: written whole, never more than its own, and taken up where it was left."""

from pathlib import Path

import pytest

from bot.site.folder import MANIFEST, alone, opened
from claims.errors import UsageError
from tests.support.sites import files


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    """A unit made again from another stamp writes the files that read otherwise and removes those it lost."""
    first = opened(tmp_path / "site")
    first.put("claim:a", "1", {"claims/a.html": b"a", "claims/a/2023.html": b"old", "same.html": b"same"})
    first.save()
    again = opened(tmp_path / "site")
    again.put("claim:a", "2", {"claims/a.html": b"other", "same.html": b"same"})

    assert (again.written, again.removed, again.files) == (1, 1, 2)
    assert files(tmp_path / "site") == {"claims/a.html": b"other", "same.html": b"same"}
    assert not (tmp_path / "site" / "claims" / "a").exists()


def test_a_unit_is_fresh_while_its_stamp_and_its_files_are_there(tmp_path: Path) -> None:
    """A page that somebody removed is made again."""
    made = opened(tmp_path)
    made.put("index", "1", {"index.html": b"a"}, note={"claims": 3})
    made.save()
    kept = opened(tmp_path)

    assert kept.units["index"].note == {"claims": 3}
    assert (kept.fresh("index", "1"), kept.fresh("index", "2"), kept.fresh("other", "1")) == (
        True,
        False,
        False,
    )
    (tmp_path / "index.html").unlink()
    assert not opened(tmp_path).fresh("index", "1")


def test_files_of_others_stay(tmp_path: Path) -> None:
    """Of a site, only what it wrote itself is taken away."""
    made = opened(tmp_path)
    made.put("claim:a", "1", {"claims/a.html": b"a"})
    (tmp_path / "claims" / "notes.txt").write_text("mine")
    (tmp_path / "CNAME").write_text("watch.example")
    made.keep_only(())

    assert files(tmp_path) == {"claims/notes.txt": b"mine", "CNAME": b"watch.example"}
    assert opened(tmp_path).files == 0


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    """Whoever names the wrong folder loses nothing."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear")

    with pytest.raises(UsageError, match="holds other things than a site"):
        opened(tmp_path)
    assert files(tmp_path) == {"letters/one.txt": b"dear"}


@pytest.mark.parametrize(
    "damage",
    ["", "[]", '{"format": 2}', '{"format": 2, "units": {"a": ["1", {"../outside.html": "x"}, null]}}'],
)
def test_a_damaged_manifest_is_said(tmp_path: Path, damage: str) -> None:
    """It is neither trusted, nor are the files beside it touched."""
    (tmp_path / MANIFEST).write_text(damage)
    (tmp_path / "index.html").write_text("a page")

    with pytest.raises(UsageError, match="cannot be read: remove the folder, or name another"):
        opened(tmp_path)
    assert files(tmp_path) == {"index.html": b"a page"}


def test_a_site_of_another_release_is_made_anew(tmp_path: Path) -> None:
    """A manifest of another form says that it is a site, and nothing of its pages."""
    (tmp_path / MANIFEST).write_text('{"format": 0, "pages": []}')
    (tmp_path / "index.html").write_text("a page")

    assert opened(tmp_path).units == {}


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A file where a folder should be is named with the trouble."""
    made = opened(tmp_path)
    (tmp_path / "claims").write_text("a file")

    with pytest.raises(UsageError, match="cannot be written to"):
        made.put("claim:a", "1", {"claims/a.html": b"a"})


def test_two_builds_of_one_folder_do_not_meet(tmp_path: Path) -> None:
    """The second is refused while the first is under way, and taken when that ended; no page is about it."""
    with alone(tmp_path / "site"):
        with pytest.raises(UsageError, match="another build"), alone(tmp_path / "site"):
            pass
        assert opened(tmp_path / "site").units == {}

    with alone(tmp_path / "site"):
        assert opened(tmp_path / "site").files == 0


def test_a_folder_of_others_is_not_even_locked(tmp_path: Path) -> None:
    """Nothing is left in it."""
    (tmp_path / "notes.txt").write_text("theirs")

    with pytest.raises(UsageError, match="other things"), alone(tmp_path):
        pass

    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]
