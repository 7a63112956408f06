"""What people do with the bot on Discord and what they see of it, over the wire."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import pytest

from bot.actions.model import Press
from bot.card import Attachment, Card
from bot.commands.model import Asker
from bot.controls import Button, Choice, Entry, Form, LinkButton, Menu, Option
from bot.replies import Answered, Reply
from claims.sqlite import SQLiteStore
from tests.support.discord_places import May
from tests.support.discord_platform import echo, platform_for, running
from tests.support.discord_server import DiscordServer, Fault
from tests.support.platforms import DeskOf

SHOWN = Card(
    "Shells",
    controls=(
        (
            Button("Right", "right:story-1"),
            Button("Share", "share:k3f9:1"),
            Button("▶", "page:k3f9:2"),
            Button("Track", "track:story-1"),
            LinkButton("Source", "https://a.example/1"),
        ),
        (Menu("wrong:story-1", "Which claim?", (Option("Shells", "shells"), Option("Oil", "oil"))),),
        (Menu("channel", "Where?", choice=Choice.CHANNELS),),
        (Menu("role", "Whom to call?", choice=Choice.ROLES, least=0),),
    ),
)
TRACK = Form(
    "Track as a new claim",
    "tracked:story-1",
    (Entry("statement", "What is said"), Entry("by", "By whom", value="White House", required=False)),
)


async def show(name: str, values: dict[str, str], asker: Asker) -> Card:
    """Answer with controls."""
    return SHOWN


def card_of(answer: Any) -> tuple[str, str]:
    """Return the title and the words of the answer's newest message."""
    (embed,) = answer.message["embeds"]
    return embed["title"].replace("\\", ""), embed.get("description", "")


class Noting:
    """A desk that notes what it is asked, and answers controls with what it was given."""

    def __init__(self, answered: Answered | None = None, *, forms: tuple[str, ...] = ()) -> None:
        self.pressed: list[tuple[str, Press, Asker]] = []
        self.answered = answered
        self.desk = DeskOf(show, act=self.act, forms=forms)

    async def act(self, action: str, press: Press, asker: Asker) -> Answered:
        """Note a control."""
        self.pressed.append((action, press, asker))
        return self.answered or Reply(Card(f"done: {action}"))


@pytest.fixture(autouse=True)
async def _nothing_violated(server: DiscordServer) -> Any:
    """Whatever a test does, no limit, deadline or habit of Discord's is broken."""
    yield
    assert server.violations == []


# ---- suggestions ---------------------------------------------------------------------------------


async def test_what_is_typed_is_answered_with_suggestions(server: DiscordServer, books: SQLiteStore) -> None:
    """The desk gets the parameter and what is typed so far; 25 of its options are offered, cut visibly."""
    asked: list[tuple[str, str, str, str]] = []

    async def suggest(name: str, param: str, typed: str, asker: Asker) -> Sequence[Option]:
        asked.append((name, param, typed, asker.workspace))
        return [Option("x" * 150, "long"), Option("none", ""), *(Option(f"o{i}", f"{i}") for i in range(40))]

    async with running(server, DeskOf(echo, suggest), books=books):
        offered = await server.autocomplete("claim show", "claim", "shel")

    assert asked == [("claim show", "claim", "shel", "discord:500")]
    assert len(offered) == 25
    assert offered[0] == {"name": "x" * 99 + "…", "value": "long"}
    assert offered[1] == {"name": "o0", "value": "0"}


@pytest.mark.parametrize("trouble", [RuntimeError("broken"), None], ids=["fails", "takes too long"])
async def test_suggestions_that_do_not_come_are_none(
    server: DiscordServer, books: SQLiteStore, trouble: Exception | None
) -> None:
    """Whoever types is not kept waiting: an empty list comes in time."""

    async def suggest(name: str, param: str, typed: str, asker: Asker) -> Sequence[Option]:
        if trouble:
            raise trouble
        await asyncio.Event().wait()
        return ()

    async with running(server, DeskOf(echo, suggest), books=books, answer_seconds=0.05):
        assert await server.autocomplete("claim show", "claim", "shel") == []


# ---- buttons and menus ---------------------------------------------------------------------------


async def test_a_button_is_answered_to_whoever_pressed_it(server: DiscordServer, books: SQLiteStore) -> None:
    """The desk gets the action; its card is seen by one person, and the message stays as it was."""
    noting = Noting()
    async with running(server, noting.desk, books=books):
        shown = await server.slash("claim list")
        answer = await server.press(shown, "Right")

    assert [(action, asker.reference) for action, _, asker in noting.pressed] == [
        ("right:story-1", "discord:901")
    ]
    assert (card_of(answer), answer.ephemeral) == (("done: right:story-1", ""), True)
    assert card_of(shown) == ("Shells", "")


async def test_controls_work_after_a_restart_and_a_cut(server: DiscordServer, books: SQLiteStore) -> None:
    """What a button does stands in its id: another platform, or a resumed session, answers it."""
    async with running(server, show, books=books):
        shown = await server.slash("claim list")
    noting = Noting()
    async with running(server, noting.desk, books=books):
        after_restart = await server.press(shown, "Right")
        await server.cut()
        after_cut = await server.choose(shown, "Which claim?", ["Oil"])

    assert card_of(after_restart)[0] == "done: right:story-1"
    assert card_of(after_cut)[0] == "done: wrong:story-1"


async def test_what_is_shared_is_seen_by_all(server: DiscordServer, books: SQLiteStore) -> None:
    """An answer to one person becomes a message of the channel, once."""
    server.guilds[500].roles[500].may |= May.SEND_MESSAGES
    noting = Noting(Reply(Card("Shells, for all"), shared=True))
    async with running(server, noting.desk, books=books):
        shown = await server.slash("claim list")
        answer = await server.press(shown, "Share")

    assert (shown.ephemeral, answer.ephemeral) == (True, False)
    assert [message["embeds"][0]["title"] for message in server.messages[600]] == ["Shells, for all"]


async def test_nobody_shares_where_they_may_not_write(server: DiscordServer, books: SQLiteStore) -> None:
    """A channel that its members only read stays as it is: who presses is told, and nobody else."""
    noting = Noting(Reply(Card("Shells, for all"), shared=True))
    async with running(server, noting.desk, books=books):
        shown = await server.slash("claim list")
        answer = await server.press(shown, "Share")

    assert answer.ephemeral
    assert card_of(answer)[0] == "You may not write in this channel"


async def test_what_is_shared_stands_there_once_in_spite_of_a_fault(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """Discord's answer was lost: it is asked once more, and the channel sees one message."""
    server.guilds[500].roles[500].may |= May.SEND_MESSAGES
    noting = Noting(Reply(Card("Shells, for all"), shared=True))
    async with running(server, noting.desk, books=books):
        shown = await server.slash("claim list")
        server.faults.append(Fault("POST", "/webhooks/", 503, after=True, times=2))
        server.faults.append(Fault("PATCH", "/webhooks/", 503, after=True))
        await server.press(shown, "Share")
        await server.until(lambda: server.count("answer") == 3)

    assert server.count("fault") == 1
    assert [message["embeds"][0]["title"] for message in server.messages[600]] == ["Shells, for all"]


async def test_what_cannot_be_shared_is_told_the_asker_alone(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """An answer that is too old leaves nothing in the channel."""
    server.guilds[500].roles[500].may |= May.SEND_MESSAGES
    noting = Noting(Reply(Card("This answer is too old")))
    async with running(server, noting.desk, books=books):
        shown = await server.slash("claim list")
        answer = await server.press(shown, "Share")

    assert (card_of(answer)[0], answer.ephemeral) == ("This answer is too old", True)
    assert server.messages.get(600, []) == []


async def test_a_page_takes_the_place_of_the_one_before(server: DiscordServer, books: SQLiteStore) -> None:
    """Turning a page edits the answer, with the controls of the new page."""
    second = Card("Shells, page 2", controls=((Button("◀", "page:k3f9:1"),),))
    noting = Noting(Reply(second, redraws=True))
    async with running(server, noting.desk, books=books):
        shown = await server.slash("claim list")
        answer = await server.press(shown, "▶")

    assert answer.message["id"] == shown.message["id"]
    assert (card_of(answer)[0], server.controls(answer)) == ("Shells, page 2", ["◀"])
    assert answer.followups == []


@pytest.mark.parametrize(
    ("menu", "chosen", "values"),
    [("Which claim?", ["Oil"], ("oil",)), ("Where?", [601], ("601",)), ("Whom to call?", [701], ("701",))],
)
async def test_what_is_chosen_arrives(
    server: DiscordServer, books: SQLiteStore, menu: str, chosen: list[str | int], values: tuple[str, ...]
) -> None:
    """A menu of options, of channels or of roles hands on values or Discord's ids."""
    noting = Noting()
    async with running(server, noting.desk, books=books):
        shown = await server.slash("claim list")
        await server.choose(shown, menu, chosen)

    ((_action, press, _asker),) = noting.pressed
    assert press.chosen == values


# ---- forms ---------------------------------------------------------------------------------------


async def test_a_form_is_opened_and_filled_in(server: DiscordServer, books: SQLiteStore) -> None:
    """The form is the first answer; what is entered arrives by name, and is answered to one person."""
    opening, filling = Noting(TRACK, forms=("track:story-1",)), Noting()
    async with running(server, opening.desk, books=books):
        shown = await server.slash("claim list")
        form = await server.press(shown, "Track")
    async with running(server, filling.desk, books=books):
        answer = await server.submit(form, {"What is said": "Oil over the cap"})

    assert form.modal["title"] == "Track as a new claim"
    ((action, press, _asker),) = filling.pressed
    assert action == "tracked:story-1"
    assert press.entries == {"statement": "Oil over the cap", "by": "White House"}
    assert (card_of(answer)[0], answer.ephemeral) == ("done: tracked:story-1", True)


async def test_who_gets_no_form_is_told_why(server: DiscordServer, books: SQLiteStore) -> None:
    """A refusal in place of a form is shown at once, and to one person."""
    noting = Noting(Reply(Card("You may not track claims")), forms=("track:story-1",))
    async with running(server, noting.desk, books=books):
        shown = await server.slash("claim list")
        answer = await server.press(shown, "Track")

    assert (card_of(answer)[0], answer.ephemeral, answer.modal) == ("You may not track claims", True, {})


# ---- the menu of a message -----------------------------------------------------------------------


async def test_a_message_is_asked_about(server: DiscordServer, books: SQLiteStore) -> None:
    """Its words, those of its previews and its first address are what the command gets."""
    asked: list[tuple[str, dict[str, str]]] = []

    async def note(name: str, values: dict[str, str], asker: Asker) -> Card:
        asked.append((name, values))
        return Card("Two claims")

    preview = {"title": "Shells", "description": "A sample story.", "url": "https://b.example/2"}
    message = server.say(600, "Seen this (https://a.example/1)?", embeds=[preview])
    async with running(server, note, books=books):
        answer = await server.menu_on(message, "Match to claims")

    assert asked == [
        (
            "match",
            {
                "text": "Seen this (https://a.example/1)?\nShells\nA sample story.",
                "url": "https://a.example/1",
            },
        )
    ]
    assert (card_of(answer)[0], answer.ephemeral) == ("Two claims", True)


# ---- pictures ------------------------------------------------------------------------------------


async def test_a_picture_stands_in_its_card(server: DiscordServer, books: SQLiteStore) -> None:
    """It is attached with words for those who do not see it, and shown inside the embed."""
    picture = Attachment("figures.png", b"\x89PNG sample", "13,000 containers, up from 6,700")

    async def chart(name: str, values: dict[str, str], asker: Asker) -> Card:
        return Card("Figures", attachment=picture)

    async with running(server, chart, books=books):
        answer = await server.slash("claim list")

    (attached,) = answer.message["attachments"]
    assert attached["description"] == "13,000 containers, up from 6,700"
    assert "figures.png" in answer.message["embeds"][0]["image"]["url"]
    assert answer.pictures == {"figures.png": b"\x89PNG sample"}


# ---- trouble -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        Fault("POST", "/callback", 429, {"retry_after": 0.02, "message": "slow"}),
        Fault("POST", "/callback", 502),
    ],
    ids=["429", "502"],
)
async def test_a_callback_that_goes_wrong_once_is_given_again(
    server: DiscordServer, books: SQLiteStore, fault: Fault
) -> None:
    """A short limit or a fault of Discord's leaves time for the acknowledgement."""
    async with running(server, show, books=books):
        await server.slash("claim list")
        server.faults.append(fault)
        answer = await server.slash("claim list")

    assert card_of(answer)[0] == "Shells"
    assert fault.times == 0


@pytest.mark.parametrize(
    "fault",
    [
        Fault("POST", "/webhooks/", 429, {"retry_after": 0.02, "message": "slow"}),
        Fault("POST", "/webhooks/", 400, {"code": 50035, "message": "Invalid Form Body"}),
    ],
    ids=["429", "refused"],
)
async def test_an_answer_that_cannot_be_shown_says_something(
    server: DiscordServer, books: SQLiteStore, fault: Fault
) -> None:
    """A limit is waited out; a card that Discord refuses gives way to words."""
    noting = Noting()
    async with running(server, noting.desk, books=books):
        shown = await server.slash("claim list")
        server.faults.append(fault)
        answer = await server.press(shown, "Right")

    assert card_of(answer)[0] == ("Something went wrong" if fault.status == 400 else "done: right:story-1")
    assert len(answer.followups) == 1


async def test_a_page_that_cannot_be_shown_leaves_the_one_before(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """What went wrong is told below; the answer that was to be redrawn stays."""
    noting = Noting(Reply(Card("page 2"), redraws=True))
    async with running(server, noting.desk, books=books):
        shown = await server.slash("claim list")
        server.faults.append(Fault("PATCH", "@original", 400, {"code": 50035, "message": "no"}))
        answer = await server.press(shown, "▶")

    assert card_of(answer)[0] == "Something went wrong"
    assert shown.original["embeds"][0]["title"] == "Shells"


@pytest.mark.parametrize("forms", [(), ("right:story-1",)], ids=["an answer", "a form"])
@pytest.mark.parametrize(
    ("trouble", "words"), [(RuntimeError("broken"), "Something went wrong"), (None, "That took too long")]
)
async def test_work_that_fails_or_lasts_is_told(
    server: DiscordServer,
    books: SQLiteStore,
    forms: tuple[str, ...],
    trouble: Exception | None,
    words: str,
) -> None:
    """Whoever pressed is not left waiting, whatever happens behind."""

    async def act(action: str, press: Press, asker: Asker) -> Answered:
        if trouble:
            raise trouble
        await asyncio.Event().wait()
        raise AssertionError

    async with running(server, DeskOf(show, act=act, forms=forms), books=books, answer_seconds=0.2):
        shown = await server.slash("claim list")
        answer = await server.press(shown, "Right")

    assert (card_of(answer)[0], answer.ephemeral) == (words, True)


async def test_an_acknowledgement_that_does_not_come_is_logged(
    server: DiscordServer, books: SQLiteStore, caplog: pytest.LogCaptureFixture
) -> None:
    """Where Discord no longer takes the first answer, no work is begun, and no secret is logged."""
    caplog.set_level(logging.DEBUG, "bot")
    noting = Noting()
    gone = {"code": 10062, "message": "Unknown interaction"}
    async with running(server, noting.desk, books=books):
        shown = await server.slash("claim list")
        server.faults.append(Fault("POST", "/callback", 404, gone))
        with pytest.raises(TimeoutError):
            await server.press(shown, "Right", patience=0.3)

    server.violations.clear()
    assert noting.pressed == []
    assert "right:story-1 could not be acknowledged: 404 Not Found" in caplog.text
    assert "interaction-token" not in caplog.text


async def test_what_is_underway_is_shown_before_the_end(server: DiscordServer, books: SQLiteStore) -> None:
    """A platform that is closed finishes its answers."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def wait(name: str, values: dict[str, str], asker: Asker) -> Card:
        begun.set()
        await go_on.wait()
        return Card("just in time")

    platform = platform_for(server, books=books)
    task = asyncio.create_task(platform.run(DeskOf(wait)))
    asking = asyncio.create_task(server.slash("claim list"))
    await begun.wait()
    closing = asyncio.create_task(platform.close())
    await asyncio.sleep(0)
    go_on.set()
    answer = await asking
    await closing
    await task

    assert card_of(answer)[0] == "just in time"
