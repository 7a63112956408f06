"""What people do with the bot on Slack and what they see of it, over the wire."""

import asyncio
from dataclasses import replace

import pytest

from bot.actions.model import Press
from bot.card import Card
from bot.platforms import How
from bot.replies import Reply
from claims.sqlite import SQLiteStore
from tests.support.slack_desk import PAGE, SHOWN, noting
from tests.support.slack_http import Json
from tests.support.slack_places import ADMIN, GUEST, READER, STRANGER
from tests.support.slack_platform import slack_platform
from tests.support.slack_seen import waits
from tests.support.slack_server import Fault, SlackServer
from tests.support.slack_shown import title, words

CHANNEL = "C0ALERTS"


async def alert(slack: SlackServer, books: SQLiteStore, *, channel: str = CHANNEL, under: str = "") -> Json:
    """Post an alert with controls and return the message."""
    platform = slack_platform(slack, books)
    await platform.send(channel, SHOWN, f"alert {under}", again=False, how=How(under=under or None))
    return slack.messages[-1]


# ---- commands ------------------------------------------------------------------------------------


async def test_a_command_is_answered_to_whoever_typed_it(slack: SlackServer, books: SQLiteStore) -> None:
    """Without words too; who asks, where and in which language is known."""
    slack.members[READER].locale = "ko-KR"
    async with noting(slack, books) as desk:
        bare = await slack.slash("")
        told = await slack.slash("claim match 13,000 shells", times=2)
        wrong = await slack.slash("claim shw")

    assert [(title(each), each.ephemeral) for each in (bare, told)] == [
        ("Shells", True),
        ("claim match {'text': '13,000 shells'}", True),
    ]
    assert (len(told.answers), wrong.ephemeral) == (1, True)
    assert "/claimwatch claim show" in words(wrong)
    (name, _values, asker), _told = desk.asked
    assert (name, asker.reference, asker.workspace) == ("help", f"slack:{READER}", "slack:T0")
    assert (asker.destination, asker.language) == (f"slack:{CHANNEL}", "ko-KR")
    assert "명령" in words(wrong)


async def test_what_a_command_lacks_is_asked_in_a_form(slack: SlackServer, books: SQLiteStore) -> None:
    """Its menu suggests while one types, and the answer takes its place, from where it can be shared."""
    async with noting(slack, books) as desk:
        form = await slack.slash("claim show")
        assert form.modal
        offered = await slack.suggest(form, "claim", "13,000")
        told = await slack.fill(form, {"claim": "first"})
        answer = words(told)
        shared = await slack.press(told, "Share")

    assert 90 < len(offered) <= 100
    assert (offered[0]["text"]["text"], offered[0]["value"]) == ("claim show claim", "13,000")
    assert "claim show {'claim': 'first'}" in answer
    assert words(shared).splitlines()[-1] == "Everybody in #C0ALERTS sees it now"
    assert [(m["channel"], m["text"]) for m in slack.messages] == [(CHANNEL, "Share")]
    assert [asker.destination for _name, _values, asker in desk.asked] == [f"slack:{CHANNEL}"]


async def test_suggestions_that_do_not_come_are_none(slack: SlackServer, books: SQLiteStore) -> None:
    """Whoever types is not kept waiting, and whoever may not ask is told nothing."""
    async with noting(slack, books, quick_seconds=0.2) as desk:
        form = (await slack.slash("claim show")).message
        desk.late = asyncio.Event()
        late = await slack.suggest(form, "claim", "x")
        desk.late = None
        await slack.change_member(READER, guest=True)
        strange = await slack.suggest(form, "claim", "x")

    assert (late, strange) == ([], [])


@pytest.mark.parametrize(("text", "needs"), [("claim track", "admin"), ("claim show", "")])
async def test_a_form_opens_for_those_who_may_send_it(
    slack: SlackServer, books: SQLiteStore, text: str, needs: str
) -> None:
    """Others read at once why not: the desk refuses them."""
    async with noting(slack, books) as desk:
        first = await slack.slash(text)
        opened = bool(first.modal)
        second = await slack.slash(text, by=ADMIN)
        assert second.modal

    assert opened is not bool(needs)
    assert len(desk.asked) == bool(needs)


# ---- controls ------------------------------------------------------------------------------------


async def test_controls_of_an_alert_answer_one_person(slack: SlackServer, books: SQLiteStore) -> None:
    """Buttons, menus and what is behind the overflow do what stands in them; the alert stays as it was."""
    message = await alert(slack, books)
    async with noting(slack, books) as desk:
        right = await slack.press(message, "Right", by=ADMIN)
        chosen = await slack.choose(message, "Which claim?", "Oil")
        page = await slack.press(message, "▶")
        await slack.follow(message, "Source")
        asks = await slack.press(message, "Snooze")

    assert [title(each) for each in (right, chosen, page)] == [
        "done: right:story-1",
        "done: wrong:story-1 oil",
        "Page 2",
    ]
    assert all(each.ephemeral for each in (right, chosen, page))
    assert (title(asks), bool(asks.view)) == ("For how long?", True)
    assert (title(message), message["edits"]) == ("Shells", 0)
    assert [(action, asker.reference, asker.destination) for action, _press, asker in desk.pressed] == [
        ("right:story-1", f"slack:{ADMIN}", f"slack:{CHANNEL}"),
        ("wrong:story-1", f"slack:{READER}", f"slack:{CHANNEL}"),
        ("page:k3f9:2", f"slack:{READER}", f"slack:{CHANNEL}"),
        ("ask:story-1", f"slack:{READER}", f"slack:{CHANNEL}"),
    ]
    assert len(slack.ephemeral) == 3


@pytest.mark.parametrize("closed", ["", "chat.postEphemeral"])
async def test_controls_in_a_thread_are_answered_in_it(
    slack: SlackServer, books: SQLiteStore, closed: str
) -> None:
    """To one person or to all, by the second way too where the first fails."""
    first = await alert(slack, books)
    reply = await alert(slack, books, under=first["ts"])
    if closed:
        slack.fail(closed, Fault(error="internal_error"))
    async with noting(slack, books):
        right = (await slack.press(reply, "Right")).message
        shared = (await slack.press(reply, "Share")).message

    assert [each["thread_ts"] for each in (right, shared)] == [first["ts"]] * 2
    assert ("to" in right, "to" in shared) == (True, False)


async def test_controls_work_after_a_restart_and_on_any_connection(
    slack: SlackServer, books: SQLiteStore
) -> None:
    """What a control does stands in it: in an answer, in a modal, before and after the connections break."""
    async with noting(slack, books):
        told = (await slack.slash("help")).message
        form = (await slack.press(told, "Track")).message
    async with noting(slack, books) as desk:
        filled = await slack.fill(form, {"statement": "Shells", "by": "Seoul"})
        await slack.cut()
        pressed = await slack.press(told, "Right")

    assert (title(filled), title(pressed)) == ("done: tracked", "done: right:story-1")
    assert desk.pressed[0][1].entries == {"statement": "Shells", "by": "Seoul"}
    assert desk.pressed[0][2].destination == f"slack:{CHANNEL}"


async def test_an_answer_turns_its_pages_in_place(slack: SlackServer, books: SQLiteStore) -> None:
    """In the chat and in a modal; what does not redraw is shown beside it."""
    async with noting(slack, books):
        told = (await slack.slash("help")).message
        turned = await slack.press(told, "▶")
        assert turned.message is told
        modal = (await slack.press(told, "Snooze")).message
        again = await slack.press(modal, "▶")
        assert again.message is modal
        beside = await slack.press(modal, "Right")

    assert (title(told), title(modal), title(beside)) == ("Page 2", "Page 2", "done: right:story-1")
    assert len(slack.modals.stacks[READER]) == 2


async def test_modals_lie_on_each_other_up_to_three(slack: SlackServer, books: SQLiteStore) -> None:
    """A fourth takes the place of the third."""
    async with noting(slack, books):
        view = (await slack.press((await slack.slash("help")).message, "Snooze")).message
        for _each in range(3):
            view = (await slack.press(view, "Snooze")).message

    assert len(slack.modals.stacks[READER]) == 3


async def test_a_form_keeps_what_was_typed_or_gives_way(slack: SlackServer, books: SQLiteStore) -> None:
    """What is wrong stands beside its field; the form closes where the modal below is redrawn."""
    async with noting(slack, books):
        modal = (await slack.press((await slack.slash("help")).message, "Snooze")).message
        form = (await slack.press(modal, "Track")).message
        refused = await slack.fill(form, {"statement": "bad", "by": "Seoul"})
        assert refused.errors == {"statement": "Not a claim\nSay who says what"}
        vague = await slack.fill(form, {"statement": "vague"})
        assert vague.errors == {"by": "expected a name"}
        redrawn = await slack.fill(form, {"statement": "redraw"})
        assert redrawn.closed
        await slack.until(lambda: title(modal) == "Page 2")
        form = (await slack.press(modal, "Track")).message
        told = await slack.fill(form, {"statement": "good", "by": "Seoul"})

    assert (title(told), len(slack.modals.stacks[READER])) == ("done: tracked", 2)


async def test_a_form_is_answered_before_the_modal_below_is_drawn_anew(
    slack: SlackServer, books: SQLiteStore
) -> None:
    """That may take longer than the three seconds that its answer has; where it fails, the chat tells."""
    async with noting(slack, books):
        modal = (await slack.press((await slack.slash("help")).message, "Snooze")).message
        form = (await slack.press(modal, "Track")).message
        slack.fail("views.update", Fault(error="internal_error"))
        closed = await slack.fill(form, {"statement": "redraw", "by": "Seoul"})
        assert closed.closed
        await slack.until(lambda: len(slack.ephemeral) == 2)

    assert [title(each) for each in slack.ephemeral] == ["Shells", "Page 2"]


async def test_what_is_pressed_twice_at_once_is_done_once(slack: SlackServer, books: SQLiteStore) -> None:
    """While it is being done; what posts for all for some seconds more."""
    message = await alert(slack, books)
    async with noting(slack, books) as desk:
        desk.late = asyncio.Event()
        pressing = [asyncio.create_task(slack.press(message, "Right")) for _each in range(2)]
        await slack.until(lambda: slack.acknowledged == 2)
        desk.late.set()
        done, waiting = await asyncio.wait(pressing, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        await slack.press(message, "Share")
        await slack.press(message, "Right", by=ADMIN)
        second = asyncio.create_task(slack.press(message, "Share"))
        await slack.until(lambda: slack.acknowledged == 5)
        await slack.press(message, "▶")
        second.cancel()

    assert done
    assert [action for action, _press, _asker in desk.pressed] == [
        "right:story-1",
        "share:k3f9:1",
        "right:story-1",
        "page:k3f9:2",
    ]
    assert len(slack.messages) == 2


async def test_what_is_used_in_one_modal_is_drawn_in_turn(slack: SlackServer, books: SQLiteStore) -> None:
    """An older answer never takes the place of a newer one, however late Slack takes it."""
    async with noting(slack, books) as desk:
        modal = (await slack.press((await slack.slash("help")).message, "Snooze")).message
        desk.answered = Reply(replace(PAGE, title="older", controls=SHOWN.controls), redraws=True)
        slack.fail("views.update", Fault(slow=0.1))
        older = asyncio.create_task(slack.choose(modal, "Which claim?", "Oil"))
        await slack.until(lambda: len(desk.pressed) == 2)
        desk.answered = Reply(replace(PAGE, title="newer", controls=SHOWN.controls), redraws=True)
        newer = asyncio.create_task(slack.choose(modal, "Which claim?", "Shells"))
        await slack.until(lambda: title(modal) == "older")
        await slack.until(lambda: title(modal) == "newer")
        older.cancel()
        newer.cancel()


# ---- shortcuts -----------------------------------------------------------------------------------


async def test_a_message_is_matched_and_tracked_from_its_menu(slack: SlackServer, books: SQLiteStore) -> None:
    """Its words and links go to the command, or into the form that is opened instead."""
    written = slack.say(CHANNEL, "13,000 <shells> https://a.example/1")
    async with noting(slack, books) as desk:
        matched = await slack.message_shortcut(written, "ask:claim match")
        answer = words(matched)
        await slack.close_view(matched)
        form = await slack.message_shortcut(written, "ask:claim track", by=ADMIN)
        filled_in = form.modal["blocks"][0]["element"]["initial_value"]

    said = {"text": "13,000 <shells> https://a.example/1", "url": "https://a.example/1"}
    assert "claim match {'text'" in answer
    assert [(name, values) for name, values, _asker in desk.asked] == [("claim match", said)]
    assert [(action, press) for action, press, _asker in desk.pressed] == [("track", Press("", entries=said))]
    assert filled_in == said["text"]


@pytest.mark.parametrize(
    ("callback", "shown"),
    [
        ("ask:claim show", ""),
        ("ask:help", ""),
        ("ask:health", "health {}"),
        ("ask:gone", "gone {}"),
        ("setup", "done: setup"),
    ],
)
async def test_a_shortcut_opens_what_it_names(
    slack: SlackServer, books: SQLiteStore, callback: str, shown: str
) -> None:
    """A command with its form where something is to be filled in, else its answer, or what a button opens."""
    async with noting(slack, books):
        seen = await slack.shortcut(callback)
        assert bool(seen.modal) is not bool(shown)

    assert not shown or title(seen) == shown


# ---- who is not answered -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "reason"), [(GUEST, "does not answer guests"), (STRANGER, "members of its own")]
)
async def test_strangers_are_refused_kindly(
    slack: SlackServer, books: SQLiteStore, person: str, reason: str
) -> None:
    """Whatever they use, they alone read why, and nobody is asked anything for them."""
    message = await alert(slack, books, channel="C0SHARED")
    async with noting(slack, books) as desk:
        seen = [
            await slack.press(message, "Right", by=person),
            await slack.press(message, "Share", by=person),
            await slack.press(message, "Snooze", by=person),
            *([await slack.slash("claim show", by=person)] if person == GUEST else []),
            *(
                [await slack.message_shortcut(message, "ask:claim match", by=person)]
                if person == GUEST
                else []
            ),
        ]
        told = [(each.ephemeral, words(each)) for each in seen]

    assert all(ephemeral and reason in said for ephemeral, said in told), told
    assert (desk.asked, desk.pressed) == ([], [])


# ---- late and broken -----------------------------------------------------------------------------


async def test_work_that_is_late_is_shown_in_its_modal_when_it_is_done(
    slack: SlackServer, books: SQLiteStore
) -> None:
    """The modal and the answer to its form come within three seconds, and say that it takes a moment."""
    async with noting(slack, books, quick_seconds=0.2) as desk:
        told = (await slack.slash("help")).message
        desk.late = asyncio.Event()
        pressing = asyncio.create_task(slack.press(told, "Track"))
        await slack.until(lambda: slack.modals.top(READER))
        waiting = waits(slack.modals.stacks[READER][0])
        desk.late.set()
        form = (await pressing).message
        desk.late = asyncio.Event()
        filling = asyncio.create_task(slack.fill(form, {"statement": "good", "by": "Seoul"}))
        await slack.until(lambda: slack.acknowledged == 3)
        meanwhile = waits(slack.modals.stacks[READER][0])
        desk.late.set()
        filled = await filling

    assert (waiting, meanwhile, title(filled)) == (True, True, "done: tracked")


async def test_a_late_refusal_brings_the_form_back(slack: SlackServer, books: SQLiteStore) -> None:
    """With what was typed, and the refusal above it once, so that it can be mended."""
    async with noting(slack, books, quick_seconds=0.2) as desk:
        form = (await slack.press((await slack.slash("help")).message, "Track")).message
        for typed in ("bad", "bad"):
            before = len(desk.pressed)
            desk.late = asyncio.Event()
            filling = asyncio.create_task(slack.fill(form, {"statement": typed, "by": "Seoul"}))
            await slack.until(lambda at=before, form=form: len(desk.pressed) > at and waits(form))
            desk.late.set()
            form = (await filling).message
        first, *inputs = form["blocks"]
        desk.late = None
        told = await slack.fill(form, {"statement": "good"})

    assert first["text"]["text"] == "Not a claim\nSay who says what"
    assert [each["element"].get("initial_value") for each in inputs] == ["bad", "Seoul"]
    assert title(told) == "done: tracked"
    assert desk.pressed[-1][1].entries == {"statement": "good", "by": "Seoul"}


async def test_a_modal_that_cannot_be_opened_is_answered_in_the_chat(
    slack: SlackServer, books: SQLiteStore
) -> None:
    """A form asks to try again, and a card is shown below; nobody is left without a word."""
    async with noting(slack, books):
        told = (await slack.slash("help")).message
        slack.fail("views.open", Fault(error="expired_trigger_id"), Fault(cut=True))
        form = await slack.press(told, "Track")
        card = await slack.press(told, "Snooze")

    assert [title(each) for each in (form, card)] == ["The form could not be opened", "For how long?"]
    assert all(each.ephemeral and not each.view for each in (form, card))


@pytest.mark.parametrize("seconds", [None, 0.05])
async def test_a_fault_is_told_and_its_secrets_are_not_logged(
    slack: SlackServer, books: SQLiteStore, caplog: pytest.LogCaptureFixture, seconds: float | None
) -> None:
    """A bug or a delay is answered in words, in the chat and in the form, and logged without addresses."""
    async with noting(slack, books):
        told = (await slack.slash("help")).message
        form = (await slack.press(told, "Track")).message
    async with noting(slack, books, **({"answer_seconds": seconds} if seconds else {})) as desk:
        desk.late = asyncio.Event() if seconds else None
        desk.answered = None if seconds else Reply(Card("unreachable"))
        desk.act = desk.act if seconds else _broken
        in_chat = await slack.press(told, "Right")
        in_form = await slack.fill(form, {"statement": "good", "by": "Seoul"})

    reason = "took too long" if seconds else "went wrong"
    assert reason in words(in_chat)
    assert reason in in_form.errors["statement"]
    assert slack.origin not in caplog.text
    assert slack.bot_token not in caplog.text


async def _broken(*_: object) -> Reply:
    raise RuntimeError("a bug")
