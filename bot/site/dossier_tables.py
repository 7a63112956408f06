"""The tables of a dossier and the pictures beside them: numbers, weeks, and who says so. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from bot import phrases
from bot.answers.figures import before_words, counted_as, figures_shown, stance_words
from bot.answers.history import weeks_shown
from bot.charts.svg import figures_svg, weeks_svg
from bot.language import _, decimal
from bot.site import words
from bot.site.dossier_views import NumberLine, Numbers, OriginLine, WeekLine
from bot.site.views import Chart
from claims.activity import weeks
from claims.dossier import Dossier, Told
from claims.history import Said, Series, counting
from claims.independence import is_party, speaker
from claims.model import Claim, Stance
from claims.voice import voice

_NUMBERS = 100
"""Lines of a table of numbers, the newest."""
_BODIES = 60
"""Lines of the table of origins."""
_WEEKS = 156
"""Lines of the table of weeks: three years."""
_OUTLETS = 4
WORTH = 2
"""Marks from which on a picture says more than its table."""


def numbers(claim: Claim, series: Series) -> Numbers:
    """Return numbers of a claim that may be compared, oldest first."""
    shown = series.said[-_NUMBERS:]
    counts = counted_as(series)
    if len(series.said) > len(shown):
        counts = _("{what}, the newest {count}").format(what=counts, count=decimal(len(shown)))
    groups = groupby(shown, key=lambda said: before_words(claim, said))
    return Numbers(counts, tuple((words_of, tuple(map(_number, some))) for words_of, some in groups))


def _number(said: Said) -> NumberLine:
    return NumberLine(
        day=words.stated(said.said_on),
        amount=phrases.quantity(said.figure),
        by=_("source not named") if said.told else said.said_by,
        does=stance_words(said),
        outlets=phrases.listed(said.outlets, _OUTLETS),
    )


def numbers_chart(claim: Claim, series: Sequence[Series], stories: int) -> Chart | None:
    """Return the picture of what a claim counts, told by so many stories, where there are some to compare."""
    pictured = counting(claim, series)
    if sum(len(one.said) for one in pictured) < WORTH:
        return None
    return Chart(figures_svg(claim, pictured, stories), figures_shown(claim, pictured))


def by_week(claim: Claim, told: Sequence[Told]) -> tuple[tuple[WeekLine, ...], Chart | None]:
    """Return the weeks in which a claim was told of, newest first, and their picture where it helps."""
    drawn = weeks([(member, link) for member, link, _event in told])
    busy = [week for week in drawn if week.stories]
    lines = tuple(
        WeekLine(words.day(week.monday), week.supports, week.disputes, week.background)
        for week in reversed(busy[-_WEEKS:])
    )
    if len(busy) < WORTH:
        return lines, None
    return lines, Chart(weeks_svg(claim, drawn), weeks_shown(claim, drawn))


def origins(dossier: Dossier) -> Iterator[OriginLine]:
    """Yield who stands behind the stories of a claim, those behind most of them first."""
    by: defaultdict[tuple[str, bool], list[tuple[Stance, date]]] = defaultdict(list)
    for member, link, _event in dossier.told:
        if not link.suggested:
            said_by = voice(member, dossier.claim, dossier.denials)
            named = said_by, said_by == speaker(member) and is_party(member)
            by[named].append((link.stance, member.story.at.date()))
    ordered = sorted(by.items(), key=lambda each: (-len(each[1]), each[0]))
    for (name, party), said in ordered[:_BODIES]:
        counts = Counter(stance for stance, _day in said)
        days = [day for _stance, day in said]
        yield OriginLine(
            name=name,
            party=party,
            supports=counts[Stance.SUPPORTS],
            disputes=counts[Stance.DISPUTES],
            background=counts[Stance.BACKGROUND],
            first=words.day(min(days)),
            last=words.day(max(days)),
        )
