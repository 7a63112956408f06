"""How fast Discord is asked: never more in a second than a bot may."""

from bot.platforms.discord_pace import Pace


def test_no_second_has_more_than_may_be() -> None:
    """A burst is spread, however long it is; in no second does it exceed what may be sent."""
    pace = Pace(most=3)

    turns = [0.25 + pace.wait(0.25) for _ in range(10)]

    assert turns == [0.25] * 3 + [1.25] * 3 + [2.25] * 3 + [3.25]


def test_nobody_waits_without_need() -> None:
    """Where little is sent, each request goes at once; those of more than a second ago count no more."""
    pace = Pace(most=2)

    assert [pace.wait(now) for now in (0.0, 0.5, 1.0, 1.5, 1.75)] == [0.0, 0.0, 0.0, 0.0, 0.25]
