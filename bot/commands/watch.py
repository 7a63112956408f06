"""Commands about what channels want: add, edit, list, pause, remove."""

from collections.abc import Mapping
from dataclasses import replace

from bot.actions.model import action
from bot.answers.watch import ON_A_PAGE, asks_card, watch_card, watches_card
from bot.card import Card
from bot.commands.channels import (
    here,
    kept_in,
    known,
    place,
    refuse_mute,
    refuse_role,
    taken_out,
    uncalled,
    wanted_in,
    watching,
)
from bot.commands.model import Context, Needs
from bot.commands.rights import may, refuse_in
from bot.commands.watch_until import pause_end
from bot.commands.watch_values import OPTIONS, changed
from bot.controls import Button, Look, Row
from bot.language import _
from bot.paging import page_of
from bot.reasons import PAUSED
from bot.welcome import say_set_up
from claims.errors import UsageError
from claims.subscriptions import Subscription, timed
from claims.workspaces import CONSOLE

SURE = "sure"


async def add_watch(context: Context, args: Mapping[str, str]) -> Card:
    """Have a channel told of what the options say; it is this one unless `channel` names another.

    Raises:
        NotFound: there is no such channel here.
        UsageError: they who ask may not, it is told of something already, the bot may not post there, or an
            option is wrong.

    """
    found = await place(context, args.get("channel", ""))
    refuse_in(context, found.destination)
    if await wanted_in(context, found.destination):
        title = _("That channel is told of claims already")
        advice = _("{edit} changes what it is told of, {list} shows it")
        names = {"edit": context.spelled("watch edit"), "list": context.spelled("watch list")}
        raise UsageError(f"{title}\n{advice.format(**names)}")
    refuse_mute(found)
    new = Subscription(
        found.destination,
        workspace=found.workspace or context.workspace,
        person=context.asker.reference,
    )
    wanted = timed(changed(new, args, await known(context, args)), new, context.clock())
    refuse_role(context, found, wanted.mention, chosen=True)
    await context.store.subscribe(wanted)
    await say_set_up(context, wanted)
    return watch_card(_("Told of claims from now on"), wanted, next_steps(context))


async def edit_watch(context: Context, args: Mapping[str, str]) -> Card:
    """Change what a channel is told of, option by option; what is not named stays.

    Raises:
        NotFound: there is no such channel here, or it is told of nothing.
        UsageError: they who ask may not, no option is named, or one is wrong.

    """
    found = await place(context, args.get("channel", ""))
    before = await kept_in(context, found.destination)
    if not any(args.get(option) for option in OPTIONS):
        title = _("{edit} needs at least one option").format(edit=context.spelled("watch edit"))
        raise UsageError(f"{title}\n{', '.join(OPTIONS)}")
    wanted = timed(changed(before, args, await known(context, args)), before, context.clock())
    if args.get("mention") or wanted.mention_from < before.mention_from:
        refuse_role(context, found, wanted.mention, chosen=True)
    await context.store.subscribe(wanted)
    return watch_card(_("Changed"), wanted, next_steps(context))


async def list_watches(context: Context, args: Mapping[str, str]) -> Card:
    """Return what the channels of the workspace want, and which the settings alone still name."""
    set_up: tuple[Row, ...] = ()
    if may(context.asker, Needs.CHANNEL) and context.asker.destination:
        set_up = ((Button(_("Set up"), action("setup")),),)
    found = await watching(context)
    page = page_of(found, args, ON_A_PAGE)
    gone, mute = await taken_out(context, found), await uncalled(context, page.items)
    return watches_card(page, len(found), gone, mute, context.spelled, set_up)


async def pause_watch(context: Context, args: Mapping[str, str]) -> Card:
    """Post nothing to a channel until it is resumed, or until a moment.

    Raises:
        NotFound: there is no such channel here, or it is told of nothing.
        UsageError: the moment cannot be read, has passed, or is too far away.

    """
    found = await place(context, args.get("channel", ""))
    wanted = await kept_in(context, found.destination)
    now, words = context.clock(), args.get("until", "").strip()
    until = pause_end(words, wanted.timezone, now) if words else None
    asker = context.asker
    why = PAUSED.format(person=asker.name or asker.reference, day=f"{now:%Y-%m-%d}")
    await context.store.pause(wanted.destination, why, by=asker.reference, until=until)
    advice = _("{resume} goes on").format(resume=context.spelled("watch resume"))
    paused = replace(wanted, paused=why, paused_by=asker.reference, paused_until=until)
    resume = Button(_("Resume"), action("resume", wanted.destination))
    return watch_card(_("Paused"), paused, advice, _offered(context, resume))


async def resume_watch(context: Context, args: Mapping[str, str]) -> Card:
    """Post to a channel again.

    Raises:
        UsageError: the bot may not post there.

    """
    found = await place(context, args.get("channel", ""))
    wanted = await kept_in(context, found.destination)
    refuse_mute(found)
    await context.store.resume(wanted.destination, context.clock())
    goes_on = replace(wanted, paused=None, paused_by=None, paused_until=None)
    pause = Button(_("Pause"), action("pause", wanted.destination))
    return watch_card(_("Goes on"), goes_on, controls=_offered(context, pause))


async def remove_watch(context: Context, args: Mapping[str, str]) -> Card:
    """Ask whether a channel is to be told nothing any more, or with `sure` have it so.

    A channel that is gone can be named too: what it wanted is still there.
    """
    wanted = await _named(context, args.get("channel", ""))
    if args.get(SURE) == "yes":
        return await unwatched(context, wanted.destination)
    advice = _("Without buttons: {command}").format(
        command=context.spelled(f"watch remove {SURE}=yes channel={wanted.destination}")
    )
    remove = Button(_("Remove"), action("unwatch", wanted.destination), Look.DANGER)
    return asks_card(wanted, advice, _offered(context, remove))


async def unwatched(context: Context, destination: str) -> Card:
    """Tell a channel nothing any more.

    Raises:
        NotFound: it is told of nothing, or is another's.

    """
    wanted = await kept_in(context, destination)
    await context.store.unsubscribe(destination)
    advice = _("{add} has it told of claims again").format(add=context.spelled("watch add"))
    return watch_card(_("Removed; this is what it was told of"), wanted, advice)


def next_steps(context: Context) -> str:
    """Return what to do once a channel is told of something."""
    said = _("{test} shows what the last 30 days would have brought; {edit} changes it")
    return said.format(test=context.spelled("watch test"), edit=context.spelled("watch edit"))


def _offered(context: Context, button: Button) -> tuple[Row, ...]:
    """Return a button where there are any: the console has none."""
    return () if context.workspace == CONSOLE else ((button,),)


async def _named(context: Context, typed: str) -> Subscription:
    if typed in {each.destination for each in await watching(context)}:
        return await kept_in(context, typed)
    destination = (await place(context, typed)).destination if typed else here(context)
    return await kept_in(context, destination)
