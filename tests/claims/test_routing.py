"""Who is told of an alert, when, and why not."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.model import Claim, Member, Origin, Stance
from claims.outgoing import Briefing, DeliveryState
from claims.routing import HOUR, Hold, Route, quiet_until, route
from claims.snoozing import snoozed
from claims.subscriptions import Importance, Subscription
from claims.wanting import refusal
from claims.workspaces import CONSOLE, Snooze, SnoozeKind
from tests.support.build import NOW, alert, at, claim, event, evidence, member, source, subscription

FIRST = member("Sample ship leaves Rason")
DESK = "discord:500"


def telling(*members: Member, claims: tuple[Claim, ...] = (), **changes: object) -> Briefing:
    """Return the alert of an event of these stories; `changes` are of the alert."""
    told = event(*(members or (FIRST,)))
    raised = alert(told.members[0], **changes)
    known = {each.id: each for each in claims}
    return Briefing(raised, told, tuple(known.get(e.claim_id) or claim(e.claim_id) for e in raised.links))


def routed(wanted: Subscription, told: Briefing | None = None, spent: int = 0, now: datetime = NOW) -> Route:
    """Return what becomes of an alert where nothing is snoozed."""
    return route(wanted, told or telling(), (), spent, now)


def by_party(title: str) -> Member:
    """Return a story of what a party says of its own conduct."""
    told = member(title)
    return replace(told, reading=replace(told.reading, origin=Origin(("Kremlin",), party=True)))


# ---- who wants it --------------------------------------------------------------------------------------

TAGGED = claim(tags=("munitions", "rail"))
OWN = claim(workspace=DESK)
RUSSIAN = member(
    "Судно вышло из Раджина", language="ru", source=source("Sample Agency", family="Sample Group")
)


@pytest.mark.parametrize(
    ("wanted", "told", "why"),
    [
        (subscription(), telling(), ""),
        (subscription(), telling(links=()), "It was withdrawn."),
        (subscription("console", "containers-2023", "x"), telling(), ""),
        (subscription("console", "x"), telling(), "It bears on no claim that is followed here."),
        (subscription(tags=frozenset({"rail"})), telling(claims=(TAGGED,)), ""),
        (
            subscription(tags=frozenset({"troops"})),
            telling(claims=(TAGGED,)),
            "It bears on no claim that is followed here.",
        ),
        (subscription("console", "x", tags=frozenset({"rail"})), telling(claims=(TAGGED,)), ""),
        (subscription("console", "containers-2023", tags=frozenset({"troops"})), telling(), ""),
        (subscription(workspace=DESK), telling(claims=(OWN,)), ""),
        (
            subscription(workspace="discord:501"),
            telling(claims=(OWN,)),
            "It bears on no claim that is followed here.",
        ),
        (subscription(), telling(claims=(OWN,)), "It bears on no claim that is followed here."),
        (subscription(stances=frozenset({Stance.SUPPORTS})), telling(), ""),
        (
            subscription(stances=frozenset({Stance.DISPUTES})),
            telling(),
            "It supports what is followed here; wanted is what disputes it.",
        ),
        (
            subscription(least=Importance.NOTABLE),
            telling(),
            "It is routine; wanted is what is notable at least.",
        ),
        (subscription(least=Importance.NOTABLE), telling(by_party("Kremlin speaks")), ""),
        (subscription(languages=frozenset({"en"})), telling(), ""),
        (subscription(languages=frozenset({"ko", "ru"})), telling(), "No story of it is in ko or ru."),
        (subscription(languages=frozenset({"ru"})), telling(FIRST, RUSSIAN), ""),
        (subscription(sources=frozenset({"SAMPLE group"})), telling(FIRST, RUSSIAN), ""),
        (subscription(sources=frozenset({"Sample Wire"})), telling(), "No story of it is by Sample Wire."),
        (subscription(sources=frozenset({"Sample Wire"})), telling(member(relayed_from="Sample Wire")), ""),
        (
            subscription(languages=frozenset({"ru"}), sources=frozenset({"Sample Herald"})),
            telling(FIRST, RUSSIAN),  # each condition is met, but by no one story
            "No story of it is by Sample Herald.",
        ),
        (subscription(words="ship Rason"), telling(), ""),
        (subscription(words="ship -судно"), telling(FIRST, RUSSIAN), ""),
        (subscription(words="stance:supports tag:rail claim:containers*"), telling(claims=(TAGGED,)), ""),
        (
            subscription(words="(train OR car) -ship"),
            telling(),
            "The words of the subscription do not fit: train is missing, car is missing, ship is there.",
        ),
        (
            subscription(words="a AND b AND c AND d"),
            telling(),
            "The words of the subscription do not fit: b is missing, c is missing, d is missing.",
        ),
        (
            subscription(words="("),
            telling(),
            "The words of the subscription cannot be read: At the end: a word is missing.",
        ),
    ],
)
def test_each_condition_narrows_and_says_so(wanted: Subscription, told: Briefing, why: str) -> None:
    """What is refused has one reason: the first condition that it does not meet."""
    assert refusal(wanted, told) == why
    assert routed(wanted, told) == (
        Route(DeliveryState.FILTERED, why) if why else Route(DeliveryState.PENDING)
    )


def test_words_see_nothing_of_another_workspace() -> None:
    """The claim that a neighbour added is no word of a story, also where the alert bears on a shared one."""
    links = (*alert(FIRST).links, evidence(FIRST.story, "oil-k3f9"))
    told = telling(claims=(claim("oil-k3f9", workspace=DESK, tags=("oil",)),), links=links)
    for words in ("claim:oil-k3f9", "tag:oil"):
        assert not refusal(subscription(words=words, workspace=DESK), told)
        assert refusal(subscription(words=words, workspace="discord:501"), told)


# ---- snoozed -------------------------------------------------------------------------------------------


def snooze(kind: SnoozeKind, what: str, **changes: object) -> Snooze:
    """Return a snooze of the console for an hour."""
    return replace(Snooze(CONSOLE, kind, what, at(60), "discord:901", NOW), **changes)


@pytest.mark.parametrize(
    ("snoozes", "silent"),
    [
        ([snooze(SnoozeKind.EVENT, alert(FIRST).event_id)], True),
        ([snooze(SnoozeKind.EVENT, "another")], False),
        ([snooze(SnoozeKind.CLAIM, "containers-2023")], True),
        ([snooze(SnoozeKind.CLAIM, "containers-2023", workspace=DESK)], False),
        ([snooze(SnoozeKind.CLAIM, "containers-2023", until=NOW)], False),
        ([snooze(SnoozeKind.SOURCE, "sample herald")], False),
        ([snooze(SnoozeKind.SOURCE, "Sample Herald"), snooze(SnoozeKind.SOURCE, "sample agency")], True),
    ],
)
def test_a_snooze_silences_what_is_nothing_else(snoozes: list[Snooze], *, silent: bool) -> None:
    """One claim or source that nobody snoozed is enough to be told."""
    told = telling(FIRST, RUSSIAN)
    assert bool(snoozed(subscription(), told, snoozes, NOW)) is silent


def test_a_snoozed_alert_says_until_when_and_by_whom() -> None:
    """The moment is in the time of the channel."""
    found = route(
        subscription(timezone="Asia/Seoul"), telling(), [snooze(SnoozeKind.CLAIM, "containers-2023")], 0, NOW
    )
    assert found == Route(
        DeliveryState.FILTERED, "Its claim was snoozed until 2024-08-27 21:13 KST by discord:901.", at(60)
    )


def test_of_several_snoozes_the_one_that_keeps_silent_longest_counts() -> None:
    """Claims end with the first of them, since one is enough to be told; a snoozed story outlasts them."""
    links = (*alert(FIRST).links, evidence(FIRST.story, "shell-volume"))
    told = telling(links=links)
    claims = [
        snooze(SnoozeKind.CLAIM, "containers-2023", until=at(10)),
        snooze(SnoozeKind.CLAIM, "shell-volume", until=at(20)),
    ]
    story = snooze(SnoozeKind.EVENT, told.alert.event_id, until=at(15))
    assert snoozed(subscription(), told, claims, NOW) == claims[0]
    assert snoozed(subscription(), told, [*claims, story], NOW) == story


# ---- when ----------------------------------------------------------------------------------------------

NIGHT = (time(22), time(7))


@pytest.mark.parametrize(
    ("quiet", "zone", "now", "until"),
    [
        (NIGHT, "UTC", "2026-08-27T21:59", None),
        (NIGHT, "UTC", "2026-08-27T22:00", "2026-08-28T07:00"),
        (NIGHT, "UTC", "2026-08-28T06:59", "2026-08-28T07:00"),
        (NIGHT, "UTC", "2026-08-28T07:00", None),
        (NIGHT, "Asia/Seoul", "2026-08-27T13:00", "2026-08-27T22:00"),
        ((time(12), time(13, 30)), "UTC", "2026-08-27T13:00", "2026-08-27T13:30"),
        ((time(12), time(13, 30)), "UTC", "2026-08-27T14:00", None),
        # clocks put forward on 29 March 2026 at 02:00: the night is an hour shorter, and 02:30 is skipped
        (NIGHT, "Europe/Berlin", "2026-03-28T21:00", "2026-03-29T05:00"),
        ((time(22), time(2, 30)), "Europe/Berlin", "2026-03-29T01:10", "2026-03-29T01:30"),
        # clocks put back on 25 October 2026 at 03:00: the night is longer, and 02:30 ends it the first time
        (NIGHT, "Europe/Berlin", "2026-10-24T20:00", "2026-10-25T06:00"),
        ((time(22), time(2, 30)), "Europe/Berlin", "2026-10-25T00:29", "2026-10-25T00:30"),
        ((time(22), time(2, 30)), "Europe/Berlin", "2026-10-25T01:10", None),
    ],
)
def test_quiet_hours_are_those_of_the_place(
    quiet: tuple[time, time], zone: str, now: str, until: str | None
) -> None:
    """They run over midnight, and an hour that clocks skip or repeat ends them once."""
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = quiet_until(subscription(quiet=quiet, timezone=zone), moment)
    assert found == (datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None)


@given(
    st.times(),
    st.times(),
    st.sampled_from(("UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")),
    st.integers(0, 366 * 24 * 60).map(at),
)
@settings(max_examples=300, deadline=None)
def test_quiet_hours_always_end(since: time, until: time, zone: str, now: datetime) -> None:
    """They end after now, within a day and the hour that clocks may add."""
    wanted = subscription(quiet=(since, until), timezone=zone)
    end = quiet_until(wanted, now)
    assert end is None or now < end <= now + timedelta(hours=25)


@pytest.mark.parametrize(
    ("changes", "spent", "now", "expected"),
    [
        ({}, 99, NOW, Route(DeliveryState.PENDING)),
        ({"budget": 3}, 2, NOW, Route(DeliveryState.PENDING)),
        ({"budget": 3}, 3, NOW, Route(DeliveryState.PENDING, Hold.BUDGET, NOW + HOUR)),
        ({"budget": 3}, 7, NOW, Route(DeliveryState.PENDING, Hold.BUDGET, NOW + 2 * HOUR)),
        ({"budget": 3, "digest": time(8)}, 3, NOW, Route(DeliveryState.HELD, Hold.BUDGET)),
        ({"quiet": (time(11), time(12))}, 0, NOW, Route(DeliveryState.PENDING, Hold.QUIET, at(47))),
        ({"quiet": (time(11), time(12)), "digest": time(8)}, 0, NOW, Route(DeliveryState.HELD, Hold.QUIET)),
        # what waited for the end of the night is not posted all at once
        (
            {"quiet": (time(11), time(12)), "budget": 2},
            5,
            NOW,
            Route(DeliveryState.PENDING, Hold.QUIET, at(47) + 2 * HOUR),
        ),
        # and what is over the budget before the night waits for its end
        (
            {"quiet": (time(12), time(20)), "budget": 2},
            2,
            NOW,
            Route(DeliveryState.PENDING, Hold.BUDGET, at(47) + 8 * HOUR),
        ),
        ({"paused": "The channel is gone"}, 0, NOW, Route(DeliveryState.PENDING, Hold.PAUSED)),
        ({"paused": "so", "digest": time(8)}, 0, NOW, Route(DeliveryState.HELD, Hold.PAUSED)),
        # nobody waits a week for what came at night
        (
            {"quiet": (time(11), time(12)), "digest": time(8), "weekdays": frozenset(), "week_on": 0},
            0,
            NOW,
            Route(DeliveryState.PENDING, Hold.QUIET, at(47)),
        ),
    ],
)
def test_what_cannot_be_posted_now_goes_to_the_digest_or_waits(
    changes: dict[str, object], spent: int, now: datetime, expected: Route
) -> None:
    """With a daily digest it is held for that, without one it is posted when there is room."""
    assert routed(subscription(**changes), spent=spent, now=now) == expected


@given(st.integers(1, 5), st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_a_budget_is_kept_by_what_waits(budget: int, count: int) -> None:
    """However many come at once, no hour gets more than its share, and each finds its place."""
    wanted = subscription(budget=budget)
    free = [routed(wanted, spent=spent).next_try_at or NOW for spent in range(count)]
    assert all(free.count(moment) <= budget for moment in free)
    assert free == sorted(free)
