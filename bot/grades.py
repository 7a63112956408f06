"""The Admiralty code (`claims.admiralty`) in words."""

from bot.language import _
from claims.admiralty import Credibility, Reliability


def rated(reliability: Reliability) -> str:
    """Return how an outlet is rated: `rated B`, or `not rated` where nobody could judge it (F)."""
    if reliability is Reliability.F:
        return _("not rated")
    return _("rated {grade}").format(grade=reliability.value)


def reliability(grade: Reliability) -> str:
    """Return how reliable a source is, in words: `usually reliable`."""
    return {
        Reliability.A: _("completely reliable"),
        Reliability.B: _("usually reliable"),
        Reliability.C: _("fairly reliable"),
        Reliability.D: _("not usually reliable"),
        Reliability.E: _("unreliable"),
        Reliability.F: _("reliability cannot be judged"),
    }[grade]


def credibility(grade: Credibility) -> str:
    """Return how credible a piece of information is, in words."""
    return {
        Credibility.CONFIRMED: _("confirmed"),
        Credibility.PROBABLY_TRUE: _("probably true"),
        Credibility.POSSIBLY_TRUE: _("possibly true"),
        Credibility.DOUBTFUL: _("doubtful"),
        Credibility.IMPROBABLE: _("improbable"),
        Credibility.CANNOT_BE_JUDGED: _("truth cannot be judged"),
    }[grade]
