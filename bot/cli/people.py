"""The commands by which people add and change claims, and by which the operator sees who changed what."""

from dataclasses import asdict
from typing import Annotated

import typer

from bot.answers.audit import audit_card
from bot.cli.answers import ask, change, show
from bot.cli.books import claims
from bot.cli.rows import moment
from bot.cli.shell import AsJson, Config, print_json
from bot.commands import track as commands
from bot.paging import Page

_LIMIT = 50


def _field(name: str, metavar: str, help_: str) -> object:
    return typer.Option(f"--{name.replace('_', '-')}", metavar=metavar, help=help_)


Claim = Annotated[str, typer.Argument(metavar="CLAIM", help="Its id.")]
SaidBy = Annotated[str, _field("said_by", "WHO", "Who says so.")]
SaidOn = Annotated[str, _field("said_on", "DATE", "2024-08-27, 2024-08 or 2024; else today.")]
Tags = Annotated[str, _field("tags", "TAGS", "Of its matter, with commas between.")]
Items = Annotated[str, _field("items", "ITEMS", "Goods that it names, with commas between.")]
Places = Annotated[str, _field("places", "PLACES", "Places that it names, with commas between.")]
Denial = Annotated[str, _field("denial", "yes|no", "It denies something.")]
Parent = Annotated[str, _field("parent", "CLAIM", "The general claim that it makes more specific.")]
Disputes = Annotated[str, _field("disputes", "CLAIMS", "Of a denial: the claims that it answers.")]


@claims.command("track")
def track(
    ctx: typer.Context,
    statement: Annotated[str, typer.Argument(metavar="STATEMENT", help="In one sentence, in quotes.")],
    said_by: SaidBy,
    said_on: SaidOn = "",
    tags: Tags = "",
    items: Items = "",
    places: Places = "",
    denial: Denial = "",
    parent: Parent = "",
    disputes: Disputes = "",
    config: Config = None,
) -> None:
    """Track a claim that everybody sees; shows by which words, and what of the last 30 days would match."""
    shown = change(
        ctx.obj.settings(config),
        commands.track,
        statement=statement,
        said_by=said_by,
        said_on=said_on,
        tags=tags,
        items=items,
        places=places,
        denial=denial,
        parent=parent,
        disputes=disputes,
    )
    show(shown)


@claims.command("edit")
def edit(
    ctx: typer.Context,
    claim: Claim,
    statement: Annotated[str, _field("statement", "WORDS", "In one sentence.")] = "",
    said_by: SaidBy = "",
    said_on: SaidOn = "",
    tags: Tags = "",
    items: Items = "",
    places: Places = "",
    denial: Denial = "",
    parent: Parent = "",
    disputes: Disputes = "",
    why: Annotated[str, _field("why", "WORDS", "The reason, which is kept.")] = "",
    config: Config = None,
) -> None:
    """Change what is given of a claim, and show what it was; `none` empties a field."""
    shown = change(
        ctx.obj.settings(config),
        commands.edit_claim,
        claim=claim,
        statement=statement,
        said_by=said_by,
        said_on=said_on,
        tags=tags,
        items=items,
        places=places,
        denial=denial,
        parent=parent,
        disputes=disputes,
        why=why,
    )
    show(shown)


def audit(
    ctx: typer.Context,
    workspace: Annotated[
        str, typer.Option("--workspace", metavar="ID", help="Of one alone: discord:500, console.")
    ] = "",
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many at most.")] = _LIMIT,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """List who changed what and when, in all servers or one, newest first."""
    entries = ask(ctx.obj.settings(config), lambda store: store.audit(workspace or None, limit))
    if as_json:
        print_json([{**asdict(entry), "at": moment(entry.at)} for entry in entries])
    else:
        show(audit_card(Page(entries), len(entries), "UTC", everywhere=not workspace))
