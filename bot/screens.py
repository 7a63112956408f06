"""What the README shows, made by the project itself from the sample feeds."""

import asyncio
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.answers.setup import setup_card
from bot.app import App
from bot.card import Card, plain
from bot.commands.model import OPERATOR, Asker
from bot.commands.table import AT_CONSOLE
from bot.demo import ZONE, DemoClock, steps, watching
from bot.happening import briefed
from bot.living_card import living_card
from bot.pictures import HOW
from bot.places import Place
from bot.platforms.console import ConsolePlatform
from bot.render import slack
from bot.render.discord import render
from bot.render.discord_controls import components
from bot.render.slack_home import home_view
from bot.render.slack_views import Asked, View, card_view
from bot.resources import data
from bot.samples import OPENING, moments
from claims.errors import UsageError
from claims.model import Reason
from claims.subscriptions import Subscription
from claims.workspaces import CONSOLE, Snooze, SnoozeKind

ALERT, TIMELINE, FIGURES = "alert.png", "timeline.png", "figures.png"
SLACK_ALERT, SLACK_SETUP, SLACK_HOME = "slack-alert.png", "slack-setup.png", "slack-home.png"

_NAMES = {"C0SAMPLE": "arms-desk", "U0SAMPLE": "Mina"}
_WANTED = Subscription(
    "slack:C0SAMPLE",
    tags=frozenset({"munitions"}),
    digest=time(8),
    timezone=ZONE,
    workspace="slack:T0SAMPLE",
    by_people=True,
)
_EDITOR = Asker("slack:U0SAMPLE", may_change=True, workspace=_WANTED.workspace)


@dataclass(frozen=True, slots=True)
class Shown:
    """The alert that is drawn."""

    card: Card
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
        shown = Shown(Card(""), "", 0)
        for moment in steps(moments(data("seeds/samples"))):
            clock.now = moment
            await built.step()
            shown = await fullest(built, shown)
        claim_id = shown.claim_id
        pictures = {
            ALERT: await asyncio.to_thread(_charts("message").message_picture, on_discord(shown.card)),
            TIMELINE: await _answered(built, "timeline", claim_id),
            FIGURES: await _answered(built, "figures", claim_id),
            SLACK_ALERT: await _on_slack(slack.render(shown.card)),
            SLACK_SETUP: await _on_slack(await _set_up(built)),
            SLACK_HOME: await _on_slack(await _home(built)),
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
    drawable, found = _charts("png").drawable, before
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
                found = Shown(card, alert.links[0].claim_id, counts[alert.event_id])
    return found


def on_discord(card: Card) -> dict[str, Any]:
    """Return what Discord is sent."""
    return {**render(card), "components": components(card.controls)}


async def _on_slack(sent: Mapping[str, Any]) -> bytes:
    drawn: bytes = await asyncio.to_thread(_charts("slack_message").slack_picture, sent, _NAMES)
    return drawn


async def _set_up(built: App) -> View:
    card = setup_card(_WANTED, await built.store.claims(), "sample", Place(_WANTED.destination))
    return card_view(card, Asked("C0SAMPLE"))


async def _home(built: App) -> View:
    """Return the Home of somebody with a channel and something that they put off."""
    await built.store.subscribe(_WANTED)
    now = built.clock()
    until = now + timedelta(days=1)
    kind = SnoozeKind.SOURCE
    snooze = Snooze(_WANTED.workspace, kind, "Sample Herald", until, _EDITOR.reference, now)
    await built.store.snooze(snooze)
    return home_view(await built.desk.home(_EDITOR, [_WANTED.destination]))


def _charts(room: str) -> ModuleType:
    try:
        return import_module(f"bot.charts.{room}")
    except ModuleNotFoundError:
        raise UsageError(f"Pictures want an extra\n{HOW} installs it") from None


async def _answered(built: App, word: str, claim_id: str) -> bytes:
    card = await built.prompt.answer(f"claim {word}", {"claim": claim_id}, OPERATOR)
    if card.attachment is None:
        raise UsageError(f"The {word} of {claim_id} has no picture\n{card.footer}")
    return card.attachment.content
