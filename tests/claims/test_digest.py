"""What the day in short promises."""

from dataclasses import replace

import pytest

from claims.digest import summarise
from claims.model import FigureChange, Member, Reason, Stance
from claims.outgoing import Activity, Held
from claims.routing import Hold
from claims.subscriptions import Importance, Subscription
from tests.support.build import (
    alert,
    at,
    claim,
    digest,
    event,
    evidence,
    figure,
    member,
    source,
    subscription,
)

CONTAINERS, DENIAL = claim(), claim("denial-moscow", denial=True)
ANY = subscription()
CHANGE = FigureChange("containers-2023", figure(13_000))


def denying(title: str, **changes: object) -> Member:
    """Return a story that disputes the containers and so supports the denial."""
    told = member(title, **changes)  # type: ignore[arg-type]  # any field of a story
    links = (
        evidence(told.story, stance=Stance.DISPUTES),
        evidence(told.story, "denial-moscow", stance=Stance.SUPPORTS),
    )
    return replace(told, reading=replace(told.reading, evidence=links))


def background(title: str) -> Member:
    """Return a story that only recalls the containers."""
    told = member(title)
    links = (evidence(told.story, stance=Stance.BACKGROUND),)
    return replace(told, reading=replace(told.reading, evidence=links))


def test_nothing_happened() -> None:
    """An empty span has an empty summary."""
    summary = summarise(Activity(), [CONTAINERS], digest(), ANY)

    assert (summary.happenings, summary.stories, summary.days, summary.moved) == (0, 0, (), ())


def test_the_day_is_counted_by_claim_in_the_order_of_the_register() -> None:
    """Happenings, outlets and moved claims are counted, whatever order the events have."""
    counted = event(
        member("Seoul counts", origin="DIA", figures=[CHANGE.now]),
        member("Kyiv hears of it", origin="DIA", source=source("Sample Post")),
    )
    denied = event(denying("Kremlin denies"))
    alerts = (alert(denied.members[0], reason=Reason.DENIAL), alert(counted.members[0], change=CHANGE))

    summary = summarise(Activity((denied, counted), alerts), [CONTAINERS, DENIAL], digest(), ANY)

    assert (summary.happenings, summary.stories) == (2, 3)
    assert [(day.claim.id, day.happenings, day.outlets) for day in summary.days] == [
        ("containers-2023", 2, 2),
        ("denial-moscow", 1, 1),
    ]
    assert summary.days[0].changes == (CHANGE,)
    assert [day.denials for day in summary.days] == [("Kremlin denies",), ("Kremlin denies",)]
    assert summary.moved == summary.days


def test_a_claim_told_again_has_not_moved() -> None:
    """Support without a new number is counted and no more."""
    summary = summarise(Activity((event(),)), [CONTAINERS], digest(), ANY)

    assert [day.claim.id for day in summary.days] == ["containers-2023"]
    assert summary.moved == ()


def test_what_only_recalls_a_claim_is_another_happening() -> None:
    """Background moves nothing and counts for no claim."""
    recalled = event(background("Looking back"))

    summary = summarise(Activity((recalled,)), [CONTAINERS], digest(), ANY)

    assert (summary.happenings, summary.days, summary.others) == (1, (), (recalled,))


def test_what_several_families_tell_without_a_claim_is_a_candidate() -> None:
    """It is offered, and not listed once more among the other happenings; one family's word stays there."""
    oil = event(member("Oil", []), member("Oil, says another", [], source=source("Sample Post")))
    bread = event(member("Bread", []))

    summary = summarise(Activity((oil, bread)), [CONTAINERS], digest(), ANY)

    assert [each.event for each in summary.candidates] == [oil]
    assert (summary.happenings, summary.others) == (2, (bread,))
    narrow = summarise(Activity((oil,)), [CONTAINERS], digest(), subscription("console", "containers-2023"))
    assert narrow.candidates == ()


def test_a_digest_of_some_claims_leaves_the_rest_out() -> None:
    """Counts are of what was asked for, and happenings without a claim are not."""
    ours, theirs = event(member("Containers")), event(member("Troops", ["troops-labour"]))
    activity = Activity((ours, theirs, event(member("Oil", []))))

    summary = summarise(
        activity, [CONTAINERS, claim("troops-labour")], digest(), subscription("console", "troops-labour")
    )

    assert (summary.happenings, summary.stories, summary.others) == (1, 1, ())
    assert [day.claim.id for day in summary.days] == ["troops-labour"]


def test_only_stories_of_the_span_count() -> None:
    """Yesterday's stories of an event that goes on, and the backlog, are not told again."""
    told = event(
        member("Yesterday", seen_at=at(-60 * 25), source=source("Sample Post")),
        member("Backlog", backlog=True, source=source("Sample Daily")),
        member("Today"),
    )

    summary = summarise(Activity((told,)), [CONTAINERS], digest(), ANY)

    assert (summary.happenings, summary.stories, summary.days[0].outlets) == (1, 1, 1)


def test_the_ends_of_the_span() -> None:
    """The beginning belongs to the day before, the end to this day."""
    first, last = event(member("First", seen_at=at(-60 * 24))), event(member("Last", seen_at=at(0)))

    assert summarise(Activity((first, last)), [CONTAINERS], digest(), ANY).stories == 1


def test_a_number_is_news_on_the_day_it_was_first_said() -> None:
    """An outlet that repeats yesterday's number today moves nothing."""
    said = member("Seoul counts", seen_at=at(-60 * 25), figures=[CHANGE.now])
    repeated = member("Kyiv repeats", figures=[CHANGE.now], source=source("Sample Post"))
    told = event(said, repeated)

    summary = summarise(Activity((told,), (alert(said, change=CHANGE),)), [CONTAINERS], digest(), ANY)

    assert summary.moved == ()


def test_a_number_that_a_later_story_brings_is_news_today() -> None:
    """An event of yesterday moves a claim today when the number came today."""
    first = member("Ships leave", seen_at=at(-60 * 25))
    counted = member("Seoul counts", figures=[CHANGE.now])
    activity = Activity((event(first, counted),), (alert(first, change=CHANGE),))

    assert summarise(activity, [CONTAINERS], digest(), ANY).moved[0].changes == (CHANGE,)


def test_retired_claims_are_not_told() -> None:
    """Evidence for a claim that left the register makes no line of its own."""
    told = event(member("Old claim", ["retired"]))

    assert summarise(Activity((told,)), [CONTAINERS], digest(), ANY).others == (told,)


def test_what_is_only_suggested_moves_no_claim() -> None:
    """A link that waits for a review is neither support nor a denial; its happening bears on no claim yet."""
    unsure = denying("Kremlin may deny")
    links = tuple(replace(link, suggested=True) for link in unsure.reading.evidence)
    happening = event(replace(unsure, reading=replace(unsure.reading, evidence=links)))

    summary = summarise(Activity((happening,)), [CONTAINERS, DENIAL], digest(), ANY)

    assert (summary.days, summary.others) == ((), (happening,))


@pytest.mark.parametrize(
    ("wanted", "days", "others"),
    [
        (subscription(), ["containers-2023"], 1),
        (subscription(tags=frozenset({"rail"})), ["containers-2023"], 0),
        (subscription(tags=frozenset({"troops"})), [], 0),
        (subscription(stances=frozenset({Stance.DISPUTES})), [], 0),
        (subscription(languages=frozenset({"ko"})), [], 0),
        (subscription(sources=frozenset({"Sample Herald"})), ["containers-2023"], 1),
        (subscription(words="claim:containers-2023"), ["containers-2023"], 0),
        (subscription(words="bread"), [], 1),
        (subscription(least=Importance.MAJOR), ["containers-2023"], 1),
    ],
)
def test_a_digest_keeps_to_the_conditions_of_its_subscription(
    wanted: Subscription, days: list[str], others: int
) -> None:
    """All but the least importance: what is not worth a message may be worth a line."""
    told, bread = event(member("Containers")), event(member("Bread", []))
    register = [claim(tags=("rail",)), claim("oil-k3f9", workspace="discord:500")]

    summary = summarise(Activity((told, bread), (alert(told.members[0]),)), register, digest(), wanted)

    assert ([day.claim.id for day in summary.days], len(summary.others)) == (days, others)


def test_a_digest_tells_of_no_claim_of_another_workspace() -> None:
    """What bears on a neighbour's own claim alone is another happening."""
    oil = event(member("Oil", ["oil-k3f9"]))
    register = [claim("oil-k3f9", workspace="discord:500")]
    own, other = (subscription(workspace=name) for name in ("discord:500", "discord:501"))

    assert [d.claim.id for d in summarise(Activity((oil,)), register, digest(), own).days] == ["oil-k3f9"]
    assert summarise(Activity((oil,)), register, digest(), other).days == ()


def test_a_digest_passes_on_what_waited_for_it() -> None:
    """Alerts of quiet hours or over the budget come with their reasons."""
    held = Held(alert(member()), Hold.QUIET)

    assert summarise(Activity(), [CONTAINERS], digest(), ANY, [held]).held == (held,)
