"""The log that Slack's libraries write to, without the secrets that they would put there."""

import logging
import re

_SECRET = re.compile(r"(?:https?|wss?)://\S+|\bx(?:ox[a-z]|app)-\S+")

sdk_log = logging.getLogger(__name__)
"""Warnings and errors only: on lower levels the libraries write whole requests."""
sdk_log.setLevel(logging.WARNING)


def _without_secrets(record: logging.LogRecord) -> bool:
    """Take addresses (some are tickets), tokens and stack traces (they hold both) out of a record."""
    record.msg, record.args = _SECRET.sub("…", record.getMessage()), ()
    record.exc_info = record.exc_text = None
    return True


sdk_log.addFilter(_without_secrets)
