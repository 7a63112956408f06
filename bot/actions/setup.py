"""Setting a channel up in chat: where, what to follow, when the digest comes, and what an alert looks like.

What was chosen so far is kept in the store, and the controls carry its key: a restart loses nothing. Nothing
is told, and nothing noted, before it is saved. The words are those of the options of a subscription.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace

from bot.actions.model import Action, Press, action
from bot.answers.setup import MORE_DIGESTS, listed, setup_card, where_card
from bot.answers.watch import watch_card
from bot.card import Line
from bot.commands.channels import here, known, place, refuse_mute, refuse_role, wanted_in
from bot.commands.model import Context, Needs
from bot.commands.rights import refuse_in
from bot.commands.watch import next_steps
from bot.commands.watch_hours import ALL, NONE
from bot.commands.watch_values import Known, changed
from bot.controls import Entry, Form
from bot.language import N_, _, speaking
from bot.lines import channel, filled
from bot.places import Place
from bot.replies import Reply
from bot.sample_alert import sample_card
from bot.settings_values import WEEKDAYS
from bot.welcome import say_set_up
from claims.errors import NotFound, UsageError
from claims.subscriptions import Subscription, timed
from claims.text import digest_key
from claims.workspaces import Asked

Draft = Mapping[str, str]
"""Options by name, and `channel`, a destination; after `_TYPED`, what could not be read of it; and `_KEY`."""

_SETUP = "setup"
_HOUR = "setup-hour"
_IN = "in"
_TYPED = "typed "
_UNSAID = {"digest": NONE, "weekly": NONE, "monthly": NONE, "timezone": "UTC"}
"""What an empty entry of the form means."""
_KEY = "key"
"""Of a draft, the same from its beginning to its end: two controls that are used in a moment both count."""


async def _setup(context: Context, press: Press) -> Reply:
    """Do one step: the argument is `STEP:KEY`, or nothing to begin, or `in:DESTINATION` for another channel.

    Outside of a channel it is asked first which one is meant.
    """
    step, _colon, key = press.argument.partition(":")
    if not step or step == _IN:
        named = key or _first(press)
        if not named and not context.asker.destination:
            return Reply(where_card(action(_SETUP, _IN)), noted="")
        destination = (await place(context, named)).destination if named else here(context)
        if named:
            refuse_in(context, destination)
        new = digest_key(_SETUP, context.asker.reference, destination, str(context.clock()))
        return await _begin(context, destination, new, redraws=bool(press.chosen))
    run = _STEPS.get(step)
    if run is None:
        raise _too_old(context)
    return await run(context, await _kept(context, key), press)


async def _begin(
    context: Context, destination: str, key: str, *, redraws: bool, notes: Sequence[Line] = ()
) -> Reply:
    """Show what a channel wants, to be changed; of one that wants nothing, what is usual.

    What is not known any more stays: without it a channel would be told of every claim.
    """
    wanted = await wanted_in(context, destination) or Subscription(destination)
    seen = await known(context, {})
    draft = {
        "channel": destination,
        "claims": _list(wanted.claims, seen.claims) or ALL,
        "tags": _list(wanted.tags, seen.tags) or NONE,
        "digest": f"{wanted.digest:%H:%M}" if wanted.digest else NONE,
        "weekly": NONE if wanted.week_on is None else WEEKDAYS[wanted.week_on],
        "monthly": NONE if wanted.month_on is None else str(wanted.month_on),
        "timezone": wanted.timezone,
        _KEY: key,
    }
    return await _drawn(context, draft, redraws=redraws, notes=notes)


async def _channel(context: Context, draft: Draft, press: Press) -> Reply:
    """Set up another channel: with what was chosen so far, or where it wants something already, with that."""
    destination = (await place(context, _first(press))).destination
    refuse_in(context, destination)
    if destination == draft["channel"]:
        return await _drawn(context, draft)
    if await wanted_in(context, destination):
        said = _(
            "{channel} is told of claims already: this is what it wants, in place of what was chosen before"
        )
        notes = [filled(said, channel=channel(destination))]
        return await _begin(context, destination, draft[_KEY], redraws=True, notes=notes)
    seen = await known(context, {})
    claims, tags = _still(draft["claims"], seen.claims), _still(draft["tags"], seen.tags)
    moved = {"channel": destination, "claims": claims or ALL, "tags": tags or NONE}
    return await _drawn(context, {**draft, **moved})


async def _tags(context: Context, draft: Draft, press: Press) -> Reply:
    """Follow these tags; `all` among them means every claim, where it was not all before."""
    tags = [tag for tag in press.chosen if tag != ALL]
    everything = len(tags) < len(press.chosen)
    was_all = draft["claims"] == ALL and draft["tags"] == NONE
    if not tags or (everything and not was_all):
        return await _drawn(context, {**draft, "claims": ALL, "tags": NONE})
    return await _drawn(context, {**draft, "tags": ",".join(tags)})


async def _claims(context: Context, draft: Draft, press: Press) -> Reply:
    """Follow these claims, and those that are followed already and the menu has no room for."""
    claims = await context.store.claims()
    no_room = claims[len(listed(claims, draft["channel"])) :]
    beyond = [each.id for each in no_room if each.id in draft["claims"].split(",")]
    return await _drawn(context, {**draft, "claims": ",".join([*press.chosen, *beyond]) or ALL})


async def _digest(context: Context, draft: Draft, press: Press) -> Reply:
    return await _drawn(context, {**draft, "digest": _first(press)})


async def _hour(context: Context, draft: Draft, press: Press) -> Reply:
    """Take hour, days and time zone of the form; what cannot be read stays in it, to be mended."""
    entries = {name: words.strip() for name, words in press.entries.items()}
    said = {name: entries.get(name) or empty for name, empty in _UNSAID.items()}
    try:
        changed(Subscription(draft["channel"]), said, Known(), _labels())
    except UsageError as mistakes:
        advice = _("What you typed is kept in the form: press {button} to mend it")
        lines = (*str(mistakes).splitlines(), advice.format(button=_(MORE_DIGESTS)))
        typed = {f"{_TYPED}{name}": words for name, words in entries.items()}
        drawn = await _drawn(context, {**draft, **typed}, notes=[(line,) for line in lines])
        return replace(drawn, card=replace(drawn.card, wrong=mistakes.wrong))
    return await _drawn(context, {**_options(draft), **said, _KEY: draft[_KEY]})


async def _sample(context: Context, draft: Draft, _press: Press) -> Reply:
    """Show a sample alert in the language and the time zone of the channel."""
    workspace = await context.store.workspace(context.workspace)
    with speaking(workspace.speaks or context.asker.language):
        return Reply(sample_card(context.clock(), draft["timezone"]), noted="")


async def _save(context: Context, draft: Draft, _press: Press) -> Reply:
    wanted, found = await _wanted(context, draft)
    refuse_in(context, found.destination)
    refuse_mute(found)
    refuse_role(context, found, wanted.mention, chosen=False)
    await context.store.subscribe(wanted)
    await say_set_up(context, wanted)
    said = " ".join(f"{name}={words}" for name, words in _options(draft).items())
    card = watch_card(_("Told of claims from now on"), wanted, next_steps(context))
    return Reply(card, redraws=True, noted=said)


_STEPS: Mapping[str, Callable[[Context, Draft, Press], Awaitable[Reply]]] = {
    "channel": _channel,
    "tags": _tags,
    "claims": _claims,
    "digest": _digest,
    "hour": _hour,
    "sample": _sample,
    "save": _save,
}


async def _hour_form(context: Context, press: Press) -> Form:
    draft = await _kept(context, press.argument)
    chosen = {name: draft.get(name, empty) for name, empty in _UNSAID.items()}
    shown = {name: "" if words == NONE else words for name, words in chosen.items()}
    hints = {
        "digest": _("HH:MM, such as 08:00; empty for none"),
        "weekly": _("A day such as mon; empty for no digest of the week"),
        "monthly": _("1 to 31; empty for no digest of the month"),
        "timezone": _("An IANA name such as Asia/Seoul, or UTC"),
    }
    entries = (
        Entry(name, label, draft.get(_TYPED + name, shown[name]), hints[name], required=name == "timezone")
        for name, label in _labels().items()
    )
    return Form(_("When the digest comes"), action(_SETUP, "hour", press.argument), tuple(entries))


def _labels() -> dict[str, str]:
    """Return what the form calls its entries, by the options that they give."""
    return {
        "digest": _("Hour"),
        "weekly": _("Weekly digest on"),
        "monthly": _("Monthly digest on day"),
        "timezone": _("Time zone"),
    }


async def _drawn(
    context: Context, draft: Draft, *, redraws: bool = True, notes: Sequence[Line] = ()
) -> Reply:
    """Keep a draft and show it.

    Raises:
        UsageError: it does not fit; what was shown before still stands.

    """
    wanted, found = await _wanted(context, draft)
    asked = Asked(draft[_KEY], _SETUP, draft)
    await context.store.remember(asked, context.clock())
    claims = await context.store.claims()
    return Reply(setup_card(wanted, claims, asked.key, found, notes), redraws=redraws, noted="")


async def _wanted(context: Context, draft: Draft) -> tuple[Subscription, Place]:
    """Return what a draft is to be, and its channel; conditions that it does not speak of stay."""
    found = await place(context, draft["channel"])
    new = Subscription(
        found.destination,
        workspace=found.workspace or context.workspace,
        person=context.asker.reference,
    )
    before = await wanted_in(context, found.destination) or new
    names = await known(context, draft)
    claims, tags = (*names.claims, *(before.claims or ())), (*names.tags, *before.tags)
    wanted = changed(before, draft, replace(names, claims=claims, tags=tags))
    return timed(wanted, before, context.clock()), found


async def _kept(context: Context, key: str) -> Draft:
    asked = await context.store.asked(key)
    if asked is None or asked.command != _SETUP:
        raise _too_old(context)
    return asked.values


def _too_old(context: Context) -> NotFound:
    title = _("This set-up is too old")
    advice = _("Begin again: {list} has the button").format(list=context.spelled("watch list"))
    return NotFound(f"{title}\n{advice}")


def _options(draft: Draft) -> Draft:
    return {name: words for name, words in draft.items() if not name.startswith(_TYPED) and name != _KEY}


def _still(listed: str, among: Collection[str]) -> str:
    """Return those of a list that are known; what another channel wants may not be any more."""
    return ",".join(name for name in listed.split(",") if name in among)


def _list(names: frozenset[str] | None, among: tuple[str, ...]) -> str:
    """Return the names in the order in which they are known, then those that are not known any more."""
    left = names or frozenset()
    return ",".join([name for name in among if name in left] + sorted(left.difference(among)))


def _first(press: Press) -> str:
    return next(iter(press.chosen), "")


ACTIONS = (
    Action(_SETUP, _setup, N_("Set up"), needs=Needs.CHANNEL, asks=True, shortcut="Set up"),
    Action(_HOUR, _hour_form, MORE_DIGESTS, needs=Needs.CHANNEL, form=True),
)
