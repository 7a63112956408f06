"""`claimwatch site` writes pages, says what it did, and refuses what it cannot take."""

import pytest

from tests.support.cli import CommandLine


def test_a_site_is_written_and_brought_up_to_date(claimwatch: CommandLine) -> None:
    """The summary says how many files were written, kept and removed."""
    claimwatch.fill()
    folder = claimwatch.folder / "site"
    first, again = claimwatch("site", folder), claimwatch("site", folder, "--language", "en")

    assert (first.code, again.code) == (0, 0)
    assert " files written, 0 kept, 0 removed in " in first.out
    assert again.out.startswith("0 files written, ")
    assert f"open {folder / 'index.html'}" in again.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--language", "fr"], "--language: expected one of en, ko, ru, uk, not 'fr'"),
        (["--workspace", "nope"], "--workspace: nothing is known of 'nope'; known are console"),
        (["--url", "ftp://x.example"], "--url: expected an http or https address, not 'ftp://x.example'"),
    ],
)
def test_what_does_not_fit_is_refused(claimwatch: CommandLine, arguments: list[str], said: str) -> None:
    """A mistake is named with the option, and nothing is written."""
    ran = claimwatch("site", claimwatch.folder / "site", *arguments)

    assert ran.code == 2
    assert said in ran.err
    assert not (claimwatch.folder / "site").exists()


def test_a_folder_of_others_is_refused(claimwatch: CommandLine) -> None:
    """A folder that holds other things is left as it is."""
    ran = claimwatch("site", claimwatch.folder)

    assert ran.code == 2
    assert "holds other things than a site" in ran.err
