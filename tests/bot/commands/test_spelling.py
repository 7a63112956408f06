"""Whoever reads the name of a command can type it where it is shown."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from bot.cli.main import cli
from bot.commands.desk import Desk
from bot.commands.model import OPERATOR, Asker, Context
from bot.commands.spelling import COMMAND_LINE, spelling
from bot.commands.table import AT_CONSOLE, COMMANDS
from bot.commands.table_people import PEOPLE
from bot.commands.table_watch import WATCHES

ROOT = Path(__file__).parents[3]
NAMES = re.compile(rf"\b(?:{'|'.join(c.name for c in AT_CONSOLE if len(c.path) == 2)})\b")
SHOWS = ("demo.py", "spelling.py", "table.py", "table_people.py", "table_watch.py", "mending.py")
"""The demo names what it types at its own prompt, the last notes commands, and the others have the names."""


@pytest.mark.parametrize(
    ("reference", "typed"),
    [
        ("console", "feed show FEED"),
        ("discord:901", "/feed show FEED"),
        ("slack:U0READER", "/claimwatch feed show FEED"),
        ("slack", "/claimwatch feed show FEED"),
    ],
)
def test_a_command_is_typed_as_its_place_wants(reference: str, typed: str) -> None:
    """People and destinations of a platform read the same words."""
    assert spelling(reference)("feed show FEED") == typed


def test_the_command_line_has_what_its_spelling_names() -> None:
    """Its groups are called otherwise, and every command of a chat that it has is found under its name."""
    tree = typer.main.get_command(cli)
    groups: dict[str, object] = getattr(tree, "commands", {})
    there = {
        f"claimwatch {' '.join(filter(None, (name, inner)))}"
        for name, group in groups.items()
        for inner in getattr(group, "commands", {"": None})
    }

    spelled = {COMMAND_LINE(command.name) for command in AT_CONSOLE}

    in_chat = {COMMAND_LINE(command.name) for command in WATCHES}
    assert spelled - there == {
        *in_chat,
        *(COMMAND_LINE(command.name) for command in PEOPLE if command.path[0] == "workspace"),
        *(
            f"claimwatch {name}"
            for name in ("claims match", "event show", "health", "help", "snooze list", "story search")
        ),
    }


@pytest.mark.parametrize(
    ("asker", "advice"),
    [
        (OPERATOR, "claim list names all claims"),
        (Asker("discord:901", workspace="discord:500"), "/claim list names all claims"),
        (Asker("slack:U0READER", workspace="slack:T0"), "/claimwatch claim list names all claims"),
    ],
)
async def test_an_answer_is_spelled_for_whoever_asks(context: Context, asker: Asker, advice: str) -> None:
    """The same desk answers Discord and Slack, each in its own words."""
    card = await Desk(COMMANDS, context).answer("claim show", {"claim": "zzzz"}, asker)

    assert card.lines == ((advice,),)


@pytest.mark.parametrize(
    ("asker", "usage"),
    [
        (OPERATOR, "Usage: claim show CLAIM"),
        (Asker("discord:901", workspace="discord:500"), "Usage: /claim show CLAIM"),
        (Asker("slack:U0READER", workspace="slack:T0"), "Usage: /claimwatch claim show CLAIM"),
    ],
)
async def test_usage_is_spelled_for_whoever_asks(context: Context, asker: Asker, usage: str) -> None:
    """Whoever typed half a command is shown the whole of it."""
    card = await Desk(COMMANDS, context).answer_text("claim show", asker)

    assert card.lines == ((usage,),)


def unspelled(tree: ast.AST) -> Iterator[str]:
    """Yield the commands that texts of a source file name as they stand, but for its own explanations."""
    explains = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    spelled = {
        id(within)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("spelled", "COMMAND_LINE"))
        for within in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in explains | spelled:
            yield from NAMES.findall(str(node.value))


def test_no_text_names_a_command_as_it_stands() -> None:
    """What is written once is spelled where it is shown: a name in a text would be wrong in some place."""
    files = (path for path in sorted((ROOT / "bot").rglob("*.py")) if path.name not in SHOWS)
    named = {str(path): list(unspelled(ast.parse(path.read_text("utf-8")))) for path in files}

    assert {name: found for name, found in named.items() if found} == {}


def test_a_name_in_a_text_is_noticed() -> None:
    """The rule sees plain texts and parts of formatted ones, and lets docstrings and spelled names be."""
    source = '"""feed list"""\nx = "feed show tells"\ny = f"{1} claim list"\nz = spelled("feed add")'

    assert list(unspelled(ast.parse(source))) == ["feed show", "claim list"]
