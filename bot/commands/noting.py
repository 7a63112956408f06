"""What is written down of a change: who made it, where, when, and what it said, without secrets."""

import logging
import re
from collections.abc import Mapping

from bot.commands.model import Context
from bot.phrases import shorten
from claims.text import one_line
from claims.workspaces import AuditEntry

log = logging.getLogger(__name__)

_NOTED = 200
"""Characters of each value."""


async def note_change(context: Context, name: str, args: Mapping[str, str]) -> None:
    """Note in the log and in the audit log of the asker's workspace that a command or action changed things.

    `args` are its values by name; one without a name is what a button stands for.
    """
    said = " ".join(f"{key}={_without_secrets(words)}".lstrip("=") for key, words in args.items() if words)
    asker = context.asker
    log.info("changed by=%s command=%s %s", asker.reference, name, said)
    await context.store.note(AuditEntry(asker.workspace, context.clock(), asker.reference, name, said))


def _without_secrets(words: str) -> str:
    """Return words on one line without what may be a key: the query of an address."""
    return shorten(re.sub(r"\?\S+", "?…", one_line(words)), _NOTED)
