"""What the README shows, made by the project itself from the sample feeds: an alert, a timeline, a chart."""

import asyncio
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.app import App
from bot.card import plain
from bot.commands.model import OPERATOR
from bot.commands.table import AT_CONSOLE
from bot.demo import ZONE, DemoClock, steps, watching
from bot.happening import briefed
from bot.living_card import living_card
from bot.pictures import HOW
from bot.platforms.console import ConsolePlatform
from bot.render.discord import render
from bot.render.discord_controls import components
from bot.resources import data
from bot.samples import OPENING, moments
from claims.errors import UsageError
from claims.model import Reason
from claims.workspaces import CONSOLE

ALERT, TIMELINE, FIGURES = "alert.png", "timeline.png", "figures.png"


@dataclass(frozen=True, slots=True)
class Shown:
    """The alert that is drawn."""

    payload: dict[str, Any]
    """What Discord is sent."""
    claim_id: str
    stories: int
    """That tell it."""


async def screens(folder: Path) -> dict[str, bytes]:
    """Write the pictures into a folder, and return them by name.

    Raises:
        UsageError: the extra that draws is not installed.

    """
    clock = DemoClock(OPENING)
    console = ConsolePlatform(AT_CONSOLE, None, io.StringIO())
    async with watching(clock, console) as built:
        shown = Shown({}, "", 0)
        for moment in steps(moments(data("seeds/samples"))):
            clock.now = moment
            await built.step()
            shown = await fullest(built, shown)
        claim_id = shown.claim_id
        pictures = {
            ALERT: await asyncio.to_thread(_charts().message_picture, shown.payload),
            TIMELINE: await _answered(built, "timeline", claim_id),
            FIGURES: await _answered(built, "figures", claim_id),
        }
    await asyncio.to_thread(_keep, folder, pictures)
    return pictures


def _keep(folder: Path, pictures: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in pictures.items():
        (folder / name).write_bytes(content)


async def fullest(built: App, before: Shown) -> Shown:
    """Return the alert with a new number that most stories tell by now, or the one before.

    One with a name that no font here can write is passed over: it would be drawn with holes.
    """
    drawable, found = _charts().drawable, before
    register = {claim.id: claim for claim in await built.store.claims()}
    activity = await built.store.activity(OPENING, built.clock())
    counts = {event.id: len(event.members) for event in activity.events}
    for alert in activity.alerts:
        if alert.reason is Reason.NEW_FIGURE and counts[alert.event_id] > found.stories:
            told = await built.store.briefing(alert.key)
            seen = await briefed(built.store, told, CONSOLE, register, built.clock())
            card = living_card(seen, ZONE)
            words = [card.title, card.heading, *(plain(field.value) for field in card.fields)]
            if all(drawable(each) for each in words):
                payload = {**render(card), "components": components(card.controls)}
                found = Shown(payload, alert.links[0].claim_id, counts[alert.event_id])
    return found


def _charts() -> ModuleType:
    try:
        from bot.charts import message as charts_message
    except ModuleNotFoundError:
        raise UsageError(f"Pictures want an extra\n{HOW} installs it") from None
    return charts_message


async def _answered(built: App, word: str, claim_id: str) -> bytes:
    card = await built.prompt.answer(f"claim {word}", {"claim": claim_id}, OPERATOR)
    if card.attachment is None:
        raise UsageError(f"The {word} of {claim_id} has no picture\n{card.footer}")
    return card.attachment.content
