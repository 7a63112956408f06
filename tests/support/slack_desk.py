"""A desk that shows a card with controls of every kind, for what people do with them on Slack."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from bot.actions.model import Press
from bot.card import Card, Tone
from bot.commands.model import Asker
from bot.controls import Button, Entry, Form, LinkButton, Menu, Option
from bot.language import _
from bot.mending import Books
from bot.replies import Answered, Reply
from tests.support.platforms import DeskOf
from tests.support.slack_platform import running, slack_platform
from tests.support.slack_server import SlackServer

SHOWN = Card(
    "Shells",
    controls=(
        (
            Button("Right", "right:story-1"),
            Button("Share", "share:k3f9:1"),
            Button("▶", "page:k3f9:2"),
            Button("Track", "track:story-1"),
            Button("Snooze", "ask:story-1", rare=True),
            LinkButton("Source", "https://a.example/1"),
        ),
        (Menu("wrong:story-1", "Which claim?", (Option("Shells", "shells"), Option("Oil", "oil"))),),
    ),
)
PAGE = replace(SHOWN, title="Page 2")
TRACK = Form("Track as a new claim", "tracked", (Entry("statement", "What is said"), Entry("by", "By whom")))


class Noting(DeskOf):
    """Notes what it is asked; `late` holds the work back, and `answered` is what every control brings."""

    def __init__(self, answered: Answered | None = None) -> None:
        super().__init__(self.note, self.offer, self.press)
        self.asked: list[tuple[str, dict[str, str], Asker]] = []
        self.pressed: list[tuple[str, Press, Asker]] = []
        self.at_home: list[Asker] = []
        self.in_channels: list[Collection[str] | None] = []
        self.answered = answered
        self.late: asyncio.Event | None = None

    async def note(self, name: str, values: dict[str, str], asker: Asker) -> Card:
        """Show the card with all controls, or say what was asked."""
        self.asked.append((name, values, asker))
        if self.late:
            await self.late.wait()
        if values.get("claim") == "none":
            return Card("There is no such claim", (("Ask for another",),), tone=Tone.TROUBLE)
        return SHOWN if name == "help" else Card(f"{name} {values}", controls=SHOWN.controls[:1])

    async def offer(self, name: str, param: str, typed: str, asker: Asker) -> Sequence[Option]:
        """Suggest what is typed, and more than there is room for."""
        if self.late:
            await self.late.wait()
        return [Option(f"{name} {param}", typed or "first"), *(Option(f"o{i}", f"{i}") for i in range(200))]

    async def press(self, action: str, press: Press, asker: Asker) -> Answered:
        """Do what the verb says: open a form, turn a page, share, or say what was pressed."""
        self.pressed.append((action, press, asker))
        if self.late:
            await self.late.wait()
        if self.answered:
            return self.answered
        match action.partition(":")[0], press.entries.get("statement"):
            case "track", _statement:
                statement, *others = TRACK.entries
                said = replace(statement, value=press.entries.get("text", ""))
                return replace(TRACK, entries=(said, *others))
            case "page", _statement:
                return Reply(PAGE, redraws=True)
            case "share", _statement:
                return Reply(Card(_("Share")), shared=True)
            case "tracked", "bad":
                return Reply(Card("Not a claim", (("Say who says what",),), tone=Tone.TROUBLE))
            case "tracked", "vague":
                return Reply(replace(PAGE, wrong={"by": "expected a name"}), redraws=True)
            case "tracked", "redraw":
                return Reply(PAGE, redraws=True)
            case "ask", _statement:
                return Reply(replace(SHOWN, title="For how long?"))
        return Reply(Card(f"done: {action} {','.join(press.chosen)}".rstrip()))

    async def home(self, asker: Asker, channels: Collection[str] | None = None) -> Sequence[Card]:
        """Show the card with all controls to whoever it is."""
        self.at_home.append(asker)
        self.in_channels.append(channels)
        return (replace(SHOWN, title=f"home of {asker.reference}"),)

    def opens_form(self, action: str) -> bool:
        """Say whether it is the form of a claim."""
        return action.startswith("track:")


@asynccontextmanager
async def noting(
    slack: SlackServer, books: Books, answered: Answered | None = None, **more: Any
) -> AsyncIterator[Noting]:
    """Run the platform over such a desk; `more` is for the platform."""
    desk = Noting(answered)
    async with running(slack_platform(slack, books, **more), desk):
        yield desk
