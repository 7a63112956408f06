"""Setting Slack up: its tokens, its addresses and what the environment says of them."""

import pytest

from bot.platforms import PlatformDown, SendError
from bot.platforms.slack_scopes import lacking
from claims.sqlite import SQLiteStore
from tests.support.platforms import DeskOf
from tests.support.slack_platform import CARD, CHANNEL, KEY, echo, running, slack_platform
from tests.support.slack_server import Fault, SlackServer


async def test_check_says_who_we_are_and_opens_nothing(slack: SlackServer) -> None:
    """Both tokens are tried, nothing is posted, no connection is made; nobody can ask which events come."""
    words = await slack_platform(slack).check()
    assert words.startswith("connected to Loopback as claimwatch; which events it is told of cannot be asked")
    assert "config/slack-manifest.yaml" in words
    assert [method for method, _ in slack.calls] == ["auth.test", "apps.connections.open"]
    assert slack.sockets == []


async def test_check_names_the_scopes_that_an_app_lacks(slack: SlackServer) -> None:
    """An app of an older manifest is to be installed again; the token is as good as it was."""
    slack.scopes -= {"links:write", "commands"}
    with pytest.raises(PlatformDown) as caught:
        await slack_platform(slack).check()
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
    slack: SlackServer, tokens: dict[str, object], setting: str, advice: str
) -> None:
    """`check` and `run` both say which setting is wrong, and never what it holds."""
    platform = slack_platform(slack, **tokens)
    for asking in (platform.check(), platform.run(DeskOf(echo))):
        with pytest.raises(PlatformDown) as down:
            await asking
        assert setting in str(down.value)
        assert advice in str(down.value)
        assert not any(str(token) in str(down.value) for token in tokens.values())


async def test_check_during_an_outage_says_so(slack: SlackServer) -> None:
    """An outage is not mistaken for a wrong token."""
    slack.fail("auth.test", Fault(status=503))
    with pytest.raises(SendError, match="503"):
        await slack_platform(slack).check()


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
    slack: SlackServer,
    books: SQLiteStore,
    caplog: pytest.LogCaptureFixture,
    method: str,
    answer: dict[str, object],
) -> None:
    """What stands between, and answers otherwise than Slack, ends neither `check` in a surprise nor `run`."""
    slack.fail(method, Fault(answer=answer), Fault(answer=answer))
    with pytest.raises(SendError, match="what answered is not Slack"):
        await slack_platform(slack).check()
    async with running(slack_platform(slack, books, retry_seconds=0.01)):
        assert (await slack.slash("help")).answers
    assert "not connected: what answered is not Slack" in caplog.text


async def test_proxies_of_the_environment_are_not_used(
    slack: SlackServer, books: SQLiteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Posts, connections and answers go straight to where the settings say."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    platform = slack_platform(slack, books)
    async with running(platform):
        assert (await slack.slash("help")).answers
        await platform.send(CHANNEL, CARD, KEY, again=False)
    assert len(slack.messages) == 1


async def test_bolts_own_variables_do_not_change_the_app(
    slack: SlackServer, books: SQLiteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Credentials of another Slack app in the environment are not taken for ours."""
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.setenv(name, "another-app")
    async with running(slack_platform(slack, books)):
        assert (await slack.slash("help")).answers
