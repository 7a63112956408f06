"""How claims are edited, and what is kept of it: the contract of any store."""

from claims.care import SEEDS, ClaimEdit, EditKind, Editor
from claims.store import Store
from claims.workspaces import OURSELVES
from tests.support.build import claim

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
