"""What every store promises of routing where workspaces see an alert differently."""

from dataclasses import replace
from datetime import time

import pytest

from claims.model import Evidence, Member, Stance
from claims.outgoing import DeliveryState
from claims.showing import UNSEEN
from claims.store import Store
from claims.subscriptions import Importance, Subscription
from claims.verdicts import Verdict
from tests.support.build import (
    alert,
    at,
    claim,
    evidence,
    member,
    outcome,
    revision,
    source,
    subscription,
    update,
    verdict,
    visit,
)

OURS, THEIRS = "discord:500", "discord:501"
HERE, THERE = "discord:600", "discord:601"
FIRST = member("First")
KEY = alert(FIRST).key
OWN = claim("oil-k3f9", workspace=THEIRS)


def of(destination: str, *claims: str, **changes: object) -> Subscription:
    """Return what a channel wants, in the workspace that it is of."""
    workspace = OURS if destination.startswith("discord:60") and destination != THERE else THEIRS
    return subscription(destination, *claims, workspace=workspace, **changes)


def said_here(told: Member, kind: str, **changes: object) -> Verdict:
    """Return what somebody of our workspace said of a story for it alone."""
    return verdict(told.story, kind, workspace=OURS, person="discord:901", shared=False, **changes)


async def state(store: Store, destination: str, key: str = KEY) -> tuple[DeliveryState, str] | None:
    """Return what became of the alert in a channel, and why."""
    found = await store.delivery(key, destination)
    return (found.state, found.reason) if found else None


async def posted(store: Store, *destinations: str) -> None:
    """Record that the alert was posted."""
    for each in destinations:
        kept = await store.delivery(KEY, each)
        assert kept
        sent = replace(kept, state=DeliveryState.SENT, receipt="m-1", sent_revision=kept.revision)
        assert await store.record_delivery(replace(sent, next_try_at=None))


async def due(store: Store) -> list[str]:
    """Return the channels where something of the alert is due."""
    return [each.destination for each in await store.due_deliveries(at(60)) if each.key == KEY]


async def tell(store: Store, told: Member = FIRST, *links: Evidence) -> None:
    """Record a story with its alert."""
    read = replace(told, reading=replace(told.reading, evidence=links or told.reading.evidence))
    await store.record_visit(visit(outcome(read, alert(read))))


async def join(store: Store, told: Member) -> None:
    """Record a story that joins the event, with the claims that it bears on beside those of the alert."""
    kept = (await store.briefing(KEY)).alert
    borne = {link.claim_id for link in kept.links}
    added = [link for link in told.reading.evidence if link.claim_id not in borne]
    await store.record_visit(visit(outcome(told, update(kept, links=(*kept.links, *added)), of=FIRST)))


@pytest.fixture
async def two(stocked: Store) -> Store:
    """Return a store of two workspaces, one of which has a claim of its own."""
    await stocked.keep_claim(OWN)
    await stocked.sync_subscriptions([of(HERE), of(THERE)])
    return stocked


async def test_a_hidden_claim_makes_nothing_matter(two: Store):
    """What disputes a neighbour's claim alone is routine here, and says so."""
    await two.sync_subscriptions([of(HERE, least=Importance.MAJOR), of(THERE, least=Importance.MAJOR)])
    denied = evidence(FIRST.story, OWN.id, stance=Stance.DISPUTES)
    await tell(two, FIRST, *FIRST.reading.evidence, denied)
    routine = "It is routine; wanted is what is major at least."
    assert await state(two, HERE) == (DeliveryState.FILTERED, routine)
    assert await state(two, THERE) == (DeliveryState.PENDING, "")


async def test_a_changed_subscription_does_not_learn_of_a_hidden_claim(two: Store):
    """What waits is measured again by what is seen of it."""
    denied = evidence(FIRST.story, OWN.id, stance=Stance.DISPUTES)
    await tell(two, FIRST, *FIRST.reading.evidence, denied)
    for destination in (HERE, THERE):
        await two.subscribe(of(destination, least=Importance.MAJOR))
    assert await due(two) == [THERE]


async def test_a_strangers_claim_edits_no_message(two: Store):
    """A story that bears on nothing more that is seen here leaves the message alone."""
    await tell(two)
    await posted(two, HERE, THERE)
    await join(two, member("Second", [OWN.id], source=source("Sample Post"), seen_at=at(5)))
    assert await due(two) == [THERE]
    await join(two, member("Third", source=source("Sample Wire"), seen_at=at(6)))
    assert await due(two) == [HERE, THERE]


async def test_what_comes_out_is_told_then(two: Store):
    """An alert of a hidden claim alone becomes one of everybody's with the first story of theirs."""
    await tell(two, FIRST, evidence(FIRST.story, OWN.id))
    assert await state(two, HERE) == (DeliveryState.FILTERED, UNSEEN)
    assert await due(two) == [THERE]
    await posted(two, THERE)
    await join(two, member("Second", seen_at=at(5)))
    assert await due(two) == [THERE, HERE]


async def test_a_second_story_of_an_outlet_edits_where_it_says_more(two: Store):
    """Without the hidden claim it would be silent, and so it is to those who do not see that."""
    await tell(two)
    await posted(two, HERE, THERE)
    await join(two, member("Second", ["containers-2023", OWN.id], seen_at=at(5)))
    assert await due(two) == [THERE]


async def test_an_edit_of_a_story_shows_to_those_who_see_what_it_turned(two: Store):
    """What an outlet's edit takes from a hidden claim edits no message elsewhere."""
    told = member("First", ["containers-2023", OWN.id])
    await tell(two, told)
    await posted(two, HERE, THERE)
    await two.record_revision(revision(told, evidence=FIRST.reading.evidence), at(9))
    assert await due(two) == [THERE]
    again = replace(told, story=replace(told.story, revisions=1), reading=FIRST.reading)
    await two.record_revision(revision(again, "Sample crane stands idle"), at(10))
    assert await due(two) == [HERE, THERE]


async def test_a_claim_that_our_people_attached_is_told_where_it_is_followed(two: Store):
    """Their word routes the alert in their own channels, and in no other."""
    await two.sync_subscriptions([of(HERE, "shell-volume"), of(THERE, "shell-volume")])
    await tell(two)
    here = said_here(FIRST, "wrong-claim", claim_id="containers-2023", right_claim="shell-volume")
    await two.record_verdict(here)
    assert await due(two) == [HERE]
    await two.record_verdict(replace(here, undone=True))
    assert await due(two) == []


@pytest.mark.parametrize("undone", [False, True])
async def test_what_people_say_of_an_old_alert_is_no_news_to_a_later_subscription(
    two: Store, *, undone: bool
):
    """Neither the claim that they attach nor what they take back posts it where it was never told."""
    await two.sync_subscriptions([])
    await tell(two)
    kind, claim = ("not-relevant", None) if undone else ("right", "shell-volume")
    said = said_here(FIRST, kind, claim_id=claim)
    if undone:
        await two.record_verdict(said)
    await two.sync_subscriptions([of(HERE, "shell-volume", "containers-2023"), of("discord:602")])
    await two.record_verdict(replace(said, undone=undone))
    assert await due(two) == []


async def test_a_claim_that_our_people_took_away_is_not_posted(two: Store):
    """The channel that follows only that claim is not told, also after the next outlet."""
    await two.sync_subscriptions([of(HERE, "containers-2023"), of(THERE, "containers-2023")])
    links = (*FIRST.reading.evidence, evidence(FIRST.story, "shell-volume"))
    await tell(two, FIRST, *links)
    away = said_here(FIRST, "wrong-claim", claim_id="containers-2023")
    await two.record_verdict(away)
    gone = (DeliveryState.FILTERED, "It bears on no claim that is followed here.")
    assert await state(two, HERE) == gone
    await join(two, member("Second", ["shell-volume"], source=source("Sample Post"), seen_at=at(5)))
    assert await state(two, HERE) == gone
    assert await due(two) == [THERE]


async def test_a_private_word_edits_the_messages_of_its_workspace(two: Store):
    """Whoever says it, by whatever command, the channel shows it, and no other changes."""
    await tell(two)
    await posted(two, HERE, THERE)
    await two.record_verdict(said_here(FIRST, "right", claim_id="containers-2023"))
    assert await due(two) == [HERE]


async def test_what_our_people_took_away_is_not_followed_up(two: Store):
    """An edit that turns that claim says nothing under the message here."""
    told = member("First", ["containers-2023", "shell-volume"])
    await tell(two, told)
    await posted(two, HERE, THERE)
    await two.record_verdict(said_here(FIRST, "wrong-claim", claim_id="shell-volume"))
    shared, turned = told.reading.evidence
    turned = replace(turned, stance=Stance.DISPUTES)
    await two.record_revision(revision(told, evidence=(shared, turned)), at(9))
    assert [each.destination for each in await two.due_deliveries(at(60)) if each.head] == [THERE]


async def test_claims_of_servers_that_nobody_named_are_counted(two: Store):
    """Those of a server with a channel in the settings are not, and neither is what is retired or shared."""
    assert await two.guest_claims() == 0
    await two.keep_claim(claim("coal-x2y4", workspace="discord:502"))
    await two.keep_claim(claim("tin-x2y5", workspace="discord:502"))
    await two.keep_claim(claim("zinc-x2y6"))
    assert await two.guest_claims() == 2
    await two.retire_claim("tin-x2y5")
    await two.subscribe(subscription("discord:603", workspace="discord:502"))
    assert await two.guest_claims() == 1


async def test_a_digest_holds_nothing_that_its_people_took_out(two: Store):
    """What waits for it is told as its workspace sees it, and comes back with the word that took it out."""
    await two.sync_subscriptions(
        [of(each, quiet=(time(11), time(12)), digest=time(13)) for each in (HERE, THERE)]
    )
    await tell(two, FIRST, *FIRST.reading.evidence, evidence(FIRST.story, OWN.id))
    assert [e.claim_id for held in await two.held(HERE) for e in held.alert.links] == ["containers-2023"]
    away = said_here(FIRST, "not-relevant")
    await two.record_verdict(away)
    assert await two.held(HERE) == []
    assert len(await two.held(THERE)) == 1
    await two.record_verdict(replace(away, undone=True))
    assert len(await two.held(HERE)) == 1
