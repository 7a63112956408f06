"""What a channel wants, read from the words of a command: `tags=oil`, `budget=5`.

Pure. Each reader raises `ValueError` with what is wrong and what to write.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from typing import Any, TypeVar

from bot import settings_values as read
from bot.commands import watch_hours as hours
from bot.commands.watch_hours import ALL, NONE, TYPED, WITHOUT
from bot.language import _, decimal
from bot.phrases import LANGUAGES, shorten
from claims.errors import UsageError
from claims.model import Stance
from claims.subscriptions import Importance, Subscription
from claims.text import fold

T = TypeVar("T")

MOST_WANTED = 100
"""Names of one kind in a subscription: more are better said by tags or words."""
MOST_AN_HOUR = 1_000
"""Of a budget."""
IMPORTANCES = tuple(each.name.lower() for each in Importance)
YES_NO = ("yes", "no")

_SAID_YES, _SAID_NO = ("yes", "on", "true"), ("no", "off", "false")
_NEAR = 3
_ROLE = re.compile(
    r"<@&([0-9]{1,20})>|<!subteam\^([A-Z0-9]{1,20})(?:\|[^>]*)?>|([0-9]{1,20}|S[A-Z0-9]{2,20})"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the names of conditions may be."""

    claims: tuple[str, ...] = ()
    """Ids of those that the workspace sees."""
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Names of outlets and families."""


def changed(
    wanted: Subscription, args: Mapping[str, str], known: Known, labels: Mapping[str, str] | None = None
) -> Subscription:
    """Return a subscription with what the words say; options that it does not have are passed over.

    `labels` are what a form calls the options, by name.

    Raises:
        UsageError: words do not fit; a line for each option that names it and what it takes.

    """
    changes: dict[str, Any] = {}
    mistakes: dict[str, str] = {}
    for option, (field, reader) in _READERS.items():
        if words := args.get(option, "").strip():
            try:
                changes[field] = reader(words, known)
            except ValueError as error:
                mistakes[option] = str(error)
    if wanted.digest is None and not args.get("digest"):
        hourless = (each for each in ("weekly", "monthly") if changes.get(_READERS[each][0]) is not None)
        mistakes.update(dict.fromkeys(hourless, _("needs an hour at which digests come, such as 08:00")))
    if mistakes:
        names = labels or {}
        lines = (f"{names.get(option, option)}: {said}" for option, said in mistakes.items())
        raise UsageError("\n".join(lines), mistakes)
    if "claims" in changes and changes["claims"] is None:
        changes.setdefault("tags", frozenset())  # all claims are meant, and not those of the tags of before
    return replace(wanted, **changes)


# ---- names -------------------------------------------------------------------------------------------


def _names(words: str, known: Known, *, of: str) -> frozenset[str] | None:
    """Return the names of a list, as they are kept; None where the condition is taken away."""
    among: Collection[str] = getattr(known, of)
    return _listed(words, partial(_named, among=among))


def _tags(words: str, known: Known) -> frozenset[str]:
    return _names(words, known, of="tags") or frozenset()


def _named(typed: str, among: Collection[str]) -> str:
    kept = {fold(name): name for name in among}
    if (name := kept.get(fold(typed))) is not None:
        return name
    raise ValueError(_unknown(typed, [kept[near] for near in get_close_matches(fold(typed), kept, n=_NEAR)]))


def _unknown(typed: str, near: list[str]) -> str:
    if near:
        said = _("“{typed}” is not known here; did you mean {near}?")
        return said.format(typed=shorten(typed, TYPED), near=", ".join(near))
    said = _("“{typed}” is not known here; write known names with commas between, or {all}")
    return said.format(typed=shorten(typed, TYPED), all=ALL)


def _stances(words: str, _known: Known) -> frozenset[Stance] | None:
    def stance(typed: str) -> Stance:
        try:
            return Stance(typed.casefold())
        except ValueError:
            said = _("“{typed}” is no stance; write one or more of {stances}, or {all}")
            names = ", ".join(Stance)
            raise ValueError(said.format(typed=shorten(typed, TYPED), stances=names, all=ALL)) from None

    return _listed(words, stance)


def _languages(words: str, _known: Known) -> frozenset[str] | None:
    codes = {**{code: code for code in LANGUAGES}, **{fold(name): code for code, name in LANGUAGES.items()}}

    def language(typed: str) -> str:
        if (code := codes.get(fold(typed))) is not None:
            return code
        near = [codes[name] for name in get_close_matches(fold(typed), codes, n=1)]
        said = _("“{typed}” is no language that is read; write codes of two letters such as {near}, or {all}")
        example = ", ".join(near) or "ko, ru, uk"
        raise ValueError(said.format(typed=shorten(typed, TYPED), near=example, all=ALL))

    return _listed(words, language)


def _listed(words: str, reader: Callable[[str], T]) -> frozenset[T] | None:
    """Return the items of a list with commas between; None where the condition is taken away."""
    if words.casefold() in WITHOUT:
        return None
    items = [item.strip() for item in words.split(",") if item.strip()]
    if not items:
        raise ValueError(_("names nothing; write names with commas between, or {all}").format(all=ALL))
    if len(items) > MOST_WANTED:
        raise ValueError(_("has more than {most} names; tags or words say more").format(most=MOST_WANTED))
    return frozenset(reader(item) for item in items)


def _words(words: str, _known: Known) -> str:
    return "" if words.casefold() in WITHOUT else read.words(words)


def _role(words: str, _known: Known) -> str | None:
    if words.casefold() in WITHOUT:
        return None
    if found := _ROLE.fullmatch(words):
        return next(group for group in found.groups() if group)
    said = _("“{typed}” is no role and no user group; choose one as a mention, as in @desk, or write {none}")
    raise ValueError(said.format(typed=shorten(words, TYPED), none=NONE))


# ---- how much ------------------------------------------------------------------------------


def _importance(words: str, _known: Known) -> Importance:
    if words.casefold() in WITHOUT:
        return Importance.ROUTINE
    if words.casefold() in IMPORTANCES:
        return Importance[words.upper()]
    said = _("“{typed}” is no importance; write one of {names}")
    raise ValueError(said.format(typed=shorten(words, TYPED), names=", ".join(IMPORTANCES)))


def _yes(words: str, _known: Known) -> bool:
    if words.casefold() in (*_SAID_YES, *_SAID_NO):
        return words.casefold() in _SAID_YES
    raise ValueError(_("“{typed}” is neither; write yes or no").format(typed=shorten(words, TYPED)))


def _budget(words: str, _known: Known) -> int | None:
    if words.casefold() in WITHOUT:
        return None
    if words.isdecimal() and len(words) <= len(str(MOST_AN_HOUR)) and 0 < int(words) <= MOST_AN_HOUR:
        return int(words)
    said = _("“{typed}” is no number of messages an hour; write one from 1 to {most}, or {none}")
    raise ValueError(said.format(typed=shorten(words, TYPED), most=decimal(MOST_AN_HOUR), none=NONE))


_READERS: Mapping[str, tuple[str, Callable[[str, Known], object]]] = {
    "claims": ("claims", partial(_names, of="claims")),
    "tags": ("tags", _tags),
    "stance": ("stances", _stances),
    "least": ("least", _importance),
    "languages": ("languages", _languages),
    "sources": ("sources", partial(_names, of="sources")),
    "words": ("words", _words),
    "mention": ("mention", _role),
    "mention_from": ("mention_from", _importance),
    "threads": ("threads", _yes),
    "quiet": ("quiet", hours.quiet),
    "budget": ("budget", _budget),
    "digest": ("digest", hours.hour),
    "days": ("weekdays", hours.days),
    "weekly": ("week_on", hours.weekly),
    "monthly": ("month_on", hours.monthly),
    "empty": ("skip_empty", hours.skips),
    "timezone": ("timezone", hours.timezone),
    "notices": ("notices", _yes),
}
"""The field of a subscription that each option gives, and how it is read."""

OPTIONS = tuple(_READERS)
