"""How our table of commands becomes Discord's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bot.card import Card
from bot.commands.model import Command, Context, Needs, Param
from bot.commands.table import COMMANDS
from bot.commands.table_groups import GROUPS
from bot.controls import Option
from bot.render.discord_commands import (
    SIZE,
    asked,
    definitions,
    message_forms,
    message_names,
    restricted,
    size,
    typing,
)
from tests.support.discord_command_limits import command_faults


async def unused(context: Context, values: Mapping[str, str]) -> Card:
    """Stand where a command's work stands."""
    raise NotImplementedError


async def suggest_nothing(context: Context, typed: str) -> Sequence[Option]:
    """Stand where suggestions stand."""
    raise NotImplementedError


HELP = (Command(("help",), "Say what can be asked.", unused),)


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
    assert asked(data, {}) == words


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
        },
        {},
    )

    assert [option["type"] for option in made["options"][0]["options"]] == [11]
    assert values == ("feed import", {"file": "https://cdn.example/a.opml?sig=1"})


def test_the_table_that_ships_keeps_every_limit() -> None:
    """Everywhere and on one server, in every language, Discord takes all our commands."""
    assert command_faults(definitions(COMMANDS)) == []
    assert command_faults(definitions(COMMANDS, everywhere=False)) == []


def test_a_group_says_what_it_is_about() -> None:
    """In a sentence of its own, and every group of the table has one."""
    made = {each["name"]: each for each in definitions(COMMANDS)}
    grouped = {command.path[0] for command in COMMANDS if len(command.path) == 2}

    assert grouped == GROUPS.keys()
    assert made["watch"]["description"] == "What a channel is told of."


def test_commands_are_for_servers_alone() -> None:
    """Of every server they say so; of those of one server Discord does not want to hear it."""
    (everywhere,), (in_one,) = definitions(HELP), definitions(HELP, everywhere=False)

    assert (everywhere["contexts"], everywhere["integration_types"]) == ([0], [0])
    assert "contexts" not in in_one


def test_what_changes_things_is_offered_to_managers() -> None:
    """A group of which every row changes things is theirs; one with a look-up among it is everybody's."""
    add = Command(("feed", "add"), "Add.", unused, needs=Needs.CHANGE, changes=True)
    listing = Command(("feed", "list"), "List.", unused)

    (closed,), (opened,) = definitions([add]), definitions([add, listing])

    assert closed["default_member_permissions"] == str(1 << 4)
    assert "default_member_permissions" not in opened
    assert (restricted([add]), restricted([add, listing])) == ({"feed"}, frozenset())


def test_choices_and_suggestions_are_declared() -> None:
    """A parameter of few values has them as choices; one that finds its values asks while somebody types."""
    stance = Param("stance", "Which way", choices=("supports", "disputes"))
    claim = Param("claim", "Its id", suggest=suggest_nothing)

    (made,) = definitions([Command(("watch",), "Watch.", unused, (stance, claim))])

    with_choices, suggesting = made["options"]
    assert with_choices["choices"] == [
        {"name": "supports", "value": "supports"},
        {"name": "disputes", "value": "disputes"},
    ]
    assert (suggesting["autocomplete"], "autocomplete" in with_choices) == (True, False)


def test_a_command_of_a_message_has_a_name_alone() -> None:
    """It stands in the menu of a message beside the slash command, and its name leads back to that."""
    match = Command(("match",), "Match a text.", unused, on_message="Match this")
    track = replace(match, on_message="Track this", form_of_message="track")

    _slash, menu = definitions([match], everywhere=False)

    assert menu == {"type": 3, "name": "Match this"}
    assert command_faults([menu]) == []
    assert message_names([match, track]) == {"Match this": "match", "Track this": "match"}
    assert message_forms([match, track]) == {"Track this": "track"}


def test_descriptions_are_in_the_languages_that_have_them() -> None:
    """What a catalogue translates is sent beside the English words."""
    (made,) = definitions([Command(("share",), "Share", unused)])

    assert made["description"] == "Share"
    assert made["description_localizations"]["ko"] == "공유"
    assert command_faults([made]) == []


def test_a_command_that_is_too_large_says_less() -> None:
    """The descriptions of options give way, visibly, so that the command is registered all the same."""
    params = tuple(Param(f"p{i}", "x" * 100, required=False) for i in range(25))
    group = [Command(("watch", f"c{i}"), "y" * 100, unused, params) for i in range(5)]

    (made,) = definitions(group)

    assert size(made) <= SIZE
    assert command_faults([made]) == []
    assert made["options"][0]["options"][0]["description"].endswith("…")


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ({"content": "Shells, they say"}, {"text": "Shells, they say"}),
        (
            {"content": "See <https://a.example/1>, and https://a.example/2."},
            {"text": "See <https://a.example/1>, and https://a.example/2.", "url": "https://a.example/1"},
        ),
        (
            {"content": "", "embeds": [{"title": "Shells", "url": "https://b.example/2"}]},
            {"text": "Shells", "url": "https://b.example/2"},
        ),
        ({"content": ""}, {}),
    ],
    ids=["words", "links", "preview", "nothing"],
)
def test_a_message_is_read(message: dict[str, object], values: dict[str, str]) -> None:
    """Its words and those of its previews, and the first address in it."""
    data = {"type": 3, "name": "Match", "target_id": "1", "resolved": {"messages": {"1": message}}}

    assert asked(data, {"Match": "match"}) == ("match", values)


def test_what_is_being_typed_is_read() -> None:
    """The parameter with the focus, and what stands in it so far."""
    options = [
        {"type": 3, "name": "since", "value": "2024"},
        {"type": 3, "name": "claim", "value": "she", "focused": True},
    ]
    data = {"name": "claim", "options": [{"type": 1, "name": "show", "options": options}]}

    assert typing(data) == ("claim show", "claim", "she")


def test_a_channel_is_picked() -> None:
    """Discord offers its own channels of text, and says which by its id."""
    table = (
        Command(("watch", "pause"), "Pause.", unused, (Param("channel", "x", required=False, channel=True),)),
    )

    made = definitions(table)

    assert command_faults(made) == []
    (option,) = made[0]["options"][0]["options"]
    assert (option["type"], option["channel_types"]) == (7, [0, 5])
    picked = [{"type": 7, "name": "channel", "value": "601"}]
    data = {"name": "watch", "options": [{"type": 1, "name": "pause", "options": picked}]}
    assert asked(data, {}) == ("watch pause", {"channel": "601"})
