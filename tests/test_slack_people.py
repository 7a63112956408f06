"""What people see of a real slack-bolt bot on the Slack on loopback: answers, controls, forms, refusals."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from bot.render.slack_views import OURS
from tests.support.slack_bot import Bot, running
from tests.support.slack_http import Json
from tests.support.slack_manifest import manifest
from tests.support.slack_places import ADMIN, BOT, GUEST, MAKER, READER, STRANGER
from tests.support.slack_samples import actions, button, modal, option, plain, rich, section, select, typing
from tests.support.slack_server import NotOffered, SlackServer
from tests.support.slack_shown import behind_more, control_of, controls_of, labels_of, title, words

HERE = "C0ALERTS"
Ack = Callable[..., Awaitable[Any]]


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    """Serve a Slack on loopback for the real library."""
    async with SlackServer() as server:
        yield server


def card(name: str, *blocks: Json) -> list[Json]:
    """Return blocks of a card with a title."""
    return [rich({"type": "text", "text": name, "style": {"bold": True}}), *blocks]


MORE = {"type": "overflow", "action_id": "more", "options": [option("mute:1", text=plain("Mute"))]}
BUTTONS = actions(button("right:1", text=plain("Right")), MORE, block_id="below")
LINK = actions(button("link:1", text=plain("Read"), url="https://herald.example/1"))
SUGGESTS = {"type": "external_select", "action_id": "suggest", "min_query_length": 0}
MENU = select(
    "multi_static_select", options=[option("a"), option("b")], max_selected_items=2, action_id="tags"
)
ASKED = modal(
    typing("words", max_length=5),
    {"type": "input", "block_id": "claim", "label": plain("Claim"), "element": SUGGESTS, "optional": True},
    section(accessory=MENU, block_id="tagged"),
    submit=plain("Send"),
    callback_id="found",
    notify_on_close=True,
)


# ---- answers and controls ------------------------------------------------------------------------


async def test_a_command_and_its_buttons_are_answered(server: SlackServer) -> None:
    """Who asked sees the answer alone, uses what stands below it, and sees it replaced or another."""

    async def hears(bot: Bot, body: Json, ack: Ack) -> None:
        await ack()
        if "command" in body:
            await bot.answer(body, body["text"], blocks=card(body["text"], BUTTONS, LINK))
        elif (used := body["actions"][0])["action_id"] == "right:1":
            assert "message" not in body
            assert body["container"]["is_ephemeral"]
            await bot.answer(body, "Noted", replace_original=True)
        elif used["type"] == "overflow":
            await bot.answer(body, used["selected_option"]["value"], replace_original=False)

    async with running(server, hears):
        told = await server.slash("health", by=ADMIN)
        assert (title(told), told.ephemeral, words(told)) == ("health", True, "health")
        assert labels_of(told) == ["Right", "Mute", "Read"]
        assert (controls_of(told), behind_more(told)) == (["right:1", "mute:1"], ["Mute"])
        assert control_of(told, "right").block == "below"
        assert await server.follow(told, "Read") == "https://herald.example/1"
        muted = await server.press(told, "Mute")
        assert (words(muted), muted.by, words(told)) == ("mute:1", ADMIN, "health")
        noted = await server.press(told, "right")
        assert (words(noted), noted.message is told.message) == ("Noted", True)
        with pytest.raises(NotOffered, match="no 'right' here"):
            await server.press(told, "right")
    assert told.acknowledged is not None
    assert server.violations == []


async def test_only_what_is_seen_can_be_used(server: SlackServer) -> None:
    """Not what others were told, what is gone, what is not there, what leads away, or from outside."""

    async def hears(bot: Bot, body: Json, ack: Ack) -> None:
        await ack()
        await bot.answer(body, "told", blocks=card("Told", BUTTONS, LINK))

    async with running(server, hears):
        told = await server.slash("health")
        posted = server.keep("C0DESK", BOT, "posted", blocks=card("Posted", BUTTONS))
        gone = {**posted, "ts": "1.000001"}
        for acting, why in (
            (server.press(told, "right", by=ADMIN), "does not see what U0READER was told"),
            (server.press(told, "Left"), "no 'Left' here"),
            (server.press(told, "Read"), "leads to"),
            (server.choose(told, "right", "x"), "no 'right' here"),
            (server.press(posted, "right", by=READER), "does not see channel C0DESK"),
            (server.press(gone, "right", by=MAKER), "the message is gone"),
            (server.message_shortcut(told, "match"), "no menu of shortcuts"),
            (server.slash("health", by=STRANGER, channel="C0SHARED"), "has no commands here"),
            (server.slash("health", by=GUEST, channel="C0SECRET"), "does not see channel"),
            (server.slash("health", channel="C0OLD"), "is archived"),
            (server.mention("health", channel="C0OTHER"), "the bot is not in C0OTHER"),
            (server.slash("health", by="U0NOBODY"), "there is no U0NOBODY"),
        ):
            with pytest.raises(NotOffered, match=why):
                await acting
    assert len(server.sent) == 1
    assert server.violations == []


# ---- menus and forms -----------------------------------------------------------------------------


async def test_menus_offer_what_they_may(server: SlackServer) -> None:
    """Labels, values, channels that the filter lets through; the state of the message goes along."""
    channels = select("conversations_select", action_id="where", filter={"include": ["private"]})
    blocks = card(
        "Choose",
        actions(channels, select(options=[option("1", text=plain("One"))], action_id="one"), block_id="row"),
        section(accessory=MENU, block_id="tagged"),
    )

    async def hears(bot: Bot, body: Json, ack: Ack) -> None:
        await ack()
        used = body["actions"][0]
        assert body["state"]["values"][used["block_id"]][used["action_id"]].items() <= used.items()
        chosen = next(value for key, value in used.items() if key.startswith("selected"))
        await bot.answer(body, str(chosen), replace_original=False)

    async with running(server, hears):
        posted = server.keep(HERE, BOT, "Choose", blocks=blocks)
        assert words(await server.choose(posted, "where", "C0DESK", by=MAKER)) == "C0DESK"
        assert "'value': '1'" in words(await server.choose(posted, "one", "One"))
        both = words(await server.choose(posted, "tags", "a", "b"))
        assert ("'a'" in both, "'b'" in both) == (True, True)
        assert words(await server.choose(posted, "tags")) == "[]"
        for what, values, why in (
            ("where", ["C0ALERTS"], "no .'C0ALERTS'. among"),
            ("where", ["C0DESK"], "no .'C0DESK'. among"),
            ("one", ["2"], "no '2' is offered"),
            ("one", [], "0 cannot be chosen"),
            ("tags", ["a", "b", "c"], "3 cannot be chosen"),
        ):
            with pytest.raises(NotOffered, match=why):
                await server.choose(posted, what, *values)
    assert server.violations == []


async def test_a_form_is_opened_filled_and_sent(server: SlackServer) -> None:
    """It waits, is refused beside a field and keeps what was typed, is written anew, and tells of its end."""
    found = [option("c-1", text=plain("Shells"))]

    async def hears(bot: Bot, body: Json, ack: Ack) -> None:
        match body.get("type", "command"):
            case "command":
                await ack()
                waiting = modal(title=plain("One moment…"))
                opened = await bot.web.views_open(trigger_id=body["trigger_id"], view=waiting)
                await bot.web.views_update(view_id=opened["view"]["id"], view=ASKED)
            case "block_suggestion":
                assert body["view"]["callback_id"] == "found"
                await ack(options=[each for each in found if body["value"] in each["text"]["text"]])
            case "block_actions":
                await ack()
                await bot.web.views_push(trigger_id=body["trigger_id"], view=modal(title=plain("Pushed")))
            case "view_submission" if body["view"]["state"]["values"]["words"]["entry"]["value"] == "no":
                await ack(response_action="errors", errors={"words": "Too short"})
            case "view_submission":
                chosen = body["view"]["state"]["values"]["claim"]["suggest"]["selected_option"]["value"]
                await ack(response_action="update", view=modal(title=plain(chosen), notify_on_close=True))
            case _:
                await ack()

    async with running(server, hears) as bot:
        form = await server.slash("find")
        assert form.modal
        assert (title(form), form.ephemeral) == ("x", True)
        assert await server.suggest(form, "claim", "Sh") == found
        assert await server.suggest(form, "claim", "tanks") == []
        tagged = await server.choose(form, "tags", "a")
        assert title(tagged) == "Pushed"
        with pytest.raises(NotOffered, match="does not have this view before them"):
            await server.fill(form, {"words": "yes"})
        await server.close_view(tagged)
        for entries, why in (
            ({"words": "too long"}, "takes 0 to 5 characters"),
            ({"words": ""}, "is to be filled in"),
            ({"words": "a\nb"}, "takes one line"),
            ({"words": "yes", "claim": "c-2"}, "no 'c-2' is offered"),
            ({"words": "yes", "where": "here"}, "the form has no where"),
        ):
            with pytest.raises(NotOffered, match=why):
                await server.fill(form, entries)
        refused = await server.fill(form, {"words": "no", "claim": "Shells"})
        assert refused.errors == {"words": "Too short"}
        assert "Too short" in words(refused)
        shown = await server.fill(refused, {"words": "yes"})
        assert (title(shown), bool(shown.modal)) == ("c-1", False)
        state = bot.heard[-1]["view"]["state"]["values"]
        assert state["tagged"]["tags"]["selected_options"] == [option("a")]
        await server.close_view(shown)
        assert bot.heard[-1]["type"] == "view_closed"
        with pytest.raises(NotOffered, match="is gone"):
            await server.close_view(shown)
    assert server.violations == []


async def test_a_form_may_push_clear_and_close(server: SlackServer) -> None:
    """The answer to a submission lays a view on it, takes all away, or that one alone; another is told of."""
    asked = modal(typing("words"), submit=plain("Send"), callback_id="again")

    async def hears(bot: Bot, body: Json, ack: Ack) -> None:
        if "command" in body:
            await ack()
            await bot.web.views_open(trigger_id=body["trigger_id"], view=asked)
            return
        match body["view"]["state"]["values"]["words"]["entry"]["value"]:
            case "push":
                await ack(response_action="push", view=asked)
            case "clear":
                await ack(response_action="clear")
            case "wrong":
                await ack(response_action="errors", errors={"other": "No such field"})
            case _:
                await ack()
        await bot.web.chat_postEphemeral(channel=HERE, user=READER, text="Done")

    async with running(server, hears):
        form = await server.slash("open")
        pushed = await server.fill(form, {"words": "push"})
        assert len(server.modals.stacks[READER]) == 2
        closed = await server.fill(pushed, {"words": "close"})
        assert (closed.closed, closed.view) == (True, {})
        await server.fill(form, {"words": "wrong"})
        assert [breach.partition(":")[0] for breach in server.violations] == ["view_submission again"]
        await server.fill(form, {"words": "clear"})
        assert not server.modals.stacks.get(READER)


# ---- shortcuts, mentions, Home and links ---------------------------------------------------------


async def test_what_is_not_typed_as_a_command(server: SlackServer) -> None:
    """Shortcuts open views, a mention is answered in its thread, Home is published, links are shown."""

    async def hears(bot: Bot, body: Json, ack: Ack) -> None:
        await ack()
        match body.get("event", body):
            case {"type": "shortcut" | "message_action", "trigger_id": trigger, **rest}:
                said = rest.get("message", {}).get("text", rest["callback_id"])
                await bot.web.views_open(trigger_id=trigger, view=modal(*card(said), title=plain(OURS)))
            case {"type": "app_mention", "channel": channel, "text": text, **rest}:
                thread = rest.get("thread_ts", rest["ts"])
                if "quietly" in text:
                    more = {"user": rest["user"], "channel": channel, "thread_ts": thread}
                    await bot.web.chat_postEphemeral(text=text, **more)
                else:
                    await bot.web.chat_postMessage(channel=channel, text=text, thread_ts=thread)
            case {"type": "app_home_opened", "user": user}:
                await bot.web.views_publish(
                    user_id=user, view={"type": "home", "blocks": card("Home", BUTTONS)}
                )
            case {"type": "link_shared", "channel": channel, "message_ts": ts, "links": links}:
                look = {"blocks": [section(text=plain("Unfurled"))]}
                await bot.web.chat_unfurl(channel=channel, ts=ts, unfurls={links[0]["url"]: look})
            case {"type": "block_actions", "trigger_id": trigger, "container": {"type": "view"}}:
                await bot.web.views_open(trigger_id=trigger, view=modal(title=plain("From Home")))

    async with running(server, hears) as bot:
        assert title(await server.shortcut("find")) == "find"
        said = server.say(HERE, "Shells & <b> at https://herald.example/1?a=1&b=2")
        matched = await server.message_shortcut(said, "match")
        assert title(matched) == "Shells & <b> at <https://herald.example/1?a=1&b=2>".replace(
            "&", "&amp;"
        ).replace("<b>", "&lt;b&gt;")
        answered = await server.mention("health", thread=said["ts"])
        assert (words(answered), answered.ephemeral) == (f"<@{BOT}> health", False)
        assert answered.message["thread_ts"] == said["ts"]
        assert (await server.mention("quietly", thread=said["ts"])).ephemeral
        home = await server.open_home(by=ADMIN)
        assert title(home) == "Home"
        assert title(await server.press(home, "right")) == "From Home"
        posted = await server.post_link("Look: https://herald.example/2")
        await server.until(lambda: posted.get("unfurls"))
        assert {body["event"]["type"] for body in bot.heard if "event" in body} >= {"link_shared"}
    assert server.violations == []


async def test_the_bot_is_told_what_becomes_of_channels_and_people(server: SlackServer) -> None:
    """Events name the channel or the person, and only what the app subscribes to comes at all."""

    async def hears(bot: Bot, body: Json, ack: Ack) -> None:
        await ack()

    async with running(server, hears) as bot:
        await server.invite_bot("C0OTHER")
        await server.rename_channel("C0OTHER", "others")
        await server.archive_channel("C0OTHER")
        await server.unarchive_channel("C0OTHER")
        await server.remove_bot("C0DESK")
        await server.delete_channel("C0DIGEST")
        await server.change_member(READER, admin=True)
        told = [body["event"] for body in bot.heard]
        assert [event["type"] for event in told] == [
            "member_joined_channel",
            "channel_rename",
            "channel_archive",
            "channel_unarchive",
            "group_left",
            "channel_deleted",
            "user_change",
        ]
        assert told[1]["channel"]["name"] == "others"
        assert told[-1]["user"]["is_admin"]
        assert len({body["event_id"] for body in bot.heard}) == len(told)
        server.app = manifest("features:\nsettings:\n  bot_events:\n    - app_mention # asked\n")
        await server.rename_channel("C0OTHER", "more")
        with pytest.raises(NotOffered, match="does not subscribe to app_home_opened"):
            await server.open_home()
        with pytest.raises(NotOffered, match="no shortcut find"):
            await server.shortcut("find")
    assert len(bot.heard) == len(told)
    assert server.violations == []
