"""Who changed what here, and when."""

from collections.abc import Mapping

from bot.answers.audit import audit_card
from bot.card import Card
from bot.commands.model import Context
from bot.paging import page_of
from claims.workspaces import CONSOLE

KEPT = 1_000
"""Entries that can be turned to, the newest; the log itself only grows."""
LISTED = 10
"""Entries of a page."""


async def list_audit(context: Context, args: Mapping[str, str]) -> Card:
    """Return what was changed in the asker's workspace, newest first; the console sees that of all.

    Raises:
        UsageError: `page` is no number.

    """
    everywhere = context.workspace == CONSOLE
    entries = await context.store.audit(None if everywhere else context.workspace, KEPT)
    return audit_card(page_of(entries, args, LISTED), len(entries), context.timezone, everywhere=everywhere)
