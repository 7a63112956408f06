"""How credible what each story says of a claim is, by what stands behind it in its happening. Pure."""

from collections.abc import Mapping

from bot.exchange.model import sure
from claims.admiralty import Credibility, credibility
from claims.dossier import Dossier
from claims.independence import support
from claims.model import Member, Stance


def rated(dossier: Dossier) -> Mapping[str, Credibility]:
    """Return for each story that surely bears on a claim how credible its information is, by its id."""
    events: dict[str, list[Member]] = {}
    for member, _link, event_id in sure(dossier):
        events.setdefault(event_id or member.story.id, []).append(member)
    found: dict[tuple[str, Stance], Credibility] = {}
    ratings: dict[str, Credibility] = {}
    for member, link, event_id in sure(dossier):
        key = (event_id or member.story.id, link.stance)
        if key not in found:
            behind = support(events[key[0]], link, denial=dossier.claim.denial)
            found[key] = credibility(behind.independent, disputed=behind.disputed)
        ratings[member.story.id] = found[key]
    return ratings
