"""Two servers on one bot, each with a channel: alerts are posted to both, and their controls are pressed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.actions.model import Press
from bot.actions.table import ACTIONS
from bot.card import Card, plain
from bot.commands.desk import Desk
from bot.commands.model import Asker, Context, Needs
from bot.commands.table import COMMANDS
from bot.controls import Form, Menu
from bot.delivery import Deliverer, Drained
from bot.parts import who
from bot.replies import Answered, Reply
from claims.model import Claim, Member, Outcome
from tests.support.build import (
    NOW,
    alert,
    claim,
    event_id,
    feed,
    member,
    outcome,
    source,
    subscription,
    update,
    visit,
)
from tests.support.chat import MINA, buttons
from tests.support.platforms import ListPlatform

HERE, THERE = "discord:500", "discord:501"
JUN = replace(MINA, reference="discord:902", name="Jun")
READER = replace(
    MINA,
    reference="discord:903",
    may_change=False,
    needs={Needs.CHANGE: "It takes Manage Channels"},
    name="Reader",
)
STRANGER = Asker("discord:904", True, workspace=THERE, destination="discord:700", name="Stranger")

LEAD = member("Sample ship leaves Rason with shells", ["containers-2023"])
SECOND = member("Sample ship is seen again", ["containers-2023"], source=source("Sample Post"))
EVENT = event_id(LEAD)
REGISTER = [
    claim("containers-2023", tags=("munitions",)),
    claim("shell-volume", statement="North Korea shipped millions of artillery shells to Russia"),
    claim("oil-over-cap", statement="Russia ships oil to North Korea above the cap of the United Nations"),
]


class Ticking:
    """A clock that goes on by a second whenever it is read."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Return the moment."""
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Channels:
    """What stands in both channels, and who presses what there; each press is answered as after a restart."""

    context: Context
    platform: ListPlatform = field(default_factory=ListPlatform)
    clock: Ticking = field(default_factory=Ticking)

    @classmethod
    async def usual(cls, context: Context) -> "Channels":
        """Post an alert on containers-2023, of two stories, to both channels."""
        return await cls.opened(
            context, REGISTER, outcome(LEAD), outcome(SECOND, update(alert(LEAD)), of=LEAD)
        )

    @classmethod
    async def opened(cls, context: Context, claims: list[Claim], *told: Outcome) -> "Channels":
        """Subscribe both channels to all, and post what was told."""
        store = context.store
        await store.sync_claims(claims)
        await store.sync_feeds([feed()])
        await store.sync_subscriptions([subscription("discord:600"), subscription("discord:700")])
        await store.place(["discord:600"], HERE)
        await store.place(["discord:700"], THERE)
        await store.record_visit(visit(*told))
        channels = cls(context)
        channels.context = replace(context, clock=channels.clock)
        await channels.drain()
        return channels

    async def drain(self) -> Drained:
        """Post and edit what is due."""
        return await Deliverer(self.context.store, {"discord": self.platform}, self.clock, who).drain()

    async def card(self, channel: str = "600", number: int = 1) -> Card:
        """Return a message of a channel as it stands once what is due was done."""
        await self.drain()
        mine = [card for receipt, card in self.platform.posted.items() if receipt.startswith(f"{channel}/")]
        return mine[number - 1]

    async def act(
        self, action: str, asker: Asker = MINA, *chosen: str, entries: Mapping[str, str] | None = None
    ) -> Answered:
        """Use a control by its action, at a desk that was just opened."""
        desk = Desk(COMMANDS, self.context, ACTIONS)
        return await desk.act(action, Press("", chosen, entries or {}), asker)

    async def press(self, card: Card, label: str, asker: Asker = MINA) -> Card:
        """Press a button of a card by its label, and return the answer."""
        return answer(await self.act(buttons(card)[label].action, asker))

    async def choose(self, card: Card, value: str, asker: Asker = MINA) -> Card:
        """Choose an option of the one menu of a card, and return the answer."""
        return answer(await self.act(menu(card).action, asker, value))

    async def told(self, member: Member) -> None:
        """Have a story raise an alert of its own."""
        await self.context.store.record_visit(visit(outcome(member)))

    async def joined(self, member: Member) -> None:
        """Have a story of another outlet join the event of the first alert."""
        (kept,) = (await self.context.store.alerts([EVENT])).values()
        await self.context.store.record_visit(visit(outcome(member, update(kept), of=LEAD)))

    async def details(self, event_id: str, asker: Asker = MINA) -> Card:
        """Return the closer look at an event."""
        return answer(await self.act(f"details:{event_id}", asker))

    async def audited(self, workspace: str = HERE) -> list[str]:
        """Return what was noted in the audit log of a workspace, newest first."""
        return [f"{e.person} {e.action}" for e in await self.context.store.audit(workspace, 20)]


def answer(answered: Answered) -> Card:
    """Return the card of an answer."""
    assert isinstance(answered, Reply)
    return answered.card


def form(answered: Answered) -> Form:
    """Return the form of an answer."""
    assert isinstance(answered, Form)
    return answered


def menu(card: Card) -> Menu:
    """Return the one menu of a card."""
    (found,) = (each for row in card.controls for each in row if isinstance(each, Menu))
    return found


def words(card: Card) -> list[str]:
    """Return the lines of a card as plain text."""
    return [plain(line) for line in card.lines]
