"""Lists of claims."""

from bot.answers.claims import CLAIMS, claims_card, with_menu
from bot.card import plain
from bot.commands.spelling import PROMPT
from bot.controls import Menu
from bot.paging import Page, page_of
from tests.support.build import claim


def test_a_page_of_claims_says_which_it_is() -> None:
    """A line each with who said it, which page of how many, and what tells more; the limits of chats hold."""
    many = [claim(f"claim-{n}") for n in range(45)]
    card = claims_card("45 claims tracked", page_of(many, {"page": "2"}, CLAIMS), PROMPT)

    assert len(card.lines) == CLAIMS
    assert plain(card.lines[0]) == (
        "claim-20: White House, 2023: At least 1,000 containers of munitions went from Najin to Dunay"
    )
    assert card.page == (2, 3)
    assert card.footer == "Page 2 of 3 · claim show CLAIM tells more"
    assert sum(len(plain(line)) for line in card.lines) < 4_096


def test_an_empty_list_gives_no_advice_that_cannot_be_followed() -> None:
    """Without claims nothing is said about showing one."""
    assert claims_card("No claim is tracked", Page([]), PROMPT).footer == ""


def test_a_claim_of_a_list_can_be_chosen() -> None:
    """The menu names the claims of the page, and an empty list has none."""
    page = page_of([claim("claim-1"), claim("claim-2")], {}, CLAIMS)

    ((menu,),) = with_menu(claims_card("2 claims", page, PROMPT), page).controls

    assert isinstance(menu, Menu)
    assert (menu.action, [each.value for each in menu.options]) == ("claim", ["claim-1", "claim-2"])
    assert with_menu(claims_card("No claim is tracked", Page([]), PROMPT), Page([])).controls == ()
