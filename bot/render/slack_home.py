"""Cards as Slack's App Home: plain dicts, no chat library.

See https://docs.slack.dev/surfaces/app-home and https://docs.slack.dev/reference/views/home-tab-views.
"""

import json
from collections.abc import Sequence

from bot.card import Card
from bot.language import ngettext
from bot.render import slack
from bot.render.slack_controls import Block, plain_text
from bot.render.slack_views import View
from claims.text import one_line

BLOCKS = 100
"""https://docs.slack.dev/reference/views/home-tab-views"""
BYTES = 200_000
"""Of all blocks as JSON: our own measure. Slack refuses views of 250,000
(https://docs.slack.dev/reference/methods/views.publish)."""
CARD = 3_000
"""Characters of a card here: our own measure, a screen of a phone."""


def home_view(cards: Sequence[Card]) -> View:
    """Return cards one below the other; those with a title begin a section. What has no room is counted."""
    made: list[Block] = []
    for number, card in enumerate(cards):
        more = [*made, *_blocks(card, first=not made)]
        if len(more) >= BLOCKS or len(json.dumps(more)) > BYTES:
            left = len(cards) - number
            words = ngettext("{count} more", "{count} more", left).format(count=left)
            made.append({"type": "context", "elements": [plain_text(words, slack.LABEL)]})
            break
        made = more
    return {"type": "home", "blocks": made or slack.title(Card(""))}


def _blocks(card: Card, *, first: bool) -> list[Block]:
    begins: list[Block] = []
    if words := one_line(card.title):
        rule: list[Block] = [] if first else [{"type": "divider"}]
        begins = [*rule, {"type": "header", "text": plain_text(words, slack.HEADING)}]
    return [*begins, *slack.heading(card), *slack.body(card, CARD, private=True)]
