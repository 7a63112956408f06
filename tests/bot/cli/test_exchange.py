"""`claims export` and `claims import` on the command line."""

import io
import json
import sqlite3
import sys
import zipfile
from contextlib import closing

import pytest

from tests.support.cli import CommandLine

FILE = """
[[claim]]
id = "sample-oil"
statement = "Sample tankers bring refined oil to Chongjin"
said_by = "Sample panel"
said_on = 2024-03-01
"""


class Terminal(io.StringIO):
    """A standard input at which somebody sits, who types this."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def listed(claimwatch: CommandLine) -> list[str]:
    """Return the ids of the claims that are tracked."""
    (rows,) = claimwatch("claims", "list", "--json").rows
    return [row["id"] for row in rows]


def test_an_export_goes_to_a_file_or_out(claimwatch: CommandLine) -> None:
    """The ending of a file says its format, a file is written whole, and what is said of it goes aside."""
    path = claimwatch.folder / "claims.zip"
    written = claimwatch("claims", "export", str(path))
    printed = claimwatch("claims", "export", "--claim", "sample-shells", "--since", "2024")

    assert (written.code, written.out) == (0, "")
    assert written.err.startswith(f"1 claim in {path}\nMade ")
    assert zipfile.ZipFile(path).namelist() == ["claims.csv", "evidence.csv", "csv-metadata.json"]
    assert [each.name for each in claimwatch.folder.glob(".*.part")] == []
    assert json.loads(printed.out)["since"] == "2024-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--tag", "nosuch"], "--tag: no claim has the tag 'nosuch'; there are: "),
        (["--format", "pdf"], "--format: expected one of json, csv"),
        (["--format", "csv", "x.csv"], "x.csv: as csv there are two tables in one ZIP"),
        (["x.csv"], "x.csv: no format has this ending; expected one of .json, .zip, .toml"),
        (["--claim", "sample-shelz"], "did you mean sample-shells?"),
        (["--since", "soon"], "--since: “soon” is not a day"),
        (["no/such/folder/claims.toml"], "cannot be written"),
    ],
)
def test_what_cannot_be_exported_is_said(claimwatch: CommandLine, words: list[str], says: str) -> None:
    """A wrong word is named with what would be right, and nothing is written."""
    ran = claimwatch("claims", "export", *words)

    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_an_import_is_shown_and_asked_for(claimwatch: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look changes nothing, a no changes nothing, and a yes has all of it so, once, and is written down."""
    path = claimwatch.folder / "more.toml"
    path.write_text(FILE)
    look = claimwatch("claims", "import", str(path), "--dry-run")
    alone = claimwatch("claims", "import", str(path))
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    no = claimwatch("claims", "import", str(path))
    before = listed(claimwatch)
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    yes = claimwatch("claims", "import", str(path))
    again = claimwatch("claims", "import", str(path))

    assert "1 new, 0 changed, 0 as before" in look.out
    assert (look.code, alone.code, no.code, yes.code, again.code) == (0, 2, 0, 0, 0)
    assert "There is nobody to ask: --yes changes it" in alone.err
    assert before == ["sample-shells"]
    assert listed(claimwatch) == ["sample-shells", "sample-oil"]
    assert "Nothing changes" in again.out
    assert claimwatch("audit").out.count("claim import") == 1


def test_what_others_changed_while_it_was_asked_stays(
    claimwatch: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A yes to what was shown is none to what it would do by then; nothing is changed, and that is said."""
    path = claimwatch.folder / "more.toml"
    path.write_text(FILE)
    claimwatch("claims", "import", str(path), "--yes")
    path.write_text(FILE.replace("Sample panel", "Another panel"))

    class Slow(Terminal):
        def readline(self, *_size: int) -> str:
            with closing(sqlite3.connect(claimwatch.store)) as db, db:
                db.execute("update claims set document = replace(document, 'Sample panel', 'Somebody else')")
            return "y\n"

    monkeypatch.setattr(sys, "stdin", Slow(""))
    ran = claimwatch("claims", "import", str(path))

    assert ran.code != 0
    assert "Claims were changed meanwhile" in ran.err
    assert "Somebody else" in claimwatch("claims", "export").out
    assert claimwatch("audit").out.count("claim import") == 1


def test_a_file_that_cannot_be_read_is_named(claimwatch: CommandLine) -> None:
    """Whoever names a file that is not there, or holds a mistake, is told where."""
    path = claimwatch.folder / "wrong.csv"
    path.write_text("statement,said_by,said_on\nx,y,soon\n")
    missing = claimwatch("claims", "import", "nothing.toml")
    wrong = claimwatch("claims", "import", str(path), "--yes")

    assert (missing.code, wrong.code) == (2, 2)
    assert "nothing.toml: cannot be read" in missing.err
    assert f"{path}: line 2: said_on: expected a day" in wrong.err
