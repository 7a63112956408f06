"""The controls under an alert, and the closer look that one of them opens.

Their actions hold the id of the event and nothing else: what they mean is read from the store when they are
used, so that a message of last month works after any restart.
"""

from dataclasses import replace

from bot.actions.model import Action, Press, action
from bot.answers.details import details_card
from bot.commands.explain import why_story
from bot.commands.model import Context
from bot.controls import Button, Look, Row
from bot.happening import Happening, happening
from bot.language import _
from bot.replies import Reply
from bot.said import thing
from claims.text import digest_key
from claims.workspaces import Snooze

MOST_WAKES = 3
"""Snoozes of one message that have a button each."""


def alert_controls(seen: Happening) -> tuple[Row, ...]:
    """Return what can be done from an alert's message: fewer things once it is withdrawn."""
    event_id = seen.event_id
    details = Button(_("Details"), action("details", event_id))
    if not seen.briefing.alert.links:
        undo = Button(_("Undo"), action("undo", event_id))
        return ((undo, details) if seen.own else (details,),)
    return (
        (
            Button(_("Right"), action("right", event_id), Look.GOOD),
            Button(_("Wrong claim"), action("wrong-claim", event_id)),
            Button(_("Not relevant"), action("not-relevant", event_id)),
        ),
        (
            Button(_("Snooze"), action("snooze", event_id), rare=True),
            Button(_("Track as new claim"), action("track", event_id), rare=True),
            details,
        ),
    )


def wake_button(snooze: Snooze, event_id: str, label: str) -> Button:
    """Return the button that ends a snooze."""
    return Button(label, action("wake", snooze_key(snooze), event_id))


def snooze_key(snooze: Snooze) -> str:
    """Return by which short key an action names a snooze of its workspace."""
    return digest_key(snooze.kind, snooze.what)


async def _details(context: Context, press: Press) -> Reply:
    """Show all that stands behind an alert, with what can be taken back."""
    seen = await happening(context.store, press.argument, context.workspace, context.clock())
    deliveries = await context.store.deliveries(seen.briefing.alert.key)
    lead = seen.lead
    row: list[Button] = []
    if seen.own:
        row.append(Button(_("Undo"), action("undo", seen.event_id)))
    for snooze in seen.snoozes[:MOST_WAKES]:
        label = _("Wake {what}").format(what=thing(snooze.kind, snooze.what))
        row.append(wake_button(snooze, seen.event_id, label))
    if lead:
        row.append(Button(_("Why"), action("why", lead.story.id)))
    card = details_card(seen, deliveries, context.timezone, context.spelled)
    return Reply(replace(card, controls=(tuple(row),) if row else ()))


async def _why(context: Context, press: Press) -> Reply:
    """Answer as `story why` does."""
    return Reply(await why_story(context, {"story": press.argument}))


ACTIONS = (Action("details", _details), Action("why", _why))
