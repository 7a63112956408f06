"""What is told on Discord, by the real discord.py to a Discord on loopback: messages, threads and replies."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace

import discord
import pytest

from bot.card import Card, Moment
from bot.controls import Button
from bot.platforms import PLAINLY, How, SendError
from bot.platforms.discord import API_BASE, point_library
from bot.platforms.discord_sending import THREAD_NAME, DiscordMessages
from tests.support.build import NOW
from tests.support.discord_http import Json
from tests.support.discord_server import DiscordServer, Fault, May

CHANNEL = 600
HEAD = Card("Sample ship leaves Rason", url="https://sample-herald.example/1", heading="NEW EVENT")
DENIAL = Card(
    "Sample envoy denies it", (("27 August",),), heading="▼ DENIAL", url="https://sample-post.example/1"
)
MORE = Card("13,000 containers", heading="NEW FIGURE", url="https://sample-post.example/1")


@dataclass
class Voice:
    """A bot that is logged in and only posts."""

    client: discord.Client
    messages: DiscordMessages

    async def head(self) -> str:
        """Post an alert."""
        return await self.messages.send(self.client, str(CHANNEL), HEAD, "alert", again=False, how=PLAINLY)

    async def follow(
        self,
        under: str,
        card: Card = DENIAL,
        *,
        threaded: bool = True,
        again: bool = False,
        topic: str = "Sample ship leaves Rason",
    ) -> str:
        """Post what follows it."""
        how = How(under=under, threaded=threaded, topic=topic)
        return await self.messages.send(self.client, str(CHANNEL), card, card.title, again=again, how=how)


Speaking = Callable[[], AbstractAsyncContextManager[Voice]]


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Serve a Discord on loopback, which at the end has seen no limit or deadline broken."""
    async with DiscordServer() as server:
        yield server
        assert server.violations == []
    point_library(API_BASE, None)


@pytest.fixture
def speaking(server: DiscordServer) -> Speaking:
    """Return what logs a bot in, as each start of it does."""

    @asynccontextmanager
    async def logged_in() -> AsyncIterator[Voice]:
        point_library(server.api_base, server.gateway_url)
        client = discord.Client(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=30,
        )
        await client.login(server.token)
        try:
            yield Voice(client, DiscordMessages(5.0))
        finally:
            await client.close()

    return logged_in


def titles(messages: list[Json]) -> list[str]:
    """Return what messages say."""
    return [message["embeds"][0]["title"] for message in messages]


def in_thread(server: DiscordServer, head: str) -> list[str]:
    """Return what was posted into the thread of a message."""
    return titles(server.messages.get(int(head), []))


def replies(server: DiscordServer, head: str) -> list[str]:
    """Return what replies to a message in its channel."""
    found = [
        message
        for message in server.messages[CHANNEL]
        if str(message.get("message_reference", {}).get("message_id")) == head
    ]
    return titles(found)


async def test_what_follows_goes_into_one_thread(server: DiscordServer, speaking: Speaking) -> None:
    """The thread is made from the message, named after it, and every later card goes into it."""
    async with speaking() as voice:
        head = await voice.head()
        first = await voice.follow(head, topic="Sample ship " * 20)
        second = await voice.follow(head, MORE)

    threads = [entry for entry in server.seen if entry["event"] == "thread"]
    assert in_thread(server, head) == ["Sample envoy denies it", "13,000 containers"]
    assert titles(server.messages[CHANNEL]) == ["Sample ship leaves Rason"]
    assert [len(entry["name"]) <= THREAD_NAME for entry in threads] == [True]
    assert [first, second] == [f"{head}/{message['id']}" for message in server.messages[int(head)]]


async def test_what_follows_after_a_restart_finds_the_thread(
    server: DiscordServer, speaking: Speaking
) -> None:
    """Nothing need be remembered but the receipt of the message."""
    async with speaking() as voice:
        head = await voice.head()
        await voice.follow(head)
    async with speaking() as voice:
        await voice.follow(head, MORE)

    assert in_thread(server, head) == ["Sample envoy denies it", "13,000 containers"]


async def test_what_follows_can_be_edited_by_its_receipt(server: DiscordServer, speaking: Speaking) -> None:
    """A receipt leads into the thread."""
    async with speaking() as voice:
        head = await voice.head()
        receipt = await voice.follow(head)
        await voice.messages.edit(voice.client, str(CHANNEL), receipt, MORE)

    assert in_thread(server, head) == ["13,000 containers"]


async def test_where_threads_are_off_it_replies(server: DiscordServer, speaking: Speaking) -> None:
    """The reply names the message and calls nobody."""
    async with speaking() as voice:
        head = await voice.head()
        receipt = await voice.follow(head, threaded=False)

    assert replies(server, head) == ["Sample envoy denies it"]
    assert server.messages[CHANNEL][1]["id"] == receipt
    assert server.messages[CHANNEL][1]["mentions"] == []
    assert int(head) not in server.messages


@pytest.mark.parametrize("may", [May.CREATE_PUBLIC_THREADS, May.SEND_MESSAGES_IN_THREADS])
async def test_where_threads_are_not_allowed_it_replies(
    server: DiscordServer, speaking: Speaking, may: May
) -> None:
    """A missing permission for threads costs the thread and not the news."""
    await server.take(may, channel=CHANNEL)
    async with speaking() as voice:
        head = await voice.head()
        await voice.follow(head)

    assert replies(server, head) == ["Sample envoy denies it"]


async def test_an_archived_thread_wakes_and_a_locked_one_does_not(
    server: DiscordServer, speaking: Speaking
) -> None:
    """Discord archives a thread by itself; where a moderator locked it, what follows replies."""
    async with speaking() as voice:
        head = await voice.head()
        await voice.follow(head)
        await server.archive(int(head))
        await voice.follow(head, MORE)
        await server.archive(int(head), locked=True)
        await voice.follow(head, Card("Sample envoy denies it again"))

    assert in_thread(server, head) == ["Sample envoy denies it", "13,000 containers"]
    assert replies(server, head) == ["Sample envoy denies it again"]


@pytest.mark.parametrize("threaded", [True, False])
async def test_a_deleted_message_is_not_followed_up(
    server: DiscordServer, speaking: Speaking, threaded: bool
) -> None:
    """What a moderator took down gets no thread and no reply."""
    async with speaking() as voice:
        head = await voice.head()
        await server.delete_message(server.messages[CHANNEL][0])
        with pytest.raises(SendError, match="is gone") as refused:
            await voice.follow(head, threaded=threaded)

    assert refused.value.gone
    assert server.messages[CHANNEL] == []


@pytest.mark.parametrize(
    ("may", "says"),
    [
        (May.VIEW_CHANNEL, "View Channel"),
        (May.SEND_MESSAGES, "Send Messages"),
        (May.EMBED_LINKS, "Embed Links"),
    ],
)
async def test_a_missing_permission_is_for_people_to_mend(
    server: DiscordServer, speaking: Speaking, may: May, says: str
) -> None:
    """The error names what is missing and where."""
    await server.take(may, channel=CHANNEL)
    async with speaking() as voice:
        with pytest.raises(SendError, match=says) as refused:
            await voice.head()

    assert refused.value.mendable
    assert str(CHANNEL) in str(refused.value)


async def test_a_reply_needs_the_history(server: DiscordServer, speaking: Speaking) -> None:
    """Discord lets nobody reply to what they may not read."""
    await server.take(May.READ_MESSAGE_HISTORY, channel=CHANNEL)
    async with speaking() as voice:
        head = await voice.head()
        with pytest.raises(SendError, match="Read Message History") as refused:
            await voice.follow(head, threaded=False)

    assert refused.value.mendable


async def test_a_deleted_channel_is_for_people_to_mend(server: DiscordServer, speaking: Speaking) -> None:
    """So it is for what follows a message there."""
    async with speaking() as voice:
        head = await voice.head()
        await server.delete_channel(CHANNEL)
        with pytest.raises(SendError, match="does not exist") as refused:
            await voice.follow(head)

    assert refused.value.mendable


async def test_every_post_has_a_nonce(server: DiscordServer, speaking: Speaking) -> None:
    """Discord then returns the first message instead of posting a second."""
    async with speaking() as voice:
        head = await voice.head()
        await voice.follow(head)
        await voice.follow(head, MORE, threaded=False)

    posts = [entry["payload"] for entry in server.seen if entry["event"] == "message"]
    assert len(posts) == 3
    assert all(post["enforce_nonce"] and 0 < len(post["nonce"]) <= 25 for post in posts)
    assert len({post["nonce"] for post in posts}) == 3


@pytest.mark.parametrize("threaded", [True, False])
@pytest.mark.parametrize("forgotten", [True, False])
async def test_a_lost_answer_posts_once(
    server: DiscordServer, speaking: Speaking, threaded: bool, forgotten: bool
) -> None:
    """Tried again after a restart, it is found by its nonce, or later by what it says."""
    async with speaking() as voice:
        head = await voice.head()
        voice.messages = DiscordMessages(0.5)
        place = head if threaded else str(CHANNEL)
        server.faults.append(Fault("POST", f"/channels/{place}/messages", after=True))
        with pytest.raises(SendError, match="did not answer in time"):
            await voice.follow(head, threaded=threaded)
    if forgotten:
        server.forget_nonces()
    async with speaking() as voice:
        receipt = await voice.follow(head, threaded=threaded, again=True)

    shown = in_thread(server, head) if threaded else replies(server, head)
    assert shown == ["Sample envoy denies it"]
    assert receipt.rpartition("/")[2] == server.messages[int(head) if threaded else CHANNEL][-1]["id"]


async def test_a_card_that_went_to_the_thread_is_not_repeated_as_a_reply(
    server: DiscordServer, speaking: Speaking
) -> None:
    """Where threads were switched off between two tries, the first is still found."""
    async with speaking() as voice:
        head = await voice.head()
        first = await voice.follow(head)
        server.forget_nonces()
        again = await voice.follow(head, threaded=False, again=True)

    assert first == again
    assert replies(server, head) == []


async def test_a_reply_is_not_taken_for_the_message_that_it_follows(
    server: DiscordServer, speaking: Speaking
) -> None:
    """A correction links the same story as its alert."""
    corrected = Card("12,000 containers, was 13,000", heading="CORRECTED", url=HEAD.url)
    async with speaking() as voice:
        head = await voice.head()
        await voice.follow(head, corrected, threaded=False)
        server.forget_nonces()
        found = await voice.messages.send(voice.client, str(CHANNEL), HEAD, "alert", again=True, how=PLAINLY)
        await voice.follow(head, DENIAL, threaded=False, again=True)

    assert found == head
    assert replies(server, head) == ["12,000 containers, was 13,000", "Sample envoy denies it"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault("POST", "/threads", 429, {"retry_after": 0.05, "global": False}, {"Retry-After": "0.05"}),
        Fault("POST", "/threads", 502),
        Fault("POST", "/threads", 500, after=True),
    ],
    ids=["429", "502", "500 after the thread was made"],
)
async def test_a_thread_is_made_once_in_spite_of_faults(
    server: DiscordServer, speaking: Speaking, fault: Fault
) -> None:
    """What discord.py tries again by itself ends in one thread with the card in it."""
    server.faults.append(fault)
    async with speaking() as voice:
        head = await voice.head()
        await voice.follow(head)

    assert in_thread(server, head) == ["Sample envoy denies it"]
    assert sum(entry["event"] == "thread" for entry in server.seen) == 1


async def test_what_can_be_pressed_stands_below(server: DiscordServer, speaking: Speaking) -> None:
    """Buttons come with the card, and an edit brings those of now."""
    right, wrong = Button("Right", "right:1"), Button("Wrong claim", "wrong:1")
    async with speaking() as voice:
        card = replace(HEAD, controls=((right, wrong),))
        receipt = await voice.messages.send(
            voice.client, str(CHANNEL), card, "alert", again=False, how=PLAINLY
        )
        posted = _labels(server)
        await voice.messages.edit(voice.client, str(CHANNEL), receipt, replace(HEAD, controls=((wrong,),)))

    assert posted == ["Right", "Wrong claim"]
    assert _labels(server) == ["Wrong claim"]


def _labels(server: DiscordServer) -> list[str]:
    [message] = server.messages[CHANNEL]
    return [each["label"] for row in message["components"] for each in row["components"]]


async def test_only_the_chosen_role_is_called(server: DiscordServer, speaking: Speaking) -> None:
    """The mention stands above the card, and nothing else in the message can call anybody."""
    async with speaking() as voice:
        shouting = Card("@everyone <@&78>", (("<@901>", Moment("now", NOW)),))
        how = How(mention="77")
        await voice.messages.send(voice.client, str(CHANNEL), shouting, "k", again=False, how=how)

    [post] = [entry["payload"] for entry in server.seen if entry["event"] == "message"]
    assert post["content"] == "<@&77>"
    assert post["allowed_mentions"]["parse"] == []
    assert [str(role) for role in post["allowed_mentions"]["roles"]] == ["77"]
    assert f"<t:{int(NOW.timestamp())}:R>" in post["embeds"][0]["description"]
