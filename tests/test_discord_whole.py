"""All that the whole bot does on Discord, over the wire, also after restarts and with the gateway cut.

The tables are gone through row by row: one without a case in `tests.support.whole_cases` fails.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.actions.table import ACTIONS
from bot.commands.model import PAGE
from bot.commands.table import COMMANDS
from tests.support.discord_chat import DiscordChat
from tests.support.whole_bot import CHANNELS, WELCOMED, World, standing
from tests.support.whole_cases import ASKED, USED
from tests.support.whole_drives import every_command, every_control, nothing_changed_by_readers

pytestmark = pytest.mark.timeout(240)  # one world for many cases


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Begin with the bot on two servers, in one of which editors may read the audit log."""
    chat = DiscordChat([each for each in CHANNELS if each != WELCOMED], later=[WELCOMED])
    async with chat.server as server, standing(tmp_path, chat) as world:
        await server.allow("audit", server.guilds[server.guild].editors)
        yield world


def test_every_row_and_option_is_driven() -> None:
    """What is added to a table is to be driven here too; pages are turned by their buttons."""
    driven = {
        name: {option for options, _says in cases for option in options} for name, cases in ASKED.items()
    }

    assert driven.keys() == {command.name for command in COMMANDS}
    assert USED.keys() == {row.verb for row in ACTIONS}
    for command in COMMANDS:
        assert driven[command.name] >= {param.name for param in command.params} - {PAGE.name}, command.name


async def test_every_command_is_answered(world: World, subtests: pytest.Subtests) -> None:
    """What they do, offer and suggest, all of it again after a restart, and with the gateway dropped."""
    await every_command(world, subtests)


@pytest.mark.parametrize("lives", [("first", "restarted"), ("cut",)], ids=lambda lives: lives[-1])
async def test_every_control_does_what_it_says(
    world: World, subtests: pytest.Subtests, lives: tuple[str, ...]
) -> None:
    """Those of alerts, answers, menus, forms and the set-up; what changes things not once one may not."""
    await every_control(world, subtests, lives)


async def test_readers_change_nothing(world: World, subtests: pytest.Subtests) -> None:
    """They look things up in their languages, and are refused what changes things, or not offered it."""
    await nothing_changed_by_readers(world, subtests)
