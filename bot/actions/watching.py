"""What the buttons under answers about subscriptions do."""

from bot.actions.model import Action, Press
from bot.commands.model import Context, Needs
from bot.commands.watch import unwatched
from bot.language import N_
from bot.replies import Reply


async def _unwatch(context: Context, press: Press) -> Reply:
    return Reply(await unwatched(context, press.argument), redraws=True)


ACTIONS = (Action("unwatch", _unwatch, N_("Remove"), needs=Needs.CHANNEL),)
