"""What people read of what follows an alert, under its message and on it."""

from dataclasses import replace
from textwrap import dedent
from typing import Any

import pytest

from bot.card import Moment, plain
from bot.development_card import development_card
from bot.present import alert_card
from bot.render.console import render
from claims.model import Correction, FigureChange, Member, Origin, Reason, Sighting, Stance, Turn
from claims.outgoing import Briefing, Development
from claims.when import Day
from tests.support.build import NOW, alert, at, claim, event, evidence, figure, member, source

FIRST = member("Sample ship leaves Rason with 15,000 containers", figures=[figure(15_000)])
DENIER = member(
    "Sample envoy calls it baseless",
    source=source("Sample Post"),
    url="https://sample-post.example/1",
    published_at=at(56),
    seen_at=at(60),
)
DENIER = replace(DENIER, reading=replace(DENIER.reading, origin=Origin(("Kremlin", "TASS"), party=True)))
TOLD = alert(FIRST)
DENIAL = evidence(DENIER.story, stance=Stance.DISPUTES)
MOVED = FigureChange("containers-2023", figure(), Sighting(figure(6_700), "Seoul", Day(2024, 2)))


def developed(reason: Reason, story: Member | None = DENIER, **brings: Any) -> Development:
    """Return what followed an hour after the alert."""
    usual = Development(f"{TOLD.key}#1", TOLD.key, at(60), reason, story.story.id if story else None)
    return replace(usual, **brings)


def briefing(*members: Member) -> Briefing:
    """Return the alert with these stories."""
    return Briefing(TOLD, event(*members or (FIRST, DENIER)), (claim(),))


def shown(development: Development) -> str:
    """Return the card as a terminal shows it."""
    return render(development_card(development, briefing(), "Asia/Seoul"), 100, colour=False)


def latest(development: Development, *members: Member) -> str:
    """Return what the message itself says of it."""
    card = alert_card(briefing(*members), "Asia/Seoul", development)
    return plain(next(field.value for field in card.fields if field.name == "Latest"))


def test_a_denial_says_who_denies_what() -> None:
    """Nothing more stands on it than what is new, where to read it and what it follows."""
    assert shown(developed(Reason.DENIAL, links=(DENIAL,))) == dedent("""\
        ▼ DENIAL
        Sample envoy calls it baseless
          Bears on   ▼ disputes containers-2023
          Origin     Kremlin (a party to the matter), by TASS
          Link       Sample Post
                     https://sample-post.example/1
          Published  27 August 21:09 KST, seen 4 minutes later
        Follows: Sample ship leaves Rason with 15,000 containers
        """)


def test_a_number_stands_beside_the_one_before() -> None:
    """What moved is the title, and who gave the number before stands below."""
    card = development_card(developed(Reason.NEW_FIGURE, change=MOVED), briefing(), "UTC")

    assert card.heading == "NEW FIGURE"
    assert card.title == "Sample Post: 13,000 containers (Seoul: 6,700)"
    words = "13,000 containers; another estimate beside 6,700 (Seoul, February 2024)"
    assert (card.fields[0].name, plain(card.fields[0].value)) == ("Figure", words)


@pytest.mark.parametrize(
    ("development", "heading", "title"),
    [
        (
            developed(Reason.NEW_EVENT, links=(evidence(DENIER.story, "shell-volume"),)),
            "ANOTHER CLAIM",
            "Sample envoy calls it baseless",
        ),
        (
            developed(
                Reason.NEW_FIGURE, FIRST, correction=Correction(FIRST.story.id, figure(15_000), figure())
            ),
            "CORRECTED · NEW FIGURE",
            "13,000 containers (was 15,000)",
        ),
        (
            developed(Reason.NEW_EVENT, FIRST, correction=Correction(FIRST.story.id, now=figure(9, "ships"))),
            "EDITED",
            "now says 9 ships",
        ),
        (
            developed(
                Reason.WITHDRAWN,
                FIRST,
                links=TOLD.links,
                correction=Correction(
                    FIRST.story.id, turns=(Turn("containers-2023", Stance.SUPPORTS, None),)
                ),
            ),
            "CORRECTED · WITHDRAWN",
            "no longer bears on containers-2023",
        ),
        (
            developed(Reason.WITHDRAWN, None, links=TOLD.links),
            "WITHDRAWN",
            "Told no longer: ▲ supports containers-2023",
        ),
        (
            developed(Reason.WITHDRAWN, None, change=FigureChange("containers-2023", figure())),
            "WITHDRAWN",
            "Told no longer: 13,000 containers",
        ),
    ],
)
def test_a_card_says_what_followed(development: Development, heading: str, title: str) -> None:
    """Another claim, a correction and what was taken back each say which."""
    card = development_card(development, briefing(), "UTC")

    assert (card.heading, card.title) == (heading, title)


def test_what_a_person_took_back_names_no_story() -> None:
    """Nobody reads a story that bears nothing out."""
    card = development_card(developed(Reason.WITHDRAWN, None, links=()), briefing(), "UTC")

    assert (card.fields, card.url) == ((), None)


def test_a_story_that_is_told_elsewhere_by_now_is_not_linked() -> None:
    """What followed is still told where a person moved its story to another happening."""
    card = development_card(developed(Reason.DENIAL, links=(DENIAL,)), briefing(FIRST), "UTC")

    assert (card.title, card.url) == ("▼ disputes containers-2023", None)
    assert [field.name for field in card.fields] == ["Bears on"]


@pytest.mark.parametrize(
    ("development", "says"),
    [
        (developed(Reason.DENIAL, links=(DENIAL,)), "▼ denial by Kremlin"),
        (developed(Reason.NEW_FIGURE, change=MOVED), "new figure: 13,000 containers"),
        (
            developed(Reason.NEW_EVENT, links=(evidence(DENIER.story, "shell-volume"),)),
            "another claim: ▲ supports shell-volume",
        ),
        (
            developed(
                Reason.NEW_FIGURE, FIRST, correction=Correction(FIRST.story.id, figure(15_000), figure())
            ),
            "correction: 13,000 containers (was 15,000)",
        ),
        (developed(Reason.WITHDRAWN, None, change=MOVED), "told no longer: 13,000 containers"),
    ],
)
def test_the_message_itself_says_what_followed(development: Development, says: str) -> None:
    """Whoever scrolls by sees that something followed, and when."""
    assert latest(development) == f"{says}, 27 August 21:13 KST: told below"


def test_moments_are_each_readers_own() -> None:
    """A platform that can shows them in the reader's zone."""
    card = development_card(developed(Reason.DENIAL, links=(DENIAL,)), briefing(), "UTC")

    assert [span.at for field in card.fields for span in field.value if isinstance(span, Moment)] == [at(56)]
    head = alert_card(briefing(), "UTC", developed(Reason.DENIAL, links=(DENIAL,)))
    moments = [span.at for field in head.fields for span in field.value if isinstance(span, Moment)]
    assert moments == [at(60), FIRST.story.published_at]
    assert NOW not in moments
