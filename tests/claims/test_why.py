"""A kept story beside what the matcher of today says of it."""

from dataclasses import replace
from pathlib import Path

from claims.matching.lexicon import load_lexicon
from claims.matching.matcher import Matcher
from claims.model import Mark, Member, Reason, Stance
from claims.outgoing import Account, DeliveryState
from claims.why import LATE, attached, delivered_to, placed, today
from tests.support.build import (
    alert,
    claim,
    delivery,
    event,
    evidence,
    marks,
    member,
    reading,
    story,
    subscription,
    verdict,
)

SEEDS = Path(__file__).parents[2] / "seeds"
TOLD = story("Shells leave Rason", summary="The shells went by ship.")


def test_marks_come_by_their_place_and_never_overlap() -> None:
    """Of marks that overlap, the longest of those that begin first is shown."""
    ship = Mark(38, 42, "ship", "ship")
    inside = (Mark(0, 6, "Shells"), Mark(3, 5, "ll"))
    found = placed(TOLD, [ship, *inside, Mark(0, 12, "Shells leave")])

    assert [TOLD.text[m.start : m.end] for m in found] == ["Shells leave", "ship"]


def test_words_that_are_no_longer_there_are_not_marked() -> None:
    """A story that was revised has lost words, and an older version kept no places: neither marks others."""
    assert placed(TOLD, [Mark(0, 6, "Rockets"), Mark(0, 0, "Shells"), Mark(900, 906, "Shells")]) == ()
    assert placed(TOLD, [*marks("SHELLS")]) == marks("SHELLS")


def test_attached_is_what_may_be_told() -> None:
    """What is only suggested, or in passing, is not attached."""
    sure = reading(TOLD)
    unsure = replace(sure, evidence=(evidence(TOLD, suggested=True),))
    passing = replace(sure, evidence=(evidence(TOLD, stance=Stance.BACKGROUND),))

    assert [attached(each) for each in (sure, unsure, passing)] == [True, False, False]


def test_today_says_what_it_would_say_otherwise() -> None:
    """A story that nobody judged is read again, with the nearest claims and the nearest matter."""
    ours = claim("sample-oil", statement="Russia ships North Korea more oil than allowed")
    matcher = Matcher(load_lexicon(SEEDS / "lexicon"), [ours])
    oil = story("Russia ships North Korea oil above the cap", summary="Tankers carried refined oil.")
    kept = Account(Member(oil, replace(reading(oil, []), relevant=False)), Reason.IRRELEVANT)
    now = today(kept, matcher, ["sample-oil"], top=3)

    assert now.reading == matcher.read(oil)
    assert now.change is not None
    assert now.change.relevance
    assert [candidate.claim_id for candidate in now.nearest] == ["sample-oil"]
    assert now.matter is not None
    settled = replace(kept, verdicts=(verdict(oil, "not-relevant"),))
    assert today(settled, matcher, ["sample-oil"], top=0).change is None
    again = replace(kept, member=Member(oil, now.reading))
    assert today(again, matcher, ["sample-oil"], top=0).change is None


def test_a_late_subscription_has_that_as_its_reason() -> None:
    """It stands among the destinations to which something went, subscribed still or not."""
    first = member()
    key = alert(first).key
    names = ("discord:1", "slack:C9")
    account = Account(
        first, Reason.NEW_EVENT, event(first), alert(first), tuple(delivery(key, name) for name in names)
    )
    wanted = [subscription("discord:1"), subscription("discord:3")]
    late = delivery(key, "discord:3", state=DeliveryState.FILTERED, reason=LATE)

    assert delivered_to(account, wanted).deliveries == (
        delivery(key, "discord:1"),
        late,
        delivery(key, "slack:C9"),
    )


def test_what_raised_no_alert_went_nowhere() -> None:
    """Of a silent story no destination has anything to say."""
    account = Account(member(), Reason.NO_CLAIM)

    assert delivered_to(account, [subscription()]) == account
