"""How many sources stand behind a happening."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.independence import Support, counted, support, tally
from claims.model import Member, Origin, Stance
from tests.support.build import evidence, member, source


def account(
    outlet: str,
    origin: str | None = None,
    *,
    by: str = "",
    by_outlet: bool = False,
    family: str = "",
    relayed: str | None = None,
) -> Member:
    """Return a story of an outlet that relays an origin, by another where it names one."""
    publisher = source(outlet, family=family or outlet)
    told = member(f"{relayed or outlet} on {origin}", origin=origin, source=publisher, relayed_from=relayed)
    chain = tuple(name for name in (origin, by) if name)
    named = Origin(chain, by_outlet=by_outlet) if chain else None
    return replace(told, reading=replace(told.reading, origin=named))


def copy(outlet: str, origin: str | None = None) -> Member:
    """Return an outlet's copy of one and the same report."""
    publisher = source(outlet, family=outlet)
    return member("Moscow rejects the report of shells", origin=origin, source=publisher)


@pytest.mark.parametrize(
    ("members", "families", "origins", "independent"),
    [
        pytest.param([], 0, 0, 0, id="nobody"),
        pytest.param([account("Herald")], 1, 1, 1, id="one that names nobody"),
        pytest.param([account("Herald"), account("Courier")], 2, 2, 2, id="two that name nobody"),
        pytest.param(
            [account(name, "Ministry") for name in ("Herald", "Courier", "Post")], 3, 1, 1, id="one origin"
        ),
        pytest.param(
            [account("Herald", "NIS"), account("Herald", "JCS")], 1, 2, 1, id="one family, two origins"
        ),
        pytest.param(
            [account("Herald", "NIS"), account("Courier", "JCS")], 2, 2, 2, id="two families, two origins"
        ),
        pytest.param(
            [account("Herald", family="House"), account("Evening Herald", family="HOUSE ")],
            1,
            1,
            1,
            id="one house",
        ),
        pytest.param(
            [account("Herald", "NIS"), account("Courier", " nis")], 2, 1, 1, id="one origin, folded"
        ),
        pytest.param(
            [account("Wire"), account("Herald", "Wire"), account("Post", "WIRE")],
            3,
            1,
            1,
            id="a wire and reprints",
        ),
        pytest.param(
            [account("Wire (ru)", family="Wire"), account("Herald", "Wire (ru)")],
            2,
            1,
            1,
            id="a wire by its feed",
        ),
        pytest.param(
            [account("Herald"), account("Aggregator", relayed="Herald")], 1, 1, 1, id="one story by two feeds"
        ),
        pytest.param(
            [account("Aggregator", relayed="Herald"), account("Aggregator", relayed="Post")],
            2,
            2,
            2,
            id="two outlets by one aggregator",
        ),
        pytest.param(
            [account("Herald", "Intelligence Agency"), account("Post", "South Korean Intelligence Agency")],
            2,
            1,
            1,
            id="a body with its country and without",
        ),
        pytest.param(
            [copy("Herald"), copy("Courier"), copy("Post")], 3, 1, 1, id="three copies that name nobody"
        ),
        pytest.param(
            [copy("Herald"), copy("Courier", "Wire"), account("Wire")],
            3,
            1,
            1,
            id="a copy that names nobody is the account of the wire that another names",
        ),
        pytest.param(
            [account("Herald", "NIS"), account("Courier"), account("Post")],
            3,
            1,
            1,
            id="who names nobody has it from the body that others name",
        ),
        pytest.param(
            [account("Herald", "Wire", by_outlet=True), account("Courier"), account("Post")],
            3,
            1,
            1,
            id="who names nobody has it from the outlet that others name",
        ),
        pytest.param(
            [account("Herald", "Sample Imaging", by="Wire"), account("Courier", "Wire", by_outlet=True)],
            2,
            1,
            1,
            id="an outlet that tells what a body found is no account beside it",
        ),
        pytest.param(
            [account("Herald", "Sample Imaging", by="Ministry"), account("Courier", "Ministry")],
            2,
            2,
            2,
            id="a body that cites another is an account of its own",
        ),
        pytest.param(
            [account("A", "x"), account("B", "x"), account("A", "y"), account("C", "z"), account("A", "z")],
            3,
            3,
            3,
            id="each origin can be given a family of its own",
        ),
    ],
)
def test_accounts_are_counted(members: list[Member], families: int, origins: int, independent: int):
    """Feeds, reprints and outlets of one house add nothing; origins with families of their own do."""
    counted = tally(members)
    assert (counted.families, counted.origins, counted.independent) == (families, origins, independent)


def test_of_origins_that_one_family_alone_tells_the_first_counts():
    """Who is counted can be named: as many as there are accounts, the first before others."""
    told = [account("A", "x"), account("A", "y"), account("B", "z"), account("A", "z")]

    assert counted(told) == {"x", "z"}
    assert counted(told[1:]) == {"y", "z"}
    assert len(counted(told)) == tally(told).independent


def test_outlets_are_named_once_as_they_came():
    """An outlet is named as people know it: the one that was relayed, not the feed that relayed it."""
    told = [
        account("Post"),
        account("Aggregator", relayed="Herald"),
        account("Post", "NIS"),
        account("Herald"),
    ]
    assert tally(told).outlets == ("Post", "Herald")


NAMES = st.sampled_from("abcd")
MEMBERS = st.lists(
    st.builds(
        account,
        NAMES,
        st.none() | NAMES,
        by=st.just("") | NAMES,
        by_outlet=st.booleans(),
        family=NAMES,
        relayed=st.none() | NAMES,
    ),
    max_size=8,
)


@given(MEMBERS, MEMBERS)
def test_a_count_of_accounts_never_exceeds_what_it_counts(first: list[Member], more: list[Member]):
    """Independent accounts are at most the families, the origins and the stories, and at least one if any."""
    counted = tally(first + more)
    assert counted.independent <= min(counted.families, counted.origins, len(first + more))
    assert (counted.independent > 0) == bool(first + more)


@given(MEMBERS, st.randoms(use_true_random=False))
def test_the_count_does_not_depend_on_who_came_first(members: list[Member], random):
    """The order of arrival changes the order of the names and nothing else."""
    shuffled = list(members)
    random.shuffle(shuffled)
    counted, again = tally(members), tally(shuffled)
    assert set(counted.outlets) == set(again.outlets)
    assert (counted.families, counted.origins, counted.independent) == (
        again.families,
        again.origins,
        again.independent,
    )


def told(outlet: str, origin: str, stance: Stance, *, party: bool = False) -> Member:
    """Return a story of an outlet, with its stance on one claim and the origin that it relays."""
    said = member(f"{outlet}: {origin}", source=source(outlet), origin=origin)
    reading = replace(
        said.reading, evidence=(evidence(said.story, stance=stance),), origin=Origin((origin,), party=party)
    )
    return replace(said, reading=reading)


SEOUL = told("Herald", "NIS", Stance.SUPPORTS)
KYIV = told("Post", "HUR", Stance.SUPPORTS)
DENIAL = told("Agency", "Kremlin", Stance.DISPUTES, party=True)
ANALYST = told("Review", "Sample Institute", Stance.DISPUTES)
ADMISSION = told("State", "KCNA", Stance.SUPPORTS, party=True)
ASIDE = told("Courier", "Sample Bureau", Stance.BACKGROUND)


@pytest.mark.parametrize(
    ("members", "denial", "independent", "disputed"),
    [
        pytest.param([SEOUL], False, 1, False, id="one account"),
        pytest.param([SEOUL, KYIV, ASIDE], False, 2, False, id="who only recalls it supports nothing"),
        pytest.param([SEOUL, DENIAL], False, 1, False, id="a party's denial is no evidence against it"),
        pytest.param([SEOUL, ANALYST], False, 1, True, id="evidence disputes it"),
        pytest.param([DENIAL], False, 0, False, id="a party's denial confirms nothing"),
        pytest.param([DENIAL, ANALYST], False, 1, False, id="another account against it counts"),
        pytest.param([DENIAL, SEOUL], False, 0, True, id="the denial is disputed"),
        pytest.param([ADMISSION, SEOUL], False, 2, False, id="what a party admits counts"),
        pytest.param([ADMISSION], True, 0, False, id="a claim that is itself a party's denial"),
    ],
)
def test_support_counts_one_side(members: list[Member], denial: bool, independent: int, disputed: bool):
    """What stands behind a link is who tells it and is no party that denies its own conduct."""
    assert support(members, members[0].reading.evidence[0], denial=denial) == Support(independent, disputed)
