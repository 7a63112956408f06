"""Several claims kept at once."""

import pytest

from claims.care import EditKind, Editor
from tests.support.build import claim
from tests.support.stores import open_store


async def test_several_claims_are_kept_together(tmp_path) -> None:
    """Each has its edit, with who and why; and one that cannot be kept keeps all others out."""
    store = await open_store(tmp_path / "store.db")
    by = Editor("console", "console", "import of a file")
    first, second = claim(), claim("shells", statement="Shells went", parent="containers-2023")
    await store.keep_claims([first, second], by)
    with pytest.raises(TypeError):
        await store.keep_claims([claim("third"), claim("fourth", statement={1})], by)
    edits = [*await store.edits(first.id), *await store.edits(second.id)]
    kept = await store.claims()
    await store.close()

    assert kept == [first, second]
    assert [(edit.kind, edit.person, edit.why) for edit in edits] == [
        (EditKind.ADDED, "console", "import of a file")
    ] * 2
