"""What every store promises of kept stories, one by one (`claims.store.StoryBook`)."""

from dataclasses import replace

import pytest

from claims.model import Evidence, Mark, Member, Origin, Reason, Rereading, Silence, Stance
from claims.outgoing import Account, DeliveryState
from claims.store import Store
from tests.support.build import (
    NOW,
    alert,
    at,
    delivery,
    event,
    event_id,
    feed,
    figure,
    inquiry,
    member,
    outcome,
    reading,
    source,
    verdict,
    visit,
)

OTHER_URL = "https://feeds.sample-courier.example/rss"
PAGE = "https://sample-herald.example/1"


async def test_an_account_is_all_that_became_of_a_story(stocked: Store):
    """A story that was told comes with reading, reason, event, alert and how each delivery went."""
    told = member(figures=[figure()], origin="Sample ministry", url=PAGE)
    raised = alert(told, reason=Reason.NEW_FIGURE)
    await stocked.record_visit(visit(outcome(told, raised)))
    sent = delivery(raised.key, state=DeliveryState.SENT, receipt="1", sent_revision=0)
    await stocked.record_delivery(sent)

    account = Account(told, Reason.NEW_FIGURE, event(told), raised, (sent,))
    assert await stocked.accounts(told.story.id) == [account]
    assert await stocked.accounts(PAGE) == [account]


async def test_a_story_that_was_not_told_says_why(stocked: Store):
    """A story without an event has the reason alone; one that joined a told event has that alert."""
    dull = member("Sample bakery opens", claims=())
    first, second = member("Shells leave"), member("Shells leave, again", seen_at=at(5))
    silence = Silence(Reason.ALREADY_TOLD)
    await stocked.record_visit(
        visit(outcome(dull, Silence(Reason.IRRELEVANT)), outcome(first), outcome(second, silence, of=first))
    )

    assert await stocked.accounts(dull.story.id) == [Account(dull, Reason.IRRELEVANT)]
    (again,) = await stocked.accounts(second.story.id)
    assert (again.reason, again.alert) == (Reason.ALREADY_TOLD, alert(first))
    assert again.event == event(first, second)


async def test_an_account_names_who_settled_how_a_story_reads(stocked: Store):
    """Shared verdicts and opinions that changed something come with it; a workspace's own word does not."""
    told = member()
    await stocked.record_visit(visit(outcome(told)))
    said = verdict(told.story, "right", claim_id="containers-2023")
    await stocked.record_verdict(said)
    await stocked.record_verdict(replace(said, workspace="discord:1", shared=False))
    changed, same = inquiry(story_id=told.story.id), inquiry(key="k-2", story_id=told.story.id, changed=())
    await stocked.record_inquiry(changed)
    await stocked.record_inquiry(same)

    (account,) = await stocked.accounts(told.story.id)
    assert (account.verdicts, account.opinions, account.settled) == ((said,), (changed,), True)


async def test_an_address_is_found_however_it_was_copied(stocked: Store):
    """Trackers, fragment and scheme aside, an address names the story of every feed that brought it."""
    await stocked.sync_feeds([feed(), feed(OTHER_URL, source=source("Sample Courier"))])
    ours = member("Shells leave", url=PAGE)
    theirs = member("Shells leave", url=f"{PAGE}?utm_source=rss", feed_url=OTHER_URL, published_at=at(-9))
    await stocked.record_visit(visit(outcome(ours)))
    await stocked.record_visit(visit(outcome(theirs), feed_url=OTHER_URL))

    found = await stocked.accounts("http://sample-herald.example/1?fbclid=x#top")
    assert [account.member.story for account in found] == [theirs.story, ours.story]


async def test_what_is_not_kept_is_not_found(stocked: Store):
    """No story has an account where none has that id or address; hostile words are only words."""
    await stocked.record_visit(visit(outcome(member(url="", guid="1"))))
    for named in ("", "nothing", "https://elsewhere.example/", "'; drop table stories; --", "[::1"):
        assert await stocked.accounts(named) == []


async def test_stories_since_a_moment_come_by_their_time(stocked: Store):
    """The moment itself counts, and a story without a date is as old as when it was seen."""
    early = member("Early", published_at=at(-60))
    late = member("Late", published_at=at(-1))
    dateless = member("Dateless", published_at=None)
    await stocked.record_visit(visit(outcome(late), outcome(early), outcome(dateless)))

    assert await stocked.story_ids(at(-60)) == [early.story.id, late.story.id, dateless.story.id]
    assert await stocked.story_ids(at(-59)) == [late.story.id, dateless.story.id]
    assert await stocked.story_ids(NOW) == [dateless.story.id]


async def test_members_come_as_they_are_kept(stocked: Store):
    """Stories come whole with the events that they belong to; unknown ids are left out."""
    told, dull = (
        member(figures=[figure()], origin="Sample ministry"),
        member("Sample bakery opens", claims=()),
    )
    dull = Member(dull.story, replace(dull.reading, relevant=False))
    await stocked.record_visit(visit(outcome(told), outcome(dull, Silence(Reason.IRRELEVANT))))

    kept = await stocked.members([dull.story.id, told.story.id, "gone"])
    assert sorted(kept, key=lambda pair: pair[1] or "") == [(dull, None), (told, event_id(told))]


async def test_a_rereading_replaces_what_was_read_and_nothing_else(stocked: Store):
    """Evidence, figures, origin and event are those of today; the decision and the alert stay, unsent."""
    told = member(figures=[figure()], url=PAGE)
    raised = alert(told)
    await stocked.record_visit(visit(outcome(told, raised)))
    due = await stocked.due_deliveries(NOW)
    link = Evidence(told.story.id, "shell-volume", Stance.DISPUTES, 0.4, (Mark(0, 6, "Sample", "x"),), True)
    now = replace(
        reading(told.story),
        score=0.7,
        language="ko",
        evidence=(link,),
        figures=(figure(9, "ships"),),
        origin=Origin(("Sample ministry", "Sample wire"), party=True),
        concepts=(("ship", 0.6),),
    )
    await stocked.reread([Rereading(now, event_id(told))])

    (account,) = await stocked.accounts(PAGE)
    assert account.member == Member(told.story, now)
    assert (account.reason, account.alert) == (Reason.NEW_EVENT, raised)
    assert await stocked.due_deliveries(NOW) == due


async def test_a_rereading_may_move_a_story_into_an_event_and_out_of_one(stocked: Store):
    """A story that became relevant opens an event, one that is no longer relevant leaves its own."""
    dull, told = member("Sample bakery opens", claims=()), member(claims=())
    await stocked.record_visit(
        visit(outcome(dull, Silence(Reason.IRRELEVANT)), outcome(told, Silence(Reason.NO_CLAIM)))
    )
    await stocked.reread(
        [Rereading(reading(dull.story), "e-new"), Rereading(replace(told.reading, relevant=False), None)]
    )

    (opened,) = await stocked.events_between(at(-60), NOW)
    assert (opened.id, [m.story for m in opened.members]) == ("e-new", [dull.story])
    assert await stocked.accounts(told.story.id) == [
        Account(Member(told.story, replace(told.reading, relevant=False)), Reason.NO_CLAIM)
    ]


async def test_rereadings_are_kept_all_or_none(stocked: Store):
    """Where one of them names a claim that was never listed, none of them is kept."""
    first, second = member("First"), member("Second")
    await stocked.record_visit(visit(outcome(first), outcome(second)))
    bad = Rereading(reading(second.story, ["never-listed"]), event_id(second))
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await stocked.reread([Rereading(reading(first.story, ["shell-volume"]), event_id(first)), bad])

    kept = await stocked.members([first.story.id, second.story.id])
    assert {m.story.id: m for m, _ in kept} == {first.story.id: first, second.story.id: second}


async def test_history_is_kept_as_a_visit_is_without_a_checkpoint(stocked: Store):
    """Story, reading and event are there, its feed is as it was, and the same history twice is kept once."""
    before = await stocked.feeds()
    old = member(backlog=True)
    for _ in range(2):
        await stocked.record_history([outcome(old, Silence(Reason.BACKLOG))], [])

    assert await stocked.accounts(old.story.id) == [Account(old, Reason.BACKLOG, event(old))]
    assert await stocked.feeds() == before


async def test_the_feed_of_an_archive_is_neither_shown_nor_due(stocked: Store):
    """It is kept for its stories' sake, also where it was kept before; the watched ones stay as they are."""
    watched = await stocked.feeds()
    for title in ("Sample news", "More sample news"):
        old = member(title, feed_url="archive:sample gazette", backlog=True)
        archive = feed("archive:sample gazette", title="Sample Gazette")
        await stocked.record_history([outcome(old, Silence(Reason.BACKLOG))], [archive])

    assert await stocked.feeds() == await stocked.due_feeds(NOW) == watched
    assert {s.feed_url for s, _ in await stocked.stories()} == {"archive:sample gazette"}


async def test_history_of_which_a_part_cannot_be_kept_is_not_kept(stocked: Store):
    """A story whose feed nobody ever listed takes the whole batch with it: it is run again then."""
    stories = [member("Sample news"), member("Other sample news", feed_url="https://nowhere.example/")]
    with pytest.raises(Exception, match="FOREIGN KEY"):
        await stocked.record_history([outcome(each, Silence(Reason.BACKLOG)) for each in stories], [])

    assert await stocked.stories() == []
