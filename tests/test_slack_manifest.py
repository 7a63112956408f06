"""The app that people make from config/slack-manifest.yaml is what the bot needs, no more and no less."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from bot.actions.table import ACTIONS
from bot.commands.table import COMMANDS
from bot.platforms import slack_channels
from bot.platforms.slack_hearing import ROOT_COMMAND
from bot.platforms.slack_scopes import EVENTS, METHODS, SCOPES
from bot.render.slack_commands import ASKS
from claims.seeding import read_feeds

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "config" / "slack-manifest.yaml").read_text(encoding="utf-8")
APP: dict[str, Any] = yaml.safe_load(TEXT)


def shortcuts() -> list[tuple[str, str, str]]:
    """Return type, name and callback id of every shortcut, as the tables have them."""
    return [
        *(("global", row.shortcut, f"{ASKS}{row.name}") for row in COMMANDS if row.shortcut),
        *(("global", row.shortcut, row.verb) for row in ACTIONS if row.shortcut),
        *(("message", row.on_message, f"{ASKS}{row.name}") for row in COMMANDS if row.on_message),
    ]


def sources() -> Iterator[ast.Module]:
    """Yield the files that speak with Slack."""
    for path in sorted((ROOT / "bot" / "platforms").glob("slack*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def called(tree: ast.Module) -> Iterator[str]:
    """Yield the methods of the Web API that a file calls, each by its name in plain sight."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "call":
            (method, *_rest) = node.args
            assert isinstance(method, ast.Constant), ast.unparse(node)
            yield str(method.value)


def heard(tree: ast.Module) -> Iterator[str]:
    """Yield the events that a file listens to by `app.event("…")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "event":
            yield from (str(each.value) for each in node.args if isinstance(each, ast.Constant))


def test_it_has_the_shortcuts_of_the_tables() -> None:
    """Each row that is one stands in the manifest by its name, and none leads to two."""
    listed = APP["features"]["shortcuts"]

    assert sorted((each["type"], each["name"], each["callback_id"]) for each in listed) == sorted(shortcuts())
    assert (
        len({each["callback_id"] for each in listed}) == len({each["name"] for each in listed}) == len(listed)
    )


def test_it_has_the_one_command() -> None:
    """Whatever is asked follows it, with people, groups and channels by their ids."""
    (command,) = APP["features"]["slash_commands"]

    assert (command["command"], command["should_escape"]) == (ROOT_COMMAND, True)
    named = re.findall(r"[a-z]+ ?[a-z]*(?=[ ,\]])", command["usage_hint"])
    assert {each.strip() for each in named} <= {row.name for row in COMMANDS}


def test_it_asks_for_the_scopes_of_what_is_called_and_heard() -> None:
    """The tables of scopes have what the code calls and listens to, and the manifest has their scopes."""
    trees = list(sources())

    assert {method for tree in trees for method in called(tree)} == METHODS.keys()
    assert {*slack_channels.EVENTS, *(event for tree in trees for event in heard(tree))} == EVENTS.keys()
    assert set(APP["oauth_config"]["scopes"]["bot"]) == SCOPES
    assert set(APP["settings"]["event_subscriptions"]["bot_events"]) == EVENTS.keys()


def test_links_are_unfurled_of_outlets_that_are_watched() -> None:
    """Each domain is that of a feed that ships, or one that it belongs to."""
    hosts = [str(urlsplit(feed.url).hostname) for feed in read_feeds(ROOT / "seeds" / "feeds.toml")]

    for domain in APP["features"]["unfurl_domains"]:
        assert any(f".{host}".endswith(f".{domain}") for host in hosts), domain


def test_it_needs_no_public_address() -> None:
    """All comes by Socket Mode: controls, the home, and what is written to the bot nowhere."""
    settings, home = APP["settings"], APP["features"]["app_home"]

    assert settings["socket_mode_enabled"]
    assert settings["interactivity"] == {"is_enabled": True}
    assert not re.search(r"https?://(?!api\.slack\.com/apps)", TEXT)
    assert home["home_tab_enabled"]
    assert home["messages_tab_read_only_enabled"]


def test_it_keeps_to_slacks_limits() -> None:
    """Those of https://docs.slack.dev/reference/app-manifest; of names, 24 characters are shown."""
    shown, features = APP["display_information"], APP["features"]

    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert re.fullmatch("#[0-9a-f]{6}", shown["background_color"])
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["shortcuts"]) <= 10
    for each in features["shortcuts"]:
        assert (
            len(each["name"]) <= 24,
            len(each["description"]) <= 150,
            len(each["callback_id"]) <= 255,
        ) == (
            True,
            True,
            True,
        ), each
    for each in features["slash_commands"]:
        assert len(each["command"]) <= 32
        assert len(each["description"]) <= 2_000
        assert len(each["usage_hint"]) <= 1_000
    assert len(features["unfurl_domains"]) <= 5
    assert len(APP["settings"]["event_subscriptions"]["bot_events"]) <= 100
    assert len(APP["oauth_config"]["scopes"]["bot"]) <= 255


def test_each_scope_and_event_has_its_reason() -> None:
    """Whoever pastes it reads what each of them is for."""
    asked = [*APP["oauth_config"]["scopes"]["bot"], *APP["settings"]["event_subscriptions"]["bot_events"]]

    assert [
        each for each in asked if not re.search(rf"^ +- {re.escape(each)} # \S", TEXT, re.MULTILINE)
    ] == []
