"""What an export says of claims."""

import io
import json
from dataclasses import replace

from bot.exchange.formats import FORMATS
from bot.exchange.model import Export
from bot.exchange.outgoing import edition_of, write
from bot.parts import who
from bot.site.reading import archive
from claims.model import Origin
from tests.support.build import NOW, claim, feed, member, outcome, source, visit
from tests.support.stores import open_store


async def test_an_export_counts_as_the_site_does(tmp_path):
    """Two offices of one government are one origin, whoever writes it down."""
    asked = claim(said_by="Sample institute")
    store = await open_store(tmp_path / "store.db", clock=lambda: NOW)
    await store.sync_claims([asked])
    await store.sync_feeds([feed()])
    for body in ("Pentagon", "White House"):
        told = member(f"{body} says so", [asked.id], source=source(f"Outlet of {body}"))
        told = replace(told, reading=replace(told.reading, origin=Origin((body,))))
        await store.record_visit(visit(outcome(told)))
    out = io.BytesIO()

    export = Export(await edition_of(store, [asked], NOW, "0"), (asked,))
    await write(FORMATS["json"], out, export, store, [asked], who)
    shown = await (await archive(store, "")).dossier(asked)
    await store.close()

    (exported,) = json.loads(out.getvalue())["claims"]
    assert exported["standing"]["independent"] == shown.standing.independent == 1
