"""How a claim stands by what others said of it."""

from dataclasses import replace

import pytest

from claims.model import Claim, Evidence, Member, Origin, Stance
from claims.standing import GroundKind, Standing, State, as_written, standing
from claims.timeline import timeline
from claims.when import Day
from tests.support.build import at, claim, evidence, member, source

DENIAL = claim("denial-sample", said_by="Sample embassy", said_on=Day(2022, 11, 8), denial=True)
"""Of a time when the claim was not said yet."""
ANSWER = replace(DENIAL, said_on=Day(2023, 10, 14))
"""Of the day after it was said."""
DENIED = claim(disputed_by=(DENIAL.id,))


def story(
    title: str, body: str | None, *, party: bool = False, minutes: float = 0, **stances: Stance
) -> Member:
    """Return a story of an outlet of its own, of what a body says: stances by claim id, `_` for `-`."""
    told = member(title, [], origin=body, source=source(f"Outlet of {title}"), published_at=at(minutes))
    links: list[Evidence] = [
        evidence(told.story, claim_id.replace("_", "-"), stance=stance)
        for claim_id, stance in (stances or {"containers_2023": Stance.SUPPORTS}).items()
    ]
    origin = told.reading.origin and replace(told.reading.origin, party=party)
    return replace(told, reading=replace(told.reading, evidence=tuple(links), origin=origin))


def judged(told: Member) -> Member:
    """Return a story whose links a person made."""
    links = tuple(replace(link, judge="discord:901") for link in told.reading.evidence)
    return replace(told, reading=replace(told.reading, evidence=links))


def relayed(told: Member) -> Member:
    """Return a story that names nobody but the outlet that its feed names."""
    origin = told.reading.origin
    return replace(told, story=replace(told.story, relayed_from=origin and origin.root))


def unsure(told: Member, *who: str) -> Member:
    """Return a story by whose first words these do not confirm it."""
    origin = told.reading.origin and replace(told.reading.origin, unsure=who)
    return replace(told, reading=replace(told.reading, origin=origin))


def outlets(told: Member) -> Member:
    """Return a story that names an outlet alone as who says so."""
    origin = told.reading.origin and replace(told.reading.origin, by_outlet=True)
    return replace(told, reading=replace(told.reading, origin=origin))


def of(asked: Claim, *members: Member, denials: tuple[Claim, ...] = ()) -> Standing:
    """Return how a claim stands by these stories, each a happening."""
    return standing(
        asked, timeline(asked, [(each, each.story.id) for each in members], {}), denials, as_written
    )


AGAINST = {"containers_2023": Stance.DISPUTES}
ADMITS = {"containers_2023": Stance.SUPPORTS, "denial_sample": Stance.DISPUTES}

CASES = {
    "nothing is known of it": ((), (), State.ASSERTED, 0),
    "its sayer repeats it": ((story("A", "White House"),), (), State.ASSERTED, 0),
    "outlets relay its sayer": (
        (story("A", "White House"), story("B", "White House", minutes=1)),
        (),
        State.ASSERTED,
        0,
    ),
    "another body does not confirm it": (
        (unsure(story("A", "Sample institute"), "Sample institute"),),
        (),
        State.ASSERTED,
        0,
    ),
    "another body says so, which somebody else does not confirm": (
        (unsure(story("A", "Sample institute"), "Sample embassy"),),
        (),
        State.CORROBORATED,
        1,
    ),
    "another body does not confirm it, but a person judged that it does": (
        (judged(unsure(story("A", "Sample institute"), "Sample institute")),),
        (),
        State.CORROBORATED,
        1,
    ),
    "a body says so and the opposite on one day": (
        (story("A", "Sample institute"), story("B", "Sample institute", minutes=1, **AGAINST)),
        (),
        State.DISPUTED,
        0,
    ),
    "a body says so, and the opposite on another day": (
        (story("A", "Sample institute"), story("B", "Sample institute", minutes=9_000, **AGAINST)),
        (),
        State.CORROBORATED,
        1,
    ),
    "a story names nobody": ((story("A", None),), (), State.ASSERTED, 0),
    "a story that names nobody disputes it": ((story("A", None, **AGAINST),), (), State.ASSERTED, 0),
    "an outlet says so by itself": ((outlets(story("A", "Sample Wire")),), (), State.CORROBORATED, 1),
    "an outlet says so a day after its sayer": (
        (story("A", "White House"), outlets(story("B", "Sample Wire", minutes=1_440))),
        (),
        State.ASSERTED,
        0,
    ),
    "an outlet says so on the day of another body, though before it": (
        (outlets(story("A", "Sample Wire")), story("B", "Sample institute", minutes=1)),
        (),
        State.CORROBORATED,
        1,
    ),
    "an outlet says so two days after a body": (
        (story("A", "Sample institute"), outlets(story("B", "Sample Wire", minutes=2_880))),
        (),
        State.CORROBORATED,
        2,
    ),
    "an outlet says so beside another outlet and a party": (
        (
            outlets(story("A", "Sample Wire")),
            outlets(story("B", "Sample Herald")),
            story("C", "Sample embassy", party=True),
        ),
        (),
        State.CORROBORATED,
        2,
    ),
    "a party says so of itself": ((story("A", "Sample embassy", party=True),), (), State.ASSERTED, 0),
    "another body says so": ((story("A", "Sample institute"),), (), State.CORROBORATED, 1),
    "outlets relay that one body": (
        (story("A", "Sample institute"), story("B", "Sample institute", minutes=1)),
        (),
        State.CORROBORATED,
        1,
    ),
    "two others say so": (
        (story("A", "Sample institute"), story("B", "Sample ministry")),
        (),
        State.CORROBORATED,
        2,
    ),
    "a denial answers it": ((), (ANSWER,), State.DISPUTED, 0),
    "a denial was made before it was said": ((), (DENIAL,), State.ASSERTED, 0),
    "a denial was made before it was said, and is repeated": (
        (story("A", "Sample embassy", party=True, **AGAINST),),
        (DENIAL,),
        State.DISPUTED,
        0,
    ),
    "evidence speaks against it": ((story("A", "Sample institute", **AGAINST),), (), State.DISPUTED, 0),
    "it is denied and corroborated": (
        (story("A", "Sample institute"),),
        (DENIAL,),
        State.CORROBORATED,
        1,
    ),
    "a party is cited in passing": (
        (story("A", "Sample embassy", party=True),),
        (ANSWER,),
        State.DISPUTED,
        0,
    ),
    "a party takes its denial back": (
        (story("A", "Sample embassy", party=True, **ADMITS),),
        (DENIAL,),
        State.CONCEDED,
        0,
    ),
    "a party had said it before it denied it": (
        (story("A", "Sample embassy", party=True, minutes=-460_000, **ADMITS),),
        (ANSWER,),
        State.DISPUTED,
        0,
    ),
    "another party contradicts the denial": (
        (story("A", "Sample general", party=True, **ADMITS),),
        (ANSWER,),
        State.DISPUTED,
        0,
    ),
    "whoever denies it supports it in passing": (
        (story("A", "Sample embassy"),),
        (ANSWER,),
        State.DISPUTED,
        0,
    ),
    "a denial is told beside another body's name": (
        (story("A", "Sample institute", **AGAINST, denial_sample=Stance.SUPPORTS),),
        (),
        State.DISPUTED,
        0,
    ),
    "a story bears on another claim first": (
        (story("A", "Sample institute", another=Stance.SUPPORTS, containers_2023=Stance.SUPPORTS),),
        (),
        State.ASSERTED,
        0,
    ),
    "a feed names whom it relays alone": (
        (relayed(story("A", "Sample Wire")),),
        (),
        State.ASSERTED,
        0,
    ),
    "somebody else contradicts the denial": (
        (story("A", "Sample institute", **ADMITS),),
        (DENIAL,),
        State.CORROBORATED,
        1,
    ),
    "whoever denied it is cited later": (
        (
            story("A", "Sample embassy", party=True, **AGAINST),
            story("B", "Sample embassy", party=True, minutes=1),
        ),
        (),
        State.DISPUTED,
        0,
    ),
    "whoever denied it says it later, as a person judged": (
        (
            story("A", "Sample embassy", party=True, **AGAINST),
            judged(story("B", "Sample Embassy", party=True, minutes=1)),
        ),
        (),
        State.CONCEDED,
        0,
    ),
    "whoever denied it had said it before": (
        (
            story("A", "Sample embassy", party=True),
            judged(story("B", "Sample embassy", party=True, minutes=1, **AGAINST)),
        ),
        (),
        State.DISPUTED,
        0,
    ),
}


@pytest.mark.parametrize(("stories", "denials", "state", "independent"), CASES.values(), ids=CASES)
def test_a_claim_stands_by_what_others_say(
    stories: tuple[Member, ...], denials: tuple[Claim, ...], state: State, independent: int
) -> None:
    """Neither the sayer nor those who relay it corroborate a claim; and only its deniers concede it."""
    found = of(DENIED, *stories, denials=denials)

    assert (found.state, found.independent) == (state, independent)


def test_a_standing_gives_its_reasons() -> None:
    """Each reason names who, when and by which story or denial, the first of each body alone."""
    denied = story("Denied", "Sample ministry", party=True, **AGAINST)
    first = story("First", "Sample institute", minutes=1)
    again = story("Again", "Sample institute", minutes=2)
    admitted = story("Admitted", "Sample embassy", party=True, minutes=3, **ADMITS)

    found = of(DENIED, denied, first, again, admitted, denials=(DENIAL,))

    assert [(each.kind, each.body, each.story_id, each.claim_id) for each in found.grounds] == [
        (GroundKind.ASSERTED, "White House", None, None),
        (GroundKind.CONCEDED, "Sample embassy", admitted.story.id, None),
        (GroundKind.CORROBORATED, "Sample institute", first.story.id, None),
        (GroundKind.DENIED, "Sample ministry", denied.story.id, None),
        (GroundKind.DENIED_BEFORE, "Sample embassy", None, DENIAL.id),
    ]
    assert found.of(GroundKind.DENIED_BEFORE)[0].day == Day(2022, 11, 8)
    assert found.of(GroundKind.CONCEDED)[0].headline == "Admitted"


def test_what_is_conceded_names_only_denials_of_the_same_matter() -> None:
    """Who denied arms and admits troops concedes the troops; the denial of arms was of something else."""
    troops = replace(DENIED, tags=("troops",))
    arms, same = replace(DENIAL, tags=("denial", "munitions")), replace(DENIAL, tags=("denial", "troops"))
    admitted = story("Admitted", "Sample embassy", party=True, **ADMITS)

    found = {
        denial.tags[1]: of(troops, admitted, denials=(denial,)).of(GroundKind.CONCEDED)
        for denial in (arms, same)
    }

    assert {matter: [each.claim_id for each in grounds] for matter, grounds in found.items()} == {
        "munitions": [None],
        "troops": [DENIAL.id],
    }


def test_bodies_of_one_government_are_one_origin() -> None:
    """A ministry and an agency of one country never count twice, nor beside a sayer of that country."""

    def who(words: str) -> frozenset[str]:
        return frozenset({"Sampleland"}) if "Sample" in words else frozenset({words})

    told = [story("A", "Sample ministry"), story("B", "Sample agency", minutes=1), story("C", "Other")]
    steps = timeline(DENIED, [(each, each.story.id) for each in told], {})

    abroad, at_home = (
        standing(DENIED, steps, (), who),
        standing(replace(DENIED, said_by="Sample president"), steps, (), who),
    )

    assert (abroad.independent, len(abroad.of(GroundKind.CORROBORATED))) == (2, 3)
    assert (at_home.independent, at_home.of(GroundKind.CORROBORATED)[0].body) == (1, "Other")


def test_an_outlet_that_tells_what_another_body_found_is_no_origin_beside_it() -> None:
    """Whatever the day: its own story is most likely of that body's finds, too."""
    found = story("A", "Sample imaging")
    chain = Origin(("Sample imaging", "Sample wire"))
    found = replace(found, reading=replace(found.reading, origin=chain))
    own, other = (
        outlets(story(title, body, minutes=10_000))
        for title, body in (("B", "Sample wire"), ("C", "Sample paper"))
    )

    assert of(DENIED, found, own, other).origins == {"sample imaging", "sample paper"}
    assert of(DENIED, own).origins == {"sample wire"}


def test_a_denial_is_never_corroborated_but_can_be_contradicted_as_a_person_judged() -> None:
    """Others cannot vouch for a party's conduct, and whether it says otherwise one day only a person says."""
    told = {"denial_sample": Stance.SUPPORTS}
    repeated = story("A", "Sample institute", **told)
    admitted = story("B", "Sample embassy", party=True, denial_sample=Stance.DISPUTES)
    ally = story("C", "Sample general", party=True, denial_sample=Stance.DISPUTES)

    unjudged = of(DENIAL, repeated, admitted, ally)

    assert (unjudged.grounds[1:], unjudged.denial, unjudged.aside) == ((), True, 2)

    found = of(DENIAL, repeated, judged(admitted), judged(ally))

    assert (found.state, found.independent) == (State.DISPUTED, 0)
    assert [(each.kind, each.body) for each in found.grounds[1:]] == [
        (GroundKind.CONTRADICTED, "Sample embassy"),
        (GroundKind.DISPUTED, "Sample general"),
    ]
    assert found.aside == 0


def test_what_speaks_against_a_claim_and_names_nobody_is_counted_aside() -> None:
    """It is no reason, and yet one of the stories against it that are listed below."""
    found = of(DENIED, story("A", None, **AGAINST), story("B", "Sample institute", **AGAINST))

    assert (found.aside, [each.body for each in found.of(GroundKind.DISPUTED)]) == (1, ["Sample institute"])


def test_who_disputes_it_for_one_government_on_one_day_is_named_once() -> None:
    """Its ministry and its capital are of one statement then; what is said on a later day is another."""

    def who(words: str) -> frozenset[str]:
        return frozenset({"Sampleland"}) if "Sample" in words else frozenset({words})

    a_day = 24 * 60
    told = [
        story("A", "Sample ministry", **AGAINST),
        story("B", "Sample City", minutes=1, **AGAINST),
        story("C", "Other", minutes=2, **AGAINST),
        story("D", "Sample embassy", minutes=3 * a_day, **AGAINST),
        story("E", "Sample ministry", minutes=9 * a_day, **AGAINST),
    ]
    steps = timeline(DENIED, [(each, each.story.id) for each in told], {})

    found = standing(DENIED, steps, (), who).of(GroundKind.DISPUTED)

    assert [each.body for each in found] == ["Sample ministry", "Other", "Sample embassy"]


def test_what_was_said_before_a_claim_is_of_something_else() -> None:
    """Neither an older report nor an older denial stands for or against it; days may be a few off."""
    a_day = 24 * 60
    said = (at(0).date() - claim().said_on.first()).days
    older, near = -(said + 8) * a_day, -(said + 6) * a_day
    told = [
        story("Older", "Sample institute", minutes=older),
        story("Older denial", "Sample ministry", party=True, minutes=older, **AGAINST),
        story("Near", "Sample agency", minutes=near),
    ]

    found = of(DENIED, *told)

    assert [(each.kind, each.body) for each in found.grounds[1:]] == [
        (GroundKind.CORROBORATED, "Sample agency")
    ]
