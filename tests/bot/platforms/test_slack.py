"""The real slack-bolt client against a Slack on loopback."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bot.card import Attachment, Card, Field, Link
from bot.commands.model import Asker, Command, Context, Needs, Param
from bot.places import Place
from bot.platforms import How, PlatformDown, SendError
from bot.platforms.slack import SlackPlatform, SlackPolicy
from claims.workspaces import CONSOLE
from tests.support.build import subscription
from tests.support.platforms import Answer, DeskOf
from tests.support.slack_blocks import links, pings, seen
from tests.support.slack_server import Fault, SlackServer
from tests.support.stores import open_store

CARD = Card("Seoul: more than 13,000 containers", heading="NEW FIGURE", fields=(Field("Rated", ("B3",)),))
REVISED = replace(CARD, fields=(Field("Rated", ("B2",)),))
CHANNEL, KEY = "C0ALERTS", "alert-1"


async def _unused(context: Context, values: Mapping[str, str]) -> Card:
    raise NotImplementedError


COMMANDS = (
    Command(("claim", "show"), "Show a claim.", _unused, (Param("claim", "its id"),)),
    Command(("help",), "Say what can be asked.", _unused),
)


async def _echo(name: str, values: dict[str, str], asker: Asker) -> Card:
    return Card(f"{name} {values}")


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    """Run a workspace of its own for each test, in which the bot keeps every limit and deadline."""
    async with SlackServer() as running:
        yield running
        assert running.violations == []


def _platform(server: SlackServer, **changes: object) -> SlackPlatform:
    policy = SlackPolicy(server.bot_token, server.app_token, server.api_base)
    return SlackPlatform(replace(policy, **changes), COMMANDS)


@asynccontextmanager
async def _running(platform: SlackPlatform, answer: Answer = _echo) -> AsyncIterator[None]:
    task = asyncio.create_task(platform.run(DeskOf(answer)))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


# ---- questions ---------------------------------------------------------------------------------------


async def test_a_command_is_acknowledged_and_answered_to_the_asker_alone(server: SlackServer) -> None:
    """`/claimwatch claim show ID` reads as blocks, ephemeral, within three seconds."""
    async with _running(_platform(server)):
        told = await server.slash("claim show containers-2023")
    assert told.acknowledged is not None
    assert told.answered is not None
    assert told.answered < 3
    assert told.ephemeral
    assert seen(told.answers[0]) == "claim show {'claim': 'containers-2023'}"


async def test_words_that_fit_no_command_are_explained(server: SlackServer) -> None:
    """A mistake is answered with the words of the parser."""
    async with _running(_platform(server)):
        told = await server.slash("claim show")
    assert "claim show CLAIM" in seen(told.answers[0])


async def test_a_slow_answer_is_acknowledged_at_once(server: SlackServer) -> None:
    """The acknowledgement does not wait for the work."""
    go = asyncio.Event()

    async def slow(name: str, values: dict[str, str], asker: Asker) -> Card:
        await go.wait()
        return Card("late")

    async with _running(_platform(server), slow):
        asking = asyncio.create_task(server.slash("help"))
        await server.until(lambda: server.acknowledged)
        assert not asking.done()
        go.set()
        told = await asking
    assert told.acknowledged is not None
    assert seen(told.answers[0]) == "late"


async def test_a_command_that_raises_is_acknowledged_and_answered(
    server: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A bug costs the asker an answer in words, never a time-out; the log has the bug."""

    async def broken(name: str, values: dict[str, str], asker: Asker) -> Card:
        raise RuntimeError("a bug")

    async with _running(_platform(server), broken):
        told = await server.slash("help")
    assert told.acknowledged is not None
    assert "did not work" in seen(told.answers[0])
    assert "a bug" in caplog.text


@pytest.mark.parametrize("may", [True, False])
async def test_who_the_settings_name_may_change_things(server: SlackServer, may: bool) -> None:
    """No permission of Slack fits, so the ids of those who may are a setting, which the rest is told."""
    asking: list[Asker] = []

    async def note(name: str, values: dict[str, str], asker: Asker) -> Card:
        asking.append(asker)
        return CARD

    managers = frozenset(["U0READER" if may else "U0OTHER"])
    async with _running(_platform(server, managers=managers), note):
        await server.slash("help")

    assert [(asker.reference, asker.may_change) for asker in asking] == [("slack:U0READER", may)]
    assert "U0READER, into the setting slack.managers" in asking[0].needs[Needs.CHANGE]


async def test_whoever_asks_is_of_the_team_and_in_a_channel(server: SlackServer) -> None:
    """A member of a team is never taken for whoever runs the bot, nor a channel for the console."""
    asking: list[Asker] = []

    async def note(name: str, values: dict[str, str], asker: Asker) -> Card:
        asking.append(asker)
        return CARD

    async with _running(_platform(server), note):
        await server.slash("help")

    assert [(asker.workspace, asker.destination) for asker in asking] == [("slack:T0", "slack:C0ALERTS")]


async def test_channels_that_the_settings_subscribe_are_the_team_s(
    server: SlackServer, tmp_path: Path
) -> None:
    """Once connected it is known whose its channels are, and those of others are left alone."""
    store = await open_store(tmp_path / "books.db")
    await store.sync_subscriptions([subscription("slack:C1"), subscription("discord:600")])
    platform = SlackPlatform(
        SlackPolicy(server.bot_token, server.app_token, server.api_base), COMMANDS, store
    )
    before = await platform.place("C1")
    async with _running(platform):
        await server.slash("help")
        after = await platform.place("C1")
    found = {each.destination: each.workspace for each in await store.subscriptions()}
    await store.close()

    assert found == {"slack:C1": "slack:T0", "discord:600": CONSOLE}
    assert (before, after) == (Place("slack:C1"), Place("slack:C1", "slack:T0"))


async def _export(name: str, values: dict[str, str], asker: Asker) -> Card:
    return Card("Two feeds", attachment=Attachment("feeds.opml", "<opml>샘플</opml>".encode()))


async def test_a_file_is_shared_where_it_was_asked_for(server: SlackServer) -> None:
    """Slack shows no file to one person alone: it stands in the channel, and the card comes to the asker."""
    async with _running(_platform(server), _export):
        told = await server.slash("help")

    (shared,) = server.files
    assert (shared.channel, shared.name, shared.text) == ("C0ALERTS", "feeds.opml", "<opml>샘플</opml>")
    assert seen(told.answers[0]) == "Two feeds"


@pytest.mark.parametrize(
    ("method", "fault", "told"),
    [
        ("files.completeUploadExternal", Fault(error="not_in_channel"), "/invite @Claimwatch"),
        ("files.getUploadURLExternal", Fault(error="missing_scope"), "install it again from config/slack-"),
        ("upload", Fault(status=500), "Slack did not take the file"),
        ("upload", Fault(cut=True), "Slack cannot be reached"),
    ],
)
async def test_a_file_that_cannot_be_shared_is_told(
    server: SlackServer, method: str, fault: Fault, told: str
) -> None:
    """The asker reads why and what to do."""
    server.fail(method, fault)
    async with _running(_platform(server), _export):
        answered = await server.slash("help")

    assert server.files == []
    assert "feeds.opml could not be shared here" in seen(answered.answers[0])
    assert told in seen(answered.answers[0])


async def test_an_envelope_that_comes_twice_is_answered_once(server: SlackServer) -> None:
    """Slack may deliver an envelope again; both are acknowledged, one is answered."""
    asked: list[str] = []

    async def count(name: str, values: dict[str, str], asker: Asker) -> Card:
        asked.append(name)
        return Card(name)

    async with _running(_platform(server), count):
        told = await server.slash("help", times=2)
        await server.until(lambda: server.acknowledged == 2)
        await server.slash("claim show x")
    assert asked == ["help", "claim show"]
    assert len(told.answers) == 1


async def test_an_answer_that_cannot_be_delivered_is_logged_without_its_address(
    server: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A response URL is a secret; the next command is answered all the same."""
    server.fail("response", Fault(status=500), Fault(cut=True))
    async with _running(_platform(server)):
        lost = [asyncio.create_task(server.slash("help")) for _ in range(2)]
        await server.until(lambda: not server.faults["response"])
        told = await server.slash("help")
        for task in lost:
            task.cancel()
        await asyncio.gather(*lost, return_exceptions=True)
    assert told.answers
    assert "HTTP 500" in caplog.text
    assert server.origin not in caplog.text


# ---- alerts ------------------------------------------------------------------------------------------


async def test_an_alert_is_posted_and_edited_in_place(server: SlackServer) -> None:
    """One message, without previews, whose blocks change; nothing in it is linked by Slack."""
    platform = _platform(server)
    receipt = await platform.send(CHANNEL, CARD, KEY, again=False)
    await platform.edit(CHANNEL, receipt, REVISED)
    [message] = server.messages
    assert message["ts"] == receipt
    assert (message["unfurl_links"], message["unfurl_media"], message["parse"]) == (False, False, "none")
    assert "Rated  B2" in seen(message)
    assert message["edits"] == 1


async def test_who_set_a_channel_up_is_told_directly(server: SlackServer) -> None:
    """Slack takes the id of a person where a message goes; of nobody's channel nobody is told."""
    platform = _platform(server)
    assert await platform.elsewhere("slack:T1", CHANNEL, "slack:U0READER", ()) == ["U0READER"]
    assert await platform.elsewhere("slack:T1", CHANNEL, None, ()) == []


async def test_a_channel_given_by_name_can_be_edited_too(server: SlackServer) -> None:
    """The receipt holds the id that an edit needs."""
    platform = _platform(server)
    receipt = await platform.send("#alerts", CARD, KEY, again=False)
    await platform.edit("#alerts", receipt, REVISED)
    assert server.messages[0]["edits"] == 1


async def test_a_hostile_headline_shows_as_text(server: SlackServer) -> None:
    """What a feed writes calls nobody and leads nowhere, posted or edited."""
    headline = "<!channel> <http://evil.example|x> @everyone *now*"
    card = Card(headline, lines=((Link(headline, "javascript:x"),),))
    platform = _platform(server)
    await platform.edit(CHANNEL, await platform.send(CHANNEL, CARD, KEY, again=False), card)
    await platform.send(CHANNEL, card, "alert-2", again=False)
    for message in server.messages:
        assert seen(message) == f"{headline}\n{headline}"
        assert pings(message) == links(message) == []


@pytest.mark.parametrize("fault", [Fault(hang=True, after=True), Fault(cut=True, after=True)])
async def test_a_post_that_arrived_unanswered_is_not_posted_again(server: SlackServer, fault: Fault) -> None:
    """After a time-out or a broken connection the next try finds the message by its key."""
    platform = _platform(server, timeout_seconds=0.5)
    server.fail("chat.postMessage", fault)
    with pytest.raises(SendError) as failed:
        await platform.send(CHANNEL, CARD, KEY, again=False)
    assert not failed.value.permanent
    receipt = await platform.send(CHANNEL, CARD, KEY, again=True)
    assert [message["ts"] for message in server.messages] == [receipt]


async def test_a_second_try_posts_what_never_arrived(server: SlackServer) -> None:
    """Other messages in the channel are not taken for it."""
    platform = _platform(server)
    await platform.send(CHANNEL, CARD, "alert-0", again=False)
    receipt = await platform.send(CHANNEL, CARD, KEY, again=True)
    assert [message["ts"] for message in server.messages][1:] == [receipt]


async def test_where_the_history_is_closed_a_second_try_posts(server: SlackServer) -> None:
    """Twice is better than never."""
    server.scopes.discard("channels:history")
    platform = _platform(server)
    for again in (False, True):
        await platform.send(CHANNEL, CARD, KEY, again=again)
    assert len(server.messages) == 2
    server.violations.clear()  # the scope that was taken


@pytest.mark.parametrize(("threaded", "broadcast"), [(True, []), (False, [True])])
async def test_what_follows_goes_into_the_thread(
    server: SlackServer, threaded: bool, broadcast: list[bool]
) -> None:
    """Where threads are off it shows in the channel too, and its receipt is enough to edit it."""
    platform = _platform(server)
    head = await platform.send("#alerts", CARD, KEY, again=False)
    receipt = await platform.send("#alerts", CARD, "alert#1", again=False, how=How(head, threaded=threaded))
    await platform.edit("#alerts", receipt, REVISED)
    message, follows = server.messages
    assert follows["thread_ts"] == message["ts"]
    assert [follows[key] for key in ("reply_broadcast",) if key in follows] == broadcast
    assert follows["edits"] == 1


async def test_what_follows_is_looked_for_in_the_thread(server: SlackServer) -> None:
    """A post there that arrived unanswered is not posted again."""
    platform = _platform(server, timeout_seconds=0.5)
    how = How(await platform.send("#alerts", CARD, KEY, again=False))
    server.fail("chat.postMessage", Fault(hang=True, after=True))
    with pytest.raises(SendError):
        await platform.send("#alerts", CARD, "alert#1", again=False, how=how)
    receipt = await platform.send("#alerts", CARD, "alert#1", again=True, how=how)
    assert len(server.messages) == 2
    assert receipt == f"{CHANNEL}/{server.messages[1]['ts']}"


async def test_an_unknown_refusal_of_the_history_is_no_reason_to_wait(server: SlackServer) -> None:
    """A look-up that is refused for a reason we do not know must not hold the card back for ever."""
    server.fail("conversations.history", Fault(error="some_new_refusal"))
    receipt = await _platform(server).send(CHANNEL, CARD, KEY, again=True)
    assert [message["ts"] for message in server.messages] == [receipt]


@pytest.mark.parametrize(
    ("fault", "wait"),
    [(Fault(status=429, headers={"Retry-After": "60"}), 60), (Fault(error="internal_error"), None)],
)
async def test_where_the_history_fails_for_now_a_second_try_waits(
    server: SlackServer, fault: Fault, wait: float | None
) -> None:
    """A passing failure of the look-up is no reason to post twice."""
    server.fail("conversations.history", fault)
    with pytest.raises(SendError) as failed:
        await _platform(server).send(CHANNEL, CARD, KEY, again=True)
    assert failed.value.retry_after == wait
    assert server.messages == []


@pytest.mark.parametrize(
    ("channel", "words"),
    [("C0NONE", "no such channel"), ("C0OTHER", "/invite @Claimwatch"), ("C0OLD", "archived")],
)
async def test_a_channel_that_takes_nothing_is_permanent_and_explained(
    server: SlackServer, channel: str, words: str
) -> None:
    """Whoever runs the bot reads what to do about it."""
    with pytest.raises(SendError, match=words) as failed:
        await _platform(server).send(channel, CARD, KEY, again=False)
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
    server: SlackServer, fault: Fault, permanent: bool, retry_after: float | None
) -> None:
    """Refusals that last are permanent; all else may be tried again, when Slack says so."""
    server.fail("chat.postMessage", fault)
    with pytest.raises(SendError) as failed:
        await _platform(server, timeout_seconds=0.5).send(CHANNEL, CARD, KEY, again=False)
    assert (failed.value.permanent, failed.value.retry_after) == (permanent, retry_after)
    assert server.bot_token not in str(failed.value)
    assert server.origin not in str(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message", "edit_window_closed"])
async def test_a_message_that_is_gone_cannot_be_edited_ever(server: SlackServer, code: str) -> None:
    """An edit of it is given up at once, unlike one that is refused for what somebody may mend."""
    server.fail("chat.update", Fault(error=code), Fault(error="restricted_action"))
    told = []
    for _ in range(2):
        with pytest.raises(SendError) as failed:
            await _platform(server).edit(CHANNEL, "1.1", CARD)
        told.append((failed.value.permanent, failed.value.gone))
    assert told == [(True, True), (True, False)]


async def test_nobody_there_is_a_passing_failure() -> None:
    """A refused connection may be tried again."""
    async with SlackServer() as gone:
        platform = _platform(gone)
    with pytest.raises(SendError, match="cannot be reached") as failed:
        await platform.send(CHANNEL, CARD, KEY, again=False)
    assert not failed.value.permanent


@pytest.mark.parametrize("answer", [{}, {"channel": CHANNEL}, {"channel": CHANNEL, "ts": None}])
async def test_a_post_answered_in_another_shape_may_be_tried_again(
    server: SlackServer, answer: dict[str, object]
) -> None:
    """Nobody knows then whether it was posted; the next try looks for it."""
    server.fail("chat.postMessage", Fault(answer=answer, after=True))
    with pytest.raises(SendError, match="what answered is not Slack") as failed:
        await _platform(server).send(CHANNEL, CARD, KEY, again=False)
    assert not failed.value.permanent
    await _platform(server).send(CHANNEL, CARD, KEY, again=True)
    assert len(server.messages) == 1


async def test_a_history_in_another_shape_is_read_as_far_as_it_goes(server: SlackServer) -> None:
    """What is no message of ours is passed over, and what is no list at all is not Slack's."""
    platform = _platform(server)
    strange = [None, {}, {"ts": 1, "metadata": None}, {"metadata": {"event_type": "claimwatch_delivery"}}]
    server.fail("conversations.history", Fault(answer={"messages": strange}), Fault(answer={"messages": 1}))
    await platform.send(CHANNEL, CARD, KEY, again=True)
    with pytest.raises(SendError, match="what answered is not Slack"):
        await platform.send(CHANNEL, CARD, KEY, again=True)
    assert len(server.messages) == 1


# ---- coming and going --------------------------------------------------------------------------------


async def test_check_says_who_we_are_and_opens_nothing(server: SlackServer) -> None:
    """Both tokens are tried; nothing is posted and no connection is made."""
    assert await _platform(server).check() == "connected to Loopback as claimwatch"
    assert [method for method, _ in server.calls] == ["auth.test", "apps.connections.open"]
    assert server.sockets == []


WRONG_TOKENS = [
    ({"bot_token": "xoxb-wrong"}, "slack.bot_token (invalid_auth)", "CLAIMWATCH_SLACK__BOT_TOKEN"),
    ({"bot_token": "xapp-1-loopback"}, "slack.bot_token (not_allowed_token_type)", "xoxb-…"),
    ({"app_token": "xapp-wrong"}, "slack.app_token (invalid_auth)", "CLAIMWATCH_SLACK__APP_TOKEN"),
    ({"app_token": "xoxb-1-loopback"}, "slack.app_token (not_allowed_token_type)", "connections:write"),
]


@pytest.mark.parametrize(("tokens", "setting", "advice"), WRONG_TOKENS)
async def test_a_wrong_token_is_named_with_where_to_get_it(
    server: SlackServer, tokens: dict[str, object], setting: str, advice: str
) -> None:
    """`check` and `run` both say which setting is wrong, and never what it holds."""
    platform = _platform(server, **tokens)
    for asking in (platform.check(), platform.run(_echo)):
        with pytest.raises(PlatformDown) as down:
            await asking
        assert setting in str(down.value)
        assert advice in str(down.value)
        assert not any(str(token) in str(down.value) for token in tokens.values())


async def test_check_during_an_outage_says_so(server: SlackServer) -> None:
    """An outage is not mistaken for a wrong token."""
    server.fail("auth.test", Fault(status=503))
    with pytest.raises(SendError, match="503"):
        await _platform(server).check()


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("auth.test", {}),
        ("auth.test", {"team": "Loopback", "user": None}),
        ("apps.connections.open", {}),
        ("apps.connections.open", {"url": 7}),
    ],
)
async def test_a_start_answered_in_another_shape_is_tried_again(
    server: SlackServer, caplog: pytest.LogCaptureFixture, method: str, answer: dict[str, object]
) -> None:
    """What stands between, and answers otherwise than Slack, ends neither `check` in a surprise nor `run`."""
    server.fail(method, Fault(answer=answer), Fault(answer=answer))
    with pytest.raises(SendError, match="what answered is not Slack"):
        await _platform(server).check()
    async with _running(_platform(server, retry_seconds=0.01)):
        assert (await server.slash("help")).answers
    assert "not connected: what answered is not Slack" in caplog.text


async def test_the_first_connection_may_fail(server: SlackServer, caplog: pytest.LogCaptureFixture) -> None:
    """A failed start is tried again with a new address, and no token or address gets into the log."""
    caplog.set_level(logging.DEBUG)
    server.fail("auth.test", Fault(status=429, headers={"Retry-After": "1"}))
    server.fail("socket", Fault(status=503))
    async with _running(_platform(server)):
        await server.connected()
        assert (await server.slash("help")).answers
    assert "next try in 1 seconds" in caplog.text
    assert "Failed to connect" in caplog.text
    for secret in (server.bot_token, server.app_token, "ticket-", "/commands/"):
        assert secret not in caplog.text


async def test_a_closed_connection_comes_back(server: SlackServer) -> None:
    """After Slack closes the connection commands are answered over a new one."""
    async with _running(_platform(server)):
        await server.connected()
        await server.cut()
        await server.connected()
        assert (await server.slash("help")).answers


async def test_a_broken_connection_comes_back(server: SlackServer) -> None:
    """After a break without a goodbye commands are answered over a new connection."""
    async with _running(_platform(server)):
        await server.connected()
        server.drop()
        await server.connected(0)
        assert (await server.slash("help")).answers


async def test_a_refresh_moves_to_a_new_connection(server: SlackServer) -> None:
    """Slack's request to reconnect, every few hours, is followed."""
    async with _running(_platform(server)):
        await server.connected()
        await server.refresh()
        assert (await server.slash("help")).answers


async def test_a_token_revoked_while_running_ends_the_run(server: SlackServer) -> None:
    """Where only a change of settings helps, `run` says so instead of trying for ever."""
    platform = _platform(server)
    running = asyncio.create_task(platform.run(_echo))
    await server.connected()
    server.app_token = "xapp-2-new"
    await server.cut()
    with pytest.raises(PlatformDown, match=r"slack\.app_token"):
        await running


async def test_close_ends_the_run_soon(server: SlackServer) -> None:
    """`close` ends a connected `run` within two seconds, and may be called again or before."""
    idle = _platform(server)
    await idle.close()
    await idle.close()
    platform = _platform(server)
    running = asyncio.create_task(platform.run(_echo))
    await server.connected()
    async with asyncio.timeout(2):
        await platform.close()
        await running
    await platform.close()
    await server.connected(0)


async def test_a_command_under_way_does_not_delay_the_end(server: SlackServer) -> None:
    """Stopping does not wait for answers that never come."""
    begun = asyncio.Event()

    async def endless(name: str, values: dict[str, str], asker: Asker) -> Card:
        begun.set()
        await asyncio.Event().wait()
        return Card("never")

    async with _running(_platform(server), endless):
        asking = asyncio.create_task(server.slash("help"))
        await begun.wait()
    asking.cancel()
    with suppress(asyncio.CancelledError):
        await asking
    await server.connected(0)


async def test_proxies_of_the_environment_are_not_used(
    server: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Posts, connections and answers go straight to where the settings say."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    platform = _platform(server)
    async with _running(platform):
        assert (await server.slash("help")).answers
        await platform.send(CHANNEL, CARD, KEY, again=False)
    assert len(server.messages) == 1


async def test_bolts_own_variables_do_not_change_the_app(
    server: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Credentials of another Slack app in the environment are not taken for ours."""
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.setenv(name, "another-app")
    async with _running(_platform(server)):
        assert (await server.slash("help")).answers
