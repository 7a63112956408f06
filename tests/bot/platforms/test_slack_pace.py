"""Slack's pace: a message a second in each channel, and pauses by method."""

from bot.platforms.slack_pace import BURST, Pauses, Turns


def test_a_channel_has_a_message_a_second_after_a_short_burst() -> None:
    """Turns are handed out in order, other channels have their own, and what was left unused comes back."""
    turns = Turns()
    assert [turns.take("C1", 100.0) for _ in range(BURST + 2)] == [0.0] * BURST + [1.0, 2.0]
    assert turns.wait("C1", 100.0) == 3.0
    assert turns.take("C2", 100.0) == 0.0
    assert turns.take("C1", 104.0) == 0.0
    assert [turns.take("C1", 200.0) for _ in range(BURST + 1)] == [0.0] * BURST + [1.0]


def test_a_pause_is_for_one_thing_until_it_is_over() -> None:
    """A later pause lengthens it, a shorter one does not end it."""
    pauses = Pauses()
    pauses.begin("chat.postMessage", 30.0, 100.0)
    pauses.begin("chat.postMessage", 5.0, 110.0)
    found = [pauses.left("chat.postMessage", now) for now in (100.0, 120.0, 130.0)]
    assert found == [30.0, 10.0, 0.0]
    assert pauses.left("chat.update", 100.0) == 0.0
