"""Whether a story bears a claim out by whom it names."""

from dataclasses import replace

import pytest

from claims.model import Mark, Member, Origin
from claims.standing import as_written
from claims.vouching import by_outlet, names_somebody, vouches
from tests.support.build import member

SUMMARY = "Sample ships called at Rason. The army had counted 40 containers in spring."


def read_from(words: str, *, judge: str | None = None, first: bool = True, unsure: str = "") -> Member:
    """Return a story of a Sample institute that bears on a claim by these words of its own."""
    told = member(
        "Sample pictures show a port",
        ["sample-claim", "sample-other"],
        origin="Sample institute",
        summary=SUMMARY,
    )
    at = told.story.text.index(words)
    marked = replace(told.reading.evidence[0], judge=judge, why=(Mark(at, at + len(words), words),))
    other = told.reading.evidence[1]
    origin = Origin(("Sample institute",), unsure=(unsure,) if unsure else ())
    links = (marked, other) if first else (other, marked)
    return replace(told, reading=replace(told.reading, evidence=links, origin=origin))


@pytest.mark.parametrize(
    ("told", "does"),
    [
        pytest.param(read_from("port"), True, id="by the headline"),
        pytest.param(read_from("ships"), True, id="by the first sentence"),
        pytest.param(read_from("containers"), False, id="by what it recalls behind"),
        pytest.param(read_from("containers", judge="console"), True, id="as a person judged"),
        pytest.param(read_from("port", first=False), False, id="after another claim"),
        pytest.param(read_from("port", unsure="Sample institute"), False, id="which it does not confirm"),
        pytest.param(read_from("port", unsure="Sample army"), True, id="which another does not confirm"),
    ],
)
def test_who_is_named_vouches_for_what_stands_first(told: Member, does: bool) -> None:
    """Behind the first sentence a story recalls what others said, so whoever it names is no witness of it."""
    link = next(each for each in told.reading.evidence if each.claim_id == "sample-claim")

    assert vouches(told, link, as_written) is does


def test_an_outlet_that_a_feed_relays_is_nobody_who_is_named() -> None:
    """A story that names the outlet it was taken from names nobody, and one that names another an outlet."""
    told = member(origin="Sample Wire")
    assert names_somebody(told)
    assert not names_somebody(replace(told, story=replace(told.story, relayed_from="Sample Wire")))
    assert not names_somebody(member())

    assert not by_outlet(told)
    assert not by_outlet(member())
    outlet = replace(told.reading, origin=Origin(("Sample Wire",), by_outlet=True))
    assert by_outlet(replace(told, reading=outlet))
