"""What a subscription would have brought."""

from datetime import time

from claims.outgoing import Briefing, DeliveryState
from claims.routing import Hold
from claims.trial import Tried, try_out
from tests.support.build import alert, at, claim, event, member, subscription


def raised(title: str, minutes: float, claim_id: str = "containers-2023") -> Briefing:
    """Return an alert that was raised so many minutes after `NOW`."""
    first = member(title, [claim_id])
    return Briefing(alert(first, raised_at=at(minutes)), event(first), (claim(claim_id),))


def states(tried: list[Tried]) -> list[tuple[str, DeliveryState]]:
    """Return what became of which alert, in order."""
    return [(each.telling.alert.headline, each.route.state) for each in tried]


def test_alerts_are_tried_in_the_order_in_which_they_came() -> None:
    """What is told first counts towards the budget of what comes later, in whatever order they are given."""
    wanted = subscription("discord:600", budget=1, digest=time(8))
    tellings = [raised("Third", 70), raised("Second", 20), raised("First", 0)]

    tried = try_out(wanted, tellings)

    assert states(tried) == [
        ("First", DeliveryState.PENDING),
        ("Second", DeliveryState.HELD),
        ("Third", DeliveryState.PENDING),
    ]
    assert tried[1].route.reason == Hold.BUDGET


def test_what_waits_is_told_later() -> None:
    """Without a digest what is over the budget waits, and is shown at the moment of its posting."""
    tried = try_out(subscription("discord:600", budget=1), [raised("First", 0), raised("Second", 20)])

    assert [each.at for each in tried] == [at(0), at(80)]
    assert {each.route.state for each in tried} == {DeliveryState.PENDING}


def test_a_pause_is_no_condition() -> None:
    """A paused channel is tried as if it were not: whoever resumes it wants to know."""
    tried = try_out(subscription("discord:600", paused="Mina paused it"), [raised("First", 0)])

    assert states(tried) == [("First", DeliveryState.PENDING)]


def test_what_is_withdrawn_is_passed_over() -> None:
    """An alert that bears on nothing any more is told to nobody."""
    first = member("First")
    withdrawn = Briefing(alert(first, links=()), event(first), ())

    assert try_out(subscription("discord:600"), [withdrawn]) == []
