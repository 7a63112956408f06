"""What every store promises of second opinions (`claims.store_opinions.OpinionBook`)."""

from claims.inquiry import Spent
from claims.store import Store
from tests.support.build import NOW, at, inquiry


async def test_an_inquiry_comes_back_whole(store: Store):
    """Every field of it, though its story is not kept yet."""
    await store.record_inquiry(inquiry())
    assert await store.inquiries(["s-1"]) == [inquiry()]
    assert await store.answered("k-1") == inquiry()
    assert await store.inquiries(["s-2"]) == []
    assert await store.answered("k-2") is None


async def test_an_inquiry_under_way_is_replaced_by_its_end(store: Store):
    """What was reserved gives way to what was used; another moment is another inquiry."""
    begun = inquiry(model="sample-model", tokens=9_000, answer=None, changed=(), dropped=())
    await store.record_inquiry(begun)
    assert await store.answered("k-1") is None
    assert await store.spent(at(-1)) == Spent(1, 9_000)
    await store.record_inquiry(inquiry())
    await store.record_inquiry(inquiry(asked_at=at(1), tokens=1))
    assert await store.inquiries(["s-1"]) == [inquiry(), inquiry(asked_at=at(1), tokens=1)]
    assert await store.spent(at(-1)) == Spent(2, 901)


async def test_the_inquiries_about_many_stories_come_at_once(store: Store):
    """Those about the stories that are named, the oldest first whichever it is about."""
    kept = [inquiry(story_id=f"s-{number}", asked_at=at(-number)) for number in (3, 2, 1)]
    for each in reversed(kept):
        await store.record_inquiry(each)
    assert await store.inquiries(["s-1", "s-3", "s-9"]) == [kept[0], kept[2]]
    assert await store.inquiries([]) == []


async def test_the_latest_answer_to_a_question_is_the_one(store: Store):
    """An inquiry that failed later does not hide the answer that came."""
    await store.record_inquiry(inquiry(answer="first"))
    await store.record_inquiry(inquiry(asked_at=at(2), answer=None))
    await store.record_inquiry(inquiry(asked_at=at(1), story_id="s-2", answer="second"))
    answered = await store.answered("k-1")
    assert answered is not None
    assert answered.answer == "second"


async def test_what_was_spent_is_counted_from_a_moment_on(store: Store):
    """Inquiries after it, whether they were answered or not; none took nothing."""
    assert await store.spent(NOW) == Spent(0, 0)
    await store.record_inquiry(inquiry(requests=2, tokens=10))
    await store.record_inquiry(inquiry(asked_at=at(1), answer=None, tokens=20))
    assert await store.spent(at(-1)) == Spent(3, 30)
    assert await store.spent(NOW) == Spent(1, 20)
