"""All that the register knows of one claim."""

from dataclasses import replace

from claims.care import ClaimEdit, EditKind
from claims.dossier import Backing, Told, came_round, clearest, dossier, newest, turning
from claims.history import counting
from claims.model import Claim, Stance
from claims.standing import Ground, GroundKind, as_written
from claims.when import Day
from tests.support.build import NOW, at, claim, event_id, figure, member


def test_a_dossier_holds_what_the_register_knows_of_a_claim() -> None:
    """Its standing, numbers and happenings come with its denials, its parent and its children."""
    asked = claim(parent="general", disputed_by=("denial-a",))
    denials = [claim("denial-a", denial=True), claim("denial-b", denial=True, disputes=(asked.id,))]
    family = [claim("general"), claim("detail", parent=asked.id)]
    register = {each.id: each for each in (asked, *family, *denials, claim("another"))}
    told = member(figures=[figure()])
    edit = ClaimEdit(asked.id, NOW, "seeds", EditKind.ADDED, after=asked)

    found = dossier(
        asked, [(told, told.reading.evidence[0], event_id(told))], {}, register, [edit], as_written
    )

    assert [each.id for each in found.denials] == ["denial-a", "denial-b"]
    assert (found.parent, found.children) == (register["general"], (register["detail"],))
    assert [step.story for step in found.steps] == [told.story]
    assert [said.figure for one in found.series for said in one.said] == [figure()]
    assert found.edits == (edit,)
    assert [len(found.standing.of(each.kind)) for each in found.standing.grounds] == [1, 2, 2]


def test_a_denial_names_the_claims_that_it_answers() -> None:
    """Both those that name it and those that it names itself."""
    denial = claim("denial-a", denial=True, disputes=("b",))
    register = {each.id: each for each in (claim("a", disputed_by=(denial.id,)), claim("b"), claim("c"))}

    found = dossier(denial, [], {}, register, [], as_written)

    assert [each.id for each in found.answers] == ["a", "b"]


def test_a_body_that_disputed_a_claim_may_come_to_bear_it_out() -> None:
    """It is told with the day since when it says so, not as one that disputes the claim still."""
    asked = claim()

    def told(days: int, body: str, stance: Stance) -> Told:
        said = member(f"Sample story {days}", origin=body, published_at=at(1440 * days))
        link = replace(said.reading.evidence[0], stance=stance)
        return replace(said, reading=replace(said.reading, evidence=(link,))), link, event_id(said)

    stories = [told(9, "Sample alliance", Stance.SUPPORTS), told(0, "Sample alliance", Stance.DISPUTES)]
    for later in (stories, stories[1:]):
        found = dossier(asked, later, {}, {}, [], as_written)
        (ground,) = found.standing.of(GroundKind.DISPUTED)
        assert came_round(found, ground) == (Day.of(at(1440 * 9)) if len(later) > 1 else None)


def test_the_clearest_stories_come_first() -> None:
    """They bear on the claim before any other; by score, language, then day; of a happening there is one."""

    def bears(title: str, *claims: str, score: float = 1.0, minutes: int = 0, language: str = "en") -> Told:
        about = member(title, claims or ("containers-2023",), published_at=at(minutes), language=language)
        links = (replace(link, score=score) for link in about.reading.evidence)
        about = replace(about, reading=replace(about.reading, evidence=tuple(links), language=language))
        link = next(each for each in about.reading.evidence if each.claim_id == "containers-2023")
        return about, link, title.partition(" ")[0]

    told = [
        bears("beside", "shell-volume", "containers-2023", minutes=9),
        bears("weak", score=0.5, minutes=8),
        bears("korean", minutes=7, language="ko"),
        bears("older", minutes=1),
        bears("newer", minutes=6),
        bears("newer again", minutes=5),
    ]

    def order(language: str) -> list[str]:
        return [found.story.title for found, _link in clearest(told, language)]

    assert order("en") == ["newer", "older", "korean", "weak", "beside"]
    assert order("ko")[0] == "korean"


def test_the_newest_numbers_are_of_what_a_claim_counts() -> None:
    """Of an answer or a breach, and of what was stated without a number, those of its stories are none."""

    def numbers(**changes: object) -> list[float]:
        told = member(figures=[figure(body="Sample ministry")])
        links = [(told, told.reading.evidence[0], event_id(told))]
        return [each.figure.low for each in newest(dossier(claim(**changes), links, {}, {}, [], as_written))]

    assert numbers() == []
    assert numbers(items=("containers",)) == [13_000]
    assert numbers(items=("missiles",)) == []


def test_numbers_of_another_matter_stand_apart() -> None:
    """A claim that counts nothing has none of its own, whatever its stories count."""
    told = member(figures=[figure(), figure(30, unit="ships")])
    links = [(told, told.reading.evidence[0], event_id(told))]

    def own(asked: Claim) -> list[str]:
        series = dossier(asked, links, {}, {}, [], as_written).series
        assert len(series) == 2
        return [one.figure.unit for one in counting(asked, series)]

    assert own(claim()) == []
    assert own(claim(items=("containers",))) == ["containers"]


def test_what_is_said_again_changes_nothing() -> None:
    """A claim stands otherwise by a new origin, the first objection and the first admission alone."""

    def ground(kind: GroundKind, body: str, day: int) -> Ground:
        return Ground(kind, body, Day(2024, 8, day))

    army, fleet, institute, paper = (
        ground(GroundKind.CORROBORATED, body, day)
        for body, day in (("army", 1), ("fleet", 4), ("institute", 8), ("paper", 9))
    )
    objections = [
        ground(GroundKind.DENIED, "ministry", 3),
        ground(GroundKind.DENIED, "envoy", 12),
        ground(GroundKind.DISPUTED, "alliance", 2),
        ground(GroundKind.DENIED_BEFORE, "embassy", 1),
    ]
    admissions = [ground(GroundKind.CONCEDED, "court", 10), ground(GroundKind.CONCEDED, "ministry", 11)]
    backing = (
        Backing("Sampleland", (army, fleet)),
        Backing("institute", (institute,)),
        Backing("paper", (paper,), counts=False),
    )

    def turned(*grounds: Ground) -> list[str]:
        found = dossier(claim(), [], {}, {}, [], as_written)
        stands = replace(found.standing, grounds=grounds)
        return [each.body for each in turning(replace(found, standing=stands, backing=backing))]

    assert turned() == ["army", "institute"]
    assert turned(*objections) == ["army", "alliance", "institute"]
    assert turned(*admissions, *objections) == ["army", "alliance", "institute", "court"]
    assert turned(*admissions, *objections[1:2]) == ["army", "institute", "court"]
