"""The counts of a day."""

from hypothesis import given
from hypothesis import strategies as st

from claims.outgoing import Delivery, DeliveryState
from claims.reckoning import Reckoning, reckon
from tests.support.build import NOW, at, delivery

KEYS = st.sampled_from((None, "a", "b", "c", "d"))


def sent(key: str, minutes: float) -> Delivery:
    """Return a delivery that was posted so many minutes after the day began."""
    return delivery(key, state=DeliveryState.SENT, posted_at=at(minutes))


def test_each_story_counts_once_by_what_became_of_its_alert() -> None:
    """One message for each alert, and an edit for each further story; what is older is only edited."""
    told = ["new", None, "new", "new", "old", "held", "held", "out", "late", "wait", "gone"]
    deliveries = [
        sent("new", 1),
        sent("old", -1),
        delivery("held", state=DeliveryState.HELD),
        delivery("out", state=DeliveryState.FILTERED),
        delivery("wait"),
        delivery("gone", state=DeliveryState.FAILED),
    ]
    assert reckon(told, deliveries, ["console"], NOW) == {
        "console": Reckoning(posted=1, edited=3, to_digest=2, filtered=2, silent=1, waiting=1, given_up=1)
    }


@given(
    st.lists(KEYS),
    st.dictionaries(KEYS.filter(bool), st.tuples(st.sampled_from(DeliveryState), st.none() | st.just(at(1)))),
)
def test_the_counts_always_add_up(
    told: list[str | None], states: dict[str, tuple[DeliveryState, None]]
) -> None:
    """Whatever came and however it stands, each destination has an answer for each story."""
    deliveries = [delivery(k, state=state, posted_at=moment) for k, (state, moment) in states.items()]
    counts = reckon(told, deliveries, ["console", "discord:1"], NOW)
    assert [each.stories for each in counts.values()] == [len(told), len(told)]
    assert counts["discord:1"] == Reckoning(silent=told.count(None), filtered=len(told) - told.count(None))
