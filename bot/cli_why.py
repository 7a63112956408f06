"""The commands that give reasons: `why`."""

from typing import Annotated

import typer

from bot.cli_answers import answer, card, show
from bot.cli_rows import account_row
from bot.cli_shell import AsJson, Config, print_json
from bot.commands.explain import explained, why_story


def why(
    ctx: typer.Context,
    story: Annotated[str, typer.Argument(metavar="URL-or-id")],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Say why a story was told or not: at which step it stopped, and on which of its words."""
    settings = ctx.obj.settings(config)
    if as_json:
        found, _ = answer(settings, lambda context: explained(context, story))
        print_json([account_row(account, now) for account, now in found])
    else:
        show(card(settings, why_story, story=story))
