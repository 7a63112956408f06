"""What can be set, and what it comes to."""

import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path

import pytest

from bot.resources import data
from bot.settings import KEYS, VARIABLES, Settings, load
from claims.subscriptions import Subscription
from tests.support.files import settings_file

NO_VARIABLES: Mapping[str, str] = {}


def test_nothing_needs_to_be_set() -> None:
    """Without a file and variables every setting has its default."""
    settings = load(None, NO_VARIABLES)

    assert settings == Settings()
    assert settings.platforms == ("console",)
    assert settings.subscribed() == (Subscription("console"),)
    assert settings.secrets == ()
    assert settings.warnings() == []


def test_the_shipped_file_is_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that shows every setting changes none of them."""
    monkeypatch.chdir(data("config"))

    assert load(Path("settings.toml"), NO_VARIABLES) == Settings()


@pytest.mark.parametrize("key", [key for key in KEYS if "." in key])
def test_the_shipped_file_shows_every_setting(key: str) -> None:
    """Each key stands below its section, with a comment of its own."""
    section, _, name = key.partition(".")
    tables = re.split(
        r"^(?:# )?\[+(\w+)\]+$", data("config/settings.toml").read_text("utf-8"), flags=re.MULTILINE
    )
    below = dict(zip(tables[1::2], tables[2::2], strict=True))

    assert re.search(rf"^(?:# )?{name} = .+  ?# \S", below[section], flags=re.MULTILINE)


def test_a_shown_subscription_is_a_real_one(tmp_path: Path) -> None:
    """The subscription in the comments of the shipped file can be used as it stands."""
    shown = data("config/settings.toml").read_text("utf-8").partition("# [[subscriptions]]")[2]
    path = settings_file(
        tmp_path, "[[subscriptions]]\n" + "\n".join(line.removeprefix("# ") for line in shown.splitlines())
    )

    assert load(path, NO_VARIABLES).subscriptions[0].subscription() == Subscription(
        "discord:123456789012345678", None, time(8), "UTC", budget=6, week_on=0, month_on=1
    )


def test_a_variable_wins_over_the_file(tmp_path: Path) -> None:
    """A variable replaces its own key of the file and leaves the others of the section."""
    path = settings_file(tmp_path, "[watch]\ninterval_minutes = 10\nper_host = 4\n")

    watch = load(path, {"CLAIMWATCH_WATCH__INTERVAL_MINUTES": "0.25"}).watch

    assert (watch.interval_minutes, watch.per_host) == (0.25, 4)


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    """An empty variable leaves what the file says, and an empty value in the file the default."""
    path = settings_file(
        tmp_path, '[watch]\nper_host = 4\ncontact = ""\n[seeds]\nclaims = ""\n[discord]\ntoken = ""\n'
    )

    settings = load(path, {"CLAIMWATCH_WATCH__PER_HOST": "", "CLAIMWATCH_SLACK__BOT_TOKEN": ""})

    assert settings.watch.per_host == 4
    assert settings.seeds.claims is None
    assert settings.platforms == ("console",)


def test_the_variable_names_the_file_unless_the_caller_does(tmp_path: Path) -> None:
    """`CLAIMWATCH_CONFIG` is read only where no file is handed in."""
    path = settings_file(tmp_path, "[watch]\nper_host = 4\n")
    other = tmp_path / "other.toml"
    other.write_text("[watch]\nper_host = 5\n", encoding="utf-8")
    environment = {"CLAIMWATCH_CONFIG": str(path)}

    assert load(None, environment).watch.per_host == 4
    assert load(other, environment).watch.per_host == 5


def test_other_variables_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the mapping that is handed in is read, and only names with our prefix."""
    monkeypatch.setenv("CLAIMWATCH_WATCH__PER_HOST", "9")
    monkeypatch.setenv("WATCH__PER_HOST", "9")

    assert load(None, {"PATH": "/bin", "watch__per_host": "8"}).watch.per_host == 1


def test_paths_of_the_file_start_at_its_folder(tmp_path: Path) -> None:
    """A relative path of the file follows the file; one of a variable stays as it is typed."""
    path = settings_file(tmp_path, '[store]\npath = "kept/claims.db"\n[seeds]\nclaims = "/srv/claims.toml"\n')

    settings = load(path, {"CLAIMWATCH_SEEDS__FEEDS": "feeds.toml"})

    assert settings.store.path == tmp_path / "kept" / "claims.db"
    assert settings.seeds.claims == Path("/srv/claims.toml")
    assert settings.seeds.feeds == Path("feeds.toml")


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("CLAIMWATCH_DISCORD__GUILDS", "123, 456", (123, 456)),
        ("CLAIMWATCH_DISCORD__GUILDS", '["123", 456]', (123, 456)),
        ("CLAIMWATCH_DISCORD__GUILDS", "123456789012345678", (123456789012345678,)),
        ("CLAIMWATCH_WATCH__ALLOW_HOSTS", "LOCALHOST:80,[::1]:8080", ("localhost:80", "[::1]:8080")),
        ("CLAIMWATCH_WATCH__ALLOW_HOSTS", '["127.0.0.1:1"]', ("127.0.0.1:1",)),
        ("CLAIMWATCH_CONSOLE__ENABLED", "true", True),
        ("CLAIMWATCH_CONSOLE__ENABLED", "0", False),
        ("CLAIMWATCH_WATCH__FLOOR_SECONDS", "0", 0),
        ("CLAIMWATCH_DISCORD__API_BASE", "http://127.0.0.1:81/api/v10", "http://127.0.0.1:81/api/v10"),
        ("CLAIMWATCH_DISCORD__GATEWAY_URL", "ws://[::1]:81", "ws://[::1]:81"),
        ("CLAIMWATCH_SLACK__API_BASE", "http://localhost:81/api/", "http://localhost:81/api/"),
        ("CLAIMWATCH_SLACK__MANAGERS", "U0123456789, W1", ("U0123456789", "W1")),
    ],
)
def test_variables_are_read_as_their_setting_is(variable: str, value: str, expected: object) -> None:
    """Lists are JSON or have commas between, booleans are words, numbers are numbers."""
    section, key = VARIABLES[variable]

    assert getattr(getattr(load(None, {variable: value}), section), key) == expected


def test_subscriptions_come_from_the_file_or_as_json(tmp_path: Path) -> None:
    """Both ways to subscribe make the same records, in the order they were written."""
    path = settings_file(
        tmp_path,
        '[[subscriptions]]\ndestination = "slack:C0123"\nclaims = ["b", "a"]\ndigest = "07:30"\n'
        'timezone = "Asia/Seoul"\n[[subscriptions]]\ndestination = "discord:42"\ndigest = 07:30:00\n'
        '[[subscriptions]]\ndestination = "console"\nclaims = "*"\n',
    )
    json = (
        '[{"destination": "slack:C0123", "claims": ["a", "b"], "digest": "07:30", "timezone": "Asia/Seoul"},'
        ' {"destination": "discord:42", "digest": "07:30"}, {"destination": "console", "claims": ["*"]}]'
    )

    wanted = load(path, NO_VARIABLES).subscribed()

    assert wanted == (
        Subscription("slack:C0123", frozenset({"a", "b"}), time(7, 30), "Asia/Seoul"),
        Subscription("discord:42", None, time(7, 30)),
        Subscription("console"),
    )
    assert load(None, {"CLAIMWATCH_SUBSCRIPTIONS": json}).subscribed() == wanted


def test_tokens_are_held_but_not_shown() -> None:
    """Tokens come out where they are asked for, and in no text of the settings."""
    settings = load(
        None,
        {
            "CLAIMWATCH_DISCORD__TOKEN": " discord-token\n",
            "CLAIMWATCH_SLACK__BOT_TOKEN": "xoxb-token",
            "CLAIMWATCH_SLACK__APP_TOKEN": "xapp-token",
            "CLAIMWATCH_SECOND_OPINION__URL": "https://llm.example.org/v1",
            "CLAIMWATCH_SECOND_OPINION__MODEL": "sample-model",
            "CLAIMWATCH_SECOND_OPINION__API_KEY": "llm-key",
        },
    )

    assert settings.secrets == ("discord-token", "xoxb-token", "xapp-token", "llm-key")
    assert settings.platforms == ("discord", "slack")
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert not any(secret in shown for secret in settings.secrets)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        (
            {"CLAIMWATCH_SUBSCRIPTIONS": '[{"destination": "discord:1"}]'},
            ["discord:1", "CLAIMWATCH_DISCORD__TOKEN", "Reset Token"],
        ),
        (
            {"CLAIMWATCH_SUBSCRIPTIONS": '[{"destination": "slack:C1"}]'},
            ["slack:C1", "CLAIMWATCH_SLACK__BOT_TOKEN", "CLAIMWATCH_SLACK__APP_TOKEN"],
        ),
        (
            {
                "CLAIMWATCH_DISCORD__TOKEN": "t",
                "CLAIMWATCH_SUBSCRIPTIONS": '[{"destination": "discord:1"}, {"destination": "console"}]',
            },
            ["console is subscribed", "console.enabled"],
        ),
        (
            {
                "CLAIMWATCH_SLACK__BOT_TOKEN": "xapp-1",
                "CLAIMWATCH_SLACK__APP_TOKEN": "xapp-2",
                "CLAIMWATCH_SUBSCRIPTIONS": '[{"destination": "slack:C1"}]',
            },
            ["slack.bot_token", "xoxb-", "Bot User OAuth Token"],
        ),
    ],
)
def test_what_is_probably_not_meant_is_a_warning(environment: dict[str, str], words: list[str]) -> None:
    """Settings that load but cannot do what they seem to want are said, a sentence each."""
    (warning,) = load(None, environment).warnings()

    assert all(word in warning for word in words)


@pytest.mark.parametrize(
    ("subscribed", "platforms"),
    [
        ((), ["discord", "slack"]),
        (("console", "slack:C1"), ["discord"]),
        (("discord:600", "slack:C1"), []),
    ],
)
def test_a_platform_that_is_told_nothing_yet_says_how_to_begin(
    subscribed: tuple[str, ...], platforms: list[str]
) -> None:
    """What was subscribed in chat counts as what the settings name does; the console needs nothing."""
    tokens = {
        "CLAIMWATCH_DISCORD__TOKEN": "t",
        "CLAIMWATCH_SLACK__BOT_TOKEN": "xoxb-1",
        "CLAIMWATCH_SLACK__APP_TOKEN": "xapp-2",
        "CLAIMWATCH_CONSOLE__ENABLED": "true",
    }
    begin = {
        "discord": "press Set up in the server",
        "slack": "press Set up below its greeting",
    }

    notes = load(None, tokens).unheard(subscribed)

    assert [note.partition(" ")[0] for note in notes] == platforms
    assert all(begin[platform] in note for platform, note in zip(platforms, notes, strict=True))
    assert not any("runs" in note for note in notes)


def test_the_console_runs_beside_a_platform_when_it_is_switched_on() -> None:
    """A token leaves the console out unless the settings ask for it."""
    token = {"CLAIMWATCH_DISCORD__TOKEN": "t"}

    assert load(None, token).platforms == ("discord",)
    assert load(None, {**token, "CLAIMWATCH_CONSOLE__ENABLED": "true"}).platforms == ("discord", "console")
