"""What people read of an alert and an error, whole and as a terminal shows it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from textwrap import dedent
from typing import Any

import pytest

from bot.card import Card, Field, Link, Tone, plain
from bot.present import alert_card, error_card
from bot.render.console import render
from claims.admiralty import Reliability
from claims.errors import NotFound
from claims.model import (
    Alert,
    Bound,
    Claim,
    Correction,
    FigureChange,
    Member,
    Origin,
    Reason,
    Sighting,
    Stance,
    Turn,
)
from claims.outgoing import Briefing
from claims.when import Day
from tests.support.build import (
    NOW,
    alert,
    at,
    claim,
    event,
    evidence,
    figure,
    marks,
    member,
    source,
)

DIA = "South Korea's defence ministry"
BEFORE = Sighting(figure(1_000, bound=Bound.AT_LEAST), "White House", Day(2023, 10, 13))
COUNT = figure(13_000, bound=Bound.AT_LEAST, period="since mid-2022")


def shown(raised: Alert, *members: Member, claims: Sequence[Claim] = (), zone: str = "Asia/Seoul") -> str:
    """Return the card of an alert as a terminal shows it."""
    briefing = Briefing(raised, event(*members), tuple(claims) or (claim(),))
    return render(alert_card(briefing, zone), 100, colour=False)


def text(block: str) -> str:
    """Return a block of the test's source without its indentation."""
    return dedent(block).lstrip("\n")


def told_by(*members: Member) -> str:
    """Return the field that names the outlets."""
    return value(alert(members[0]), *members, name="Told by")


def value(raised: Alert, *members: Member, name: str, zone: str = "UTC") -> str:
    """Return one field of the card of an alert, or nothing where it has no such field."""
    card = alert_card(Briefing(raised, event(*members), (claim(),)), zone)
    return next((plain(field.value) for field in card.fields if field.name == name), "")


def test_who_judged_in_place_of_the_matcher_is_named() -> None:
    """A link that a model changed is told as that model's; the matcher's own name nobody."""
    first = member()
    judge = "opinion sample-model-2026 r1"
    doubted = evidence(first.story, stance=Stance.DISPUTES, judge=judge)
    raised = alert(first, links=(evidence(first.story, "shell-volume"), doubted))

    assert value(raised, first, name="Judged by") == f"{judge}, ▼ disputes containers-2023"
    assert value(alert(first), first, name="Judged by") == ""


def test_a_new_figure_told_by_five_outlets() -> None:
    """An alert says what changed, who said it first, who tells it, and how far to trust it."""
    first = member(
        "Seoul counts more than 13,000 containers sent to Russia",
        origin=DIA,
        figures=[COUNT],
        url="https://sample-herald.example/containers",
    )
    names = ("Sample Bureau", "Sample Post", "Sample Daily", "Sample Wire")
    others = [member(f"Containers, says {n}", origin=DIA, source=source(n)) for n in names]
    link = evidence(first.story, why=marks("containers", "13,000", "Najin", "since mid-2022"))
    raised = alert(
        first,
        reason=Reason.NEW_FIGURE,
        links=(link, evidence(first.story, "shell-volume")),
        change=FigureChange("containers-2023", replace(COUNT, body=DIA), BEFORE),
    )

    assert shown(raised, first, *others, claims=(claim(), claim("shell-volume"))) == text(
        """
        NEW FIGURE · ▲ supports containers-2023
        South Korea's defence ministry: at least 13,000 containers since mid-2022 (White House: at least
        1,000)
          Claim          At least 1,000 containers of munitions went from Najin to Dunay. White House, 13
                         October 2023
          Also bears on  ▲ supports shell-volume
          Figure         at least 13,000 containers since mid-2022; another estimate beside at least 1,000
                         (White House, 13 October 2023)
          Origin         South Korea's defence ministry
          Told by        Sample Herald, also Sample Bureau, Sample Wire +2; 1 independent origin
          Rated          B3: usually reliable, possibly true
          Published      27 August 20:09 KST, seen 4 minutes later
          Link           Seoul counts more than 13,000 containers sent to Russia · Sample Herald
                         https://sample-herald.example/containers
          Why            containers · 13,000 · Najin · since mid-2022
        """
    )


def test_a_denial_in_russian_by_state_media() -> None:
    """A foreign headline is left as it is, its language named; a party and state media are told as such."""
    first = member(
        "В Кремле назвали сообщения о поставках беспочвенными",
        language="ru",
        source=source("Sample Agency", state_media=True, reliability=Reliability.D),
        url="https://sample-agency.example/1",
    )
    origin = Origin(("Kremlin", "Sample Agency"), party=True)
    first = replace(first, reading=replace(first.reading, origin=origin))
    link = evidence(first.story, stance=Stance.DISPUTES, why=marks("беспочвенными"))
    raised = alert(first, reason=Reason.DENIAL, links=(link, evidence(first.story, "denial-moscow")))

    assert shown(raised, first, claims=(claim(), claim("denial-moscow")), zone="Europe/Kyiv") == text(
        """
        DENIAL · ▼ disputes containers-2023
        В Кремле назвали сообщения о поставках беспочвенными
          Claim          At least 1,000 containers of munitions went from Najin to Dunay. White House, 13
                         October 2023
          Also bears on  ▲ supports denial-moscow
          Origin         Kremlin (a party to the matter), by Sample Agency
          Told by        Sample Agency (state media) alone
          Rated          D6: not usually reliable, truth cannot be judged
          Published      27 August 14:09 EEST, seen 4 minutes later
          Link           Sample Agency, in Russian
                         https://sample-agency.example/1
          Why            беспочвенными
        """
    )


def test_a_number_of_the_same_body_moved() -> None:
    """Only what one body said before is told as what a number was."""
    first = member(origin=DIA, figures=[figure()])
    before = Sighting(figure(6_700), DIA, Day.parse("2024-02"))
    change = FigureChange("containers-2023", figure(body=DIA), before)
    raised = alert(first, reason=Reason.NEW_FIGURE, change=change)

    assert value(raised, first, name="Figure").startswith("13,000 containers; was 6,700")
    assert shown(raised, first).splitlines()[1] == f"{DIA}: 13,000 containers (was 6,700, same body)"


def test_a_number_of_the_same_body_that_another_outlet_has() -> None:
    """Who has it is told, for the body need not have said both."""
    first = member(origin=DIA, figures=[figure()])
    before = Sighting(figure(6_700, bound=Bound.AT_LEAST), DIA, Day.parse("2024-02"))
    change = FigureChange("containers-2023", figure(body=DIA), before, told_by="Sample Post")
    raised = alert(first, reason=Reason.NEW_FIGURE, change=change)

    assert value(raised, first, name="Figure").startswith("13,000 containers; Sample Post has at least 6,700")
    words = f"{DIA}: 13,000 containers (Sample Post has at least 6,700, same body)"
    assert shown(raised, first).splitlines()[1] == words


def test_the_tone_follows_the_reason() -> None:
    """A platform can colour a figure, a denial and other news apart."""
    first = member()
    reasons = (Reason.NEW_EVENT, Reason.NEW_FIGURE, Reason.DENIAL)
    cards = [alert_card(Briefing(alert(first, reason=r), event(first), (claim(),)), "UTC") for r in reasons]

    assert [card.tone for card in cards] == [Tone.NEWS, Tone.FIGURE, Tone.DISPUTE]


def test_a_figure_of_another_story_names_who_said_it() -> None:
    """Where the number does not come from the origin above it, its own body stands beside it."""
    first = member(origin="Sample Institute", figures=[figure()])
    change = FigureChange("containers-2023", figure(body=DIA))

    said = value(alert(first, change=change), first, name="Figure")

    assert said == f"13,000 containers, according to {DIA}; no earlier figure to compare"


def test_numbers_that_changed_nothing_are_still_shown() -> None:
    """Two figures of the lead story are shown where no number moved, and none where it has none."""
    first = member(figures=[figure(40, "ships"), figure(1.6e6, "shells"), figure(7, "troops")])

    assert value(alert(first), first, name="Figure") == "40 ships; 1.6 million shells"
    assert value(alert(member()), member(), name="Figure") == ""


def test_the_lead_story_is_the_one_that_the_lead_claim_was_read_from() -> None:
    """When a later story brings the lead claim, its link and origin are shown."""
    first, second = member("Sample tug sinks"), member("Sample count", origin=DIA)
    raised = alert(first, links=(evidence(second.story),), headline="Sample tug sinks")

    assert value(raised, first, second, name="Origin") == DIA
    assert value(raised, first, second, name="Link") == "Sample count · Sample Herald"


def test_outlets_of_two_origins_count_as_two_accounts() -> None:
    """The count of independent origins is the one count of `claims.independence`."""
    first, second = member(origin=DIA), member("Kyiv counts", origin="HUR", source=source("Sample Post"))

    assert told_by(first, second) == "Sample Herald, also Sample Post; 2 independent origins"
    assert value(alert(first), first, second, name="Rated") == "B2: usually reliable, probably true"


def test_a_happening_told_both_ways_is_doubtful() -> None:
    """One origin that a story of the same happening disputes is not called possibly true."""
    first, second = member(origin=DIA), member("Not so", origin=DIA, source=source("Sample Post"))
    against = evidence(second.story, stance=Stance.DISPUTES)
    second = replace(second, reading=replace(second.reading, evidence=(against,)))

    assert value(alert(first), first, second, name="Rated") == "B4: usually reliable, doubtful"


def test_an_outlet_relayed_by_an_aggregator_is_named_itself() -> None:
    """Readers learn who wrote it, not who listed it."""
    first = member(relayed_from="Sample Gazette", source=source("Sample Aggregator"))

    assert told_by(first) == "Sample Gazette alone"
    assert value(alert(first), first, name="Link") == "Sample Gazette"


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (at(-4), "27 August 11:09 UTC, seen 4 minutes later"),
        (NOW, "27 August 11:13 UTC, seen less than a minute later"),
        (at(-60 * 72), "24 August 11:13 UTC, seen 3 days later"),
        (None, "without a date, seen 27 August 11:13 UTC"),
        (at(60), "dated 27 August 12:13 UTC, but seen 27 August 11:13 UTC"),
        (datetime(2019, 3, 1, 9, tzinfo=UTC), "1 March 2019 09:00 UTC, seen 2,006 days later"),
    ],
)
def test_when_it_was_published_and_seen(published: datetime | None, words: str) -> None:
    """A missing or impossible date is said plainly."""
    first = member(published_at=published)

    assert value(alert(first), first, name="Published") == words


def test_a_headline_cannot_forge_anything() -> None:
    """What a feed writes stays plain words in the card, and a link only where we made it."""
    headline = "@everyone [free](https://evil.example) <!channel> *bold*"
    first = member(headline, url="javascript:alert(1)")
    card = alert_card(Briefing(alert(first), event(first), (claim(),)), "UTC")
    spans = [span for field in card.fields for span in field.value]

    assert card.title == headline
    assert [span for span in spans if isinstance(span, Link)] == [
        Link("Sample Herald", "javascript:alert(1)")
    ]
    assert "javascript" not in render(card, 100, colour=False)


def test_a_long_statement_is_cut_visibly() -> None:
    """A claim of many words leaves room for the rest, and keeps who said it."""
    long = claim(statement="Containers of munitions " * 40)
    first = member()
    card = alert_card(Briefing(alert(first), event(first), (long,)), "UTC")

    shown = plain(card.fields[0].value)
    assert shown.endswith("Containers of munitions…. White House, 13 October 2023")
    assert len(shown) < len(long.statement) / 3


def test_an_error_leads_with_what_is_wrong() -> None:
    """The first line is the title and the advice stands below it."""
    card = error_card(NotFound("There is no claim “x”\nDid you mean: y"))

    assert (card.title, card.lines, card.tone) == (
        "There is no claim “x”",
        (("Did you mean: y",),),
        Tone.TROUBLE,
    )


def test_a_withdrawn_alert_says_so() -> None:
    """Its headline stays, and nothing of what it claimed."""
    withdrawn = alert(member("Sample ship leaves"), reason=Reason.WITHDRAWN, links=())
    card = alert_card(Briefing(withdrawn, replace(event(), members=()), ()), "UTC")

    assert render(card, 100, colour=False) == text(
        """
        WITHDRAWN
        Sample ship leaves
          Withdrawn by a person: it bears on no tracked claim, or is told with another happening.
        """
    )


def corrected(**changes: Any) -> Card:
    """Return the card of an alert with a correction by the outlet that it is told by."""
    first = member(figures=[figure(13_000)])
    correction = Correction(first.story.id, **changes)
    return alert_card(Briefing(alert(first, correction=correction), event(first), (claim(),)), "UTC")


@pytest.mark.parametrize(
    ("changes", "name", "says"),
    [
        (
            {"was": figure(15_000), "now": figure(13_000, bound=Bound.AT_LEAST)},
            "Corrected",
            "at least 13,000 containers (was 15,000)",
        ),
        ({"was": figure(15_000)}, "Corrected", "no longer says 15,000 containers"),
        ({"now": figure(13_000)}, "Edited", "now says 13,000 containers"),
        ({"turns": (Turn("a", None, Stance.SUPPORTS),)}, "Edited", "now ▲ supports: a"),
        (
            {"turns": (Turn("a", Stance.SUPPORTS, Stance.DISPUTES), Turn("b", Stance.SUPPORTS, None))},
            "Corrected",
            "now ▼ disputes: a (was: ▲ supports); no longer bears on b",
        ),
    ],
)
def test_a_corrected_alert_says_what_was_corrected(changes: dict[str, Any], name: str, says: str) -> None:
    """Its heading does too, where something was taken back; a story that only says more is edited."""
    card = corrected(**changes)

    assert card.fields[0] == Field(name, (f"{says}, by Sample Herald",))
    assert card.heading.startswith("CORRECTED · ") == (name == "Corrected")


def test_an_alert_that_its_outlet_took_back_says_so() -> None:
    """No person is named for it."""
    told = member("Sample ship leaves")
    correction = Correction(told.story.id, turns=(Turn("containers-2023", Stance.SUPPORTS, None),))
    withdrawn = alert(told, reason=Reason.WITHDRAWN, links=(), correction=correction)

    card = alert_card(Briefing(withdrawn, event(told), ()), "UTC")

    assert card.lines == (
        ("Withdrawn: its story was edited by the outlet, and bears on no tracked claim as it reads now.",),
    )


def test_a_suggested_denial_does_not_dispute_the_rating() -> None:
    """What waits for a review says nothing of how credible a happening is."""
    told, unsure = member("Seoul counts"), member("Kremlin may deny", source=source("Sample Agency"))
    doubt = evidence(unsure.story, stance=Stance.DISPUTES, suggested=True)
    unsure = replace(unsure, reading=replace(unsure.reading, evidence=(doubt,)))

    both = value(alert(told), told, unsure, name="Rated")

    assert both == value(alert(told), told, name="Rated")
