"""A sample alert looks like an alert, and nobody can take it for one."""

from bot.sample_alert import sample_card
from tests.support.build import NOW
from tests.support.chat import words


def test_a_sample_says_that_it_is_one() -> None:
    """The heading says so, every name in it is a sample's, and nothing can be pressed."""
    card = sample_card(NOW, "Asia/Seoul")

    assert card.heading.startswith("SAMPLE, NO NEWS · NEW FIGURE · ")
    assert card.heading.endswith("supports sample-containers")
    assert card.title.startswith("Sample Ministry: at least 2,500 containers")
    assert "Told by: Sample Wire, also Sample Herald; " in words(card)
    assert "27 August 20:06 KST" in words(card)
    assert card.controls == ()
    assert (card.url or "").startswith("https://sample-wire.example/")
