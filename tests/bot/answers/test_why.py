"""What people read when they ask why, whole and as a terminal shows it."""

from dataclasses import replace
from textwrap import dedent

import pytest

from bot.answers.why import account_card
from bot.card import plain
from bot.render.console import render
from claims.feeds import Wording
from claims.matching.matcher import Ranked
from claims.matching.relevance import Near
from claims.model import Mark, Member, Reason, Stance
from claims.outgoing import Account, DeliveryState
from claims.rematch import change
from claims.verdicts import Verdict, VerdictKind
from claims.why import Today
from claims.workspaces import CONSOLE
from tests.support.build import (
    NOW,
    alert,
    at,
    delivery,
    event,
    evidence,
    figure,
    inquiry,
    member,
    reading,
    story,
    verdict,
)

LANGUAGES = ("en", "ko")
NEAR = Ranked("shell-volume", 0.41, (("buy", "sell"), ("term: rason",)), (Mark(0, 6, "Sample", "x"),))
TOLD = member(
    "Sample ship leaves Rason",
    figures=[figure()],
    origin="Sample ministry",
    summary="It carried shells.",
    url="https://sample-herald.example/1",
)


def now(told: Member, **changes: object) -> Today:
    """Return a today that says the same."""
    return replace(Today(told.reading, None, (NEAR,), None), **changes)  # type: ignore[arg-type]  # by name


def fields(account: Account, today: Today) -> dict[str, str]:
    """Return the fields of a card by name, as plain text."""
    card = account_card(account, today, LANGUAGES, "Asia/Seoul", CONSOLE)
    return {"title": card.title} | {field.name: plain(field.value) for field in card.fields}


def test_a_story_that_was_told() -> None:
    """Its words are marked in place; event, alert and deliveries follow, and no claim is offered."""
    why = (Mark(7, 11, "ship", "ship"), Mark(11, 18, "leaves"), Mark(36, 42, "shells", "shells"))
    link = evidence(TOLD.story, why=why)
    told = Member(TOLD.story, replace(TOLD.reading, evidence=(link,)))
    raised = alert(told, reason=Reason.NEW_FIGURE)
    sent = delivery(raised.key, state=DeliveryState.SENT)
    failed = delivery(raised.key, "slack:C1", state=DeliveryState.FAILED, error="not in channel")
    account = Account(told, Reason.NEW_FIGURE, event(told), raised, (sent, failed))
    other = Account(member("Sample copy"), Reason.ALREADY_TOLD)
    card = account_card(account, now(told), LANGUAGES, "Asia/Seoul", CONSOLE, [other])

    assert render(card, 100, colour=False) == dedent(
        f"""\
        WHY · TOLD
        Told: it gives a figure that had not been heard
        https://sample-herald.example/1
          Headline   Sample [ship leaves] Rason
          Text       It carried [shells].
          From       Sample Herald, 27 August 2024; seen 27 August 20:13 KST
          Language   English
          Relevance  of the matter (0.90)
          Bears on   supports containers-2023 (0.90): ship · leaves · shells
          Figures    13,000 containers
          Origin     Sample ministry
          Event      {event(told).id}: 1 story of 1 family
          Alert      NEW FIGURE on containers-2023, raised 27 August 20:13 KST: Sample ship leaves Rason
          Told       console: posted.
          Told       slack:C1: given up. not in channel
          Today      reads the same
          Also kept  {other.member.story.id}, Sample Herald
        Story {told.story.id}
        """
    )


def test_no_claim_names_the_nearest_and_what_they_lack() -> None:
    """The nearest claims come with score, the groups that the story lacks, and the words that it has."""
    told = member("Sample ship leaves Rason", [])
    shown = fields(Account(told, Reason.NO_CLAIM), now(told))

    assert shown["title"] == "Not told: it is of the matter, but fits no claim"
    assert shown["Nearest"] == "shell-volume (0.41): lacks buy or sell; and “rason”; has Sample"
    assert shown["Headline"] == "Sample ship leaves Rason"


def test_an_irrelevant_story_names_the_nearest_matter() -> None:
    """What it lacks of the matter is said; long groups are counted."""
    told = Member(story(), replace(reading(story(), []), relevant=False, score=0.3))
    matter = Near("military-trade", 0.5, (("a", "b", "c", "d", "e", "f"),))
    shown = fields(Account(told, Reason.IRRELEVANT), now(told, matter=matter))

    assert shown["title"] == "Not told: it is not of the matter"
    assert shown["Relevance"] == (
        "not of the matter (0.30); nearest: military-trade, lacks a or b or c or d +2 more"
    )
    dull = fields(Account(told, Reason.IRRELEVANT), now(told))
    assert dull["Relevance"] == "not of the matter (0.30): it has no word of it"


def test_a_language_that_is_not_read_stops_a_story_first() -> None:
    """The languages that are read are named in its place."""
    told = Member(story(), replace(reading(story(), []), relevant=False, language="pl"))
    shown = fields(Account(told, Reason.IRRELEVANT), now(told, nearest=()))

    assert shown["title"] == "Not told: it is in no language that we read"
    assert shown["Language"] == "Polish: we read English, Korean"
    assert "Relevance" not in shown


@pytest.mark.parametrize("reason", [*Reason, None])
def test_every_reason_has_its_sentence(reason: Reason | None) -> None:
    """Whatever was decided is said, and so is that nobody wrote it down."""
    shown = fields(Account(TOLD, reason), now(TOLD))

    assert len(shown["title"]) > 10


def test_what_today_says_otherwise_is_said() -> None:
    """Claims that it would bear on, or no longer does, stand beside what was decided then."""
    turned = (evidence(TOLD.story, "shell-volume", stance=Stance.DISPUTES, score=0.4, suggested=True),)
    read = replace(TOLD.reading, evidence=turned, relevant=False)
    shown = fields(Account(TOLD, Reason.NEW_EVENT), now(TOLD, change=change(TOLD.story, TOLD.reading, read)))

    assert shown["Today"] == (
        "would read otherwise: not of the matter; no longer bears on containers-2023; "
        "disputes shell-volume (suggested, 0.40)"
    )


def test_unsure_and_judged_links_say_so() -> None:
    """A suggestion is no evidence yet, and what a person said is theirs."""
    links = (
        evidence(TOLD.story, suggested=True, why=()),
        evidence(TOLD.story, "shell-volume", judge="analyst", why=()),
    )
    told = Member(TOLD.story, replace(TOLD.reading, evidence=links))
    card = account_card(Account(told, Reason.NEW_EVENT), now(told), LANGUAGES, "UTC", CONSOLE)

    assert [plain(f.value) for f in card.fields if f.name == "Bears on"] == [
        "supports containers-2023 (0.90, only suggested)",
        "supports shell-volume (0.90, as analyst judged)",
    ]


def test_who_judged_a_story_is_named() -> None:
    """What people said that still counts, and what a model changed, stand beside the decision."""
    gone = verdict(TOLD.story, "not-relevant", at=NOW)
    undone = verdict(TOLD.story, "other-event", at=NOW)
    account = Account(
        TOLD,
        Reason.IRRELEVANT,
        verdicts=(undone, gone, replace(undone, undone=True)),
        opinions=(inquiry(),),
    )
    shown = fields(account, now(TOLD))

    assert shown["Judged"] == "not-relevant by Mina, 27 August 2024"
    assert shown["Second opinion"] == "sample-model-2026: containers-2023: disputes (was supports)"
    assert shown["Today"] == "is not read again: it was judged"


def test_an_endless_story_is_cut() -> None:
    """A card shows the beginning of a text, and that there is more."""
    told = Member(story(summary="word " * 10_000), TOLD.reading)
    text = fields(Account(told, Reason.NEW_EVENT), now(told))["Text"]

    assert len(text) < 2_000
    assert text.endswith("…")


def test_a_story_that_a_person_took_out_is_not_called_too_weak() -> None:
    """Who called it not relevant is said in place of what the matcher found it to lack."""
    said = Verdict("", "ana", TOLD.story.seen_at, TOLD.story.id, VerdictKind.NOT_RELEVANT)
    left = Member(TOLD.story, replace(TOLD.reading, evidence=(), relevant=False))
    shown = fields(Account(left, Reason.WITHDRAWN, verdicts=(said,)), now(left))

    assert shown["Relevance"] == "not of the matter, as ana judged"


def test_a_story_that_was_edited_shows_what_its_headline_was() -> None:
    """The last one first, each once, and none that is the one of now."""
    edited = Member(replace(TOLD.story, revisions=4), TOLD.reading)
    earlier = tuple(
        Wording(title, "", at(minutes))
        for minutes, title in enumerate(("First", "Second", TOLD.story.title, "Second"), start=1)
    )

    shown = fields(Account(edited, Reason.NEW_EVENT, earlier=earlier), now(edited))

    assert shown["Headline before"] == (
        "Second (until 27 August 20:17 KST); First (until 27 August 20:14 KST)"
    )
    assert "revised 4 times" in shown["From"]
    assert "Headline before" not in fields(Account(TOLD, Reason.NEW_EVENT), now(TOLD))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "console: waits to be posted."),
        (
            {"reason": "It came in quiet hours.", "next_try_at": at(47)},
            "console: waits, due 27 August 21:00 KST. It came in quiet hours.",
        ),
        ({"state": DeliveryState.SENDING, "error": "timed out"}, "console: is being posted. timed out"),
        ({"state": DeliveryState.SENT, "posted_at": at(2)}, "console: posted 27 August 20:15 KST."),
        ({"state": DeliveryState.FAILED, "error": "it is gone"}, "console: given up. it is gone"),
        (
            {"state": DeliveryState.HELD, "reason": "It was over the budget of messages an hour."},
            "console: in the digest, not posted. It was over the budget of messages an hour.",
        ),
        (
            {"state": DeliveryState.FILTERED, "reason": "It was withdrawn."},
            "console: not posted. It was withdrawn.",
        ),
    ],
)
def test_each_destination_says_what_became_of_the_alert(changes: dict[str, object], said: str) -> None:
    """Posted or not, when and why: whoever missed a message finds it here."""
    told = delivery(alert(TOLD).key, **changes)
    account = Account(TOLD, Reason.NEW_EVENT, event(TOLD), alert(TOLD), (told,))

    assert fields(account, now(TOLD))["Told"] == said
