"""The register kept by buttons: a claim retired with a reason, and what was asked before a merge or split."""

from bot.actions.model import Action, Press, action
from bot.commands.care import merge_claims, retire_claim, split_claim
from bot.commands.model import Context, Needs
from bot.commands.track import WHY, own_claim
from bot.controls import Entry, Form
from bot.language import N_, _
from bot.replies import Reply
from claims.errors import NotFound

_RUNS = {"merge": merge_claims, "split": split_claim}
"""By the name of the command, in the group of claims."""


async def _retire(context: Context, press: Press) -> Form:
    """Ask for the reason."""
    claim = await own_claim(context, press.argument)
    why = Entry("why", _("Why it is tracked no longer"), long=True, most=WHY)
    return Form(_("Retire a claim"), action("retired", claim.id), (why,))


async def _retired(context: Context, press: Press) -> Reply:
    return Reply(await retire_claim(context, {"claim": press.argument, **press.entries}))


async def _supersede(context: Context, press: Press) -> Reply:
    """Merge or split as was asked before."""
    asked = await context.store.asked(press.argument)
    run = _RUNS.get(asked.command.partition(" ")[2]) if asked else None
    if asked is None or run is None:
        raise NotFound(_("This answer is too old\nAsk again"))
    noted = " ".join([asked.command, *(f"{name}={said}" for name, said in asked.values.items())])
    return Reply(await run(context, asked.values), redraws=True, noted=noted)


ACTIONS = (
    Action("retire", _retire, N_("Retire"), needs=Needs.CHANGE, form=True),
    Action("retired", _retired, N_("Retire"), needs=Needs.CHANGE),
    Action("supersede", _supersede, N_("Merge or split"), needs=Needs.CHANGE),
)
