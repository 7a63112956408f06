"""How claims are edited, and what is kept of it: the contract of any store."""

import pytest

from claims.care import SEEDS, ClaimEdit, EditKind, Editor
from claims.errors import NotFound
from claims.store import Store
from claims.workspaces import OURSELVES
from tests.support.build import alert, at, claim, evidence, member, outcome, subscription, verdict, visit

ANNA = Editor("discord:901", "discord:500", "The day was wrong")


def told(edits: list[ClaimEdit]) -> list[tuple[object, ...]]:
    """Return edits, oldest first, without their moments."""
    return [
        (edit.kind, edit.person, edit.workspace, edit.why, edit.before, edit.after) for edit in edits[::-1]
    ]


async def test_every_edit_is_kept_with_who_and_why(store: Store) -> None:
    """What was added, changed, retired and restored is told with what the claim was and came to be."""
    was, now = claim(), claim(statement="Changed")
    await store.sync_claims([was])
    await store.keep_claim(now, ANNA)
    await store.retire_claim(now.id, ANNA)
    await store.keep_claim(was)

    edits = await store.edits(was.id)

    by_anna = (ANNA.person, ANNA.workspace, ANNA.why)
    assert told(edits) == [
        (EditKind.ADDED, SEEDS, None, "", None, was),
        (EditKind.CHANGED, *by_anna, was, now),
        (EditKind.RETIRED, *by_anna, now, None),
        (EditKind.RESTORED, OURSELVES, None, "", None, was),
    ]
    assert [edit.at for edit in edits] == sorted((edit.at for edit in edits), reverse=True)
    assert await store.edits("another") == []


async def test_the_seed_file_edits_only_what_differs(store: Store) -> None:
    """Listing the same again, in whatever order, is no edit; a correction, a removal and a return are one."""
    kept, dropped, own = claim("a"), claim("b"), claim("c")
    await store.sync_claims([kept, dropped, own])
    await store.keep_claim(claim("c", statement="Of people"), ANNA)
    await store.sync_claims([own, dropped, kept])
    await store.sync_claims([claim("a", statement="Corrected")])
    await store.sync_claims([claim("a", statement="Corrected"), dropped])

    kinds = {each: [edit.kind for edit in (await store.edits(each))[::-1]] for each in "abc"}

    assert kinds == {
        "a": [EditKind.ADDED, EditKind.CHANGED],
        "b": [EditKind.ADDED, EditKind.RETIRED, EditKind.RESTORED],
        "c": [EditKind.ADDED, EditKind.CHANGED],
    }


async def linked(store: Store, claim_id: str) -> list[str]:
    """Return the headlines of the stories that bear on a claim, newest first."""
    return [member.story.title for member, _link in await store.evidence(claim_id, 9)]


async def test_a_merged_claim_gives_way_to_the_other_until_it_is_restored(stocked: Store) -> None:
    """Its stories bear on the other too, what names it names the other, and restoring undoes all of that."""
    old, new = "containers-2023", "shell-volume"
    both, alone = member("Both", [old, new]), member("Alone", [old], published_at=at(-9))
    child, denial = (
        claim("child", parent=old, disputed_by=(old,)),
        claim("denial", denial=True, disputes=(old,)),
    )
    await stocked.sync_claims([claim(old), claim(new), child, denial])
    await stocked.subscribe(subscription(claims=frozenset({old}), by_people=True))
    await stocked.record_visit(visit(outcome(both, alert(both)), outcome(alone)))
    told = await stocked.briefing(alert(both).key)

    linked_anew = await stocked.merge_claim(old, new, ANNA)
    await stocked.sync_claims([claim(old), claim(new), child, denial])
    merged = {each.id: each for each in await stocked.claims()}

    assert merged.keys() == {new, "child", "denial"}
    assert (merged["child"].parent, merged["child"].disputed_by) == (new, (new,))
    assert merged["denial"].disputes == (new,)
    assert (await stocked.register())[old].superseded_by == (new,)
    assert [each.claims for each in await stocked.subscriptions()] == [{new}]
    assert await linked(stocked, new) == ["Both", "Alone"]
    assert linked_anew == 1
    assert [link for _member, link in await stocked.evidence(new, 9)] == [
        evidence(each.story, new) for each in (both, alone)
    ]
    assert (await stocked.briefing(alert(both).key)).alert == told.alert

    await stocked.restore_claim(old, ANNA)
    restored = {each.id: each for each in await stocked.claims()}

    assert restored.keys() == {old, new, "child", "denial"}
    assert restored["child"].parent == old
    assert [each.claims for each in await stocked.subscriptions()] == [{old}]
    assert (await linked(stocked, old), await linked(stocked, new)) == (["Both", "Alone"], ["Both"])
    kinds = [edit.kind for edit in await stocked.edits(old)]
    assert kinds == [EditKind.RESTORED, EditKind.MERGED, EditKind.ADDED]


async def test_a_merged_claim_that_is_kept_anew_is_restored(stocked: Store) -> None:
    """A file that brings it back undoes its merge as restoring does, in one edit, and may change it."""
    story = member("Alone", ["containers-2023"])
    await stocked.record_visit(visit(outcome(story)))
    await stocked.merge_claim("containers-2023", "shell-volume")

    await stocked.keep_claims([claim("containers-2023", statement="Said anew")], ANNA)

    assert await linked(stocked, "shell-volume") == []
    assert await linked(stocked, "containers-2023") == ["Alone"]
    back = await stocked.claim("containers-2023")
    assert (back.statement, back.superseded_by) == ("Said anew", ())
    assert [edit.kind for edit in await stocked.edits(back.id)][:2] == [EditKind.RESTORED, EditKind.MERGED]


async def test_a_split_claim_gives_way_to_several_in_their_order(stocked: Store) -> None:
    """A story bears on each that it is linked to, after what it bore on before; others stay as they were."""
    parts = ("shell-volume", "a", "b")
    story = member("Alone", ["containers-2023"])
    await stocked.sync_claims([claim("containers-2023"), *(claim(each) for each in parts)])
    await stocked.record_visit(visit(outcome(story)))

    stories = await stocked.split_claim(
        "containers-2023", parts, [evidence(story.story, each) for each in parts]
    )
    again = await stocked.split_claim("a", ["b"], [evidence(story.story, "b", suggested=True)])
    ((kept, _event),) = await stocked.members([story.story.id])

    assert (stories, again) == (1, 0)
    assert kept.reading.evidence == tuple(evidence(story.story, each) for each in ("containers-2023", *parts))


async def test_what_was_judged_since_a_merge_stays(stocked: Store) -> None:
    """A person said that the story bears on the other claim: restoring takes that back from nobody."""
    story = member("Alone", ["containers-2023"])
    await stocked.record_visit(visit(outcome(story)))
    await stocked.merge_claim("containers-2023", "shell-volume")
    await stocked.record_verdict(verdict(story.story, "right", claim_id="shell-volume", shared=True))

    await stocked.restore_claim("containers-2023")

    assert await linked(stocked, "shell-volume") == ["Alone"]


async def test_only_what_is_tracked_is_superseded_and_only_what_is_not_restored(stocked: Store) -> None:
    """Neither does anything halfway."""
    with pytest.raises(NotFound, match="'nothing' is tracked"):
        await stocked.split_claim("containers-2023", ["shell-volume", "nothing"], ())
    with pytest.raises(NotFound, match="'nothing' is tracked"):
        await stocked.merge_claim("containers-2023", "nothing")
    with pytest.raises(NotFound, match="'containers-2023' was retired"):
        await stocked.restore_claim("containers-2023")
    assert [each.id for each in await stocked.claims()] == ["containers-2023", "shell-volume"]
