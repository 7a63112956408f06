"""What can be set, what it comes to, and how a mistake is said."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from pathlib import Path

import pytest

from bot.resources import data
from bot.settings import KEYS, VARIABLES, Settings, load
from claims.errors import SettingsError
from claims.model import Subscription

NO_VARIABLES: Mapping[str, str] = {}
WriteFile = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> WriteFile:
    """Return a function that writes a settings file and returns its path."""

    def write(text: str) -> Path:
        path = tmp_path / "claimwatch.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def refused(config: Path | None, environment: Mapping[str, str]) -> list[str]:
    """Return the lines with which settings are refused."""
    with pytest.raises(SettingsError) as caught:
        load(config, environment)
    assert caught.value.__cause__ is None
    return str(caught.value).splitlines()


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


def test_a_shown_subscription_is_a_real_one(written: WriteFile) -> None:
    """The subscription in the comments of the shipped file can be used as it stands."""
    shown = data("config/settings.toml").read_text("utf-8").partition("# [[subscriptions]]")[2]
    path = written("[[subscriptions]]\n" + "\n".join(line.removeprefix("# ") for line in shown.splitlines()))

    assert load(path, NO_VARIABLES).subscriptions[0].subscription() == Subscription(
        "discord:123456789012345678", None, time(8), "UTC"
    )


def test_a_variable_wins_over_the_file(written: WriteFile) -> None:
    """A variable replaces its own key of the file and leaves the others of the section."""
    path = written("[watch]\ninterval_minutes = 10\nper_host = 4\n")

    watch = load(path, {"CLAIMWATCH_WATCH__INTERVAL_MINUTES": "0.25"}).watch

    assert (watch.interval_minutes, watch.per_host) == (0.25, 4)


def test_an_empty_variable_counts_as_not_set(written: WriteFile) -> None:
    """An empty variable leaves what the file says, and an empty value in the file the default."""
    path = written('[watch]\nper_host = 4\ncontact = ""\n[seeds]\nclaims = ""\n[discord]\ntoken = ""\n')

    settings = load(path, {"CLAIMWATCH_WATCH__PER_HOST": "", "CLAIMWATCH_SLACK__BOT_TOKEN": ""})

    assert settings.watch.per_host == 4
    assert settings.seeds.claims is None
    assert settings.platforms == ("console",)


def test_the_variable_names_the_file_unless_the_caller_does(written: WriteFile, tmp_path: Path) -> None:
    """`CLAIMWATCH_CONFIG` is read only where no file is handed in."""
    path = written("[watch]\nper_host = 4\n")
    other = tmp_path / "other.toml"
    other.write_text("[watch]\nper_host = 5\n", encoding="utf-8")
    environment = {"CLAIMWATCH_CONFIG": str(path)}

    assert load(None, environment).watch.per_host == 4
    assert load(other, environment).watch.per_host == 5


def test_other_variables_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the mapping that is handed in is read, and only names with our prefix."""
    monkeypatch.setenv("CLAIMWATCH_WATCH__PER_HOST", "9")
    monkeypatch.setenv("WATCH__PER_HOST", "9")

    assert load(None, {"PATH": "/bin", "watch__per_host": "8"}).watch.per_host == 2


def test_paths_of_the_file_start_at_its_folder(written: WriteFile, tmp_path: Path) -> None:
    """A relative path of the file follows the file; one of a variable stays as it is typed."""
    path = written('[store]\npath = "kept/claims.db"\n[seeds]\nclaims = "/srv/claims.toml"\n')

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
    ],
)
def test_variables_are_read_as_their_setting_is(variable: str, value: str, expected: object) -> None:
    """Lists are JSON or have commas between, booleans are words, numbers are numbers."""
    section, key = VARIABLES[variable]

    assert getattr(getattr(load(None, {variable: value}), section), key) == expected


def test_subscriptions_come_from_the_file_or_as_json(written: WriteFile) -> None:
    """Both ways to subscribe make the same records, in the order they were written."""
    path = written(
        '[[subscriptions]]\ndestination = "slack:C0123"\nclaims = ["b", "a"]\ndigest = "07:30"\n'
        'timezone = "Asia/Seoul"\n[[subscriptions]]\ndestination = "discord:42"\ndigest = 07:30:00\n'
        '[[subscriptions]]\ndestination = "console"\nclaims = "*"\n'
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
def test_a_mistake_in_the_file_is_named(written: WriteFile, text: str, wrong: str, write: str) -> None:
    """One line names the file, the key, what is wrong and what to write."""
    path = written(text)

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


def test_mistakes_are_told_together(written: WriteFile) -> None:
    """Mistakes of the file and of variables come in one answer, a line each, with their own place."""
    path = written('[watch]\nper_host = 0\n[discord]\napi_base = "http://example.org"\n')

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
        f'[discord]\ngateway_url = "wss://{TOKEN}@\\n"',
        f'[watch]\nper_host = "{TOKEN}"',
        f'[watch]\nallow_hosts = ["{TOKEN}"]',
        f'[console]\nenabled = "{TOKEN}"',
        f'[[subscriptions]]\ndestination = "{TOKEN}"\ntimezone = "{TOKEN}"\ndigest = "{TOKEN}"',
    ],
)
def test_no_mistake_repeats_a_token(written: WriteFile, text: str) -> None:
    """A token that was put in any wrong place is in no word of the error and of what led to it."""
    with pytest.raises(SettingsError) as caught:
        load(written(text), NO_VARIABLES)

    said = [str(caught.value), repr(caught.value), str(caught.value.__context__)]

    assert TOKEN not in "".join(said)


def test_tokens_are_held_but_not_shown() -> None:
    """Tokens come out where they are asked for, and in no text of the settings."""
    settings = load(
        None,
        {
            "CLAIMWATCH_DISCORD__TOKEN": " discord-token\n",
            "CLAIMWATCH_SLACK__BOT_TOKEN": TOKEN,
            "CLAIMWATCH_SLACK__APP_TOKEN": "xapp-token",
        },
    )

    assert settings.secrets == ("discord-token", TOKEN, "xapp-token")
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
        ({"CLAIMWATCH_DISCORD__TOKEN": "t"}, ["discord runs", "no subscription"]),
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


def test_the_console_runs_beside_a_platform_when_it_is_switched_on() -> None:
    """A token leaves the console out unless the settings ask for it."""
    token = {"CLAIMWATCH_DISCORD__TOKEN": "t"}

    assert load(None, token).platforms == ("discord",)
    assert load(None, {**token, "CLAIMWATCH_CONSOLE__ENABLED": "true"}).platforms == ("discord", "console")
