"""What people read when they ask, whole and as a terminal shows it."""

from textwrap import dedent

from bot.answers.claims import CLAIMS, claim_card, claims_card
from bot.card import plain
from bot.commands.spelling import PROMPT
from bot.paging import Page, page_of
from bot.render.console import render
from claims.model import Bound, Direction, Reference, Sighting, Stance
from claims.when import Day
from tests.support.build import claim, evidence, figure, member, source


def text(block: str) -> str:
    """Return a block of the test's source without its indentation."""
    return dedent(block).lstrip("\n")


def test_a_claim_with_all_that_is_kept() -> None:
    """A claim shows who said it, its figures then and since, who disputes it, and the newest evidence."""
    tracked = claim(
        direction=Direction.TO_RUSSIA,
        items=("containers", "munitions"),
        places=("Najin", "Dunay"),
        vessels=("Angara",),
        figures=(figure(1_000, bound=Bound.AT_LEAST, period="7 September to 1 October 2023"),),
        resolutions=("1874",),
        parent="deliveries-completed",
        sources=(Reference("Sample report", "Sample Daily", Day(2023, 10), "https://sample.example/r"),),
    )
    ours = member("Sample count of containers", url="https://sample-herald.example/1")
    theirs = member(
        "Отрицают",
        language="ru",
        source=source("Sample Agency", state_media=True),
        url="https://sample-agency.example/1",
    )

    card = claim_card(
        tracked,
        "Asia/Seoul",
        sightings=[
            Sighting(figure(6_700), "Sample ministry", Day(2024, 2)),
            Sighting(figure(13_000), "Sample ministry", Day(2024, 8, 27)),
            Sighting(figure(13_000, bound=Bound.ABOUT), "Sample Daily that repeats it", Day(2024, 8, 28)),
        ],
        disputing=[claim("denial-moscow", said_by="Kremlin", said_on=Day(2023, 10, 17), denial=True)],
        evidence=[
            (theirs, evidence(theirs.story, stance=Stance.DISPUTES)),
            (ours, evidence(ours.story)),
        ],
    )

    assert render(card, 100, colour=False) == text(
        """
        CLAIM · containers-2023
        At least 1,000 containers of munitions went from Najin to Dunay
          Said by      White House, 13 October 2023
          Direction    North Korea to Russia
          Items        containers, munitions
          Places       Najin, Dunay
          Vessels      Angara
          Figures      at least 1,000 containers (7 September to 1 October 2023)
          Since then   13,000 containers (Sample ministry, 27 August 2024); 6,700 containers (Sample
                       ministry, February 2024)
          Resolutions  1874
          Part of      deliveries-completed
          Disputed by  denial-moscow (Kremlin, 17 October 2023)
          Evidence     1 in support, 1 against
          Supports     Sample count of containers · Sample Herald, 27 August 2024
                       https://sample-herald.example/1
          Disputes     Отрицают · Sample Agency (state media), 27 August 2024, in Russian
                       https://sample-agency.example/1
          Source       Sample report · Sample Daily, October 2023 https://sample.example/r
        """
    )


def test_a_claim_with_only_a_statement() -> None:
    """What is not known takes no room."""
    assert render(claim_card(claim("denial-x", denial=True), "UTC"), 100, colour=False) == text(
        """
        DENIAL · denial-x
        At least 1,000 containers of munitions went from Najin to Dunay
          Said by   White House, 13 October 2023
          Evidence  no story yet
        """
    )


def test_a_claim_of_a_hundred_stories_counts_all_and_shows_few() -> None:
    """The card keeps to what chats show: 25 fields on Discord."""
    stories = [member(f"Sample story {n}") for n in range(100)]
    sightings = [Sighting(figure(n), "Sample ministry", Day(2024)) for n in range(100)]
    evidences = [(m, evidence(m.story)) for m in stories]
    card = claim_card(claim(), "UTC", sightings=sightings, evidence=evidences)
    fields = [(field.name, plain(field.value)) for field in card.fields]

    assert ("Evidence", "100 in support") in fields
    assert fields[1][1].endswith("95 containers (Sample ministry, 2024) +95 more")
    assert [name for name, _ in fields].count("Supports") == 3
    assert len(fields) <= 25


def test_neither_side_hides_the_other() -> None:
    """The newest few stories of each stance are shown, however many of the other are newer."""
    stories = [member(f"Sample story {n}") for n in range(10)]
    stances = [Stance.SUPPORTS] * 8 + [Stance.DISPUTES] * 2
    evidences = [(m, evidence(m.story, stance=s)) for m, s in zip(stories, stances, strict=True)]
    names = [field.name for field in claim_card(claim(), "UTC", evidence=evidences).fields]

    assert names[-5:] == ["Supports"] * 3 + ["Disputes"] * 2


def test_a_count_that_stopped_says_so() -> None:
    """Beyond a thousand stories the count is of the newest."""
    told = member()
    card = claim_card(claim(), "UTC", evidence=[(told, evidence(told.story))] * 1_000)

    assert plain(card.fields[1].value) == "of the newest 1,000: 1,000 in support"


def test_a_page_of_claims_says_which_it_is() -> None:
    """A line each with who said it, which page of how many, and what tells more; the limits of chats hold."""
    many = [claim(f"claim-{n}") for n in range(45)]
    card = claims_card("45 claims tracked", page_of(many, {"page": "2"}, CLAIMS), PROMPT)

    assert len(card.lines) == CLAIMS
    assert plain(card.lines[0]) == (
        "claim-20: White House, 2023: At least 1,000 containers of munitions went from Najin to Dunay"
    )
    assert card.page == (2, 3)
    assert card.footer == "Page 2 of 3 · claim show CLAIM tells more"
    assert sum(len(plain(line)) for line in card.lines) < 4_096


def test_an_empty_list_gives_no_advice_that_cannot_be_followed() -> None:
    """Without claims nothing is said about showing one."""
    assert claims_card("No claim is tracked", Page([]), PROMPT).footer == ""
