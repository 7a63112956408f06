"""Items that are edited in place: real feeds on loopback, the shipped register, and a real store."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.present import alert_card
from claims.alerting import decide
from claims.feeds import Feed
from claims.matching.lexicon import load_lexicon
from claims.matching.matcher import Matcher
from claims.model import Alert, Reason, Stance
from claims.seeding import read_claims
from claims.sqlite import SQLiteStore
from claims.vectors import Vectors
from tests.support.build import NOW, feed, source, subscription, verdict
from tests.support.feed_server import FeedServer, feed_server, item, rss
from tests.support.stores import open_store
from watchers.article import Article
from watchers.chain import Chain
from watchers.fetch import Fetcher, FetchPolicy
from watchers.full_text import FullText
from watchers.pacing import Pace
from watchers.parse import Parsed, parse
from watchers.spreading import Spreading
from watchers.sweep import Sweep, Sweeper
from watchers.visit import Visitor

SEEDS = Path(__file__).parents[2] / "seeds"
MINUTE = timedelta(minutes=1)
SAID = "The containers went by ship from Najin to Dunay, the Defense Intelligence Agency said."
COUNTED = "Seoul: North Korea has sent Russia more than {} containers of munitions"
DENIED = "North Korea denies having sent Russia any containers of munitions"
DULL = "Sample museum opens a show of old maps"


def counted(number: str = "15,000", **changes: Any) -> str:
    """Return an item that gives a number of containers."""
    return written(COUNTED.format(number), **changes)


def written(
    title: str, *, summary: str = SAID, path: str = "containers", minutes: float = 1, guid: str = ""
) -> str:
    """Return an item; the same path, or guid, is the same story."""
    at = NOW + minutes * MINUTE
    return item(title, f"https://herald.example/{path}", summary=summary, published=at, guid=guid)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    """Return a matcher of the shipped register."""
    return Matcher(load_lexicon(SEEDS / "lexicon"), read_claims(SEEDS / "claims.toml"))


@dataclass
class Rig:
    """A feed whose first visit is over, and what watches it."""

    store: SQLiteStore
    server: FeedServer
    sweeper: Sweeper
    clock: list[datetime]

    async def reads(self, *items: str) -> Sweep:
        """Let the feed say this from now on, and look at it an hour later."""
        self.server.set("/herald", rss(*items))
        return await self.later()

    async def later(self) -> Sweep:
        """Look an hour later: no pace is slower here."""
        self.clock[0] += 60 * MINUTE
        return await self.sweeper.sweep()

    async def alerts(self) -> list[Alert]:
        """Return every alert, oldest first."""
        events = await self.store.events_between(NOW - 900 * MINUTE, NOW + 90_000 * MINUTE)
        return sorted(
            (await self.store.alerts([event.id for event in events])).values(), key=lambda a: a.raised_at
        )

    async def alert(self) -> Alert:
        """Return the one alert there is."""
        [alert] = await self.alerts()
        return alert

    async def card(self) -> str:
        """Return what the message says now."""
        card = alert_card(await self.store.briefing((await self.alert()).key), "UTC")
        fields = [f"{field.name}: {''.join(map(str, field.value))}" for field in card.fields]
        return "\n".join([card.heading, card.title, *(str(line[0]) for line in card.lines), *fields])


@pytest.fixture
async def rig(tmp_path: Path, matcher: Matcher) -> AsyncIterator[Rig]:
    """Watch a feed and its neighbour, both empty so far."""
    clock = [NOW]
    async with feed_server() as server:
        policy = FetchPolicy(
            contact="",
            timeout_seconds=20,
            max_body_bytes=1_000_000,
            per_host=4,
            allow_hosts=frozenset({server.host_port}),
        )
        async with Fetcher(policy) as fetcher:
            store = await open_store(tmp_path / "claimwatch.db")
            pace = Pace(interval_minutes=15, floor_seconds=60)
            chain = Chain(
                store,
                make_reader=lambda *_: matcher,
                decide=decide,
                vectors=Vectors(None, store, lambda: clock[0]),
                clock=lambda: clock[0],
            )
            visitor = Visitor(
                store,
                fetch=fetcher.fetch,
                parse=parse_here,
                chain=chain,
                clock=lambda: clock[0],
                pace=pace,
                jitter=lambda: 0.0,
                complete=FullText(get=fetcher.get, call=whole_page).complete,
            )
            sweeper = Sweeper(store, visitor.visit, lambda: clock[0], pace, Spreading(), per_host=4)
            try:
                await store.sync_claims(read_claims(SEEDS / "claims.toml"))
                await store.sync_subscriptions([subscription()])
                await store.sync_feeds([outlet(server, name) for name in ("herald", "post")])
                await sweeper.sweep()
                yield Rig(store, server, sweeper, clock)
            finally:
                await store.close()


def outlet(server: FeedServer, name: str) -> Feed:
    """Return an empty feed of an outlet."""
    return feed(server.set(f"/{name}", rss()), title=f"Sample {name}", source=source(f"Sample {name}"))


async def whole_page(read: Callable[[], Article]) -> Article:
    """Take all of a page for its article."""
    assert isinstance(read, partial)
    return Article("", read.args[0].decode(), None)


async def parse_here(body: bytes, feed: Feed, **about: Any) -> Parsed:
    """Parse on the spot: documents here are small and friendly."""
    return parse(body, feed, **about)


async def test_a_number_that_is_corrected_in_place_is_told_so(rig: Rig) -> None:
    """The message is edited, says what the number was, and the old number counts no more."""
    assert (await rig.reads(counted("15,000"))).alerts == 1
    told = await rig.alert()

    assert (await rig.reads(counted("13,000"))).stories == 0

    now = await rig.alert()
    assert (now.key, now.revision, now.raised_at) == (told.key, 1, told.raised_at)
    assert "Corrected: at least 13,000 containers (was at least 15,000), by Sample herald" in await rig.card()
    assert (await rig.card()).startswith("CORRECTED · NEW FIGURE · ▲ supports containers-2023")
    seen = (await rig.store.sightings(["containers-2023"]))["containers-2023"]
    assert [sighting.figure.low for sighting in seen] == [13_000]


async def test_a_number_that_was_taken_back_is_news_when_another_says_it(rig: Rig) -> None:
    """The visit that brings a correction decides its new stories by the record as it is corrected."""
    await rig.reads(counted("15,000"))
    other = written(
        "Kyiv: Pyongyang's 15,000 containers of munitions reached Russia", path="other", minutes=9
    )
    await rig.reads(other, counted("13,000"))

    change = (await rig.alert()).change
    assert change
    assert change.before
    assert (change.now.low, change.before.figure.low) == (15_000, 13_000)


async def test_a_number_that_another_outlet_has_is_not_called_an_earlier_one(rig: Rig) -> None:
    """Two outlets tell one happening, and one of them is edited: the card says who has which number."""

    def tells(number: str, path: str) -> str:
        said = f"It sent {number} containers, the Defense Intelligence Agency said."
        return written("North Korea has sent Russia containers of munitions", summary=said, path=path)

    await rig.reads(tells("15,000", "herald"))
    rig.server.set("/post", rss(tells("15,000", "post")))
    await rig.later()
    await rig.reads(tells("16,000", "herald"))

    card = await rig.card()
    assert "Defense Intelligence Agency: 15,000 containers (Sample herald has 16,000, same body)" in card
    assert "Figure: 15,000 containers; Sample herald has 16,000 (Defense Intelligence Agency," in card


async def test_a_story_that_turns_into_a_denial_turns_its_alert(rig: Rig) -> None:
    """Stance, claims and headline follow the story."""
    await rig.reads(counted())
    await rig.reads(written(DENIED))

    now = await rig.alert()
    assert (now.revision, now.reason, now.headline) == (1, Reason.DENIAL, DENIED)
    assert {link.claim_id: link.stance for link in now.links}["containers-2023"] is Stance.DISPUTES
    assert "▼ disputes containers-2023" in await rig.card()


async def test_a_story_that_takes_everything_back_withdraws_its_alert(rig: Rig) -> None:
    """What nothing bears out any more is withdrawn on the outlet's word, and comes back with it."""
    await rig.reads(counted())
    await rig.reads(written(DULL, summary=""))
    withdrawn = await rig.alert()
    assert (withdrawn.reason, withdrawn.links, withdrawn.revision) == (Reason.WITHDRAWN, (), 1)
    assert "edited by the outlet" in await rig.card()
    assert list((await rig.store.sightings(["containers-2023"]))["containers-2023"]) == []
    [(_, event_id)] = await rig.store.stories()
    assert event_id == withdrawn.event_id

    await rig.reads(counted())
    assert ((await rig.alert()).revision, (await rig.alert()).headline) == (2, COUNTED.format("15,000"))


async def test_another_outlet_keeps_an_alert_that_one_takes_back(rig: Rig) -> None:
    """The message then rests on the stories that still say it."""
    await rig.reads(counted())
    rig.server.set("/post", rss(counted(path="post", minutes=2)))
    await rig.later()
    await rig.reads(written(DULL, summary=""))

    now = await rig.alert()
    assert [link.claim_id for link in now.links] == ["containers-2023"]
    assert now.reason is Reason.NEW_FIGURE


async def test_what_becomes_relevant_is_news(rig: Rig) -> None:
    """A story that was of something else joins or opens an event as a new one does, and is told."""
    await rig.reads(written(DULL, summary=""))
    assert await rig.alerts() == []
    await rig.reads(counted())

    now = await rig.alert()
    assert (now.revision, now.raised_at, now.correction) == (0, rig.clock[0], None)
    [(story, event_id)] = await rig.store.stories()
    assert (story.title, story.revisions, event_id) == (COUNTED.format("15,000"), 1, now.event_id)


async def test_what_becomes_relevant_joins_what_was_told(rig: Rig) -> None:
    """It comes after the outlets that told it before: their headline stays, and it is one of two."""
    await rig.reads(written(DULL, summary="", path="late"))
    rig.server.set("/post", rss(counted(path="post")))
    await rig.later()
    await rig.reads(
        written("North Korea sent 15,000 containers of munitions to Russia, Seoul says", path="late")
    )

    now = await rig.alert()
    assert now.headline == COUNTED.format("15,000")
    assert [m.story.source.name for m in (await rig.store.briefing(now.key)).event.members] == [
        "Sample post",
        "Sample herald",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": COUNTED.format("15,000") + " (2nd LD)"},
        {"title": "[UPDATED 10:31] " + COUNTED.format("15,000")},
        {"summary": SAID.replace("went", "had gone")},
    ],
    ids=["counter", "time", "summary"],
)
async def test_what_no_reader_would_notice_edits_nothing(rig: Rig, changes: dict[str, str]) -> None:
    """The words are kept as they are now, and the message stays as it is."""
    await rig.reads(counted())
    before = await rig.alert()
    await rig.reads(written(**{"title": COUNTED.format("15,000"), **changes}))

    assert await rig.alert() == before
    [(story, _)] = await rig.store.stories()
    assert (story.title, story.summary) != (before.headline, SAID)


async def test_a_new_headline_is_shown(rig: Rig) -> None:
    """Told the same otherwise, the message has the headline of today and is called no correction."""
    title = "Pyongyang shipped 15,000 containers of arms to Russia, says Seoul"
    await rig.reads(counted())
    await rig.reads(written(title))

    now = await rig.alert()
    assert (now.headline, now.revision, now.correction) == (title, 1, None)


async def test_an_edit_of_what_the_feed_says_of_a_page_is_seen(rig: Rig) -> None:
    """However much shorter than the page it is: the page is read again, and the message says what it says."""
    url = rig.server.set("/paged", rss())
    feeds = [status.feed for status in await rig.store.feeds()]
    await rig.store.sync_feeds([*feeds, feed(url, full_text=True, source=source("Sample pages"))])
    await rig.later()
    for number in ("15,000", "13,000"):
        page = rig.server.set("/containers", f"{COUNTED.format(number)} since 2023. {SAID}")
        told = item("Sample of containers", page, summary=f"{number} of them.", published=NOW)
        rig.server.set("/paged", rss(told))
        await rig.later()

    assert "Corrected: at least 13,000 containers since 2023 (was at least 15,000)" in await rig.card()
    [(kept, _)] = await rig.store.stories()
    assert (kept.said, kept.revisions) == ("13,000 of them.", 1)


async def test_a_new_address_is_shown(rig: Rig) -> None:
    """The message leads to where the story is now; two addresses in turn do not edit it for ever."""
    await rig.reads(counted(guid="sample-1"))
    for number in range(6):
        await rig.reads(counted(guid="sample-1", path=f"moved/{number % 2}"))
        [(kept, _)] = await rig.store.stories()
        card = alert_card(await rig.store.briefing((await rig.alert()).key), "UTC")
        assert card.url == kept.url
        assert kept.url == f"https://herald.example/moved/{min(number, 1)}"

    assert ((await rig.alert()).revision, (await rig.alert()).correction) == (2, None)


@pytest.mark.parametrize("number", ["13,000", "15,000"])
async def test_two_wordings_in_turn_do_not_edit_for_ever(rig: Rig, number: str) -> None:
    """A feed that is served from two caches edits its message three times, and no more."""
    other = f"Pyongyang shipped {number} containers of arms to Russia, says Seoul"
    for _ in range(6):
        await rig.reads(counted("15,000"))
        await rig.reads(written(other))

    assert (await rig.alert()).revision == 3
    assert (await rig.alert()).headline == other


async def test_headlines_that_never_rest_stop_editing(rig: Rig) -> None:
    """A running story gets a new headline ten times; a correction is told even after that."""
    await rig.reads(counted())
    for minute in "abcdefghijklm":
        await rig.reads(written(f"{COUNTED.format('15,000')} part{minute}"))
    settled = await rig.alert()
    assert settled.revision == 9

    await rig.reads(counted("13,000"))
    assert (await rig.alert()).revision == 10


async def test_backlog_that_is_edited_stays_silent(rig: Rig) -> None:
    """It is read again and raises nothing, and what it says now is known."""
    late = rig.server.set("/late", rss(counted("15,000")))
    feeds = [status.feed for status in await rig.store.feeds()]
    await rig.store.sync_feeds([*feeds, feed(late, title="Sample late", source=source("Sample late"))])
    await rig.later()
    rig.server.set("/late", rss(counted("13,000")))
    assert (await rig.later()).alerts == 0

    assert await rig.alerts() == []
    seen = (await rig.store.sightings(["containers-2023"]))["containers-2023"]
    assert [sighting.figure.low for sighting in seen] == [13_000]


async def test_what_a_person_said_outlives_an_edit(rig: Rig) -> None:
    """A story that was taken out stays out, however its outlet words it."""
    await rig.reads(counted("15,000"))
    told = await rig.alert()
    [(story, _)] = await rig.store.stories()
    await rig.store.record_verdict(verdict(story, "not-relevant", at=rig.clock[0]))
    withdrawn = (await rig.store.briefing(told.key)).alert
    await rig.reads(counted("13,000"))

    [account] = await rig.store.accounts(story.id)
    assert (account.member.story.revisions, account.member.reading.relevant, account.event) == (
        1,
        False,
        None,
    )
    assert (await rig.store.briefing(told.key)).alert == withdrawn
    assert withdrawn.reason is Reason.WITHDRAWN
