"""What the app's manifest sets up, as far as people meet it: https://docs.slack.dev/reference/app-manifest."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

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
    app: dict[str, Any] = yaml.safe_load(_PATH.read_text(encoding="utf-8") if text is None else text)
    features, settings = app.get("features") or {}, app.get("settings") or {}
    return Manifest(
        commands=frozenset(each["command"] for each in features.get("slash_commands", ())),
        shortcuts={each["callback_id"]: each["type"] for each in features.get("shortcuts", ())},
        domains=tuple(features.get("unfurl_domains", ())),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
        scopes=frozenset(app.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
    )
