"""An import that was shown is applied by its button."""

from bot.actions.model import Action, Press
from bot.commands.exchange import APPLY, apply_asked
from bot.commands.model import Context, Needs
from bot.language import N_
from bot.replies import Reply


async def _apply(context: Context, press: Press) -> Reply:
    return Reply(await apply_asked(context, press.argument), redraws=True)


ACTIONS = (Action(APPLY, _apply, N_("Import"), needs=Needs.CHANGE),)
