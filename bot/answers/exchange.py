"""What we answer to whoever gives claims out or brings them in, as cards. Pure."""

from collections.abc import Sequence

from bot import phrases
from bot.card import Attachment, Card, Line, Strong
from bot.controls import Row
from bot.exchange.changes import Change, Plan
from bot.exchange.model import iso
from bot.language import _, decimal, ngettext
from claims.edition import Edition
from claims.model import Claim, Figure, Profile, Reference, Review

SHOWN = 10
"""Claims of an import that a card tells of."""
_LOST = 5
_WORDS = 160
_DIGEST = len("sha256:") + 12


def exported_card(edition: Edition, file: Attachment, count: int, advice: str) -> Card:
    """Return a file of claims, and which register it was made from."""
    title = ngettext("{count} claim in {file}", "{count} claims in {file}", count)
    return Card(
        title=title.format(count=decimal(count), file=file.name),
        lines=((edition_words(edition),),),
        footer=advice,
        attachment=file,
    )


def edition_words(edition: Edition) -> str:
    """Return when, by which version and from which register something was made."""
    made = _("Made {moment} by Claimwatch {version} from register {digest}").format(
        moment=iso(edition.made_at), version=edition.version, digest=edition.register[:_DIGEST]
    )
    if edition.edited_at is None:
        return made
    return _("{made}, last edited {moment}").format(made=made, moment=iso(edition.edited_at))


def plan_card(plan: Plan, advice: str = "", controls: tuple[Row, ...] = ()) -> Card:
    """Return what an import would change; `advice` says how to have it so."""
    return Card(
        heading=_("IMPORT · NOTHING IS CHANGED YET") if plan.changes else "",
        title=_counts(plan),
        lines=_lines(plan),
        footer=advice if plan.changes else "",
        controls=controls if plan.changes else (),
    )


def imported_card(plan: Plan, advice: str) -> Card:
    """Return what an import changed."""
    return Card(heading=_("IMPORTED"), title=_counts(plan), lines=_lines(plan), footer=advice)


def _counts(plan: Plan) -> str:
    if not plan.changes:
        return ngettext(
            "Nothing changes: the claim is tracked as the file has it",
            "Nothing changes: all {count} claims are tracked as the file has them",
            plan.same,
        ).format(count=decimal(plan.same))
    added = sum(change.before is None for change in plan.changes)
    return _("{added} new, {changed} changed, {same} as before").format(
        added=decimal(added), changed=decimal(len(plan.changes) - added), same=decimal(plan.same)
    )


def _lines(plan: Plan) -> tuple[Line, ...]:
    told = [_told(change) for change in plan.changes[:SHOWN]]
    if len(plan.changes) > SHOWN:
        told.append((_("+{count} more").format(count=len(plan.changes) - SHOWN),))
    lost = phrases.listed(plan.lost, _LOST, between="; ")
    return (*told, (_("Not kept: {what}").format(what=lost),)) if lost else tuple(told)


def _told(change: Change) -> Line:
    after = change.after
    if change.before is None:
        stated = phrases.stated(after.said_on)
        words = _("new: {statement} {sayer}, {day}")
        said = words.format(statement=_short(after.statement), sayer=after.said_by, day=stated)
        return (Strong(after.id), f" {said}")
    turned = (_turned(name, change.before, after) for name in change.turned)
    return (Strong(after.id), f" {'; '.join(turned)}")


def _turned(name: str, before: Claim, after: Claim) -> str:
    nothing = _("nothing")
    was, now = (_short(_words(getattr(claim, name))) or nothing for claim in (before, after))
    return _("{field}: {now} (was {was})").format(field=name, now=now, was=was)


def _short(words: str) -> str:
    return phrases.shorten(words, _WORDS)


def _words(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case tuple():
            return _listed(value)
        case Figure():
            return phrases.quantity(value)
        case Reference():
            return f"{value.title} ({value.outlet})"
        case Review():
            return f"{value.reviewer}: {value.rating}"
        case Profile():
            return "; ".join(" / ".join(group) for group in value.need) or _("by hand")
    return str(value)


def _listed(values: Sequence[object]) -> str:
    return ", ".join(map(_words, values))
