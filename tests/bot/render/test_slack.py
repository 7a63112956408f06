"""Cards as Slack messages, whatever is in them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.card import Card, Channel, Field, Line, Link, Moment, Person, Quote, Strong, Tone
from bot.controls import Button, Look
from bot.render.slack import ALL_BLOCKS, TEXT, render
from tests.support.build import NOW
from tests.support.drawn_cards import HOSTILE, cards, lines
from tests.support.slack_blocks import links, pings, refusal_of, seen

slowly = settings(deadline=None, max_examples=60)

ALERT = Card(
    title="Seoul: more than 13,000 containers",
    heading="NEW FIGURE · supports containers-2023",
    url="https://sample.example/story",
    fields=(
        Field("Claim", ("at least 1,000 containers. ", Strong("White House"), ", 13 October 2023")),
        Field("Told by", (Link("Sample Herald", "https://herald.example/1"), " and ", Quote("the ministry"))),
    ),
    footer="seen 4 minutes later",
    tone=Tone.FIGURE,
)


def test_an_alert_reads_from_heading_to_footer() -> None:
    """A person reads heading, title, fields and footer in this order, names and words whole."""
    assert seen(render(ALERT)) == (
        "NEW FIGURE · supports containers-2023\n"
        "Seoul: more than 13,000 containers\n"
        "Claim  at least 1,000 containers. White House, 13 October 2023\n"
        "Told by  Sample Herald and “the ministry”\n"
        "seen 4 minutes later"
    )


def test_title_and_link_spans_lead_to_their_pages() -> None:
    """The title and the links of a card can be followed, and nothing else can."""
    assert links(render(ALERT)) == [
        ("Seoul: more than 13,000 containers", "https://sample.example/story"),
        ("Sample Herald", "https://herald.example/1"),
    ]


def test_a_moment_is_each_readers_own() -> None:
    """Slack shows it in the reader's zone, and its words where it cannot; the notification has the words."""
    message = render(Card("t", fields=(Field("Published", (Moment("27 August 20:13 KST", NOW), ", seen")),)))
    elements = message["blocks"][1]["elements"][0]["elements"]  # type: ignore[index]  # JSON
    assert [e["type"] for e in elements] == ["text", "text", "date", "text"]
    assert elements[2]["timestamp"] == int(NOW.timestamp())
    assert refusal_of(message["blocks"]) is None
    assert seen(message) == "t\nPublished  27 August 20:13 KST, seen"
    assert str(message["text"]).endswith("27 August 20:13 KST, seen")


def test_people_are_named_to_one_person_alone_and_channels_to_all() -> None:
    """In a channel the element that names a person would call them."""
    spans = [Person("slack:U0READER", "slack:U0READER"), Channel("slack:C0ALERTS", "slack:C0ALERTS")]
    spans += [Person("console", "console"), Channel("discord:600", "discord:600")]
    spans += [Person("Ada", "slack:U0ADMIN"), Person("S0EDITORS", "slack:S0EDITORS")]
    card = Card("t", lines=tuple((span,) for span in spans))
    posted, alone = render(card), render(card, private=True)

    assert seen(posted) == "t\nsomebody\n#C0ALERTS\nconsole\ndiscord:600\nAda\nS0EDITORS"
    assert seen(alone) == "t\n@U0READER\n#C0ALERTS\nconsole\ndiscord:600\n@U0ADMIN\n@S0EDITORS"
    assert (pings(posted), pings({"text": alone["text"]})) == ([], [])
    assert [refusal_of(each["blocks"]) for each in (posted, alone)] == [None, None]


def test_controls_stand_below_and_leave_the_words_their_room() -> None:
    """However many there are, half of the message is left for what is said."""
    buttons = tuple(Button("b" * 75, f"do:{n}", Look.PLAIN) for n in range(100))
    message = render(Card("t", lines=(("word " * 380,), ("word " * 380,)), footer="end", controls=(buttons,)))
    kinds = [block["type"] for block in message["blocks"]]  # type: ignore[attr-defined]  # JSON

    assert kinds[:3] == ["rich_text", "rich_text", "context"]
    assert set(kinds[3:-1]) == {"actions"}
    assert seen(message).count("word") > 700
    assert seen(message).endswith("more")
    assert refusal_of(message["blocks"]) is None


def test_the_notification_names_what_happened_first() -> None:
    """The text for notifications starts with heading and title and holds the fields too."""
    text = str(render(ALERT)["text"])
    assert text.startswith(
        "NEW FIGURE · supports containers-2023 · Seoul: more than 13,000 containers\nClaim  at"
    )


@pytest.mark.parametrize(
    "card",
    [
        Card(HOSTILE),
        Card("t", heading=HOSTILE, footer=HOSTILE),
        Card("t", lines=((HOSTILE,), (Strong(HOSTILE), Quote(HOSTILE)))),
        Card("t", fields=(Field(HOSTILE, (HOSTILE,)),)),
        Card("t", lines=((Link(HOSTILE, "javascript:alert(1)"),),), url="data:text/html,x"),
    ],
)
def test_a_hostile_headline_is_only_text(card: Card) -> None:
    """Wherever it stands, it calls nobody, leads nowhere and is shown character by character."""
    message = render(card)
    assert pings(message) == []
    assert links(message) == []
    assert HOSTILE[:140] in seen(message)
    assert "mrkdwn" not in json.dumps(message["blocks"])


def test_a_link_keeps_hostile_words_as_its_words() -> None:
    """Words of a link cannot change where it leads."""
    card = Card("t", lines=((Link("a|b> <http://evil.example|x>", "https://news.example/"),),))
    assert links(render(card)) == [("a|b> <http://evil.example|x>", "https://news.example/")]


def test_an_address_that_poses_as_another_site_is_no_link() -> None:
    """Before an `@` stands a user name, not a host; the words are shown alone."""
    card = Card("t", lines=((Link("words", "https://news.example@evil.example/"),),))
    assert links(render(card)) == []
    assert "words" in seen(render(card))


@slowly
@given(cards)
def test_every_card_is_accepted(card: Card) -> None:
    """However long or foreign a card is, it stays within the limits of a post, an edit and an answer."""
    message = render(card)
    assert refusal_of(json.loads(json.dumps(message["blocks"]))) is None
    assert 0 < len(str(message["text"])) <= TEXT
    assert str(message["text"]).strip()


@slowly
@given(cards)
def test_no_card_calls_anybody_or_leads_off_the_web(card: Card) -> None:
    """Nothing pings, and every address is http or https."""
    message = render(card)
    assert pings(message) == []
    assert all(url.startswith(("http://", "https://")) for _, url in links(message))


@slowly
@given(st.lists(lines, min_size=1, max_size=12).map(tuple), st.integers(1, 5_000))
def test_what_is_cut_is_seen_to_be_cut(body: tuple[Line, ...], length: int) -> None:
    """A card that loses words shows an ellipsis at its end."""
    marked = (*body, ("가" * length,), ("the last word",))
    shown = seen(render(Card("t", lines=marked)))
    assert shown.endswith(("the last word", "…"))


def test_many_long_fields_fill_the_message_and_no_more() -> None:
    """The room is used before anything is cut."""
    card = Card("t", fields=tuple(Field(f"Field {n}", ("word " * 380,)) for n in range(8)))
    shown = seen(render(card))
    assert ALL_BLOCKS - 4_500 < len(shown) <= ALL_BLOCKS
    assert shown.endswith("…")


def test_an_empty_card_is_still_a_message() -> None:
    """Slack refuses a message without words, so there is always one."""
    message = render(Card("\u200b\x00"))
    assert refusal_of(message["blocks"]) is None
    assert message["text"] == "…"


def _section(**content: object) -> dict[str, object]:
    return {"type": "section", **content}


def _plain(length: int) -> dict[str, object]:
    return {"type": "plain_text", "text": "x" * length}


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ([_section(text=_plain(3_000))], None),
        ([_section(text=_plain(3_001))], "invalid_blocks"),
        ([_section(text=_plain(0))], "invalid_blocks"),
        ([_section(fields=[_plain(2_001)])], "invalid_blocks"),
        ([_section(fields=[_plain(1)] * 11)], "invalid_blocks"),
        ([{"type": "header", "text": _plain(151)}], "invalid_blocks"),
        ([{"type": "context", "elements": [_plain(1)] * 11}], "invalid_blocks"),
        ([{"type": "rich_text", "elements": []}], "invalid_blocks"),
        ([{"type": "marquee"}], "invalid_blocks"),
        ([{"type": "divider"}] * 51, "invalid_blocks"),
        ([_section(text=_plain(3_000))] * 4, "msg_blocks_too_long"),
    ],
)
def test_the_checker_refuses_what_slack_refuses(blocks: list[dict[str, object]], code: str | None) -> None:
    """The limits that these tests lean on are really checked."""
    assert refusal_of(blocks) == code


def test_the_checker_sees_pings_and_links_in_markup() -> None:
    """A renderer that let a headline through as markup would be found out."""
    message = {
        "text": "<!channel>",
        "blocks": [_section(text={"type": "mrkdwn", "text": "<@U0READER> <http://evil.example|x>"})],
    }
    assert pings(message) == ["!channel", "@U0READER"]
    assert links(message) == [("x", "http://evil.example")]
