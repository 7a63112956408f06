"""What a workspace says of itself in chat, by a real store."""

from dataclasses import replace

import pytest

from bot.card import Card, Person, Tone
from bot.commands.desk import Desk
from bot.commands.model import Asker, Context
from bot.commands.table import COMMANDS
from bot.commands.workspace import EDITORS
from claims.workspaces import Workspace
from tests.support.chat import fields

EDITOR = Asker("discord:901", True, may_appoint=True, workspace="discord:500", destination="discord:600")


async def ask(context: Context, text: str, asker: Asker = EDITOR) -> Card:
    """Return the answer to a typed line."""
    return await Desk(COMMANDS, context).answer_text(text, asker)


async def test_a_new_workspace_is_as_its_platform_says(context: Context) -> None:
    """Nothing was set, and what people add is seen there alone."""
    card = await ask(context, "workspace show")

    assert fields(card) == {
        "Posts are in": "English, as none was chosen",
        "May change things too": "nobody beside those whom the platform lets",
        "Added claims and verdicts": "seen here alone",
    }
    assert fields(await ask(replace(context, shared_register=True), "workspace show"))[
        "Added claims and verdicts"
    ] == ("seen by all")


async def test_the_language_of_posts_is_chosen(context: Context) -> None:
    """By its code, and given back to the server by `auto`; the rest of the workspace stays."""
    await context.store.keep_workspace(Workspace("discord:500", "Sample Desk", editors=("7",)))
    chosen = await ask(context, "workspace language KO")
    kept = await context.store.workspace("discord:500")

    assert fields(chosen)["Posts are in"] == "한국어"
    assert kept == Workspace("discord:500", "Sample Desk", "ko", editors=("7",))
    await ask(context, "workspace language auto")
    assert (await context.store.workspace("discord:500")).language is None


async def test_posts_are_in_the_language_of_the_server(context: Context) -> None:
    """As its platform says, until people choose another."""
    await context.store.keep_workspace(Workspace("discord:500", locale="ko"))
    before = fields(await ask(context, "workspace show"))
    await ask(context, "workspace language uk")
    kept = await context.store.workspace("discord:500")

    assert before["Posts are in"] == "한국어, as the platform says"
    assert (kept.speaks, kept.locale) == ("uk", "ko")


async def test_roles_and_members_are_let_change_things(context: Context) -> None:
    """Mentioned or by id, several at once, each once; and taken back."""
    await ask(context, "workspace editors add=<@&71> <@72>,<@!73> 71")
    await ask(context, "workspace editors add=74 remove=<@72>")

    assert (await context.store.workspace("discord:500")).editors == ("71", "73", "74")
    assert fields(await ask(context, "workspace show"))["May change things too"] == "71, 73, 74"


async def test_on_slack_members_and_user_groups_are_mentioned(context: Context) -> None:
    """As Slack writes mentions, and by id; what it left as it was typed is told of."""
    lead = Asker("slack:U0LEAD", True, may_appoint=True, workspace="slack:T0", destination="slack:C0")
    await ask(context, "workspace editors add=<!subteam^S123|@desk> <@U1>,<@W2|mina> U0123456", lead)
    shown = await ask(context, "workspace editors remove=<@U1>", lead)
    typed = await ask(context, "workspace editors add=@desk", lead)

    assert (await context.store.workspace("slack:T0")).editors == ("S123", "W2", "U0123456")
    desk, writer, member = (Person(each, f"slack:{each}") for each in ("S123", "W2", "U0123456"))
    assert shown.fields[1].value == (desk, ", ", writer, ", ", member)
    assert typed.title == "add: “@desk” is no role, no user group and no member"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("workspace language klingon", "“klingon” is no language that we speak"),
        ("workspace editors", "Nobody was named"),
        ("workspace editors add=the boss", "add: “the” is no role, no user group and no member"),
        ("workspace editors remove=<#600>", "remove: “<#600>” is no role, no user group and no member"),
        ("workspace editors add=<@&500>", "add: @everyone cannot be let change things"),
        (
            "workspace editors add=" + ",".join(str(n) for n in range(EDITORS + 1)),
            "add: at most 25 roles, user groups and members",
        ),
    ],
)
async def test_what_cannot_be_is_said(context: Context, text: str, title: str) -> None:
    """The field is named, and the workspace stays as it was."""
    card = await ask(context, text)

    assert (card.title, card.tone) == (title, Tone.TROUBLE)
    assert await context.store.workspace("discord:500") == Workspace("discord:500")
