"""What can be done from a list of claims."""

from bot.actions.model import Action, Press
from bot.actions.sharing import with_controls
from bot.commands.lookup import show_claim
from bot.commands.model import Context
from bot.replies import Reply

_SHOWN = ("claim", "show")
"""The command that answers for a claim that was chosen."""


async def _show(context: Context, press: Press) -> Reply:
    """Answer as `claim show` does for the claim that was chosen."""
    values = {"claim": press.chosen[0] if press.chosen else press.argument}
    card = await show_claim(context, values)
    return Reply(await with_controls(context, card, " ".join(_SHOWN), values))


ACTIONS = (Action("claim", _show),)
