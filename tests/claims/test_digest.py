"""What the day, the week or the month in short promises."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from claims.admiralty import Reliability
from claims.digest import Past, Summary, summarise
from claims.happenings import Scope
from claims.model import Claim, Correction, Member, Reason, Sighting, Stance
from claims.outgoing import Activity, Development, Held, TakenBack
from claims.routing import Hold
from claims.standing import as_written
from claims.subscriptions import Importance, Subscription
from claims.when import Day
from tests.support.build import (
    NOW,
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


def summed(activity: Activity, claims: Sequence[Claim], wanted: Subscription = ANY, **more: Any) -> Summary:
    """Return what the day that ended at `NOW` adds up to."""
    return summarise(activity, claims, Scope(digest(), wanted), as_written, **more)


def names(summary: Summary) -> list[str]:
    """Return the ids of the claims that something bore on, in order."""
    return [news.claim.id for news in summary.claims]


def denying(title: str, **changes: object) -> Member:
    """Return a story that disputes the containers and so supports the denial."""
    told = member(title, origin="Kremlin", **changes)  # type: ignore[arg-type]  # any field of a story
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
    summary = summed(Activity(), [CONTAINERS])

    assert (summary.happenings, summary.stories, summary.claims, summary.moved) == (0, 0, (), frozenset())
    assert summary.is_empty


def test_the_day_is_told_claim_by_claim_the_most_important_first() -> None:
    """A claim with a denial comes before what is routine; of each what most outlets tell is first."""
    seen = event(member("Ship seen", ["troops-labour"]))
    counted = event(
        member("Seoul counts", origin="DIA", figures=[figure(13_000)]),
        member("Kyiv hears of it", origin="DIA", source=source("Sample Post")),
    )
    denied = event(denying("Kremlin denies"))
    alerts = (alert(denied.members[0], reason=Reason.DENIAL), alert(counted.members[0]))
    activity = Activity((seen, counted, denied), alerts)

    summary = summed(activity, [claim("troops-labour"), CONTAINERS, DENIAL])

    assert (summary.happenings, summary.stories) == (3, 4)
    assert names(summary) == ["containers-2023", "troops-labour"]
    told = summary.claims[0].told
    assert [(each.story.title, each.claims) for each in told] == [
        ("Seoul counts", ("containers-2023",)),
        ("Kremlin denies", ("containers-2023", "denial-moscow")),
    ]
    assert [each.change.now.low for each in summary.figures] == [13_000]
    assert [each.claims for each in summary.denials] == [("containers-2023",)]
    assert summary.moved == {"containers-2023"}


def test_bodies_of_one_government_tell_a_happening_once() -> None:
    """As they corroborate a claim once."""
    said = [
        member(title, origin=body, source=source(title))
        for title, body in (("Herald", "Sample ministry"), ("Post", "Sample deputies, Sample ministry"))
    ]

    ((told,),) = (news.told for news in summed(Activity((event(*said),)), [CONTAINERS]).claims)

    assert told.tally.independent == 1


def test_an_archive_has_digests_by_publication() -> None:
    """Stories that were never told count on the day on which they came out, and rank as they would have."""
    old = {"backlog": True, "seen_at": at(60 * 24 * 300)}
    first = denying("Kremlin denies", published_at=at(-9), **old)
    late = member("Told tomorrow", published_at=at(0), **old)
    scope = Scope(digest(), ANY, published=True)

    summary = summarise(Activity((event(first), event(late))), [CONTAINERS], scope, as_written)

    assert (summary.happenings, summary.stories) == (1, 1)
    assert [each.importance for each in summary.claims[0].told] == [Importance.MAJOR]


def test_the_best_story_is_one_that_can_be_read() -> None:
    """One in the reader's language, else in English, comes before a better source; state media come last."""
    told = event(
        member("한국어", language="ko", source=source("A", reliability=Reliability.A)),
        member("State", source=source("B", state_media=True)),
        member("English", source=source("C", reliability=Reliability.C)),
    )

    def best(language: str) -> str:
        scope = Scope(digest(), ANY, language=language)
        return summarise(Activity((told,)), [CONTAINERS], scope, as_written).claims[0].told[0].story.title

    assert (best("en"), best("ko"), best("uk")) == ("English", "한국어", "English")


def test_a_claim_told_again_has_not_moved() -> None:
    """Support without a new number is counted and no more."""
    summary = summed(Activity((event(),)), [CONTAINERS])

    assert names(summary) == ["containers-2023"]
    assert summary.moved == frozenset()


def test_what_only_recalls_a_claim_is_another_happening() -> None:
    """Background moves nothing and counts for no claim."""
    recalled = event(background("Looking back"))

    summary = summed(Activity((recalled,)), [CONTAINERS])

    assert (summary.happenings, summary.claims, summary.others) == (1, (), (recalled,))


def test_what_several_families_tell_without_a_claim_is_a_candidate() -> None:
    """It is offered, and not listed once more among the other happenings; one family's word stays there."""
    oil = event(member("Oil", []), member("Oil, says another", [], source=source("Sample Post")))
    bread = event(member("Bread", []))

    summary = summed(Activity((oil, bread)), [CONTAINERS])

    assert [each.event for each in summary.candidates] == [oil]
    assert (summary.happenings, summary.others) == (2, (bread,))
    narrow = summed(Activity((oil,)), [CONTAINERS], subscription("console", "containers-2023"))
    assert narrow.candidates == ()


def test_a_digest_of_some_claims_leaves_the_rest_out() -> None:
    """Counts are of what was asked for, and happenings without a claim are not."""
    ours, theirs = event(member("Containers")), event(member("Troops", ["troops-labour"]))
    activity = Activity((ours, theirs, event(member("Oil", []))))

    summary = summed(activity, [CONTAINERS, claim("troops-labour")], subscription("console", "troops-labour"))

    assert (summary.happenings, summary.stories, summary.others) == (1, 1, ())
    assert names(summary) == ["troops-labour"]


def test_only_stories_of_the_span_count() -> None:
    """Yesterday's stories of an event that goes on, and the backlog, are not told again."""
    told = event(
        member("Yesterday", seen_at=at(-60 * 25), source=source("Sample Post")),
        member("Backlog", backlog=True, source=source("Sample Daily")),
        member("Today"),
    )

    summary = summed(Activity((told,)), [CONTAINERS])

    assert (summary.happenings, summary.stories) == (1, 1)
    assert summary.claims[0].told[0].tally.outlets == ("Sample Herald",)


def test_the_ends_of_the_span() -> None:
    """The beginning belongs to the day before, the end to this day."""
    first, last = event(member("First", seen_at=at(-60 * 24))), event(member("Last", seen_at=at(0)))

    assert summed(Activity((first, last)), [CONTAINERS]).stories == 1


def test_a_number_is_news_on_the_day_it_was_first_said() -> None:
    """An outlet that repeats yesterday's number today moves nothing; a number that came today does."""
    first = member("Seoul counts", seen_at=at(-60 * 25), figures=[figure(13_000)])
    repeated = member("Kyiv repeats", figures=[figure(13_000)], source=source("Sample Post"))
    said = Sighting(figure(13_000), "Seoul", Day(2024, 8, 26), first.story.id)
    known = Past(sightings={"containers-2023": [said]})
    activity = Activity((event(first, repeated),))

    assert summed(activity, [CONTAINERS], past=known).figures == ()
    assert len(summed(activity, [CONTAINERS]).figures) == 1


def test_a_number_is_told_of_one_claim() -> None:
    """Where a story bears on several, it is the one that was stated with such a number."""
    told = member("Seoul counts", ["troops-labour", "containers-2023"], figures=[figure(13_000)])
    stated = claim(figures=(figure(1_000),))

    (found,) = summed(Activity((event(told),)), [claim("troops-labour"), stated]).figures

    assert (found.change.claim_id, found.stated) == ("containers-2023", True)


def test_what_is_told_in_passing_is_counted_by_claim() -> None:
    """So are such stories of happenings that bear on another claim."""
    activity = Activity((event(background("Looking back")), event(background("Looking back again"))))

    assert summed(activity, [CONTAINERS]).recalled == {"containers-2023": 2}


def test_what_was_taken_back_is_told_where_its_claims_are_followed() -> None:
    """A correction of what another channel follows is none here."""
    told = member("Seoul counts")
    correction = Correction(told.story.id, was=figure(15_000), now=figure(13_000))
    taken = TakenBack(
        Development("k#1", "k", NOW, Reason.NEW_FIGURE, None, correction=correction), alert(told)
    )
    activity = Activity(taken_back=(taken,))

    assert summed(activity, [CONTAINERS]).taken_back == (taken,)
    assert summed(activity, [CONTAINERS], subscription("console", "troops-labour")).taken_back == ()


def test_retired_claims_are_not_told() -> None:
    """Evidence for a claim that left the register makes no line of its own."""
    told = event(member("Old claim", ["retired"]))

    assert summed(Activity((told,)), [CONTAINERS]).others == (told,)


def test_what_is_only_suggested_moves_no_claim() -> None:
    """A link that waits for a review is neither support nor a denial; its happening bears on no claim yet."""
    unsure = denying("Kremlin may deny")
    links = tuple(replace(link, suggested=True) for link in unsure.reading.evidence)
    happening = event(replace(unsure, reading=replace(unsure.reading, evidence=links)))

    summary = summed(Activity((happening,)), [CONTAINERS, DENIAL])

    assert (summary.claims, summary.denials, summary.others) == ((), (), (happening,))


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

    summary = summed(Activity((told, bread), (alert(told.members[0]),)), register, wanted)

    assert (names(summary), len(summary.others)) == (days, others)


def test_a_digest_tells_of_no_claim_of_another_workspace() -> None:
    """What bears on a neighbour's own claim alone is another happening."""
    oil = event(member("Oil", ["oil-k3f9"]))
    register = [claim("oil-k3f9", workspace="discord:500")]
    own, other = (subscription(workspace=name) for name in ("discord:500", "discord:501"))

    assert names(summed(Activity((oil,)), register, own)) == ["oil-k3f9"]
    assert names(summed(Activity((oil,)), register, other)) == []


def test_a_digest_passes_on_what_waited_for_it() -> None:
    """Alerts of quiet hours or over the budget come with their reasons."""
    held = Held(alert(member()), Hold.QUIET)

    assert summed(Activity(), [CONTAINERS], held=[held]).held == (held,)
