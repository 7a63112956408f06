"""Which words of a story are quoted for what is told of it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from claims.model import Figure, Mark, Member, Origin, Profile, Stance, Story
from claims.quoting import (
    UNNAMED,
    admission_at,
    backing_at,
    clip,
    denial_at,
    heads,
    in_headline,
    number_at,
    prominence,
    quotation,
)
from claims.standing import as_written
from tests.support.build import claim, evidence, figure, member, story

TEXT = (
    "The sample ministry spoke in the morning. It counts 13,000 containers since mid-2022; "
    "another sample agency has 2,000. Sample Moscow calls the reports groundless."
)
CLAIM = claim()
DENIAL = claim("sample-denial", denial=True)
REGISTER = {each.id: each for each in (CLAIM, DENIAL)}


def told(title: str = "Sample ship leaves", summary: str = TEXT) -> Story:
    """Return a story whose headline says little."""
    return story(title, summary=summary)


def marked(of: Story, *words: str, concept: str = "sample-words") -> tuple[Mark, ...]:
    """Return these words of a story where they stand."""
    return tuple(Mark(at := of.text.index(each), at + len(each), each, concept) for each in words)


def read(of: Story, links: Sequence[object] = (), **changes: object) -> Member:
    """Return a story with such links."""
    found = member(of.title, summary=of.summary)
    return replace(found, reading=replace(found.reading, evidence=tuple(links), **changes))  # type: ignore[arg-type]


def quote(of: Story, words: str, most: int = 140) -> str:
    """Return what is quoted of a story for words that stand in it."""
    at = of.text.index(words)
    return quotation(of, (at, at + len(words)), most)


@pytest.mark.parametrize(
    ("title", "words", "said"),
    [
        (
            "Sample ship leaves",
            "13,000",
            "It counts 13,000 containers since mid-2022; another sample agency has 2,000.",
        ),
        ("Sample ship leaves", "groundless", "Sample Moscow calls the reports groundless."),
        ("Ministry: 9,000 containers left", "9,000", "Ministry: 9,000 containers left"),
    ],
)
def test_the_headline_or_the_sentence_in_which_words_stand(title: str, words: str, said: str) -> None:
    """It is quoted whole where there is room, and nothing is added to it."""
    assert quote(told(title), words) == said


@pytest.mark.parametrize(
    ("summary", "words", "said"),
    [
        ("He was the first to say so. Sample City counts 14,000.", "14,000", "Sample City counts 14,000."),
        (
            "It is false, says Mr. Sample, that 3,000 came.",
            "3,000",
            "It is false, says Mr. Sample, that 3,000 came.",
        ),
        (
            "A report names the Jan. 2, 2024, strike and 12,000 soldiers. No more.",
            "12,000",
            "A report names the Jan. 2, 2024, strike and 12,000 soldiers.",
        ),
        ("첫 문장이다。컨테이너는 1만3000개다。", "1만3000", "컨테이너는 1만3000개다。"),
    ],
)
def test_where_a_sentence_ends(summary: str, words: str, said: str) -> None:
    """Short words end one too, but none ends before a number, as a shortened month does."""
    assert quote(told(summary=summary), words) == said


def test_a_story_that_was_edited_since_is_quoted_by_its_headline() -> None:
    """Places of the older text lead nowhere; neither does a story that says nothing known."""
    assert quotation(told(), None, 140) == "Sample ship leaves"
    assert quotation(told(summary="Short."), (90, 99), 140) == "Sample ship leaves"


@pytest.mark.parametrize(
    ("text", "words", "most", "cut"),
    [
        (
            "One is here, another clause has 500 shells, a third.",
            "500",
            40,
            "…another clause has 500 shells…",
        ),
        (
            "Words go on without a pause until 500 shells come",
            "500",
            40,
            "…on without a pause until 500 shells…",
        ),
        ("500 shells stand at the head of a long sentence", "500", 31, "500 shells stand at the head…"),
        ("포탄이끝없이이어지는문장에서500발이나온다고한다", "500", 16, "…500발이나온다고한다"),
    ],
)
def test_a_cut_keeps_the_words_and_is_seen(text: str, words: str, most: int, cut: str) -> None:
    """It falls between clauses or words, and what is left out is marked on its side."""
    at = text.index(words)
    found = clip(text, at, at + len(words), most)

    assert found == cut
    assert len(found) <= most
    assert found.strip("…") in text


@pytest.mark.parametrize(
    ("given", "in_title"),
    [
        (figure(13_000, quote="13,000"), False),
        (figure(3_000, quote="3,000"), None),
        (figure(9_000, quote="9,000"), True),
        (figure(7_000), None),
    ],
)
def test_a_number_stands_where_it_was_read(given: Figure, in_title: bool | None) -> None:
    """It is no part of a longer one; None where the story does not have it."""
    of = told("Ministry: 9,000 containers left")
    place = number_at(of, given)

    assert (place and of.text[slice(*place)]) == (None if in_title is None else given.quote)
    assert heads(given, of) is bool(in_title)
    assert in_headline(of, place) is bool(in_title)


def test_a_number_is_found_whatever_its_blanks_are() -> None:
    """It was read from the text made plain."""
    of = told("Conteneurs", "Un organisme en compte 13\u00a0000 depuis mai.")
    place = number_at(of, figure(13_000, quote="13 000"))

    assert place is not None
    assert of.text[slice(*place)] == "13\u00a0000"
    assert quotation(of, place, 140) == of.summary


def test_a_denial_stands_where_its_own_words_do() -> None:
    """In the words that speak against the claim, else in those of the denial, where that is sure."""
    of = told()
    matter = evidence(of, why=marked(of, "containers"), stance=Stance.DISPUTES)
    words = marked(of, "Sample Moscow", "groundless", concept="sample-denies")
    denies = evidence(of, DENIAL.id, why=words)
    against = replace(CLAIM, profile=Profile(against=("sample-words",)))
    said = (of.text.index("Sample Moscow"), of.text.index("groundless") + len("groundless"))

    assert denial_at(read(of, [matter, denies]), CLAIM, REGISTER) == said
    assert denial_at(read(of, [denies]), DENIAL, REGISTER) == said
    assert denial_at(read(of, [matter, denies]), against, REGISTER) == (
        matter.why[0].start,
        matter.why[0].end,
    )
    assert denial_at(read(of, [matter]), CLAIM, REGISTER) is None
    assert denial_at(read(of, [matter, replace(denies, suggested=True)]), CLAIM, REGISTER) is None


def test_an_admission_stands_where_it_speaks_against_the_denial() -> None:
    """A story that repeats the denial admits nothing."""
    of = told()
    link = evidence(of, DENIAL.id, why=marked(of, "counts 13,000"), stance=Stance.DISPUTES)

    assert admission_at(read(of, [link]), REGISTER) == (link.why[0].start, link.why[0].end)
    assert admission_at(read(of, [replace(link, stance=Stance.SUPPORTS)]), REGISTER) is None


@pytest.mark.parametrize(
    ("title", "words", "changes", "said"),
    [
        # The headline names the body and the matter.
        ("Sample Institute: containers left", "containers left", {}, "Sample Institute: containers left"),
        # A sentence of the text has both.
        ("Sample Institute speaks", "crates", {}, "The Sample Institute tells of crates."),
        # Only the text names the body.
        ("Crates leave", "Crates", {}, "The Sample Institute tells of crates."),
        # It is read there under another name.
        ("Crates leave", "Crates", {"lead_actors": ("Other Body",)}, "Crates went."),
    ],
)
def test_whoever_bears_a_claim_out_is_named_in_what_is_quoted(
    title: str, words: str, changes: dict[str, object], said: str
) -> None:
    """Beside what the claim is of, if one sentence has both."""
    of = told(title, "Crates went. The Sample Institute tells of crates.")
    body = "Other Body" if changes else "Sample Institute"
    found = read(of, [evidence(of, why=marked(of, words))], origin=Origin((body,)), **changes)

    def who(words: str) -> frozenset[str]:
        return frozenset({"Sample Institute"} if "Sample Institute" in words else as_written(words))

    assert quotation(of, backing_at(found, CLAIM, body, who), 140) == said


def test_a_body_that_nobody_finds_is_told_by_the_headline() -> None:
    """Nothing is made up for it."""
    of = told()

    assert backing_at(read(of), CLAIM, "Sample Unknown", as_written) is None


def test_a_headline_of_the_matter_goes_before_the_beginning_of_a_long_sentence() -> None:
    """What names the body there may stand where it is cut."""
    long = told("Crates leave", f"Some crates {'and more crates ' * 12}left, somebody says.")
    found = read(long, [evidence(long, why=marked(long, "Crates"))], lead_actors=("Other Body",))

    assert backing_at(found, CLAIM, "Other Body", as_written) is None


def test_how_a_headline_names_a_body() -> None:
    """First, as one of those named, or not."""
    of = told("Sample Post: ship leaves")
    found = read(of, actors=("sample-ministry", "Sample Agency"))

    bodies = ("sample-ministry", "Sample Agency", "Sample Post", "Sample Wire")
    assert [prominence(found, each, as_written) for each in bodies] == [0, 1, 1, UNNAMED]
