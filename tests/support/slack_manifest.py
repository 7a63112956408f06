"""What the app's manifest sets up, as far as people meet it: https://docs.slack.dev/reference/app-manifest."""

import re
from dataclasses import dataclass
from pathlib import Path

_PATH = Path(__file__).parents[2] / "config" / "slack-manifest.yaml"


@dataclass(frozen=True)
class Manifest:
    """What the app can be asked for, and what it is told of."""

    commands: frozenset[str]
    shortcuts: dict[str, str]
    """The type of each, `global` or `message`, by its `callback_id`."""
    domains: tuple[str, ...]
    """Of links that it unfurls."""
    events: frozenset[str]
    scopes: frozenset[str]
    """Of its bot token."""


def manifest(text: str | None = None) -> Manifest:
    """Read a manifest, by default the project's own."""
    text = _PATH.read_text(encoding="utf-8") if text is None else text
    shortcuts = [dict(re.findall(r"(\w+): ([^#\n]*[^#\s])", item)) for item in _items(text, "shortcuts")]
    return Manifest(
        commands=frozenset(re.findall(r"command: (\S+)", text)),
        shortcuts={each["callback_id"]: each["type"] for each in shortcuts},
        domains=tuple(_items(text, "unfurl_domains")),
        events=frozenset(_items(text, "bot_events")),
        scopes=frozenset(_items(text, "bot")),
    )


def _items(text: str, key: str) -> list[str]:
    """Return the items of the list under a key, each without what is remarked behind it."""
    found = re.search(rf"^( *){key}:.*\n((?:\1 +.*\n|\1- .*\n)*)", text, re.MULTILINE)
    items = re.split(r"^ *- ", found[2], flags=re.MULTILINE)[1:] if found else []
    return [re.sub(r"\s+#.*", "", item).strip() for item in items]
