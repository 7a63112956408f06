"""What people said and put off, as sentences of a card: who and when. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from bot.card import Line, Person, Span
from bot.language import _
from bot.lines import filled, moment
from bot.phrases import clock
from claims.model import Stance
from claims.text import one_line
from claims.verdicts import Verdict, VerdictKind
from claims.workspaces import CONSOLE, Snooze, SnoozeKind

_CHATS = ("discord", "slack")
"""What the references of people begin with whom a chat vouches for."""


def acts(verdicts: Iterable[Verdict]) -> list[list[Verdict]]:
    """Return what was said of an event, what was said last at the end.

    What one person said in the same words is one, of how many stories and on how many occasions ever.
    """
    found: dict[tuple[object, ...], list[Verdict]] = {}
    for verdict in verdicts:
        words = as_told(verdict)
        found[words] = [*found.pop(words, []), verdict]
    return list(found.values())


def as_told(said: Verdict) -> tuple[object, ...]:
    """Return who said what, without the story and the moment: equal ones read the same."""
    stance = said.stance if said.kind is VerdictKind.WRONG_STANCE else None
    return (said.workspace, said.person, said.kind, said.claim_id, said.right_claim, stance, said.event_id)


def verdict_line(act: Sequence[Verdict], workspace: str, timezone: str) -> Line:
    """Return what somebody said, and when last, as a workspace reads it.

    `timezone` is the IANA name of the zone in which moments are written where they are written out.
    """
    said = act[-1]
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
    """Return what is put off, by whom and when that ends; `timezone` as for `verdict_line`."""
    words = {
        SnoozeKind.EVENT: _("Snoozed by {person}; ends {moment}"),
        SnoozeKind.CLAIM: _("Claim {what} snoozed by {person}; ends {moment}"),
        SnoozeKind.SOURCE: _("Source {what} snoozed by {person}; ends {moment}"),
    }
    return _of_snooze(words, snooze, moment=moment(snooze.until, timezone, beside=snooze.at))


def snooze_end(snooze: Snooze, timezone: str) -> str:
    """Return when a snooze ends, for where no person can be shown; `timezone` as for `verdict_line`."""
    return _("ends {moment}").format(moment=clock(snooze.until, timezone, beside=snooze.at))


def woken_line(snooze: Snooze) -> Line:
    """Return what is told of again, and who had put it off."""
    words = {
        SnoozeKind.EVENT: _("This story is told of again; {person} had snoozed it"),
        SnoozeKind.CLAIM: _("Claim {what} is told of again; {person} had snoozed it"),
        SnoozeKind.SOURCE: _("Source {what} is told again; {person} had snoozed it"),
    }
    return _of_snooze(words, snooze)


def _of_snooze(words: Mapping[SnoozeKind, str], snooze: Snooze, **spans: Span) -> Line:
    person = who(snooze.person, snooze.workspace, snooze.workspace)
    return filled(words[snooze.kind], what=snooze.what, person=person, **spans)


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
