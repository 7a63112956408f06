"""Looking stories and happenings up, from a real store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.card import plain
from bot.commands.model import Asker, Context
from claims.model import Reason, Silence
from claims.outgoing import DeliveryState
from claims.workspaces import Snooze, SnoozeKind
from tests.support.build import (
    NOW,
    alert,
    at,
    claim,
    delivery,
    event_id,
    evidence,
    feed,
    member,
    outcome,
    source,
    subscription,
    visit,
)
from tests.support.chat import ask, words

READER = Asker("discord:902", workspace="discord:1")
TOLD = member("Shells leave Rason", origin="Sample ministry", url="https://sample-herald.example/1")
AGAIN = member("Shells left", source=source("Sample Post"), published_at=at(-2))
DULL = member("Bakery opens", [], language="ko", published_at=at(-9_000))


@pytest.fixture
async def kept(context: Context) -> Context:
    """Keep two stories of a told event, on a claim of all and on one of another workspace, and a dull one."""
    store = context.store
    await store.sync_feeds([feed()])
    await store.sync_claims([claim()])
    await store.keep_claim(claim("oil-k3f9", workspace="discord:2"))
    await store.subscribe(subscription("discord:600", workspace="discord:1"))
    await store.subscribe(subscription("discord:700", workspace="discord:2"))
    both = (*TOLD.reading.evidence, evidence(TOLD.story, "oil-k3f9"))
    told = replace(TOLD, reading=replace(TOLD.reading, evidence=both))
    raised = alert(told)
    await store.record_visit(
        visit(
            outcome(told, raised),
            outcome(AGAIN, Silence(Reason.ALREADY_TOLD), of=TOLD),
            outcome(DULL, Silence(Reason.IRRELEVANT)),
        )
    )
    for channel, reason in (("600", "snoozed until noon by Mina"), ("700", "over the budget")):
        filtered = delivery(raised.key, f"discord:{channel}", state=DeliveryState.FILTERED, reason=reason)
        await store.record_delivery(filtered)
    return context


@pytest.mark.parametrize(
    ("asked", "title", "count"),
    [
        ("shells", "2 stories: “shells”", 2),
        ("SHELLS source=sample post", "1 story: “SHELLS”, sample post", 1),
        ("language=ko", "1 story: Korean", 1),
        ("claim=containers-2023 since=2024-08", "2 stories: containers-2023, since August 2024", 2),
    ],
)
async def test_stories_are_searched(kept: Context, asked: str, title: str, count: int) -> None:
    """By words, claim, outlet, language and day, alone and together."""
    card = await ask(kept, f"story search {asked}")

    assert (card.title, len(card.lines)) == (title, count)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("", "Say what to look for"),
        ("moonbase", "No kept story has “moonbase”"),
        ("language=korean", "language takes a code of ISO 639-1, such as ko"),
        ("since=yesterday", "since: “yesterday” is not a day like 2023-10-13, 2023-10 or 2023"),
        ("claim=nothing", "There is no claim “nothing”"),
    ],
)
async def test_a_search_that_cannot_be_answered_says_why(kept: Context, asked: str, title: str) -> None:
    """And what to write instead."""
    assert (await ask(kept, f"story search {asked}")).title == title


async def test_a_search_is_turned_page_by_page(kept: Context) -> None:
    """Ten a page, newest first."""
    many = [member(f"Rockets {n}", [], published_at=NOW - timedelta(hours=n)) for n in range(25)]
    await kept.store.record_visit(visit(*(outcome(m, Silence(Reason.NO_CLAIM)) for m in many)))

    last = await ask(kept, "story search rockets page=3")

    assert (last.page, len(last.lines)) == ((3, 3), 5)
    assert "Rockets 20" in plain(last.lines[0])


@pytest.mark.parametrize("named", [event_id(TOLD), TOLD.story.id, "https://sample-herald.example/1"])
async def test_an_event_is_shown_with_what_became_of_it_here(kept: Context, named: str) -> None:
    """By its id or by one of its stories: outlets, origins, claims, alert, and the asker's own channels."""
    said = words(await ask(kept, f"event show {named}", READER))

    assert "Told by: Sample Herald, Sample Post: 2 families, 1 independent origin" in said
    assert "Origin: Sample ministry" in said
    assert "Claims: supports containers-2023 (2)" in said
    assert "Here: discord:600: not wanted (snoozed until noon by Mina)" in said


@pytest.mark.parametrize(
    "command", [f"event show {event_id(TOLD)}", f"story why {TOLD.story.id}", "story search shells"]
)
async def test_nothing_of_another_workspace_shows(kept: Context, command: str) -> None:
    """Neither its claims nor its channels; the console sees both."""
    ours, all_of_it = words(await ask(kept, command, READER)), words(await ask(kept, command))

    assert "oil-k3f9" not in ours
    assert "discord:700" not in ours
    assert "oil-k3f9" in all_of_it


async def test_a_snooze_of_the_workspace_stands_with_the_event(kept: Context) -> None:
    """Until when and by whom; another workspace knows nothing of it."""
    await kept.store.snooze(Snooze("discord:1", SnoozeKind.SOURCE, "Sample Post", at(60), "Mina", NOW))

    ours = words(await ask(kept, f"event show {event_id(TOLD)}", READER))
    theirs = words(await ask(kept, f"event show {event_id(TOLD)}", replace(READER, workspace="discord:2")))

    assert "Snoozed: source Sample Post, by Mina, until 27 August 21:13 KST" in ours
    assert "Snoozed" not in theirs


async def test_a_story_of_no_event_says_so(kept: Context) -> None:
    """It leads to why."""
    card = await ask(kept, f"event show {DULL.story.id}")

    assert card.title == "That story belongs to no happening: it is not of the matter"
    assert card.lines == ((f"story why {DULL.story.id} says more",),)


async def test_health_counts_what_the_workspace_may_know(kept: Context) -> None:
    """The day adds up, by reason and in each channel of the asker, and a platform that is down is named."""
    down = replace(kept, platforms={"discord": "", "slack": "the token was refused"})
    ours, whole = words(await ask(down, "health", READER)), words(await ask(down, "health"))

    assert "Stories: 3 = 1 told + 1 joined what was told + 1 not of the matter" in ours
    assert "discord:600: 3 = 1 not wanted + 2 silent" in ours
    assert "discord:700" not in ours
    assert "discord:700: 3 = 1 not wanted + 2 silent" in whole
    assert "Alerts: 1 alert" in ours
    assert "Platforms: discord runs; slack is down: the token was refused" in ours
    assert "Waiting: nothing" in ours


async def test_health_of_a_bot_that_was_just_set_up(context: Context) -> None:
    """It has nothing to tell, and fails at nothing."""
    said = words(await ask(context, "health"))

    assert "0 feeds are asked, none is in trouble" in said
    assert "Stories: 0 = 0 told" in said
