"""What shows how good the matcher is: `match` reads stories, `evaluate` measures on judged ones."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from bot import parts
from bot.cli.review import evaluate_reviewed
from bot.cli.rows import candidate_row
from bot.cli.shell import FLAG, AsJson, Config, print_json, progress, screen
from bot.commands.spelling import COMMAND_LINE
from bot.resources import data
from bot.settings import Settings
from claims.clock import utc_now
from claims.errors import RowError, UsageError
from claims.matching.evaluate import Rate, Scores, predict
from claims.matching.evaluate import evaluate as score
from claims.matching.rows import Labelled, read_labelled, read_stories
from claims.model import Claim
from claims.seeding import read_claims

Register = Annotated[
    Path | None, typer.Option("--claims", metavar="FILE", help="Claims in place of the register.")
]
STANDARD_INPUT = Path("/dev/stdin")
_RATES = ("relevance", "links", "strict", "any", "figures", "events")


def match(
    ctx: typer.Context,
    stories: Annotated[Path, typer.Argument(metavar="STORIES.jsonl", allow_dash=True)],
    claims: Register = None,
    top: Annotated[
        int, typer.Option("--top", metavar="N", min=0, help="Add the N nearest claims, whatever the cuts.")
    ] = 0,
    config: Config = None,
) -> None:
    """Match stories, in the order given, and print a line of JSON for each.

    A story is a line of JSON with id, title, summary, and optionally url, outlet, lang, published; `-` reads
    them from the standard input.
    """
    settings: Settings = ctx.obj.settings(config)
    matcher, encoder = parts.matcher_of(_register(settings, claims)), parts.encoder_of(settings)
    given = read_stories(STANDARD_INPUT if str(stories) == "-" else stories, utc_now())
    # On a terminal the lines themselves show how far it is.
    with progress("Stories", hidden=screen.is_terminal) as bar:
        predictions = predict(matcher, given, encoder)
        for done, (story, prediction) in enumerate(zip(given, predictions, strict=True), start=1):
            nearest = {"top": [candidate_row(c) for c in matcher.rank(story, far=True)[:top]]} if top else {}
            print_json(prediction.row() | nearest)
            bar(done, len(given))


def evaluate(
    ctx: typer.Context,
    labelled: Annotated[list[Path] | None, typer.Argument(metavar="[LABELLED.jsonl...]")] = None,
    claims: Register = None,
    reviewed: Annotated[
        bool, typer.Option("--reviewed", metavar=FLAG, help="On the stories that people gave verdicts on.")
    ] = False,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Measure the matcher on stories that people labelled: precision, recall and F1, B-cubed for events.

    A labelled story has besides its words: relevant, claims [{id, stance}], figures [{unit, value}], event
    and perhaps unsure; the ids are those of the register, or of the file of --claims.
    """
    settings: Settings = ctx.obj.settings(config)
    if reviewed:
        evaluate_reviewed(settings, as_json=as_json)
        return
    if not labelled:
        raise UsageError("There is nothing to measure on\nName files of labelled stories, or say --reviewed")
    register = _register(settings, claims)
    matcher, encoder = parts.matcher_of(register), parts.encoder_of(settings)
    gold = [label for path in labelled for label in read_labelled(path, utc_now())]
    _refuse_unknown(gold, [claim.id for claim in register], str(claims or COMMAND_LINE("claim list")))
    predicted = {}
    with progress("Stories") as bar:
        predictions = predict(matcher, [label.story for label in gold], encoder)
        for done, prediction in enumerate(predictions, start=1):
            predicted[prediction.reading.story_id] = prediction
            bar(done, len(gold))
    scores = score(gold, predicted)
    if as_json:
        rows = {"all": scores, **scores.languages}
        print_json({name: _row(row) for name, row in rows.items()})
        return
    screen.print(_overall(scores))
    screen.print(_by_language(scores))


def _overall(scores: Scores) -> Table:
    table = _table("", "precision", "recall", "F1", "to find")
    for name in _RATES:
        rate: Rate = getattr(scores, name)
        table.add_row(name, f"{rate.precision:.3f}", f"{rate.recall:.3f}", f"{rate.f1:.3f}", str(rate.n))
    table.add_row("stance", "", "", f"{scores.stance:.3f}", "", end_section=True)
    table.caption = (
        "links: story and claim; strict: with the stance; any: background too;\n"
        "stance: the share right of the links found; events: B-cubed"
    )
    return table


def _by_language(scores: Scores) -> Table:
    table = _table("F1", "stories", *_RATES, "stance")
    for name, row in scores.languages.items():
        rates: list[Rate] = [getattr(row, rate) for rate in _RATES]
        stance = f"{row.stance:.3f}" if row.links.n else ""
        table.add_row(name, str(row.stories), *(f"{r.f1:.3f}" if r.n else "" for r in rates), stance)
    return table


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, caption_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def _register(settings: Settings, given: Path | None) -> tuple[Claim, ...]:
    return read_claims(given or settings.seeds.claims or data("seeds/claims.toml"))


def _refuse_unknown(gold: Sequence[Labelled], known: Sequence[str], listed: str) -> None:
    for label in gold:
        for claim_id in label.stances:
            if claim_id not in known:
                raise RowError(f"{label.where}: claims: {parts.unknown_claim(claim_id, known, listed)}")


def _row(scores: Scores) -> dict[str, Any]:
    rates = {rate: _numbers(getattr(scores, rate)) for rate in _RATES}
    return {"stories": scores.stories, **rates, "stance": round(scores.stance, 4)}


def _numbers(rate: Rate) -> dict[str, float]:
    return {"p": round(rate.precision, 4), "r": round(rate.recall, 4), "f1": round(rate.f1, 4), "n": rate.n}
