"""What the matcher of today says of a kept story, beside what was read and decided when it came."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from claims.matching.matcher import Matcher, Ranked
from claims.matching.relevance import Near
from claims.model import Mark, Reading, Stance, Story
from claims.outgoing import Account, Delivery, DeliveryState
from claims.rematch import Change, change, renewed
from claims.subscriptions import Subscription
from claims.text import fold

LATE = "It was subscribed only after the alert was raised."


@dataclass(frozen=True, slots=True)
class Today:
    """A story as it reads now."""

    reading: Reading
    change: Change | None
    """What it tells that it did not tell when it came."""
    nearest: tuple[Ranked, ...]
    """The claims that it comes nearest to, best first."""
    matter: Near | None
    """What of the matter it comes nearest to."""


def today(account: Account, matcher: Matcher, register: Collection[str], top: int) -> Today:
    """Read a kept story again, unless somebody settled how it reads.

    Args:
        account: what became of it.
        matcher: reads it with the lexicon and the register of today.
        register: the ids of the claims that the matcher knows.
        top: how many of the nearest claims are wanted.

    """
    story, kept = account.member.story, account.member.reading
    reading = kept if account.settled else renewed(kept, matcher.read(story), register)
    nearest = tuple(matcher.rank(story, far=True)[:top])
    return Today(reading, change(story, kept, reading), nearest, matcher.nearest_matter(story))


def delivered_to(account: Account, wanted: Collection[Subscription]) -> Account:
    """Return an account with these subscriptions among its destinations, as late where nothing went there.

    Args:
        account: what became of a story, as whoever asks may see it.
        wanted: the subscriptions that they may see.

    """
    if account.alert is None:
        return account
    key = account.alert.key
    late = (Delivery(key, each.destination, DeliveryState.FILTERED, reason=LATE) for each in wanted)
    shown = {each.destination: each for each in (*late, *account.deliveries)}
    return replace(account, deliveries=tuple(shown[name] for name in sorted(shown)))


def attached(reading: Reading) -> bool:
    """Say whether a story supports or disputes some claim surely enough to be told."""
    return any(link.stance is not Stance.BACKGROUND and not link.suggested for link in reading.evidence)


def placed(story: Story, marks: Collection[Mark]) -> tuple[Mark, ...]:
    """Return the marks whose words stand where they say, by their place; of those that overlap, the first.

    A story that was revised may have lost them, and what an older version kept has no places.
    """
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        words = story.text[mark.start : mark.end]
        free = not found or found[-1].end <= mark.start
        if words and free and fold(words) == fold(mark.words):
            found.append(mark)
    return tuple(found)
