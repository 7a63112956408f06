"""What is said of alerts that are not posted at once: how many waited for a digest, and why. Pure."""

from collections import Counter
from collections.abc import Sequence

from bot import phrases
from bot.language import _, ngettext
from claims.outgoing import Held
from claims.routing import Hold

_HEADLINES = 3
_HEADLINE = 100


def waited(held: Sequence[Held]) -> str:
    """Return how many alerts waited for a digest, why, and their headlines; nothing where none did."""
    if not held:
        return ""
    counts = Counter(each.reason for each in held)
    why = ", ".join(_counted(hold, counts[hold]) for hold in Hold if counts[hold])
    said = ngettext(
        "{count} alert waited for this digest: {why}",
        "{count} alerts waited for this digest: {why}",
        len(held),
    ).format(count=len(held), why=why)
    headlines = [phrases.shorten(each.alert.headline, _HEADLINE) for each in held]
    named = phrases.listed(headlines, _HEADLINES, between="; ")
    return _("{counts}. {headlines}").format(counts=said, headlines=named)


def _counted(hold: Hold, count: int) -> str:
    words = {
        Hold.QUIET: ngettext("{count} in quiet hours", "{count} in quiet hours", count),
        Hold.BUDGET: ngettext("{count} over the budget", "{count} over the budget", count),
        Hold.PAUSED: ngettext("{count} while paused", "{count} while paused", count),
    }
    return words[hold].format(count=count)
