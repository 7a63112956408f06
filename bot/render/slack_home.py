"""Cards as Slack's App Home: plain dicts, no chat library.

See https://docs.slack.dev/surfaces/app-home and https://docs.slack.dev/reference/views/home-tab-views.
"""

from collections.abc import Sequence

from bot.card import Card
from bot.render.slack import card_blocks
from bot.render.slack_controls import Block
from bot.render.slack_views import View

BLOCKS = 100
"""Of a view (https://docs.slack.dev/reference/block-kit/blocks)."""


def home_view(cards: Sequence[Card]) -> View:
    """Return cards one below the other, with a rule between any two; what has no room is left out."""
    made: list[Block] = []
    for card in cards:
        rule: list[Block] = [{"type": "divider"}] if made else []
        made += [*rule, *card_blocks(card, private=True)]
    return {"type": "home", "blocks": made[:BLOCKS]}
