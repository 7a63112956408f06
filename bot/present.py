"""What we tell, as cards: an alert, an error. Digests are in `bot.digest_card`, answers in `bot.answers`.

Pure: a record in, a card out, and no platform is known here.
"""

from bot import grades, lines
from bot.card import Card, Line, Tone
from bot.development_card import gist
from bot.language import _, ngettext
from bot.mistakes import mistake_words
from bot.said import judge
from claims.admiralty import best, credibility
from claims.errors import UsageError
from claims.independence import support, tally
from claims.model import Alert, Claim, Event, Evidence, Reason
from claims.outgoing import Briefing, Development

# How many outlets a card names before `+3`, so that it fits the screen of a phone.
_OUTLETS = 3
# ---- an alert ----------------------------------------------------------------------------------------


def alert_card(briefing: Briefing, timezone: str, latest: Development | None = None) -> Card:
    """Return an alert as it stands now: what changed, who said it, who tells it, how far to trust it.

    Args:
        briefing: the alert.
        timezone: the IANA name of the zone in which moments are written.
        latest: what was last told under the message, or None where nothing was.

    """
    alert, event = briefing.alert, briefing.event
    if not alert.links:
        return _withdrawn_card(alert)
    lead, *further = alert.links
    member = next((m for m in event.members if m.story.id == lead.story_id), event.members[0])
    is_number = alert.reason is Reason.NEW_FIGURE and alert.change is not None
    title = lines.moved(alert.change, member.story) if is_number and alert.change else alert.headline
    return Card(
        heading=f"{_heading(alert)} · {lines.bears(lead)}",
        title=title,
        url=member.story.url or None,
        tone=lines.TONES.get(alert.reason, Tone.NEWS),
        fields=lines.fields(
            (_("Latest"), _latest(latest, briefing, timezone)),
            (_("Corrected") if _takes_back(alert) else _("Edited"), _corrected(alert, event)),
            (_("Claim"), lines.statement(briefing.claims[0])),
            (_("Also bears on"), ", ".join(lines.bears(link) for link in further)),
            (_("Figure"), lines.number(alert.change, member)),
            (_("Origin"), lines.origin(member)),
            (_("Told by"), _told_by(event)),
            (_("Rated"), rated(event, lead, briefing.claims[0])),
            (_("Published"), lines.published(member.story, timezone)),
            (_("Link"), lines.link(member.story, title)),
            (_("Why"), " · ".join(mark.words for mark in lead.why)),
            (_("Judged by"), "; ".join(_judged(link) for link in alert.links if link.judge)),
        ),
    )


def _withdrawn_card(alert: Alert) -> Card:
    return Card(
        heading=lines.heading(Reason.WITHDRAWN),
        title=alert.headline,
        lines=((lines.withdrawn(by_outlet=alert.correction is not None),),),
    )


def _heading(alert: Alert) -> str:
    reason = lines.heading(alert.reason)
    return _("CORRECTED · {reason}").format(reason=reason) if _takes_back(alert) else reason


def _takes_back(alert: Alert) -> bool:
    return alert.correction is not None and alert.correction.takes_back


def _latest(latest: Development | None, briefing: Briefing, timezone: str) -> Line:
    if latest is None:
        return ()
    at = lines.moment(latest.at, timezone, beside=briefing.alert.raised_at)
    return lines.filled(_("{what}, {moment}: told below"), what=gist(latest, briefing.event), moment=at)


def _corrected(alert: Alert, event: Event) -> str:
    """Return what an outlet changed in a story that was told, and which."""
    if alert.correction is None:
        return ""
    what, by = lines.corrected(alert.correction), lines.teller(event, alert.correction.story_id)
    return _("{what}, by {teller}").format(what=what, teller=by) if by else what


def _judged(link: Evidence) -> str:
    return f"{judge(link.judge or '')}, {lines.bears(link)}"


def _told_by(event: Event) -> str:
    """Return who tells it: `Sample Herald, also Sample Post, Sample Wire +2; 1 independent`."""
    count = tally(event.members)
    state = {m.story.source.name for m in event.members if m.story.source.state_media}
    first, *others = (
        _("{outlet} (state media)").format(outlet=name) if name in state else name for name in count.outlets
    )
    if not others:
        return _("{outlet} alone").format(outlet=first)
    # The last one is always named: an edit shows who joined.
    named = others if len(others) < _OUTLETS else [*others[: _OUTLETS - 2], others[-1]]
    also = ", ".join(named)
    if len(named) < len(others):
        also = _("{outlets} +{left}").format(outlets=also, left=len(others) - len(named))
    return ngettext(
        "{outlet}, also {others}; {count} independent origin",
        "{outlet}, also {others}; {count} independent origins",
        count.independent,
    ).format(outlet=first, others=also, count=count.independent)


def rated(event: Event, lead: Evidence, claim: Claim) -> str:
    """Return the Admiralty grade of what a happening says of a claim: `B3: usually reliable, …`."""
    reliability = best(tuple(m.story.source.reliability for m in event.members))
    behind = support(event.members, lead, denial=claim.denial)
    information = credibility(behind.independent, disputed=behind.disputed)
    return _("{code}: {source}, {information}").format(
        code=f"{reliability.value}{information.value}",
        source=grades.reliability(reliability),
        information=grades.credibility(information),
    )


# ---- trouble -----------------------------------------------------------------------------------------


def error_card(error: Exception) -> Card:
    """Return what the asker can mend: the first line of the error as the title, the others below."""
    title, *lines = mistake_words(str(error)).splitlines() or [_("That did not work")]
    wrong = error.wrong if isinstance(error, UsageError) else {}
    wrong = {name: mistake_words(words) for name, words in wrong.items()}
    return Card(title=title, lines=tuple((line,) for line in lines), tone=Tone.TROUBLE, wrong=wrong)
