"""A claim of the words that somebody typed or filled in: pure, and each mistake names its field."""

import difflib
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from bot.language import _
from claims.errors import UsageError
from claims.model import Claim
from claims.text import fold, one_line
from claims.when import Day

T = TypeVar("T")

Choose = Callable[[str], str]
"""Returns one of the characters of a text."""
Read = Callable[[str], T]
"""Turns words into `T`, or raises a ValueError that says what was expected, in the asker's language."""

FIELDS = ("statement", "said_by", "said_on", "tags", "items", "places", "denial", "parent", "disputes")
"""What can be said of a claim."""
NONE = "none"
"""What empties a field."""

STATEMENT = 500
"""Characters of a statement: one sentence, some times as long as the longest of the register that ships."""
SAYER = 100
LABELS = 10
"""Tags, items, places or disputed claims of one claim."""
LABEL = 60
"""Characters of each of them."""

_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of the end of an id: none that is read for another."""
_ENDING = 4
_SLUG = 30
_SLUG_WORDS = 4
_SMALL = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "that", "the", "to", "with")
)
_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, NONE: False}


def claim_of(
    entries: Mapping[str, str],
    register: Mapping[str, Claim],
    *,
    workspace: str | None,
    today: Day,
    choose: Choose = secrets.choice,
) -> Claim:
    """Return the claim that was described; its id ends in characters that nobody can guess.

    Args:
        entries: words by field, those of `FIELDS`; empty ones are as if not given, and `said_on` is `today`.
        register: every claim that is seen where it is added, by id.
        workspace: the only one that sees it, or None for everybody.
        today: the day on which it is added.
        choose: picks a character.

    Raises:
        UsageError: the mistakes, one a line; each names its field.

    """
    bare = Claim("", "", "", today, workspace=workspace)
    claim = _filled(bare, entries, register, today)
    return replace(claim, id=_id(claim.statement, register, choose))


def edited(claim: Claim, entries: Mapping[str, str], register: Mapping[str, Claim], today: Day) -> Claim:
    """Return a claim with the fields that are given in place of its own; `none` empties one.

    The rest is as for `claim_of`.

    Raises:
        UsageError: the mistakes, one a line; each names its field.

    """
    return _filled(claim, entries, register, today)


def same_statement(claim: Claim, claims: Iterable[Claim]) -> Claim | None:
    """Return another claim that says the same in the same words, whoever said it, if there is one."""
    said = _comparable(claim)
    return next((each for each in claims if each.id != claim.id and _comparable(each) == said), None)


def _comparable(claim: Claim) -> str:
    return fold(claim.statement).rstrip(".")


def _filled(claim: Claim, entries: Mapping[str, str], register: Mapping[str, Claim], today: Day) -> Claim:
    mistakes: dict[str, str] = {}
    typed = {key: one_line(words) for key, words in entries.items() if key in FIELDS and one_line(words)}

    def take(key: str, read: Read[T], default: T, *, needed: bool = False) -> T:
        if key not in typed and not needed:
            return default
        try:
            return read(typed.get(key, ""))
        except ValueError as expected:
            mistakes[key] = str(expected)
            return default

    def known(words: str) -> str:
        return _known(words, claim, register)

    filled = replace(
        claim,
        statement=take("statement", _at_most(STATEMENT), claim.statement, needed=not claim.statement),
        said_by=take("said_by", _at_most(SAYER), claim.said_by, needed=not claim.said_by),
        said_on=take("said_on", _day_until(today), claim.said_on),
        tags=take("tags", _several(_tag), claim.tags),
        items=take("items", _several(_at_most(LABEL)), claim.items),
        places=take("places", _several(_at_most(LABEL)), claim.places),
        denial=take("denial", _yes, claim.denial),
        parent=take("parent", lambda words: None if words == NONE else known(words), claim.parent),
        disputes=take("disputes", _several(known), claim.disputes),
    )
    if filled.disputes and not filled.denial:
        said = _("goes with {denial}: only a denial disputes a claim").format(denial="denial=yes")
        mistakes["disputes"] = said
    if _leads_back(filled, register):
        said = _("expected a more general claim; this one leads back to itself")
        mistakes["parent"] = said
    if mistakes:
        raise UsageError("\n".join(f"{key}: {said}" for key, said in mistakes.items()), mistakes)
    return filled


def _at_most(limit: int) -> Read[str]:
    def read(words: str) -> str:
        if not words:
            raise ValueError(_("expected a text"))
        if len(words) > limit:
            raise ValueError(_("expected at most {count} characters").format(count=limit))
        return words

    return read


def _several(read: Read[str]) -> Read[tuple[str, ...]]:
    def elements(words: str) -> tuple[str, ...]:
        parts = [] if words.casefold() == NONE else [part.strip() for part in words.split(",")]
        found = dict.fromkeys(read(part) for part in parts if part)
        if len(found) > LABELS:
            raise ValueError(_("expected at most {count}").format(count=LABELS))
        return tuple(found)

    return elements


def _day_until(today: Day) -> Read[Day]:
    def read(words: str) -> Day:
        try:
            found = Day.parse(words)
        except ValueError:
            raise ValueError(_("expected a day such as 2023-10-13, 2023-10 or 2023")) from None
        if found.first() > today.first():
            raise ValueError(_("expected a day that is not still to come"))
        return found

    return read


def _yes(words: str) -> bool:
    found = _FLAGS.get(words.casefold())
    if found is None:
        raise ValueError(_("expected yes or no"))
    return found


def _tag(words: str) -> str:
    return fold(_at_most(LABEL)(words)).replace(" ", "-")


def _known(words: str, claim: Claim, register: Mapping[str, Claim]) -> str:
    wanted = words.casefold()
    if wanted in register and wanted != claim.id:
        return wanted
    near = difflib.get_close_matches(wanted, register, n=1)
    if near and near[0] != claim.id:
        raise ValueError(_("expected the id of another claim such as {near}").format(near=near[0]))
    raise ValueError(_("expected the id of another claim"))


def _leads_back(claim: Claim, register: Mapping[str, Claim]) -> bool:
    seen: set[str] = set()
    above = claim.parent
    while above and above not in seen:
        if above == claim.id:
            return True
        seen.add(above)
        above = register[above].parent if above in register else None
    return False


def _id(statement: str, register: Mapping[str, Claim], choose: Choose) -> str:
    words = [word for word in re.findall(r"[a-z0-9]+", fold(statement)) if word not in _SMALL]
    begins = "-".join(words[:_SLUG_WORDS])[:_SLUG].strip("-") or "claim"
    while True:
        found = f"{begins}-{''.join(choose(_CHARACTERS) for _each in range(_ENDING))}"
        if found not in register:
            return found
