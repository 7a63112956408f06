"""What the console, Discord and Slack share: how cards are posted, and the words of every answer."""

import io
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.card import Card, Field, Link, Quote, Strong
from bot.commands.model import OPERATOR
from bot.platforms import How, Platform, SendError
from bot.platforms.console import ConsolePlatform
from bot.render.console import render
from tests.support import slack_http
from tests.support.both_platforms import ALERTS, serving_both
from tests.support.chats import Chat
from tests.support.discord_chat import DiscordChat
from tests.support.discord_http import Fault
from tests.support.slack_chat import SlackChat

CARD = Card(
    "Seoul: more than 13,000 containers",
    lines=(("Seen from ", Strong("Najin"), " to ", Quote("Dunay")),),
    fields=(Field("Told by", (Link("Sample wire", "https://wire.example/1"), "; one origin")),),
    heading="NEW FIGURE",
    footer="A sample",
)
REVISED = replace(CARD, fields=(Field("Told by", ("Sample wire, also Sample post",)),))
HOSTILE = "@everyone <!channel> <@U0READER> *Bold* [there](https://evil.example) `code` \u202eback"
PAUSE = 180


@dataclass
class Posting:
    """A platform where cards are posted into one channel."""

    platform: Platform
    channel: str
    said: Callable[[], str]
    """Returns all that stands there now."""
    chat: Chat | None = None
    """Where there are people and trouble."""

    async def send(self, card: Card, key: str, *, again: bool = False, how: How | None = None) -> str:
        return await self.platform.send(self.channel, card, key, again=again, how=how or How())


Case = Callable[[Posting], Awaitable[None]]


async def _all_words_are_posted(here: Posting) -> None:
    await here.send(CARD, "posted")
    assert not (_words(render(CARD, 100, colour=False)) - _words(here.said()))


async def _an_edit_is_seen(here: Posting) -> None:
    receipt = await here.send(replace(CARD, title="Edited later"), "edited")
    await here.platform.edit(here.channel, receipt, replace(REVISED, title="Edited now"))
    assert "Sample post" in here.said()
    assert "Edited now" in here.said()


async def _what_follows_is_posted(here: Posting) -> None:
    head = await here.send(replace(CARD, title="The head"), "head")
    for threaded in (True, False):
        how = How(under=head, threaded=threaded, topic="The head")
        receipt = await here.send(Card(f"Followed {threaded}"), f"followed {threaded}", how=how)
        await here.platform.edit(here.channel, receipt, Card(f"Then {threaded}"))
    assert "Then False" in here.said()


async def _a_hostile_headline_is_words(here: Posting) -> None:
    await here.send(Card(HOSTILE, lines=((HOSTILE,),)), "hostile")
    for word in ("@everyone", "*Bold*", "[there]", "https://evil.example", "`code`"):
        assert word in here.said().replace("\u200b", "")


async def _sent_again_it_stands_there_once(here: Posting) -> None:
    assert here.chat
    await here.send(Card("Only once"), "once")
    await here.send(Card("Only once"), "once", again=True)
    assert here.said().count("Only once") == 1


async def _a_lost_answer_leaves_it_there_once(here: Posting) -> None:
    assert here.chat
    _lose_an_answer(here.chat)
    with pytest.raises(SendError) as refused:
        await here.send(Card("Lost answer"), "lost")
    here.chat.relent()
    await here.send(Card("Lost answer"), "lost", again=True)
    assert not refused.value.permanent
    assert here.said().count("Lost answer") == 1


async def _what_is_gone_is_told_as_gone(here: Posting) -> None:
    assert here.chat
    receipt = await here.send(Card("To be deleted"), "deleted")
    await here.chat.delete_message(here.chat.messages(ALERTS)[-1])
    with pytest.raises(SendError) as refused:
        await here.platform.edit(here.channel, receipt, CARD)
    assert refused.value.gone


async def _only_the_wanted_group_is_called(here: Posting) -> None:
    assert here.chat
    calls: list[tuple[str, ...]] = []
    here.chat.tell = lambda happened: calls.append(happened.calls)
    await here.send(Card("Called"), "called", how=How(mention=here.chat.called))
    await here.send(Card(HOSTILE), "not called")
    assert calls == [(here.chat.called,), ()]


async def _a_shut_channel_is_for_people_to_mend(here: Posting) -> None:
    assert here.chat
    await here.chat.shut(ALERTS)
    with pytest.raises(SendError) as refused:
        await here.send(CARD, "shut")
    await here.chat.reopen(ALERTS)
    await here.send(Card("Open again"), "reopened")
    assert (refused.value.permanent, refused.value.mendable) == (True, True)
    assert "Open again" in here.said()


async def _a_pause_is_told(here: Posting) -> None:
    assert here.chat
    _slow_down(here.chat)
    with pytest.raises(SendError) as refused:
        await here.send(Card("Too much"), "much")
    assert (refused.value.permanent, refused.value.mendable) == (False, False)
    assert refused.value.retry_after == PAUSE


EVERYWHERE: tuple[Case, ...] = (
    _all_words_are_posted,
    _an_edit_is_seen,
    _what_follows_is_posted,
    _a_hostile_headline_is_words,
)
IN_CHATS: tuple[Case, ...] = (
    _sent_again_it_stands_there_once,
    _a_lost_answer_leaves_it_there_once,
    _what_is_gone_is_told_as_gone,
    _only_the_wanted_group_is_called,
    _a_shut_channel_is_for_people_to_mend,
    _a_pause_is_told,
)
"""Where there are people and trouble; the pause lasts and comes last."""


async def test_platforms_keep_one_contract(tmp_path: Path, subtests: pytest.Subtests) -> None:
    """Posting, editing, following up and failing are the same to whoever delivers, on every platform."""
    printed = io.StringIO()
    async with serving_both(tmp_path) as both:
        places = [Posting(ConsolePlatform((), None, printed), "", printed.getvalue)]
        places += [_posting(chat, both.app.platforms[chat.name]) for chat in both.chats]
        for here in places:
            for case in (*EVERYWHERE, *(IN_CHATS if here.chat else ())):
                with subtests.test(case.__name__.strip("_"), platform=here.platform.name):
                    await case(here)
                    assert here.chat is None or here.chat.wrong() == []


LOOK_UPS: dict[str, dict[str, str]] = {
    "claim show": {"claim": "containers-2023"},
    "claim search": {"words": "shells"},
    "claim list": {},
    "claim timeline": {"claim": "containers-2023"},
    "claim figures": {"claim": "containers-2023"},
    "claim match": {"text": "13,000 containers of munitions left Rason"},
    "claim candidates": {},
    "story search": {"words": "containers"},
    "story why": {"story": "https://a.example/0"},
    "event show": {"event": "{event}"},
    "feed list": {},
    "feed show": {"feed": "Sample"},
    "digest now": {},
    "review": {},
    "snooze list": {},
}
"""By command, what is asked everywhere; others show what one workspace has, or are cut for want of room."""
OWN = {"discord", "slack", "console", "claimwatch", ALERTS}
"""Words of which each platform has its own."""


async def test_answers_say_the_same_everywhere(tmp_path: Path, subtests: pytest.Subtests) -> None:
    """Every look-up says the words of its card, in the console, in Discord's embed and in Slack's blocks."""
    async with serving_both(tmp_path) as both:
        for chat in both.chats:
            await both.alerted(chat)
        event = both.event
        for name, options in LOOK_UPS.items():
            given = {key: value.format(event=event) for key, value in options.items()}
            expected = _words(render(await both.app.prompt.answer(name, given, OPERATOR), 100, colour=False))
            for chat in both.chats:
                with subtests.test(command=name, platform=chat.name):
                    answered = await chat.ask(name, given, by=chat.here.lead)
                    missing = expected - _words(chat.words(answered))
                    assert not missing
                    assert chat.alone(answered)
                    assert chat.wrong() == []


def _posting(chat: DiscordChat | SlackChat, platform: Platform) -> Posting:
    def said() -> str:
        return "\n".join(chat.words(message) for message in chat.messages(ALERTS))

    return Posting(platform, chat.destination(ALERTS).partition(":")[2], said, chat)


def _lose_an_answer(chat: Chat) -> None:
    if isinstance(chat, DiscordChat):
        chat.server.faults.append(Fault("POST", "/messages", 503, after=True))
    elif isinstance(chat, SlackChat):
        chat.server.fail("chat.postMessage", slack_http.Fault(503, after=True))


def _slow_down(chat: Chat) -> None:
    if isinstance(chat, DiscordChat):
        body = {"message": "You are being rate limited.", "retry_after": PAUSE, "global": False}
        chat.server.faults.append(Fault("POST", "/messages", 429, body))
    elif isinstance(chat, SlackChat):
        slow_down = {"Retry-After": str(PAUSE)}
        chat.server.fail("chat.postMessage", slack_http.Fault(429, "ratelimited", headers=slow_down))


def _words(text: str) -> set[str]:
    """Return the words of four letters and more, without addresses."""
    found = re.findall(r"[^\W\d_]{4,}", re.sub(r"https?://\S+", " ", text).casefold())
    return {word for word in found if word not in OWN}
