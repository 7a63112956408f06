"""What a Discord embed promises, whatever a card holds."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.card import Card, Channel, Field, Line, Link, Marked, Quote, Strong, Tone
from bot.render.clip import units
from bot.render.discord import escape, render

LIMITS = {"title": 256, "description": 4096, "url": 2048}
ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")


def embed_of(card: Card) -> dict[str, Any]:
    """Return the one embed of a card's payload."""
    (embed,) = render(card)["embeds"]
    return dict(embed)


def value_of(*spans: Any) -> str:
    """Return the value of a field that holds these spans."""
    (field,) = embed_of(Card("Title", fields=(Field("Claim", spans),)))["fields"]
    return str(field["value"])


def words_of(embed: dict[str, Any]) -> list[str]:
    """Return the texts that count towards an embed's 6000."""
    fields = embed.get("fields", [])
    return [
        embed.get("author", {}).get("name", ""),
        embed.get("title", ""),
        embed.get("description", ""),
        *(word for field in fields for word in (field["name"], field["value"])),
        embed.get("footer", {}).get("text", ""),
    ]


def test_an_alert_reads_from_top_to_bottom() -> None:
    """A card keeps its order: heading, title with its link, lines, fields one under the other, footer."""
    card = Card(
        "13,000 containers since mid-2022",
        lines=(("Seoul: ", Strong("13,000"), " containers"), ("second line",)),
        fields=(
            Field("Claim", ("at least 1,000",)),
            Field("Link", (Link("Sample Herald", "https://h.example/a"),)),
        ),
        tone=Tone.FIGURE,
        heading="NEW FIGURE · supports containers-2023",
        url="https://h.example/a",
        footer="Published 20:09, seen 4 minutes later",
    )

    embed = embed_of(card)

    assert embed["author"] == {"name": "NEW FIGURE · supports containers-2023"}
    assert embed["title"] == "13,000 containers since mid-2022"
    assert embed["url"] == "https://h.example/a"
    assert embed["description"] == "Seoul: **13,000** containers\nsecond line"
    assert embed["fields"] == [
        {"name": "Claim", "value": "at least 1,000", "inline": False},
        {"name": "Link", "value": "[Sample Herald](https://h.example/a)", "inline": False},
    ]
    assert embed["footer"] == {"text": "Published 20:09, seen 4 minutes later"}


def test_what_is_empty_is_left_out() -> None:
    """An empty heading, line, field or footer leaves no trace, and spaces or hidden characters are empty."""
    card = Card("Title", lines=((), ("",)), fields=(Field("A", ()), Field("B", (" \u200b", Strong("")))))

    assert set(embed_of(card)) == {"title", "color"}


def test_a_card_without_words_is_still_a_message() -> None:
    """Discord refuses an empty embed, so a card of hidden characters alone shows that something was cut."""
    assert embed_of(Card("\u200b\x00"))["title"] == "…"


def test_every_tone_has_a_colour_of_its_own() -> None:
    """A reader can tell kinds of cards apart by the bar at their side."""
    assert len({embed_of(Card("Title", tone=tone))["color"] for tone in Tone}) == len(Tone)


def test_nothing_may_ping() -> None:
    """The message asks Discord to parse no mention at all."""
    assert render(Card("Title"))["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize(
    ("plain", "markdown"),
    [
        ("*bold* _it_ ~~no~~ `code` ||spoiler||", r"\*bold\* \_it\_ \~\~no\~\~ \`code\` \|\|spoiler\|\|"),
        ("# Heading", r"\# Heading"),
        ("-# small", r"\-\# small"),
        ("> quote", r"\> quote"),
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("1. item", r"1\. item"),
        ("3.5 million in 2023", "3.5 million in 2023"),
        ("containers-2023", "containers-2023"),
        ("[click](http://evil.example)", r"\[click\]\(http\://evil.example\)"),
        ("https://evil.example", r"https\://evil.example"),
        ("@everyone and @here", "@\u200beveryone and @\u200bhere"),
        ("<@1> <@!1> <@&1>", "\\<@\u200b1\\> \\<@\u200b!1\\> \\<@\u200b&1\\>"),
        ("<#1> </claim:1>", r"\<\#1\> \</claim\:1\>"),
        ("<t:1:R> <:x:1> :joy:", r"\<t\:1\:R\> \<\:x\:1\> \:joy\:"),
        ("a\\b", r"a\\b"),
        ("one\ntwo\u2028three", "one two three"),
        ("\u202eevil\u2066", "evil"),
        ("\ud83d", ""),
        ("12 railcars: Tumangang", "12 railcars: Tumangang"),
    ],
)
def test_plain_text_shows_as_it_is(plain: str, markdown: str) -> None:
    """Nothing that a feed writes acts as markup, a link or a mention."""
    assert escape(plain) == markdown


@pytest.mark.parametrize(
    ("spans", "markdown"),
    [
        ((Link("Sample [x] Herald", "https://h.example"),), r"[Sample \[x\] Herald](https://h.example)"),
        ((Link("words", "javascript:alert(1)"),), "words"),
        (("a", Strong(" b* "), "c"), r"a **b\*** c"),
        (("북한, 러", Marked("시_아"), "에"), r"북한, 러__시\_아__에"),
        ((Strong(""), "a", Link("", "https://h.example")), "a"),
        ((Channel("discord:600", "discord:600"), ": all"), "<#600>: all"),
        ((Channel("slack:C1", "slack:C1"),), r"slack\:C1"),
        ((Channel("x", "discord:600> @everyone"),), "x"),
        ((Quote("baseless"),), "“baseless”"),
    ],
)
def test_spans(spans: Line, markdown: str) -> None:
    """Links, strong words and quotations are the renderer's own marks around escaped words."""
    assert value_of(*spans) == markdown


def test_a_cut_never_splits_a_mark_or_a_link() -> None:
    """Where a line is too long, the words inside the marks are cut and the marks stay whole."""
    assert value_of("x" * 1000, Strong("strong " * 10)).endswith("**strong strong stron…**")
    assert value_of("x" * 990, Link("words " * 10, "https://h.example")).endswith(
        "x[words words…](https://h.example)"
    )
    assert value_of("*" * 600) == r"\*" * 511 + "…"


def test_a_link_too_long_to_fit_is_its_words() -> None:
    """An address longer than the field leaves the words, without half a link."""
    assert value_of(Link("Sample Herald story", "https://h.example/" + "a" * 1100)) == "Sample Herald sto…"


def test_a_cut_between_spans_is_seen() -> None:
    """When the spans so far fit exactly and more follow, the cut shows all the same."""
    assert value_of("x" * 1024, "more") == "x" * 1022 + "…"


def test_fields_beyond_the_limit_are_counted() -> None:
    """Discord takes 25 fields: the 25th then says how many are missing."""
    fields = embed_of(Card("Title", fields=tuple(Field(f"f{n}", ("v",)) for n in range(30))))["fields"]

    assert len(fields) == 25
    assert (fields[-1]["name"], fields[-1]["value"]) == ("…", "6 more")


def test_exactly_25_fields_are_all_shown() -> None:
    """The limit itself cuts nothing."""
    fields = embed_of(Card("Title", fields=tuple(Field(f"f{n}", ("v",)) for n in range(25))))["fields"]

    assert fields[-1]["value"] == "v"


def test_lines_beyond_the_limit_are_seen_to_be_cut() -> None:
    """A description that is full ends in `…`, also when it was cut between two lines."""
    description = embed_of(Card("Title", lines=(("x" * 4094,), ("more",))))["description"]

    assert description == "x" * 4094 + "\n…"


def test_an_address_too_long_for_discord_is_left_out() -> None:
    """A title that cannot lead anywhere still stands."""
    assert "url" not in embed_of(Card("Title", url="https://h.example/" + "a" * 2048))


WILD = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="*_~`|<>@#[](): -.1\\\n&!t/😀e\u0301", max_size=60),
    st.sampled_from(
        ["@everyone", "<@&1>", "[x](http://evil.example)", "https://evil.example", "<t:1:R>", "1. "]
    ),
    st.builds(lambda text, n: text * n, st.text(min_size=1, max_size=8), st.sampled_from([100, 600, 3000])),
)
SPANS = st.one_of(
    WILD,
    st.builds(Strong, WILD),
    st.builds(Marked, WILD),
    st.builds(Quote, WILD),
    st.builds(
        Link,
        WILD,
        st.one_of(WILD, st.just("https://h.example/(a)"), st.just("https://h.example/" + "a" * 990)),
    ),
)
LINES = st.lists(SPANS, max_size=4).map(tuple)
CARDS = st.builds(
    Card,
    title=WILD,
    lines=st.lists(LINES, max_size=5).map(tuple),
    fields=st.lists(st.builds(Field, WILD, LINES), max_size=30).map(tuple),
    tone=st.sampled_from(Tone),
    heading=WILD,
    url=st.one_of(st.none(), WILD),
    footer=WILD,
)


@settings(max_examples=60, deadline=None)
@given(CARDS)
def test_no_card_is_over_a_limit(card: Card) -> None:
    """However long or foreign its words, a card makes an embed that Discord takes."""
    embed = embed_of(card)

    assert all(units(embed.get(part, "")) <= limit for part, limit in LIMITS.items())
    assert units(embed.get("author", {}).get("name", "")) <= 256
    assert units(embed.get("footer", {}).get("text", "")) <= 2048
    fields = embed.get("fields", [])
    assert len(fields) <= 25
    assert all(1 <= units(f["name"]) <= 256 and 1 <= units(f["value"].strip()) <= 1024 for f in fields)
    assert sum(map(units, words_of(embed))) <= 6000
    assert any(word.strip() for word in words_of(embed))
    "".join(words_of(embed)).encode()


@settings(max_examples=60, deadline=None)
@given(CARDS)
def test_no_card_mentions_anybody(card: Card) -> None:
    """No words of a card, in any part of the embed, are left as a mention."""
    for words in words_of(embed_of(card)):
        assert not re.search(r"@(everyone|here|[!&]?\d)", words)
        assert not re.search(r"<[@#]\d|<t:\d|</\w", ESCAPED.sub("", words))


@settings(max_examples=60, deadline=None)
@given(st.lists(WILD, min_size=1, max_size=4))
def test_plain_text_leaves_no_mark_unescaped(parts: list[str]) -> None:
    """Plain spans, however they are joined, hold no mark of Discord's that is not escaped."""
    (*_, value) = words_of(embed_of(Card("Title", lines=(tuple(parts),))))[:3]

    bare = ESCAPED.sub("x", value)
    assert not re.search(r"[*_`~|<>\[\]()#]|://|^\s*([-+]|\d+\.)(\s|$)", bare)
