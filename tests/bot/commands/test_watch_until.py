"""Until when a channel is paused, and that it then goes on by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.commands.model import Context
from bot.commands.watch_until import pause_end
from bot.delivery import Deliverer, Drained
from bot.parts import who
from claims.errors import UsageError
from claims.outgoing import DeliveryState
from tests.support.build import NOW, alert, at, claim, feed, member, outcome, visit
from tests.support.chat import say, words
from tests.support.platforms import ListPlatform

TOLD = member()


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("30m", at(30)),
        ("2h", at(120)),
        ("1D", NOW + timedelta(days=1)),
        ("1 w", NOW + timedelta(weeks=1)),
        ("2024-09-01", datetime(2024, 8, 31, 15, tzinfo=UTC)),
    ],
)
def test_moments_are_read(typed: str, end: datetime) -> None:
    """A span is from now on, a date begins at midnight where the channel's people are."""
    assert pause_end(typed, "Asia/Seoul", NOW) == end


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("soon", "is no moment; write a span such as 2h, 1d or 1w, or a date such as 2024-09-03"),
        ("2h30", "is no moment"),
        ("2024-13-01", "is no moment"),
        ("-1d", "is no moment"),
        ("0h", "has passed"),
        ("2024-08-27", "has passed"),
        ("54w", "is more than a year away"),
        ("9999-12-31", "is more than a year away"),
        ("0001-01-01", "is no moment"),
    ],
)
def test_other_words_say_what_to_write(typed: str, words: str) -> None:
    """Each mistake names the option, repeats what was typed and says what to do."""
    with pytest.raises(UsageError, match=f"until: “{typed}” {words}"):
        pause_end(typed, "Asia/Seoul", NOW)


async def test_a_pause_with_an_end_shows_it_and_ends(context: Context) -> None:
    """The list says until when; then what waited is posted, and nobody had to say so."""
    store, platform, now = context.store, ListPlatform(), [NOW]
    deliverer = Deliverer(store, {"discord": platform}, lambda: now[0], who)
    await store.sync_claims([claim()])
    await store.sync_feeds([feed()])
    await say(context, "watch add timezone=Asia/Seoul")

    paused = await say(context, "watch pause until=2h")
    listed = await say(context, "watch list")
    await store.record_visit(visit(outcome(TOLD)))

    said = "Paused until 27 August 22:13 KST: Mina paused it on 2024-08-27"
    assert said in words(paused)
    assert said in words(listed)
    now[0] = at(119)
    assert await deliverer.drain() == Drained()
    now[0] = at(120)
    assert await deliverer.drain() == Drained(posted=1)
    assert "Paused" not in words(await say(context, "watch list"))


async def test_words_that_are_no_moment_pause_nothing(context: Context) -> None:
    """Who mistypes is told, and the channel goes on."""
    await say(context, "watch add")

    card = await say(context, "watch pause until=tomorrow")

    assert "is no moment" in card.title
    assert (await context.store.subscriptions())[0].paused is None


async def test_a_later_pause_takes_the_place_of_the_first(context: Context) -> None:
    """Paused again without an end, it stays paused."""
    store = context.store
    await say(context, "watch add")
    await say(context, "watch pause until=2h")
    await say(context, "watch pause")

    await store.catch_up(at(121))

    assert (await store.subscriptions())[0].paused == "Mina paused it on 2024-08-27"


async def test_what_is_old_when_a_pause_ends_is_counted_and_not_posted(context: Context) -> None:
    """After a week nothing floods: what is older than a day is told together."""
    store = context.store
    await store.sync_claims([claim()])
    await store.sync_feeds([feed()])
    await say(context, "watch add")
    await say(context, "watch pause until=1w")
    await store.record_visit(visit(outcome(TOLD)))

    await store.catch_up(NOW + timedelta(weeks=1))

    kept = await store.delivery(alert(TOLD).key, "discord:600")
    assert kept
    assert kept.state is DeliveryState.HELD
