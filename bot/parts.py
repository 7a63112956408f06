"""The parts that the composition root puts together, each of which a command may also want by itself."""

import contextlib
import os
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache, partial
from pathlib import Path

from filelock import FileLock, Timeout

from bot.card import Card
from bot.commands.spelling import COMMAND_LINE
from bot.commands.table import AT_CONSOLE, COMMANDS
from bot.places import EditCard, FindMessage, FindPlace, Place
from bot.platforms import Platform, SendError
from bot.reasons import reason_words
from bot.resources import data
from bot.settings import Settings
from bot.welcome import welcome
from claims.errors import ClaimwatchError, SettingsError, StoreError, UsageError
from claims.feeds import Feed
from claims.matching.encoder import UseEncoder, load_encoder
from claims.matching.lexicon import Lexicon, load_lexicon
from claims.matching.matcher import Matcher
from claims.matching.prototypes import Prototype
from claims.matching.speakers import Governments, read_governments, speakers
from claims.matching.workspaces import WorkspacesMatcher
from claims.model import Claim
from claims.seeding import read_claims, read_feeds
from claims.sqlite import SQLiteStore
from claims.store import Store


@dataclass(frozen=True, slots=True)
class Seeds:
    """The register and the list of feeds."""

    claims: tuple[Claim, ...]
    feeds: tuple[Feed, ...]


def read_seeds(settings: Settings) -> Seeds:
    """Read the seed files that the settings name, or those that ship.

    Raises:
        SeedError: a file holds mistakes.
        SettingsError: a subscription names a claim that the register does not have.

    """
    seeds = Seeds(
        claims=read_claims(settings.seeds.claims or data("seeds/claims.toml")),
        feeds=read_feeds(settings.seeds.feeds or data("seeds/feeds.toml")),
    )
    known = [claim.id for claim in seeds.claims]
    for subscription in settings.subscribed():
        for unknown in sorted((subscription.claims or frozenset()) - set(known)):
            words = unknown_claim(unknown, known, COMMAND_LINE("claim list"))
            raise SettingsError(f"subscriptions: {subscription.destination}: claims: {words}")
    return seeds


def unknown_claim(unknown: str, known: Sequence[str], listed: str) -> str:
    """Return what to say of an id that no claim has: the nearest, or what names them all."""
    near = get_close_matches(unknown, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"{listed} names them"
    return f"no claim has the id {unknown!r}; {hint}"


def matcher_of(claims: Sequence[Claim], prototypes: Sequence[Prototype] = ()) -> Matcher:
    """Return the matcher of these claims over the lexicon that ships, with what people taught it.

    A claim without a profile is recognised like the one that it is worded like in the register that ships.
    To make one takes a tenth of a second, in which nobody else is answered: the last few are kept.
    """
    return _matcher(tuple(claims), tuple(prototypes))


@lru_cache(maxsize=8)
def _matcher(claims: tuple[Claim, ...], prototypes: tuple[Prototype, ...]) -> Matcher:
    reader = WorkspacesMatcher if any(claim.workspace for claim in claims) else Matcher
    return reader(lexicon(), claims, _known(), prototypes)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon that ships, which is read once: half a second of a start."""
    return load_lexicon(data("seeds/lexicon"))


@lru_cache(maxsize=10_000)
def who(words: str) -> frozenset[str]:
    """Return whom names mean by the lexicon that ships: a register's sayers and its origins are few."""
    return speakers(words, lexicon(), _governments())


@cache
def _governments() -> Governments:
    return read_governments(data("seeds/lexicon/shared/governments.toml"))


@cache
def _known() -> tuple[Claim, ...]:
    return read_claims(data("seeds/claims.toml"))


def encoder_of(settings: Settings) -> UseEncoder | None:
    """Return the sentence encoder, or None where it is not installed or switched off."""
    return _encoder() if settings.matching.encoder == "auto" else None


@cache
def _encoder() -> UseEncoder | None:
    """Return the encoder that ships, whose model is read once: a second of a start."""
    return load_encoder(data("seeds/encoder"))


async def seed(store: Store, seeds: Seeds) -> None:
    """Bring the store's books into step with the seed files; a bot that runs on it goes on with them."""
    await store.sync_claims(seeds.claims)
    await store.sync_feeds(seeds.feeds)


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the store for this process: two that deliver from one outbox would post twice.

    Raises:
        StoreError: another process holds it, or its folder cannot be written to.

    """
    folder = path.resolve().parent
    if not os.access(folder, os.W_OK):
        raise StoreError(f"{folder} is no folder that can be written to; mend that, or set store.path")
    taken = f"{path} is in use by another Claimwatch; stop that one, or set store.path to another file"
    try:
        held = hold(Path(f"{path}.lock"), StoreError(taken))
    except OSError as error:
        raise StoreError(
            f"{path}.lock cannot be written ({error.strerror}); mend that, or set store.path"
        ) from error
    with held:
        yield


def hold(path: Path, taken: ClaimwatchError) -> contextlib.AbstractContextManager[object]:
    """Hold a lock file, which is made where there is none, until the body of the `with` ends.

    Raises:
        ClaimwatchError: `taken`, where somebody else holds it, another process or this one.
        OSError: it cannot be written.

    """
    try:
        return FileLock(path).acquire(timeout=0)
    except Timeout:
        raise taken from None


def build_platforms(settings: Settings, store: Store | None = None) -> dict[str, Platform]:
    """Return the platforms that run with these settings, by name; each chat library is loaded only then.

    `store` is what they keep of servers by themselves; None for a check, which hears nothing.
    """
    made: dict[str, Platform] = {}
    greeting = partial(welcome, store) if store else None
    if settings.discord.token:
        from bot.platforms.discord import DiscordPlatform, DiscordPolicy

        policy = DiscordPolicy(
            token=settings.discord.token.get_secret_value(),
            api_base=settings.discord.api_base,
            gateway_url=settings.discord.gateway_url or None,
            guilds=settings.discord.guilds,
            channels=tuple(
                int(channel)
                for each in settings.subscribed()
                for platform, _colon, channel in [each.destination.partition(":")]
                if platform == "discord"
            ),
        )
        made["discord"] = DiscordPlatform(policy, COMMANDS, store, on_joined=greeting)
    if settings.slack.bot_token and settings.slack.app_token:
        from bot.platforms.slack import SlackPlatform, SlackPolicy

        made["slack"] = SlackPlatform(
            SlackPolicy(
                bot_token=settings.slack.bot_token.get_secret_value(),
                app_token=settings.slack.app_token.get_secret_value(),
                api_base=settings.slack.api_base,
                managers=frozenset(settings.slack.managers),
                teams=frozenset(settings.slack.teams),
            ),
            COMMANDS,
            store,
            on_joined=greeting,
        )
    if "console" in settings.platforms:
        from bot.platforms.console import ConsolePlatform

        made["console"] = ConsolePlatform(AT_CONSOLE, sys.stdin, sys.stdout)
    return made


def place_finder(platforms: Mapping[str, Platform]) -> FindPlace:
    """Return what asks the platform of a destination for its place; one that does not run sees none."""

    async def find(destination: str) -> Place | None:
        name, _colon, channel = destination.partition(":")
        platform = platforms.get(name)
        try:
            return await platform.place(channel) if platform else None
        except SendError as error:
            raise UsageError(reason_words(str(error))) from None

    return find


def message_finder(platforms: Mapping[str, Platform]) -> FindMessage:
    """Return what asks the platform of a destination for the web address of a message."""

    async def find(destination: str, receipt: str) -> str | None:
        name, _colon, channel = destination.partition(":")
        with contextlib.suppress(SendError):
            if platform := platforms.get(name):
                return await platform.address(channel, receipt)
        return None

    return find


def card_editor(platforms: Mapping[str, Platform]) -> EditCard:
    """Return what edits a message on the platform of its destination, where that runs and lets us."""

    async def edit(destination: str, receipt: str, card: Card) -> None:
        name, _colon, channel = destination.partition(":")
        with contextlib.suppress(SendError):
            if platform := platforms.get(name):
                await platform.edit(channel, receipt, card)

    return edit


@contextlib.asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    """Open the store alone, beside a bot that may be running on it.

    Raises:
        StoreError: it cannot be used as it is.

    """
    store = await SQLiteStore.open(settings.store.path)
    try:
        yield store
    finally:
        await store.close()
