"""What we answer to "why": what became of a story and on which words, as a card. Pure, like `bot.present`."""

from collections.abc import Collection, Iterable, Sequence

from bot import phrases
from bot.card import Card, Field, Line
from bot.language import _, ngettext
from bot.lines import bearing, chain, channel, filled, heading, joined, moment, stance_words
from bot.reasons import reason_line
from bot.recognised import marked, words_of
from bot.said import kind_words, who
from claims.independence import outlet, tally
from claims.inquiry import Inquiry
from claims.matching.matcher import Ranked
from claims.model import Alert, Event, Evidence, Reading, Reason, Story
from claims.outgoing import Account, Delivery, DeliveryState
from claims.reckoning import TOLD
from claims.rematch import Change, LinkChange
from claims.verdicts import Verdict, VerdictKind, standing
from claims.why import Today, attached

NEAREST = 3
"""How many of the nearest claims are shown."""
_HEADLINE = 100
_WORDS = 6
_FIGURES = 4
_HEADLINES = 2


def account_card(
    account: Account,
    now: Today,
    languages: Collection[str],
    timezone: str,
    workspace: str,
    others: Sequence[Account] = (),
) -> Card:
    """Return what became of a story: what was decided, at which step it stopped, and on which words.

    Args:
        account: what became of it.
        now: the story as the matcher of today reads it.
        languages: the codes of those that are read.
        timezone: IANA name of the zone in which moments are written.
        workspace: whose people read it.
        others: the stories of other feeds at the same address.

    """
    story, read = account.member.story, account.member.reading
    known = read.language in languages
    unread = account.reason is Reason.IRRELEVANT and not known
    marks = [mark for link in read.evidence for mark in link.why]
    marks = marks or [mark for candidate in now.nearest[:1] for mark in candidate.why]
    title, text = marked(story, marks)
    told, said = account.reason in TOLD, standing(account.verdicts)
    figures = [phrases.quantity(figure) for figure in read.figures]
    pairs: list[tuple[str, str | Line]] = [
        (_("Headline"), title),
        (_("Headline before"), _before(account, timezone)),
        (_("Text"), text),
        (_("From"), _from(story, timezone)),
        (_("Language"), _language(read.language, languages)),
        (_("Relevance"), _relevance(read, now, said, workspace) if known else ""),
        *((_("Bears on"), _bears(link, said, workspace)) for link in read.evidence),
        (_("Figures"), phrases.listed(figures, _FIGURES, between="; ")),
        (_("Origin"), chain(read.origin) if read.origin else ""),
        (_("Event"), _event(account.event) if account.event else ""),
        (_("Alert"), _alert(account.alert, timezone) if account.alert else ""),
        *((_("Told"), _delivered(each, timezone)) for each in account.deliveries),
        *((_("Nearest"), _nearest(each)) for each in (() if attached(read) else now.nearest[:NEAREST])),
        (_("Judged"), joined([_judged(verdict, timezone, workspace) for verdict in said], "; ")),
        *((_("Second opinion"), _opinion(inquiry)) for inquiry in account.opinions),
        (_("Today"), _("is not read again: it was judged") if account.settled else _today(now.change)),
        *((_("Also kept"), f"{each.member.story.id}, {outlet(each.member.story)}") for each in others),
    ]
    return Card(
        heading=_("WHY · TOLD") if told else _("WHY · NOT TOLD"),
        title=_("Not told: it is in no language that we read") if unread else _says(account.reason),
        url=story.url or None,
        fields=tuple(Field(n, (v,) if isinstance(v, str) else v) for n, v in pairs if v),
        footer=_("Story {id}").format(id=story.id),
    )


def _says(reason: Reason | None) -> str:
    if reason is None:
        return _("What was decided was not written down when it came")
    return {
        Reason.NEW_EVENT: _("Told: the event was new, or a further claim that it bears on"),
        Reason.NEW_FIGURE: _("Told: it gives a figure that had not been heard"),
        Reason.DENIAL: _("Told: somebody denies"),
        Reason.ANOTHER_OUTLET: _("Told: another outlet joined an alert, which was edited"),
        Reason.BACKLOG: _("Not told: it was there at the first visit to its feed, or in an archive"),
        Reason.IRRELEVANT: _("Not told: it is not of the matter"),
        Reason.NO_CLAIM: _("Not told: it is of the matter, but fits no claim"),
        Reason.SUGGESTED_ONLY: _("Not told: too unsure, it waits for somebody's review"),
        Reason.BACKGROUND_ONLY: _("Not told: it mentions claims in passing only"),
        Reason.WITHDRAWN: _("Told, and withdrawn on somebody's word"),
        Reason.ALREADY_TOLD: _("Not told again: its event was told, and it adds nothing"),
    }[reason]


def _from(story: Story, timezone: str) -> str:
    words = _("{outlet}, {day}; seen {moment}")
    if story.revisions:
        words = ngettext(
            "{outlet}, {day}; seen {moment}, revised {count} time",
            "{outlet}, {day}; seen {moment}, revised {count} times",
            story.revisions,
        )
    return words.format(
        outlet=outlet(story),
        day=phrases.date(story.at, timezone),
        moment=phrases.clock(story.seen_at, timezone, beside=story.seen_at),
        count=story.revisions,
    )


def _before(account: Account, timezone: str) -> str:
    """Return the headlines that a story had before, the last one first."""
    said: dict[str, str] = {}
    for wording in reversed(account.earlier):
        until = phrases.clock(wording.replaced_at, timezone, beside=wording.replaced_at)
        title = phrases.shorten(wording.title, _HEADLINE)
        said.setdefault(wording.title, _("{headline} (until {moment})").format(headline=title, moment=until))
    said.pop(account.member.story.title, None)
    return phrases.listed(list(said.values()), _HEADLINES, between="; ")


def _language(code: str, languages: Collection[str]) -> str:
    if code in languages:
        return phrases.language(code)
    read = ", ".join(phrases.language(each) for each in sorted(languages))
    return _("{language}: we read {languages}").format(language=phrases.language(code), languages=read)


def _relevance(read: Reading, now: Today, verdicts: Sequence[Verdict], workspace: str) -> str | Line:
    score = f"{read.score:.2f}"
    if read.relevant:
        return _("of the matter ({score})").format(score=score)
    said = next((each for each in verdicts if each.kind is VerdictKind.NOT_RELEVANT), None)
    if said:
        person = who(said.person, said.workspace, workspace)
        return filled(_("not of the matter, as {person} judged"), person=person)
    near = now.matter
    if near is None:
        return _("not of the matter ({score}): it has no word of it").format(score=score)
    words = (
        _("not of the matter ({score}); nearest: {near}, lacks {words}")
        if near.missing
        else _("not of the matter ({score}); nearest: {near}, too weakly")
    )
    return words.format(score=score, near=near.name, words=_groups(near.missing))


def _groups(missing: Iterable[tuple[str, ...]]) -> str:
    return _("; and ").join(words_of(group) for group in missing)


def _bears(link: Evidence, verdicts: Sequence[Verdict], workspace: str) -> Line:
    score = f"{link.score:.2f}"
    if link.suggested:
        score = _("{score}, only suggested").format(score=score)
    sure: Line = (score,)
    if link.judge:
        theirs = next((said.workspace for said in verdicts if said.person == link.judge), None)
        judge = who(link.judge, theirs, workspace)
        sure = filled(_("{score}, as {judge} judged"), score=score, judge=judge)
    why = " · ".join(mark.words for mark in link.why)
    return (f"{bearing(link.stance, link.claim_id)} (", *sure, f"): {why}" if why else ")")


def _nearest(candidate: Ranked) -> str:
    words = (
        _("{claim} ({score}): lacks {missing}; has {words}")
        if candidate.missing
        else _("{claim} ({score}): lacks nothing; has {words}")
    )
    return words.format(
        claim=candidate.claim_id,
        score=f"{candidate.score:.2f}",
        missing=_groups(candidate.missing),
        words=" · ".join(mark.words for mark in candidate.why[:_WORDS]) or _("no word of its own"),
    )


def _event(event: Event) -> str:
    return _("{event}: {stories} of {families}").format(
        event=event.id,
        stories=phrases.stories(len(event.members)),
        families=phrases.families(tally(event.members).families),
    )


def _alert(alert: Alert, timezone: str) -> str:
    words = (
        _("{reason} on {claims}, raised {moment}: {headline}")
        if alert.links
        else _("{reason}, raised {moment}: {headline}")
    )
    return words.format(
        reason=heading(alert.reason),
        claims=", ".join(link.claim_id for link in alert.links),
        moment=phrases.clock(alert.raised_at, timezone, beside=alert.raised_at),
        headline=phrases.shorten(alert.headline, _HEADLINE),
    )


def _delivered(delivery: Delivery, timezone: str) -> Line:
    """Return what became of the alert at one destination, and why."""
    words = {
        DeliveryState.PENDING: _("{where}: waits to be posted. {why}"),
        DeliveryState.SENDING: _("{where}: is being posted. {why}"),
        DeliveryState.SENT: _("{where}: posted."),
        DeliveryState.FAILED: _("{where}: given up. {why}"),
        DeliveryState.HELD: _("{where}: in the digest, not posted. {why}"),
        DeliveryState.FILTERED: _("{where}: not posted. {why}"),
    }
    said = words[delivery.state]
    at = delivery.posted_at if delivery.state is DeliveryState.SENT else delivery.next_try_at
    if at and delivery.state is DeliveryState.PENDING:
        said = _("{where}: waits, due {moment}. {why}")
    elif at and delivery.state is DeliveryState.SENT:
        said = _("{where}: posted {moment}.")
    why = reason_line(delivery.error or delivery.reason)
    if not why:
        said = said.replace("{why}", "").strip()
    when = moment(at, timezone, beside=at) if at else ""
    return filled(said, where=channel(delivery.destination), moment=when, why=why)


def _judged(verdict: Verdict, timezone: str, workspace: str) -> Line:
    stance = stance_words(verdict.stance) if verdict.stance else ""
    named = ", ".join(filter(None, (verdict.claim_id, verdict.right_claim, stance, verdict.event_id)))
    words = _("{verdict} ({named}) by {person}, {day}") if named else _("{verdict} by {person}, {day}")
    return filled(
        words,
        verdict=kind_words(verdict.kind),
        named=named,
        person=who(verdict.person, verdict.workspace, workspace),
        day=phrases.date(verdict.at, timezone),
    )


def _opinion(inquiry: Inquiry) -> str:
    return f"{inquiry.model}: {'; '.join(inquiry.changed)}"


def _today(change: Change | None) -> str:
    if change is None:
        return _("reads the same")
    turned = []
    if change.relevance:
        turned.append(_("of the matter") if change.now.relevant else _("not of the matter"))
    turned += [_turned(link) for link in change.links]
    return _("would read otherwise: {changes}").format(changes="; ".join(turned))


def _turned(link: LinkChange) -> str:
    if link.now is None:
        return _("no longer bears on {claim}").format(claim=link.claim_id)
    words = _("{bears} (suggested, {score})") if link.now.suggested else _("{bears} ({score})")
    return words.format(bears=bearing(link.now.stance, link.claim_id), score=f"{link.now.score:.2f}")
