"""What we answer to "how is this workspace set up", as a card. Pure."""

from bot.card import Card, Field
from bot.commands.spelling import Spelling
from bot.language import LANGUAGES, _, speaking, spoken
from claims.workspaces import CONSOLE, Workspace


def workspace_card(workspace: Workspace, spelled: Spelling, *, shared: bool) -> Card:
    """Return how a workspace is set up.

    Args:
        workspace: what it says of itself.
        spelled: how commands are typed where it is shown.
        shared: what people of any workspace say and add is everybody's.

    """
    language = _language(workspace)
    editors = ", ".join(workspace.editors) or _("nobody beside those whom the platform lets")
    claims = _("seen by all") if shared or workspace.id == CONSOLE else _("seen here alone")
    named = (
        (_("Posts are in"), language),
        (_("May change things too"), editors),
        (_("Added claims and verdicts"), claims),
    )
    advice = _("{language} and {editors} change it; {watch} says what is posted")
    return Card(
        title=workspace.name or workspace.id,
        fields=tuple(Field(name, (words,)) for name, words in named),
        footer=advice.format(
            language=spelled("workspace language"),
            editors=spelled("workspace editors"),
            watch=spelled("watch list"),
        ),
    )


def _language(workspace: Workspace) -> str:
    if workspace.language is not None:
        return LANGUAGES[workspace.language]
    with speaking(workspace.locale):
        language = LANGUAGES[spoken()]
    return _("{language}, as the platform says").format(language=language)
