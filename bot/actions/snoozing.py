"""What somebody does not want to hear of for a while: put off from an alert's message, and woken again."""

from datetime import timedelta

from bot.actions.alerts import snooze_key, wake_button
from bot.actions.model import Action, Press, action
from bot.actions.verdicts import seen_by
from bot.card import Card
from bot.commands.model import Context, Needs
from bot.controls import OPTIONS, Button, Menu, Option
from bot.happening import Happening
from bot.language import N_, _
from bot.phrases import shorten
from bot.replies import Reply
from bot.said import snooze_line, thing, woken_line
from claims.errors import NotFound
from claims.independence import outlet
from claims.text import digest_key
from claims.workspaces import Snooze, SnoozeKind

_SPANS = {"1h": timedelta(hours=1), "1d": timedelta(days=1), "1w": timedelta(weeks=1)}
_LABEL = 100
"""Characters of an option
(https://discord.com/developers/docs/components/reference#string-select-select-option-structure)."""

Thing = tuple[SnoozeKind, str]
"""What is put off: its kind, and its id or name."""


async def _ask(context: Context, press: Press) -> Reply:
    """Ask what is to be put off, and for how long; at first it is this story."""
    seen = await seen_by(context, press.argument)
    things = _things(seen)
    key = press.chosen[0] if press.chosen and press.chosen[0] in things else next(iter(things))
    what = Menu(
        action("snooze", seen.event_id),
        _("What is not to be told"),
        tuple(
            Option(shorten(thing(*named), _LABEL), each, chosen=each == key) for each, named in things.items()
        ),
    )
    labels = {"1h": _("1 hour"), "1d": _("1 day"), "1w": _("1 week")}
    spans = tuple(Button(labels[s], action("snooze-for", seen.event_id, key, s)) for s in _SPANS)
    card = Card(
        title=_("Snooze: {what}").format(what=thing(*things[key])),
        lines=tuple((snooze_line(each, context.timezone)) for each in seen.snoozes),
        controls=((what,), spans),
    )
    return Reply(card, redraws=bool(press.chosen), noted="")


async def _snooze(context: Context, press: Press) -> Reply:
    """Put it off until a moment, which then stands on the message."""
    event_id, key, span = press.argument.split(":")
    seen = await seen_by(context, event_id)
    named = _things(seen).get(key)
    if named is None:
        raise NotFound(_("This alert is about something else by now"))
    now = context.clock()
    kind, what = named
    until = now + _SPANS[span]
    snooze = Snooze(context.workspace, kind, what, until, context.asker.reference, now)
    await context.store.snooze(snooze)
    await context.store.touch(context.workspace, event_id)
    return Reply(
        Card(
            title=_("Snoozed"),
            lines=(snooze_line(snooze, context.timezone),),
            controls=((wake_button(snooze, event_id, _("Wake")),),),
        ),
        redraws=True,
    )


async def _wake(context: Context, press: Press) -> Reply:
    """End a snooze of the asker's workspace, named by a button or chosen from a list."""
    key, _colon, event_id = press.argument.partition(":")
    key = press.chosen[0] if press.chosen else key
    kept = await context.store.snoozes(context.workspace, context.clock())
    snooze = next((each for each in kept if snooze_key(each) == key), None)
    if snooze is None:
        raise NotFound(_("It is not snoozed any more"))
    await context.store.wake(context.workspace, snooze.kind, snooze.what)
    event_id = event_id or (snooze.what if snooze.kind is SnoozeKind.EVENT else "")
    if event_id:
        await context.store.touch(context.workspace, event_id)
    return Reply(Card(title=_("Awake again"), lines=(woken_line(snooze),)), redraws=True)


def _things(seen: Happening) -> dict[str, Thing]:
    """Return what can be put off from an alert's message, by the short key that a control names it by."""
    found: list[Thing] = [(SnoozeKind.EVENT, seen.event_id)]
    found += [(SnoozeKind.CLAIM, link.claim_id) for link in seen.briefing.alert.links]
    found += [(SnoozeKind.SOURCE, outlet(member.story)) for member in seen.briefing.event.members]
    return {digest_key(*named): named for named in list(dict.fromkeys(found))[:OPTIONS]}


ACTIONS = (
    Action("snooze", _ask, N_("Snooze"), needs=Needs.CHANGE, asks=True),
    Action("snooze-for", _snooze, N_("Snooze"), needs=Needs.CHANGE),
    Action("wake", _wake, N_("Wake"), needs=Needs.CHANGE),
)
