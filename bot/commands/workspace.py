"""What a workspace says of itself: its language, and who may change things beside whom the platform names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.answers.workspace import workspace_card
from bot.card import Card
from bot.commands.model import Context
from bot.language import LANGUAGES, _
from bot.phrases import shorten
from claims.errors import UsageError

AUTO = "auto"
"""The language of the workspace, as its platform says."""
CHOICES = (*LANGUAGES, AUTO)
"""What the language of a workspace can be."""
EDITORS = 25
"""Roles, groups and members that a workspace may name."""

_TYPED = 60
# A mention of a member or role, of Discord (docs.discord.com/developers/reference#message-formatting) or of
# Slack (docs.slack.dev/messaging/formatting-message-text), or a bare id.
_NAMED = re.compile(r"<(?:@[&!]?|!subteam\^)([A-Z0-9]{1,20})(?:\|[^>]*)?>|([0-9]{1,20}|[UWS][A-Z0-9]{4,20})")


async def show_workspace(context: Context, args: Mapping[str, str]) -> Card:  # noqa: ARG001 - the table's shape
    """Return how the asker's workspace is set up."""
    workspace = await context.store.workspace(context.workspace)
    return workspace_card(workspace, context.spelled, shared=context.shared_register)


async def set_language(context: Context, args: Mapping[str, str]) -> Card:
    """Post in the language of `language`, an ISO 639-1 code, or `auto`.

    Raises:
        UsageError: it is none that we speak.

    """
    typed = args["language"].casefold()
    if typed not in CHOICES:
        words = _("“{typed}” is no language that we speak").format(typed=shorten(typed, _TYPED))
        raise UsageError(words + "\n" + _("Choose one of {choices}").format(choices=", ".join(CHOICES)))
    workspace = await context.store.workspace(context.workspace)
    kept = replace(workspace, language=None if typed == AUTO else typed)
    await context.store.keep_workspace(kept)
    return workspace_card(kept, context.spelled, shared=context.shared_register)


async def set_editors(context: Context, args: Mapping[str, str]) -> Card:
    """Let those of `add` change things, those of `remove` no longer, who are mentioned or given by id.

    Raises:
        UsageError: nobody was named, one cannot be read, it would be everybody, or they are too many.

    """
    added, removed = _named("add", args.get("add", "")), _named("remove", args.get("remove", ""))
    if not added and not removed:
        how = _("Mention roles, user groups or members: add=@desk, remove=@member")
        raise UsageError(_("Nobody was named") + f"\n{how}")
    if context.workspace.partition(":")[2] in added:
        raise UsageError(_("add: @everyone cannot be let change things") + "\n" + _("Name a role of some"))
    workspace = await context.store.workspace(context.workspace)
    editors = tuple(dict.fromkeys(each for each in (*workspace.editors, *added) if each not in removed))
    if len(editors) > EDITORS:
        raise UsageError(_("add: at most {most} roles, user groups and members").format(most=EDITORS))
    kept = replace(workspace, editors=editors)
    await context.store.keep_workspace(kept)
    return workspace_card(kept, context.spelled, shared=context.shared_register)


def _named(field: str, typed: str) -> tuple[str, ...]:
    return tuple(_ids(field, typed.replace(",", " ").replace("><", "> <").split()))


def _ids(field: str, words: Iterable[str]) -> Iterable[str]:
    for word in words:
        found = _NAMED.fullmatch(word)
        if found is None:
            unread = _("{field}: “{typed}” is no role, no user group and no member")
            advice = _("Mention them, or give their ids")
            raise UsageError(f"{unread.format(field=field, typed=shorten(word, _TYPED))}\n{advice}")
        yield found[1] or found[2]
