"""The register kept in chat: histories, and claims that are retired, restored, merged and split."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, cast

import pytest

from bot.actions.model import Press
from bot.actions.table import ACTIONS
from bot.card import Card, Tone, plain
from bot.commands.desk import Desk
from bot.commands.model import OPERATOR, Context
from bot.commands.table import COMMANDS
from bot.controls import Button, Form
from bot.replies import Reply
from claims.care import EditKind
from claims.model import Member
from claims.store import Store
from tests.support.build import claim, feed, member, outcome, subscription, visit
from tests.support.chat import MINA, ask, fields, say

HERE = MINA.workspace
ONE, OTHER, THIRD = (
    claim("own-k3f9", statement="Tankers bring refined oil to Chongjin", workspace=HERE),
    claim("own-x2y4", statement="Ships bring fuel to Chongjin", workspace=HERE),
    claim("own-z5y6", statement="Tankers bring refined oil to Nampo", workspace=HERE),
)
TOLD = member(
    "Sample tankers bring refined oil to Chongjin and to Nampo",
    [ONE.id],
    summary="North Korea took oil from Russia.",
)
LATER = member(
    "Sample tankers bring refined oil to Nampo again", [ONE.id], summary="North Korea took oil from Russia."
)
FOREIGN = claim("own-h4r7", statement="Barges bring diesel to Chongjin", workspace="discord:501")
STRANGER = replace(MINA, reference="discord:902", workspace="discord:501")


def lines(card: Card) -> list[str]:
    """Return the lines of a card."""
    return [plain(line) for line in card.lines]


def buttons(card: Card) -> dict[str, str]:
    """Return the actions of a card's buttons by their labels."""
    return {each.label: each.action for row in card.controls for each in row if isinstance(each, Button)}


@pytest.fixture(autouse=True)
async def kept(context: Context) -> None:
    """Keep a shared claim, three of a workspace's own, and a story that bears on one of these."""
    await context.store.sync_feeds([feed()])
    await context.store.sync_claims([claim(tags=("munitions",))])
    for own in (ONE, OTHER, THIRD):
        await context.store.keep_claim(own)
    await context.store.record_visit(visit(outcome(TOLD)))


async def test_a_history_tells_who_did_what_and_why(context: Context) -> None:
    """The newest edit comes first, with what was and is; a claim that is tracked no longer has one too."""
    await say(context, f"claim edit {ONE.id} said_by=Sample Panel tags=oil why=Read the report again")
    await say(context, f"claim retire {ONE.id} why=Said twice")

    card = await say(context, f"claim history {ONE.id}")

    retired, edited, added = lines(card)
    assert card.heading == f"HISTORY · {ONE.id}"
    assert retired.endswith(f"retired, {MINA.reference} · because: Said twice")
    assert edited.endswith(
        f"changed, {MINA.reference} · said_by: Sample Panel (was White House); tags: oil (was nothing)"
        " · because: Read the report again"
    )
    assert added.endswith("added, Claimwatch itself")
    assert lines(await say(context, "claim history containers-2023"))[0].endswith("added, the seed file")


async def test_a_history_names_nobody_elsewhere(context: Context) -> None:
    """Of another workspace's people nobody learns who edited a claim that all see; the console does."""
    shared = replace(context, shared_register=True)
    await say(shared, "claim edit containers-2023 said_by=Sample Panel", STRANGER)

    here = lines(await say(shared, "claim history containers-2023"))[0]
    console = lines(await ask(shared, "claim history containers-2023"))[0]

    assert "changed, somebody elsewhere · said_by" in here
    assert f"changed, {STRANGER.reference} · said_by" in console


async def test_a_retired_claim_comes_back(context: Context) -> None:
    """With what bore on it; and one that is tracked cannot be restored."""
    await say(context, f"claim retire {ONE.id} why=Said twice")
    card = await say(context, f"claim restore {ONE.id} why=It was not")
    again = await say(context, f"claim restore {ONE.id}")

    assert card.heading == f"TRACKED AGAIN · {ONE.id}"
    assert fields(await say(context, f"claim show {ONE.id}"))["Evidence"].startswith("1 in support")
    assert (again.tone, again.title) == (Tone.TROUBLE, f"{ONE.id} is tracked already")


async def test_what_became_of_a_claim_is_told_to_whoever_asks_for_it(context: Context) -> None:
    """Retired or merged: since when, why, into what, and how it comes back."""
    await say(context, f"claim retire {ONE.id} why=Said twice")
    await say(context, f"claim merge {OTHER.id} {THIRD.id} why=They say the same sure=yes")

    retired, merged = [await say(context, f"claim show {each.id}") for each in (ONE, OTHER)]

    assert retired.title.startswith(f"{ONE.id} is tracked no longer since ")
    assert lines(retired) == ["because: Said twice", f"/claim restore {ONE.id} undoes it"]
    assert merged.title.startswith(f"{OTHER.id} was merged into {THIRD.id} on ")
    assert lines(merged) == ["because: They say the same", f"/claim restore {OTHER.id} undoes it"]


async def test_a_merge_asks_first_and_is_done_by_its_button(context: Context) -> None:
    """Nothing changes until it is pressed; then the stories bear on the other, and the audit log has it."""
    desk = Desk(COMMANDS, context, ACTIONS)
    asked = await say(context, f"claim merge {ONE.id} {OTHER.id} why=They say the same")
    before = await context.store.claims()
    done = await desk.act(buttons(asked)["Merge"], Press(""), MINA)

    assert asked.title == f"Merge {ONE.id} into {OTHER.id}?"
    assert "1 story that bears on it is linked anew" in lines(asked)
    assert ONE in before
    assert isinstance(done, Reply)
    assert done.card.heading == f"MERGED · {ONE.id}"
    assert fields(await say(context, f"claim show {OTHER.id}"))["Evidence"].startswith("1 in support")
    (edit, _added) = await context.store.edits(ONE.id)
    assert (edit.kind, edit.person, edit.why) == (EditKind.MERGED, MINA.reference, "They say the same")
    (entry,) = await context.store.audit(HERE, 5)
    assert "claim merge" in entry.details
    assert ONE.id in entry.details


async def test_a_restored_claim_takes_back_what_its_merge_linked(context: Context) -> None:
    """The other claim has the evidence that it had; subscriptions go their old ways."""
    await context.store.subscribe(
        subscription("discord:600", workspace=HERE, claims=frozenset({ONE.id}), by_people=True)
    )
    await say(context, f"claim merge {ONE.id} {OTHER.id} why=Same sure=yes")
    (merged,) = await context.store.subscriptions(HERE)
    await say(context, f"claim restore {ONE.id}")
    (restored,) = await context.store.subscriptions(HERE)

    assert (merged.claims, restored.claims) == ({OTHER.id}, {ONE.id})
    assert await context.store.evidence(OTHER.id, 5) == []
    assert [m for m, _link in await context.store.evidence(ONE.id, 5)] == [TOLD]


async def test_a_split_reads_the_stories_again(context: Context) -> None:
    """Each of the claims in its place has the stories that fit it."""
    card = await say(context, f"claim split {ONE.id} {OTHER.id},{THIRD.id} why=Two ports sure=yes")

    assert card.heading == f"SPLIT · {ONE.id}"
    assert fields(card)["Now"] == f"{OTHER.id}, {THIRD.id}"
    found = [m.story.id for m, _link in await context.store.evidence(THIRD.id, 5)]
    assert found == [TOLD.story.id]
    assert ONE.id not in {each.id for each in await context.store.claims()}


class Busy:
    """A store into which a story comes while others are read."""

    def __init__(self, store: Store) -> None:
        """Stand before a store."""
        self._store = store

    def __getattr__(self, name: str) -> Any:
        """Hand everything else on."""
        return getattr(self._store, name)

    async def members(self, story_ids: Collection[str]) -> list[tuple[Member, str | None]]:
        """Return stories, after another one came."""
        await self._store.record_visit(visit(outcome(LATER)))
        return await self._store.members(story_ids)


async def test_a_story_that_comes_while_others_are_read_again_is_read_too(context: Context) -> None:
    """It bore on the claim that is split, and bears on what stands in its place."""
    busy = replace(context, store=cast("Store", Busy(context.store)))
    card = await say(busy, f"claim split {ONE.id} {OTHER.id},{THIRD.id} why=Two ports sure=yes")

    found = {m.story.id for m, _link in await context.store.evidence(THIRD.id, 5)}
    assert found == {TOLD.story.id, LATER.story.id}
    assert fields(card)["Evidence"] == "2 stories linked anew"


MISTAKES = {
    f"merge {ONE.id} {ONE.id} why=Same": f"into: expected another claim than {ONE.id}",
    f"merge {ONE.id} nothing why=Same": "There is no claim “nothing”",
    f"merge {ONE.id} containers-2023 why=Same": (
        f"{ONE.id} is your own, and its stories would bear on containers-2023 for everybody"
    ),
    f"merge containers-2023 {ONE.id} why=Same": "containers-2023 is everybody's, and whoever runs the bot",
    f"split {ONE.id} {OTHER.id} why=Same": "into: expected the ids of 2 to 5 claims",
    f"merge {ONE.id} {OTHER.id}": "/claim merge needs WHY",
    f"retire {ONE.id}": "/claim retire needs WHY",
    "restore nothing": "There is no claim “nothing”",
    "list tag=nothing": "No claim has the tag “nothing”",
}


@pytest.mark.parametrize(("line", "says"), MISTAKES.items(), ids=MISTAKES)
async def test_a_mistake_names_what_is_wrong(context: Context, line: str, says: str) -> None:
    """And changes nothing."""
    before = await context.store.claims()

    card = await say(context, f"claim {line}")

    assert (card.tone, card.title.startswith(says)) == (Tone.TROUBLE, True), card
    assert await context.store.claims() == before


NOT_SEEN = {
    f"merge containers-2023 {ONE.id}": f"{ONE.id} is not seen by all who see containers-2023",
    f"merge {ONE.id} {FOREIGN.id}": f"{FOREIGN.id} is not seen by all who see {ONE.id}",
    f"split {ONE.id} {OTHER.id},{FOREIGN.id}": f"{FOREIGN.id} is not seen by all who see {ONE.id}",
}


async def test_a_duplicate_of_everybodys_claim_is_retired_instead(context: Context) -> None:
    """Where its stories may not be linked to what all see, the refusal names what can be done."""
    card = await say(context, f"claim split {ONE.id} {OTHER.id},containers-2023 why=Same")

    assert lines(card)[-1] == "/claim retire tracks yours no longer"


@pytest.mark.parametrize(("line", "says"), NOT_SEEN.items(), ids=NOT_SEEN)
async def test_what_fewer_see_takes_no_place_of_what_more_see(context: Context, line: str, says: str) -> None:
    """Others would follow a claim that they cannot see; whoever runs the bot sees both."""
    await context.store.keep_claim(FOREIGN)

    card = await say(context, f"claim {line} why=Same sure=yes", OPERATOR)

    assert card.title == says
    assert ONE in await context.store.claims()


async def test_no_claim_becomes_a_part_of_itself(context: Context) -> None:
    """The parts of a merged claim become parts of the other, which must not be one of their own."""
    await context.store.keep_claim(replace(OTHER, parent=ONE.id))
    await context.store.keep_claim(replace(THIRD, parent=OTHER.id))
    refused = await say(context, f"claim merge {ONE.id} {THIRD.id} why=Same sure=yes")
    done = await say(context, f"claim merge {ONE.id} {OTHER.id} why=Same sure=yes")

    assert refused.title == f"into: {THIRD.id} is a part of a part of {ONE.id}"
    assert done.heading == f"MERGED · {ONE.id}"
    assert (await context.store.claim(OTHER.id)).parent is None


async def test_a_dossier_leads_on(context: Context) -> None:
    """Its buttons open the timeline, the figures and the history; who may change it is asked for a reason."""
    desk = Desk(COMMANDS, context, ACTIONS)
    own = buttons(await say(context, f"claim show {ONE.id}"))
    shared = buttons(await say(context, "claim show containers-2023"))
    opened = [await desk.act(own[label], Press(""), MINA) for label in ("Timeline", "Figures", "History")]
    form = await desk.act(own["Retire"], Press(""), MINA)
    assert isinstance(form, Form)
    retired = await desk.act(form.action, Press("", (), {"why": "Said twice"}), MINA)

    headings = [each.card.heading.partition(" ")[0] for each in opened if isinstance(each, Reply)]
    assert headings == ["TIMELINE", "FIGURES", "HISTORY"]
    assert "Retire" not in shared
    assert [entry.name for entry in form.entries] == ["why"]
    assert isinstance(retired, Reply)
    assert fields(retired.card)["Why"] == "Said twice"
    assert not buttons(await ask(context, "claim show containers-2023"))


async def test_claims_are_listed_by_tag(context: Context) -> None:
    """And one of the list is shown from its menu."""
    listed = await say(context, "claim list tag=Munitions")
    desk = Desk(COMMANDS, context, ACTIONS)
    shown = await desk.act("claim", Press("", ("containers-2023",)), MINA)

    assert listed.title == "1 claim of munitions"
    assert isinstance(shown, Reply)
    assert shown.card.heading == "CLAIM · containers-2023"
