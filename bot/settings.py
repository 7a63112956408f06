"""The settings as a whole: how a file and the environment are read into them, and what they come to.

A TOML file is read first; a variable `CLAIMWATCH_<SECTION>__<KEY>` wins over it. An empty value counts as
not set. `config/settings.toml` shows every setting.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode

from bot import settings_parts as section
from bot.commands.spelling import spelling
from bot.settings_mistakes import PREFIX, mistake, parts, unknown, variable
from bot.settings_subscriptions import SubscriptionSettings, once_each
from bot.settings_values import tables
from claims.errors import SettingsError
from claims.subscriptions import Subscription

CONFIG_VARIABLE = f"{PREFIX}CONFIG"
"""Names the file where the command line does not."""

_PATHS = (("store", "path"), ("seeds", "claims"), ("seeds", "feeds"))


class Settings(section.Part):
    """Every setting."""

    store: section.StoreSettings = section.StoreSettings()
    seeds: section.SeedSettings = section.SeedSettings()
    watch: section.WatchSettings = section.WatchSettings()
    matching: section.MatchingSettings = section.MatchingSettings()
    workspaces: section.WorkspaceSettings = section.WorkspaceSettings()
    discord: section.DiscordSettings = section.DiscordSettings()
    slack: section.SlackSettings = section.SlackSettings()
    console: section.ConsoleSettings = section.ConsoleSettings()
    second_opinion: section.SecondOpinionSettings = section.SecondOpinionSettings()
    subscriptions: Annotated[
        tuple[SubscriptionSettings, ...],
        NoDecode,
        BeforeValidator(tables),
        AfterValidator(once_each),
    ] = Field(default=(), description="[[subscriptions]] with a destination")

    @property
    def platforms(self) -> tuple[str, ...]:
        """Return the names of the platforms that run: those with a token, else the console."""
        tokens = {"discord": self.discord.token, "slack": self.slack.bot_token}
        named = [name for name, token in tokens.items() if token]
        if self.console.enabled or not named:
            named.append("console")
        return tuple(named)

    def subscribed(self) -> tuple[Subscription, ...]:
        """Return what the destinations want, in the order of the settings.

        A console that runs and that no subscription names wants every claim, so that a first try shows
        alerts without any settings.
        """
        wanted = tuple(each.subscription() for each in self.subscriptions)
        if "console" in self.platforms and all(each.destination != "console" for each in wanted):
            wanted += (Subscription("console"),)
        return wanted

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return tokens and keys in clear, for the filter that keeps them out of the logs."""
        held = (
            self.discord.token,
            self.slack.bot_token,
            self.slack.app_token,
            self.second_opinion.api_key,
        )
        return tuple(secret.get_secret_value() for secret in held if secret)

    def warnings(self) -> list[str]:
        """Return what is allowed but probably not meant, a sentence each."""
        named = {wanted.destination: wanted.destination.partition(":")[0] for wanted in self.subscriptions}
        idle = [
            f"{destination} is subscribed, but {platform} does not run; set {_SWITCHES[platform]}."
            for destination, platform in named.items()
            if platform not in self.platforms
        ]
        swapped = [
            f"slack.{key} does not begin with {start}; it is the token from {place}."
            for key, (start, place) in section.SLACK_TOKENS.items()
            if (token := self._slack_token(key)) and not token.startswith(start)
        ]
        return idle + swapped

    def unheard(self, subscribed: Collection[str]) -> list[str]:
        """Return what is to be done for platforms that are on and have no alerts to post, a sentence each.

        `subscribed` are the destinations of all subscriptions, those that were made in chat among them.
        """
        told = {destination.partition(":")[0] for destination in subscribed}
        return [
            f"{platform} has no channel that is subscribed, so it gets no alerts: {_BEGIN[platform]}"
            for platform in self.platforms
            if platform in _BEGIN and platform not in told
        ]

    def _slack_token(self, key: str) -> str:
        held: SecretStr | None = getattr(self.slack, key)
        return held.get_secret_value() if held else ""


_discord_spelled, _slack_spelled = spelling("discord:"), spelling("slack:")
_BEGIN = {
    "discord": f"press Set up in the server, below the bot's greeting or {_discord_spelled('watch list')}.",
    "slack": "invite the bot to a channel and press Set up below its greeting, or type "
    f"{_slack_spelled('watch add')} there.",
}
"""How a first channel is subscribed."""
_SWITCHES = {
    "discord": f"{variable('discord', 'token')} to the token from {section.DISCORD_PORTAL}",
    "slack": " and ".join(variable("slack", key) for key in section.SLACK_TOKENS),
    "console": "console.enabled = true",
}
"""What to set for a platform to run."""


def _paths() -> Iterator[tuple[str, ...]]:
    """Yield where each setting stands that a variable can give."""
    for name, field in Settings.model_fields.items():
        inner = parts(field)
        if inner:
            yield from ((name, key) for key in inner.model_fields)
        else:
            yield (name,)


VARIABLES: Mapping[str, tuple[str, ...]] = {variable(*path): path for path in _paths()}
"""Each variable and the setting it gives: `CLAIMWATCH_WATCH__PER_HOST` is `("watch", "per_host")`."""

KEYS: tuple[str, ...] = (
    *(".".join(path) for path in VARIABLES.values()),
    *(f"subscriptions.{key}" for key in SubscriptionSettings.model_fields),
)
"""Every key of the file with its section: `watch.per_host`, `subscriptions.digest`."""


class _Environment(EnvSettingsSource):
    """The library's reader of variables, over a mapping that was handed in."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = {name.lower(): value for name, value in variables.items()}
        # The source asks its class only for fields and config. A BaseSettings would read os.environ.
        super().__init__(cast("type[BaseSettings]", Settings), env_prefix=PREFIX, env_nested_delimiter="__")

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return self._variables


def load(config: Path | None, environment: Mapping[str, str]) -> Settings:
    """Return the settings of a TOML file and the environment.

    Relative paths in the file start at the file's folder, others at the working directory.

    Args:
        config: the file; None for the one that `CLAIMWATCH_CONFIG` names, or for none at all.
        environment: variables by name; those that do not begin with `CLAIMWATCH_` are passed over.

    Raises:
        SettingsError: a line for each mistake, with file or variable, key, what is wrong and what to write.

    """
    if config is None and environment.get(CONFIG_VARIABLE):
        config = Path(environment[CONFIG_VARIABLE])
    tree = _file(config) if config else {}
    given = {name: value for name, value in environment.items() if name.startswith(PREFIX) and value}
    given.pop(CONFIG_VARIABLE, None)
    mistakes = [unknown("environment", name, VARIABLES) for name in given if name not in VARIABLES]
    known = {name: value for name, value in given.items() if name in VARIABLES}
    for name, values in _Environment(known)().items():
        kept = tree.get(name, {})
        if not isinstance(values, dict):
            tree[name] = values
        elif isinstance(kept, dict):
            tree[name] = {**kept, **values}
    try:
        settings = Settings.model_validate(tree)
    except ValidationError as error:
        mistakes += [_mistake(detail, config, known) for detail in error.errors(include_input=False)]
    if mistakes:
        # Raised here, where the library's own error, which holds the values, is no longer its context.
        raise SettingsError("\n".join(mistakes))
    return settings


def _file(config: Path) -> dict[str, Any]:
    """Return the tables of a file, its relative paths placed at its folder."""
    try:
        tree: dict[str, Any] = tomllib.loads(config.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(
            f"{config}: cannot be read ({error.strerror}); write the path of a file"
        ) from None
    except ValueError as error:
        what = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"is not TOML: {error}"
        raise SettingsError(f"{config}: {what}") from None
    for name, key in _PATHS:
        table = tree.get(name)
        if isinstance(table, dict) and isinstance(table.get(key), str) and table[key]:
            table[key] = str(config.parent / table[key])
    return tree


def _place(path: tuple[str, ...], config: Path | None, known: Mapping[str, str]) -> str:
    """Return the variable that gave a setting, or one of its section, or the file."""
    near = (name for name in known if path[: len(VARIABLES[name])] == VARIABLES[name])
    inside = (name for name in known if VARIABLES[name][: len(path)] == path)
    return next(near, None) or (str(config) if config else next(inside, "settings"))


def _mistake(detail: ErrorDetails, config: Path | None, known: Mapping[str, str]) -> str:
    path = tuple(part for part in detail["loc"] if isinstance(part, str))
    place = _place(path, config, known)
    if detail["type"] == "extra_forbidden":
        return unknown(place, ".".join(path), (*KEYS, *Settings.model_fields))
    return mistake(detail, place, path, _fields(path))


def _fields(path: tuple[str, ...]) -> Iterator[FieldInfo]:
    """Yield the fields that a path leads through, the last first."""
    outer = Settings.model_fields[path[0]]
    inner = SubscriptionSettings if path[0] == "subscriptions" else parts(outer)
    if inner and len(path) > 1:
        yield inner.model_fields[path[1]]
    yield outer
