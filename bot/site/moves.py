"""What changed of a claim last, for the first page: its numbers, and how it stands. Pure."""

from bot import phrases
from bot.answers.figures import sayer_words
from bot.answers.standing import ground_names
from bot.language import _
from bot.site import words
from bot.site.dossier_page import Stories, ground_line, stories_of
from bot.site.views import NUMBER, MoveLine
from claims.dossier import Dossier, newest, turning
from claims.earlier import earlier
from claims.history import Said, Series
from claims.text import fold

MOVED = 12
"""Numbers on the first page, and changes of how claims stand; of each claim no more are kept."""


def moves(dossier: Dossier) -> list[MoveLine]:
    """Return the newest numbers of what a claim counts, each body's last, and what changed how it stands."""
    stories, names = stories_of(dossier), ground_names()
    given = [said for said in newest(dossier) if not (said.own or said.told)]
    given.sort(key=lambda said: said.said_on, reverse=True)
    found = [_given(said, dossier, stories) for said in given[:MOVED]]
    for ground in turning(dossier)[-MOVED:]:
        line = ground_line(ground, stories)
        found.append(MoveLine(line.day, ground.kind.value, names[ground.kind], line.body, line.happening))
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
