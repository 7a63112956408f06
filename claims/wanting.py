"""Whether a destination wants an alert, and why not: pure decisions, always with a reason."""

from collections.abc import Callable, Collection, Iterable, Sequence

from claims.errors import UsageError
from claims.importance import importance
from claims.independence import outlet
from claims.model import Claim, Evidence, Member
from claims.outgoing import Briefing
from claims.query import parse
from claims.query_parts import Document
from claims.subscriptions import Importance, Subscription
from claims.text import fold

_TERMS = 3
_TYPED = 40

Borne = Sequence[tuple[Evidence, Claim]]
"""What an alert bears on (`Briefing.borne`)."""


def refusal(wanted: Subscription, telling: Briefing) -> str:
    """Return why a destination does not want an alert, a sentence, or nothing where it does."""
    alert = telling.alert
    if not alert.links:
        return "It was withdrawn."
    wants = followed(wanted, telling)
    if not wants:
        return "It bears on no claim that is followed here."
    if wanted.stances and not any(link.stance in wanted.stances for link, _ in wants):
        has = _either(link.stance for link, _ in wants)
        return f"It {has} what is followed here; wanted is what {_either(wanted.stances)} it."
    if wanted.least > Importance.ROUTINE and (grade := importance(alert, telling.event)) < wanted.least:
        return f"It is {grade.name.lower()}; wanted is what is {wanted.least.name.lower()} at least."
    members = telling.event.members
    if not (_tells(wanted) or wanted.words) or any(suits(wanted, m, telling.borne) for m in members):
        return ""
    return _unsuited(wanted, members, telling.borne)


def suits(wanted: Subscription, member: Member, borne: Borne) -> bool:
    """Say whether a story is in a language, of a source and in words that a destination wants.

    `borne` is what its alert bears on, and nothing where it has none.
    """
    return all(takes(member) for takes, _ in _tells(wanted)) and (
        not wanted.words or _fits(wanted.words, _document(wanted, member, borne))
    )


def follows(wanted: Subscription, claim: Claim) -> bool:
    """Say whether a destination wants to hear of a claim; of another workspace's own it never hears."""
    if claim.workspace not in (None, wanted.workspace):
        return False
    if follows_all(wanted):
        return True
    return claim.id in (wanted.claims or ()) or not wanted.tags.isdisjoint(claim.tags)


def follows_all(wanted: Subscription) -> bool:
    """Say whether a destination names neither claims nor tags, and so wants all."""
    return not (wanted.claims or wanted.tags)


def followed(wanted: Subscription, telling: Briefing) -> list[tuple[Evidence, Claim]]:
    """Return the links of an alert, with their claims, that a destination wants to hear of."""
    return [(link, claim) for link, claim in telling.borne if follows(wanted, claim)]


def names_of(member: Member) -> set[str]:
    """Return the names, folded, by which one may mean the source of a story: outlet, feed and family."""
    source = member.story.source
    return {fold(name) for name in (outlet(member.story), source.name, source.family)}


def _tells(wanted: Subscription) -> list[tuple[Callable[[Member], bool], str]]:
    """Return what a story must be beside its words: how to tell, and the reason where none is."""
    found: list[tuple[Callable[[Member], bool], str]] = []
    if languages := wanted.languages:
        found.append((lambda m: m.reading.language in languages, f"is in {_either(languages)}"))
    if wanted.sources:
        names = {fold(name) for name in wanted.sources}
        found.append((lambda m: not names.isdisjoint(names_of(m)), f"is by {_either(wanted.sources)}"))
    return found


def _unsuited(wanted: Subscription, members: Sequence[Member], borne: Borne) -> str:
    """Return the first condition that leaves no story of an event."""
    left: Sequence[Member] = members
    for takes, what in _tells(wanted):
        left = [member for member in left if takes(member)]
        if not left:
            return f"No story of it {what}."
    if not left:
        return "It has no story any more."
    try:
        checked = parse(wanted.words).explain(_document(wanted, left[0], borne))
    except UsageError as mistake:
        return f"The words of the subscription cannot be read: {str(mistake).splitlines()[0]}."
    wrong = [c for c in checked if c.hit is not c.wanted]
    terms = [f"{_short(c.term)} is {'there' if c.hit else 'missing'}" for c in wrong[:_TERMS]]
    more = f" and {len(wrong) - _TERMS} more" if len(wrong) > _TERMS else ""
    return f"The words of the subscription do not fit: {', '.join(terms)}{more}."


def _fits(words: str, document: Document) -> bool:
    try:
        return parse(words).matches(document)
    except UsageError:
        return False


def _document(wanted: Subscription, member: Member, borne: Borne) -> Document:
    """Return a story with the claims of its alert that the workspace of a subscription sees."""
    story, source = member.story, member.story.source
    seen = [(link, claim) for link, claim in borne if claim.workspace in (None, wanted.workspace)]
    return Document(
        title=story.title,
        text=story.text,
        source=(outlet(story), source.name),
        family=(source.family,),
        language=(member.reading.language,),
        claim=tuple(claim.id for _, claim in seen),
        tag=tuple(tag for _, claim in seen for tag in claim.tags),
        stance=tuple(link.stance for link, _ in seen),
        origin=member.reading.origin.chain if member.reading.origin else (),
    )


def _either(names: Collection[str] | Iterable[str]) -> str:
    return " or ".join(sorted({str(name) for name in names}))


def _short(term: str) -> str:
    return term if len(term) <= _TYPED else f"{term[:_TYPED]}…"
