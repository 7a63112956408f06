"""A claim out of what somebody filled in, on any platform. Pure."""

import re
from collections.abc import Iterable, Mapping

from bot.language import _
from bot.phrases import shorten
from claims.errors import UsageError
from claims.model import Claim
from claims.text import fold, one_line
from claims.when import Day

STATEMENT = 500
"""Characters of a statement, as long as the longest of the register and then some."""
SAYER = 100
LABELS = 10
"""Tags, or items, of one claim."""
LABEL = 40
"""Characters of a tag or an item."""
TAIL = 4
"""Letters and digits by which ids that people's words give are told apart."""

_STEM = 30
_STEM_WORDS = 4
_PLAIN = re.compile(r"[a-z]{3,}")
_TAG = re.compile(r"[a-z0-9-]+")
_SMALL = frozenset(("and", "for", "from", "that", "the", "with"))
_TYPED = 60


def claim_of(entries: Mapping[str, str], *, tail: str, today: Day, workspace: str | None) -> Claim:
    """Return the claim that somebody filled in.

    Args:
        entries: `statement`, `said_by`, `said_on` (`2024-08-27`, `2024-08` or `2024`; empty for today), and
            `tags` and `items`, each parted by commas; the first two are needed.
        tail: random letters or digits that end its id, so that no two claims share one, and no id tells of
            a claim that somebody else has.
        today: the latest day on which it can have been said.
        workspace: the only one that sees it, or None for all.

    Raises:
        UsageError: something is missing, too long or cannot be read; names what, and what to write.

    """
    statement = one_line(entries.get("statement", ""))
    said_by = one_line(entries.get("said_by", ""))
    if not statement:
        raise UsageError(_("The statement is missing\nSay in one sentence what is claimed"))
    if len(statement) > STATEMENT:
        raise UsageError(_("The statement is longer than {most} characters").format(most=STATEMENT))
    if not said_by:
        raise UsageError(_("Who says so is missing\nA claim is what somebody said: name who"))
    if len(said_by) > SAYER:
        raise UsageError(_("Who says so is longer than {most} characters").format(most=SAYER))
    return Claim(
        id=f"{_stem(statement)}-{tail}",
        statement=statement,
        said_by=said_by,
        said_on=_day(entries.get("said_on", ""), today),
        items=_labels(entries.get("items", "")),
        tags=tuple(dict.fromkeys(map(_tag, _labels(entries.get("tags", ""))))),
        workspace=workspace,
    )


def same_statement(claim: Claim, claims: Iterable[Claim]) -> Claim | None:
    """Return the claim that says the same in the same words, whoever said it, if there is one."""
    said = _comparable(claim)
    return next((each for each in claims if _comparable(each) == said), None)


def _comparable(claim: Claim) -> str:
    return fold(claim.statement).rstrip(".")


def _day(typed: str, today: Day) -> Day:
    if not typed.strip():
        return today
    try:
        day = Day.parse(typed)
    except ValueError:
        words = _("“{typed}” is no day\nWrite 2024-08-27, or only 2024-08 or 2024")
        raise UsageError(words.format(typed=shorten(one_line(typed), _TYPED))) from None
    if day.first() > today.first():
        raise UsageError(_("{day} is still to come\nName the day on which it was said").format(day=day))
    return day


def _labels(typed: str) -> tuple[str, ...]:
    """Return tags or items that are parted by commas, each once."""
    labels = tuple(dict.fromkeys(filter(None, map(one_line, typed.split(",")))))
    if len(labels) > LABELS:
        raise UsageError(_("More than {most} tags or items\nName the most telling").format(most=LABELS))
    if long := [label for label in labels if len(label) > LABEL]:
        words = _("“{label}” is longer than {most} characters\nPart tags and items by commas")
        raise UsageError(words.format(label=shorten(long[0], _TYPED), most=LABEL))
    return labels


def _tag(typed: str) -> str:
    tag = fold(typed).replace(" ", "-")
    if not _TAG.fullmatch(tag):
        words = _("“{tag}” is no tag\nWrite letters a to z, digits and hyphens: munitions, sea-route")
        raise UsageError(words.format(tag=typed))
    return tag


def _stem(statement: str) -> str:
    """Return the first telling words of a statement as an id has them; `claim` where its script has none."""
    words = [word for word in _PLAIN.findall(fold(statement)) if word not in _SMALL]
    return "-".join(words[:_STEM_WORDS])[:_STEM].strip("-") or "claim"
