"""What of a language model's answer counts: only what stands in the story, and only for what was offered."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.lexicon import Lexicon
from claims.matching.opinion import ask
from claims.matching.opinion_answer import MAX_ANSWER, MAX_LINKS, MalformedAnswer, Weighed, parse, weigh
from claims.model import Bound, Figure, Mark, Origin, Reading, Stance, Story
from tests.support.build import claim, evidence, figure, reading, story

TITLE = "Sample Ministry: North Korea sent 9,000 containers of shells"
SUMMARY = "The Kremlin called the report baseless, according to Sample Wire. A ship left Rason at night."
CLAIMS = [claim(f"claim-{n}") for n in range(12)]
JUDGE = "opinion sample-model r1"


def told(title: str = TITLE, summary: str = SUMMARY, language: str = "en") -> Story:
    """Return the story that is asked about."""
    return story(title, summary=summary, language=language)


def link(claim_id: str = "claim-1", stance: str = "supports", quote: str = "sent 9,000 containers") -> Any:
    """Return a claim of an answer."""
    return {"id": claim_id, "stance": stance, "quote": quote}


def number(
    low: float = 9_000, unit: str = "containers", quote: str = "sent 9,000 containers", **other: Any
) -> Any:
    """Return a figure of an answer."""
    usual = {"unit": unit, "low": low, "high": low, "bound": "exact", "rate": "none", "quote": quote}
    return {**usual, **other}


def answered(
    lexicon: Lexicon, read: Reading, told: Story, *, claims: Any = (), figures: Any = (), origin: Any = None
) -> Weighed:
    """Return what an answer with these parts comes to."""
    text = json.dumps({"claims": list(claims), "figures": list(figures), "origin": origin})
    return weigh(parse(text), ask(told, read, CLAIMS, []), read, JUDGE, lexicon)


# ---- links -------------------------------------------------------------------------------------------


def test_silence_changes_nothing(lexicon: Lexicon) -> None:
    """What an answer does not mention stays as the first reading has it."""
    read = reading(told(), ["claim-1"], figures=(figure(),), origin=Origin(("Seoul",)))

    assert answered(lexicon, read, told()) == Weighed(read, (), ())


def test_agreement_leaves_a_link_alone(lexicon: Lexicon) -> None:
    """A link that both see alike is the matcher's own, unmarked."""
    read = reading(told(), ["claim-1"])

    assert answered(lexicon, read, told(), claims=[link()]).reading == read


def test_a_stance_is_changed_and_marked(lexicon: Lexicon) -> None:
    """The link carries who said so and the quote with its place, before the words that made it."""
    read = reading(told(), ["claim-1"])

    weighed = answered(lexicon, read, told(), claims=[link(stance="disputes", quote="the report baseless")])

    [before], [after] = read.evidence, weighed.reading.evidence
    start = told().text.index("the report baseless")
    mark = Mark(start, start + len("the report baseless"), "the report baseless")
    assert after == replace(before, stance=Stance.DISPUTES, judge=JUDGE, why=(mark, *before.why))
    assert weighed.changed == ("claim-1: disputes (was supports)",)


def test_a_link_that_only_the_model_sees_is_suggested(lexicon: Lexicon) -> None:
    """It is kept for review, with no score, and raises no alert."""
    weighed = answered(lexicon, reading(told(), []), told(), claims=[link()])

    [after] = weighed.reading.evidence
    assert (after.claim_id, after.stance, after.score) == ("claim-1", Stance.SUPPORTS, 0.0)
    assert (after.suggested, after.judge) == (True, JUDGE)
    assert weighed.changed == ("claim-1: supports, suggested",)


def test_a_suggested_link_that_the_model_sees_too_is_attached(lexicon: Lexicon) -> None:
    """Two who read the story each for itself come to the same link: it is suggested no longer."""
    unsure = evidence(told(), "claim-1", suggested=True)
    read = reading(told(), evidence=(unsure,))

    weighed = answered(lexicon, read, told(), claims=[link()])

    [after] = weighed.reading.evidence
    assert (after.suggested, after.judge) == (False, JUDGE)
    assert weighed.changed == ("claim-1: supports (was supports, suggested)",)


def test_a_link_is_taken_off_by_an_explicit_word_alone(lexicon: Lexicon) -> None:
    """`none` with a quote takes a link off, and means nothing for a claim that has none."""
    read = reading(told(), ["claim-1", "claim-2"])

    weighed = answered(lexicon, read, told(), claims=[link(stance="none"), link("claim-3", "none")])

    assert [e.claim_id for e in weighed.reading.evidence] == ["claim-2"]
    assert weighed.changed == ("claim-1: taken off",)


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (link(quote="sent 90,000 containers"), "do not stand in the story"),
        (link(quote="the report was baseless"), "do not stand in the story"),
        (link(quote=""), "no quote of a fitting length"),
        (link(quote="North"), "no quote of a fitting length"),
        (link(quote="\u200b \u2060 \u200b \u2060 \u200b"), "do not stand in the story"),
        (link(quote=TITLE * 9), "no quote of a fitting length"),
        (link(quote=["sent 9,000 containers"]), "no quote of a fitting length"),
        (link("claim-99"), "not offered"),
        (link(["claim-1"]), "not offered"),
        (link(stance="confirms"), "no stance of ours"),
        (link(stance={"a": 1}), "no stance of ours"),
        ({**link(), "alert": True}, "not of the shape"),
        ({"id": "claim-1", "stance": "supports"}, "not of the shape"),
        ("claim-1", "not of the shape"),
        (None, "not of the shape"),
    ],
)
def test_a_link_that_is_not_shown_does_not_count(lexicon: Lexicon, part: Any, why: str) -> None:
    """A quote that is not there, a claim not offered, a stance not ours: dropped, with the reason."""
    read = reading(told(), [])

    weighed = answered(lexicon, read, told(), claims=[part])

    assert weighed.reading == read
    [dropped] = weighed.dropped
    assert why in dropped


def test_parts_are_judged_one_by_one(lexicon: Lexicon) -> None:
    """A part that does not count takes nothing from its neighbours."""
    weighed = answered(
        lexicon, reading(told(), []), told(), claims=[link("claim-9", quote="not in it"), link("claim-2")]
    )

    assert [e.claim_id for e in weighed.reading.evidence] == ["claim-2"]
    assert weighed.dropped == ("claims 1: quotes words that do not stand in the story",)


def test_who_marks_every_claim_is_not_believed(lexicon: Lexicon) -> None:
    """An answer that follows the story's orders and supports all claims leaves the links as they were."""
    read = reading(told(), ["claim-1"])

    weighed = answered(lexicon, read, told(), claims=[link(c.id) for c in CLAIMS])

    assert len(CLAIMS) > MAX_LINKS
    assert weighed.reading == read
    assert weighed.dropped == ("claims: more than 8 at once",)


@pytest.mark.parametrize(
    ("title", "quote", "words"),
    [
        (
            "The Kremlin’s “baseless” reply – again",
            "the kremlin's “baseless” reply - again",
            "The Kremlin’s “baseless” reply – again",
        ),
        ("북한, 러시아에 컨테이너 보내", "러시아에 컨테이너", "러시아에 컨테이너"),
        ("ＮＯＲＴＨ Korea sent shells", "North Korea sent", "NORTH Korea sent"),
        ("Shells left\u00a0 Rason at night", "Shells left Rason", "Shells left Rason"),
    ],
)
def test_quotes_are_compared_as_stories_are(lexicon: Lexicon, title: str, quote: str, words: str) -> None:
    """Case, kinds of marks and compatibility forms do not part a quote from its place."""
    asked = told(title)

    weighed = answered(lexicon, reading(asked, []), asked, claims=[link(quote=quote)])

    [after] = weighed.reading.evidence
    [mark] = after.why
    assert mark.words == words
    assert weighed.dropped == ()


# ---- figures -----------------------------------------------------------------------------------------


def test_a_figure_is_added_in_its_place(lexicon: Lexicon) -> None:
    """A number that the quote states, in a unit of ours, joins the figures in the order of the text."""
    asked = told(summary="Later 40 railcars left. At least 1.2 million shells were sent.")
    later = Figure("shells", 1.2e6, 1.2e6, quote="1.2 million")
    read = reading(asked, [], figures=(later,))

    weighed = answered(lexicon, read, asked, figures=[number(9_000, bound="at-least")])

    assert weighed.reading.figures == (
        Figure("containers", 9_000, 9_000, Bound.AT_LEAST, quote="sent 9,000 containers"),
        later,
    )
    assert weighed.changed == ("figure 9,000 containers: added",)


def test_a_figure_is_corrected_or_taken_off(lexicon: Lexicon) -> None:
    """What a number counts and how it was meant may change; `none` says that it counts nothing of ours."""
    asked = told("It has 9,000 containers; resolution 1718 forbids it")
    read = reading(
        asked, [], figures=(figure(9_000, "tonnes", body="Seoul", quote="9,000"), figure(1718, "other"))
    )
    parts = [
        number(9_000, bound="up-to", quote="It has 9,000 containers"),
        number(1718, "none", quote="resolution 1718"),
    ]

    weighed = answered(lexicon, read, asked, figures=parts)

    assert weighed.reading.figures == (
        Figure("containers", 9_000, 9_000, Bound.UP_TO, body="Seoul", quote="9,000"),
    )
    assert weighed.changed == (
        "figure 9,000: up-to containers (was exact tonnes)",
        "figure 1,718 other: taken off",
    )


def test_both_ends_of_a_range_must_be_stated(lexicon: Lexicon) -> None:
    """A range counts where its quote states both ends, a rate with its time."""
    asked = told("It sends 10 to 12 thousand shells a day")
    quote = "10 to 12 thousand shells a day"
    right = number(10_000, "shells", quote, high=12_000, rate="a day")

    assert answered(lexicon, reading(asked, []), asked, figures=[right]).reading.figures == (
        Figure("shells", 10_000, 12_000, period="a day", quote=quote),
    )
    wrong = answered(lexicon, reading(asked, []), asked, figures=[{**right, "high": 13_000}])
    assert wrong.dropped == ("figures 1: has a number that its quote does not state",)


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (number(90_000), "does not state"),
        (number(9_000, quote="A ship left Rason at night"), "does not state"),
        (number(9_000, quote="9,000 containers of gold"), "do not stand in the story"),
        (number(9_000, "bananas"), "no unit"),
        (number(9_000, bound="perhaps"), "no unit, bound"),
        (number(9_000, rate="a minute"), "no unit, bound or rate"),
        (number(-9_000), "no number"),
        (number(9_000, high=8_000), "no number"),
        (number(True), "no number"),
        ({**number(), "low": "9,000"}, "no number"),
        ({**number(), "high": float("inf")}, "no number"),
        ({**number(), "low": 10**400, "high": 10**400}, "no number"),
        ({"unit": "containers"}, "not of the shape"),
    ],
)
def test_a_figure_that_is_not_stated_does_not_count(lexicon: Lexicon, part: Any, why: str) -> None:
    """A number that is not in the quote, or is none, or counts what we do not, is dropped."""
    read = reading(told(), [])

    weighed = answered(lexicon, read, told(), figures=[part])

    assert weighed.reading == read
    [dropped] = weighed.dropped
    assert why in dropped


def test_numbers_are_read_as_the_story_s_language_writes_them(lexicon: Lexicon) -> None:
    """The model writes a number out, the story as its language does."""
    asked = told("북한, 러시아에 포탄 160만 발 보내", "컨테이너 1만3천개도 보냈다.", "ko")
    parts = [
        number(1_600_000, "shells", "포탄 160만 발"),
        number(13_000, "containers", "컨테이너 1만3천개", bound="about"),
    ]

    weighed = answered(lexicon, reading(asked, []), asked, figures=parts)

    assert [(f.unit, f.low) for f in weighed.reading.figures] == [
        ("shells", 1_600_000),
        ("containers", 13_000),
    ]


# ---- origin ------------------------------------------------------------------------------------------


def test_an_origin_is_written_as_the_lexicon_writes_it(lexicon: Lexicon) -> None:
    """A known name takes its readable form, an unknown one stays as the story has it; a party is marked."""
    said = {"chain": ["The Kremlin", "Sample  Wire"], "quote": "The Kremlin called the report baseless"}

    weighed = answered(lexicon, reading(told()), told(), origin=said)

    assert weighed.reading.origin == Origin(("Kremlin", "Sample Wire"), party=True)
    assert weighed.changed == ("origin: Kremlin, by Sample Wire",)


def test_an_outlet_that_names_nobody_is_one(lexicon: Lexicon) -> None:
    """As where the matcher found it: it bears nothing out that somebody else said."""
    teller = told(summary="Reuters reports that the port sent 9,000 containers.")
    said = {"chain": ["Reuters"], "quote": "Reuters reports that the port"}

    weighed = answered(lexicon, reading(teller), teller, origin=said)

    assert weighed.reading.origin == Origin(("Reuters",), by_outlet=True)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"chain": ["Pentagon"], "quote": "The Kremlin called"}, "do not stand in the story"),
        ({"chain": ["Kremlin"], "quote": "the Pentagon said so"}, "do not stand in the story"),
        ({"chain": [], "quote": "The Kremlin called"}, "no chain"),
        ({"chain": "Kremlin", "quote": "The Kremlin called"}, "no chain"),
        ({"chain": ["The"] * 9, "quote": "The Kremlin called"}, "no chain"),
        ({"chain": [None], "quote": "The Kremlin called"}, "no name"),
        ({"chain": [TITLE * 3], "quote": "The Kremlin called"}, "no name"),
        (["Kremlin"], "not of the shape"),
    ],
)
def test_an_origin_that_is_not_named_does_not_count(lexicon: Lexicon, said: Any, why: str) -> None:
    """Who is not named in the story said nothing in it."""
    read = reading(told(), origin=Origin(("Seoul",)))

    weighed = answered(lexicon, read, told(), origin=said)

    assert weighed.reading == read
    [dropped] = weighed.dropped
    assert why in dropped


# ---- answers as they come ----------------------------------------------------------------------------

GOOD = '{"claims": [], "figures": [], "origin": null}'


@pytest.mark.parametrize("text", [GOOD, f"```json\n{GOOD}\n```", f"\n {GOOD}\n"])
def test_an_answer_may_stand_in_a_fence(text: str) -> None:
    """Servers that cannot hold a model to JSON alone send a block of Markdown."""
    assert parse(text).claims == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        GOOD[:-9],
        "I cannot help with that.",
        f"Here you are: {GOOD}",
        "[]",
        "null",
        "{}",
        '{"claims": [], "figures": []}',
        '{"claims": [], "figures": [], "origin": null, "tools": []}',
        '{"claims": {}, "figures": [], "origin": null}',
        "[" * 10_000,
        "9" * 5_000,
        GOOD + " " * MAX_ANSWER,
    ],
    ids=lambda text: text[:30],
)
def test_what_is_no_answer_is_refused(text: str) -> None:
    """Half an answer, another shape, words around it or too much of it: nothing of it is taken."""
    with pytest.raises(MalformedAnswer):
        parse(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
LINK = st.fixed_dictionaries({"id": JSON, "stance": JSON, "quote": JSON | st.just("sent 9,000 containers")})


@given(claims=st.lists(JSON | LINK, max_size=6), figures=st.lists(JSON, max_size=4), origin=JSON)
def test_no_answer_breaks_the_reading(lexicon: Lexicon, claims: Any, figures: Any, origin: Any) -> None:
    """Whatever JSON comes, it changes nothing that it does not show."""
    read = reading(told(), ["claim-1"])

    weighed = answered(lexicon, read, told(), claims=claims, figures=figures, origin=origin)

    assert weighed.reading == read
