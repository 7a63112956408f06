"""What is told, as what, and to whom."""

from dataclasses import replace

import pytest

from claims.alerting import alert_key, decide, retell, reworded
from claims.model import (
    Alert,
    Bound,
    Claim,
    Decision,
    Event,
    Figure,
    FigureChange,
    Member,
    Reason,
    Sighting,
    Silence,
    Stance,
    Update,
)
from claims.when import Day
from tests.support.build import NOW, alert, claim, event, figure, member, source

CONTAINERS = claim(figures=(figure(1_000, bound=Bound.AT_LEAST),))
DENIAL = claim("denial-moscow", denial=True, said_by="Kremlin")
CLAIMS = {c.id: c for c in (CONTAINERS, DENIAL)}
FIRST = member(source=source("Sample Herald"))


def judged(
    told: Member,
    *,
    joins: Event | None = None,
    known: Alert | None = None,
    seen: tuple[Sighting, ...] = (),
    claims: dict[str, Claim] | None = None,
) -> Decision:
    """Decide about a story that joins an event, or opens its own."""
    happening = replace(joins, members=(*joins.members, told)) if joins else event(told)
    return decide(told, happening, known, claims or CLAIMS, {"containers-2023": seen}, NOW)


def with_stance(told: Member, stance: Stance) -> Member:
    """Return the story with every link of this stance."""
    links = tuple(replace(e, stance=stance) for e in told.reading.evidence)
    return replace(told, reading=replace(told.reading, evidence=links))


def suggested(told: Member) -> Member:
    """Return the story with every link too unsure to be told."""
    links = tuple(replace(e, suggested=True) for e in told.reading.evidence)
    return replace(told, reading=replace(told.reading, evidence=links))


def irrelevant(told: Member) -> Member:
    """Return the story as one that the channel is not about."""
    return replace(told, reading=replace(told.reading, relevant=False))


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (member(backlog=True), Reason.BACKLOG),
        (irrelevant(member()), Reason.IRRELEVANT),
        (member(claims=()), Reason.NO_CLAIM),
        (member(claims=("retired-long-ago",)), Reason.BACKGROUND_ONLY),
        (with_stance(member(), Stance.BACKGROUND), Reason.BACKGROUND_ONLY),
        (suggested(member()), Reason.SUGGESTED_ONLY),
    ],
)
def test_silence_says_why(told: Member, reason: Reason) -> None:
    """A story that is not told is silenced for a reason that can be shown."""
    assert judged(told) == Silence(reason)


def test_first_story_is_an_alert() -> None:
    """The first story of an event that bears on a claim becomes its alert, keyed by the event."""
    decision = judged(FIRST)

    assert isinstance(decision, Alert)
    assert decision.key == alert_key(event(FIRST).id)
    assert decision.reason is Reason.NEW_EVENT
    assert [e.claim_id for e in decision.links] == ["containers-2023"]


def test_backlog_event_is_told_by_its_first_live_story() -> None:
    """A happening known only from backlog was never told, so a live story of it is an alert."""
    decision = judged(member("Second look at the ship"), joins=event(member(backlog=True)))

    assert isinstance(decision, Alert)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (with_stance(FIRST, Stance.DISPUTES), Reason.DENIAL),
        (member(claims=("denial-moscow",)), Reason.DENIAL),
        (member(figures=[figure(13_000)]), Reason.NEW_FIGURE),
        (member(figures=[figure(1_000)]), Reason.NEW_EVENT),
        (member(figures=[figure(1_000, "percent")]), Reason.NEW_EVENT),
    ],
)
def test_alert_says_what_kind(told: Member, reason: Reason) -> None:
    """A denial, a number that moved and a plain new happening are told apart."""
    decision = judged(told)

    assert isinstance(decision, Alert)
    assert decision.reason is reason


def sighting(value: float, said_by: str, bound: Bound = Bound.EXACT) -> Sighting:
    """Return a figure in containers that an earlier story gave."""
    return Sighting(figure(value, bound=bound), said_by, Day(2024, 2, 26), "earlier")


@pytest.mark.parametrize(
    ("seen", "before"),
    [
        ((), 1_000),
        ((sighting(6_700, "Seoul"),), 6_700),
        ((sighting(6_700, "Seoul"), sighting(9_000, "Kyiv")), 6_700),
        ((sighting(9_000, "Kyiv"), sighting(8_000, "Oslo")), 8_000),
        ((sighting(20_000, "Seoul", Bound.CAPACITY),), 1_000),
    ],
)
def test_figure_is_set_beside_the_last_like_one(seen: tuple[Sighting, ...], before: float) -> None:
    """A new number stands beside the same body's last like number, else anybody's last like number."""
    decision = judged(member(origin="Seoul", figures=[figure(13_000, body="Seoul")]), seen=seen)

    assert isinstance(decision, Alert)
    assert decision.change is not None
    assert decision.change.now.low == 13_000
    assert decision.change.before is not None
    assert decision.change.before.figure.low == before


@pytest.mark.parametrize(("outlet", "told_by"), [("Sample Post", "Sample Herald"), ("Sample Herald", None)])
def test_a_figure_of_another_outlet_of_the_event_is_told_as_such(outlet: str, told_by: str | None) -> None:
    """It is no earlier figure of its body, but what another makes of the same happening."""
    first = member(source=source("Sample Herald"), origin="Seoul", figures=[figure(16_000)])
    second = member("The ship again", source=source(outlet), figures=[figure(14_000, body="Seoul")])
    seen = (replace(sighting(16_000, "Seoul"), story_id=first.story.id),)
    for happening, expected in ((event(first), told_by), (None, None)):
        decision = judged(second, joins=happening, seen=seen)
        assert isinstance(decision, Alert)
        assert decision.change
        assert (decision.change.before, decision.change.told_by) == (seen[0], expected)


def test_an_estimate_of_another_body_names_no_outlet() -> None:
    """What a card sets beside a number as another body's needs no teller."""
    first = member(source=source("Sample Herald"), origin="Kyiv", figures=[figure(16_000)])
    second = member("The ship again", source=source("Sample Post"), origin="Seoul", figures=[figure(14_000)])
    seen = (replace(sighting(16_000, "Kyiv"), story_id=first.story.id),)

    decision = judged(second, joins=event(first), seen=seen)

    assert isinstance(decision, Alert)
    assert decision.change
    assert (decision.change.before, decision.change.told_by) == (seen[0], None)


@pytest.mark.parametrize("lead", ["Sample Herald", "Sample Post"])
def test_a_figure_of_no_body_is_the_leading_outlets(lead: str) -> None:
    """A card gives it to the outlet that leads, so another one's beside it is told as such there alone."""
    first = member(source=source("Sample Herald"), figures=[figure(16_000)])
    second = member("The ship again", source=source("Sample Post"), figures=[figure(14_000)])
    seen = (replace(sighting(16_000, "Sample Herald"), story_id=first.story.id),)
    known = alert(first) if lead == "Sample Herald" else None

    decision = judged(second, joins=event(first), known=known, seen=seen)

    change = decision.alert.change if isinstance(decision, Update) else getattr(decision, "change", None)
    assert change
    assert change.told_by == ("Sample Herald" if lead == "Sample Herald" else None)


def test_figure_told_before_is_no_change() -> None:
    """A number that somebody stated before is no news, whoever repeats it."""
    decision = judged(member(figures=[figure(6_700)]), seen=(sighting(6_700, "Seoul"),))

    assert isinstance(decision, Alert)
    assert decision.change is None


def test_claim_without_figures_takes_its_first_number() -> None:
    """A claim that was stated without a number takes goods and people as its first figure, not money."""
    bare = {"containers-2023": claim()}
    money: Figure = figure(20e6, "usd")
    decision = judged(member(figures=[money, figure(3_000, "troops")]), claims=bare)

    assert isinstance(decision, Alert)
    assert decision.change is not None
    assert (decision.change.now.unit, decision.change.before) == ("troops", None)


def test_another_outlet_updates_the_alert() -> None:
    """A second outlet of a told event raises the revision of its alert, which keeps key and headline."""
    known = alert(FIRST)
    decision = judged(member("The ship again", source=source("Sample Post")), joins=event(FIRST), known=known)

    assert isinstance(decision, Update)
    assert decision.reason is Reason.ANOTHER_OUTLET
    assert decision.alert == replace(known, revision=1)


def test_same_outlet_again_is_silent() -> None:
    """A second story of an outlet that is already named changes nothing that the alert shows."""
    decision = judged(member("The ship again"), joins=event(FIRST), known=alert(FIRST))

    assert decision == Silence(Reason.ALREADY_TOLD)


def test_new_claim_or_figure_updates_even_from_the_same_outlet() -> None:
    """What the alert says of claims and numbers is kept up, whoever tells it."""
    both = member("The ship, denied", claims=("containers-2023", "denial-moscow"))
    counted = member("The ship, counted", figures=[figure(13_000)])

    denied = judged(both, joins=event(FIRST), known=alert(FIRST))
    moved = judged(counted, joins=event(FIRST), known=alert(FIRST))

    assert isinstance(denied, Update)
    assert denied.reason is Reason.DENIAL
    assert [e.claim_id for e in denied.alert.links] == ["containers-2023", "denial-moscow"]
    assert isinstance(moved, Update)
    assert moved.reason is Reason.NEW_FIGURE
    assert moved.alert.change is not None


def test_denial_of_what_was_told_turns_the_alert() -> None:
    """A story of a told event that disputes its claim is no mere outlet: the alert says so, lead in place."""
    both = alert(FIRST, links=member(claims=("containers-2023", "denial-moscow")).reading.evidence)
    told = with_stance(member("No such ship, says the owner", source=source("Sample Post")), Stance.DISPUTES)

    decision = judged(told, joins=event(FIRST), known=both)

    assert isinstance(decision, Update)
    assert (decision.reason, decision.alert.reason) == (Reason.DENIAL, Reason.DENIAL)
    assert [(e.claim_id, e.stance) for e in decision.alert.links] == [
        ("containers-2023", Stance.DISPUTES),
        ("denial-moscow", Stance.SUPPORTS),
    ]


def test_alert_has_one_line_for_a_number() -> None:
    """A number of another claim does not take the place of the one that the alert shows."""
    told = member("Shells too", claims=("shell-volume",), figures=[figure(5e6, "shells")])
    known = alert(FIRST, change=FigureChange("containers-2023", figure(13_000)))
    register = {**CLAIMS, "shell-volume": claim("shell-volume")}

    decision = judged(told, joins=event(FIRST), known=known, claims=register)

    assert isinstance(decision, Update)
    assert decision.alert.change == known.change


def test_an_event_told_again_reads_as_it_was_told() -> None:
    """Each story is decided in its turn, against what was known when it came."""
    second = member("Seoul counts", source=source("Sample Post"), figures=[figure()])
    third = member("Seoul counts again", source=source("Sample Post"), figures=[figure()])
    seen = Sighting(figure(), "Seoul", Day(2024, 8, 27), second.story.id)
    known: list[dict[str, tuple[Sighting, ...]]] = [{}, {}, {"containers-2023": (seen,)}]

    told, reasons = retell(event(FIRST, second, third), known, CLAIMS, NOW)

    assert reasons == (Reason.NEW_EVENT, Reason.NEW_FIGURE, Reason.ALREADY_TOLD)
    assert told
    assert told.change
    assert (told.headline, told.change.now, told.revision) == (FIRST.story.title, figure(), 1)


def test_an_event_without_any_link_is_told_by_nothing() -> None:
    """Every story has its reason all the same, and an event without stories has none."""
    silent = event(suggested(FIRST), irrelevant(member("Sample bakery")))

    assert retell(silent, [{}, {}], CLAIMS, NOW) == (None, (Reason.SUGGESTED_ONLY, Reason.IRRELEVANT))
    assert retell(replace(silent, members=()), [], CLAIMS, NOW) == (None, ())


def test_a_reworded_alert_is_the_same_message() -> None:
    """Key and moment stay, the revision goes up; where nothing is told it is withdrawn under its headline."""
    kept = alert(FIRST, revision=3, change=FigureChange("containers-2023", figure()))
    told = alert(member("Another"), raised_at=NOW.replace(year=2025), revision=1)

    anew, withdrawn = reworded(kept, told), reworded(kept, None)

    assert (anew.key, anew.raised_at, anew.revision) == (kept.key, kept.raised_at, 4)
    assert (anew.headline, anew.links) == (told.headline, told.links)
    assert withdrawn == replace(kept, reason=Reason.WITHDRAWN, links=(), change=None, revision=4)


def test_a_withdrawn_alert_is_told_as_the_story_that_bears_it_out():
    """It reads as if told for the first time, headline and all, in the message that is there."""
    withdrawn = reworded(alert(FIRST, change=None, revision=3), None)
    later = member("Sample crane loads a second ship", figures=[figure(15_000)])

    fresh, decision = judged(later), judged(later, joins=event(FIRST), known=withdrawn)

    assert isinstance(fresh, Alert)
    assert decision == Update(
        replace(
            fresh,
            key=withdrawn.key,
            event_id=withdrawn.event_id,
            raised_at=withdrawn.raised_at,
            revision=withdrawn.revision + 1,
        ),
        Reason.NEW_FIGURE,
    )
