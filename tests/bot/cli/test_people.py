"""`claims track`, `edit`, `retire` and `audit` on the command line."""

import pytest

from tests.support.cli import CommandLine

OIL = ("claims", "track", "Tankers bring refined oil to Chongjin above the cap", "--said-by", "Sample Panel")


def test_a_claim_is_tracked_changed_and_retired(claimwatch: CommandLine) -> None:
    """It is everybody's, each change is answered, and the audit log has them all, for programs too."""
    tracked = claimwatch(*OIL, "--tags", "oil", "--denial", "no")
    (own,) = {row["id"] for row in claimwatch("claims", "list", "--json").rows[0]} - {"sample-shells"}
    edited = claimwatch("claims", "edit", own, "--said-by", "Sample Council", "--tags", "none")
    retired = claimwatch("claims", "retire", own, "Said twice")
    read, parsed = claimwatch("audit"), claimwatch("audit", "--json", "--limit", "2")

    assert [each.code for each in (tracked, edited, retired, read, parsed)] == [0] * 5
    assert f"TRACKED FROM NOW ON · {own}" in tracked.out
    assert f"claimwatch claims show {own} tells what comes" in tracked.out
    assert "Sample Council (was Sample Panel)" in edited.out
    assert f"NO LONGER TRACKED · {own}" in retired.out
    assert "3 changes, the newest first" in read.out
    assert [(row["action"], row["workspace"], row["person"]) for row in parsed.rows[0]] == [
        ("claim retire", "console", "console"),
        ("claim edit", "console", "console"),
    ]
    assert parsed.rows[0][0]["details"] == f"claim={own} why=Said twice"


def test_a_claim_of_the_seed_file_is_changed_for_good(claimwatch: CommandLine) -> None:
    """The file is the beginning of the register: what whoever runs the bot says later counts."""
    claimwatch("claims", "edit", "sample-shells", "--said-by", "Sample Council")
    claimwatch("seed")

    assert "Sample Council" in claimwatch("claims", "show", "sample-shells").out


@pytest.mark.parametrize(
    ("args", "mistake"),
    [
        ((*OIL, "--said-on", "soon"), "said_on: expected a day"),
        ((*OIL, "--parent", "nothing"), "parent: expected the id of another claim"),
        (("claims", "retire", "nothing", "Old"), "There is no claim “nothing”"),
        (("claims", "edit", "sample-shells"), "Nothing would change"),
    ],
)
def test_a_mistake_ends_with_2(claimwatch: CommandLine, args: tuple[str, ...], mistake: str) -> None:
    """It names the field or the claim, and nothing is noted."""
    ran = claimwatch(*args)

    assert (ran.code, mistake in ran.err) == (2, True)
    assert "Nothing was changed" in claimwatch("audit").out
