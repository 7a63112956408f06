"""The section of the settings that says what destinations want; `bot.settings_parts` has the others."""

from datetime import time
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot import settings_values as read
from bot.settings_parts import Part
from claims.model import Stance
from claims.subscriptions import Importance, Subscription

_Importance = Literal["routine", "notable", "major"]
_Texts = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(read.listed)]


class SubscriptionSettings(Part):
    """What one destination wants."""

    destination: Annotated[str, AfterValidator(read.destination)] = Field(
        description="discord:CHANNEL_ID, slack:CHANNEL_ID or console"
    )
    claims: Annotated[tuple[str, ...] | None, BeforeValidator(read.claim_ids)] = Field(
        default=None, description='a list of claim ids, or "*" for every claim'
    )
    tags: _Texts = Field(default=(), description='a list of tags of claims such as ["munitions"]')
    stances: Annotated[tuple[Stance, ...], BeforeValidator(read.listed)] = Field(
        default=(), description=f"a list of {', '.join(Stance)}"
    )
    least: _Importance = Field(default="routine", description='"routine", "notable" or "major"')
    languages: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...], BeforeValidator(read.listed)
    ] = Field(default=(), description='a list of two-letter codes such as ["ko", "en"]')
    sources: _Texts = Field(default=(), description='a list of outlets or families such as ["Yonhap"]')
    words: Annotated[str, AfterValidator(read.words)] = Field(
        default="", description="words with AND, OR, NOT, ( ) and fields"
    )
    mention: Annotated[str, Field(pattern=r"^([0-9]{1,20}|S[A-Z0-9]+)$")] | None = Field(
        default=None, description="the id of a role (Discord) or of a user group (Slack)"
    )
    mention_from: _Importance = Field(default="major", description='"routine", "notable" or "major"')
    threads: bool = Field(default=True, description="true or false")
    quiet: Annotated[tuple[time, time], BeforeValidator(read.hours)] | None = Field(
        default=None, description='two hours such as "22:00-07:00"'
    )
    budget: int | None = Field(default=None, gt=0, description="a whole number of messages an hour such as 6")
    digest: Annotated[time, BeforeValidator(read.hour)] | None = Field(
        default=None, description='the hour of the digests as "HH:MM"'
    )
    weekdays: Annotated[tuple[int, ...] | None, BeforeValidator(read.digest_days)] = Field(
        default=None, description='a list of days such as ["mon", "thu"], or "none"'
    )
    weekly: Annotated[int, BeforeValidator(read.weekday)] | None = Field(
        default=None, description='a day of the week such as "mon"'
    )
    monthly: int | None = Field(default=None, ge=1, le=31, description="a day of the month, from 1 to 31")
    empty: Literal["line", "skip"] = Field(default="line", description='"line" or "skip"')
    timezone: Annotated[str, AfterValidator(read.zone)] = Field(
        default="UTC", description="an IANA time zone such as Europe/Berlin"
    )
    notices: bool = Field(default=True, description="true or false")

    @model_validator(mode="after")
    def _hour_of_digests(self) -> "SubscriptionSettings":
        for there in ("weekly", "monthly"):
            if getattr(self, there) is not None and self.digest is None:
                raise ValueError(f"has {there} but no digest; set the hour at which digests come too")
        return self

    def subscription(self) -> Subscription:
        """Return it as the record that the store keeps."""
        return Subscription(
            destination=self.destination,
            claims=None if self.claims is None else frozenset(self.claims),
            tags=frozenset(self.tags),
            stances=frozenset(self.stances) or None,
            least=Importance[self.least.upper()],
            languages=frozenset(self.languages) or None,
            sources=frozenset(self.sources) or None,
            words=self.words,
            mention=self.mention,
            mention_from=Importance[self.mention_from.upper()],
            threads=self.threads,
            quiet=self.quiet,
            budget=self.budget,
            digest=self.digest,
            weekdays=None if self.weekdays is None else frozenset(self.weekdays),
            week_on=self.weekly,
            month_on=self.monthly,
            skip_empty=self.empty == "skip",
            timezone=self.timezone,
            notices=self.notices,
        )


def once_each(subscriptions: tuple[SubscriptionSettings, ...]) -> tuple[SubscriptionSettings, ...]:
    """Return the subscriptions, each of another destination.

    Raises:
        ValueError: a destination has two.

    """
    names = [wanted.destination for wanted in subscriptions]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(
            f"has {', '.join(twice)} more than once; write one subscription for each destination"
        )
    return subscriptions
