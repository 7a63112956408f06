"""The Slack on loopback notices what a bot should never do, and is right where it is easy to get wrong."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.support.slack_places import ADMIN, BOT, READER
from tests.support.slack_server import Fault, Rate, SlackServer

HERE = "C0ALERTS"
TEXT: dict[str, Any] = {"channel": HERE, "text": "Seoul: more than 13,000 containers"}
BLOCKS = [{"type": "section", "text": {"type": "plain_text", "text": "Seoul"}}]
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Claim"}, "blocks": BLOCKS}
HOME = {"type": "home", "blocks": BLOCKS}


class Client:
    """A bot that asks what it is told to ask."""

    def __init__(self, server: SlackServer, session: aiohttp.ClientSession) -> None:
        self.server, self.session = server, session

    async def call(
        self, method: str, *, form: bool = False, app: bool = False, **given: Any
    ) -> dict[str, Any]:
        """Call a method, and return what Slack answers."""
        token = self.server.app_token if app else self.server.bot_token
        body: dict[str, Any] = {"data": given} if form else {"data": None, "json": given}
        headers = {"Authorization": f"Bearer {token}"}
        if not form:
            headers["Content-Type"] = "application/json; charset=utf-8"
        async with self.session.post(self.server.api_base + method, headers=headers, **body) as response:
            return {"status": response.status, **await response.json()}

    async def post(self, url: str, **body: Any) -> int:
        """Answer by a response_url, and return the status."""
        async with self.session.post(url, json=body, headers=JSON) as response:
            return response.status

    async def connect(self) -> aiohttp.ClientWebSocketResponse:
        """Open a connection, and read its greeting."""
        opened = await self.call("apps.connections.open", form=True, app=True)
        socket = await self.session.ws_connect(opened["url"])
        assert (await socket.receive_json())["type"] in ("hello", "disconnect")
        return socket


JSON = {"Content-Type": "application/json; charset=utf-8"}


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    """Run a workspace of its own for each test."""
    async with SlackServer() as running:
        yield running


@pytest.fixture
async def client(server: SlackServer) -> AsyncIterator[Client]:
    """Have a bot that asks it."""
    async with aiohttp.ClientSession() as session:
        yield Client(server, session)


# ---- calls -------------------------------------------------------------------------------------------

CALLS: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", {"channel": HERE}, "neither text nor blocks (no_text)"),
    ("chat.postMessage", {"channel": HERE, "blocks": BLOCKS}, "blocks without a text (no_text)"),
    ("chat.postMessage", {**TEXT, "blocks": [{"type": "nothing"}]}, "invalid_blocks"),
    ("chat.postMessage", {**TEXT, "text": "x" * 40_001}, "msg_too_long"),
    ("chat.postMessage", {**TEXT, "colour": "red"}, "unknown arguments: colour"),
    ("chat.postMessage", {**TEXT, "reply_broadcast": True}, "reply_broadcast without thread_ts"),
    ("chat.postMessage", {**TEXT, "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
    (
        "chat.postMessage",
        {**TEXT, "metadata": {"event_type": "x", "event_payload": {"key": "x" * 16_001}}},
        "metadata_too_large",
    ),
    ("chat.postMessage", {"text": "x"}, "without channel (channel_not_found)"),
    ("chat.update", {**TEXT, "ts": "1.2", "unfurl_links": False}, "unknown arguments: unfurl_links"),
    ("chat.unfurl", {"channel": HERE, "ts": "1.2", "unfurls": {"x": {}}}, "links that were not told of"),
    ("chat.delete", TEXT, "there is no such method (unknown_method)"),
    ("conversations.history", {"channel": HERE}, "JSON for a method that takes forms"),
    ("views.open", {"trigger_id": "1.2.x", "view": MODAL}, "a trigger id that is none"),
    ("views.publish", {"user_id": READER, "view": MODAL}, "a view that is no home"),
    ("views.publish", {"user_id": READER, "view": {**HOME, "colour": "red"}}, "takes no colour"),
    ("files.completeUploadExternal", {"files": [{"id": "F1"}]}, "file_not_found"),
]


@pytest.mark.parametrize(("method", "given", "words"), CALLS)
async def test_a_call_that_slack_would_not_take_is_noticed(
    server: SlackServer, client: Client, method: str, given: dict[str, Any], words: str
) -> None:
    """Unknown methods, wrong arguments and what breaks a limit are refused, and told."""
    assert (await client.call(method, **given))["ok"] is False
    (told,) = server.violations
    assert told.startswith(f"{method}: ")
    assert words in told


async def test_what_people_do_to_a_bot_is_no_violation(server: SlackServer, client: Client) -> None:
    """A channel that is gone, closed, archived or without the bot, and a message that is gone."""
    codes = [
        (await client.call("chat.postMessage", **{**TEXT, "channel": channel}))["error"]
        for channel in ("C0NONE", "C0OTHER", "C0OLD", "C0SECRET", "U0NOBODY")
    ]
    gone = await client.call("chat.update", **TEXT, ts="1700000000.000001")
    assert codes == [
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "channel_not_found",
        "channel_not_found",
    ]
    assert gone["error"] == "message_not_found"
    assert server.violations == []


@pytest.mark.parametrize(
    ("method", "given", "scope"),
    [
        ("chat.postMessage", TEXT, "chat:write"),
        ("conversations.info", {"channel": "C0DESK"}, "groups:read"),
        ("conversations.replies", {"channel": HERE, "ts": "1.2"}, "channels:history"),
        ("users.conversations", {"types": "public_channel,im"}, "im:read"),
        ("usergroups.list", {}, "usergroups:read"),
    ],
)
async def test_what_the_app_was_not_given_is_refused(
    server: SlackServer, client: Client, method: str, given: dict[str, Any], scope: str
) -> None:
    """Each method wants its scope, by the kind of the channel where there is one."""
    server.scopes.discard(scope)
    refused = await client.call(method, form=True, **given)
    assert (refused["error"], refused["needed"]) == ("missing_scope", scope)
    assert server.violations == [f"{method}: lacks the scope {scope} (missing_scope)"]


# ---- rates and faults --------------------------------------------------------------------------------


async def test_more_than_one_message_a_second_is_noticed(server: SlackServer, client: Client) -> None:
    """A short burst is forgiven; what follows is refused, and so is what comes before Retry-After is over."""
    now = 0.0
    server.rates.clock = lambda: now
    statuses = [(await client.call("chat.postMessage", **TEXT))["status"] for _ in range(7)]
    elsewhere = await client.call("chat.postMessage", **{**TEXT, "channel": "C0DIGEST"})
    now = 1.0
    later = await client.call("chat.postMessage", **TEXT)

    assert statuses == [200, 200, 200, 200, 200, 429, 429]
    assert (elsewhere["status"], later["status"]) == (200, 200)
    assert [told.split(": ", 1)[1] for told in server.violations] == [
        "chat.postMessage C0ALERTS: more than one message a second (ratelimited)",
        "chat.postMessage C0ALERTS: called 1.0 s before its Retry-After was over (ratelimited)",
    ]


async def test_a_tier_is_no_violation_until_its_pause_is_not_kept(
    server: SlackServer, client: Client
) -> None:
    """A test imposes the rate of a method, or has it ask for a pause."""
    server.rates.clock = lambda: 0.0
    server.rates.rates["users.info"] = Rate(1, 60.0)
    server.fail("usergroups.list", Fault(429, "ratelimited", headers={"Retry-After": "9"}))
    told = [await client.call("users.info", form=True, user=READER) for _ in range(2)]
    await client.call("usergroups.list", form=True)
    assert (told[1]["status"], told[1]["retry_after"], server.violations) == (429, 60, [])
    await client.call("usergroups.list", form=True)
    assert "called 9.0 s before its Retry-After was over" in server.violations[0]


async def test_faults_strike_when_and_where_they_should(server: SlackServer, client: Client) -> None:
    """Every n-th of a channel's posts goes wrong, so often and no more, after it was carried out."""
    server.fail("chat.postMessage", Fault(502, after=True, every=2, times=1, channel=HERE))
    statuses = [
        (await client.call("chat.postMessage", **{**TEXT, "channel": channel}))["status"]
        for channel in (HERE, "C0DIGEST", HERE, HERE, HERE)
    ]
    assert statuses == [200, 200, 502, 200, 200]
    assert len(server.messages) == 5


async def test_what_is_posted_twice_is_told(server: SlackServer, client: Client) -> None:
    """The log tells of a post, of its repeat and of the edit, and to whom they went."""
    told: list[dict[str, Any]] = []
    server.tell = told.append
    key = {"event_type": "delivery", "event_payload": {"key": "a"}}
    for _ in range(2):
        posted = await client.call("chat.postMessage", **TEXT, metadata=key)
    await client.call("chat.update", **TEXT, ts=posted["ts"])
    assert [entry["event"] for entry in told] == ["message", "repeat", "message", "edit"]
    history = await client.call("conversations.history", form=True, channel=HERE, include_all_metadata="true")
    assert [message["metadata"] for message in history["messages"]] == [key, key]


async def test_a_history_comes_in_pages(server: SlackServer, client: Client) -> None:
    """The newest come first, what is in threads alone is left out, and metadata needs its scope."""
    for number in range(4):
        server.keep(HERE, READER, str(number))
    server.keep(HERE, READER, "in a thread", thread_ts=server.messages[0]["ts"])
    server.scopes.discard("metadata.message:read")
    asked: dict[str, Any] = {"channel": HERE, "limit": 3, "include_all_metadata": "true"}
    first = await client.call("conversations.history", form=True, **asked)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.call("conversations.history", form=True, **asked, cursor=cursor)
    since = await client.call(
        "conversations.history", form=True, channel=HERE, oldest=server.messages[1]["ts"], limit=1
    )
    thread = await client.call("conversations.replies", form=True, channel=HERE, ts=server.messages[0]["ts"])

    assert [[m["text"] for m in page["messages"]] for page in (first, second, since, thread)] == [
        ["3", "2", "1"],
        ["0"],
        ["2"],
        ["0", "in a thread"],
    ]
    assert [page["has_more"] for page in (first, second)] == [True, False]
    assert len(server.violations) == 2


# ---- modals and answers ------------------------------------------------------------------------------


async def test_a_trigger_is_good_once_and_soon(server: SlackServer, client: Client) -> None:
    """Opening twice with one trigger id, or after three seconds, is refused and told."""
    first, late = server.modals.trigger(READER), server.modals.trigger(READER)
    opened = await client.call("views.open", trigger_id=first, view=MODAL)
    again = await client.call("views.open", trigger_id=first, view=MODAL)
    server.modals.triggers[late].made_at -= 3.5
    too_late = await client.call("views.open", trigger_id=late, view=MODAL)

    assert server.modals.top(READER)["id"] == opened["view"]["id"]  # type: ignore[index]  # one is open
    assert [again["error"], too_late["error"]] == ["exchanged_trigger_id", "expired_trigger_id"]
    assert len(server.violations) == 2


async def test_three_views_lie_on_each_other(server: SlackServer, client: Client) -> None:
    """A fourth is refused and told; an old hash is refused, which can happen to anybody."""
    opened = (await client.call("views.open", trigger_id=server.modals.trigger(READER), view=MODAL))["view"]
    for _ in range(3):
        trigger = server.modals.trigger(READER, server.modals.stacks[READER][-1]["id"])
        pushed = await client.call("views.push", trigger_id=trigger, view=MODAL)
    await client.call("views.update", view_id=opened["id"], hash=opened["hash"], view=MODAL)
    stale = await client.call("views.update", view_id=opened["id"], hash=opened["hash"], view=MODAL)

    assert (pushed["error"], stale["error"]) == ("push_limit_reached", "hash_conflict")
    assert len(server.modals.stacks[READER]) == 3
    assert server.violations == ["views.push: more than 3 views on each other (push_limit_reached)"]


async def test_an_address_for_answers_takes_five(server: SlackServer, client: Client) -> None:
    """A sixth is refused and told, and so is one after half an hour."""
    hook, old = server.hook(READER, HERE), server.hook(READER, HERE)
    old.made_at -= 1801
    statuses = [await client.post(hook.url, text="x") for _ in range(6)] + [
        await client.post(old.url, text="x")
    ]
    assert statuses == [200] * 5 + [404] * 2
    assert [told.split("(")[1] for told in server.violations] == ["used_url)", "expired_url)"]
    assert [message["to"] for message in server.ephemeral] == [READER] * 5


async def test_an_answer_replaces_or_deletes_what_was_pressed(server: SlackServer, client: Client) -> None:
    """Where a control was used it is said what becomes of its message; of a command there is none."""
    shown = server.whisper(HERE, READER, "before")
    hook = server.hook(READER, HERE, source=shown)
    await client.post(hook.url, text="after", replace_original=True)
    await client.post(hook.url, text="for all", response_type="in_channel", replace_original=False)
    assert (shown["text"], server.messages[0]["text"], server.violations) == ("after", "for all", [])
    await client.post(hook.url, delete_original=True)
    await client.post(hook.url, text="which?")
    await client.post(server.hook(READER, HERE).url, text="x", replace_original=True)
    assert [message["text"] for message in server.ephemeral] == ["which?"]
    assert [told.split(": ")[1] for told in server.violations] == [
        "neither replace_original nor delete_original of a message",
        "there is no message to replace or delete (invalid_payload)",
    ]


async def test_what_nobody_sees_in_a_thread_is_noticed(server: SlackServer, client: Client) -> None:
    """An ephemeral message shows in a thread that is active, and in no other."""
    head = server.keep(HERE, READER, "a thread")
    whisper = {**TEXT, "user": READER, "thread_ts": head["ts"]}
    await client.call("chat.postEphemeral", **whisper)
    server.keep(HERE, READER, "goes on", thread_ts=head["ts"])
    await client.call("chat.postEphemeral", **whisper)
    assert len(server.violations) == 1
    assert "not active" in server.violations[0]


async def test_a_picture_needs_words(server: SlackServer, client: Client) -> None:
    """A file is shared where its last call says; a picture without an alternative text is told."""
    url = await client.call("files.getUploadURLExternal", form=True, filename="chart.png", length="3")
    async with client.session.post(url["upload_url"], data=b"png") as uploaded:
        assert uploaded.status == 200
    direct = await client.call("conversations.open", users=READER)
    where = {"files": [{"id": url["file_id"], "title": "Chart"}], "channel_id": direct["channel"]["id"]}
    assert (await client.call("files.completeUploadExternal", **where))["ok"]
    (file,) = server.files
    assert (file.title, file.content, file.channel) == ("Chart", b"png", "D0READER")
    assert server.violations == ["files.getUploadURLExternal: chart.png without an alternative text"]


async def test_only_links_that_the_bot_was_told_of_unfurl(server: SlackServer, client: Client) -> None:
    """A link is unfurled by its message or by its unfurl_id."""
    message = server.keep(HERE, READER, "https://news.example/1", links=["https://news.example/1"])
    offer = server.offer(message)
    look = {"https://news.example/1": {"blocks": BLOCKS}}
    by_message = await client.call("chat.unfurl", channel=HERE, ts=message["ts"], unfurls=look)
    by_id = await client.call(
        "chat.unfurl", unfurl_id=offer, source="conversations_history", unfurls={"https://x.example": {}}
    )
    assert (by_message["ok"], message["unfurls"]) == (True, look)
    assert by_id["error"] == "cannot_unfurl_url"
    assert len(server.violations) == 1


# ---- people ------------------------------------------------------------------------------------------


async def test_people_are_told_apart(server: SlackServer, client: Client) -> None:
    """Admins, guests and strangers are told apart, and a locale is told where it is asked for."""
    server.members[READER].locale = "ko-KR"
    asked = [READER, ADMIN, "U0LONE", "U0STRANGER"]
    told = [(await client.call("users.info", form=True, user=p, include_locale="1"))["user"] for p in asked]
    keys = ("is_admin", "is_ultra_restricted", "is_stranger", "locale")
    assert [tuple(user.get(key) for key in keys) for user in told] == [
        (False, False, None, "ko-KR"),
        (True, False, None, "en-US"),
        (False, True, None, "en-US"),
        (None, None, True, "en-US"),
    ]
    groups = await client.call("usergroups.list", form=True, include_users="true")
    assert [group["users"] for group in groups["usergroups"]] == [["U0EDITOR"]]
    mine = await client.call("users.conversations", form=True, types="private_channel", user=BOT)
    assert [channel["name"] for channel in mine["channels"]] == ["desk"]


# ---- Socket Mode -------------------------------------------------------------------------------------


async def test_what_is_not_acknowledged_is_noticed(server: SlackServer, client: Client) -> None:
    """A command goes once; an event comes again, in another envelope, until it is acknowledged."""
    server.deadline = 0.05
    socket = await client.connect()
    command = await server.deliver("slash_commands", {"command": "/claimwatch"})
    delivering = asyncio.create_task(server.deliver("events_api", {"event_id": "Ev1"}))
    frames = [await socket.receive_json() for _ in range(3)]
    await socket.send_json({"envelope_id": frames[2]["envelope_id"]})
    event = await delivering

    assert command.acknowledged is None
    assert event.acknowledged is not None
    assert [frame.get("retry_attempt") for frame in frames] == [None, 0, 1]
    assert [frame["accepts_response_payload"] for frame in frames] == [True, False, False]
    assert len({frame["envelope_id"] for frame in frames}) == 3
    assert len(server.violations) == 2


async def test_envelopes_go_to_each_connection_in_turn(server: SlackServer, client: Client) -> None:
    """State must not live in a connection; what comes with an acknowledgement is handed on."""
    sockets = [await client.connect() for _ in range(2)]
    for socket in sockets:
        sending = asyncio.create_task(server.deliver("interactive", {"type": "block_suggestion"}))
        frame = await socket.receive_json()
        await socket.send_json({"envelope_id": frame["envelope_id"], "payload": {"options": []}})
        assert (await sending).answer == {"options": []}
    await server.disconnect("warning")
    assert await sockets[1].receive_json() == {
        "type": "disconnect",
        "reason": "warning",
        "debug_info": {"host": "loopback"},
    }
    assert server.violations == []


async def test_an_eleventh_connection_is_too_many(server: SlackServer, client: Client) -> None:
    """It is told so and closed."""
    sockets = [await client.connect() for _ in range(11)]
    await sockets[-1].receive()
    assert sockets[-1].closed
    assert len(server.sockets) == 10
    assert server.violations == ["more than 10 connections"]


async def test_a_connection_that_breaks_is_nobodys_fault(server: SlackServer, client: Client) -> None:
    """An event comes again over the next connection; the bot did nothing wrong."""
    await client.connect()
    delivering = asyncio.create_task(server.deliver("events_api", {"event_id": "Ev1"}))
    await server.until(lambda: server.sent and server.sent[0].times)
    server.drop()
    await server.connected(0)
    socket = await client.connect()
    frame = await socket.receive_json()
    await socket.send_json({"envelope_id": frame["envelope_id"]})
    await delivering
    assert frame["retry_attempt"] == 1
    assert server.violations == []


async def test_an_event_can_come_again_however_well_it_was_acknowledged(
    server: SlackServer, client: Client
) -> None:
    """Slack sends events at least once: a test has one come again, in an envelope of its own."""
    frames = []
    for send in (
        lambda: server.deliver("events_api", {"event_id": "Ev1"}),
        lambda: server.again(server.sent[0]),
    ):
        socket = await client.connect()
        sending = asyncio.create_task(send())
        frames.append(await socket.receive_json())
        await socket.send_json({"envelope_id": frames[-1]["envelope_id"]})
        await sending
        await socket.close()
        await server.connected(0)
    assert [frame["retry_attempt"] for frame in frames] == [0, 1]
    assert frames[0]["payload"] == frames[1]["payload"]
    assert frames[0]["envelope_id"] != frames[1]["envelope_id"]
    assert server.violations == []


async def test_what_stands_between_may_answer_in_slacks_place(server: SlackServer, client: Client) -> None:
    """A fault can be a page that is no JSON, or an answer of another shape; what is slow comes in the end."""
    server.fail("auth.test", Fault(502, page="<html>"), Fault(answer={"url": 7}), Fault(slow=0.01))
    headers = {"Authorization": f"Bearer {server.bot_token}"}
    async with client.session.get(f"{server.api_base}auth.test", headers=headers) as page:
        assert (page.status, page.content_type) == (502, "text/html")
    other, slow = [await client.call("auth.test") for _ in range(2)]
    assert (other["url"], slow["team_id"]) == (7, "T0")
