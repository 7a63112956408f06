"""How our table of commands becomes Discord's."""

from collections.abc import Mapping

import pytest

from bot.card import Card
from bot.commands.model import Command, Context, Param
from bot.render.discord_commands import asked, definitions
from tests.support.discord_command_limits import command_faults


async def unused(context: Context, values: Mapping[str, str]) -> Card:
    """Stand where a command's work stands."""
    raise NotImplementedError


def test_a_table_becomes_what_discord_takes() -> None:
    """Groups gather their commands, required options come first, long descriptions are cut."""
    table = (
        Command(
            ("claim", "show"),
            "x" * 101,
            unused,
            (Param("since", "y" * 101, required=False), Param("claim", "Id")),
        ),
        Command(("help",), "Say what can be asked.", unused),
        Command(("claim", "list"), "List the claims.", unused),
    )

    made = definitions(table)

    assert command_faults(made) == []
    assert [command["name"] for command in made] == ["claim", "help"]
    show, listing = made[0]["options"]
    assert [option["name"] for option in show["options"]] == ["claim", "since"]
    assert show["description"] == "x" * 99 + "…"
    assert listing["name"] == "list"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": "help"}, ("help", {})),
        (
            {"name": "help", "options": [{"type": 3, "name": "command", "value": "x"}]},
            ("help", {"command": "x"}),
        ),
        ({"name": "claim", "options": [{"type": 1, "name": "list"}]}, ("claim list", {})),
        (
            {
                "name": "claim",
                "options": [
                    {"type": 1, "name": "show", "options": [{"type": 3, "name": "claim", "value": "x"}]}
                ],
            },
            ("claim show", {"claim": "x"}),
        ),
    ],
)
def test_an_interaction_is_read(data: dict[str, object], words: tuple[str, dict[str, str]]) -> None:
    """A command's name and values are found in or outside a group."""
    assert asked(data) == words


def test_a_file_is_asked_for_as_an_attachment() -> None:
    """What is never typed is attached, and arrives as its address."""
    file = Param("file", "A list", required=False, attached=True)
    attached = {"id": "950", "filename": "a.opml", "url": "https://cdn.example/a.opml?sig=1"}

    (made,) = definitions([Command(("feed", "import"), "Take a list.", unused, (file,))])
    values = asked(
        {
            "name": "feed",
            "options": [
                {"type": 1, "name": "import", "options": [{"type": 11, "name": "file", "value": "950"}]}
            ],
            "resolved": {"attachments": {"950": attached}},
        }
    )

    assert [option["type"] for option in made["options"][0]["options"]] == [11]
    assert values == ("feed import", {"file": "https://cdn.example/a.opml?sig=1"})
