"""How cards and forms become Slack's modals and App Home, and how a submitted form is read."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.actions.model import Press
from bot.card import Card
from bot.controls import Button, Entry, Form
from bot.language import speaking
from bot.render.slack_home import home_view
from bot.render.slack_views import Asked, card_view, form_view, submitted, waiting_view, where_of
from tests.support.drawn_cards import HOSTILE, cards, words
from tests.support.slack_blocks import links, seen
from tests.support.slack_view_limits import view_refusal

HERE = Asked("C0ALERTS", "1724757180.000100")


def _above(title: str) -> str:
    """Return what stands above a modal of this title."""
    made: Any = card_view(Card(title), HERE)
    return str(made["title"]["text"])


TRACK = Form(
    "Track as new claim",
    "tracked:1",
    (
        Entry("statement", "Statement", "Shells", "In one sentence", long=True, most=4_000),
        Entry("by", "Said by", required=False, most=20),
    ),
)
slowly = settings(deadline=None, max_examples=40)


def test_a_card_in_a_modal_has_its_title_above() -> None:
    """A short title stands there alone, a long one whole below it too; controls follow the words."""
    short = card_view(Card("Snoozed", (("till noon",),), controls=((Button("Wake", "wake:1"),),)), HERE)
    long = card_view(Card("Which claim is it wrong about?", footer="Page 1 of 2"), HERE)

    assert (short["title"]["text"], seen(short)) == ("Snoozed", "till noon")  # type: ignore[index]  # JSON
    assert short["blocks"][-1]["elements"][0]["action_id"] == "wake:1"  # type: ignore[index]  # JSON
    assert long["title"]["text"] == "Claimwatch"  # type: ignore[index]  # JSON
    assert seen(long) == "Which claim is it wrong about?\nPage 1 of 2"
    assert [_above("m" * 24), _above("You may not use “Set up”: no")] == [
        "m" * 24,
        "Claimwatch",
    ]
    assert [view_refusal(each) for each in (short, long, waiting_view(HERE))] == [None, None, None]


def test_a_modal_remembers_where_it_was_asked_for() -> None:
    """Its channel and thread come back with it; App Home has neither."""
    modals = [card_view(Card("t"), HERE), form_view(TRACK, Asked("C0ALERTS")), waiting_view(HERE)]

    assert [where_of(each) for each in modals] == [HERE, Asked("C0ALERTS"), HERE]
    assert where_of(home_view([Card("t")])) == Asked()


def test_the_words_of_a_modal_are_in_the_language_of_who_reads_it() -> None:
    """Its buttons too."""
    with speaking("ko"):
        made = form_view(TRACK, HERE)

    assert (made["close"]["text"], made["submit"]["text"]) == ("닫기", "보내기")  # type: ignore[index]  # JSON


def test_a_form_holds_what_is_typed_by_the_names_of_its_entries() -> None:
    """Label, hint, size and what stands in it at first, each within Slack's limits."""
    made: Any = form_view(TRACK, HERE)
    statement, by = made["blocks"]

    assert view_refusal(made) is None
    assert (made["callback_id"], statement["block_id"], by["block_id"]) == ("tracked:1", "statement", "by")
    assert statement["element"] == {
        "type": "plain_text_input",
        "action_id": "entry",
        "multiline": True,
        "max_length": 3_000,
        "initial_value": "Shells",
    }
    assert (statement["hint"]["text"], statement["optional"], by["optional"]) == (
        "In one sentence",
        False,
        True,
    )
    assert "hint" not in by


def test_a_submitted_form_is_its_action_with_what_was_typed() -> None:
    """What was left empty is an empty text."""
    values = {
        "statement": {"entry": {"type": "plain_text_input", "value": "Shells & “more”"}},
        "by": {"entry": {"type": "plain_text_input", "value": None}},
    }
    action, press = submitted({"callback_id": "tracked:1", "state": {"values": values}})

    assert (action, press) == ("tracked:1", Press("", entries={"statement": "Shells & “more”", "by": ""}))


def test_home_shows_card_under_card() -> None:
    """A title begins a section under a rule, a card without one goes on in it; each has its controls."""
    made: Any = home_view(
        [
            Card("Claimwatch", controls=((Button("Set up", "setup"),),)),
            Card("Channels", ((HOSTILE,),)),
            Card("", (("More",),), controls=((Button("Edit", "edit:1"),),)),
        ]
    )

    assert view_refusal(made) is None
    assert [block["type"] for block in made["blocks"]] == [
        "header", "actions", "divider", "header", "rich_text", "rich_text", "actions",
    ]  # fmt: skip
    assert HOSTILE in seen(made)
    assert links(made) == []


def test_what_has_no_room_in_home_is_counted() -> None:
    """Slack takes a hundred blocks."""
    made: Any = home_view([Card(f"{n}", (("words",),)) for n in range(60)])

    assert len(made["blocks"]) <= 100
    assert seen(made).endswith("words\n27 more")
    assert view_refusal(made) is None


@slowly
@given(cards)
def test_any_card_is_accepted_as_a_modal(card: Card) -> None:
    """However long or foreign it is; a hostile headline leads nowhere there either."""
    view = json.loads(json.dumps(card_view(card, HERE)))

    assert (refusal := view_refusal(view)) is None, refusal
    assert all(url.startswith(("http://", "https://")) for _, url in links(view))


@slowly
@given(st.lists(cards, max_size=4))
def test_any_cards_are_accepted_as_app_home(made: list[Card]) -> None:
    """However many there are."""
    assert (refusal := view_refusal(json.loads(json.dumps(home_view(made))))) is None, refusal


@slowly
@given(
    words,
    st.builds(
        Entry, st.just("name"), words, words, words, st.booleans(), st.booleans(), st.integers(-1, 9_000)
    ),
)
def test_any_form_is_accepted(title: str, entry: Entry) -> None:
    """However long or foreign its words are."""
    view = json.loads(json.dumps(form_view(Form(title, "tracked:1", (entry,)), HERE)))

    assert (refusal := view_refusal(view)) is None, refusal


@pytest.mark.parametrize("card", [Card(""), Card("\u200b\x00"), Card("t")])
def test_an_empty_card_is_still_a_view(card: Card) -> None:
    """Slack refuses a view without blocks."""
    assert view_refusal(card_view(card, HERE)) is None
    assert view_refusal(home_view([card])) is None
    assert view_refusal(home_view([])) is None
