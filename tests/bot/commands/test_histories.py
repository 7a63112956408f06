"""What is answered of how a claim stood over time, from a real store."""

from dataclasses import replace

import pytest

from bot.card import plain
from bot.commands.model import Asker, Context
from claims.model import FigureChange, Member, Origin, Reason, Silence, Stance
from tests.support.build import alert, at, claim, feed, figure, member, outcome, source, verdict, visit
from tests.support.chat import ask

DAY = "27 August 2024"
BOTH = "Sample Herald, Sample Post"
MOVED = " · new number 13,000 containers"
READER = Asker("discord:902", workspace="discord:1")
FIRST = member(
    "Seoul counts",
    origin="Sample ministry",
    figures=[figure(13_000, body="Sample ministry")],
    published_at=at(-90),
)
SECOND = member(
    "Seoul counts on", source=source("Sample Post"), published_at=at(-60), figures=[figure(15_000)]
)


def denial(title: str = "Kremlin denies") -> Member:
    """Return a story in which a party denies containers-2023."""
    told = member(title, published_at=at(-5))
    (link,) = told.reading.evidence
    origin = Origin(("Sample Kremlin",), party=True)
    reading = replace(told.reading, evidence=(replace(link, stance=Stance.DISPUTES),), origin=origin)
    return replace(told, reading=reading)


@pytest.fixture
async def told(context: Context) -> Context:
    """Keep a claim with a number of its own, two stories of one event, a denial, and another's claim."""
    store = context.store
    await store.sync_feeds([feed()])
    await store.sync_claims(
        [
            claim(figures=(figure(1_000),), disputed_by=("denial-moscow",)),
            claim("denial-moscow", said_by="Kremlin"),
        ]
    )
    await store.keep_claim(claim("oil-k3f9", workspace="discord:2"))
    raised = alert(FIRST, reason=Reason.NEW_FIGURE, change=FigureChange("containers-2023", figure(13_000)))
    await store.record_visit(
        visit(
            outcome(FIRST, raised),
            outcome(SECOND, Silence(Reason.ALREADY_TOLD), of=FIRST),
            outcome(denial()),
        )
    )
    return context


async def test_a_timeline_shows_both_sides_and_what_moved(told: Context) -> None:
    """The newest comes first, each with who says so, and a picture with the same in words."""
    card = await ask(told, "claim timeline containers-2023")

    assert card.title == "2 happenings, 1 supports, 1 denied by a party"
    fields = {field.name: plain(field.value) for field in card.fields}
    assert fields["Disputed by"] == "Sample Kremlin (27 August 2024)"
    assert [plain(line) for line in card.lines] == [
        "At least 1,000 containers of munitions went from Najin to Dunay",
        f"{DAY}: denied by a party: Kremlin denies · Sample Kremlin · Sample Herald: 1 independent origin",
        f"{DAY}: supports: Seoul counts · Sample ministry · {BOTH}: 1 independent origin{MOVED}",
    ]
    assert card.attachment is not None
    assert card.attachment.is_picture
    assert card.attachment.about == (
        "Timeline of containers-2023, 27 August 2024: 2 happenings, 1 supports, 1 denied by a party."
        " New numbers: 13,000 containers (Sample ministry, 27 August 2024)."
        " Disputed or denied by: Sample Kremlin (27 August 2024)."
    )


async def test_a_happening_that_is_told_both_ways_is_one(told: Context) -> None:
    """It has a line on each side, and is counted once, as it is in the dossier."""
    await told.store.record_visit(
        visit(outcome(denial("Kremlin denies it there"), Silence(Reason.ALREADY_TOLD), of=FIRST))
    )

    card = await ask(told, "claim timeline containers-2023")
    dossier = await ask(told, "claim show containers-2023")

    assert card.title == "2 happenings, 1 supports, 2 denied by a party, 1 counted on both sides"
    (counts,) = (plain(each.value) for each in dossier.fields if each.name == "Evidence")
    assert counts == "2 in support, 2 against, 2 happenings; the clearest:"


async def test_figures_show_who_said_which_number(told: Context) -> None:
    """Under what they count, the claim's own first; and its chart says in words what it shows."""
    card = await ask(told, "claim figures containers-2023")

    assert [plain(line) for line in card.lines] == [
        "containers",
        "13 October 2023: 1,000 containers · White House · part of the claim itself",
        "27 August 2024: 13,000 containers · Sample ministry · Sample Herald",
        "27 August 2024: 15,000 containers · source not named, in Sample Post",
    ]
    assert card.attachment is not None
    assert card.attachment.name == "figures-containers-2023.png"
    assert (
        "containers: 1,000 (White House, 13 October 2023, part of the claim itself)" in card.attachment.about
    )


async def test_others_who_are_named_for_a_number_are_told(told: Context) -> None:
    """One announcement is a line, whoever else an outlet names for it."""
    again = member(
        "Seoul counts once more", origin="Seoul", figures=[figure(20_000, body="Seoul")], published_at=at(-40)
    )
    other = member(
        "Lawmaker counts",
        source=source("Sample Post"),
        origin="South Korean lawmakers",
        figures=[figure(20_000, body="South Korean lawmakers")],
        published_at=at(-30),
    )
    await told.store.record_visit(visit(outcome(again), outcome(other)))

    card = await ask(told, "claim figures containers-2023")

    assert plain(card.lines[-1]) == (
        "27 August 2024: 20,000 containers · Seoul · Sample Herald, Sample Post"
        " · some of them say it is from South Korean lawmakers"
    )


async def test_activity_counts_stories_by_week(told: Context) -> None:
    """Of one claim the newest week comes first and empty ones together; a picture says the same in words."""
    old = member("Seoul counted", published_at=at(-28 * 24 * 60))
    await told.store.record_visit(visit(outcome(old)))

    card = await ask(told, "claim activity containers-2023")

    assert card.title == "4 stories: 3 in support, 1 against"
    assert [plain(line) for line in card.lines] == [
        "26 August 2024: 3 stories: 2 in support, 1 against",
        "3 weeks without a story",
        "29 July 2024: 1 story: 1 in support",
    ]
    assert card.footer == "A week begins on Monday, in UTC"
    assert card.attachment is not None
    assert card.attachment.about == (
        "Chart of 4 stories on containers-2023 by week, 29 July 2024 to 1 September 2024:"
        " 3 in support, 1 against; most in the week of 26 August 2024: 3."
    )


async def test_activity_names_the_busiest_claims(told: Context) -> None:
    """Half a year up to the newest story, as the asker's workspace sees it; nothing kept is answered too."""
    both = member("Kremlin again", ["containers-2023", "oil-k3f9"], published_at=at(-1))
    await told.store.record_visit(visit(outcome(both)))

    ours = await ask(told, "claim activity", READER)
    theirs = await ask(told, "claim activity", replace(READER, workspace="discord:2"))

    assert ours.title == "1 claim, 4 March 2024 to 1 September 2024, only a part of the last week"
    assert [plain(line) for line in ours.lines] == [
        "containers-2023: 4 stories: 3 in support, 1 against · most in the week of 26 August 2024: 4"
    ]
    assert [plain(line).partition(":")[0] for line in theirs.lines] == ["containers-2023", "oil-k3f9"]
    assert ours.attachment is not None
    assert ours.attachment.about == (
        "Chart of the stories on each claim by week, 4 March 2024 to 1 September 2024, only a part of"
        " the last week."
        " containers-2023: 3 in support, 1 against; most in the week of 26 August 2024: 4."
    )


async def test_activity_of_nothing_is_answered(context: Context) -> None:
    """Before the first story there is nothing to count, and no picture."""
    await context.store.sync_claims([claim()])

    for command, title in (
        ("claim activity", "Nothing that we read bears on a claim yet"),
        ("claim activity containers-2023", "Nothing that we read bears on it yet"),
    ):
        card = await ask(context, command)
        assert (card.title, card.lines, card.footer, card.attachment) == (title, (), "", None)


async def test_a_claim_without_news_is_answered(told: Context) -> None:
    """Nothing to draw is no failure, and no picture."""
    timeline = await ask(told, "claim timeline denial-moscow")
    figures = await ask(told, "claim figures denial-moscow")

    assert timeline.title == "Nothing that we read bears on it yet"
    assert figures.title == "Nobody gave a number yet"
    assert (timeline.attachment, figures.attachment) == (None, None)


async def test_a_private_word_changes_what_its_workspace_sees(told: Context) -> None:
    """Whoever called a story wrong no longer finds it in timeline, figures and evidence; others do."""
    said = verdict(FIRST.story, "not-relevant", workspace="discord:1", person="discord:902", shared=False)
    await told.store.record_verdict(said)

    ours = await ask(told, "claim figures containers-2023", READER)
    theirs = await ask(told, "claim figures containers-2023", replace(READER, workspace="discord:2"))
    timeline = await ask(told, "claim timeline containers-2023", READER)
    shown = await ask(told, "claim show containers-2023", READER)

    assert (len(ours.lines), len(theirs.lines)) == (3, 4)
    assert "Seoul counts ·" not in plain(timeline.lines[1])
    assert "13,000" not in str(shown.fields)


@pytest.mark.parametrize("command", ["show", "timeline", "figures", "activity", "profile"])
async def test_another_workspaces_claim_is_not_there(told: Context, command: str) -> None:
    """Its id is answered like one that nobody keeps, and named in no list; its own and the console see it."""
    card = await ask(told, f"claim {command} oil-k3f9", READER)

    assert card.title == "There is no claim “oil-k3f9”"
    assert "oil-k3f9" not in str([card.lines, await ask(told, "claim list", READER)])
    assert "oil-k3f9" in str(await ask(told, "claim list", replace(READER, workspace="discord:2")))
    assert "oil-k3f9" in str(await ask(told, "claim list"))
