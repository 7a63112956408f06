"""What the desk promises every platform."""

import asyncio
import logging
import re
from collections.abc import Mapping

import pytest

from bot.card import Card, Tone, plain
from bot.commands.desk import Desk
from bot.commands.model import OPERATOR, Asker, Command, Context, Needs, Param
from claims.errors import NotFound


async def _echo(context: Context, args: Mapping[str, str]) -> Card:
    return Card(title=" ".join(f"{name}={value}" for name, value in args.items()))


async def _miss(context: Context, args: Mapping[str, str]) -> Card:
    raise NotFound("There is none\nLook elsewhere")


async def _break(context: Context, args: Mapping[str, str]) -> Card:
    raise RuntimeError("the token is in /secret/place")


async def _stop(context: Context, args: Mapping[str, str]) -> Card:
    raise asyncio.CancelledError


def desk(context: Context) -> Desk:
    """Return a desk whose commands do one thing each."""
    words = (Param("words", "anything", rest=True),)
    return Desk(
        [
            Command(("echo",), "Repeat.", _echo, words),
            Command(("miss",), "Find nothing.", _miss),
            Command(("break",), "Fail.", _break),
            Command(("stop",), "Be cancelled.", _stop),
            Command(("feed",), "Change what all share.", _echo, needs=Needs.SHARED, changes=True),
        ],
        context,
    )


async def test_a_command_is_answered(context: Context) -> None:
    """Values arrive by the names of their parameters, typed or handed over."""
    assert (await desk(context).answer("echo", {"words": "a b"}, OPERATOR)).title == "words=a b"
    assert (await desk(context).answer_text("/claimwatch echo a b", OPERATOR)).title == "words=a b"


async def test_what_the_asker_can_mend_is_said(context: Context) -> None:
    """A mistake is answered with its own words."""
    card = await desk(context).answer("miss", {}, OPERATOR)

    assert (card.title, card.lines, card.tone) == ("There is none", (("Look elsewhere",),), Tone.TROUBLE)


@pytest.mark.parametrize(
    ("may_change", "named", "title"),
    [
        (True, True, ""),
        (True, False, "/feed changes what all workspaces share"),
        (False, True, "You may not use /feed: it is for those who may change what all see"),
    ],
)
async def test_what_all_share_is_changed_where_whoever_runs_the_bot_said_so(
    context: Context, may_change: bool, named: bool, title: str
) -> None:
    """Whoever takes the bot to a server of their own may change what is theirs there, and no feed."""
    asker = Asker("discord:901", may_change=may_change, named=named, workspace="discord:500")

    assert (await desk(context).answer("feed", {}, asker)).title == title


async def test_words_that_fit_no_command_are_answered(context: Context) -> None:
    """Neither a typing mistake nor a command of an older version raises."""
    assert (await desk(context).answer_text("ecko a", OPERATOR)).lines == (("Did you mean: echo WORDS",),)
    assert (await desk(context).answer("gone", {}, OPERATOR)).title == "There is no command “gone”"


async def test_a_surprise_is_logged_and_answered_with_its_reference(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    """The asker gets a reference and the log the cause; the card holds none of the error's words."""
    with caplog.at_level(logging.ERROR):
        card = await desk(context).answer("break", {}, OPERATOR)
    said = card.title + plain(card.lines[0])
    reference = re.search(r"\b[0-9a-f]{6}\b", said)

    assert card.tone is Tone.TROUBLE
    assert "secret" not in said
    assert reference is not None
    assert reference[0] in caplog.text
    assert "the token is in /secret/place" in caplog.text


async def test_a_cancelled_answer_is_cancelled(context: Context) -> None:
    """Shutting down is not answered with an apology."""
    with pytest.raises(asyncio.CancelledError):
        await desk(context).answer("stop", {}, OPERATOR)
