"""The README is true: what it names exists, and what exists it names."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from bot.cli.main import cli
from bot.commands.table import AT_CONSOLE
from bot.settings import KEYS, load
from claims.errors import SettingsError

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """Return the text under a heading of the second level."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def table(title: str, head: str) -> list[list[str]]:
    """Return the rows of the table of a section whose first column has this heading."""
    rows = [line.strip("|").split("|") for line in section(title).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in rows]
    begin = next(i for i, row in enumerate(cells) if row[0] == head)
    return [row for row in cells[begin + 2 :] if row[0].startswith("`")]


def command_lines() -> Iterator[str]:
    """Yield every command of the command line: `claims list`."""
    tree: Any = typer.main.get_command(cli)
    for name, command in tree.commands.items():
        within = getattr(command, "commands", None)
        yield from (f"{name} {inner}" for inner in within) if within else (name,)


def named(cell: str) -> list[str]:
    """Return the commands that a cell of a table names, without their arguments."""
    return [re.sub(r" [A-Z\[].*", "", words) for words in re.findall(r"`([^`]+)`", cell)]


def test_every_command_is_documented() -> None:
    """The table of commands is that of the console, which has those of every platform."""
    rows = [row[0].strip("`") for row in table("Commands", "command") if row[0].strip("`") in usages()]

    assert rows == usages()


def usages() -> list[str]:
    """Return each chat command as it is typed."""
    return [command.usage for command in AT_CONSOLE]


def test_every_command_line_is_documented() -> None:
    """The table of the command line names every command there is, and none that is not."""
    cells = [row[0] for row in table("Commands", "command") if row[0].strip("`") not in usages()]
    documented = [name for cell in cells for name in named(cell)]

    assert sorted(documented) == sorted(command_lines())


def test_every_setting_is_documented_with_its_default() -> None:
    """The table of settings has every key once, in order, with the default that it really has."""
    rows = {row[0].strip("`"): row[1].strip("`") for row in table("Settings", "setting")}
    settings = load(None, {})

    assert list(rows) == [key for key in KEYS if key != "subscriptions"]
    for key, told in rows.items():
        part, _, name = key.partition(".")
        if part == "subscriptions":
            continue
        default = getattr(getattr(settings, part), name)
        shown = default if isinstance(default, str) else json.dumps(default, default=str).strip('"')
        assert told == ("" if default is None else shown), key


def test_make_targets_exist() -> None:
    """Every `make` command of the README is a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    used = set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))

    assert used
    assert used <= targets


def test_linked_files_exist() -> None:
    """Every file that the README links to is there."""
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", README, re.DOTALL))
def test_examples_of_settings_load(example: str, tmp_path: Path) -> None:
    """Each example of settings in the README is a valid settings file."""
    path = tmp_path / "claimwatch.toml"
    path.write_text(re.sub(r"^   ", "", example, flags=re.MULTILINE), encoding="utf-8")

    try:
        settings = load(path, {})
    except SettingsError as error:
        pytest.fail(str(error))
    assert settings != load(None, {})


def test_what_a_file_takes_is_asked_for() -> None:
    """An export is a file: on Discord a permission more, on Slack a scope that the manifest has."""
    discord, slack = section("Connect Discord"), section("Connect Slack")
    manifest = (ROOT / "config" / "slack-manifest.yaml").read_text(encoding="utf-8")
    scopes = re.findall(r"^      - (\S+) # \S", manifest, re.MULTILINE)

    assert re.search(r"\*Attach\s+Files\*", discord)
    assert "`files:write`" in slack
    assert "files:write" in scopes
