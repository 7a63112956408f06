"""What words make a claim, and what is said of those that make none."""

from collections.abc import Callable
from itertools import chain, repeat

import pytest

from bot.commands.claim_of import claim_of, edited, same_statement
from bot.present import error_card
from claims.errors import UsageError
from claims.model import Claim
from claims.when import Day
from tests.support.build import claim

TODAY = Day(2024, 8, 27)
SHARED, GENERAL = claim(), claim("arms-trade")
REGISTER = {each.id: each for each in (SHARED, GENERAL)}
SAID = {"statement": "Oil deliveries above the cap reach Chongjin", "said_by": "Sample Panel"}


def in_turn(characters: str) -> Callable[[str], str]:
    """Return a chooser that picks these, then the last of them for ever."""
    rest = chain(characters, repeat(characters[-1]))
    return lambda _among: next(rest)


def made(ending: str = "k3f9", **entries: str) -> Claim:
    """Return the claim of the usual words with these beside them."""
    words = {**SAID, **entries}
    return claim_of(words, REGISTER, workspace="discord:500", today=TODAY, choose=in_turn(ending))


def test_a_claim_needs_what_is_said_and_who_says_so() -> None:
    """It is of its workspace, said today unless a day is named, and its id begins with its words."""
    assert made() == Claim(
        id="oil-deliveries-above-cap-k3f9",
        statement=SAID["statement"],
        said_by="Sample Panel",
        said_on=TODAY,
        workspace="discord:500",
    )


def test_fields_take_what_people_type() -> None:
    """Lists have commas between their parts, tags are in lower case, and a day may be a month."""
    found = made(
        said_on="2024-03",
        tags="Oil, sea  route,oil",
        items=" oil ,  diesel",
        places="Chongjin",
        denial="yes",
        parent="ARMS-trade",
        disputes="containers-2023",
    )

    assert (found.said_on, found.tags, found.items) == (
        Day(2024, 3),
        ("oil", "sea-route"),
        ("oil", "diesel"),
    )
    assert (found.places, found.denial, found.parent) == (("Chongjin",), True, "arms-trade")
    assert found.disputes == ("containers-2023",)


@pytest.mark.parametrize(
    ("statement", "begins"),
    [
        ("유가가 상한을 넘었다", "claim"),
        ("13,000 containers", "13-000-containers"),
        ("a" * 200, "a" * 30),
    ],
)
def test_any_statement_makes_an_id(statement: str, begins: str) -> None:
    """It is one that every store, command and button takes, in whatever script the statement is."""
    assert made("z", statement=statement).id == f"{begins}-zzzz"


def test_no_id_is_given_twice() -> None:
    """Where the characters were drawn before, others are."""
    first = made("aaaa")
    register = {**REGISTER, first.id: first}
    choose = in_turn("aaaabbbb")

    assert claim_of(SAID, register, workspace=None, today=TODAY, choose=choose).id.endswith("-bbbb")


@pytest.mark.parametrize(
    ("entries", "mistake"),
    [
        ({"statement": ""}, "statement: expected a text"),
        ({"said_by": " "}, "said_by: expected a text"),
        ({"statement": "x" * 501}, "statement: expected at most 500 characters"),
        ({"said_on": "soon"}, "said_on: expected a day such as 2023-10-13"),
        ({"said_on": "2024-08-28"}, "said_on: expected a day that is not still to come"),
        ({"denial": "perhaps"}, "denial: expected yes or no"),
        ({"parent": "arms-trad"}, "parent: expected the id of another claim such as arms-trade"),
        ({"parent": "zzz"}, "parent: expected the id of another claim"),
        ({"denial": "yes", "disputes": "zzz"}, "disputes: expected the id of another claim"),
        ({"disputes": "arms-trade"}, "disputes: goes with denial=yes"),
        ({"tags": ",".join(map(str, range(11)))}, "tags: expected at most 10"),
        ({"items": "x" * 61}, "items: expected at most 60 characters"),
    ],
)
def test_a_mistake_names_its_field(entries: dict[str, str], mistake: str) -> None:
    """Whoever typed it can mend it, and nothing is made of half of it."""
    with pytest.raises(UsageError) as raised:
        made(**entries)

    assert str(raised.value).startswith(mistake)


def test_mistakes_are_told_together() -> None:
    """One answer names them all, a line each."""
    with pytest.raises(UsageError) as raised:
        made(said_on="soon", denial="perhaps")

    assert [line.partition(":")[0] for line in str(raised.value).splitlines()] == ["said_on", "denial"]
    assert [*raised.value.wrong] == [*error_card(raised.value).wrong] == ["said_on", "denial"]


def test_an_edit_changes_what_is_named_alone() -> None:
    """The id, the workspace and all other fields stay; `none` empties a field."""
    kept = made(tags="oil", parent="arms-trade", denial="yes", disputes="containers-2023")
    found = edited(
        kept,
        {"statement": "Less oil", "tags": "none", "parent": "none", "denial": "no", "disputes": "none"},
        REGISTER,
        TODAY,
    )

    assert found == Claim(
        kept.id, "Less oil", kept.said_by, kept.said_on, workspace=kept.workspace, denial=False
    )


def test_a_claim_is_no_part_of_itself() -> None:
    """Neither at once nor by way of another."""
    kept = made()
    child = claim("child", parent=kept.id)
    register = {**REGISTER, kept.id: kept, "child": child}

    for parent in (kept.id, "child"):
        with pytest.raises(UsageError, match="parent: expected"):
            edited(kept, {"parent": parent}, register, TODAY)


def test_the_same_words_are_the_same_claim() -> None:
    """Case and a full stop make no difference, and a claim is not its own double."""
    kept = made()
    again = made(ending="x2y4", statement=SAID["statement"].upper() + ".")

    assert same_statement(again, [SHARED, kept]) == kept
    assert same_statement(kept, [SHARED, kept]) is None
