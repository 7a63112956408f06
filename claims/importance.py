"""How much what is told matters. Pure."""

from claims.independence import is_party, tally
from claims.model import Alert, Event, Reason, Stance
from claims.outgoing import Development
from claims.subscriptions import Importance


def importance(news: Alert | Development, event: Event) -> Importance:
    """Return how much an alert matters, or what follows one, as its event stands now.

    What is told no longer is routine, whatever it was.
    """
    if news.reason is Reason.WITHDRAWN:
        return Importance.ROUTINE
    correction = news.correction
    moved = news.change or (correction and correction.now)
    turned = correction is not None and any(turn.was and turn.now for turn in correction.turns)
    denied = news.reason is Reason.DENIAL or any(link.stance is Stance.DISPUTES for link in news.links)
    if moved or denied or turned:
        return Importance.MAJOR
    own_conduct = any(is_party(m) for m in event.members)
    notable = own_conduct or tally(event.members).independent > 1
    return Importance.NOTABLE if notable else Importance.ROUTINE
