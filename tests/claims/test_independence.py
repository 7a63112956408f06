"""How many sources stand behind a happening."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.independence import tally
from claims.model import Member
from tests.support.build import member, source


def account(
    outlet: str, origin: str | None = None, *, family: str = "", relayed: str | None = None
) -> Member:
    """Return a story of an outlet that relays an origin."""
    publisher = source(outlet, family=family or outlet)
    return member(f"{outlet} on {origin}", origin=origin, source=publisher, relayed_from=relayed)


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
    st.builds(account, NAMES, st.none() | NAMES, family=NAMES, relayed=st.none() | NAMES), max_size=8
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
