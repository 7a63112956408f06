"""The commands that read the store: `claims` and `stories`."""

from tests.support.cli import CommandLine

ROW = {
    "id": "sample-shells",
    "statement": "Sample ships carried 1,000 containers of artillery shells from Rason to Dunay",
    "said_by": "Sample ministry",
    "said_on": "2023-10-13",
    "disputed_by": [],
}


def test_claims_are_listed_for_people_and_for_programs(claimwatch: CommandLine) -> None:
    """A store that was never filled is filled first."""
    read, parsed = claimwatch("claims", "list"), claimwatch("claims", "list", "--json")

    assert (read.code, parsed.code) == (0, 0)
    assert read.out.startswith("1 claim tracked\n")
    assert "sample-shells" in read.out
    assert parsed.rows == [[ROW]]


def test_a_claim_is_shown(claimwatch: CommandLine) -> None:
    """One claim, by its id in any case."""
    ran = claimwatch("claims", "show", "Sample-Shells")

    assert ran.code == 0
    assert ROW["statement"] in " ".join(ran.out.split())
    assert claimwatch("claims", "show", "sample-shells", "--all").out == ran.out, "nothing was left out"


def test_a_claim_that_is_not_there_is_exit_code_2(claimwatch: CommandLine) -> None:
    """The near ones are named on stderr, and nothing is printed as a result."""
    ran = claimwatch("claims", "show", "sample-shell")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "claimwatch: There is no claim “sample-shell”\nDid you mean: sample-shells\n"


def test_claims_are_searched_for_people_and_for_programs(claimwatch: CommandLine) -> None:
    """Every word counts, in any order."""
    read = claimwatch("claims", "search", "rason", "shells")
    parsed = claimwatch("claims", "search", "rason", "shells", "--json")

    assert (read.code, parsed.code) == (0, 0)
    assert "sample-shells" in read.out
    assert parsed.rows == [[ROW]]


def test_a_search_that_finds_nothing_is_an_answer(claimwatch: CommandLine) -> None:
    """Nothing found is no failure: exit code 0, and an empty list for programs."""
    read, parsed = claimwatch("claims", "search", "qqq"), claimwatch("claims", "search", "qqq", "--json")

    assert (read.code, parsed.code, parsed.rows) == (0, 0, [[]])
    assert "No claim has any word of “qqq”" in read.out


def test_a_search_for_nothing_is_exit_code_2(claimwatch: CommandLine) -> None:
    """The words to look for are missing."""
    ran = claimwatch("claims", "search")

    assert (ran.code, ran.out) == (2, "")
    assert "WORDS" in ran.err.upper()


def test_stories_are_exported_one_a_line(claimwatch: CommandLine) -> None:
    """Each has its feed, its words, its date and the event that it belongs to."""
    event = claimwatch.fill()
    ran = claimwatch("stories", "export")

    assert ran.code == 0
    assert ran.rows == [
        {
            "feed": "https://feeds.sample-herald.example/world.xml",
            "title": "포탄 leave Rason",
            "url": "https://sample-herald.example/1",
            "published": "2024-08-27T11:09:00+00:00",
            "revisions": 0,
            "event": event,
        }
    ]
    assert "포탄" in ran.out


def test_a_picture_of_another_kind_is_refused(claimwatch: CommandLine) -> None:
    """Pictures are PNG files, and no other name is given to one."""
    ran = claimwatch("claims", "figures", "sample-shells", "--picture", "x.jpg")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "claimwatch: --picture: expected a file that ends in .png, not 'x.jpg'\n"
