"""Claims given out and brought in from a chat: what is asked, shown and kept."""

import json
from dataclasses import replace

import pytest

from bot.actions.exchange import ACTIONS
from bot.actions.model import Press
from bot.card import plain
from bot.commands import exchange
from bot.commands.model import Asker, Context
from bot.controls import Button
from bot.exchange.incoming import read_claims_file
from bot.parts import matcher_of, who
from bot.seen import seen_by
from claims.care import EditKind
from claims.errors import ExchangeError, NotFound, UsageError
from tests.support.build import NOW, claim, evidence, feed, member, outcome, visit
from tests.support.scout import SampleScout
from tests.support.stores import open_store

URL = "https://desk.example/claims.toml"
OURS = Asker("discord:901", may_change=True, workspace="discord:1")
THEIRS = Asker("slack:U1", may_change=True, workspace="slack:T1")
SHARED = claim(statement="At least 1,000 containers of munitions went from Najin to Dunay")
FILE = """
[[claim]]
id = "oil"
statement = "Sample tankers bring refined oil to Chongjin"
said_by = "Sample panel"
said_on = 2024-03
tags = ["oil"]

[[claim]]
id = "oil-denied"
statement = "Sample ministry denies that tankers bring oil to Chongjin"
said_by = "Sample ministry"
said_on = 2024-04-01
denial = true
disputes = ["oil"]
""".replace("2024-03\n", '"2024-03"\n')


class FileScout(SampleScout):
    """Has one file at every address."""

    def __init__(self, body: str) -> None:
        self.body = body

    async def read(self, url: str) -> bytes:
        return self.body.encode()


@pytest.fixture
async def context(tmp_path):
    """Ask a bot that tracks one claim of everybody's as an editor of a server."""
    store = await open_store(tmp_path / "store.db", clock=lambda: NOW)
    await store.sync_claims([SHARED])
    yield Context(store, lambda: NOW, matcher_of, FileScout(FILE), asker=OURS, who=who)
    await store.close()


def button(card):
    """Return the action of the one button of a card."""
    ((control,),) = card.controls
    assert isinstance(control, Button)
    return control.action


def pressed(card):
    """Return how that button is used."""
    return Press(button(card).partition(":")[2])


async def own(context):
    """Return the claims of the workspace by the beginning of their ids."""
    claims = [each for each in await context.store.claims() if each.workspace == OURS.workspace]
    return {each.id.rpartition("-")[0]: each for each in claims}


async def test_an_import_is_shown_before_it_is_made(context):
    """Nothing is kept until the button is used; then all of it is, as the workspace's own."""
    shown = await exchange.import_claims(context, {"url": URL})
    before = await own(context)
    reply = await ACTIONS[0].run(context, pressed(shown))
    after = await own(context)
    (edit,) = await context.store.edits(after["oil"].id)

    assert (shown.heading, shown.title) == (
        "IMPORT · NOTHING IS CHANGED YET",
        "2 new, 0 changed, 0 as before",
    )
    assert before == {}
    assert (reply.card.heading, reply.redraws) == ("IMPORTED", True)
    assert after.keys() == {"oil", "oil-denied"}
    assert after["oil-denied"].disputes == (after["oil"].id,)
    assert (edit.kind, edit.person, edit.why) == (EditKind.ADDED, "discord:901", "import of claims.toml")


async def test_the_same_file_again_changes_nothing(context):
    """A claim that a workspace brought in is known again by its name in the file."""
    await exchange.import_claims(context, {"url": URL, "sure": "yes"})
    again = await exchange.import_claims(context, {"url": URL})
    context.scout.body = FILE.replace("Sample panel", "Another panel")
    changed = await exchange.import_claims(context, {"url": URL})

    assert again.title == "Nothing changes: all 2 claims are tracked as the file has them"
    assert again.controls == ()
    assert changed.title == "0 new, 1 changed, 1 as before"
    assert plain(changed.lines[0]).endswith("said_by: Another panel (was Sample panel)")


async def test_a_button_does_what_was_shown_or_nothing(context):
    """Where claims changed since, and in another workspace, it does nothing and says so."""
    shown = await exchange.import_claims(context, {"url": URL})
    elsewhere = replace(context, asker=THEIRS)
    with pytest.raises(NotFound, match="too old"):
        await exchange.apply_asked(elsewhere, pressed(shown).argument)
    await exchange.import_claims(context, {"url": URL, "sure": "yes"})
    (oil, *_) = (await own(context)).values()
    await context.store.keep_claim(replace(oil, said_by="Somebody else"))
    with pytest.raises(ExchangeError, match="changed meanwhile"):
        await exchange.apply_asked(context, pressed(shown).argument)

    assert (await context.store.claim(oil.id)).said_by == "Somebody else"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (FILE.replace("2024-04-01", "2024-09-01"), "expected a day that is not still to come"),
        (FILE.replace('"oil-denied"', '"containers-2023"'), "is everybody's"),
        (FILE.replace("ministry denies that tankers bring", "tankers bring refined"), "says the same as"),
        (FILE.replace("Sample panel", "Sample panel " * 20), "said_by: expected at most 100 characters"),
        (FILE.replace('tags = ["oil"]', f"tags = {[*'abcdefghijk']}"), "tags: expected at most 10"),
        (FILE.replace("Sample tankers bring refined oil to Chongjin", "It is so"), "no word of it is known"),
        ("[[claim]]", "id: expected"),
    ],
)  # fmt: skip
async def test_a_file_is_taken_whole_or_not_at_all(context, body, says):
    """One claim that cannot be taken keeps all others out, and is named."""
    context.scout.body = body
    with pytest.raises(ExchangeError, match=says):
        await exchange.import_claims(context, {"url": URL, "sure": "yes"})

    assert await own(context) == {}


async def test_a_workspace_has_only_so_many_claims(context, monkeypatch):
    """A file of too many claims is refused before anything of it is kept."""
    context.scout.body = "statement,said_by,said_on\n" + "".join(
        f"Sample tanker {n} brings refined oil to Chongjin,Sample panel,2024\n" for n in range(201)
    )
    with pytest.raises(UsageError, match="200 claims of your own"):
        await exchange.import_claims(context, {"url": URL, "sure": "yes"})

    assert await own(context) == {}


@pytest.mark.parametrize("args", [{}, {"url": "claims.toml"}])
async def test_an_import_needs_an_address(context, args):
    """Whoever names no file is told how to."""
    with pytest.raises(UsageError, match="claim import"):
        await exchange.import_claims(context, args)


async def test_an_export_is_of_what_is_asked(context):
    """Claims by id or tag leave with what bears on them, in the format that is named."""
    told = member(published_at=NOW)
    await context.store.sync_feeds([feed()])
    await context.store.record_visit(visit(outcome(told)))
    await exchange.import_claims(context, {"url": URL, "sure": "yes"})
    whole = await exchange.export_claims(context, {})
    oil = await exchange.export_claims(context, {"tags": "Oil", "format": "csv"})
    document = json.loads(whole.attachment.content)

    assert whole.title == "3 claims in claims.json"
    assert [each["story"] for each in document["claims"][0]["evidence"]] == [told.story.id]
    assert document["claims"][0]["evidence"][0]["score"] == evidence(told.story).score
    (found,) = read_claims_file(oil.attachment.content, "file", {}).claims
    assert found.statement == "Sample tankers bring refined oil to Chongjin"
    assert plain(oil.lines[0]).startswith("Made 2024-08-27T11:13:00Z by Claimwatch ")
    assert plain(oil.lines[0]).endswith("last edited 2024-08-27T11:13:00Z")


@pytest.mark.parametrize(
    "args", [{"format": "pdf"}, {"claims": "nobody"}, {"tags": "nobody"}], ids=lambda args: next(iter(args))
)
async def test_what_is_not_there_cannot_leave(context, args):
    """A format, claim or tag that nobody knows is named."""
    with pytest.raises((UsageError, NotFound)):
        await exchange.export_claims(context, args)


@pytest.mark.parametrize("name", ["json", "csv", "toml", "claimreview", "stix", "bibtex"])
async def test_no_export_has_another_workspaces_claim(context, name):
    """What one workspace brought in is in no file that another is given, nor in the register's digest."""
    elsewhere = replace(context, asker=THEIRS, store=seen_by(context.store, THEIRS.workspace))
    before = await exchange.export_claims(elsewhere, {"format": name})
    await exchange.import_claims(context, {"url": URL, "sure": "yes"})
    after = await exchange.export_claims(
        replace(elsewhere, store=seen_by(context.store, "")), {"format": name}
    )

    assert after == before
