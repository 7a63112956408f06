"""The Discord platform with the real discord.py client against a Discord on loopback."""

import asyncio
import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.card import Attachment, Card, Field, Link
from bot.commands.model import Asker
from bot.platforms import PlatformDown, SendError
from bot.platforms.discord import API_BASE, DiscordPolicy, point_library
from claims.sqlite import SQLiteStore
from tests.support.discord_limits import message_faults
from tests.support.discord_places import POSTING, May
from tests.support.discord_platform import CARD, echo, platform_for, running
from tests.support.discord_server import ASKER, DiscordServer, Fault
from tests.support.platforms import DeskOf

CHANNEL = "600"


# ---- pointing the library ------------------------------------------------------------------------


def test_the_library_talks_to_the_given_addresses() -> None:
    """discord.py builds every address from the given ones, and from its own again when none are given."""
    try:
        point_library("http://127.0.0.1:1/api/v10/", "ws://127.0.0.1:1/gateway")

        assert Route("GET", "/users/@me").url == "http://127.0.0.1:1/api/v10/users/@me"
        assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "ws://127.0.0.1:1/gateway"
    finally:
        point_library(API_BASE, None)
    assert Route("GET", "/users/@me").url == "https://discord.com/api/v10/users/@me"
    assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "wss://gateway.discord.gg/"


def test_a_policy_does_not_show_its_token() -> None:
    """A policy that ends up in a log or a traceback keeps its secret."""
    assert "secret" not in repr(DiscordPolicy("secret"))


# ---- commands ------------------------------------------------------------------------------------


async def test_commands_are_registered_for_every_server(server: DiscordServer, books: SQLiteStore) -> None:
    """With no servers named, the table is registered globally, once, with groups and parameters."""
    async with running(server, books=books):
        assert server.count("commands") == 1

    claim, feed, watch, _match, help_, menu = server.commands[None]
    assert [option["name"] for option in claim["options"]] == ["show", "search", "list"]
    assert claim["options"][0]["options"] == [
        {"type": 3, "name": "claim", "description": "Its id", "required": True, "autocomplete": True}
    ]
    assert help_["options"][0]["required"] is False
    assert (feed["default_member_permissions"], watch["default_member_permissions"]) == ("16", None)
    assert (menu["name"], menu["type"], menu["contexts"]) == ("Match to claims", 3, [0])


async def test_a_server_that_refuses_commands_stops_nothing(
    server: DiscordServer, caplog: pytest.LogCaptureFixture, books: SQLiteStore
) -> None:
    """Commands are registered in each named server; one without access is logged and passed over."""
    async with running(server, books=books, guilds=(501, 500)):
        answer = await server.slash("claim show", {"claim": "containers-2023"})

    assert answer.message["embeds"][0]["title"] == "claim show"
    assert (server.commands[None], 501 in server.commands) == ([], False)
    assert server.commands[500]
    assert "Commands not registered in server 501: 403 Forbidden" in caplog.text


async def test_a_slash_command_is_answered_with_an_embed(server: DiscordServer, books: SQLiteStore) -> None:
    """What is asked reaches the desk by name and value, and its card is what the asker sees, in time."""
    async with running(server, books=books):
        answer = await server.slash("claim show", {"claim": "containers-2023"})

    (embed,) = answer.message["embeds"]
    assert embed["title"] == "claim show"
    assert embed["fields"][0]["value"] == "containers-2023"
    assert answer.acknowledged < 3


@pytest.mark.parametrize(
    ("name", "options"), [("claim list", {}), ("help", {}), ("help", {"command": "claim"})]
)
async def test_commands_of_one_word_and_without_values(
    server: DiscordServer, name: str, options: dict[str, str], books: SQLiteStore
) -> None:
    """A command outside a group, and one whose values are left out, arrive as they were asked."""
    asked: list[tuple[str, dict[str, str]]] = []

    async def note(name: str, values: dict[str, str], asker: Asker) -> Card:
        asked.append((name, values))
        return CARD

    async with running(server, note, books=books):
        await server.slash(name, options)

    assert asked == [(name, options)]


async def test_a_file_comes_with_its_answer(server: DiscordServer, books: SQLiteStore) -> None:
    """An attachment is a file below the embed, in any script."""

    async def export(name: str, values: dict[str, str], asker: Asker) -> Card:
        return Card("Two feeds", attachment=Attachment("feeds.opml", "<opml>샘플</opml>".encode()))

    async with running(server, export, books=books):
        answer = await server.slash("claim list")

    assert answer.message["embeds"][0]["title"] == "Two feeds"
    assert answer.files == {"feeds.opml": "<opml>샘플</opml>"}


async def test_a_file_that_discord_refuses_says_what_it_takes(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """An answer without its file would be none, and the permission is one that a server can give."""
    server.faults.append(Fault("PATCH", "@original", 403, {"message": "Missing Permissions", "code": 50013}))

    async def export(name: str, values: dict[str, str], asker: Asker) -> Card:
        return Card("Two feeds", attachment=Attachment("feeds.opml", b"<opml/>"))

    async with running(server, export, books=books):
        answer = await server.slash("claim list")

    (embed,) = answer.message["embeds"]
    assert embed["title"] == "The file could not be shown here"
    assert "Attach Files" in embed["description"]
    assert answer.files == {}


async def test_an_attached_file_arrives_as_its_address(server: DiscordServer, books: SQLiteStore) -> None:
    """The desk fetches it with its own manners."""
    async with running(server, books=books):
        answer = await server.slash(
            "feed import", {"file": "https://cdn.example/a.opml?sig=1"}, by=server.guilds[500].manager
        )

    assert "cdn.example/a.opml?sig=1" in answer.message["embeds"][0]["fields"][0]["value"].replace("\\", "")


async def test_a_slow_answer_is_acknowledged_first(server: DiscordServer, books: SQLiteStore) -> None:
    """Discord knows that we think before the desk is done, so work may outlast the three seconds."""

    async def slow(name: str, values: dict[str, str], asker: Asker) -> Card:
        await server.until(lambda: server.count("acknowledged"))
        return CARD

    async with running(server, slow, books=books):
        answer = await server.slash("claim list")

    assert answer.deferred
    assert answer.message["embeds"][0]["title"] == CARD.title


async def test_an_acknowledgement_that_came_too_late_is_logged(
    server: DiscordServer, caplog: pytest.LogCaptureFixture, books: SQLiteStore
) -> None:
    """When Discord no longer wants an answer, no work is done for it and the next one is answered."""
    asked: list[str] = []

    async def note(name: str, values: dict[str, str], asker: Asker) -> Card:
        asked.append(name)
        return CARD

    async with running(server, note, books=books):
        server.deadline = 0
        with pytest.raises(TimeoutError):
            await server.slash("claim list", patience=1.0)
        server.deadline = 3
        await server.slash("help")

    assert asked == ["help"]
    assert "/claim list could not be acknowledged: 404 Not Found (error code: 10062)" in caplog.text


async def test_an_answer_that_never_comes_is_given_up(server: DiscordServer, books: SQLiteStore) -> None:
    """Nobody watches the bot think for ever: after its time the asker is told to ask again."""

    async def stuck(name: str, values: dict[str, str], asker: Asker) -> Card:
        await asyncio.Event().wait()
        return CARD

    async with running(server, stuck, books=books, answer_seconds=0.1):
        answer = await server.slash("claim list")

    assert answer.message["embeds"][0]["title"] == "That took too long"


async def test_a_failing_answer_is_said(
    server: DiscordServer, caplog: pytest.LogCaptureFixture, books: SQLiteStore
) -> None:
    """A desk that breaks its promise and raises is logged, and the asker reads that it failed."""

    async def broken(name: str, values: dict[str, str], asker: Asker) -> Card:
        raise ZeroDivisionError

    async with running(server, broken, books=books):
        answer = await server.slash("claim list")

    assert answer.message["embeds"][0]["title"] == "Something went wrong"
    assert "/claim list failed" in caplog.text


async def test_an_answer_that_discord_refuses_is_said(server: DiscordServer, books: SQLiteStore) -> None:
    """When the card itself is refused, the asker reads that there is none."""
    server.faults.append(Fault("PATCH", "@original", 400, {"message": "Invalid Form Body", "code": 50035}))

    async with running(server, books=books):
        answer = await server.slash("claim list")

    assert answer.message["embeds"][0]["title"] == "Something went wrong"


async def test_a_forgotten_command_is_answered_too(server: DiscordServer, books: SQLiteStore) -> None:
    """A command that Discord still offers reaches the desk, which knows what to say."""
    async with running(server, books=books):
        answer = await server.slash("bygone", check=False)

    assert answer.message["embeds"][0]["title"] == "bygone"


# ---- alerts --------------------------------------------------------------------------------------


async def test_an_alert_is_posted_and_edited(server: DiscordServer) -> None:
    """A card is posted to a channel by its id, and its receipt is enough to replace and to open it."""
    async with running(server) as platform:
        receipt = await platform.send(CHANNEL, CARD, "key", again=False)
        await platform.edit(CHANNEL, receipt, Card("two outlets"))
        address = await platform.address(CHANNEL, receipt)

    assert address == f"https://discord.com/channels/500/600/{receipt}"
    (message,) = server.messages[600]
    assert message["id"] == receipt
    assert [embed["title"] for embed in message["embeds"]] == ["two outlets"]
    sent = [entry["payload"] for entry in server.seen if entry["event"] in ("message", "edit")]
    assert [payload["allowed_mentions"]["parse"] for payload in sent] == [[], []]


async def test_the_same_key_is_posted_once(server: DiscordServer) -> None:
    """A second try returns the first message; another channel or another key is another message."""
    async with running(server) as platform:
        first = await platform.send(CHANNEL, CARD, "key", again=False)
        second = await platform.send(CHANNEL, CARD, "key", again=True)
        await platform.send("601", CARD, "key", again=False)
        await platform.send(CHANNEL, CARD, "other key", again=False)

    assert first == second
    assert [len(server.messages[channel]) for channel in (600, 601)] == [2, 1]
    assert all(len(entry["nonce"]) <= 25 for entry in server.seen if entry["event"] == "message")


async def test_a_lost_answer_does_not_post_twice(server: DiscordServer) -> None:
    """A post whose answer is lost may be tried again: Discord knows the nonce."""
    server.faults.append(Fault("POST", "/messages", after=True))
    async with running(server, send_seconds=1.0) as platform:
        with pytest.raises(SendError, match="did not answer in time") as lost:
            await platform.send(CHANNEL, CARD, "key", again=False)
        receipt = await platform.send(CHANNEL, CARD, "key", again=False)

    assert not lost.value.permanent
    assert [message["id"] for message in server.messages[600]] == [receipt]


async def test_a_card_is_found_after_discord_forgot_the_nonce(server: DiscordServer) -> None:
    """Minutes later, a try that may have been posted finds its own card in the channel, and no other."""
    async with running(server) as platform:
        receipt = await platform.send(CHANNEL, CARD, "key", again=False)
        await platform.send(CHANNEL, Card("another card"), "other", again=False)
        server.forget_nonces()
        server.messages[600].append({**server.messages[600][0], "id": "1", "author": ASKER})
        found = await platform.send(CHANNEL, CARD, "key", again=True)
        fresh = await platform.send(CHANNEL, Card("a third card"), "third", again=True)

    assert found == receipt
    assert fresh not in (receipt, server.messages[600][1]["id"])
    assert len(server.messages[600]) == 4


@pytest.mark.parametrize(
    ("before", "after", "other"),
    [
        (
            Card("Shells", (), (Field("Told by", ("A: 1 outlet",)),), url="https://a.example/소식"),
            Card("More shells", (), (Field("Told by", ("A, B: 2 outlets",)),), url="https://a.example/소식"),
            Card("Shells", (), (Field("Told by", ("A: 1 outlet",)),), url="https://a.example/2"),
        ),
        (
            Card("Friday · 2 stories", heading="DIGEST", footer="From Thursday to Friday"),
            Card("Friday · 3 stories", heading="DIGEST", footer="From Thursday to Friday"),
            Card("Friday · 2 stories", heading="DIGEST", footer="From Wednesday to Thursday"),
        ),
        (
            Card("Wire fails", url="https://a.example/rss", footer="27 August 20:13 KST"),
            Card("Wire fails", url="https://a.example/rss", footer="27 August 20:13 KST"),
            Card("Wire answers", url="https://a.example/rss", footer="27 August 23:13 KST"),
        ),
        (
            Card("Shells", (("told once",),), heading="NEW EVENT"),
            Card("Shells", (("told twice",),), heading="NEW EVENT"),
            Card("Troops", (("told once",),), heading="NEW EVENT"),
        ),
        (
            Card("DIGEST · Friday · nothing new", footer="Late by 3 hours"),
            Card("DIGEST · Friday · nothing new", footer="Late by 3 hours"),
            Card("DIGEST OF THE WEEK · Friday · nothing new", footer="Late by 3 hours"),
        ),
    ],
    ids=["alert", "digest", "notice", "alert without an address", "empty digest"],
)
async def test_a_card_that_changed_meanwhile_is_found(
    server: DiscordServer, before: Card, after: Card, other: Card
) -> None:
    """What another outlet adds between two tries hides no message, and a like card is not taken for it."""
    async with running(server) as platform:
        receipt = await platform.send(CHANNEL, before, "key", again=False)
        await platform.send(CHANNEL, other, "other", again=False)
        server.forget_nonces()
        found = await platform.send(CHANNEL, after, "key", again=True)

    assert found == receipt
    assert len(server.messages[600]) == 2


async def test_an_answer_to_a_command_is_not_taken_for_what_was_told(server: DiscordServer) -> None:
    """`feed show` shows the feed that a notice is about; the notice is posted beside it."""
    asked = {"id": "1", "type": 2, "user": ASKER, "authorizing_integration_owners": {}}
    async with running(server) as platform:
        answered = await platform.send(CHANNEL, CARD, "key", again=False)
        server.messages[600][0]["interaction_metadata"] = asked
        server.forget_nonces()
        told = await platform.send(CHANNEL, CARD, "key", again=True)

    assert told != answered
    assert len(server.messages[600]) == 2


@pytest.mark.parametrize("status", [403, 404])
async def test_where_the_history_is_closed_a_second_try_posts(server: DiscordServer, status: int) -> None:
    """A channel whose history may not be read gets the card all the same."""
    server.faults.append(Fault("GET", "/messages", status=status, body={"message": "no", "code": 50013}))
    async with running(server) as platform:
        receipt = await platform.send(CHANNEL, CARD, "key", again=True)

    assert [message["id"] for message in server.messages[600]] == [receipt]


async def test_a_hostile_headline_is_only_text(server: DiscordServer) -> None:
    """A headline that tries to ping everyone or to forge a link arrives as words."""
    hostile = "@everyone [x](http://evil.example) <@&1> https://evil.example"
    card = Card(
        hostile, lines=((hostile,),), fields=(Field(hostile, (Link(hostile, "http://a.example/)@here"),)),)
    )

    async with running(server) as platform:
        await platform.send(CHANNEL, card, "key", again=False)

    (message,) = server.messages[600]
    (embed,) = message["embeds"]
    words = "@\u200beveryone \\[x\\]\\(http\\://evil.example\\) \\<@\u200b&1\\> https\\://evil.example"
    assert embed["title"] == embed["description"] == embed["fields"][0]["name"] == words
    assert embed["fields"][0]["value"] == f"[{words}](http://a.example/%29%40here)"
    assert not message["mention_everyone"]


async def test_a_card_over_every_limit_is_posted(server: DiscordServer) -> None:
    """However long a card is, Discord takes it."""
    long = "하나*" * 5000
    fields = tuple(Field(long, (long, Link(long, "https://a.example/" + "a" * 3000))) for _ in range(40))
    card = Card(
        long, lines=((long,),) * 10, fields=fields, heading=long, url="https://a.example", footer=long
    )

    async with running(server) as platform:
        await platform.send(CHANNEL, card, "key", again=False)

    assert len(server.messages[600]) == 1


def test_the_server_refuses_what_discord_refuses() -> None:
    """The limits that the tests above lean on are there, one unit over."""
    over: list[dict[str, Any]] = [
        {"title": "x" * 257},
        {"description": "x" * 4097},
        {"author": {"name": "x" * 257}, "title": "t"},
        {"footer": {"text": "x" * 2049}},
        {"fields": [{"name": "n", "value": "v"}] * 26},
        {"fields": [{"name": "x" * 257, "value": "v"}]},
        {"fields": [{"name": "n", "value": "x" * 1025}]},
        {"fields": [{"name": "n", "value": " "}]},
        {"description": "x" * 4096, "footer": {"text": "x" * 1905}},
        {"title": "t", "url": "javascript:alert(1)"},
        {},
    ]

    assert [embed for embed in over if not message_faults({"embeds": [embed]})] == []
    assert message_faults({"embeds": [{"description": "x" * 4096, "footer": {"text": "x" * 1904}}]}) == []


@pytest.mark.parametrize(
    ("code", "permanent", "words"),
    [
        (50001, True, "Claimwatch cannot see channel 600: invite it"),
        (50013, True, "may not post in channel 600: give it View Channel, Send Messages, Embed Links"),
        (10003, True, "Channel 600 does not exist"),
        (10008, True, "The message in channel 600 is gone"),
        (50035, True, "refused the card for channel 600"),
    ],
)
async def test_what_discord_refuses_stays_refused(
    server: DiscordServer, code: int, permanent: bool, words: str
) -> None:
    """A refusal says in words what to do, and trying again cannot help; so it is with an edit."""
    server.barred[600] = code

    async with running(server) as platform:
        with pytest.raises(SendError, match=words) as posting:
            await platform.send(CHANNEL, CARD, "key", again=False)
        with pytest.raises(SendError, match=words) as editing:
            await platform.edit(CHANNEL, "1", CARD)

    assert posting.value.permanent is editing.value.permanent is permanent
    assert editing.value.gone is (code == 10008)


@pytest.mark.parametrize(
    ("fault", "permanent", "retry_after", "words"),
    [
        (Fault("POST", "/messages", 503), False, None, "Discord answered 503"),
        (Fault("POST", "/messages", 500, times=9), False, None, "did not answer in time"),
        (Fault("POST", "/messages"), False, None, "did not answer in time"),
        (
            Fault("POST", "/messages", 429, {"retry_after": 300.0, "message": "slow"}),
            False,
            300.0,
            "slow down",
        ),
        (Fault("POST", "/messages", 401, {"code": 0}), False, None, "discord.token"),
        (Fault("POST", "/messages", 403, {"code": 0}), False, None, "answered 403"),
        (Fault("POST", "/messages", 400, {"code": 50008}), True, None, r"answered 400 \(code 50008\)"),
    ],
)
async def test_what_may_pass_is_tried_again(
    server: DiscordServer, fault: Fault, permanent: bool, retry_after: float | None, words: str
) -> None:
    """Rate limits, faults and silence are temporary, with Discord's own wait where it gave one."""
    server.faults.append(fault)

    async with running(server, send_seconds=0.5) as platform:
        with pytest.raises(SendError, match=words) as failed:
            await platform.send(CHANNEL, CARD, "key", again=False)

    assert failed.value.permanent is permanent
    assert failed.value.retry_after == retry_after
    assert server.token not in str(failed.value)


async def test_a_short_rate_limit_is_waited_out(server: DiscordServer) -> None:
    """A limit of a moment needs no second delivery."""
    server.faults.append(Fault("POST", "/messages", 429, {"retry_after": 0.05, "message": "slow"}))

    async with running(server) as platform:
        await platform.send(CHANNEL, CARD, "key", again=False)

    assert len(server.messages[600]) == 1


@pytest.mark.parametrize("channel", ["", "general", "²", "-1", "1" * 30])
async def test_a_channel_that_is_no_id_is_refused(server: DiscordServer, channel: str) -> None:
    """A subscription to a name instead of an id says how to find the id."""
    async with running(server) as platform:
        with pytest.raises(SendError, match="Copy Channel ID") as failed:
            await platform.send(channel, CARD, "key", again=False)

    assert failed.value.permanent


async def test_nothing_is_sent_before_the_login(server: DiscordServer) -> None:
    """Before `run`, and after `close`, a delivery waits for later."""
    platform = platform_for(server)
    with pytest.raises(SendError, match="not logged in") as failed:
        await platform.send(CHANNEL, CARD, "key", again=False)
    await platform.close()
    await platform.close()

    assert not failed.value.permanent


async def test_alerts_go_out_while_the_gateway_is_down(server: DiscordServer) -> None:
    """Posting needs the login alone, not the gateway."""
    server.faults.append(Fault("GET", "/gateway", 503, times=1000))
    platform = platform_for(server)
    task = asyncio.create_task(platform.run(DeskOf(echo)))
    await server.until(lambda: server.count("fault") > 1)  # the first asks how many connections to make

    await platform.send(CHANNEL, CARD, "key", again=False)

    task.cancel()
    await asyncio.wait((task,))
    assert len(server.messages[600]) == 1


# ---- staying up ----------------------------------------------------------------------------------


async def test_the_bot_asks_for_servers_alone(server: DiscordServer) -> None:
    """The one intent is `guilds`: nothing has to be switched on in the portal."""
    async with running(server):
        pass

    assert [entry["intents"] for entry in server.seen if entry["event"] == "ready"] == [1]


async def test_a_refused_token_names_the_setting(
    server: DiscordServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A wrong token ends the platform, naming setting, variable and portal, and is itself never shown."""
    caplog.set_level(logging.DEBUG)
    platform = platform_for(server, token="wrong-token")

    with pytest.raises(PlatformDown, match=r"discord\.token .CLAIMWATCH_DISCORD__TOKEN.*Reset Token") as down:
        await platform.run(DeskOf(echo))
    with pytest.raises(PlatformDown, match="Reset Token"):
        await platform.check()

    assert "wrong-token" not in caplog.text + str(down.value)


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4012, 4013, 4014])
async def test_what_only_settings_can_mend_ends_the_platform(server: DiscordServer, code: int) -> None:
    """A gateway that closes for good is not asked again."""
    server.gateway.close_with = code

    with pytest.raises(PlatformDown, match=r"discord\.token|update claimwatch"):
        await platform_for(server).run(DeskOf(echo))
    assert server.gateway.identifies == 0


async def test_a_bot_that_grew_connects_in_parts(server: DiscordServer, books: SQLiteStore) -> None:
    """Where one connection is refused as too few, Discord is asked again how many it takes."""
    server.gateway.close_with = 4011
    task = asyncio.create_task(platform_for(server, books=books).run(DeskOf(echo)))
    await server.until(lambda: server.count("gone"))
    server.gateway.shards, server.gateway.close_with = 2, None
    await server.ready()
    answer = await server.slash("claim list")
    task.cancel()
    await asyncio.wait((task,))

    assert answer.message["embeds"][0]["title"] == "claim list"
    assert [entry["shard"] for entry in server.seen if entry["event"] == "ready"] == [[0, 2]]


async def test_a_gateway_that_refuses_at_first_is_asked_again(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """A first connection that fails does not end the bot (Rapptz/discord.py issue 10520)."""
    server.faults.append(Fault("GET", "/gateway", 503, times=1))

    async with running(server, books=books):
        answer = await server.slash("claim list")

    assert answer.message["embeds"][0]["title"] == "claim list"
    assert server.count("login") == 1


async def test_a_login_that_fails_is_tried_again(server: DiscordServer) -> None:
    """Discord's own troubles at the start pass."""
    server.faults.append(Fault("GET", "/users/@me", 503))

    async with running(server):
        assert server.count("login") == 1


async def test_a_cut_connection_comes_back(server: DiscordServer, books: SQLiteStore) -> None:
    """After a cut the session is resumed, and commands are answered again."""
    async with running(server, books=books):
        await server.gateway.cut()
        await server.ready(2)
        answer = await server.slash("claim list")

    assert answer.message["embeds"][0]["title"] == "claim list"
    assert server.count("resumed") == 1


async def test_a_payload_that_breaks_the_library_does_not_end_the_bot(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """discord.py's loop ends at an event that it cannot read; ours connects again."""
    async with running(server, books=books):
        await server.gateway.dispatch("GUILD_ROLE_CREATE", {"guild_id": "500"})
        await server.ready(2)
        answer = await server.slash("claim list")

    assert answer.message["embeds"][0]["title"] == "claim list"


async def test_an_invalid_session_is_begun_anew(server: DiscordServer) -> None:
    """A session that Discord forgot is replaced by a new one."""
    async with running(server):
        await server.gateway.invalidate()
        await server.ready(2)

    assert server.count("ready") == 2


async def test_check_says_who_we_are_and_sends_nothing(server: DiscordServer) -> None:
    """A check logs in, says as whom, registers nothing and opens no gateway."""
    platform = platform_for(server)

    words, address = (await platform.check()).splitlines()

    assert words.startswith("logged in as claimwatch (800); invited by the address below")
    assert "View Channels, Send Messages, Embed Links, Attach Files, Read Message History" in words
    invited = parse_qs(urlsplit(address).query)
    assert (invited["client_id"], invited["scope"]) == (["800"], ["bot applications.commands"])
    assert May(int(invited["permissions"][0])) == POSTING
    assert [entry["event"] for entry in server.seen] == ["login"]


async def test_check_says_when_discord_cannot_be_reached(server: DiscordServer) -> None:
    """Without an answer a check is no verdict on the token."""
    platform = platform_for(server, api_base="http://127.0.0.1:9/api/v10")

    with pytest.raises(SendError, match="cannot be reached") as failed:
        await platform.check()

    assert not failed.value.permanent


async def test_closing_ends_the_run(server: DiscordServer) -> None:
    """A closed platform's run returns by itself, soon, and so does one that is closed before it began."""
    platform = platform_for(server)
    task = asyncio.create_task(platform.run(DeskOf(echo)))
    await server.ready()

    await platform.close()

    async with asyncio.timeout(20):
        await task
        await platform.run(DeskOf(echo))
