"""What every store promises of feeds, claims and happenings (`claims.store`)."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from claims.admiralty import Reliability
from claims.errors import NotFound
from claims.feeds import Checkpoint, FeedKind, FeedState, FeedStatus, Pulse, Trouble, Visit, Wishes
from claims.model import Bound, Direction, Origin, Profile, Reason, Reference, Silence, Stance
from claims.outgoing import FeedChange, Notice, Watchlist
from claims.store import VECTOR_DAYS, Store
from claims.subscriptions import Subscription
from claims.when import Day
from tests.support.build import (
    FEED_URL,
    NOW,
    alert,
    at,
    checkpoint,
    claim,
    event,
    event_id,
    evidence,
    feed,
    figure,
    marks,
    member,
    outcome,
    reading,
    source,
    story,
    update,
    visit,
)

OTHER_URL = "https://feeds.sample-courier.example/rss"
IRRELEVANT = Silence(Reason.IRRELEVANT)

# ---- FeedBook ----------------------------------------------------------------------------------------


async def test_a_new_feed_is_due_at_once(store: Store):
    """A feed that was never visited is due, is new, and answers at its own address."""
    known = feed(interval_minutes=2.5, source=source(state_media=True, family="Sample House"))
    await store.sync_feeds([known])
    (status,) = await store.due_feeds(NOW)
    assert status.feed == known
    assert status.checkpoint == checkpoint(
        state=FeedState.NEW, last_try_at=None, last_success_at=None, next_try_at=None
    )
    assert await store.feeds() == [status]


async def test_feeds_come_by_title_then_url(store: Store):
    """The book is read in the order of titles, and of addresses where titles are equal."""
    books = [feed("https://b.example/", title="B"), feed("https://z.example/", title="A"), feed(title="A")]
    await store.sync_feeds(books)
    assert [status.feed.url for status in await store.feeds()] == [
        FEED_URL,
        "https://z.example/",
        "https://b.example/",
    ]


async def test_a_feed_is_corrected_without_losing_its_checkpoint(store: Store):
    """Listing a feed again with other words changes the feed, not what its last visit left."""
    await store.sync_feeds([feed()])
    await store.record_visit(visit(etag='"v1"'))
    regraded = feed(title="Renamed", language="ko", source=source(reliability=Reliability.D))
    await store.sync_feeds([regraded])
    (status,) = await store.feeds()
    assert status.feed == regraded
    assert status.checkpoint == checkpoint(etag='"v1"')


async def test_a_retired_feed_goes_on_where_it_stopped(stocked: Store):
    """A feed that is no longer listed is neither shown nor due; its stories and checkpoint wait for it."""
    await stocked.record_visit(visit(outcome(member()), etag='"v1"'))
    await stocked.sync_feeds([])
    assert await stocked.feeds() == []
    assert await stocked.due_feeds(at(60)) == []
    assert len(await stocked.stories()) == 1
    await stocked.sync_feeds([feed()])
    assert [status.checkpoint.etag for status in await stocked.due_feeds(at(60))] == ['"v1"']


async def test_a_gone_feed_that_is_listed_again_is_due_at_once(stocked: Store):
    """Taking a gone feed out and in again asks it anew; listing it as before, or a busy feed, does not."""
    later = at(60)
    await stocked.record_visit(visit(state=FeedState.GONE, next_try_at=later))
    await stocked.sync_feeds([feed(title="Renamed")])
    assert await stocked.due_feeds(NOW) == []
    await stocked.sync_feeds([])
    await stocked.sync_feeds([feed()])
    (status,) = await stocked.due_feeds(NOW)
    assert status.checkpoint == checkpoint(state=FeedState.NEW, next_try_at=None)
    await stocked.record_visit(visit(next_try_at=later))
    await stocked.sync_feeds([])
    await stocked.sync_feeds([feed()])
    assert await stocked.due_feeds(NOW) == []


async def test_people_add_pause_and_remove_feeds_and_the_seed_file_does_not_undo_it(store: Store):
    """What somebody added stays, what somebody removed stays away, and what is paused is not due."""
    await store.sync_feeds([feed("listed")])
    assert await store.add_feeds([feed("added")], by="ada")
    assert not await store.add_feeds([feed("listed")], by="ada")
    await store.remove_feed("listed")
    await store.pause_feed("added", paused=True)
    await store.sync_feeds([feed("listed")])
    (status,) = await store.feeds()
    assert (status.feed.url, status.added_by, status.paused) == ("added", "ada", True)
    assert await store.due_feeds(NOW) == []
    await store.pause_feed("added", paused=False)
    assert await store.add_feeds([feed("listed")], by="ben")
    assert [status.feed.url for status in await store.due_feeds(NOW)] == ["added", "listed"]
    with pytest.raises(NotFound, match="nobody"):
        await store.remove_feed("nobody")


async def test_feeds_that_were_watched_once_are_known(stocked: Store):
    """Their stories are kept, and so is how they were described; what is watched is none of them."""
    away, dropped = feed(title="Wire", language="ko"), feed("archive:post", title="Post")
    await stocked.sync_feeds([away, feed("stays")])
    await stocked.record_history((), [dropped])
    await stocked.remove_feed(FEED_URL)
    assert [status.feed for status in await stocked.former_feeds()] == [dropped, away]
    assert await stocked.add_feeds([away], by="ada") == [away]
    assert [status.feed for status in await stocked.former_feeds()] == [dropped]


async def test_a_feed_is_read_alone_and_all_by_their_names(store: Store):
    """Neither knows a feed that is not listed; names come by title, with the address that is asked now."""
    await store.sync_feeds([feed("b", title="Zulu"), feed("a", title="Alpha"), feed("gone")])
    await store.remove_feed("gone")
    await store.record_visit(visit(feed_url="b", current_url="moved"))
    outlet = source().name
    names = [("a", "a", "Alpha", outlet, outlet, "en"), ("b", "moved", "Zulu", outlet, outlet, "en")]
    assert await store.feed_names() == names
    assert [await store.feed("a"), await store.feed("b")] == await store.feeds()
    with pytest.raises(NotFound, match="gone"):
        await store.feed("gone")


async def test_names_of_feeds_follow_every_change(store: Store):
    """A feed that came, was renamed, moved or left since they were last asked is called as it is now."""

    async def called() -> list[str]:
        return [f"{name.title} {name.current_url}" for name in await store.feed_names()]

    assert await called() == []
    await store.sync_feeds([feed("a", title="Alpha")])
    assert await called() == ["Alpha a"]
    await store.add_feeds([feed("b", title="Bravo")], by="ada")
    assert await called() == ["Alpha a", "Bravo b"]
    await store.sync_feeds([feed("a", title="Aleph")])
    await store.record_visit(visit(feed_url="b", current_url="moved"))
    assert await called() == ["Aleph a", "Bravo moved"]
    await store.remove_feed("a")
    assert await called() == ["Bravo moved"]
    await store.sync_feeds([])
    await store.remove_feed("b")
    assert await called() == []


async def test_many_feeds_are_added_at_once(store: Store):
    """Those that are listed already, or named before, are not among those that are returned."""
    listed, removed, new = feed("listed"), feed("removed"), feed("new")
    await store.sync_feeds([listed, removed])
    await store.remove_feed("removed")
    again = feed("new", title="Once more")
    assert await store.add_feeds([new, listed, removed, again], by="ada") == [new, removed]
    found = {status.feed.url: (status.feed.title, status.added_by) for status in await store.feeds()}
    assert found == {
        "listed": (listed.title, None),
        "new": (new.title, "ada"),
        "removed": (removed.title, "ada"),
    }


async def test_a_feed_that_is_added_again_begins_anew(stocked: Store):
    """Months later its first visit is backlog again, at once, and of its new kind; nothing is told as new."""
    late = visit(etag='"1"', validators_of=FEED_URL, body_key="1", entries=b"1", next_try_at=at(600))
    await stocked.record_visit(late)
    change = FeedChange(FEED_URL, "Wire", Trouble.FAILING, at(-9), "it fails")
    await stocked.raise_notice(Notice("notice:1", NOW, (change,), 1))
    await stocked.remove_feed(FEED_URL)
    page = feed(kind=FeedKind.PAGE)
    assert await stocked.add_feeds([page], by="ada")
    assert await stocked.due_feeds(NOW) == [FeedStatus(page, Checkpoint(FEED_URL, FEED_URL), added_by="ada")]


async def test_a_gone_feed_that_somebody_resumes_is_due_at_once(stocked: Store):
    """To say that a gone feed is to go on is to ask it anew."""
    await stocked.record_visit(visit(state=FeedState.GONE, next_try_at=None))
    assert await stocked.due_feeds(NOW) == []
    await stocked.pause_feed(feed().url, paused=False)
    assert len(await stocked.due_feeds(NOW)) == 1


async def test_a_notice_is_kept_once_and_reaches_who_wants_notices(stocked: Store):
    """Raised twice it is kept once; each feed then has what was told of it."""
    wanted = [Subscription("console"), Subscription("slack:C1", notices=False)]
    await stocked.sync_subscriptions(wanted)
    notice = Notice("notice:1", NOW, (FeedChange(feed().url, "Wire", Trouble.GONE, NOW, "it is gone"),))
    assert await stocked.raise_notice(notice)
    assert not await stocked.raise_notice(notice)
    assert await stocked.notice("notice:1") == notice
    assert await stocked.notice("alert:1") is None
    assert [each.destination for each in await stocked.due_deliveries(NOW)] == ["console"]
    assert [status.told for status in await stocked.feeds()] == [Trouble.GONE]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({}, False),
        ({"state": FeedState.FAILING}, True),
        ({"state": FeedState.GONE}, True),
        ({"pulse": Pulse(NOW - timedelta(hours=30), 200, 3_600)}, True),
        ({"pulse": Pulse(NOW - timedelta(hours=30), 200, 31 * 3_600)}, False),
        ({"pulse": Pulse(NOW - timedelta(hours=23), 200, 3_600)}, False),
    ],
    ids=["well", "failing", "gone", "never so silent", "as silent as before", "silent for hours"],
)
async def test_only_what_may_be_in_trouble_is_looked_at(
    stocked: Store, found: dict[str, Any], expected: bool
):
    """Of many feeds a notice reads those that fail, are gone, or are silent as never before."""
    await stocked.add_feeds([feed("https://b.example")], by="ann")
    await stocked.record_visit(visit(**found))
    watched = await stocked.watchlist()
    assert [status.feed.url for status in watched.feeds] == ([FEED_URL] if expected else [])
    assert watched.asked == (1 if found.get("state") is FeedState.GONE else 2)
    await stocked.pause_feed(FEED_URL, paused=True)
    assert await stocked.watchlist() == Watchlist((), 1)


async def test_what_people_were_told_of_is_looked_at_until_they_know_its_end(stocked: Store):
    """A feed stays in doubt while people think it in trouble; when it was told of is kept."""
    change = FeedChange(FEED_URL, "Wire", Trouble.FAILING, at(-9), "it fails")
    back = replace(change, trouble=None, error=None, was=Trouble.FAILING)
    await stocked.record_visit(visit())
    await stocked.raise_notice(Notice("notice:1", NOW, (change,), 1))
    (told,) = (await stocked.watchlist()).feeds
    assert (told.told, told.told_since, told.told_at) == (Trouble.FAILING, at(-9), NOW)
    await stocked.raise_notice(Notice("notice:2", at(5), (back,), 1))
    assert await stocked.watchlist() == Watchlist((), 1, at(5))
    (status,) = await stocked.feeds()
    assert (status.told, status.told_since, status.told_at) == (None, None, at(5))
    assert await stocked.notice("notice:2") == Notice("notice:2", at(5), (back,), 1)


async def test_all_that_a_visit_learnt_is_there_at_the_next(stocked: Store):
    """Wishes, pulse, moves and digests of entries come back as they went in."""
    learnt = checkpoint(
        wishes=Wishes(30.0, 3_600.0, frozenset({0, 23}), frozenset({6})),
        pulse=Pulse(NOW, 12.5, 3_600.0),
        moved_to="http://new.example/",
        moved_times=1,
        validators_of="http://old.example/",
        body_key="key",
        entries=b"12345678",
        paced_by="ttl",
        failing_since=NOW,
    )
    await stocked.record_visit(Visit(learnt))
    (status,) = await stocked.feeds()
    assert status.checkpoint == learnt


async def test_a_feed_that_is_read_otherwise_begins_anew(stocked: Store):
    """With another kind or other links its next visit is a first one; with another title it goes on."""
    seen = checkpoint(etag='"v1"', body_key="key", entries=b"12345678")
    await stocked.record_visit(Visit(seen))
    await stocked.sync_feeds([feed(title="Renamed")])
    assert [status.checkpoint for status in await stocked.feeds()] == [seen]
    for changes in ({"kind": FeedKind.PAGE}, {"kind": FeedKind.PAGE, "links": "/press/*"}):
        await stocked.record_visit(Visit(seen))
        await stocked.sync_feeds([replace(feed(), **changes)])
        assert [status.checkpoint for status in await stocked.feeds()] == [Checkpoint(FEED_URL, FEED_URL)]


async def test_due_feeds_are_the_longest_overdue_first(store: Store):
    """New feeds come first, then those that wait longest; none that is gone or whose time is to come."""
    due = {"new": None, "old": -30, "now": 0, "later": 0.001, "gone": -90}
    await store.sync_feeds([feed(name) for name in due])
    for name, minutes in due.items():
        if minutes is not None:
            state = FeedState.GONE if name == "gone" else FeedState.FAILING
            await store.record_visit(visit(feed_url=name, next_try_at=at(minutes), state=state))
    assert [status.feed.url for status in await store.due_feeds(NOW)] == ["new", "old", "now"]
    assert [status.feed.url for status in await store.due_feeds(NOW, limit=1)] == ["new"]


async def test_hosts_take_turns_among_due_feeds(store: Store):
    """One feed of each host comes before the second of any, and what is in `besides` takes no turn."""
    crowd = [f"https://crowd.example/{n}" for n in range(4)]
    other = ["https://other.example:81/a", "https://other.example:81/b"]
    await store.sync_feeds([feed(url) for url in (*crowd, *other)])
    await store.record_visit(visit(feed_url=other[1], next_try_at=at(-1)))

    due = [status.feed.url for status in await store.due_feeds(NOW)]
    assert due == [crowd[0], other[0], crowd[1], other[1], crowd[2], crowd[3]]
    due = [status.feed.url for status in await store.due_feeds(NOW, 3, besides=[crowd[0], other[0]])]
    assert due == [crowd[1], other[1], crowd[2]]


async def test_visits_that_end_together_are_kept_each_for_itself(store: Store):
    """Whatever is written in one go: a visit that cannot be kept says so, and costs the others nothing."""
    names = [f"feed-{n}" for n in range(9)]
    await store.sync_feeds([feed(name) for name in names])
    odd = "no text: \udc80"
    visits = [visit(feed_url=name, etag=odd if name == "feed-4" else '"v2"') for name in names]
    ended = await asyncio.gather(*map(store.record_visit, visits), return_exceptions=True)

    assert [name for name, error in zip(names, ended, strict=True) if error] == ["feed-4"]
    kept = {status.feed.url: status.checkpoint.etag for status in await store.feeds()}
    assert kept == {**dict.fromkeys(names, '"v2"'), "feed-4": None}


async def test_a_visit_that_is_broken_off_costs_those_beside_it_nothing(store: Store):
    """Whoever writes for all may be cancelled: the others are kept, and so is what comes after."""
    names = [f"feed-{n}" for n in range(4)]
    await store.sync_feeds([feed(name) for name in names])
    ending = [
        asyncio.create_task(store.record_visit(visit(feed_url=name, etag='"v2"'))) for name in names[:3]
    ]
    await asyncio.sleep(0)
    ending[0].cancel()
    await asyncio.gather(*ending, return_exceptions=True)
    await store.record_visit(visit(feed_url=names[3], etag='"v2"'))

    kept = {status.feed.url: status.checkpoint.etag for status in await store.feeds()}
    assert {name: kept[name] for name in names[1:]} == dict.fromkeys(names[1:], '"v2"')


async def test_a_checkpoint_is_kept_whole(stocked: Store):
    """Every field of a checkpoint comes back as it was recorded."""
    failing = checkpoint(
        current_url="https://moved.example/feed",
        state=FeedState.FAILING,
        etag='W/"x"',
        last_modified="Tue, 27 Aug 2024 11:00:00 GMT",
        last_try_at=at(1.5),
        last_success_at=None,
        next_try_at=at(30) + timedelta(microseconds=1),
        failures=3,
        error="the server answered 503",
    )
    await stocked.record_visit(replace(visit(), checkpoint=failing))
    assert [status.checkpoint for status in await stocked.feeds()] == [failing]


async def test_known_stories_share_an_id_or_a_guid(stocked: Store):
    """A story is known by its id or by its guid, within its own feed only; a missing guid matches nothing."""
    await stocked.sync_feeds([feed(), feed(OTHER_URL)])
    by_id, by_guid, bare = story("One"), story("Two", guid="g-2"), story("Three")
    elsewhere = story("Four", guid="g-2", feed_url=OTHER_URL)
    for each in (by_id, by_guid, bare, elsewhere):
        told = outcome(member(), IRRELEVANT)
        told = replace(told, member=replace(told.member, story=each, reading=reading(each, ())))
        await stocked.record_visit(visit(told, feed_url=each.feed_url))
    asked = [by_id, story("Two, moved", guid="g-2"), story("Never seen")]
    assert await stocked.known_stories(FEED_URL, asked) == sorted([by_id, by_guid], key=lambda s: s.id)
    assert await stocked.known_stories(OTHER_URL, [by_id]) == []
    assert await stocked.known_stories(FEED_URL, []) == []


async def test_a_story_and_its_reading_come_back_whole(stocked: Store):
    """Whatever the chain reads out of a story is kept, every field of it, in its order."""
    told = story(
        "북한 선박 «Ангара»\u2019s 'shells'; drop table stories --",
        guid="tag:sample,2024:1",
        relayed_from="Sample Wire",
        revisions=2,
        language="ko",
        source=source(family="Sample House", reliability=Reliability.E, state_media=True),
        published_at=None,
        seen_at=at(0.1234),
    )
    links = (
        evidence(told, "shell-volume", stance=Stance.DISPUTES, why=marks("Kremlin", "baseless")),
        evidence(told, score=0.25, why=(), suggested=True, judge="model 1"),
    )
    figures = (
        figure(1, "shells", high=5.5, bound=Bound.ABOUT, period="since mid-2022", body="NIS", quote="1 to 5"),
        figure(),
    )
    read = reading(
        told,
        (),
        language="und",
        evidence=links,
        figures=figures,
        origin=Origin(("Kremlin", "TASS"), party=True),
    )
    kept = replace(member(), story=told, reading=read)
    await stocked.record_visit(visit(outcome(kept)))
    assert await stocked.events_between(at(0), at(1)) == [event(kept)]
    assert await stocked.stories() == [(told, event_id(kept))]


async def test_stories_come_by_time(stocked: Store):
    """Stories are ordered by when they were published, or seen where the feed does not say, then by id."""
    seen_only = member("Seen only", published_at=None, seen_at=at(-2))
    late, early = member("Late", published_at=at(-1)), member("Early", published_at=at(-3))
    dull = member("Weather", (), published_at=at(-9))
    await stocked.record_visit(
        visit(*(outcome(each) for each in (late, seen_only, early)), outcome(dull, IRRELEVANT))
    )
    assert await stocked.stories() == [
        (dull.story, None),
        *((each.story, event_id(each)) for each in (early, seen_only, late)),
    ]


async def test_a_story_keeps_the_source_of_its_day(stocked: Store):
    """Regrading a feed does not rewrite the grade under which its stories were told."""
    await stocked.record_visit(visit(outcome(member())))
    await stocked.sync_feeds([feed(source=source("Renamed", reliability=Reliability.E))])
    assert [kept.source for kept, _ in await stocked.stories()] == [source()]


async def test_a_visit_is_all_or_nothing(stocked: Store):
    """A visit that cannot be kept whole leaves neither its checkpoint nor its first stories."""
    untracked = member("Two", ["nobody-tracks-this"])
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await stocked.record_visit(visit(outcome(member("One")), outcome(untracked), etag='"v2"'))
    assert await stocked.stories() == []
    assert await stocked.due_deliveries(NOW) == []
    assert [status.checkpoint.etag for status in await stocked.feeds()] == [None]


async def test_a_moment_without_a_zone_is_a_bug(stocked: Store):
    """A naive moment is refused loudly instead of being taken for local time."""
    with pytest.raises(ValueError, match="without a time zone"):
        await stocked.due_feeds(NOW.replace(tzinfo=None))


# ---- ClaimBook ---------------------------------------------------------------------------------------


async def test_a_claim_comes_back_whole(store: Store):
    """Every field of a claim is kept, filled or empty."""
    full = claim(
        direction=Direction.TO_RUSSIA,
        items=("munitions", "탄약"),
        places=("Najin", "Dunay"),
        vessels=("Angara",),
        figures=(figure(1000, bound=Bound.AT_LEAST, body="White House"),),
        resolutions=("1718 (2006)",),
        disputed_by=("denial-moscow",),
        denial=True,
        parent="shell-volume",
        sources=(Reference("A report", "Sample Herald", Day(2023, 10), "https://sample.example/1"),),
        profile=Profile(
            need=(("item:containers",), ("a", "b")),
            boost=("c",),
            minus=("d",),
            since=Day(2023),
            until=Day(2024, 1, 2),
            against=("e",),
            accused=((Day(2022, 9), Day(2022, 10)), (Day(2023), Day(2023, 9, 12))),
        ),
    )
    bare = claim("bare", said_on=Day(2022, 9), profile=Profile(), sources=(Reference("T", "O"),))
    await store.sync_claims([full, bare])
    assert await store.claims() == [full, bare]
    assert await store.claim("bare") == bare


async def test_people_add_change_and_retire_claims_and_the_seed_file_does_not_undo_it(store: Store):
    """What somebody added or changed stays so, what somebody retired stays away; the rest is as listed."""
    await store.sync_claims([claim("a"), claim("b"), claim("c")])
    own, changed = claim("oil-k3f9", workspace="discord:500"), claim("a", statement="Changed")
    await store.keep_claim(own)
    await store.keep_claim(changed)
    await store.retire_claim("b")
    await store.sync_claims([claim("c"), claim("b"), claim("a")])
    assert await store.claims() == [claim("c"), changed, own]
    assert (await store.register()).keys() == {"a", "b", "c", "oil-k3f9"}
    with pytest.raises(NotFound, match="'b' is tracked"):
        await store.retire_claim("b")
    await store.keep_claim(claim("b"))
    assert await store.claim("b") == claim("b")


async def test_claims_keep_the_order_of_the_seeds(store: Store):
    """The register is read in seed order, and follows it when the seeds are rearranged or corrected."""
    await store.sync_claims([claim("b"), claim("a")])
    await store.sync_claims([claim("c"), claim("a", statement="Corrected"), claim("b")])
    assert [each.id for each in await store.claims()] == ["c", "a", "b"]
    assert (await store.claim("a")).statement == "Corrected"


async def test_a_retired_claim_is_not_found_but_its_evidence_stays(stocked: Store):
    """A claim that is no longer listed is not answered for; alerts that name it can still be shown."""
    told = member()
    await stocked.record_visit(visit(outcome(told)))
    await stocked.sync_claims([claim("shell-volume")])
    with pytest.raises(NotFound, match="containers-2023"):
        await stocked.claim("containers-2023")
    assert [each.id for each in await stocked.claims()] == ["shell-volume"]
    assert await stocked.search_claims("containers-2023") == []
    assert await stocked.evidence("containers-2023", 5) == [(told, told.reading.evidence[0])]
    assert [each.id for each in (await stocked.briefing(alert(told).key)).claims] == ["containers-2023"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("shells", ["one", "two"]),
        ("SHELLS  artill", ["one"]),
        ("ШЕЛЛ", ["two"]),
        ("dunay kremlin", ["one"]),
        ("angara", ["two"]),
        ("two", ["two"]),
        ("shells absent", []),
        ("%", []),
        ("  ", []),
        ("", []),
    ],
)
async def test_search_finds_claims_with_every_word(store: Store, words: str, found: list[str]):
    """Each word, case folded, must occur somewhere in id, statement, sayer, items, places or vessels."""
    await store.sync_claims(
        [
            claim("one", statement="Artillery shells went", said_by="Kremlin", places=("Dunay",)),
            claim("two", statement="None", items=("shells", "Шелл"), vessels=("Angara",)),
        ]
    )
    assert [each.id for each in await store.search_claims(words)] == found


async def test_evidence_is_the_newest_first(stocked: Store):
    """The newest stories that bear on a claim come first, whole, and no more than were asked for."""
    old, new, newest = (member(f"At {m}", published_at=at(m)) for m in (-30, -20, -10))
    other = member("Other", ["shell-volume"])
    both = member("Both", ["shell-volume", "containers-2023"], published_at=at(-5))
    await stocked.record_visit(visit(*(outcome(each) for each in (new, newest, old, other, both))))
    assert await stocked.evidence("containers-2023", 3) == [
        (both, both.reading.evidence[1]),
        (newest, newest.reading.evidence[0]),
        (new, new.reading.evidence[0]),
    ]
    assert await stocked.evidence("unheard-of", 3) == []


async def test_claims_are_in_the_news_by_their_newest_story(stocked: Store):
    """Each is named once; what is only suggested, or of a claim that is retired, puts none there."""
    shells = member("Shells", ["shell-volume"], published_at=at(-20))
    older = member("Older", ["containers-2023"], published_at=at(-30))
    newer = member("Newer", ["containers-2023"], published_at=at(-10))
    unsure = member("Unsure", ["shell-volume"], published_at=at(-1))
    link = replace(unsure.reading.evidence[0], suggested=True)
    unsure = replace(unsure, reading=replace(unsure.reading, evidence=(link,)))
    await stocked.record_visit(visit(*map(outcome, (older, shells, newer, unsure))))

    assert await stocked.claims_in_news(at(-60), 9) == ["containers-2023", "shell-volume"]
    assert await stocked.claims_in_news(at(-60), 1) == ["containers-2023"]
    assert await stocked.claims_in_news(at(-5), 9) == []
    await stocked.retire_claim("containers-2023")
    assert await stocked.claims_in_news(at(-60), 9) == ["shell-volume"]


async def test_sightings_are_the_figures_of_supporting_stories(stocked: Store):
    """Figures come oldest first with who said them: their body, else the source."""
    later = member("Later", figures=[figure(3, body="JCS"), figure(4)], origin="NIS", published_at=at(-1))
    early = member("Early", figures=[figure(2)], published_at=at(-1440))
    disputing = member("No", figures=[figure(9)])
    denied = replace(disputing.reading, evidence=(evidence(disputing.story, stance=Stance.DISPUTES),))
    await stocked.record_visit(
        visit(outcome(later), outcome(early), outcome(replace(disputing, reading=denied)))
    )
    seen = await stocked.sightings(["containers-2023", "shell-volume"])
    assert set(seen) == {"containers-2023", "shell-volume"}
    assert seen["shell-volume"] == ()
    assert [
        (each.figure.low, each.said_by, str(each.said_on), each.story_id) for each in seen["containers-2023"]
    ] == [
        (2, "Sample Herald", "2024-08-26", early.story.id),
        (3, "JCS", "2024-08-27", later.story.id),
        (4, "Sample Herald", "2024-08-27", later.story.id),
    ]


# ---- EventBook ---------------------------------------------------------------------------------------


async def test_events_between_are_whole(stocked: Store):
    """One member in the span, ends included, brings all members, in the order in which they were added."""
    first = member("First", published_at=at(-100))
    second = member("Second", published_at=at(-200))
    other = member("Other", published_at=at(-300))
    await stocked.record_visit(
        visit(outcome(first), outcome(other), outcome(second, update(alert(first)), of=first))
    )
    assert await stocked.events_between(at(-200), at(-150)) == [event(first, second)]
    assert await stocked.events_between(at(-150), at(-100)) == [event(first, second)]
    assert await stocked.events_between(at(-300), at(0)) == [event(other), event(first, second)]
    assert await stocked.events_between(at(-99), at(0)) == []


async def test_events_of_a_long_span_come_at_once(stocked: Store):
    """A span may hold more events than a statement may have parameters."""
    many = [member(f"Story {n}", published_at=at(-n)) for n in range(1200)]
    await stocked.record_visit(visit(*(outcome(each, Silence(Reason.BACKLOG)) for each in many)))
    assert await stocked.events_between(at(-2000), NOW) == [event(each) for each in reversed(many)]
    known = await stocked.known_stories(FEED_URL, [each.story for each in many])
    assert {each.id for each in known} == {each.story.id for each in many}


async def test_alerts_are_found_by_event(stocked: Store):
    """Each event that was told has its alert; a silent one and an unknown one have none."""
    told, silent = member("Told"), member("Silent")
    await stocked.record_visit(visit(outcome(told), outcome(silent, Silence(Reason.BACKGROUND_ONLY))))
    asked = [event_id(told), event_id(silent), "unknown"]
    assert await stocked.alerts(asked) == {event_id(told): alert(told)}
    assert await stocked.alerts([]) == {}


async def test_a_briefing_shows_things_as_they_stand(stocked: Store):
    """A briefing has the alert, its whole event, and its claims in the order of the links."""
    first = member("First", ["shell-volume", "containers-2023"])
    second = member("Second")
    await stocked.record_visit(visit(outcome(first)))
    await stocked.record_visit(visit(outcome(second, update(alert(first)), of=first)))
    briefing = await stocked.briefing(alert(first).key)
    assert briefing.alert == update(alert(first)).alert
    assert briefing.event == event(first, second)
    assert [each.id for each in briefing.claims] == ["shell-volume", "containers-2023"]
    with pytest.raises(NotFound, match="nothing-of-the-kind"):
        await stocked.briefing("nothing-of-the-kind")


async def test_activity_is_what_was_seen_in_the_span(stocked: Store):
    """The start is excluded, the end included; backlog and irrelevant stories bring nothing."""
    await stocked.sync_feeds([feed(), feed(OTHER_URL, title="Sample Courier")])
    before = member("Before", seen_at=at(0), published_at=at(-50))
    joins = member("Joins", seen_at=at(10), published_at=at(-40))
    last = member("Last", seen_at=at(20), published_at=at(-60))
    after = member("After", seen_at=at(20.001))
    old = member("Old", seen_at=at(15), backlog=True)
    dull = member("Dull", (), seen_at=at(15))
    dull = replace(dull, reading=replace(dull.reading, relevant=False))
    await stocked.record_visit(visit(outcome(before), state=FeedState.FAILING, error="no answer"))
    await stocked.record_visit(
        visit(
            outcome(joins, update(alert(before)), of=before),
            outcome(last, Silence(Reason.NO_CLAIM)),
            outcome(after),
            outcome(old, Silence(Reason.BACKLOG)),
            outcome(dull, IRRELEVANT),
            feed_url=OTHER_URL,
        )
    )
    activity = await stocked.activity(at(0), at(20))
    assert activity.events == (event(last), event(before, joins))
    assert activity.alerts == (update(alert(before)).alert,)
    assert [(status.feed.url, status.checkpoint.error) for status in activity.troubled] == [
        (FEED_URL, "no answer")
    ]


# ---- VectorBook --------------------------------------------------------------------------------------


async def test_vectors_are_kept_by_model_and_text(store: Store):
    """Asked for some texts, a store returns what this model made of those that it knows."""
    assert await store.vectors("m 1", ["a"]) == {}
    await store.keep_vectors("m 1", {"a": b"1", "b": b"2", "": b""}, NOW)
    assert await store.vectors("m 1", ["a", "", "c"]) == {"a": b"1", "": b""}
    assert await store.vectors("m 2", ["a"]) == {}
    assert await store.vectors("m 1", []) == {}


async def test_a_kept_vector_stays(store: Store):
    """Keeping a text twice keeps what was kept first."""
    await store.keep_vectors("m 1", {"a": b"1"}, NOW)
    await store.keep_vectors("m 1", {"a": b"2", "b": b"3"}, NOW)
    assert await store.vectors("m 1", ["a", "b"]) == {"a": b"1", "b": b"3"}


async def test_vectors_of_another_model_are_forgotten(store: Store):
    """With the first that a new model makes, those of the old one go: they would never be asked for."""
    await store.keep_vectors("m 1", {"a": b"1"}, NOW)
    await store.keep_vectors("m 2", {"b": b"2"}, NOW)
    assert await store.vectors("m 1", ["a"]) == {}
    assert await store.vectors("m 2", ["a", "b"]) == {"b": b"2"}


async def test_old_vectors_are_forgotten(store: Store):
    """The book does not grow for ever: what is older than it says goes when something is kept."""
    await store.keep_vectors("m 1", {"old": b"1"}, NOW - timedelta(days=VECTOR_DAYS, seconds=1))
    await store.keep_vectors("m 1", {"young": b"2"}, NOW - timedelta(days=VECTOR_DAYS))
    await store.keep_vectors("m 1", {"new": b"3"}, NOW)
    assert await store.vectors("m 1", ["old", "young", "new"]) == {"young": b"2", "new": b"3"}
