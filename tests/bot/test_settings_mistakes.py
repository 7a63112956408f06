"""How a mistake in the settings is said."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.settings import load
from claims.errors import SettingsError
from tests.support.files import settings_file

NO_VARIABLES: Mapping[str, str] = {}


def refused(config: Path | None, environment: Mapping[str, str]) -> list[str]:
    """Return the lines with which settings are refused."""
    with pytest.raises(SettingsError) as caught:
        load(config, environment)
    assert caught.value.__cause__ is None
    return str(caught.value).splitlines()


MISTAKES = {
    "a key is misspelt": (
        "[watch]\nintervall_minutes = 1",
        "watch.intervall_minutes",
        "watch.interval_minutes",
    ),
    "a section is misspelt": ("[wach]\nper_host = 1", "wach", "did you mean watch?"),
    "a key stands outside its section": ("per_host = 1", "per_host", "watch.per_host"),
    "a key of a subscription is misspelt": (
        '[[subscriptions]]\ndestination = "console"\ntimezon = "UTC"',
        "subscriptions.timezon",
        "subscriptions.timezone",
    ),
    "a section is a number": ("watch = 1", "watch must be a table", "[watch]"),
    "a word for a number": ('[watch]\nper_host = "two"', "watch.per_host", "a whole number"),
    "zero minutes": ("[watch]\ninterval_minutes = 0", "watch.interval_minutes must be greater", "minutes"),
    "no end of minutes": ("[watch]\ninterval_minutes = inf", "watch.interval_minutes", "such as 5"),
    "a negative floor": ("[watch]\nfloor_seconds = -1", "watch.floor_seconds", "seconds"),
    "a host without a port": ('[watch]\nallow_hosts = ["localhost"]', "watch.allow_hosts", "host:port"),
    "an address for a host": ('[watch]\nallow_hosts = ["http://a:1"]', "watch.allow_hosts", "host:port"),
    "a line break in the contact": ('[watch]\ncontact = "a\\nX: b"', "watch.contact", "on one line"),
    "a word for a boolean": ('[console]\nenabled = "maybe"', "console.enabled must be", "true or false"),
    "a name for a server": ('[discord]\nguilds = ["home"]', "discord.guilds (number 1)", "server ids"),
    "a name for a person": ('[slack]\nmanagers = ["@mina"]', "slack.managers (number 1)", "S0123456789"),
    "a channel for a team": ('[slack]\nteams = ["T01", "C01"]', "slack.teams (number 2)", "T0123456789"),
    "clear text abroad": ('[discord]\napi_base = "http://example.org"', "discord.api_base", "https://"),
    "clear text by a trick": (
        '[slack]\napi_base = "http://127.0.0.1@example.org/"',
        "slack.api_base",
        "https://",
    ),
    "clear text by a slash": (
        '[slack]\napi_base = "http://example.org\\\\@127.0.0.1/"',
        "slack.api_base",
        "https://",
    ),
    "clear text to a name like ours": (
        '[slack]\napi_base = "http://localhost.example.org/"',
        "slack.api_base",
        "https://",
    ),
    "a clear socket abroad": ('[discord]\ngateway_url = "ws://example.org"', "discord.gateway_url", "wss://"),
    "a web address for a socket": ('[discord]\ngateway_url = "https://a.b"', "discord.gateway_url", "wss://"),
    "a file for an address": ('[slack]\napi_base = "file:///etc/passwd"', "slack.api_base", "https://"),
    "an address without a host": ('[slack]\napi_base = "https:///api"', "slack.api_base", "https://"),
    "one Slack token": ('[slack]\nbot_token = "xoxb-1"', "no app_token", "App-Level Tokens"),
    "the other Slack token": ('[slack]\napp_token = "xapp-1"', "no bot_token", "Bot User OAuth Token"),
    "one table of subscriptions": ('[subscriptions]\ndestination = "console"', "subscriptions is one", "[["),
    "a number of subscriptions": ("subscriptions = 2", "subscriptions must be a list", "[[subscriptions]]"),
    "no destination": ("[[subscriptions]]\n", "subscriptions.destination (number 1) is missing", "console"),
    "a Discord channel by name": (
        '[[subscriptions]]\ndestination = "discord:news"',
        "subscriptions.destination",
        "number",
    ),
    "a Slack channel by name": ('[[subscriptions]]\ndestination = "slack:#news"', "destination", "slack:C0"),
    "a console with a channel": ('[[subscriptions]]\ndestination = "console:1"', "destination", "console"),
    "a destination twice": (
        '[[subscriptions]]\ndestination = "console"\n[[subscriptions]]\ndestination = "console"',
        "console more than once",
        "one subscription",
    ),
    "no claim at all": ('[[subscriptions]]\ndestination = "console"\nclaims = []', "claims", '"*"'),
    "an hour that is none": (
        '[[subscriptions]]\ndestination = "console"\ndigest = "24:00"',
        "digest",
        "HH:MM",
    ),
    "an hour with one digit": (
        '[[subscriptions]]\ndestination = "console"\ndigest = "8:00"',
        "digest",
        "HH:MM",
    ),
    "seconds in an hour": (
        '[[subscriptions]]\ndestination = "console"\ndigest = 08:00:30',
        "digest",
        "HH:MM",
    ),
    "a zone that is none": (
        '[[subscriptions]]\ndestination = "console"\ntimezone = "Mars"',
        "timezone",
        "IANA",
    ),
    "a zone outside the zones": (
        '[[subscriptions]]\ndestination = "console"\ntimezone = "../../etc/passwd"',
        "timezone",
        "IANA",
    ),
    "no TOML": ("[watch]\nper_host: 2", "is not TOML", "line 2"),
}


@pytest.mark.parametrize(("text", "wrong", "write"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, wrong: str, write: str) -> None:
    """One line names the file, the key, what is wrong and what to write."""
    path = settings_file(tmp_path, text)

    (line,) = refused(path, NO_VARIABLES)

    assert line.startswith(f"{path}: ")
    assert wrong in line
    assert write in line


@pytest.mark.parametrize(
    ("variable", "value", "write"),
    [
        ("CLAIMWATCH_WATCH__PER_HOST", "two", "a whole number"),
        ("CLAIMWATCH_WATCH__ALLOW_HOSTS", "localhost", "host:port"),
        ("CLAIMWATCH_SLACK__API_BASE", "http://example.org/", "https://"),
        ("CLAIMWATCH_SLACK__BOT_TOKEN", "xoxb-1", "CLAIMWATCH_SLACK__APP_TOKEN"),
        ("CLAIMWATCH_SECOND_OPINION__URL", "http://llm.example.org/v1", "https://"),
        ("CLAIMWATCH_SECOND_OPINION__URL", "https://llm.example.org/v1", "set both, or neither"),
        ("CLAIMWATCH_SECOND_OPINION__MODEL", "sample-model", "set both, or neither"),
        ("CLAIMWATCH_SECOND_OPINION__TOKENS_PER_DAY", "0", "a whole number"),
        ("CLAIMWATCH_SUBSCRIPTIONS", "console", '[{"destination": "console"}]'),
        ("CLAIMWATCH_SUBSCRIPTIONS", '[{"destination": "here"}]', "slack:C0123456789"),
    ],
)
def test_a_mistake_in_a_variable_is_named(variable: str, value: str, write: str) -> None:
    """One line names the variable, what is wrong and what to write."""
    (line,) = refused(None, {variable: value})

    assert line.startswith(f"{variable}: ")
    assert write in line


@pytest.mark.parametrize(
    ("variable", "nearest"),
    [
        ("CLAIMWATCH_WATCH_PER_HOST", "CLAIMWATCH_WATCH__PER_HOST"),
        ("CLAIMWATCH_DISCORD__TOKENS", "CLAIMWATCH_DISCORD__TOKEN"),
        ("CLAIMWATCH_WATCH", None),
        ("CLAIMWATCH_ZZZZZZ", None),
    ],
)
def test_an_unknown_variable_is_refused(variable: str, nearest: str | None) -> None:
    """A variable with our prefix that gives no setting is named, with the nearest one where there is one."""
    (line,) = refused(None, {variable: "1"})

    assert variable in line
    assert line.endswith(f"did you mean {nearest}?") if nearest else "did you mean" not in line


def test_a_setting_of_an_earlier_release_is_named_as_it_is_now(tmp_path: Path) -> None:
    """Settings that were written before say which key or variable to write instead."""
    path = settings_file(tmp_path, "[matching]\nshared_verdicts = false")
    variable = "CLAIMWATCH_MATCHING__SHARED_VERDICTS"

    assert refused(path, {variable: "false"}) == [
        f"environment: {variable} is called CLAIMWATCH_WORKSPACES__SHARED now; write that",
        f"{path}: matching.shared_verdicts is called workspaces.shared now; write that",
    ]


def test_mistakes_are_told_together(tmp_path: Path) -> None:
    """Mistakes of the file and of variables come in one answer, a line each, with their own place."""
    path = settings_file(tmp_path, '[watch]\nper_host = 0\n[discord]\napi_base = "http://example.org"\n')

    lines = refused(path, {"CLAIMWATCH_WATCH__TIMEOUT_SECONDS": "-1", "CLAIMWATCH_NO": "1"})

    assert sorted(line.partition(": ")[0] for line in lines) == sorted(
        [str(path), str(path), "CLAIMWATCH_WATCH__TIMEOUT_SECONDS", "environment"]
    )


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    """A missing file and one that is no text are errors that name it."""
    path = tmp_path / "claimwatch.toml"
    if content is not None:
        path.write_bytes(content)

    (line,) = refused(path, NO_VARIABLES)

    assert line.startswith(f"{path}: ")


TOKEN = "xoxb-not-for-anyones-eyes"


@pytest.mark.parametrize(
    "text",
    [
        f'[slack]\nbot_token = "{TOKEN}"',
        f'[slack]\nbot_token = ["{TOKEN}"]',
        f'[slack]\nbot_token = {{ value = "{TOKEN}" }}',
        f'[slack]\napi_base = "{TOKEN}"',
        f'[slack]\nbot_tokn = "{TOKEN}"',
        f"[slack]\nbot_token = {TOKEN}",
        f'slack = "{TOKEN}"',
        f'[discord]\nguilds = ["{TOKEN}"]',
        f'[slack]\nmanagers = ["{TOKEN}"]\nteams = ["{TOKEN}"]',
        f'[discord]\ngateway_url = "wss://{TOKEN}@\\n"',
        f'[watch]\nper_host = "{TOKEN}"',
        f'[watch]\nallow_hosts = ["{TOKEN}"]',
        f'[second_opinion]\nurl = "{TOKEN}"',
        f'[second_opinion]\napi_key = ["{TOKEN}"]',
        f'[second_opinion]\napi_key = "Bearer {TOKEN}"',
        f'[second_opinion]\napi_key = "{TOKEN}é"',
        f'[console]\nenabled = "{TOKEN}"',
        f'[[subscriptions]]\ndestination = "{TOKEN}"\ntimezone = "{TOKEN}"\ndigest = "{TOKEN}"',
    ],
)
def test_no_mistake_repeats_a_token(tmp_path: Path, text: str) -> None:
    """A token that was put in any wrong place is in no word of the error and of what led to it."""
    with pytest.raises(SettingsError) as caught:
        load(settings_file(tmp_path, text), NO_VARIABLES)

    said = [str(caught.value), repr(caught.value), str(caught.value.__context__)]

    assert TOKEN not in "".join(said)
