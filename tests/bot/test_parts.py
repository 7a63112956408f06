"""The parts that the whole bot is put together from."""

from bot.parts import matcher_of
from tests.support.build import claim


def test_a_register_is_made_ready_once() -> None:
    """Whoever asks why again waits for no second matcher of the same claims; other claims have their own."""
    first = matcher_of([claim("containers-2023")])

    assert matcher_of([claim("containers-2023")]) is first
    assert matcher_of([claim("containers-2023"), claim("shell-volume")]) is not first
