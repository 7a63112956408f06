"""What single workspaces track changes nothing of what anybody else is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from claims.matching.lexicon import Lexicon
from claims.matching.matcher import Matcher
from claims.matching.workspaces import WorkspacesMatcher
from claims.model import Claim, Event, Member
from claims.seeding import read_claims
from claims.visibility import member_seen
from claims.when import Day
from tests.support import build
from tests.support.busy_day import day

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
NEAR_COPIES = (
    "Sample Agency told of artillery shells and containers of munitions",
    "North Korea supplied Russia with arms, munitions and shells",
    "The White House told of North Korean arms",
    "North Korean munitions reached Russia by ship",
    "North Korean missiles hit Kharkiv",
    "Oil tankers came to North Korea",
    "Rotterdam sells the ferry Maasvlakte to Gdansk",
)
OWN = [
    Claim(f"own-{number}", words, "Sample Desk", Day(2024, 1, 1), workspace="discord:66")
    for number, words in enumerate(NEAR_COPIES)
]
HIDDEN = frozenset(claim.id for claim in OWN)


@pytest.fixture(scope="module")
def read(lexicon: Lexicon) -> list[tuple[Member, Member]]:
    """Return the stories of a day as they are read without claims of a workspace's own, and with them."""
    register = read_claims(SEEDS / "claims.toml")
    without = Matcher(lexicon, register, register)
    beside = WorkspacesMatcher(lexicon, [*register, *OWN], register)
    told = [piece for piece in day(140) if piece.happening is not None][:40]
    stories = [
        build.story(
            piece.title, summary=piece.summary, url=piece.address, published_at=piece.at, seen_at=piece.at
        )
        for piece in told
    ]
    stories.append(build.story(NEAR_COPIES[-1], summary=""))
    return [(Member(each, without.read(each)), Member(each, beside.read(each))) for each in stories]


def test_own_claims_are_read(read: list[tuple[Member, Member]]):
    """Stories bear on them, also one that is of no other matter, which then is so for them alone."""
    found = {link.claim_id for _, member in read for link in member.reading.evidence}
    (before, after) = read[-1]

    assert len(found & HIDDEN) >= 5
    assert (before.reading.relevant, after.reading.relevant, after.reading.by_itself) == (False, True, False)


def test_strangers_read_what_they_would_read_without_them(read: list[tuple[Member, Member]]):
    """Relevance, its score, concepts and links are as if nobody had claims of their own."""
    apart = [
        before.story.title
        for before, after in read
        if replace(member_seen(after, HIDDEN).reading, by_itself=True) != member_seen(before, HIDDEN).reading
    ]
    assert apart == []
    assert all(before.reading.concepts == after.reading.concepts for before, after in read)


def test_stories_are_joined_as_they_would_be_without_them(
    lexicon: Lexicon, read: list[tuple[Member, Member]]
):
    """No near copy of what two stories say makes one happening of them, or two."""
    register = read_claims(SEEDS / "claims.toml")
    without, beside = Matcher(lexicon, register), WorkspacesMatcher(lexicon, [*register, *OWN])
    pairs = [(a, b) for n, a in enumerate(read) for b in read[:n] if a[0].reading.relevant]
    joined = [
        (
            without.group(one[0], [Event("e", (other[0],))]) is not None,
            beside.group(one[1], [Event("e", (other[1],))]) is not None,
        )
        for one, other in pairs
        if other[0].reading.relevant
    ]
    assert any(before for before, _ in joined)
    assert [before for before, _ in joined] == [after for _, after in joined]


def test_what_only_they_make_of_the_matter_stands_between_no_others(
    lexicon: Lexicon, read: list[tuple[Member, Member]]
):
    """A story of the matter is compared with such stories alone, and never joins an event of only others."""
    beside = WorkspacesMatcher(lexicon, [*read_claims(SEEDS / "claims.toml"), *OWN])
    (_, theirs), (_, ours) = read[-1], next(pair for pair in read if pair[0].reading.relevant)
    twin = replace(theirs, reading=replace(theirs.reading, by_itself=True))
    both = Event("e", (theirs, ours))

    assert beside.group(theirs, [Event("e", (theirs,))]) == Event("e", (theirs,))
    assert beside.group(twin, [Event("e", (theirs,))]) is None
    assert beside.group(ours, [both]) == both
