"""How a claim stands, in words. Pure."""

from bot.language import _, ngettext
from claims.standing import GroundKind, Standing


def standing_words(standing: Standing) -> str:
    """Return how a claim stands: `disputed; corroborated by 3 independent origins`."""
    parts = []
    if standing.of(GroundKind.CONCEDED):
        parts.append(_("conceded by whoever denied it"))
    elif standing.of(GroundKind.DENIED) or standing.of(GroundKind.DISPUTED):
        parts.append(_("disputed"))
    if standing.independent:
        words = ngettext(
            "corroborated by {count} independent origin",
            "corroborated by {count} independent origins",
            standing.independent,
        )
        parts.append(words.format(count=standing.independent))
    return "; ".join(parts) or _("asserted, nothing for or against it yet")
