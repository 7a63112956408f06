"""Who came to dispute claims, and who came to bear them out."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from claims.changed_sides import denials, turns
from claims.changes import voices_in
from claims.model import Claim, Direction, Mark, Member, Origin, Stance
from claims.standing import as_written
from claims.when import Day
from tests.support.build import NOW, claim, event, evidence, member, source

CLAIM = claim(disputed_by=("denial-moscow",), said_by="White House")
DENIAL = claim("denial-moscow", denial=True, said_by="Kremlin, by Sample Agency", said_on=Day(2023, 10, 14))
REGISTER = {each.id: each for each in (CLAIM, DENIAL)}
TODAY = NOW.date()


def told(
    body: str | None, stance: Stance, claims: tuple[str, ...] = (CLAIM.id,), *, days: int = 0, **changes: Any
) -> Member:
    """Return a story of so many days ago in which a body says how it stands; Moscow's bodies are parties."""
    origin = Origin((body,), party=body in ("Kremlin", "Sample General Staff")) if body else None
    title = changes.pop("title", f"{body} {stance} {days}")
    found = member(title, published_at=NOW - timedelta(days=days), **changes)
    links = tuple(evidence(found.story, each, stance=stance) for each in claims)
    return replace(found, reading=replace(found.reading, origin=origin, evidence=links))


def denied(*new: Member, voices: tuple[Member, ...] = ()) -> list[tuple[str, date | None, bool]]:
    """Return who denies, when that body last did, and whether it only repeats itself."""
    pairs = [(each, event(each)) for each in new]
    known = {CLAIM.id: [said for each in voices for said in voices_in(each, CLAIM.id)]}
    found = denials([CLAIM, DENIAL], pairs, known, REGISTER, as_written)
    return [(each.body, each.last, each.again) for each in found]


def test_a_first_denial_in_a_long_time() -> None:
    """It is held against the last one of the same body that a story or the register has."""
    first = told("Kremlin", Stance.DISPUTES)
    earlier = told("Kremlin", Stance.DISPUTES, days=41)

    assert denied(first) == [("Kremlin", date(2023, 10, 14), False)]
    assert denied(first, voices=(earlier,)) == [("Kremlin", TODAY - timedelta(days=41), False)]
    assert denied(told("Sample General Staff", Stance.DISPUTES)) == [("Sample General Staff", None, False)]
    older = told("Sample General Staff", Stance.DISPUTES, days=400)
    assert denied(told("Sample General Staff", Stance.DISPUTES), voices=(older,))[0][1] is None


def test_bodies_of_one_government_deny_once_a_day() -> None:
    """What a second one says on the day or the day after adds nothing; later it does, and abroad always."""

    def who(words: str) -> frozenset[str]:
        return frozenset({"Sampleland"}) if "Sample" in words else frozenset({words})

    new = [
        told("Sample ministry", Stance.DISPUTES, days=5),
        told("Sample City", Stance.DISPUTES, days=4),
        told("Other", Stance.DISPUTES, days=4),
        told("Sample embassy", Stance.DISPUTES, days=1),
    ]
    found = denials([CLAIM], [(each, event(each)) for each in new], {}, REGISTER, who)

    assert [(each.body, each.again) for each in found] == [
        ("Sample ministry", False),
        ("Sample City", True),
        ("Other", False),
        ("Sample embassy", False),
    ]


def test_nobody_denies_what_is_yet_to_be_said() -> None:
    """A story from before a claim is of another, and from before a denial it does not repeat that."""
    said = TODAY - CLAIM.said_on.first()

    assert denied(told("Kremlin", Stance.DISPUTES, days=said.days + 8)) == []
    assert denied(told("Kremlin", Stance.SUPPORTS, (DENIAL.id,), days=said.days + 8)) == []
    assert len(denied(told("Kremlin", Stance.DISPUTES, days=said.days + 6))) == 1


def test_a_body_that_goes_on_denying_only_repeats_itself() -> None:
    """Within a week, and within the span that is summed up."""
    lately = told("Kremlin", Stance.DISPUTES, days=6)

    assert denied(told("Kremlin", Stance.DISPUTES), voices=(lately,))[0][2]
    assert [each[2] for each in denied(told("Kremlin", Stance.DISPUTES, days=20), lately)] == [False, True]


def test_each_claim_has_its_own_last_denial() -> None:
    """One that was denied before is told of apart from one that never was, by the same story."""
    other = claim("sample-troops")
    first = told("Kremlin", Stance.DISPUTES, (CLAIM.id, other.id))
    found = denials([CLAIM, other], [(first, event(first))], {}, REGISTER, as_written)

    assert [(each.claims, each.last) for each in found] == [
        ((CLAIM.id,), date(2023, 10, 14)),
        ((other.id,), None),
    ]


def test_a_transfer_is_denied_before_what_is_said_of_it() -> None:
    """A story that answers both is told of under the claim that something was sent."""
    condemned, sent = claim("sample-condemned"), claim("sample-sent", direction=Direction.TO_RUSSIA)
    both = told("Sample ministry", Stance.DISPUTES, (condemned.id, sent.id))
    (found,) = denials([condemned, sent], [(both, event(both))], {}, REGISTER, as_written)

    assert found.claims == (sent.id, condemned.id)


def test_an_outlet_that_names_nobody_denies_nothing() -> None:
    """It only reports; who it is that denies is not known."""
    assert denied(told(None, Stance.DISPUTES)) == []


def test_nobody_denies_what_it_said_itself() -> None:
    """A story that answers a claim names its sayer too, who has not taken it back by that."""
    assert denied(told("White House", Stance.DISPUTES)) == []


def test_a_denial_is_repeated_by_the_parties_alone() -> None:
    """Whoever condemns them is told beside the denial, and does not share it."""
    assert denied(told("Sample ministry", Stance.SUPPORTS, (DENIAL.id,))) == []
    assert [each[0] for each in denied(told("Kremlin", Stance.SUPPORTS, (DENIAL.id,)))] == ["Kremlin"]


def test_whoever_is_told_beside_a_kept_denial_does_not_deny() -> None:
    """An accuser whose story has what the accused deny is no denier; one that disputes by itself is."""
    beside = told("Sample ministry", Stance.DISPUTES)
    link = evidence(beside.story, DENIAL.id, stance=Stance.SUPPORTS)
    links = (*beside.reading.evidence, link)
    recalls = replace(beside, reading=replace(beside.reading, evidence=links))

    (found,) = denials([CLAIM], [(beside, event(beside))], {}, REGISTER, as_written)
    assert (found.body, found.claims) == ("Sample ministry", (CLAIM.id,))
    assert denials([CLAIM], [(recalls, event(recalls))], {}, REGISTER, as_written) == []


def test_a_denial_names_what_it_disputes_and_quotes_what_can_be_read() -> None:
    """The denial that it repeats is named only where it disputes nothing else."""
    first = told("Kremlin", Stance.DISPUTES, language="ru", title="Кремль отрицает")
    second = told("Kremlin", Stance.DISPUTES, source=source("Sample Post"), title="Kremlin denies")
    both = event(first, second)
    (found,) = denials([CLAIM, DENIAL], [(first, both), (second, both)], {}, REGISTER, as_written)
    again = told("Kremlin", Stance.SUPPORTS, (DENIAL.id,))
    (repeated,) = denials([CLAIM, DENIAL], [(again, event(again))], {}, REGISTER, as_written)

    assert (found.claims, found.repeats, found.party, found.story.title) == (
        (CLAIM.id,),
        False,
        True,
        "Kremlin denies",
    )
    assert (repeated.claims, repeated.repeats) == ((DENIAL.id,), True)


@pytest.mark.parametrize(
    ("new", "earlier", "counts"),
    [
        (["Sample Institute"], [], (1, 0)),
        (["Sample Institute", "DIA"], ["Sample Ministry"], (3, 1)),
        (["Sample Ministry"], ["Sample Ministry"], None),
        (["White House"], [], None),
        (["Kremlin"], [], None),
        ([None], [], None),
    ],
)
def test_new_independent_support(
    new: list[str | None], earlier: list[str], counts: tuple[int, int] | None
) -> None:
    """Bodies that stories name beside the sayer and the parties count, each once however often it says so."""
    fresh = [told(body, Stance.SUPPORTS, source=source(f"Sample {body}")) for body in new]
    voices = [told(body, Stance.SUPPORTS, days=9, source=source(f"Old {body}")) for body in earlier]

    bodies = {CLAIM.id: [said for each in voices for said in voices_in(each, CLAIM.id)]}
    pairs = [(each, event(each)) for each in fresh]
    backed, conceded = turns(CLAIM, pairs, bodies, {CLAIM.id: voices}, REGISTER, as_written)

    assert (backed and (backed.now, backed.was)) == counts
    assert backed is None or backed.bodies == tuple(new)
    assert conceded == []


def test_a_party_that_says_what_was_denied_concedes_it() -> None:
    """Once for each claim; what it admits in another matter before is no concession of this one."""
    story = told("Kremlin", Stance.SUPPORTS)
    against = evidence(story.story, DENIAL.id, stance=Stance.DISPUTES)
    story = replace(story, reading=replace(story.reading, evidence=(*story.reading.evidence, against)))
    sooner = replace(story, story=replace(story.story, id="sooner", published_at=NOW - timedelta(days=9)))
    other = told("Kremlin", Stance.DISPUTES, (DENIAL.id,), days=9)

    def conceded(*earlier: Member) -> list[tuple[str, str]]:
        bodies = {CLAIM.id: [voice for each in earlier for voice in voices_in(each, CLAIM.id)]}
        pairs, voices = [(story, event(story))], {CLAIM.id: earlier}
        found = turns(CLAIM, pairs, bodies, voices, REGISTER, as_written)[1]
        return [(each.claim_id, each.body) for each in found]

    assert conceded() == conceded(other) == [(CLAIM.id, "Kremlin")]
    assert conceded(sooner) == []


def test_a_denial_is_not_made_likelier_by_who_repeats_it() -> None:
    """So it is never told as backed."""
    story = told("Sample Institute", Stance.SUPPORTS, (DENIAL.id,))

    assert turns(DENIAL, [(story, event(story))], {}, {}, REGISTER, as_written) == (None, [])


def test_a_denial_that_people_added_answers_as_any_other() -> None:
    """Its sayer is no independent backer, for whoever sees the denial."""
    asked = replace(CLAIM, disputed_by=())
    added = replace(DENIAL, said_by="Sample Ministry", disputes=(asked.id,))
    story = told("Sample Ministry", Stance.SUPPORTS)

    def backed(*seen: Claim) -> bool:
        register = {each.id: each for each in seen}
        return turns(asked, [(story, event(story))], {}, {}, register, as_written)[0] is not None

    assert not backed(asked, added)
    assert backed(asked)


def test_links_to_claims_that_are_not_shown_change_no_standing() -> None:
    """A story that bears first on a claim of somebody else's, or on a retired one, still backs this one."""
    story = told("Sample Ministry", Stance.SUPPORTS, ("own-of-others", CLAIM.id))

    backed, _ = turns(CLAIM, [(story, event(story))], {}, {}, REGISTER, as_written)

    assert backed is not None
    assert backed.now == 1


def test_a_denial_is_quoted_from_where_it_stands() -> None:
    """Of stories in one language at best from a headline that has it and names its body."""

    def denying(title: str, summary: str, word: str, **changes: Any) -> Member:
        found = told("Kremlin", Stance.DISPUTES, title=title, summary=summary, **changes)
        at = found.story.text.index(word)
        says = evidence(found.story, DENIAL.id, why=(Mark(at, at + len(word), word, "sample-denies"),))
        links = (*found.reading.evidence, says)
        return replace(found, reading=replace(found.reading, evidence=links, actors=("Kremlin",)))

    silent = told("Kremlin", Stance.DISPUTES, title="Sample confusion")
    inside = denying("Kremlin speaks", "It calls that nonsense.", "nonsense")
    headed = denying("Kremlin: nonsense", "It was asked.", "nonsense")
    foreign = denying("Кремль отрицает", "", "отрицает", language="ru")

    def quoted(*members: Member) -> tuple[str, Any]:
        pairs = [(each, event(*members)) for each in members]
        (found,) = denials([CLAIM], pairs, {}, REGISTER, as_written)
        return found.story.title, found.place

    assert quoted(silent) == ("Sample confusion", None)
    assert quoted(silent, foreign) == ("Кремль отрицает", (7, 15))
    assert quoted(silent, foreign, inside) == ("Kremlin speaks", (29, 37))
    assert quoted(silent, foreign, inside, headed) == ("Kremlin: nonsense", (9, 17))


def test_backing_is_quoted_from_whoever_is_named_where_it_is_told() -> None:
    """That body comes first of those that are named with it."""
    first = told("Sample Institute", Stance.SUPPORTS, title="Ship leaves")
    second = told(
        "Sample Bureau", Stance.SUPPORTS, title="Sample Bureau: ship leaves", source=source("Sample Post")
    )
    backed, _conceded = turns(
        CLAIM, [(each, event(each)) for each in (first, second)], {}, {}, REGISTER, as_written
    )

    assert backed is not None
    assert (backed.story, backed.place) == (second.story, (0, 0))
    assert backed.bodies == ("Sample Bureau", "Sample Institute")


def test_who_came_is_named_once_for_a_government() -> None:
    """Bodies of one are one origin; a body of one that is known already is nobody new."""

    def who(words: str) -> frozenset[str]:
        return frozenset({"Sampleland"}) if words.startswith("Sample") else frozenset({words})

    earlier = told("Sample Bureau", Stance.SUPPORTS, days=9, source=source("Paper", family="Paper"))
    new = [
        told("Sample Ministry", Stance.SUPPORTS, days=2, source=source("Gazette", family="Gazette")),
        told("Other Ministry", Stance.SUPPORTS, days=1, source=source("Herald", family="Herald")),
    ]
    pairs = [(each, event(each)) for each in new]

    def came(*voices: Member) -> tuple[str, ...]:
        bodies = {CLAIM.id: [said for each in voices for said in voices_in(each, CLAIM.id)]}
        backed = turns(CLAIM, pairs, bodies, {CLAIM.id: voices}, REGISTER, who)[0]
        assert backed
        return backed.bodies

    assert sorted(came()) == ["Other Ministry", "Sample Ministry"]
    assert came(earlier) == ("Other Ministry",)
