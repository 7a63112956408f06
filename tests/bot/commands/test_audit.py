"""Who changed what, in a workspace and everywhere, by a real store."""

from dataclasses import replace

import pytest

from bot.card import Moment, Person, plain
from bot.commands.model import OPERATOR, Context, Needs
from claims.workspaces import OURSELVES, AuditEntry
from tests.support.build import NOW, at, claim
from tests.support.chat import MINA, say

READER = replace(
    MINA, reference="discord:903", may_change=False, needs={Needs.CHANGE: "It takes Manage Channels"}
)


async def test_a_change_is_noted_with_who_what_and_when(context: Context) -> None:
    """The person and the moment are such that each reader sees them in their own way."""
    await say(context, "workspace language ko")
    card = await say(context, "audit")
    (line,) = card.lines

    assert card.title == "1 change, the newest first"
    assert Person("discord:901", "discord:901") in line
    assert any(isinstance(span, Moment) and span.at == NOW for span in line)
    assert plain(line).endswith("discord:901: workspace language · language=ko")


async def test_nothing_was_changed_yet(context: Context) -> None:
    """What was refused, or only read, is no change."""
    await say(context, "workspace language klingon")
    await say(context, "claim list")

    assert (await say(context, "audit")).title == "Nothing was changed here yet"


async def test_who_may_not_change_things_does_not_see_who_did(context: Context) -> None:
    """The log names people and channels."""
    refused = await say(context, "audit", READER)

    assert refused.title.startswith("You may not use /audit")
    assert refused.lines == (("It takes Manage Channels",),)


async def test_a_long_log_is_turned_page_by_page(context: Context) -> None:
    """Ten on each, the newest first."""
    for number in range(12):
        await context.store.note(
            AuditEntry("discord:500", at(number), "discord:901", "watch edit", f"n={number}")
        )

    first, second = await say(context, "audit"), await say(context, "audit page=2")

    assert (first.page, len(first.lines), second.page, len(second.lines)) == ((1, 2), 10, (2, 2), 2)
    assert "n=11" in plain(first.lines[0])
    assert "n=0" in plain(second.lines[-1])


async def test_what_nobody_did_is_told_as_such(context: Context) -> None:
    """A channel that refuses messages is paused by the bot itself."""
    await context.store.note(AuditEntry("discord:500", NOW, OURSELVES, "watch pause", "discord:600: gone"))

    assert "Claimwatch itself: watch pause · discord:600: gone" in plain(
        (await say(context, "audit")).lines[0]
    )


async def test_whoever_runs_the_bot_sees_all(context: Context) -> None:
    """Each entry with its workspace, since there are several."""
    await say(context, "workspace language ko")
    await say(context, "workspace language uk", OPERATOR)

    mine, theirs = (await say(context, "audit", OPERATOR)).lines

    assert plain(mine).endswith("whoever runs the bot: workspace language · language=uk · console")
    assert plain(theirs).endswith("discord:901: workspace language · language=ko · discord:500")


@pytest.mark.parametrize("words", ["https://a.example/f?token=abc", "x" * 900])
async def test_details_hold_no_secret_and_no_flood(context: Context, words: str) -> None:
    """The query of an address may be a key, and a line is a line."""
    await context.store.sync_claims([claim("own-k3f9", workspace="discord:500")])
    await say(context, f"claim edit own-k3f9 said_by={words[:90]} items=shells")

    (entry,) = await context.store.audit("discord:500", 5)

    assert "token" not in entry.details
    assert len(entry.details) < 400
