"""Second opinions on the stories of a visit: who is asked, what it may cost, and that nothing needs it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.resources import data
from claims.errors import StoreError
from claims.inquiry import Inquiry, Spent
from claims.matching.lexicon import Lexicon, load_lexicon
from claims.matching.opinion import RULES, Question
from claims.model import Member, Stance
from claims.sqlite import SQLiteStore
from tests.support.build import NOW, claim, member, reading
from tests.support.opinion_server import MODEL, answer, link
from tests.support.stores import open_store
from watchers.second_opinion import AT_ONCE, Budget, Reply, SecondOpinion

TITLE = "Sample Ministry calls the report baseless"
DISPUTED = answer([link("containers-2023", "disputes", "calls the report baseless")])
LIED = answer([link("containers-2023", "disputes", "calls the report true")])
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """Return the shipped lexicon."""
    return load_lexicon(data("seeds/lexicon"))


@dataclass
class Model:
    """An endpoint that says `replies`, the last of them for ever; a reply may be an error to raise."""

    replies: list[Reply | Exception]
    asked: list[Question] = field(default_factory=list)
    before: Callable[[], Any] | None = None

    async def __call__(self, question: Question) -> Reply:
        """Answer one question."""
        self.asked.append(question)
        if self.before:
            await self.before()
        reply = self.replies[min(len(self.asked), len(self.replies)) - 1]
        if isinstance(reply, Exception):
            raise reply
        return reply


@dataclass
class Desk:
    """Second opinions over a store and a model, with a clock that tests set."""

    store: SQLiteStore
    lexicon: Lexicon
    model: Model
    now: datetime = NOW

    def opinions(self, **changes: Any) -> SecondOpinion:
        """Return what a start of the bot makes; `changes` name other parts."""
        parts: dict[str, Any] = {
            "endpoint": self.model,
            "model": MODEL,
            "lexicon": self.lexicon,
            "clock": lambda: self.now,
            "budget": Budget(requests=100, tokens=1_000_000),
            "patience_seconds": 20,
        }
        return SecondOpinion(changes.pop("store", self.store), **{**parts, **changes})


@pytest.fixture
async def desk(tmp_path: Path, lexicon: Lexicon) -> AsyncIterator[Desk]:
    """Build a desk whose model disputes."""
    store = await open_store(tmp_path / "claimwatch.db")
    try:
        yield Desk(store, lexicon, Model([said()]))
    finally:
        await store.close()


def said(text: str = DISPUTED, **changes: Any) -> Reply:
    """Return a reply with a text."""
    return replace(Reply(1, text=text, model="sample-model-2026", tokens=1_050), **changes)


def failed(trouble: str = "sample.example answered 500", tokens: int | None = 0) -> Reply:
    """Return a reply without one."""
    return Reply(1, trouble=trouble, tokens=tokens)


async def reconsidered(opinions: SecondOpinion, *members: Member) -> list[Member]:
    """Return stories after a second opinion."""
    return await opinions.reconsider(members, [claim()], lambda _: [])


def stance(told: Member) -> Stance:
    """Return the stance of a story's one link."""
    [link] = told.reading.evidence
    return link.stance


async def test_what_an_opinion_changes_is_marked_and_kept(desk: Desk) -> None:
    """The link says which model and rules changed it, and the store what was asked, answered and used."""
    [after] = await reconsidered(desk.opinions(), member(TITLE))

    [changed] = after.reading.evidence
    assert (changed.stance, changed.judge) == (Stance.DISPUTES, f"opinion sample-model-2026 {RULES}")
    [kept] = await desk.store.inquiries([after.story.id])
    assert kept == Inquiry(
        key=desk.model.asked[0].key(MODEL),
        story_id=after.story.id,
        asked_at=NOW,
        model="sample-model-2026",
        rules=RULES,
        requests=1,
        tokens=1_050,
        answer=DISPUTED,
        changed=("containers-2023: disputes (was supports)",),
    )
    assert kept.judge == changed.judge


async def test_only_relevant_news_is_asked_about(desk: Desk) -> None:
    """What is not relevant, or was there before the first visit, costs nothing and keeps its place."""
    idle = member("Sample weather")
    idle = replace(idle, reading=reading(idle.story, [], relevant=False))
    members = [idle, member("Old sample news", backlog=True), member(TITLE)]

    after = await reconsidered(desk.opinions(), *members)

    assert len(desk.model.asked) == 1
    assert [m.story for m in after] == [m.story for m in members]
    assert after[:2] == members[:2]


async def test_one_question_is_asked_once(desk: Desk) -> None:
    """The same words in another feed, or after a restart, are answered from the store, and marked alike."""
    first, copied = member(TITLE), member(TITLE, feed_url="https://copy.example/rss")
    assert first.story.id != copied.story.id
    [one] = await reconsidered(desk.opinions(), first)
    desk.now += MINUTE

    [other] = await reconsidered(desk.opinions(budget=Budget(0, 0)), copied)

    assert len(desk.model.asked) == 1
    assert other.reading.evidence[0].judge == one.reading.evidence[0].judge
    [kept] = await desk.store.inquiries([copied.story.id])
    assert (kept.requests, kept.tokens, kept.changed) == (0, 0, ("containers-2023: disputes (was supports)",))


async def test_another_model_is_asked_anew(desk: Desk) -> None:
    """An answer belongs to the model that gave it."""
    await reconsidered(desk.opinions(), member(TITLE))
    await reconsidered(desk.opinions(model="another-model"), member(TITLE))

    assert len(desk.model.asked) == 2


async def test_the_budget_outlives_a_restart_and_comes_back_after_a_day(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """So many requests in any 24 hours, whoever counts; what is above it keeps its first reading."""
    limit = Budget(requests=2, tokens=1_000_000)
    for n in range(4):
        [after] = await reconsidered(desk.opinions(budget=limit), member(f"{TITLE}, part {n}"))
        assert stance(after) is (Stance.DISPUTES if n < 2 else Stance.SUPPORTS)
        desk.now += 60 * MINUTE
    assert len(desk.model.asked) == 2
    assert "its budget of 2 requests and 1,000,000 tokens for 24 hours is spent" in caplog.text

    desk.now = NOW + timedelta(hours=24)
    [after] = await reconsidered(desk.opinions(budget=limit), member(f"{TITLE}, part 5"))
    assert stance(after) is Stance.DISPUTES


async def test_a_kept_answer_says_nothing_of_the_endpoint(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """An answer from the store neither ends the trouble in the log nor begins it."""
    desk.model.replies = [said(), failed()]
    opinions = desk.opinions()
    for title in (TITLE, f"{TITLE} again", TITLE, f"{TITLE} once more", TITLE):
        await reconsidered(opinions, member(title))
        desk.now += 60 * MINUTE

    assert len(desk.model.asked) == 3
    assert len(caplog.records) == 1


async def test_tokens_are_reserved_before_they_are_used(desk: Desk) -> None:
    """A question that could exceed the budget is not asked; one under way counts at its most."""
    await reconsidered(desk.opinions(), member(TITLE))
    most = desk.model.asked[0].tokens
    seen: list[Spent] = []

    async def look() -> None:
        seen.append(await desk.store.spent(NOW - MINUTE))

    desk.model.before = look
    for n, limit in enumerate([1_049 + most, 1_060 + most]):
        await reconsidered(desk.opinions(budget=Budget(100, limit)), member(f"{TITLE} {n}"))

    assert len(desk.model.asked) == 2
    assert seen == [Spent(2, 1_050 + desk.model.asked[1].tokens)]
    assert await desk.store.spent(NOW - MINUTE) == Spent(2, 2_100)


async def test_a_budget_holds_for_questions_at_the_same_time(desk: Desk) -> None:
    """Two visits at once do not both take the last request."""
    opinions = desk.opinions(budget=Budget(1, 1_000_000))

    await asyncio.gather(*(reconsidered(opinions, member(f"{TITLE} {n}")) for n in range(5)))

    assert len(desk.model.asked) == 1


async def test_a_failure_leaves_the_first_reading_and_is_told_once(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """One line when trouble begins and one when it ends, with neither story nor key in them."""
    desk.model.replies = [failed(), failed(), said()]
    opinions = desk.opinions()
    before = member(TITLE)

    with caplog.at_level(logging.INFO, logger="watchers.second_opinion"):
        for _ in range(3):
            [after] = await reconsidered(opinions, before)
            desk.now += 60 * MINUTE

    assert stance(after) is Stance.DISPUTES
    assert [record.getMessage() for record in caplog.records] == [
        f"no second opinion model={MODEL} sample.example answered 500",
        f"second opinions are given again model={MODEL}",
    ]
    kept = await desk.store.inquiries([before.story.id])
    assert [(each.answer is None, each.tokens, each.dropped) for each in kept[:2]] == [
        (True, 0, ("sample.example answered 500",))
    ] * 2


async def test_an_endpoint_that_fails_is_left_alone_for_longer_each_time(desk: Desk) -> None:
    """Five minutes, ten, twenty, forty, then an hour: an outage of a night is no hail of requests."""
    desk.model.replies = [failed()]
    opinions = desk.opinions()
    asked_at = []
    for minute in range(240):
        desk.now = NOW + minute * MINUTE
        before = len(desk.model.asked)
        await reconsidered(opinions, member(TITLE))
        asked_at += [minute] * (len(desk.model.asked) - before)

    assert asked_at == [0, 5, 15, 35, 75, 135, 195]


async def test_what_a_failure_may_have_cost_counts(desk: Desk) -> None:
    """Where a server does not say what it took, the most that it can have taken is counted."""
    desk.model.replies = [failed(tokens=None)]

    await reconsidered(desk.opinions(), member(TITLE))

    assert await desk.store.spent(NOW - MINUTE) == Spent(1, desk.model.asked[0].tokens)


@pytest.mark.parametrize("text", ["", "I cannot help with that.", DISPUTED[:-5], "x" * 100_000])
async def test_what_is_no_answer_is_told_and_not_kept(
    desk: Desk, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    """Half an answer changes nothing, and is asked for again when the same words come again."""
    desk.model.replies = [said(text), said()]
    opinions = desk.opinions()
    before = member(TITLE)

    [after] = await reconsidered(opinions, before)

    assert after == before
    assert "its answer is not what was asked for" in caplog.text
    [kept] = await desk.store.inquiries([before.story.id])
    assert (kept.answer, kept.tokens) == (None, 1_050)
    desk.now += MINUTE
    [after] = await reconsidered(opinions, before)
    assert stance(after) is Stance.DISPUTES


async def test_a_lie_is_kept_with_what_is_wrong_about_it(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """The record says what did not count; the log says that it happens, once, in words of ours."""
    desk.model.replies = [said(LIED)]
    opinions = desk.opinions()
    for n in range(3):
        before = member(f"{TITLE} {n}")
        assert await reconsidered(opinions, before) == [before]

    [kept] = await desk.store.inquiries([before.story.id])
    assert kept.dropped == ("claims 1: quotes words that do not stand in the story",)
    [record] = caplog.records
    assert "they say what the story does not" in record.getMessage()
    assert "report" not in record.getMessage()


async def test_a_visit_does_not_wait_for_long(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """However slow the model is, a visit goes on with the first readings of those that were not answered."""
    quick = member(TITLE)
    desk.model.before = lambda: asyncio.sleep(0 if len(desk.model.asked) == 1 else 3600)
    slow = [member(f"{TITLE} {n}") for n in range(6)]

    async with asyncio.timeout(20):
        after = await reconsidered(desk.opinions(patience_seconds=1.0), quick, *slow)

    assert stance(after[0]) is Stance.DISPUTES
    assert after[1:] == slow
    assert "the stories of a visit took it longer than 1 seconds" in caplog.text
    assert len(desk.model.asked) <= 1 + AT_ONCE


async def test_few_questions_are_under_way_at_once(desk: Desk) -> None:
    """Visits share what a model is asked at the same time."""
    running = most = 0
    busy = asyncio.Event()

    async def count() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == AT_ONCE:
            busy.set()
        await busy.wait()
        running -= 1

    desk.model.before = count
    opinions = desk.opinions()
    async with asyncio.timeout(20):
        await asyncio.gather(*(reconsidered(opinions, member(f"{TITLE} {n}")) for n in range(9)))

    assert most == AT_ONCE
    assert len(desk.model.asked) == 9


async def test_a_surprise_costs_the_opinion_alone(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """An error that nobody foresaw is told by its kind: its words may hold the story."""
    desk.model.replies = [KeyError(TITLE)]
    before = member(TITLE)

    assert await reconsidered(desk.opinions(), before) == [before]

    assert "something unforeseen went wrong (KeyError)" in caplog.text
    assert TITLE not in caplog.text


async def test_trouble_of_the_store_costs_the_opinion_alone(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """Where nothing can be counted nothing is asked."""

    class Failing:
        async def answered(self, key: str) -> None:
            raise StoreError("sample.db cannot grow")

    before = member(TITLE)

    assert await reconsidered(desk.opinions(store=Failing()), before) == [before]

    assert desk.model.asked == []
    assert "sample.db cannot grow" in caplog.text


async def test_a_stop_in_the_middle_forgets_no_cost(desk: Desk) -> None:
    """What was reserved stays counted when the bot is stopped while the model thinks."""
    thinking = asyncio.Event()

    async def think() -> None:
        thinking.set()
        await asyncio.Event().wait()

    desk.model.before = think
    task = asyncio.create_task(reconsidered(desk.opinions(), member(TITLE)))
    async with asyncio.timeout(10):
        await thinking.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert task.cancelled()
    assert await desk.store.spent(NOW - MINUTE) == Spent(1, desk.model.asked[0].tokens)
