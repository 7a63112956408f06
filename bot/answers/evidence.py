"""The stories that bear on a claim, as fields of a card. Pure."""

from collections import Counter
from collections.abc import Iterator

from bot import phrases
from bot.card import Field, Line, Link
from bot.language import _, decimal, spoken
from bot.said import judge
from claims.dossier import Dossier, clearest, happenings_of
from claims.independence import outlet
from claims.model import Claim, Evidence, Member, Origin, Stance
from claims.voice import voice

_STORIES = {Stance.SUPPORTS: 3, Stance.DISPUTES: 2, Stance.BACKGROUND: 1}
"""How many of each stance are shown, so that neither side hides the other."""
_SUGGESTED = 1
_HEADLINE = 100
_ORIGIN = 48


def evidence_fields(found: Dossier, timezone: str) -> tuple[Field, ...]:
    """Return how many stories bear on a claim, and of each stance the clearest few, support first.

    `timezone` is the IANA name of the zone in which days are written.
    """
    clear = clearest(found.told, spoken())
    shown = [
        pair
        for stance, most in _STORIES.items()
        for pair in [(member, link) for member, link in clear if link.stance is stance][:most]
    ]
    unsure = [(member, link) for member, link, _event in found.told if link.suggested]
    counts = ", ".join([told_words(found), *_happenings(found)])
    if len(shown) < len(found.told) - len(unsure):
        counts = _("{counts}; the clearest:").format(counts=counts)
    return (
        Field(_("Evidence"), (counts,)),
        *(
            Field(_stance(link.stance, found.claim), _story(found, member, link, timezone))
            for member, link in shown
        ),
        *(
            Field(_("Suggested"), _story(found, member, link, timezone))
            for member, link in unsure[:_SUGGESTED]
        ),
    )


def _stance(stance: Stance, claim: Claim) -> str:
    """Return how a story bears on a claim, as a heading: who tells of a denial bears nothing out."""
    return {
        Stance.SUPPORTS: _("Tells of it") if claim.denial else _("Supports"),
        Stance.DISPUTES: _("Against it") if claim.denial else _("Disputes"),
        Stance.BACKGROUND: _("Mentions"),
    }[stance]


def told_words(found: Dossier) -> str:
    """Return how many stories bear on a claim in which way, and how many perhaps do."""
    if not found.told:
        return _("no story yet")
    stances = Counter(link.stance for _member, link, _event in found.told if not link.suggested)
    words = {
        Stance.SUPPORTS: _("{count} told of it") if found.claim.denial else _("{count} in support"),
        Stance.DISPUTES: _("{count} against"),
        Stance.BACKGROUND: _("{count} mentions"),
    }
    counts = [words[stance].format(count=decimal(stances[stance])) for stance in Stance if stances[stance]]
    if unsure := len(found.told) - stances.total():
        counts.append(_("{count} suggested").format(count=decimal(unsure)))
    return ", ".join(counts)


def _happenings(found: Dossier) -> Iterator[str]:
    if happenings := happenings_of(found.steps):
        yield phrases.happenings(happenings)


def _story(found: Dossier, member: Member, link: Evidence, timezone: str) -> Line:
    story, origin = member.story, member.reading.origin
    speaks = origin is not None and origin.root == voice(member, found.claim, found.denials)
    words = _("{outlet} (state media), {day}") if story.source.state_media else _("{outlet}, {day}")
    told = words.format(outlet=outlet(story), day=phrases.date(story.at, timezone))
    parts = [
        phrases.in_tongue(told, story.language),
        *([_according(origin)] if origin and speaks and origin.root != outlet(story) else []),
        *_credit(link, found.claim.denial),
    ]
    return (Link(phrases.shorten(story.title, _HEADLINE), story.url), f" · {' · '.join(parts)}")


def _according(origin: Origin) -> str:
    """Return whose words a story tells, and by whom else it has them."""
    root, *others = (phrases.shorten(each, _ORIGIN) for each in origin.chain)
    words = _("according to {body}, as told by {outlets}") if others else _("according to {body}")
    return words.format(body=root, outlets=", ".join(others))


def _credit(link: Evidence, denial: bool) -> Iterator[str]:
    """Return who stands behind a link in place of the matcher, or how it would read if somebody did.

    What speaks against a `denial` may admit something else than it denies: only a person tells.
    """
    if link.suggested:
        words = {
            Stance.SUPPORTS: _("supports it perhaps ({score}), not reviewed yet"),
            Stance.DISPUTES: _("disputes it perhaps ({score}), not reviewed yet"),
            Stance.BACKGROUND: _("tells of it perhaps ({score}), not reviewed yet"),
        }
        yield words[link.stance].format(score=f"{link.score:.2f}")
    elif link.judge:
        yield _("judged by {judge}").format(judge=judge(link.judge))
    elif denial and link.stance is Stance.DISPUTES:
        yield _("perhaps of another matter, not reviewed yet")
