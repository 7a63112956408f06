"""The one short welcome to a workspace that the bot was taken to."""

from dataclasses import replace

from bot.actions.model import action
from bot.card import Card
from bot.commands.model import Context
from bot.commands.spelling import spelling
from bot.controls import Button, Look
from bot.language import N_, _, speaking
from bot.lines import channel, filled
from bot.said import who
from claims.store_workspaces import WorkspaceBook
from claims.subscriptions import Subscription

_UNTIL = {
    "discord": N_("Nothing is posted until somebody with the permission Manage Channels sets it up"),
    "slack": N_("Nothing is posted until a workspace admin, or whoever created this channel, sets it up"),
}
"""Who may press the button, in the words of each platform."""


async def welcome(
    store: WorkspaceBook, workspace: str, name: str, language: str | None, destination: str
) -> Card | None:
    """Return what greets a workspace, or None where it was greeted before: once is enough.

    Whoever posts it notes `Workspace.welcomed_at`, since what could not be posted greeted nobody.

    Args:
        store: knows whom was greeted.
        workspace: its id.
        name: as its people call it.
        language: of its people, as the platform says: `ko`, `en-GB`.
        destination: where the greeting goes.

    """
    if (await store.workspace(workspace)).welcomed_at is not None:
        return None
    with speaking(language):
        return welcome_card(name, destination)


async def say_set_up(context: Context, wanted: Subscription) -> None:
    """Have the greeting of a workspace say who set it up last, and for which channel."""
    workspace = await context.store.workspace(wanted.workspace)
    if workspace.greeting is None:
        return
    destination, _slash, receipt = workspace.greeting.partition("/")
    with speaking(workspace.speaks):
        card = welcome_card(workspace.name, destination)
        said = filled(
            _("Set up by {person} for {channel}"),
            person=who(context.asker.reference, context.workspace, wanted.workspace),
            channel=channel(wanted.destination),
        )
    again = Button(_("Change set-up"), action("setup"))
    card = replace(card, lines=(*card.lines, said), footer="", controls=((again,),))
    await context.edit(destination, receipt, card)


def welcome_card(name: str, destination: str) -> Card:
    """Return what the bot does, in three lines, and the button that sets it up, with who may do so there."""
    spelled = spelling(destination)
    look_up = _("Anybody can ask: {search}, {why}, {help}; only you see the answer until you share it.")
    return Card(
        title=_("Claimwatch is on {name} now").format(name=name) if name else _("Claimwatch is here now"),
        lines=(
            (
                _(
                    "It reads news feeds in nine languages and holds each story against tracked claims about "
                    "arms transfers between North Korea and Russia."
                ),
            ),
            (
                _(
                    "Each happening is told once, however many outlets carry it: the message says whether it "
                    "supports or disputes a claim, and is edited as more outlets join."
                ),
            ),
            (look_up.format(search=spelled("claim search"), why=spelled("story why"), help=spelled("help")),),
        ),
        footer=_(_UNTIL[destination.partition(":")[0]]),
        controls=((Button(_("Set up"), action("setup"), Look.MAIN),),),
    )
