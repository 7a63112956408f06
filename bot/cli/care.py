"""The commands by which the operator keeps the register: `claims history|retire|restore|merge|split`."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from bot.cli.answers import ask, card, change, show
from bot.cli.books import PageNumber
from bot.cli.rows import moment
from bot.cli.shell import FLAG, AsJson, Config, print_json
from bot.commands import care as commands
from claims.care import ClaimEdit, changed
from claims.model import Claim

ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="Its id.")]
Why = Annotated[str, typer.Argument(metavar="WHY", help="The reason, which is kept; in quotes.")]
Sure = Annotated[bool, typer.Option("--sure", metavar=FLAG, help="Do it; else only say what it would do.")]


def history(
    ctx: typer.Context, claim: ClaimId, page: PageNumber = 1, config: Config = None, as_json: AsJson = False
) -> None:
    """Show what was done to a claim, retired ones included: who, when, what it was and is, and why."""
    settings = ctx.obj.settings(config)
    if as_json:
        print_json([_row(edit) for edit in ask(settings, lambda store: store.edits(claim.casefold()))])
    else:
        show(card(settings, commands.show_history, claim=claim, page=str(page)))


def retire(ctx: typer.Context, claim: ClaimId, why: Why, config: Config = None) -> None:
    """Track a claim no longer, also where the seed file goes on listing it; what bore on it is kept."""
    show(change(ctx.obj.settings(config), commands.retire_claim, claim=claim, why=why))


def restore(ctx: typer.Context, claim: ClaimId, why: Why = "", config: Config = None) -> None:
    """Track a retired claim again; what its merge or split linked is undone."""
    show(change(ctx.obj.settings(config), commands.restore_claim, claim=claim, why=why))


def merge(
    ctx: typer.Context,
    claim: ClaimId,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The id of the claim that stays.")],
    why: Why,
    sure: Sure = False,
    config: Config = None,
) -> None:
    """Retire a claim for another that says the same: its stories and subscriptions go there."""
    show(change(ctx.obj.settings(config), commands.merge_claims, **_said(claim, into, why, sure=sure)))


def split(
    ctx: typer.Context,
    claim: ClaimId,
    into: Annotated[str, typer.Argument(metavar="CLAIMS", help="Ids with commas between.")],
    why: Why,
    sure: Sure = False,
    config: Config = None,
) -> None:
    """Retire a claim for two or more that say it apart: its stories are read again against those."""
    show(change(ctx.obj.settings(config), commands.split_claim, **_said(claim, into, why, sure=sure)))


def _said(claim: str, into: str, why: str, *, sure: bool) -> dict[str, str]:
    return {"claim": claim, "into": into, "why": why, commands.SURE: "yes" if sure else ""}


def _row(edit: ClaimEdit) -> dict[str, Any]:
    before, after = edit.before, edit.after
    names = changed(before, after) if before and after else ()
    return {
        "at": moment(edit.at),
        "person": edit.person,
        "workspace": edit.workspace,
        "kind": edit.kind,
        "why": edit.why,
        "was": _values(before, names),
        "is": _values(after, names),
    }


def _values(claim: Claim | None, names: tuple[str, ...]) -> dict[str, Any] | None:
    """Return the fields of a claim that differ, or all where the other is none."""
    if claim is None:
        return None
    return {name: value for name, value in asdict(claim).items() if not names or name in names}
