"""Which channel a command is about, and what that channel wants."""

import re
from collections.abc import Collection, Mapping

from bot.commands.model import Context
from bot.commands.rights import refuse_in
from bot.commands.watch_values import Known
from bot.language import _
from bot.phrases import shorten
from bot.places import Place
from bot.platforms.slack_refusals import ABSENT, HIDDEN
from claims.errors import NotFound, UsageError
from claims.subscriptions import Subscription
from claims.workspaces import CONSOLE

_TYPED = 60
_MENTION = re.compile(r"<#([A-Z0-9]{1,20})(?:\|[^>]*)?>")
_DESTINATION = re.compile(r"console|discord:[0-9]{1,20}|slack:[A-Z0-9]{1,20}")


def here(context: Context) -> str:
    """Return the destination in which somebody asks: the console's own, where it has no channels."""
    return context.asker.destination or CONSOLE


async def place(context: Context, typed: str) -> Place:
    """Return the channel that is meant: where somebody asks unless another of the same workspace is named.

    `typed` is a mention (`<#600>`), an id, a destination (`discord:600`) or nothing.

    Raises:
        NotFound: the bot sees no such channel in the workspace.

    """
    found = None
    if destination := _destination(context, typed):
        found = await context.find_place(destination)
    theirs = found and found.workspace not in (None, context.workspace) and context.workspace != CONSOLE
    if (found is None or theirs) and context.workspace.startswith("slack:"):
        raise NotFound(f"{_(HIDDEN)}\n{_(ABSENT)}")
    if found is None or theirs:
        what = _("There is no channel “{typed}” that the bot can see here")
        advice = _("Choose one here that the bot may view, or leave {option} out")
        shown = shorten(typed or here(context), _TYPED)
        raise NotFound(f"{what.format(typed=shown)}\n{advice.format(option='channel')}")
    return found


async def watching(context: Context) -> list[Subscription]:
    """Return the subscriptions of the workspace, by destination; the console's prompt sees all."""
    return await context.store.subscriptions(None if context.workspace == CONSOLE else context.workspace)


async def taken_out(context: Context, watched: Collection[Subscription]) -> list[str]:
    """Return the channels of the workspace that the settings go on naming although they were removed in chat.

    `watched` are its subscriptions.
    """
    platform = f"{context.workspace.partition(':')[0]}:"
    left = sorted({*context.subscribed} - {each.destination for each in watched})
    if context.workspace == CONSOLE:
        return left
    places = [await context.find_place(each) for each in left if each.startswith(platform)]
    return [found.destination for found in places if found and found.workspace == context.workspace]


async def wanted_in(context: Context, destination: str) -> Subscription | None:
    """Return what a channel of the workspace wants, or None where it wants nothing."""
    return next((each for each in await watching(context) if each.destination == destination), None)


async def kept_in(context: Context, destination: str) -> Subscription:
    """Return what a channel wants, for whoever asks to change it.

    Raises:
        NotFound: it wants nothing.
        UsageError: they may not.

    """
    refuse_in(context, destination)
    if wanted := await wanted_in(context, destination):
        return wanted
    title = _("This channel is told of nothing yet")
    advice = _("{add} has it told of claims").format(add=context.spelled("watch add"))
    raise NotFound(f"{title}\n{advice}")


def refuse_mute(place: Place) -> None:
    """Refuse a channel in which the bot cannot post.

    Raises:
        UsageError: names what it lacks, and where that is given.

    """
    if place.shut:
        raise UsageError(_("The bot may not post in that channel") + "\n" + _(place.shut))
    if place.lacks:
        title = _("The bot may not post in that channel")
        lacks = _("It lacks: {permissions}").format(permissions=", ".join(place.lacks))
        advice = _("Whoever manages the channel gives it that in its settings, under Permissions")
        raise UsageError(f"{title}\n{lacks}\n{advice}")


def refuse_role(context: Context, place: Place, role: str | None, *, chosen: bool) -> None:
    """Refuse a role that no mention in a channel reaches, or that is everybody.

    Args:
        context: of whoever asks, who must be able to mention it too where they have it `chosen` now.
        place: the channel.
        role: its id, or None for no role.
        chosen: it is not one that somebody chose before.

    Raises:
        UsageError: says what is in the way, and who can mend it.

    """
    if role is None:
        return
    if place.workspace is not None and role == place.workspace.partition(":")[2]:
        raise UsageError(_("mention: @everyone cannot be mentioned") + "\n" + _("Name a role of some"))
    if place.roles is None:
        return
    open_to_all = place.roles.get(role)
    if open_to_all is None:
        title = _("mention: there is no role or user group “{role}” here").format(role=role)
        where = _("{edit} changes what a channel wants").format(edit=context.spelled("watch edit"))
        how = _("Choose one as a mention, as in @desk, or write none")
        raise UsageError(f"{title}\n{how}\n{where}")
    if not _reaches(place, open_to_all):
        title = _("mention: the bot may not mention that role in that channel")
        how = _("Allow anyone to mention it, or give the bot Mention @everyone, @here and All Roles there")
        raise UsageError(f"{title}\n{how}")
    powers = context.asker.channels.get(place.destination) if chosen else None
    if not (open_to_all or powers is None or powers.calls):
        title = _("mention: you may not mention that role in that channel yourself")
        raise UsageError(f"{title}\n" + _("Choose one that you may, or ask somebody who may"))


async def uncalled(context: Context, watched: Collection[Subscription]) -> list[str]:
    """Return the channels whose role cannot be mentioned there any more, as far as the platform tells."""
    found = []
    for wanted in watched:
        try:
            place = await context.find_place(wanted.destination) if wanted.mention else None
        except UsageError:
            continue  # the platform cannot be asked now
        if place and place.roles is not None and not _reaches(place, place.roles.get(wanted.mention or "")):
            found.append(wanted.destination)
    return found


def _reaches(place: Place, open_to_all: bool | None) -> bool:
    """Say whether the bot may mention a role that all may or may not; None for one that is not there."""
    return open_to_all is not None and (open_to_all or place.calls)


async def known(context: Context, args: Mapping[str, str]) -> Known:
    """Return what the names among these words may be; feeds are read only where one of them is asked for."""
    claims = await context.store.claims()
    feeds = await context.store.feed_names() if args.get("sources") else []
    sources = (name for each in feeds for name in (each.outlet, each.family))
    return Known(
        claims=tuple(claim.id for claim in claims),
        tags=tuple(dict.fromkeys(tag for claim in claims for tag in claim.tags)),
        sources=tuple(dict.fromkeys(sources)),
    )


def _destination(context: Context, typed: str) -> str:
    """Return the destination that is meant, or nothing for words that are none."""
    words = typed.strip()
    if not words:
        return here(context)
    if found := _MENTION.fullmatch(words):
        words = found[1]
    platform = context.asker.reference.partition(":")[0]
    if ":" not in words and platform != CONSOLE:
        words = f"{platform}:{words}"
    ours = context.workspace == CONSOLE or words.startswith(f"{platform}:")
    return words if ours and _DESTINATION.fullmatch(words) else ""
