"""How a claim is recognised, on the command line: `claims show --profile` and `claims profile`."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from bot.answers.profile import profile_card
from bot.cli.answers import answer, show
from bot.cli.shell import print_json, screen
from bot.commands.explain import recognised
from bot.settings import Settings
from claims.errors import UsageError
from claims.matching.recognition import Recognition, as_toml

Lang = Annotated[
    str | None, typer.Option("--lang", metavar="CODE", help="Show the words of this language alone.")
]
_ALL = 1_000
"""Words of a concept that are shown of one language: all."""
_FEW = 3
"""Words of a concept that are shown of each language, where no single one is asked for."""


def show_recognition(
    settings: Settings, typed: str, *, said_by: str = "", lang: str | None, as_json: bool
) -> None:
    """Print how a claim or a sentence is recognised, and what corrects it."""
    found, known = answer(settings, lambda context: recognised(context, typed, said_by))
    if lang is not None and lang not in known:
        raise UsageError(f"--lang: there is no folder of words for {lang!r}; there are {', '.join(known)}")
    shown = [lang] if lang else known
    if as_json:
        print_json(_row(found, shown))
        return
    show(profile_card(found, shown, _ALL if lang else _FEW))
    if not lang:
        screen.print("--lang CODE shows every word of one language, --json those of all.\n", markup=False)
    screen.print("To correct it, paste this below the claim in its file and change it:\n", markup=False)
    screen.print(as_toml(found.profile), markup=False)


def _row(found: Recognition, languages: list[str]) -> dict[str, Any]:
    profile = asdict(found.profile)
    days = {key: str(day) if (day := getattr(found.profile, key)) else None for key in ("since", "until")}
    accused = [[str(since), str(until)] for since, until in found.profile.accused]
    return {
        "id": found.claim.id or None,
        "statement": found.claim.statement,
        "made": found.made.name.lower(),
        "profile": {**profile, **days, "accused": accused},
        "words": {
            sense.concept: {c: words for c, words in sense.words.items() if c == "und" or c in languages}
            for sense in found.senses
        },
        "near": {sense.concept: sense.near for sense in found.senses if sense.near},
        "toml": as_toml(found.profile),
    }
