"""People of two Discord servers at one desk over a real store, and what their answers offer."""

from collections.abc import Mapping
from dataclasses import replace

from bot.actions.model import Press
from bot.actions.table import ACTIONS
from bot.card import Card, plain
from bot.commands.desk import Desk
from bot.commands.model import OPERATOR, Asker, Context, Needs
from bot.commands.table import COMMANDS
from bot.controls import Button, Menu
from bot.places import FindPlace, Place
from bot.replies import Answered, Reply

MINA = Asker("discord:901", True, workspace="discord:500", destination="discord:600", name="Mina")
"""She manages the first server."""
READER = replace(
    MINA,
    reference="discord:902",
    may_change=False,
    needs={Needs.CHANGE: "It takes Manage Channels"},
    name="Ro",
)
STRANGER = Asker("discord:951", True, workspace="discord:550", destination="discord:650", name="Vera")
"""She manages the second server."""

PLACES = {
    "discord:600": Place("discord:600", "discord:500"),
    "discord:601": Place("discord:601", "discord:500"),
    "discord:602": Place("discord:602", "discord:500", ("Send Messages", "Embed Links")),
    "discord:650": Place("discord:650", "discord:550"),
    "console": Place("console"),
}
"""Three channels of the first server, in the last of which the bot may not post, and one of the second."""


def finder(places: Mapping[str, Place] = PLACES) -> FindPlace:
    """Return what finds these places."""

    async def find(destination: str) -> Place | None:
        return places.get(destination)

    return find


def desk(context: Context) -> Desk:
    """Return the desk of a chat as it stands after each start, with every command and action."""
    return Desk(COMMANDS, replace(context, find_place=finder()), ACTIONS)


async def say(context: Context, text: str, asker: Asker = MINA) -> Card:
    """Return the answer to a typed line."""
    return await desk(context).answer_text(text, asker)


async def ask(context: Context, text: str, asker: Asker = OPERATOR) -> Card:
    """Return the answer to a line that whoever runs the bot types, unless somebody else asks."""
    return await desk(context).answer_text(text, asker)


async def use(
    context: Context,
    action: str,
    *chosen: str,
    asker: Asker = MINA,
    entries: Mapping[str, str] | None = None,
) -> Answered:
    """Return what a used control answers, by a desk that was started for it."""
    return await desk(context).act(action, Press("", chosen, entries or {}), asker)


def shown(answered: Answered) -> Card:
    """Return the card of an answer that is one."""
    assert isinstance(answered, Reply)
    return answered.card


def words(card: Card) -> str:
    """Return all that a card says, a line each."""
    lines = [plain(line) for line in card.lines]
    fields = [f"{field.name}: {plain(field.value)}" for field in card.fields]
    return "\n".join([card.heading, card.title, *lines, *fields, card.footer])


def fields(card: Card) -> dict[str, str]:
    """Return the fields of a card by name, as plain text; of several of one name the last."""
    return {field.name: plain(field.value) for field in card.fields}


def buttons(card: Card) -> dict[str, Button]:
    """Return the buttons of a card by label."""
    return {each.label: each for row in card.controls for each in row if isinstance(each, Button)}


def menus(card: Card) -> dict[str, Menu]:
    """Return the menus of a card by prompt."""
    return {each.prompt: each for row in card.controls for each in row if isinstance(each, Menu)}
