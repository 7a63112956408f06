"""What an alert says after a story of its event was edited in place: pure decisions.

Outlets rewrite the headlines of running stories, count their updates in them, and have caches that serve old
words beside new ones. So a message is only edited for what its reader sees, and never without end.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from claims.alerting import reworded
from claims.model import Alert, Correction, Evidence, Figure, Member, Reading, Stance, Turn
from claims.text import fold

MOST_HEADLINES = 10
"""From this edit of one story on, a new headline by itself edits no message."""
_FOREMOST = 2

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W\d_]+")


def amended(kept: Alert, told: Alert | None, before: Member, now: Member) -> Alert | None:
    """Return the next revision of an alert, or None where a reader would see no difference.

    Args:
        kept: the alert as its message has it.
        told: the alert as it would be told of the event with the edited story in it, if it would be.
        before: the story as it read so far.
        now: the story as it reads now.

    """
    again = reworded(kept, told)
    was, number = _moved(kept, again, before.reading, now.reading)
    turns = tuple(_turns(kept, again, before.reading, now.reading))
    if was or number or turns:
        return replace(again, correction=Correction(now.story.id, was, number, turns))
    if now.story.revisions >= MOST_HEADLINES:
        return None if _seen(kept) == _seen(again) else again
    moved = before.story.url != now.story.url and _leads(again, now.reading)
    return again if moved or not reads_alike(kept, again) else None


def reads_alike(kept: Alert, now: Alert) -> bool:
    """Say whether a reader sees the same in two tellings of an alert."""
    return _seen(kept) == _seen(now) and same_headline(kept.headline, now.headline)


def same_headline(one: str, other: str) -> bool:
    """Say whether headlines have the same words but for numbers and asides: `(2nd LD)`, `Updated 10:31`."""
    return _words(one) == _words(other)


def foremost(reading: Reading) -> tuple[Figure, ...]:
    """Return the numbers of a story that stand on the card of an alert in which no number moved."""
    return tuple(figure for figure in reading.figures if figure.unit != "other")[:_FOREMOST]


def _words(headline: str) -> list[str]:
    return _WORD.findall(_ASIDE.sub(" ", fold(headline)))


def _seen(alert: Alert) -> tuple[object, ...]:
    """Return what stands on the card of an alert, but for its headline."""
    change = alert.change
    return (
        alert.reason,
        [(link.claim_id, link.stance, link.story_id, link.judge) for link in alert.links],
        change and (change.claim_id, replace(change.now, quote="")),
        change and change.before and (change.before.said_by, _number(change.before.figure), change.told_by),
    )


def _moved(kept: Alert, again: Alert, before: Reading, now: Reading) -> tuple[Figure | None, Figure | None]:
    """Return the number on the card that was taken back and the one in its stead, each None without one."""
    had, has = _shown(kept, before), _shown(again, now)
    both = kept.change is not None and again.change is not None
    gone = _without(had, has if both else (*has, *now.figures))
    come = _without(has, had if both else (*had, *before.figures))
    for was in gone:
        for number in come:
            if was.unit == number.unit:
                return was, number
    return (gone[0], None) if gone else (None, come[0] if come else None)


def _shown(alert: Alert, edited: Reading) -> tuple[Figure, ...]:
    """Return the numbers on the card of an alert, as far as an edited story can change them."""
    if alert.change:
        return (alert.change.now,)
    return foremost(edited) if _leads(alert, edited) else ()


def _leads(alert: Alert, edited: Reading) -> bool:
    """Say whether the card of an alert shows this story, and leads to it."""
    return any(link.story_id == edited.story_id for link in alert.links[:1])


def _without(figures: Sequence[Figure], others: Iterable[Figure]) -> list[Figure]:
    numbers = {_number(other) for other in others}
    return [figure for figure in figures if _number(figure) not in numbers]


def _number(figure: Figure) -> tuple[object, ...]:
    return figure.unit, figure.low, figure.high


def _turns(kept: Alert, again: Alert, before: Reading, now: Reading) -> Iterator[Turn]:
    """Yield the claims that the edit turned: for the story, and so for the alert."""
    told, tells = _stances(kept.links), _stances(again.links)
    read, reads = _stances(before.evidence), _stances(now.evidence)
    for claim_id in sorted({*told, *tells}):
        was, stance = told.get(claim_id), tells.get(claim_id)
        if was is not stance and read.get(claim_id) is not reads.get(claim_id):
            yield Turn(claim_id, was, stance)


def _stances(links: Iterable[Evidence]) -> dict[str, Stance]:
    return {link.claim_id: link.stance for link in links if not link.suggested}
