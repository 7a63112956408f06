"""Telling on Slack: posted once, edited in place, and looked for where it may be there."""

import asyncio

import pytest

from bot.card import Card, Link
from bot.platforms import How, SendError
from bot.platforms.slack_pace import BURST
from tests.support.slack_blocks import links, pings, seen
from tests.support.slack_places import EDITORS, READER
from tests.support.slack_platform import CARD, CHANNEL, KEY, REVISED, slack_platform
from tests.support.slack_server import Fault, SlackServer


async def test_an_alert_is_posted_and_edited_in_place(slack: SlackServer) -> None:
    """One message, without previews, whose blocks change; nothing in it is linked by Slack."""
    platform = slack_platform(slack)
    receipt = await platform.send(CHANNEL, CARD, KEY, again=False)
    await platform.edit(CHANNEL, receipt, REVISED)
    [message] = slack.messages
    assert message["ts"] == receipt
    assert (message["unfurl_links"], message["unfurl_media"], message["parse"]) == (False, False, "none")
    assert "Rated  B2" in seen(message)
    assert message["edits"] == 1


async def test_a_channel_given_by_name_can_be_edited_too(slack: SlackServer) -> None:
    """The receipt holds the id that an edit needs."""
    platform = slack_platform(slack)
    receipt = await platform.send("#alerts", CARD, KEY, again=False)
    await platform.edit("#alerts", receipt, REVISED)
    assert slack.messages[0]["edits"] == 1


async def test_a_message_has_an_address(slack: SlackServer) -> None:
    """It is that by which people open it, and one that is gone has none."""
    platform = slack_platform(slack)
    receipt = await platform.send("#alerts", CARD, KEY, again=False)
    assert await platform.address("#alerts", receipt) == slack.permalink(slack.messages[0])

    slack.delete(slack.messages[0])
    with pytest.raises(SendError):
        await platform.address("#alerts", receipt)


async def test_a_hostile_headline_shows_as_text(slack: SlackServer) -> None:
    """What a feed writes calls nobody and leads nowhere, posted or edited."""
    headline = "<!channel> <http://evil.example|x> @everyone *now*"
    card = Card(headline, lines=((Link(headline, "javascript:x"),),))
    platform = slack_platform(slack)
    await platform.edit(CHANNEL, await platform.send(CHANNEL, CARD, KEY, again=False), card)
    await platform.send(CHANNEL, card, "alert-2", again=False)
    for message in slack.messages:
        assert seen(message) == f"{headline}\n{headline}"
        assert pings(message) == links(message) == []


@pytest.mark.parametrize("fault", [Fault(hang=True, after=True), Fault(cut=True, after=True)])
async def test_a_post_that_arrived_unanswered_is_not_posted_again(slack: SlackServer, fault: Fault) -> None:
    """After a time-out or a broken connection the next try finds the message by its key."""
    platform = slack_platform(slack, timeout_seconds=0.5)
    slack.fail("chat.postMessage", fault)
    with pytest.raises(SendError) as failed:
        await platform.send(CHANNEL, CARD, KEY, again=False)
    assert not failed.value.permanent
    receipt = await platform.send(CHANNEL, CARD, KEY, again=True)
    assert [message["ts"] for message in slack.messages] == [receipt]


async def test_a_second_try_posts_what_never_arrived(slack: SlackServer) -> None:
    """Other messages in the channel are not taken for it."""
    platform = slack_platform(slack)
    await platform.send(CHANNEL, CARD, "alert-0", again=False)
    receipt = await platform.send(CHANNEL, CARD, KEY, again=True)
    assert [message["ts"] for message in slack.messages][1:] == [receipt]


@pytest.mark.parametrize("since", [14, 15, 40])
async def test_a_post_is_found_below_what_came_since(slack: SlackServer, since: int) -> None:
    """However much people wrote meanwhile, page after page is read, also after a restart."""
    slack.fail("chat.postMessage", Fault(cut=True, after=True))
    with pytest.raises(SendError):
        await slack_platform(slack).send(CHANNEL, CARD, KEY, again=False)
    for number in range(since):
        slack.say(CHANNEL, f"message {number}")
    receipt = await slack_platform(slack).send(CHANNEL, CARD, KEY, again=True)
    assert slack.messages[0]["ts"] == receipt
    assert len(slack.messages) == since + 1


async def test_a_look_goes_on_where_slack_wanted_a_pause(slack: SlackServer) -> None:
    """Who may look once a minute finds the post too, instead of beginning anew for ever."""
    receipt = await slack_platform(slack).send(CHANNEL, CARD, KEY, again=False)
    for number in range(40):
        slack.say(CHANNEL, f"message {number}")
    slack.fail("conversations.history", Fault(every=2, times=9))
    platform = slack_platform(slack)
    for _ in range(2):
        with pytest.raises(SendError):
            await platform.send(CHANNEL, CARD, KEY, again=True)
    assert await platform.send(CHANNEL, CARD, KEY, again=True) == receipt


async def test_where_the_history_is_closed_a_second_try_posts(
    slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Twice is better than never; that it may be twice is said, once."""
    slack.scopes.discard("channels:history")
    platform = slack_platform(slack)
    for again in (False, True, True):
        await platform.send(CHANNEL, CARD, KEY, again=again)
    assert len(slack.messages) == 3
    assert caplog.text.count("The app needs channels:history") == 1
    slack.violations.clear()


async def test_a_direct_message_is_not_posted_twice_either(slack: SlackServer) -> None:
    """It is looked for where direct messages to that person are."""
    platform = slack_platform(slack)
    slack.fail("chat.postMessage", Fault(cut=True, after=True))
    with pytest.raises(SendError):
        await platform.send(READER, CARD, KEY, again=False)
    receipt = await slack_platform(slack).send(READER, CARD, KEY, again=True)
    (message,) = slack.messages
    assert receipt == f"{message['channel']}/{message['ts']}"
    await platform.edit(READER, receipt, REVISED)
    assert message["edits"] == 1


async def test_one_user_group_is_called_and_nobody_else(slack: SlackServer) -> None:
    """By an element of its own, whatever the card says."""
    card = Card("<!subteam^S0OTHER> <!channel>")
    await slack_platform(slack).send(CHANNEL, card, KEY, again=False, how=How(mention=EDITORS))
    (message,) = slack.messages
    section = message["blocks"][0]["elements"][0]
    assert section["elements"] == [{"type": "usergroup", "usergroup_id": EDITORS}]
    assert str(message["blocks"]).count("usergroup_id") == 1
    assert pings({**message, "blocks": message["blocks"][1:]}) == []


async def test_a_pause_holds_what_it_is_for(slack: SlackServer) -> None:
    """Posts to a channel fail at once until it is over, with what is left of it; all else goes on."""
    platform = slack_platform(slack)
    receipt = await platform.send(CHANNEL, CARD, KEY, again=False)
    slack.fail("chat.postMessage", Fault(status=429, headers={"Retry-After": "30"}))
    waits = []
    for _ in range(2):
        with pytest.raises(SendError) as failed:
            await platform.send(CHANNEL, CARD, "alert-2", again=False)
        waits.append(failed.value.retry_after or 0.0)
    await platform.send("C0DIGEST", CARD, "alert-2", again=False)
    await platform.edit(CHANNEL, receipt, REVISED)
    assert waits[0] == 30
    assert 0 < waits[1] < 30
    assert [(message["channel"], message["edits"]) for message in slack.messages] == [
        (CHANNEL, 1),
        ("C0DIGEST", 0),
    ]


async def test_one_channel_s_turns_delay_no_other(slack: SlackServer) -> None:
    """A post that would wait for longer than a call may is refused unsent, with the time to wait."""
    # Slack answers none of them: it judges their pace by when they arrive, which a loaded machine delays.
    slack.fail("chat.postMessage", Fault(hang=True, times=100, channel=CHANNEL))
    platform = slack_platform(slack, timeout_seconds=30.0)
    keys = [f"alert-{number}" for number in range(100)]
    posts = [asyncio.create_task(platform.send(CHANNEL, CARD, key, again=False)) for key in keys]
    await asyncio.sleep(0)
    await platform.send("C0DIGEST", CARD, KEY, again=False)
    waiting = [post for post in posts if not post.done()]
    for post in waiting:
        post.cancel()
    ended = await asyncio.gather(*posts, return_exceptions=True)
    failed = [each for each in ended if isinstance(each, SendError)]
    assert waiting
    assert failed
    assert all(each.retry_after and not each.permanent for each in failed)
    assert [each["channel"] for each in slack.messages].count("C0DIGEST") == 1


async def test_a_post_that_waited_for_its_turn_has_its_whole_time(slack: SlackServer) -> None:
    """Else it might be broken off while Slack takes it, and nobody would know whether it is there."""
    platform = slack_platform(slack, timeout_seconds=1.1)
    for number in range(BURST):
        await platform.send(CHANNEL, CARD, f"alert-{number}", again=False)
    slack.fail("chat.postMessage", Fault(slow=0.3))
    await platform.send(CHANNEL, CARD, KEY, again=False)
    assert len(slack.messages) == BURST + 1


@pytest.mark.parametrize(("threaded", "broadcast"), [(True, []), (False, [True])])
async def test_what_follows_goes_into_the_thread(
    slack: SlackServer, threaded: bool, broadcast: list[bool]
) -> None:
    """Where threads are off it shows in the channel too, and its receipt is enough to edit it."""
    platform = slack_platform(slack)
    head = await platform.send("#alerts", CARD, KEY, again=False)
    receipt = await platform.send("#alerts", CARD, "alert#1", again=False, how=How(head, threaded=threaded))
    await platform.edit("#alerts", receipt, REVISED)
    message, follows = slack.messages
    assert follows["thread_ts"] == message["ts"]
    assert [follows[key] for key in ("reply_broadcast",) if key in follows] == broadcast
    assert follows["edits"] == 1


@pytest.mark.parametrize("threaded", [True, False])
async def test_what_follows_is_looked_for_in_the_thread(slack: SlackServer, threaded: bool) -> None:
    """A post there that arrived unanswered is not posted again, be it shown in the channel too or not."""
    platform = slack_platform(slack, timeout_seconds=0.5)
    how = How(await platform.send("#alerts", CARD, KEY, again=False), threaded=threaded)
    slack.fail("chat.postMessage", Fault(hang=True, after=True))
    with pytest.raises(SendError):
        await platform.send("#alerts", CARD, "alert#1", again=False, how=how)
    receipt = await platform.send("#alerts", CARD, "alert#1", again=True, how=how)
    assert len(slack.messages) == 2
    assert receipt == f"{CHANNEL}/{slack.messages[1]['ts']}"


async def test_an_unknown_refusal_of_the_history_is_no_reason_to_wait(slack: SlackServer) -> None:
    """A look-up that is refused for a reason we do not know must not hold the card back for ever."""
    slack.fail("conversations.history", Fault(error="some_new_refusal"))
    receipt = await slack_platform(slack).send(CHANNEL, CARD, KEY, again=True)
    assert [message["ts"] for message in slack.messages] == [receipt]


@pytest.mark.parametrize(
    ("fault", "wait"),
    [(Fault(status=429, headers={"Retry-After": "60"}), 60), (Fault(error="internal_error"), None)],
)
async def test_where_the_history_fails_for_now_a_second_try_waits(
    slack: SlackServer, fault: Fault, wait: float | None
) -> None:
    """A passing failure of the look-up is no reason to post twice."""
    slack.fail("conversations.history", fault)
    with pytest.raises(SendError) as failed:
        await slack_platform(slack).send(CHANNEL, CARD, KEY, again=True)
    assert failed.value.retry_after == wait
    assert slack.messages == []


@pytest.mark.parametrize(
    ("channel", "words"),
    [("C0NONE", "no such channel"), ("C0OTHER", "/invite @Claimwatch"), ("C0OLD", "archived")],
)
async def test_a_channel_that_takes_nothing_is_permanent_and_explained(
    slack: SlackServer, channel: str, words: str
) -> None:
    """Whoever runs the bot reads what to do about it."""
    with pytest.raises(SendError, match=words) as failed:
        await slack_platform(slack).send(channel, CARD, KEY, again=False)
    assert failed.value.permanent


@pytest.mark.parametrize(
    ("fault", "permanent", "retry_after"),
    [
        (Fault(status=429, error="ratelimited", headers={"Retry-After": "7"}), False, 7.0),
        (Fault(status=429, error="ratelimited", headers={"Retry-After": "soon"}), False, None),
        (Fault(status=500), False, None),
        (Fault(status=503), False, None),
        (Fault(error="internal_error"), False, None),
        (Fault(error="rate_limited"), False, None),
        (Fault(error="team_added_to_org"), False, None),
        (Fault(error="a_code_of_next_year"), True, None),
        (Fault(error="token_revoked"), False, None),
        (Fault(error="account_inactive"), False, None),
        (Fault(error="msg_too_long"), True, None),
        (Fault(error="msg_blocks_too_long"), True, None),
        (Fault(error="invalid_blocks"), True, None),
        (Fault(error="missing_scope"), True, None),
        (Fault(error="restricted_action"), True, None),
        (Fault(cut=True), False, None),
        (Fault(hang=True), False, None),
    ],
)
async def test_each_failure_of_a_post_says_whether_to_try_again(
    slack: SlackServer, fault: Fault, permanent: bool, retry_after: float | None
) -> None:
    """Refusals that last are permanent; all else may be tried again, when Slack says so."""
    slack.fail("chat.postMessage", fault)
    with pytest.raises(SendError) as failed:
        await slack_platform(slack, timeout_seconds=0.5).send(CHANNEL, CARD, KEY, again=False)
    assert (failed.value.permanent, failed.value.retry_after) == (permanent, retry_after)
    assert slack.bot_token not in str(failed.value)
    assert slack.origin not in str(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message", "edit_window_closed"])
async def test_a_message_that_is_gone_cannot_be_edited_ever(slack: SlackServer, code: str) -> None:
    """An edit of it is given up at once, unlike one that is refused for what somebody may mend."""
    slack.fail("chat.update", Fault(error=code), Fault(error="restricted_action"))
    told = []
    for _ in range(2):
        with pytest.raises(SendError) as failed:
            await slack_platform(slack).edit(CHANNEL, "1.1", CARD)
        told.append((failed.value.permanent, failed.value.gone))
    assert told == [(True, True), (True, False)]


async def test_nobody_there_is_a_passing_failure() -> None:
    """A refused connection may be tried again."""
    async with SlackServer() as gone:
        platform = slack_platform(gone)
    with pytest.raises(SendError, match="cannot be reached") as failed:
        await platform.send(CHANNEL, CARD, KEY, again=False)
    assert not failed.value.permanent


@pytest.mark.parametrize("answer", [{}, {"channel": CHANNEL}, {"channel": CHANNEL, "ts": None}])
async def test_a_post_answered_in_another_shape_may_be_tried_again(
    slack: SlackServer, answer: dict[str, object]
) -> None:
    """Nobody knows then whether it was posted; the next try looks for it."""
    slack.fail("chat.postMessage", Fault(answer=answer, after=True))
    with pytest.raises(SendError, match="what answered is not Slack") as failed:
        await slack_platform(slack).send(CHANNEL, CARD, KEY, again=False)
    assert not failed.value.permanent
    await slack_platform(slack).send(CHANNEL, CARD, KEY, again=True)
    assert len(slack.messages) == 1


async def test_a_history_in_another_shape_is_read_as_far_as_it_goes(slack: SlackServer) -> None:
    """What is no message of ours is passed over, and what is no list at all is not Slack's."""
    platform = slack_platform(slack)
    strange = [None, {}, {"ts": 1, "metadata": None}, {"metadata": {"event_type": "claimwatch_delivery"}}]
    slack.fail("conversations.history", Fault(answer={"messages": strange}), Fault(answer={"messages": 1}))
    await platform.send(CHANNEL, CARD, KEY, again=True)
    with pytest.raises(SendError, match="what answered is not Slack"):
        await platform.send(CHANNEL, CARD, KEY, again=True)
    assert len(slack.messages) == 1
