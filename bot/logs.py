"""Log lines: one line each on stderr, `key=value`, with no token and no control character in them."""

import json
import logging
import re
import sys
import time
from collections.abc import Iterable

from claims.text import without_keys

_CHATTY = (
    "aiohttp",
    "apscheduler",
    "asyncio",
    "discord",
    "httpcore2",
    "httpx2",
    "openai",
    "slack_bolt",
    "slack_sdk",
)
"""Libraries whose lines below a warning say nothing to whoever runs the bot."""

_TOKENS = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+"  # Slack (docs.slack.dev/authentication/tokens)
    r"|xapp-[\w-]+"
    r"|(?<=ticket=)[^&\s\"']+"  # the address of a Socket Mode connection
    r"|sk-[\w-]{16,}"  # the keys of OpenAI and of those who do as it does
    r"|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"  # Discord: id, time and signature, each in base64
)
_HIDDEN = "[hidden]"


class LineFormatter(logging.Formatter):
    """Writes a record as one line: `time=… level=… logger=… message="…"`, then `error="…"` if it has one."""

    def __init__(self, secrets: Iterable[str]) -> None:
        """Keep the secrets that no line may hold, whatever they look like."""
        super().__init__()
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, without a line break."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        values = {"message": record.getMessage()}
        if record.exc_info:
            values["error"] = self.formatException(record.exc_info)
        told = " ".join(f"{key}={self._quoted(value)}" for key, value in values.items())
        return f"time={at} level={record.levelname.lower()} logger={record.name} {told}"

    def _quoted(self, text: str) -> str:
        """Return text in quotes, secrets hidden and what cannot be seen written as an escape."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        quoted = json.dumps(_TOKENS.sub(_HIDDEN, without_keys(text)), ensure_ascii=False)
        return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in quoted)


class _Stderr(logging.Handler):
    """Writes to the stderr of the moment: a prompt swaps it to keep lines out of what is being typed."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except Exception:  # noqa: BLE001 a line that cannot be written must not stop the bot
            self.handleError(record)


def set_up(level: str, secrets: Iterable[str]) -> None:
    """Send the log lines of a level and above to stderr, and nothing anywhere else.

    Args:
        level: debug, info, warning or error, in any case.
        secrets: texts that are replaced wherever they occur.

    Raises:
        ValueError: there is no such level.

    """
    least = logging.getLevelNamesMapping().get(level.upper())
    if least is None:
        raise ValueError(f"there is no log level {level!r}; write debug, info, warning or error")
    handler = _Stderr(least)  # a library may set its own loggers lower, as OPENAI_LOG=debug does
    handler.setFormatter(LineFormatter(secrets))
    logging.basicConfig(level=least, handlers=[handler], force=True)
    # What could not be written is dropped: the library would print it as it came, tokens included.
    logging.raiseExceptions = False
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(least, logging.WARNING))
