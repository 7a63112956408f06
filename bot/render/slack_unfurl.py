"""A card as what is shown under a link that somebody posted: without rich text, which Slack refuses there.

`chat.unfurl` answers `invalid_blocks` to a `rich_text` block
(https://github.com/slackapi/java-slack-sdk/issues/948). All is `plain_text`, in which no markup, mention or
address means anything.
"""

from collections.abc import Iterator

from bot.card import Card, plain
from bot.render.clip import clip
from bot.render.slack import ENTRY, HEADING, LABEL
from bot.render.slack_controls import Block, blocks
from claims.text import one_line

TEXT = 3_000
"""Characters of a section (https://docs.slack.dev/reference/block-kit/blocks/section-block)."""

CONTROLS = 1_000
"""Characters of all controls: our own measure, for a few buttons."""


def unfurl_blocks(card: Card) -> list[Block]:
    """Return a card with its controls as `blocks` of one address of `chat.unfurl`.

    What does not fit is cut where the reader sees it, ending in `…`.
    """
    said = [plain(line) for line in card.lines]
    said += [f"{field.name}: {plain(field.value)}" for field in card.fields]
    entries = [clip(one_line(each), ENTRY) for each in (clip(card.title, LABEL), *said)]
    return [
        *_context(clip(card.heading, HEADING)),
        {"type": "section", "text": _plain(clip("\n".join(filter(None, entries)), TEXT))},
        *_context(clip(card.footer, LABEL)),
        *blocks(card.controls, CONTROLS),
    ]


def _context(words: str) -> Iterator[Block]:
    if said := one_line(words):
        yield {"type": "context", "elements": [_plain(said)]}


def _plain(words: str) -> Block:
    return {"type": "plain_text", "text": words, "emoji": False}
