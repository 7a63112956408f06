"""`claims show --profile` and `claims profile`: how a claim is recognised, and what corrects it."""

import pytest

from tests.support.cli import CLAIMS, CommandLine


def test_a_claim_shows_its_words_and_the_table_that_corrects_it(claimwatch: CommandLine) -> None:
    """The words of one language where it is asked for; the table is pasted as it stands."""
    shown = claimwatch("claims", "show", "sample-shells", "--profile", "--lang", "ko")
    head, table = shown.out.split("[claim.profile]\n")

    assert shown.code == 0
    assert "PROFILE · sample-shells" in head
    assert "포탄" in head
    assert "artillery round" not in head
    claimwatch.write("claims.toml", f"{CLAIMS}[claim.profile]\n{table}")
    assert claimwatch("seed").code == 0
    again = claimwatch("claims", "show", "sample-shells", "--profile", "--json").rows
    assert [row["made"] for row in again] == ["own"]


def test_without_a_language_a_few_words_of_each_are_shown(claimwatch: CommandLine) -> None:
    """All words of nine languages would run to thousands of lines; where they are is said."""
    ran = claimwatch("claims", "profile", "North Korea gave Russia artillery shells")

    assert "more; ko: " in ran.out
    assert len(ran.out.splitlines()) < 200
    assert "--lang CODE shows every word of one language, --json those of all." in ran.out


def test_a_sentence_shows_its_profile_to_programs(claimwatch: CommandLine) -> None:
    """Nothing is kept; words come by concept and language, and what is made of others names them."""
    typed = "Russia gave North Korea fighter jets for Zvezda shells"
    (row,) = claimwatch("claims", "profile", typed, "--said-by", "Sample ministry", "--json").rows

    assert list(row) == ["id", "statement", "made", "profile", "words", "near", "toml"]
    assert (row["id"], row["statement"], row["made"]) == (None, typed, "like")
    assert row["words"]["term: zvezda"] == {"und": ["zvezda"]}
    assert {"en", "ko", "ru"} <= set(row["words"]["shells"])
    assert row["near"]
    assert row["toml"].startswith("[claim.profile]\nneed = [")
    assert [claim["id"] for claim in claimwatch("claims", "list", "--json").rows[0]] == ["sample-shells"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("show", "sample-shells", "--profile", "--lang", "xx"),
            "there is no folder of words for 'xx'",
        ),
        (("show", "sample-shells", "--lang", "ko"), "--json and --lang go with --profile"),
        (("profile", "sample-shell"), "There is no claim “sample-shell”"),
    ],
)
def test_what_does_not_fit_is_exit_code_2(
    claimwatch: CommandLine, arguments: tuple[str, ...], says: str
) -> None:
    """It is told on stderr, with what would fit."""
    ran = claimwatch("claims", *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
