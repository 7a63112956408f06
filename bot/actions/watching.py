"""What the buttons under answers about subscriptions do."""

from bot.actions.model import Action, Press
from bot.commands.model import Context, Needs
from bot.commands.watch import pause_watch, resume_watch, unwatched
from bot.language import N_
from bot.replies import Reply


async def _unwatch(context: Context, press: Press) -> Reply:
    return Reply(await unwatched(context, press.argument), redraws=True)


async def _pause(context: Context, press: Press) -> Reply:
    return Reply(await pause_watch(context, {"channel": press.argument}), redraws=True)


async def _resume(context: Context, press: Press) -> Reply:
    return Reply(await resume_watch(context, {"channel": press.argument}), redraws=True)


ACTIONS = (
    Action("unwatch", _unwatch, N_("Remove"), needs=Needs.CHANNEL),
    Action("pause", _pause, N_("Pause"), needs=Needs.CHANNEL),
    Action("resume", _resume, N_("Resume"), needs=Needs.CHANNEL),
)
