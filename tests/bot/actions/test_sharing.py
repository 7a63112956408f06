"""Answers are shown to all and turned by buttons that need nothing but the store."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.actions.model import Press, action
from bot.actions.sharing import actions
from bot.card import Card
from bot.commands.desk import Desk
from bot.commands.model import Asker, Command, Context, Needs, Param
from bot.controls import ACTION, Button
from bot.replies import Reply
from claims.workspaces import CONSOLE

MEMBER = Asker("discord:901", workspace="discord:500", destination="discord:600")


async def _pages(context: Context, args: Mapping[str, str]) -> Card:
    number = int(args.get("page") or 1)
    return Card(f"{args['words']} {number}", page=(number, 3))


LIST = Command(("claim", "list"), "List.", _pages, (Param("words", "words"),))


def desk(context: Context) -> Desk:
    """Return a desk with one command of three pages, as it stands after each start."""
    return Desk([LIST], context, actions({LIST.name: LIST}))


def buttons(card: Card) -> dict[str, Button]:
    """Return the buttons of a card by label."""
    return {each.label: each for row in card.controls for each in row if isinstance(each, Button)}


async def test_an_answer_is_turned_and_shared_after_a_restart(context: Context) -> None:
    """What was asked is kept in the store, so that another process turns the page and shows it to all."""
    first = await desk(context).answer("claim list", {"words": "oil"}, MEMBER)
    assert [each.disabled for each in buttons(first).values()] == [True, False, False]

    turned = await desk(context).act(buttons(first)["▶"].action, Press(""), MEMBER)
    assert isinstance(turned, Reply)
    assert (turned.card.title, turned.redraws, turned.shared) == ("oil 2", True, False)

    shared = await desk(context).act(buttons(turned.card)["Share"].action, Press(""), MEMBER)
    assert isinstance(shared, Reply)
    assert (shared.card.title, shared.card.controls, shared.shared) == ("oil 2", (), True)


async def test_at_the_console_there_is_nobody_to_share_with(context: Context) -> None:
    """There are no buttons; in chat, but outside of a channel, pages turn and cannot be shared."""
    outside = replace(MEMBER, destination="")
    console = await desk(context).answer("claim list", {"words": "oil"}, replace(outside, workspace=CONSOLE))
    card = await desk(context).answer("claim list", {"words": "oil"}, outside)

    assert console.controls == ()
    assert list(buttons(card)) == ["◀", "▶"]


@pytest.mark.parametrize("used", ["share:nobody-asked:1", "vanished:1"])
async def test_a_button_that_means_nothing_any_more_says_so(context: Context, used: str) -> None:
    """Old buttons stay on old messages: using one is answered, not an error."""
    answered = await desk(context).act(used, Press(""), MEMBER)
    assert isinstance(answered, Reply)
    assert "too old" in answered.card.title or "older version" in answered.card.title


def test_an_action_fits_where_platforms_keep_it() -> None:
    """A longer one is a mistake of ours, found where it is made."""
    assert action("page", "k", "2") == "page:k:2"
    with pytest.raises(ValueError, match="more than 100"):
        action("page", "k" * ACTION)


async def test_what_another_workspace_asked_is_not_shared(context: Context) -> None:
    """A key that came from elsewhere opens nothing: what was typed there is theirs."""
    first = await desk(context).answer("claim list", {"words": "oil"}, MEMBER)
    stranger = replace(MEMBER, workspace="discord:501")

    answered = await desk(context).act(buttons(first)["Share"].action, Press(""), stranger)

    assert isinstance(answered, Reply)
    assert answered.card.title == "This answer is too old"


async def test_what_is_for_a_few_is_shared_by_those_alone(context: Context) -> None:
    """Whoever lost the right to ask cannot press for it either."""
    few = replace(LIST, needs=Needs.CHANGE)
    guarded = Desk([few], context, actions({few.name: few}))
    first = await guarded.answer("claim list", {"words": "oil"}, replace(MEMBER, may_change=True))
    share = buttons(first)["Share"].action

    refused = await guarded.act(share, Press(""), replace(MEMBER, needs={Needs.CHANGE: "Ask an admin"}))

    assert isinstance(refused, Reply)
    assert refused.card.title.startswith("You may not use /claim list")
    assert (await guarded.answer("claim list", {"words": "oil"}, MEMBER)).title == refused.card.title


async def test_what_is_for_named_servers_is_shared_in_those_alone(context: Context) -> None:
    """A server that whoever runs the bot took off the list cannot press for it either."""
    common, editor = replace(LIST, needs=Needs.SHARED), replace(MEMBER, may_change=True)
    named = Desk([common], context, actions({common.name: common}))
    first = await named.answer("claim list", {"words": "oil"}, editor)

    refused = await named.act(buttons(first)["Share"].action, Press(""), replace(editor, named=False))

    assert isinstance(refused, Reply)
    assert refused.card.title == "/claim list changes what all workspaces share"
