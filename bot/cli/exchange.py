"""The commands by which claims leave as files and come back: `claims export` and `claims import`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, BinaryIO, TypeVar

import typer

from bot import parts
from bot.answers.exchange import edition_words, plan_card
from bot.card import Card
from bot.cli.answers import answer, ask, show
from bot.cli.shell import FLAG, Bar, Config, aside, parse_since, progress, writing
from bot.commands import exchange as commands
from bot.commands.model import Context
from bot.commands.noting import note_change
from bot.commands.spelling import COMMAND_LINE
from bot.commands.table import AT_CONSOLE
from bot.exchange.brought import MAX_BYTES
from bot.exchange.formats import FORMATS
from bot.exchange.model import Export, Format
from bot.exchange.outgoing import chosen, edition_of, write
from bot.phrases import counted
from bot.resources import own_version
from bot.seen import seen_by
from claims.clock import utc_now
from claims.edition import Edition
from claims.errors import UsageError
from claims.store import Store

STANDARD = "-"
"""In place of a file: the standard input or output."""

T = TypeVar("T")

_NAMES = ", ".join(FORMATS)


def export_claims(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="Where to write; else, or with -, standard output.")
    ] = STANDARD,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help=f"{_NAMES}; else by the file's ending, or json.")
    ] = "",
    claim: Annotated[
        list[str] | None, typer.Option("--claim", metavar="ID", help="Only this claim; repeat for more.")
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option("--tag", metavar="TAG", help="Only claims of this tag; repeat for more."),
    ] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="DAY", help="Only stories from this day, month or year on.")
    ] = "",
    workspace: Annotated[
        str,
        typer.Option(
            "--workspace", metavar="ID", help="As this one sees it; console: all. Else everybody's."
        ),
    ] = "",
    config: Config = None,
) -> None:
    """Write claims with what bears on them for other programs, saying when and from which register."""
    settings, written = ctx.obj.settings(config), _format(form, file)
    start = parse_since(since) if since else None

    async def give(store: Store, out: BinaryIO, bar: Bar) -> tuple[int, Edition]:
        view = seen_by(store, workspace)
        listed = await view.claims()
        claims = chosen(listed, claim or (), tag or ())
        for unknown in sorted(set(claim or ()) - {each.id for each in claims}):
            raise UsageError(
                parts.unknown_claim(unknown, [each.id for each in listed], COMMAND_LINE("claim list"))
            )
        tags = {each for one in listed for each in one.tags}
        for unknown in sorted(set(tag or ()) - tags):
            raise UsageError(f"--tag: no claim has the tag {unknown!r}; there are: {', '.join(sorted(tags))}")
        edition = await edition_of(view, listed, utc_now(), own_version())
        await write(written, out, Export(edition, claims, start), view, listed, parts.who, bar)
        return len(claims), edition

    with progress("Claims") as bar:
        if file == STANDARD:
            ask(settings, lambda store: give(store, sys.stdout.buffer, bar))
            return
        count, edition = _to_file(Path(file), lambda out: ask(settings, lambda store: give(store, out, bar)))
    aside.print(f"{counted(count, 'claim')} in {file}\n{edition_words(edition)}", markup=False)


def import_claims(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="CSV, TOML, ClaimReview or an export; - reads standard input."),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", metavar=FLAG, help="Show what would change, and change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", metavar=FLAG, help="Change it without asking.")] = False,
    config: Config = None,
) -> None:
    """Show what a file of claims would add and change, ask, and have all of it so, or nothing."""
    settings = ctx.obj.settings(config)
    body, where = _read(file), "standard input" if file == STANDARD else file

    async def take(context: Context) -> Card | None:
        found = await commands.planned(context, body, where)
        show(plan_card(found))
        if dry_run or not found.changes or not (yes or _agreed(file)):
            return None
        done = await commands.apply(context, body, where, commands.shown_of(found))
        (name,) = (each.name for each in AT_CONSOLE if each.run == commands.import_claims)
        await note_change(context, name, {"file": where})
        return done

    if done := answer(settings, take):
        aside.print(done.title, markup=False)


def _format(name: str, file: str) -> Format:
    if name:
        if name not in FORMATS:
            raise UsageError(f"--format: expected one of {_NAMES}, not {name!r}")
        if name == "csv" and Path(file).suffix.lower() == ".csv":
            raise UsageError(f"{file}: as csv there are two tables in one ZIP; name a file that ends in .zip")
        return FORMATS[name]
    if file == STANDARD:
        return FORMATS["json"]
    ending = Path(file).suffix.lower()
    if found := next((each for each in FORMATS.values() if each.ending == ending), None):
        return found
    endings = ", ".join(dict.fromkeys(each.ending for each in FORMATS.values()))
    raise UsageError(f"{file}: no format has this ending; expected one of {endings}, or --format beside it")


def _agreed(file: str) -> bool:
    if file == STANDARD or not sys.stdin.isatty():
        raise UsageError("There is nobody to ask: --yes changes it, --dry-run only shows it")
    return typer.confirm("Change the register so?", err=True)


def _to_file(path: Path, give: Callable[[BinaryIO], T]) -> T:
    """Write a file whole: what was there stays until the new one is done."""
    part = path.with_name(f".{path.name}.part")
    with writing(path):
        try:
            with part.open("wb") as out:
                given = give(out)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return given


def _read(file: str) -> bytes:
    """Return a file, or as much of it as shows that it is too large."""
    try:
        with sys.stdin.buffer if file == STANDARD else Path(file).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be read ({error.strerror}); name a file of claims, or - for standard input"
        ) from None
