"""What people read when they ask for happenings without a claim."""

from textwrap import dedent

from bot.answers.candidates import SHOWN, candidates_card
from bot.commands.spelling import PROMPT
from bot.paging import Page, page_of
from bot.render.console import render
from claims.candidates import candidates
from tests.support.build import event, member, source

OTHER = source("Sample Post")


def test_a_candidate_is_told_with_its_sources() -> None:
    """Headline, day, outlets, independent origins and concepts stand in one line with the address."""
    oil = event(
        member("Oil above the cap", [], url="https://sample-herald.example/1"),
        member("Oil", [], source=OTHER, origin="Sample ministry"),
    )
    card = candidates_card(Page(candidates([oil])), 1, "Asia/Seoul", PROMPT)

    assert render(card, 100, colour=False) == dedent(
        """\
        1 happening without a claim, told by two families or more
          Oil above the cap · 27 August 2024, Sample Herald, Sample Post: 1 independent origin; about
          item:containers, place:najin
          https://sample-herald.example/1
        claim profile SENTENCE shows what a claim of yours would be linked to
        """
    )


def test_a_long_list_says_how_much_is_left() -> None:
    """A card stays short, and the cut can be seen; none at all is said in words."""
    many = [event(member(f"A {n}", []), member(f"B {n}", [], source=OTHER)) for n in range(40)]
    card = candidates_card(page_of(candidates(many), {}, SHOWN), 40, "UTC", PROMPT)

    assert card.title.startswith("40 happenings ")
    assert (len(card.lines), card.page) == (SHOWN, (1, 4))
    assert (
        candidates_card(Page(()), 0, "UTC", PROMPT).title
        == "No happening without a claim is told by two families"
    )
