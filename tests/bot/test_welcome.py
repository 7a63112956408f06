"""A workspace is greeted once, shortly, in its language."""

from dataclasses import replace

import pytest

from bot.actions.model import action
from bot.card import plain
from bot.commands.model import Context
from bot.render.discord import render
from bot.welcome import welcome
from claims.workspaces import Workspace
from tests.support.build import NOW
from tests.support.chat import buttons


async def test_a_workspace_is_greeted_until_it_was(context: Context) -> None:
    """Whoever joins gets three lines and the button; one that was greeted gets nothing."""
    card = await welcome(context.store, "discord:500", "Sample Desk", "en-GB", "discord:600")

    assert card is not None
    assert card.title == "Claimwatch is on Sample Desk now"
    assert len(card.lines) == 3
    assert plain(card.lines[2]).startswith("Anybody can ask: /claim search, /story why, /help")
    assert buttons(card)["Set up"].action == action("setup")

    await context.store.keep_workspace(replace(Workspace("discord:500"), welcomed_at=NOW))
    assert await welcome(context.store, "discord:500", "Sample Desk", "en-GB", "discord:600") is None
    assert await welcome(context.store, "discord:550", "", None, "discord:650") is not None


@pytest.mark.parametrize(
    ("destination", "who"),
    [("discord:600", "the permission Manage Channels"), ("slack:C0ALERTS", "a workspace admin, or whoever")],
)
async def test_it_says_who_may_set_it_up(context: Context, destination: str, who: str) -> None:
    """Mostly somebody else than whoever invited the bot, in the words of the platform."""
    card = await welcome(context.store, "slack:T0HOME", "", None, destination)

    assert card is not None
    assert who in card.footer


async def test_a_name_calls_nobody(context: Context) -> None:
    """A server that calls itself like a mention is greeted by plain words."""
    card = await welcome(context.store, "discord:500", "@everyone <@&1>", None, "discord:600")

    assert card is not None
    shown = render(card)
    assert "@everyone" not in shown["embeds"][0]["title"]
    assert "<@&1>" not in shown["embeds"][0]["title"]
