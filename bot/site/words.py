"""The small change of the pages: days, moments, claims and outlets as `bot.site.views` has them. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from bot import phrases
from bot.grades import reliability
from bot.language import _, full_date, spoken
from bot.site.views import Anchor, Stamp
from claims.admiralty import Reliability
from claims.independence import Tally, outlet
from claims.model import Claim, Story
from claims.when import Day

_OUTLETS = 5
_UNNAMED = ("und", "")


def day(at: date) -> Stamp:
    """Return a day."""
    return Stamp(at.isoformat(), _full_date(at, spoken()))


def moment(at: datetime) -> Stamp:
    """Return a moment: `27 August 2024 11:09 UTC`; midnight is the day, as archives have it."""
    if not (at.hour or at.minute or at.second):
        return day(at.date())
    words = _("{day} {time} {zone}").format(
        day=_full_date(at.date(), spoken()), time=f"{at:%H:%M}", zone="UTC"
    )
    return Stamp(f"{at:%Y-%m-%dT%H:%M}Z", words)


@lru_cache(maxsize=4_096)
def _full_date(at: date, _language: str) -> str:
    return full_date(at)


def stated(said_on: Day) -> Stamp:
    """Return a day as far as it is known."""
    return Stamp(str(said_on), phrases.stated(said_on))


def said(claim: Claim) -> str:
    """Return who said a claim and when."""
    return f"{claim.said_by}, {phrases.stated(claim.said_on)}"


def claim_page(claim_id: str, part: str = "") -> str:
    """Return the path of a claim's page, or of a part of it; ids are letters, digits and hyphens alone."""
    return f"claims/{claim_id}/{part}.html" if part else f"claims/{claim_id}.html"


def event_page(event_id: str, part: str = "") -> str:
    """Return the path of an event's page; a folder holds a 256th of them."""
    return f"events/{event_id[-2:]}/{event_id}{part and f'.{part}'}.html"


def tag_page(tag: str, number: int = 1) -> str:
    """Return the path of a page of the register, of all claims where the tag is empty."""
    name = f"register/{tag}" if tag else "register"
    return f"{name}.html" if number == 1 else f"{name}.{number}.html"


def claim_anchor(claim: Claim) -> Anchor:
    """Return the way to a claim, by its id and how its statement begins."""
    words = f"{claim.id}: {phrases.shorten(claim.statement, 80)}"
    return Anchor(words, page=claim_page(claim.id), language=tongue(claim))


def tongue(claim: Claim) -> str:
    """Return the language of a claim's statement where it is known not to be the site's.

    The register that ships is in English; people add claims in whatever language they speak.
    """
    return "en" if claim.workspace is None and spoken() != "en" else ""


def headline(story: Story) -> Anchor:
    """Return the way to a story at its outlet, by its own headline."""
    language = "" if story.language in _UNNAMED else story.language
    told = outlet(story)
    note = told if story.language == spoken() else phrases.in_tongue(told, story.language)
    return Anchor(story.title, url=story.url, language=language, note=note)


def leading(anchor: Anchor, page: str) -> Anchor:
    """Return the same words, leading to a page of ours."""
    return replace(anchor, page=page, url="")


def told(count: Tally) -> str:
    """Return who tells a happening and how many origins that makes: `TASS, UNN: 2 independent origins`.

    One outlet goes without its name, which stands beside its headline.
    """
    origins = phrases.origins(count.independent)
    return f"{phrases.listed(count.outlets, _OUTLETS)}: {origins}" if len(count.outlets) > 1 else origins


def graded(letter: Reliability) -> str:
    """Return what a letter means."""
    return reliability(letter)


def plain(values: Iterable[str]) -> tuple[Anchor, ...]:
    """Return words that lead nowhere."""
    return tuple(Anchor(value) for value in values if value)
