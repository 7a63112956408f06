"""The sections of the settings: their keys, defaults, limits, and in `description` what to write."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    model_validator,
)
from pydantic_settings import NoDecode

from bot import settings_values as read
from bot.settings_mistakes import variable

DISCORD_PORTAL = "discord.com/developers/applications > your application > Bot > Reset Token"
"""Where the Discord token is found."""

SLACK_TOKENS = {
    "bot_token": ("xoxb-", "api.slack.com/apps > your app > OAuth & Permissions > Bot User OAuth Token"),
    "app_token": (
        "xapp-",
        "api.slack.com/apps > your app > Basic Information > App-Level Tokens, scope connections:write",
    ),
}
"""How each Slack token begins, and where it is found (docs.slack.dev/authentication/tokens)."""

_YEAR_MINUTES = 365 * 24 * 60.0


class Part(BaseModel):
    """What all parts share: frozen, no unknown key, and no value in what an error says."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False, str_strip_whitespace=True
    )

    @model_validator(mode="before")
    @classmethod
    def _empty_is_not_set(cls, values: object) -> object:
        if not isinstance(values, dict):
            return values
        return {key: value for key, value in values.items() if value != ""}


class StoreSettings(Part):
    """Where things are kept."""

    path: Path = Field(default=Path("claimwatch.db"), description="the path of the database file")


class SeedSettings(Part):
    """The seed files; None stands for the one that ships."""

    claims: Path | None = Field(default=None, description="the path of a claims.toml")
    feeds: Path | None = Field(default=None, description="the path of a feeds.toml")


class WatchSettings(Part):
    """How feeds are fetched."""

    contact: Annotated[str, AfterValidator(read.contact)] = Field(
        default="", description="a mail or web address at which a publisher reaches you"
    )
    interval_minutes: float = Field(
        default=5.0, gt=0, le=_YEAR_MINUTES, description="minutes, such as 5 or 0.5"
    )
    floor_seconds: float = Field(default=60.0, ge=0, le=_YEAR_MINUTES * 60, description="seconds, such as 60")
    ceiling_minutes: float = Field(
        default=60.0, gt=0, le=_YEAR_MINUTES, description="minutes, such as 60 or 0.5"
    )
    connect_seconds: float = Field(default=10.0, gt=0, le=3600, description="seconds, such as 10")
    timeout_seconds: float = Field(default=20.0, gt=0, le=3600, description="seconds, such as 20")
    max_body_bytes: int = Field(
        default=8 * 1024 * 1024, gt=0, description="a whole number of bytes, such as 8388608"
    )
    per_host: int = Field(default=1, gt=0, description="a whole number, such as 1")
    host_pause_seconds: float = Field(default=1.0, ge=0, le=3600, description="seconds, such as 1")
    notice_after_hours: float = Field(
        default=6.0, gt=0, le=_YEAR_MINUTES / 60, description="hours, such as 6 or 0.5"
    )
    allow_hosts: Annotated[
        tuple[Annotated[str, AfterValidator(read.host_and_port)], ...], NoDecode, BeforeValidator(read.listed)
    ] = Field(default=(), description='a list such as ["127.0.0.1:8080"]')


class MatchingSettings(Part):
    """How stories are read."""

    encoder: Literal["auto", "off"] = Field(default="auto", description='"auto" or "off"')


class WorkspaceSettings(Part):
    """What servers and teams share."""

    shared: bool = Field(default=False, description="true or false")


class DiscordSettings(Part):
    """The Discord bot; it runs when its token is there."""

    token: SecretStr | None = Field(default=None, description=f"the token from {DISCORD_PORTAL}")
    api_base: Annotated[str, AfterValidator(read.web_address)] = Field(
        default="https://discord.com/api/v10", description="an address that begins with https://"
    )
    gateway_url: Annotated[str, AfterValidator(read.socket_address)] = Field(
        default="", description="an address that begins with wss://, or nothing for Discord's own"
    )
    guilds: Annotated[
        tuple[Annotated[int, Field(gt=0, lt=2**64)], ...], NoDecode, BeforeValidator(read.listed)
    ] = Field(default=(), description='a list of server ids such as ["123456789012345678"]')


class SlackSettings(Part):
    """The Slack app; it runs when its two tokens are there."""

    bot_token: SecretStr | None = Field(
        default=None, description=f"the token from {SLACK_TOKENS['bot_token'][1]}"
    )
    app_token: SecretStr | None = Field(
        default=None, description=f"the token from {SLACK_TOKENS['app_token'][1]}"
    )
    api_base: Annotated[str, AfterValidator(read.web_address)] = Field(
        default="https://slack.com/api/", description="an address that begins with https://"
    )

    managers: Annotated[
        tuple[Annotated[str, AfterValidator(read.slack_people)], ...], NoDecode, BeforeValidator(read.listed)
    ] = Field(default=(), description='a list of ids of members or user groups such as ["U0123456789"]')
    teams: Annotated[
        tuple[Annotated[str, AfterValidator(read.slack_team)], ...], NoDecode, BeforeValidator(read.listed)
    ] = Field(default=(), description='a list of workspace ids such as ["T0123456789"]')

    @model_validator(mode="after")
    def _both_tokens(self) -> "SlackSettings":
        for there, missing in (("bot_token", "app_token"), ("app_token", "bot_token")):
            if getattr(self, there) and not getattr(self, missing):
                raise ValueError(
                    f"has {there} but no {missing}; set {variable('slack', missing)} to the token from "
                    f"{SLACK_TOKENS[missing][1]}"
                )
        return self


class ConsoleSettings(Part):
    """The console; it also runs when no platform has a token."""

    enabled: bool = Field(default=False, description="true or false")


class SecondOpinionSettings(Part):
    """A language model that is asked about relevant stories; it is when its address and name are there."""

    url: Annotated[str, AfterValidator(read.web_address)] = Field(
        default="", description="the address before /chat/completions, such as https://llm.example.org/v1"
    )
    model: str = Field(default="", description="the name of a model as the endpoint has it")
    api_key: Annotated[SecretStr, AfterValidator(read.key)] | None = Field(
        default=None, description="the key of the endpoint, where it wants one"
    )
    timeout_seconds: float = Field(default=30.0, gt=0, le=600, description="seconds, such as 30")
    requests_per_day: int = Field(default=100, gt=0, description="a whole number, such as 100")
    tokens_per_day: int = Field(default=500_000, gt=0, description="a whole number, such as 500000")

    @property
    def on(self) -> bool:
        """Say whether it is switched on."""
        return bool(self.url)

    @model_validator(mode="after")
    def _both(self) -> "SecondOpinionSettings":
        for there, missing in (("url", "model"), ("model", "url")):
            if getattr(self, there) and not getattr(self, missing):
                raise ValueError(f"has {there} but no {missing}; set both, or neither")
        return self
