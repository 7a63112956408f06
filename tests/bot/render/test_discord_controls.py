"""How controls and forms become Discord's components, and how their use is read."""

import pytest

from bot.actions.model import Press
from bot.controls import Button, Choice, Entry, Form, LinkButton, Look, Menu, Option, Row
from bot.render.discord_controls import choices, components, modal, pressed
from tests.support.discord_components import component_faults, every, modal_faults


def labels(controls: tuple[Row, ...]) -> list[list[str]]:
    """Return the labels of the buttons, row by row."""
    return [[button["label"] for button in row["components"]] for row in components(controls)]


def test_buttons_keep_their_rows_and_looks() -> None:
    """Each row is one of Discord's, each look a style of its own; a link has an address and no action."""
    rows: tuple[Row, ...] = (
        (
            Button("Right", "right:1", Look.GOOD),
            Button("Wrong", "wrong:1", Look.DANGER),
            Button("Track", "track:1", Look.MAIN),
            Button("Details", "details:1", disabled=True),
        ),
        (LinkButton("Source", "https://a.example/1"),),
    )

    first, second = components(rows)

    assert [button["style"] for button in first["components"]] == [3, 4, 1, 2]
    assert [button.get("disabled", False) for button in first["components"]] == [False, False, False, True]
    assert second["components"] == [{"type": 2, "style": 5, "label": "Source", "url": "https://a.example/1"}]


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ((Button(" ", "right:1"), Button("Right", "right:1")), [["Right"]]),
        ((LinkButton("Source", "javascript:alert(1)"), Button("Right", "right:1")), [["Right"]]),
        ((LinkButton("Source", "https://a.example/" + "x" * 500),), []),
        ((Button("Right", "right:1"), Button("Right again", "right:1")), [["Right"]]),
        ((Menu("wrong:1", "Which?"),), []),
        ((Menu("wrong:1", "Which?", (Option("", "a"), Option("A", "x" * 101))),), []),
        ((), []),
    ],
    ids=["no words", "no address", "long address", "twice", "no options", "no usable options", "nothing"],
)
def test_what_discord_refuses_is_left_out(row: Row, kept: list[list[str]]) -> None:
    """An empty or doubled control, and a row or menu without anything in it, are never sent."""
    assert labels((row,)) == kept


def test_long_words_are_cut_so_that_it_shows() -> None:
    """Labels, options and prompts keep their limits."""
    options = (Option("o" * 120, "a", "d" * 120), Option("B", "b"))

    buttons, menu = components(((Button("r" * 90, "right:1"),), (Menu("wrong:1", "p" * 200, options),)))

    assert buttons["components"][0]["label"] == "r" * 79 + "…"
    (shown,) = menu["components"]
    assert shown["placeholder"] == "p" * 149 + "…"
    assert shown["options"][0] == {"label": "o" * 99 + "…", "value": "a", "description": "d" * 99 + "…"}


def test_more_options_than_fit_are_counted() -> None:
    """The prompt of a menu says how many of its options are shown."""
    options = tuple(Option(f"Claim {i}", f"c{i}") for i in range(40))

    ((row),) = components(((Menu("wrong:1", "Which claim?", options),),))

    (menu,) = row["components"]
    assert menu["placeholder"] == "Which claim? (25 / 40)"
    assert len(menu["options"]) == 25


def test_more_controls_than_fit_are_counted() -> None:
    """A sixth button takes the next row; what is beyond the fifth row is one button that says how many."""
    many = tuple(Button(f"B{i}", f"b:{i}") for i in range(27))

    rows = labels((many,))

    assert [len(row) for row in rows] == [5, 5, 5, 5, 1]
    assert rows[-1] == ["7 more"]


def test_menus_of_the_platform_ask_for_what_can_be_posted_to() -> None:
    """Channels are those with text and announcements; of roles as many may be chosen as is said."""
    channels, roles = components(
        (
            (Menu("channel", "Where?", choice=Choice.CHANNELS),),
            (Menu("role", "Whom?", choice=Choice.ROLES, least=0, most=3),),
        )
    )

    assert channels["components"][0]["channel_types"] == [0, 5]
    assert (roles["components"][0]["min_values"], roles["components"][0]["max_values"]) == (0, 3)


def test_as_many_are_chosen_as_may_be() -> None:
    """No more stand chosen at first than may be, and no more may be than there are."""
    options = (Option("A", "a", chosen=True), Option("B", "b", chosen=True))

    one, both = components(((Menu("one", "?", options),), (Menu("both", "?", options, most=9),)))

    assert [o.get("default", False) for o in one["components"][0]["options"]] == [True, False]
    assert (both["components"][0]["max_values"], len(both["components"][0]["options"])) == (2, 2)


def test_whatever_is_shown_discord_takes_it() -> None:
    """Controls over every limit at once keep all of them."""
    long = "하나" * 200
    options = tuple(Option(long, f"{i}", long, chosen=True) for i in range(60))
    row: Row = tuple(Button(long, f"b:{i}") for i in range(7))

    made = components((row, (Menu("m", long, options, most=99),), (LinkButton(long, "https://a.example"),)))

    assert component_faults(made, v2=False) == []
    assert len(list(every(made))) > 5


def test_suggestions_keep_their_values_whole() -> None:
    """A label may be cut; an option whose value would have to be is not offered."""
    options = [Option("o" * 120, "a"), Option("B", "b" * 101), Option("", "c")]

    assert choices(options) == [("o" * 99 + "…", "a")]


def test_a_form_becomes_a_modal() -> None:
    """Each entry stands below its label, with its hint, what it holds at first and how long it may be."""
    made = modal(
        Form(
            "t" * 50,
            "tracked:1",
            (
                Entry("statement", "l" * 50, "Shells", "h" * 120, long=True, most=9_000),
                Entry("by", "By whom", "x" * 40, required=False, most=20),
            ),
        )
    )

    assert modal_faults(made) == []
    assert (made["title"], made["custom_id"]) == ("t" * 44 + "…", "tracked:1")
    first, second = made["components"]
    assert (first["label"], first["description"]) == ("l" * 44 + "…", "h" * 99 + "…")
    assert first["component"] == {
        "type": 4,
        "custom_id": "statement",
        "style": 2,
        "required": True,
        "max_length": 4_000,
        "value": "Shells",
    }
    assert (second["component"]["style"], second["component"]["value"]) == (1, "x" * 19 + "…")
    assert "description" not in second


@pytest.mark.parametrize("entries", [0, 6])
def test_a_form_of_another_size_is_a_mistake(entries: int) -> None:
    """What Discord would refuse is refused here, by name."""
    form = Form("Track", "tracked:1", tuple(Entry(f"e{i}", "E") for i in range(entries)))

    with pytest.raises(ValueError, match=f"'Track' has {entries} entries, not 1 to 5"):
        modal(form)


@pytest.mark.parametrize(
    ("data", "action", "press"),
    [
        ({"custom_id": "right:1", "component_type": 2}, "right:1", Press("")),
        ({"custom_id": "m", "component_type": 3, "values": ["a", "b"]}, "m", Press("", ("a", "b"))),
        (
            {
                "custom_id": "tracked:1",
                "components": [
                    {"type": 18, "component": {"type": 4, "custom_id": "statement", "value": "Shells"}},
                    {"type": 18, "component": {"type": 4, "custom_id": "by", "value": None}},
                    {"type": 10},
                ],
            },
            "tracked:1",
            Press("", (), {"statement": "Shells", "by": ""}),
        ),
    ],
    ids=["button", "menu", "form"],
)
def test_what_was_used_is_read(data: dict[str, object], action: str, press: Press) -> None:
    """The action is the custom id; what was chosen or entered comes with it."""
    assert pressed(data) == (action, press)
