"""The real slack-bolt client against a Slack on loopback."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest

from bot.card import Attachment, Card, Field
from bot.commands.model import Asker, Command, Context, Needs, Param
from bot.platforms import PlatformDown, SendError
from bot.platforms.slack import SlackPlatform, SlackPolicy
from bot.platforms.slack_scopes import lacking
from tests.support.platforms import Answer, DeskOf
from tests.support.slack_blocks import seen
from tests.support.slack_server import Fault, SlackServer

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
    """Run a workspace of its own for each test."""
    async with SlackServer() as running:
        yield running


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


# ---- coming and going --------------------------------------------------------------------------------


async def test_check_says_who_we_are_and_opens_nothing(server: SlackServer) -> None:
    """Both tokens are tried, nothing is posted, no connection is made; nobody can ask which events come."""
    words = await _platform(server).check()
    assert words.startswith("connected to Loopback as claimwatch; which events it is told of cannot be asked")
    assert "config/slack-manifest.yaml" in words
    assert [method for method, _ in server.calls] == ["auth.test", "apps.connections.open"]
    assert server.sockets == []


async def test_check_names_the_scopes_that_an_app_lacks(server: SlackServer) -> None:
    """An app of an older manifest is to be installed again; the token is as good as it was."""
    server.scopes -= {"links:write", "commands"}
    with pytest.raises(PlatformDown) as caught:
        await _platform(server).check()
    assert "as claimwatch, but the app lacks commands, links:write; paste" in str(caught.value)
    assert "Reinstall" in str(caught.value)
    assert list(lacking(None)) == []


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
