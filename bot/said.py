"""What people said and put off, as sentences of a card: who and when. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.card import Line, Person, Span
from bot.language import _
from bot.lines import filled, moment
from claims.model import Stance
from claims.text import one_line
from claims.verdicts import Verdict, VerdictKind
from claims.workspaces import CONSOLE, Snooze, SnoozeKind

_CHATS = ("discord", "slack")
"""What the references of people begin with whom a chat vouches for."""


def acts(verdicts: Iterable[Verdict]) -> list[list[Verdict]]:
    """Return what was said by occasion, oldest first: one press may speak of several stories."""
    found: dict[tuple[str, datetime, VerdictKind], list[Verdict]] = {}
    for verdict in verdicts:
        found.setdefault((verdict.workspace, verdict.at, verdict.kind), []).append(verdict)
    return list(found.values())


def verdict_line(act: Sequence[Verdict], workspace: str, timezone: str) -> Line:
    """Return what was said on one occasion, as a workspace reads it.

    `timezone` is the IANA name of the zone in which moments are written where they are written out.
    """
    said = act[0]
    return filled(
        _words(said),
        claim=said.claim_id or "",
        right=said.right_claim or "",
        person=who(said.person, said.workspace, workspace),
        moment=moment(said.at, timezone, beside=said.at),
    )


def _words(said: Verdict) -> str:
    match said.kind:
        case VerdictKind.RIGHT:
            return _("Right about {claim}: {person}, {moment}")
        case VerdictKind.WRONG_CLAIM if said.right_claim:
            return _("About {right}, not {claim}: {person}, {moment}")
        case VerdictKind.WRONG_CLAIM:
            return _("Not about {claim}: {person}, {moment}")
        case VerdictKind.NOT_RELEVANT:
            return _("Not relevant: {person}, {moment}")
        case VerdictKind.WRONG_STANCE if said.stance is Stance.SUPPORTS:
            return _("It supports {claim}: {person}, {moment}")
        case VerdictKind.WRONG_STANCE if said.stance is Stance.DISPUTES:
            return _("It disputes {claim}: {person}, {moment}")
        case VerdictKind.WRONG_STANCE:
            return _("It is background to {claim}: {person}, {moment}")
        case VerdictKind.SAME_EVENT | VerdictKind.OTHER_EVENT:
            return _("A story belongs to another happening: {person}, {moment}")


def kind_words(kind: VerdictKind) -> str:
    """Return what a person says of a story, in a word or two."""
    return {
        VerdictKind.RIGHT: _("right"),
        VerdictKind.WRONG_CLAIM: _("wrong-claim"),
        VerdictKind.NOT_RELEVANT: _("not-relevant"),
        VerdictKind.WRONG_STANCE: _("wrong-stance"),
        VerdictKind.SAME_EVENT: _("same-event"),
        VerdictKind.OTHER_EVENT: _("other-event"),
    }[kind]


def snooze_line(snooze: Snooze, timezone: str) -> Line:
    """Return what is put off, until when and by whom; `timezone` as for `verdict_line`."""
    words = {
        SnoozeKind.EVENT: _("Snoozed until {moment} by {person}"),
        SnoozeKind.CLAIM: _("Claim {what} snoozed until {moment} by {person}"),
        SnoozeKind.SOURCE: _("Source {what} snoozed until {moment} by {person}"),
    }
    return filled(
        words[snooze.kind],
        what=snooze.what,
        moment=moment(snooze.until, timezone, beside=snooze.at),
        person=who(snooze.person, snooze.workspace, snooze.workspace),
    )


def thing(kind: SnoozeKind, what: str) -> str:
    """Return what is put off, as a control names it."""
    words = {
        SnoozeKind.EVENT: _("this story"),
        SnoozeKind.CLAIM: _("claim {what}"),
        SnoozeKind.SOURCE: _("source {what}"),
    }
    return words[kind].format(what=one_line(what))


def who(person: str, theirs: str | None, workspace: str) -> Span:
    """Return who said or did something, as a workspace reads it: the one place that decides who is named.

    Of another workspace's people nobody learns the name, but at the console, which sees all.

    Args:
        person: as their platform has them.
        theirs: the workspace in which it was said; None where that was not noted.
        workspace: who reads it.

    """
    if theirs == CONSOLE and person == CONSOLE:
        return _("whoever runs the bot")
    if workspace == CONSOLE or theirs in (workspace, CONSOLE):
        return Person(person, person)
    return judge(person) if theirs is None else _("somebody elsewhere")


def judge(name: str) -> str:
    """Return who decided on a link, where any workspace may read it: of people in chat not which one.

    Their verdict tells that where it may be known; a model, and whoever runs the bot, is named.
    """
    return _("somebody") if name.partition(":")[0] in _CHATS else name
