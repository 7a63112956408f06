"""What claims learn from people's verdicts."""

import pytest

from claims.matching.lexicon import Lexicon
from claims.matching.matcher import Matcher
from claims.matching.prototypes import NEWEST, Prototype, Prototypes, prototypes_of
from claims.verdicts import Judged
from claims.when import Day
from tests.support.build import claim, reading, story, verdict

TOLD = story()
SHELLS = (("item:shells", 1.0), ("place:najin", 0.5), ("actor:dprk", 0.1))
BREAD = (("item:bread", 1.0), ("actor:dprk", 0.1))


def example(
    concepts: tuple[tuple[str, float], ...] = SHELLS, *, bears: bool = True, of: str = "1"
) -> Prototype:
    """Return an example for the claim about shells."""
    return Prototype("shells", of, concepts, bears)


def test_verdicts_make_prototypes() -> None:
    """A story is an example of the claim that it was moved to, and a counter-example of the one it left."""
    moved = verdict(TOLD, "wrong-claim", claim_id="containers-2023", right_claim="shells")
    read = reading(TOLD, concepts=SHELLS)

    assert list(prototypes_of([Judged(TOLD, read, None, (moved,))])) == [
        Prototype("containers-2023", TOLD.id, SHELLS, bears=False),
        Prototype("shells", TOLD.id, SHELLS, bears=True),
    ]


@pytest.mark.parametrize(
    ("examples", "signal"),
    [
        ([], 0.0),
        ([example()], 1.0),
        ([example(bears=False)], -1.0),
        ([example(), example(bears=False, of="2")], 0.0),
        ([example(BREAD)], 0.0),
        ([example(BREAD, bears=False), example(of="2")], 1.0),
    ],
)
def test_the_nearest_example_of_each_sign_counts(examples: list[Prototype], signal: float) -> None:
    """The image of what bears on a claim is 1, of what does not -1; what is unlike all of them is 0."""
    assert Prototypes(examples).signal("shells", "new", SHELLS) == pytest.approx(signal)


def test_likeness_is_soft_and_bounded() -> None:
    """A story that shares some of it stands between."""
    half = Prototypes([example()]).signal("shells", "new", (("item:shells", 1.0), ("item:fuel", 0.6)))

    assert 0.0 < half < 1.0


def test_a_story_does_not_learn_from_itself() -> None:
    """What was said of a story does not echo when it is read again."""
    assert Prototypes([example(of="1")]).signal("shells", "1", SHELLS) == 0.0


def test_examples_teach_their_own_claim_alone() -> None:
    """Another claim hears nothing of them, and a story without concepts is like none."""
    learnt = Prototypes([example(), example((), of="2")])

    assert learnt.signal("containers-2023", "new", SHELLS) == 0.0
    assert learnt.signal("shells", "new", ()) == 0.0


def test_only_the_newest_examples_are_kept() -> None:
    """An old example gives way, so that what a story costs stays bounded."""
    newer = [example(BREAD, of=str(n)) for n in range(NEWEST)]

    assert Prototypes([*newer, example(of="old")]).signal("shells", "new", SHELLS) == 0.0


@pytest.mark.parametrize(("bears", "moves"), [(True, 1), (False, -1)])
def test_the_matcher_hears_examples(lexicon: Lexicon, *, bears: bool, moves: int) -> None:
    """A story like one that was confirmed is linked more surely, and one like a rejected one less."""
    ours = claim("ours", statement="North Korea shipped containers of shells to Russia", said_on=Day(2024, 8))
    first = story("North Korea sends containers of shells to Russia by rail", summary="")
    alike = story("North Korea sent more containers of shells to Russia by rail", summary="")
    unread = Matcher(lexicon, [ours])

    heard = [Prototype("ours", first.id, unread.read(first).concepts, bears)]
    taught = Matcher(lexicon, [ours], prototypes=heard)

    (before,), (after,) = unread.rank(alike), taught.rank(alike)
    assert (after.score - before.score) * moves > 0
    assert taught.rank(first) == unread.rank(first)


def test_likeness_turns_even_odds_to_near_certainty_and_no_further() -> None:
    """What people taught is heard beside the words of a story, not in their place."""
    liked, disliked = Prototypes([example()]), Prototypes([example(bears=False)])

    assert liked.taught(0.5, "shells", "new", SHELLS) == pytest.approx(0.88, abs=0.01)
    assert disliked.taught(0.5, "shells", "new", SHELLS) == pytest.approx(0.12, abs=0.01)
    assert liked.taught(0.0, "shells", "new", SHELLS) == 0.0
