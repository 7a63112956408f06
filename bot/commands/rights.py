"""Who is answered: what a row of a table needs, and the refusal of whoever is not allowed it."""

from typing import Protocol

from bot.commands.model import Asker, Context, Needs
from bot.language import _
from claims.errors import UsageError
from claims.model import Claim
from claims.workspaces import CONSOLE


class Row(Protocol):
    """A command or an action."""

    @property
    def needs(self) -> Needs:
        """What somebody must be allowed to be answered."""
        ...


def may(asker: Asker, needs: Needs) -> bool:
    """Say whether somebody may do what takes this; of what takes a channel, whether they may in any."""
    match needs:
        case Needs.NOTHING:
            return True
        case Needs.CHANNEL:
            return asker.may_change or any(each.manages for each in asker.channels.values())
        case Needs.CHANGE:
            return asker.may_change
        case Needs.SHARED:
            return asker.may_change and asker.named
        case Needs.APPOINT:
            return asker.may_appoint


def changes_register(context: Context) -> bool:
    """Say whether somebody may change the claims that are everybody's."""
    return context.workspace == CONSOLE or context.shared_register


def changes(context: Context, claim: Claim) -> bool:
    """Say whether somebody who may change things may change this claim."""
    return claim.workspace is not None or changes_register(context)


def refuse(context: Context, row: Row, name: str) -> None:
    """Refuse whoever is not allowed what a row needs; `name` is what they asked for, as they type or read it.

    Where it is about one channel, whoever may change any passes, as does who asks outside of channels: what
    they may in one is known once it is named. `refuse_in` has the last word.

    Raises:
        UsageError: they may not; says what it takes.

    """
    unnamed = row.needs is Needs.CHANNEL and not context.asker.destination
    if unnamed or may(context.asker, row.needs):
        return
    if row.needs is Needs.SHARED and context.asker.may_change:
        refusal = _("{name} changes what all workspaces share").format(name=name)
        raise _refused(context, Needs.SHARED, refusal)
    refusal = _("You may not use {name}: it is for those who may change what all see")
    lacks = Needs.CHANGE if row.needs is Needs.SHARED else row.needs
    raise _refused(context, lacks, refusal.format(name=name))


def refuse_in(context: Context, destination: str) -> None:
    """Refuse whoever may not say what a channel is told.

    Raises:
        UsageError: they may not; says what it takes.

    """
    if not context.asker.manages(destination):
        raise _refused(context, Needs.CHANNEL, _("You may not change what that channel is told"))


def what_it_takes(context: Context, needs: Needs) -> str:
    """Return what whoever asks would have to be for this, or nothing where their platform does not say."""
    said = context.asker.needs.get(needs) or context.asker.needs.get(Needs.CHANGE, "")
    return _(said).format(editors=context.spelled("workspace editors")) if said else ""


def _refused(context: Context, needs: Needs, refusal: str) -> UsageError:
    return UsageError(f"{refusal}\n{what_it_takes(context, needs)}".strip())
