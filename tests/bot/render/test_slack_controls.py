"""How controls become Slack's blocks, and how their use is read."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from bot.actions.model import Press
from bot.controls import Button, Choice, LinkButton, Look, Menu, Option, Row
from bot.render.slack_controls import BLOCKS, blocks, options, pressed, size
from tests.support.drawn_cards import HOSTILE, controls
from tests.support.slack_blocks import refusal_of
from tests.support.slack_view_limits import suggestion_refusal

ROOM = 4_500


def drawn(*rows: Row) -> list[str]:
    """Return what a person can use, a line for each block: what is chosen first has a star."""
    made = blocks(rows, ROOM)
    assert refusal_of(json.loads(json.dumps(made))) is None
    return [" ".join(_shown(each)) for each in made]


def _shown(block: dict[str, Any]) -> list[str]:
    match block["type"]:
        case "section":
            return [block["text"]["text"], *_element(block["accessory"])]
        case "context":
            return [each["text"] for each in block["elements"]]
        case _:
            return [words for element in block["elements"] for words in _element(element)]


def _element(element: dict[str, Any]) -> list[str]:
    if element["type"] == "button":
        return [f"[{element['text']['text']}]"]
    first = [*element.get("initial_options", []), element.get("initial_option")]
    offered = [f"{each['text']['text']}{'*' * (each in first)}" for each in element.get("options", [])]
    return [f"{element['type']}({' '.join(offered)})"]


def numbered(count: int, *, rare: bool = False) -> Row:
    """Return so many buttons."""
    return tuple(Button(f"{n}", f"do:{rare}:{n}", rare=rare) for n in range(count))


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([numbered(3), numbered(2, rare=True)], ["[0] [1] [2] overflow(0 1)"]),
        ([numbered(2, rare=True), (Button("last", "a"),)], ["[last] overflow(0 1)"]),
        ([numbered(7)], ["[0] [1] [2] [3] [4] overflow(5 6)"]),
        ([numbered(7), numbered(3, rare=True)], ["[0] [1] [2] [3] [4] overflow(5 6 0 1 2)"]),
        ([numbered(7), numbered(4, rare=True)], ["[0] [1] [2] [3] [4]", "[5] [6] overflow(0 1 2 3)"]),
        ([numbered(7, rare=True)], ["overflow(0 1 2 3 4)", "overflow(5 6)"]),
        ([numbered(1), (Menu("m", "p", (Option("o", "v"),)),), (Button("b", "b"),)],
         ["[0]", "static_select(o)", "[b]"]),
        ([(Button("b", "b", disabled=True), Button(" ", "c"), Button("d", "d"), Button("e", "d"))], ["[d]"]),
        ([(LinkButton("Page", "https://a.example/"), LinkButton("Bad", "javascript:alert(1)"))], ["[Page]"]),
        ([], []),
    ],
)  # fmt: skip
def test_buttons_are_five_side_by_side_and_the_others_behind_them(rows: list[Row], shown: list[str]) -> None:
    """Those that follow each other are a group; what is rare or over stands in a menu of more."""
    assert drawn(*rows) == shown


def test_a_menu_of_one_is_chosen_in_place_and_one_of_several_beside_its_prompt() -> None:
    """What is chosen already stands in it; where none may be chosen, it is a menu that can be emptied."""
    three = tuple(Option(name, name, chosen=name == "b") for name in "abc")

    assert drawn((Menu("m", "Which", three),)) == ["static_select(a b* c)"]
    assert drawn((Menu("m", "Which", three, most=3),)) == ["Which multi_static_select(a b* c)"]
    assert drawn((Menu("m", "Which", three, least=0),)) == ["Which multi_static_select(a b* c)"]
    assert drawn((Menu("m", "Where", choice=Choice.CHANNELS),)) == ["conversations_select()"]
    assert drawn((Menu("m", "Whom", choice=Choice.ROLES), Menu("n", "None"))) == []


def test_no_direct_message_can_be_chosen_as_a_channel() -> None:
    """The menu of channels has those in which the bot can tell something."""
    menu = Menu("setup:channel:k", "Which channel", choice=Choice.CHANNELS, chosen="slack:C0ALERTS")
    made = blocks(((menu,),), ROOM)

    assert made[0]["elements"][0]["filter"] == {"include": ["public", "private"]}
    assert made[0]["elements"][0]["initial_conversation"] == "C0ALERTS"


def test_looks_become_the_two_styles_that_slack_has() -> None:
    """What is good or to be done stands out, what is dangerous is red, the others are plain."""
    made = blocks((tuple(Button(look, look, look) for look in Look),), ROOM)

    assert [each.get("style") for each in made[0]["elements"]] == [None, "primary", "primary", "danger"]


def test_words_that_are_too_long_are_cut_visibly() -> None:
    """A label and what an option says below are cut; an option with half a value would name another thing."""
    long = Option("l" * 90, "v" * 150, "a" * 90)
    made = blocks(((Button("b" * 90, "b"),), (Menu("m", "p" * 200, (long, Option("o", "v" * 151))),)), ROOM)
    menu = made[1]["elements"][0]

    assert made[0]["elements"][0]["text"]["text"] == "b" * 74 + "…"
    assert menu["placeholder"]["text"].endswith("… (1 / 1)") is False
    assert menu["placeholder"]["text"] == "p" * 149 + "…"
    assert [(each["text"]["text"], each["description"]["text"]) for each in menu["options"]] == [
        ("l" * 74 + "…", "a" * 74 + "…")
    ]


def test_a_menu_with_too_many_options_says_how_many_it_shows() -> None:
    """A hundred of them, and how many there are."""
    made = blocks(((Menu("m", "Which", tuple(Option(f"{n}", f"{n}") for n in range(120))),),), 10_000)
    menu = made[0]["elements"][0]

    assert len(menu["options"]) == 100
    assert menu["placeholder"]["text"] == "Which (100 / 120)"


def test_what_has_no_room_is_shortened_and_then_counted() -> None:
    """First options lose what they say below, then words of their labels; at last controls are counted."""
    wordy = tuple(Option("l" * 75, f"{n}", "a" * 75) for n in range(10))
    menus: list[Row] = [(Menu(f"m{n}", "p", wordy),) for n in range(2)]

    def first(room: int) -> tuple[int, bool]:
        option = blocks(menus, room)[0]["elements"][0]["options"][0]
        return len(option["text"]["text"]), "description" in option

    assert [first(room) for room in (5_000, 1_600, 700)] == [(75, True), (75, False), (30, False)]
    assert blocks(menus, 400)[1]["elements"][0]["text"] == "1 more"
    assert len(blocks([(Button("b", f"b{n}"), Menu(f"m{n}", "", wordy[:1])) for n in range(30)], 9_000)) == (
        BLOCKS + 1
    )


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ({"type": "button", "action_id": "right:1"}, ("right:1", Press(""))),
        ({"type": "button", "action_id": "link:https://news.example/"}, ("", Press(""))),
        ({"type": "overflow", "action_id": "more", "selected_option": {"value": "snooze:1"}},
         ("snooze:1", Press(""))),
        ({"type": "static_select", "action_id": "m", "selected_option": {"value": "a"}},
         ("m", Press("", ("a",)))),
        ({"type": "multi_static_select", "action_id": "m",
          "selected_options": [{"value": "a"}, {"value": "b"}]},
         ("m", Press("", ("a", "b")))),
        ({"type": "multi_static_select", "action_id": "m", "selected_options": []}, ("m", Press(""))),
        ({"type": "conversations_select", "action_id": "m", "selected_conversation": "C0"},
         ("m", Press("", ("C0",)))),
    ],
)  # fmt: skip
def test_what_was_used_is_read(action: dict[str, Any], found: tuple[str, Press]) -> None:
    """The action is the `action_id`, or the value of what was chosen of more; a link asks for nothing."""
    assert pressed(action) == found


def test_what_is_suggested_ends_with_what_is_typed() -> None:
    """So that an address or a sentence can be given too; what is suggested already is not offered twice."""
    found = [Option("Sample: one", "one", "about it"), Option("too long", "v" * 151), Option("", "nameless")]

    assert [(each["text"]["text"], each["value"]) for each in options(found, "https://a.example/")] == [
        ("Sample: one", "one"),
        ("“https://a.example/”", "https://a.example/"),
    ]
    assert [each["value"] for each in options(found, " one ")] == ["one"]
    assert [each["value"] for each in options(found, "t" * 151)] == ["one"]
    assert (
        suggestion_refusal({"options": options([Option(f"{n}", f"{n}") for n in range(120)], HOSTILE)})
        is None
    )


@settings(deadline=None, max_examples=60)
@given(controls)
def test_any_controls_are_accepted_and_keep_to_their_room(rows: tuple[Row, ...]) -> None:
    """However many or foreign they are."""
    made = blocks(rows, ROOM)

    assert refusal_of(json.loads(json.dumps(made))) is None
    assert size(made) <= ROOM
