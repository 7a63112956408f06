"""What we answer of how the register is kept: histories of claims, and what was merged or split. Pure."""

from collections.abc import Sequence

from bot import phrases
from bot.answers.tracked import typed_value
from bot.card import Card, Field, Line, Span, Strong
from bot.commands.claim_of import FIELDS
from bot.commands.spelling import Spelling
from bot.controls import Row
from bot.language import _, decimal, ngettext
from bot.lines import filled, moment
from bot.paging import Page, paged
from bot.said import who
from claims.care import SEEDS, ClaimEdit, EditKind, changed
from claims.model import Claim
from claims.workspaces import OURSELVES

_VALUE = 80
_WHY = 200


def history_card(claim: Claim, page: Page[ClaimEdit], workspace: str, timezone: str) -> Card:
    """Return a page of what was done to a claim, newest first.

    Args:
        claim: as it is now, or was when it was retired.
        page: the edits.
        workspace: who reads it, which decides who is named.
        timezone: IANA name of the zone in which moments are written where they are written out.

    """
    card = Card(
        heading=_("HISTORY · {claim}").format(claim=claim.id),
        title=claim.statement if page.items else _("Nothing was done to it since histories are kept"),
        lines=tuple(_edit(edit, workspace, timezone) for edit in page.items),
    )
    return paged(card, page)


def _edit(edit: ClaimEdit, workspace: str, timezone: str) -> Line:
    said = filled(
        _("{moment}: {done}, {person}"),
        moment=moment(edit.at, timezone, beside=None),
        done=Strong(_done(edit)),
        person=_person(edit, workspace),
    )
    turned = "; ".join(_turns(edit))
    why = _("because: {why}").format(why=phrases.shorten(edit.why, _WHY)) if edit.why else ""
    return (*said, *(f" · {words}" for words in (turned, why) if words))


def _person(edit: ClaimEdit, workspace: str) -> Span:
    named = {SEEDS: _("the seed file"), OURSELVES: _("Claimwatch itself")}
    return named.get(edit.person) or who(edit.person, edit.workspace, workspace)


def _done(edit: ClaimEdit) -> str:
    return {
        EditKind.ADDED: _("added"),
        EditKind.CHANGED: _("changed"),
        EditKind.RETIRED: _("retired"),
        EditKind.RESTORED: _("restored"),
        EditKind.MERGED: _("merged"),
        EditKind.SPLIT: _("split"),
    }[edit.kind]


def _turns(edit: ClaimEdit) -> list[str]:
    """Return what was and is of each field that changed; of one that holds more than words its name alone."""
    before, after = edit.before, edit.after
    if before is None or after is None:
        return []
    turned = []
    for name in changed(before, after):
        if name in FIELDS:
            was, now = (phrases.shorten(typed_value(each, name), _VALUE) for each in (before, after))
            nothing = _("nothing")
            words = _("{name}: {now} (was {was})")
            turned.append(words.format(name=name, now=now or nothing, was=was or nothing))
        else:
            turned.append(name)
    return turned


def retiring_card(
    claim: Claim, into: Sequence[Claim], stories: int, again: str, controls: tuple[Row, ...]
) -> Card:
    """Return what it would mean to merge or split a claim, before it is done.

    Args:
        claim: the one that would be retired.
        into: what would stand in its place.
        stories: how many would bear on those from then on.
        again: what to type to have it done.
        controls: the button that does it.

    """
    merges = len(into) == 1
    title = _("Merge {claim} into {others}?") if merges else _("Split {claim} into {others}?")
    count = ngettext(
        "{count} story that bears on it is linked anew",
        "{count} stories that bear on it are linked anew",
        stories,
    )
    return Card(
        title=title.format(claim=claim.id, others=_ids(into)),
        lines=(
            (claim.statement,),
            *((Strong(each.id), f": {each.statement}") for each in into),
            (count.format(count=decimal(stories)),),
            (_("It is tracked no longer, and channels that follow it follow what stands in its place"),),
        ),
        footer=_("{command} does it").format(command=again),
        controls=controls,
    )


def superseded_card(claim: Claim, into: Sequence[Claim], stories: int, spelled: Spelling) -> Card:
    """Return a claim that was merged or split; `stories` is how many were linked to those in its place."""
    merges = len(into) == 1
    heading = _("MERGED · {claim}") if merges else _("SPLIT · {claim}")
    linked = ngettext("{count} story linked anew", "{count} stories linked anew", stories)
    return Card(
        heading=heading.format(claim=claim.id),
        title=claim.statement,
        fields=(
            Field(_("Now"), (_ids(into),)),
            Field(_("Evidence"), (linked.format(count=decimal(stories)),)),
        ),
        footer=_undone(claim, spelled),
    )


def restored_card(claim: Claim, spelled: Spelling) -> Card:
    """Return a claim that is tracked again."""
    return Card(
        heading=_("TRACKED AGAIN · {claim}").format(claim=claim.id),
        title=claim.statement,
        footer=_("{show} tells more").format(show=spelled(f"claim show {claim.id}")),
    )


def gone_words(claim: Claim, edit: ClaimEdit | None, timezone: str) -> str:
    """Return that a claim is tracked no longer: since when, why, and what stands in its place.

    Args:
        claim: as it was when it was retired.
        edit: the one that retired it; None where it is not kept.
        timezone: IANA name of the zone in which days are written.

    """
    words = {
        EditKind.MERGED: _("{claim} was merged into {others} on {day}"),
        EditKind.SPLIT: _("{claim} was split into {others} on {day}"),
    }
    if edit is None:
        return _("{claim} is tracked no longer").format(claim=claim.id)
    said = words.get(edit.kind, _("{claim} is tracked no longer since {day}")).format(
        claim=claim.id, others=", ".join(claim.superseded_by), day=phrases.date(edit.at, timezone)
    )
    why = _("because: {why}").format(why=phrases.shorten(edit.why, _WHY)) if edit.why else ""
    return "\n".join(filter(None, (said, why)))


def _undone(claim: Claim, spelled: Spelling) -> str:
    return _("{command} undoes it").format(command=spelled(f"claim restore {claim.id}"))


def _ids(claims: Sequence[Claim]) -> str:
    return ", ".join(claim.id for claim in claims)
