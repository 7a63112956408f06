"""What a card looks like at a terminal."""

import re
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.card import BETWEEN, Card, Field, Link, Marked, Quote, Strong, Tone
from bot.render.console import render

EVERYTHING = Card(
    heading="NEW EVENT · supports shell-volume",
    title="Sample ship leaves Rason",
    url="https://sample.example/title",
    lines=(
        ("A line with ", Strong("strong words"), " and ", Quote("somebody's own"), "."),
        (Strong("claim-a"), ": an entry"),
        (Strong("a-longer-claim"), ": another entry that is long enough to need a second row"),
    ),
    fields=(
        Field("Claim", ("what was said",)),
        Field("Link", ("see ", Link("the report", "https://sample.example/report"), ", in Korean")),
    ),
    footer="The end",
    tone=Tone.NEWS,
)


def text(block: str) -> str:
    """Return a block of the test's source without its indentation."""
    return dedent(block).lstrip("\n")


def test_every_part_of_a_card() -> None:
    """Labels stand in a left column, values beside them, addresses where they can be copied."""
    assert render(EVERYTHING, 60, colour=False) == text(
        """
        NEW EVENT · supports shell-volume
        Sample ship leaves Rason
        https://sample.example/title
          A line with strong words and “somebody's own”.
          claim-a         an entry
          a-longer-claim  another entry that is long enough to need
                          a second row
          Claim  what was said
          Link   see the report, in Korean
                 https://sample.example/report
        The end
        """
    )


def test_marked_words_stand_in_brackets() -> None:
    """They are seen without colour, underlined where there is some, and clean like all others."""
    card = Card(title="Why", fields=(Field("Text", (Marked("Sh\x1bells"), " leave ", Marked("Rason"), ".")),))

    assert render(card, 60, colour=False) == "Why\n  Text  [Shells] leave [Rason].\n"
    assert "\x1b[4m[Shells]\x1b[0m" in render(card, 60, colour=True)


def test_wide_characters_count_as_two_columns() -> None:
    """Korean and Japanese wrap where the terminal ends, and columns stay aligned."""
    card = Card(
        title="북한이 러시아에 컨테이너 1만3천 개 이상을 보냈다",
        fields=(Field("出典", ("韓国国防省の発表による",)), Field("Told by", ("샘플 일보",))),
    )

    assert render(card, 30, colour=False) == text(
        """
        북한이 러시아에 컨테이너
        1만3천 개 이상을 보냈다
          出典     韓国国防省の発表に
                   よる
          Told by  샘플 일보
        """
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J\x1b[31mred",
        "\x1b]0;title\x07words",
        "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
        "\x9b31mC1",
        "right\u202eto\u202cleft",
        "line\r\nbreak\x08\x08\x7f",
        "null\x00byte",
        "\ud800 surrogate",
        "[bold]markup[/bold] :smile:",
        "zero\u200bwidth\ufeff",
    ],
)
@pytest.mark.parametrize("colour", [False, True])
def test_nothing_that_a_feed_writes_reaches_the_terminal_but_letters(hostile: str, colour: bool) -> None:
    """Escape, control and direction characters are gone from every part of a card."""
    card = Card(
        title=hostile,
        heading=hostile,
        footer=hostile,
        url=f"https://sample.example/{hostile}",
        lines=((hostile, Strong(hostile), Quote(hostile)), (Strong(hostile), hostile)),
        fields=(Field(hostile, (Link(hostile, f"https://sample.example/{hostile}"),)),),
    )
    shown = re.sub(r"\x1b\[[0-9;]*m", "", render(card, 80, colour)) if colour else render(card, 80, colour)

    assert (
        re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff\ud800-\udfff]", shown) == []
    )


def test_markup_is_only_words() -> None:
    """What looks like markup, a ping or a code is shown as it was written."""
    shown = render(Card(title="[bold]@everyone[/bold] :smile: <!channel>"), 80, colour=True)

    assert "[bold]@everyone[/bold] :smile: <!channel>" in shown


def test_colour_only_styles() -> None:
    """Without its styles a coloured card is the plain one."""
    coloured = render(EVERYTHING, 60, colour=True)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)

    assert "\x1b[1;32mNEW EVENT" in coloured
    assert [line.rstrip() for line in bare.splitlines()] == render(EVERYTHING, 60, colour=False).splitlines()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "",
        "//sample.example",
        "https://sample.example@evil.example",
    ],
)
def test_addresses_that_lead_nowhere_are_not_shown(url: str) -> None:
    """A link that is not http, or poses as another site, shows its words alone."""
    card = Card(title="Sample", url=url, fields=(Field("Link", (Link("words", url), " after")),))

    assert render(card, 80, colour=False) == "Sample\n  Link  words after\n"


def test_an_address_is_shown_once() -> None:
    """The title's address is left out where a link of the card has it."""
    url = "https://sample.example/1"
    card = Card(title="Sample", url=url, fields=(Field("Link", (Link("words", url),)),))

    assert render(card, 80, colour=False).count(url) == 1


def test_the_least_card_is_its_title() -> None:
    """What is empty is left out."""
    assert render(Card(title="Only this", lines=((),)), 80, colour=False).strip() == "Only this"
    assert render(Card(title="Only this", tone=Tone.TROUBLE), 80, colour=False) == "Only this\n"


@given(
    words=st.text(max_size=200),
    label=st.text(min_size=1, max_size=40),
    width=st.integers(min_value=20, max_value=120),
)
def test_no_line_is_wider_than_the_terminal(words: str, label: str, width: int) -> None:
    """Whatever the words, they are wrapped, and every line is ended without trailing space."""
    card = Card(title=words, lines=((words,), (Strong(label), words)), fields=(Field(label, (words,)),))
    shown = render(card, width, colour=False)

    assert shown.endswith("\n")
    assert all(cell_len(line) <= width and line == line.rstrip() for line in shown.split("\n"))


def test_each_thing_of_a_list_stands_with_its_address() -> None:
    """It is seen which address is whose, also of things that have none."""
    named = (
        Link("Sample ministry", "https://sample.example/1"),
        ", 2 May",
        BETWEEN,
        "Sample office",
        ", 3 May",
    )
    card = Card(title="Claim", fields=(Field("Denied", named),))

    assert render(card, 60, colour=False) == text(
        """
        Claim
          Denied  Sample ministry, 2 May
                  https://sample.example/1
                  Sample office, 3 May
        """
    )


def test_an_address_alone_may_be_wider_than_the_terminal() -> None:
    """It stands whole on a line of its own, so that it can be opened and copied; all words are wrapped."""
    address = f"https://sample.example/{'a' * 30}"
    card = Card(
        title="Claim",
        url=f"{address}/title",
        lines=(("words that are many, ", Link("a link", address)),),
        fields=(Field("Denied", ("by the sample ministry ", Link("in June", address), ", once")),),
    )

    assert render(card, 30, colour=False) == text(
        f"""
        Claim
        {address}/title
          words that are many, a link
          {address}
          Denied  by the sample
                  ministry in June,
                  once
                  {address}
        """
    )


def test_long_labels_leave_room_for_what_they_name() -> None:
    """A label is wrapped too where it would take most of the line."""
    card = Card(
        title="Claim", fields=(Field("a label of many words", ("what it names",)), Field("b", ("c",)))
    )

    assert render(card, 30, colour=False) == text(
        """
        Claim
          a label of    what it names
          many words
          b             c
        """
    )
