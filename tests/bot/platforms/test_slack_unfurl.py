"""What stands under links that people post on the Slack on loopback."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.actions.table import ACTIONS
from bot.commands.desk import Desk
from bot.commands.model import Context
from bot.commands.table import COMMANDS
from bot.platforms.slack_askers import Askers
from bot.platforms.slack_unfurl import AGAIN, LINKS, Unfurls
from bot.platforms.slack_web import SlackWeb
from claims.model import Reason, Silence
from claims.workspaces import Workspace
from tests.support.build import NOW, claim, evidence, feed, figure, member, outcome, visit
from tests.support.slack_places import GUEST, MAKER, OTHER_BOT, READER, STRANGER, TEAM
from tests.support.slack_server import Fault, SlackServer

OURS, DENIAL = claim(), claim("denial-moscow", statement="Russia denies all of it", denial=True)
THEIRS = replace(claim("their-claim", statement="Somebody else's own claim"), workspace="slack:T0OTHER")
TOLD = member(
    "Sample <!channel> ship & shells",
    [OURS.id, DENIAL.id],
    figures=[figure(9_000)],
    origin="Sample Body",
    url="https://sample-herald.example/a?x=1&y=2",
)
UNSURE = member("Sample convoy seen", [], url="https://sample-herald.example/unsure")
HIDDEN = member("Sample oil is sold", [THEIRS.id], url="https://sample-herald.example/hidden")
QUIET = member("Sample ship seen again", [OURS.id], url="https://sample-herald.example/quiet")
SENT = "https://sample-herald.example/a?x=1&amp;y=2&amp;utm_source=feed"
"""The address of the first one as somebody copied it, and as Slack writes it in an event."""


class Chat:
    """The bot's part of a workspace that shows links, with a desk over a real store."""

    def __init__(self, slack: SlackServer, context: Context) -> None:
        self.slack, self.now = slack, NOW
        self.desk = Desk(COMMANDS, context, ACTIONS)
        web = SlackWeb(slack.api_base, slack.bot_token, 5)
        askers = Askers(web, context.store, self.clock)
        askers.belong(TEAM)
        self.unfurls = Unfurls(web, askers, self.clock)

    def clock(self) -> datetime:
        """Return the moment that a test set."""
        return self.now

    async def shown(
        self, *urls: str, by: str = READER, channel: str = "C0ALERTS", **event: str
    ) -> dict[str, Any]:
        """Post links, tell the bot, and return what stands under each of them then."""
        said = self.slack.keep(channel, by, " ".join(urls), links=urls)
        about = {"type": "link_shared", "user": by, "channel": channel, "message_ts": said["ts"]}
        if event:
            event["unfurl_id"] = self.slack.offer(said)
        links = [{"url": url, "domain": "sample-herald.example"} for url in urls]
        await self.unfurls.hear(self.desk, {"event": {**about, **event, "links": links}})
        found: dict[str, Any] = said.get("unfurls", {})
        return found


@pytest.fixture
async def chat(context: Context) -> AsyncIterator[Chat]:
    """Run a workspace, and keep stories that were told, not told, unsure, and of another workspace."""
    store = context.store
    await store.sync_feeds([feed()])
    await store.sync_claims([OURS, DENIAL])
    await store.keep_claim(THEIRS)
    link = replace(evidence(UNSURE.story, OURS.id), suggested=True)
    unsure = replace(UNSURE, reading=replace(UNSURE.reading, evidence=(link,), relevant=True))
    told = [outcome(TOLD), outcome(HIDDEN), outcome(QUIET, Silence(Reason.ALREADY_TOLD))]
    await store.record_visit(visit(*told, outcome(unsure, Silence(Reason.SUGGESTED_ONLY))))
    async with SlackServer() as slack:
        yield Chat(slack, context)
        assert slack.violations == []


async def test_a_link_to_a_tracked_story_says_what_it_bears_on(chat: Chat) -> None:
    """Its claims, figure, origin and tellers, in words that call nobody, with a closer look as a button."""
    found = await chat.shown(SENT, "https://sample-herald.example/unknown")
    blocks = found[SENT]["blocks"]
    words = str(blocks)

    assert list(found) == [SENT]
    for said in ("▲ supports containers-2023", "denial-moscow", "9,000", "Sample Body", "1 outlet"):
        assert said in words
    assert [block["type"] for block in blocks] == ["context", "section", "actions"]
    assert blocks[1]["text"]["type"] == "plain_text"
    assert blocks[1]["text"]["text"].startswith("Sample <!channel> ship & shells\n")
    assert [each["action_id"].split(":")[0] for each in blocks[-1]["elements"]] == ["details"]


async def test_what_was_not_told_by_itself_says_why(chat: Chat) -> None:
    """A story without an alert of its own bears on claims all the same."""
    (quiet,) = (await chat.shown(QUIET.story.url)).values()

    assert [each["action_id"] for each in quiet["blocks"][-1]["elements"]] == [f"why:{QUIET.story.id}"]


async def test_it_speaks_as_what_is_posted_does(chat: Chat, context: Context) -> None:
    """In the language of the workspace: all of the channel read it."""
    await context.store.keep_workspace(Workspace(f"slack:{TEAM}", language="uk"))

    assert "ВІДСТЕЖУЄТЬСЯ" in str(await chat.shown(SENT))


@pytest.mark.parametrize(
    ("url", "by", "channel"),
    [
        (UNSURE.story.url, READER, "C0ALERTS"),
        (HIDDEN.story.url, READER, "C0ALERTS"),
        (SENT, GUEST, "C0ALERTS"),
        (SENT, STRANGER, "C0SHARED"),
        (SENT, READER, "C0SHARED"),
        (SENT, MAKER, "C0NOWHERE"),
        (SENT, OTHER_BOT, "C0ALERTS"),
    ],
)
async def test_nothing_is_shown_to_strangers(url: str, by: str, channel: str, chat: Chat) -> None:
    """What is unsure, another's claim, what guests and machines post, and where other workspaces read."""
    assert await chat.shown(url, by=by, channel=channel) == {}


async def test_a_channel_is_shown_a_link_once_in_a_while(chat: Chat) -> None:
    """However it is written; in another channel and after half an hour it is shown again."""
    assert await chat.shown(SENT)
    assert await chat.shown(SENT.replace("&amp;utm_source=feed", "")) == {}
    assert await chat.shown(SENT, channel="C0DIGEST")
    chat.now += AGAIN
    assert await chat.shown(SENT)


async def test_a_link_is_shown_while_it_is_written(chat: Chat) -> None:
    """To its writer, and then once more to the channel; a page once, however many links lead to it."""
    twice = [SENT, f"{SENT}&amp;utm_medium=chat"]
    assert await chat.shown(SENT, channel="COMPOSER", source="composer")
    assert await chat.shown(SENT, source="conversations_history")
    assert list(await chat.shown(*twice, channel="C0DIGEST")) == twice[1:]


async def test_of_many_links_the_first_are_looked_at(chat: Chat) -> None:
    """A message full of links does not keep the store busy."""
    others = [f"https://sample-herald.example/{each}" for each in range(LINKS)]
    assert await chat.shown(*others, SENT) == {}
    assert await chat.shown(*others[1:], SENT)


async def test_a_refusal_is_told_of_once(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    """Kindly, without the link; what was not shown is shown the next time."""
    chat.slack.fail("chat.unfurl", Fault(error="missing_scope", times=2))
    with caplog.at_level(logging.WARNING):
        assert await chat.shown(SENT) == {}
        assert await chat.shown(SENT) == {}

    (told,) = [each.getMessage() for each in caplog.records if each.name.endswith("slack_unfurl")]
    assert told.startswith("nothing shown under a link: Slack: the app lacks a permission; install it again")
    assert await chat.shown(SENT)
