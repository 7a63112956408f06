"""What changed of a claim last, for the first page: a number, and a reason for how it stands. Pure."""

from itertools import islice

from bot import phrases
from bot.answers.figures import sayer_words
from bot.answers.standing import ground_names
from bot.language import _
from bot.site import words
from bot.site.dossier_page import Stories, ground_line, stories_of
from bot.site.views import NUMBER, MoveLine
from claims.dossier import Dossier, newest
from claims.earlier import earlier
from claims.history import Said, Series
from claims.text import fold


def moves(dossier: Dossier) -> list[MoveLine]:
    """Return the newest number of what a claim counts by a body, and the newest reason for how it stands."""
    stories, units = stories_of(dossier), dossier.claim.units
    given = (said for said in newest(dossier) if said.figure.unit in units and not (said.own or said.told))
    found = [_given(said, dossier, stories) for said in islice(given, 1)]
    grounds = [(name, each) for kind, name in ground_names().items() for each in dossier.standing.of(kind)]
    if grounds:
        name, last = max(grounds, key=lambda each: each[1].day)
        ground = ground_line(last, stories)
        found.append(MoveLine(ground.day, last.kind.value, name, ground.body, ground.happening))
    return found


def _given(said: Said, dossier: Dossier, stories: Stories) -> MoveLine:
    return MoveLine(
        day=words.stated(said.said_on),
        side=NUMBER,
        does=_("number first reported"),
        said=f"{phrases.quantity(said.figure)} · {sayer_words(said)}",
        happening=stories.get(said.story_id or ""),
        before=_before(said, next(one for one in dossier.series if said in one.said)),
    )


def _before(said: Said, series: Series) -> str:
    before = earlier(series, said)
    if before is None:
        return _("no earlier number is known")
    same = fold(before.said_by) == fold(said.said_by) or before.whom & said.whom
    beside = (
        _("earlier: {number} ({body}, {day})") if same else _("earlier, by another: {number} ({body}, {day})")
    )
    return beside.format(
        number=phrases.amount_since(before.figure),
        body=sayer_words(before),
        day=phrases.stated(before.said_on),
    )
