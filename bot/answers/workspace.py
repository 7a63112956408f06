"""What we answer to "how is this workspace set up", as a card. Pure."""

from bot.card import Card, Field, Line, Person, Span
from bot.commands.spelling import Spelling
from bot.language import LANGUAGES, _, speaking, spoken
from bot.lines import joined
from claims.workspaces import CONSOLE, Workspace


def workspace_card(workspace: Workspace, spelled: Spelling, *, shared: bool) -> Card:
    """Return how a workspace is set up.

    Args:
        workspace: what it says of itself.
        spelled: how commands are typed where it is shown.
        shared: what people of any workspace say and add is everybody's.

    """
    language = _language(workspace)
    nobody: Line = (_("nobody beside those whom the platform lets"),)
    claims = _("seen by all") if shared or workspace.id == CONSOLE else _("seen here alone")
    named: tuple[tuple[str, Line], ...] = (
        (_("Posts are in"), (language,)),
        (_("May change things too"), _editors(workspace) or nobody),
        (_("Added claims and verdicts"), (claims,)),
    )
    advice = _("{language} and {editors} change it; {watch} says what is posted")
    return Card(
        title=workspace.name or workspace.id,
        fields=tuple(Field(name, words) for name, words in named),
        footer=advice.format(
            language=spelled("workspace language"),
            editors=spelled("workspace editors"),
            watch=spelled("watch list"),
        ),
    )


def _editors(workspace: Workspace) -> Line:
    """Return who may change things too: by name where ids say whether they are of people, as Slack's do."""
    team = workspace.id.startswith("slack:")
    named: list[Span] = [Person(each, f"slack:{each}") if team else each for each in workspace.editors]
    return joined([(each,) for each in named], ", ")


def _language(workspace: Workspace) -> str:
    if workspace.language is not None:
        return LANGUAGES[workspace.language]
    with speaking(workspace.locale):
        language = LANGUAGES[spoken()]
    said = _("{language}, as the platform says") if workspace.locale else _("{language}, as none was chosen")
    return said.format(language=language)
