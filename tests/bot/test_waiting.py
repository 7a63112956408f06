"""What is said of alerts that waited for a digest."""

from bot.card import plain
from bot.digest_card import digest_card
from bot.waiting import waited
from claims.digest import Summary
from claims.outgoing import Held
from claims.routing import Hold
from tests.support.build import alert, digest, member


def held(*reasons: Hold) -> tuple[Held, ...]:
    """Return an alert for each of these reasons."""
    return tuple(Held(alert(member(f"Story {n}")), reason) for n, reason in enumerate(reasons))


def test_what_waited_is_counted_by_its_reasons() -> None:
    """The count comes first, then why, then headlines, as many as fit a phone."""
    assert waited(held(Hold.BUDGET, Hold.QUIET, Hold.QUIET)) == (
        "3 alerts waited for this digest: 2 in quiet hours, 1 over the budget. Story 0; Story 1; Story 2"
    )
    assert waited(held(Hold.PAUSED)) == "1 alert waited for this digest: 1 while paused. Story 0"
    assert waited(held(*[Hold.QUIET] * 5)).endswith("Story 0; Story 1; Story 2 +2 more")


def test_nothing_is_said_where_nothing_waited() -> None:
    """A digest of a calm night has no such line."""
    assert waited(()) == ""
    card = digest_card(digest(), Summary(0, 0), "UTC")
    assert "Waited" not in [field.name for field in card.fields]


def test_a_digest_tells_what_waited_for_it() -> None:
    """The line stands on its card."""
    card = digest_card(digest(), Summary(0, 0, held=held(Hold.QUIET)), "UTC")
    (shown,) = [plain(field.value) for field in card.fields if field.name == "Waited"]
    assert shown.startswith("1 alert waited for this digest")
