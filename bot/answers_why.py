"""What we answer to "why": what became of a story and on which words, as a card. Pure, like `bot.present`."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from bot import phrases
from bot.card import Card, Field, Line, Marked
from bot.language import _
from claims.independence import outlet, tally
from claims.inquiry import Inquiry
from claims.matching.matcher import Ranked
from claims.model import Alert, Event, Evidence, Mark, Reading, Reason, Stance, Story
from claims.outgoing import Account, Delivery, DeliveryState
from claims.reckoning import TOLD
from claims.rematch import Change
from claims.verdicts import Verdict, VerdictKind, standing
from claims.why import Today, attached, placed

NEAREST = 3
"""How many of the nearest claims are shown."""
_TEXT = 1_500
_HEADLINE = 100
_WORDS = 6
_CONCEPTS = 4
_FIGURES = 4
_HEADLINES = 2

_BEARS = {Stance.SUPPORTS: "supports", Stance.DISPUTES: "disputes", Stance.BACKGROUND: "background to"}
_SAYS = {
    Reason.NEW_EVENT: "Told: the event was new, or a further claim that it bears on",
    Reason.NEW_FIGURE: "Told: it gives a figure that had not been heard",
    Reason.DENIAL: "Told: somebody denies",
    Reason.ANOTHER_OUTLET: "Told: another outlet joined an alert, which was edited",
    Reason.BACKLOG: "Not told: it was there at the first visit to its feed, or in an archive",
    Reason.IRRELEVANT: "Not told: it is not of the matter",
    Reason.NO_CLAIM: "Not told: it is of the matter, but fits no claim",
    Reason.SUGGESTED_ONLY: "Not told: too unsure, it waits for somebody's review",
    Reason.BACKGROUND_ONLY: "Not told: it mentions claims in passing only",
    Reason.WITHDRAWN: "Told, and withdrawn on somebody's word",
    Reason.ALREADY_TOLD: "Not told again: its event was told, and it adds nothing",
}
_UNREAD = "Not told: it is in no language that we read"
_SETTLED = "is not read again: it was judged"
_UNKNOWN = "What was decided was not written down when it came"


def account_card(
    account: Account, now: Today, languages: Collection[str], timezone: str, others: Sequence[Account] = ()
) -> Card:
    """Return what became of a story: what was decided, at which step it stopped, and on which words.

    Args:
        account: what became of it.
        now: the story as the matcher of today reads it.
        languages: the codes of those that are read.
        timezone: IANA name of the zone in which moments are written.
        others: the stories of other feeds at the same address.

    """
    story, read = account.member.story, account.member.reading
    known = read.language in languages
    unread = account.reason is Reason.IRRELEVANT and not known
    marks = [mark for link in read.evidence for mark in link.why]
    marks = marks or [mark for candidate in now.nearest[:1] for mark in candidate.why]
    title, text = marked(story, marks)
    told = account.reason in TOLD
    pairs: list[tuple[str, str | Line]] = [
        ("Headline", title),
        ("Headline before", _before(account, timezone)),
        ("Text", text),
        ("From", _from(story, timezone)),
        ("Language", f"{phrases.language(read.language)}{'' if known else ': ' + _read(languages)}"),
        ("Relevance", _relevance(read, now, standing(account.verdicts)) if known else ""),
        *(("Link", _bears(link)) for link in read.evidence),
        ("Figures", phrases.listed([phrases.quantity(f) for f in read.figures], _FIGURES, between="; ")),
        ("Origin", read.origin.text if read.origin else ""),
        ("Event", _event(account.event) if account.event else ""),
        ("Alert", _alert(account.alert, timezone) if account.alert else ""),
        *(("Told", _delivered(each, timezone)) for each in account.deliveries),
        *(("Nearest", _nearest(each)) for each in (() if attached(read) else now.nearest[:NEAREST])),
        ("Judged", "; ".join(_judged(verdict, timezone) for verdict in standing(account.verdicts))),
        *(("Second opinion", _opinion(inquiry)) for inquiry in account.opinions),
        ("Today", _SETTLED if account.settled else _today(now.change)),
        *(("Also kept", f"{each.member.story.id}, {outlet(each.member.story)}") for each in others),
    ]
    return Card(
        heading=f"WHY · {'TOLD' if told else 'NOT TOLD'}",
        title=_UNREAD if unread else _SAYS[account.reason] if account.reason else _UNKNOWN,
        url=story.url or None,
        fields=tuple(Field(n, (v,) if isinstance(v, str) else v) for n, v in pairs if v),
        footer=f"Story {story.id}",
    )


def words_of(group: Iterable[str]) -> str:
    """Return a group of concepts, any of which will do, in words: `arms or shells or “rason”`."""
    return phrases.listed([name(concept) for concept in group], _CONCEPTS, between=" or ")


def name(concept: str) -> str:
    """Return a concept in words; a word that only a claim brings stands in quotes."""
    before, of_claim, word = concept.partition("term: ")
    return f"“{word}”" if of_claim and not before else concept


def marked(story: Story, marks: Collection[Mark]) -> tuple[Line, Line]:
    """Return headline and text with the marked words in place; words that touch are marked as one."""
    joined: list[tuple[int, int]] = []
    for mark in placed(story, marks):
        if joined and joined[-1][1] == mark.start:
            joined[-1] = (joined[-1][0], mark.end)
        else:
            joined.append((mark.start, mark.end))
    head = len(story.title)
    text = story.text
    end = min(len(text), head + 1 + _TEXT)
    rest = tuple(_spans(text, joined, head + 1, end))
    return tuple(_spans(text, joined, 0, head)), (*rest, "…") if end < len(text) else rest


def _spans(text: str, marks: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[str | Marked]:
    at = start
    for first, last in marks:
        if start <= first and last <= end:
            if text[at:first]:
                yield text[at:first]
            yield Marked(text[first:last])
            at = last
    if text[at:end]:
        yield text[at:end]


def _from(story: Story, timezone: str) -> str:
    seen = phrases.clock(story.seen_at, timezone, beside=story.seen_at)
    revised = f", revised {phrases.told(story.revisions, 'time')}" if story.revisions else ""
    return f"{outlet(story)}, {phrases.date(story.at, timezone)}; seen {seen}{revised}"


def _before(account: Account, timezone: str) -> str:
    """Return the headlines that a story had before, the last one first."""
    said: dict[str, str] = {}
    for wording in reversed(account.earlier):
        until = phrases.clock(wording.replaced_at, timezone, beside=wording.replaced_at)
        said.setdefault(wording.title, f"{phrases.shorten(wording.title, _HEADLINE)} (until {until})")
    said.pop(account.member.story.title, None)
    return phrases.listed(list(said.values()), _HEADLINES, between="; ")


def _read(languages: Collection[str]) -> str:
    return f"we read {', '.join(phrases.language(code) for code in sorted(languages))}"


def _relevance(read: Reading, now: Today, verdicts: Sequence[Verdict]) -> str:
    if read.relevant:
        return f"of the matter ({read.score:.2f})"
    said = next((each for each in verdicts if each.kind is VerdictKind.NOT_RELEVANT), None)
    if said:
        return f"not of the matter, as {said.person} judged"
    near = now.matter
    if near is None:
        return f"not of the matter ({read.score:.2f}): it has no word of it"
    lacks = f", lacks {_groups(near.missing)}" if near.missing else ", too weakly"
    return f"not of the matter ({read.score:.2f}); nearest: {near.name}{lacks}"


def _groups(missing: Iterable[tuple[str, ...]]) -> str:
    return "; and ".join(words_of(group) for group in missing)


def _bears(link: Evidence) -> str:
    unsure = ", only suggested" if link.suggested else ""
    judge = f", as {link.judge} judged" if link.judge else ""
    why = " · ".join(mark.words for mark in link.why)
    said = f"{_BEARS[link.stance]} {link.claim_id} ({link.score:.2f}{unsure}{judge})"
    return f"{said}: {why}" if why else said


def _nearest(candidate: Ranked) -> str:
    has = " · ".join(mark.words for mark in candidate.why[:_WORDS])
    lacks = f"lacks {_groups(candidate.missing)}" if candidate.missing else "lacks nothing"
    return f"{candidate.claim_id} ({candidate.score:.2f}): {lacks}; has {has or 'no word of its own'}"


def _event(event: Event) -> str:
    count = tally(event.members)
    stories = phrases.counted(len(event.members), "story", "stories")
    return f"{event.id}: {stories} of {phrases.counted(count.families, 'family', 'families')}"


def _alert(alert: Alert, timezone: str) -> str:
    raised = phrases.clock(alert.raised_at, timezone, beside=alert.raised_at)
    reads = alert.reason.value.replace("-", " ").upper()
    claims = ", ".join(link.claim_id for link in alert.links)
    on = f" on {claims}" if claims else ""
    return f"{reads}{on}, raised {raised}: {phrases.shorten(alert.headline, _HEADLINE)}"


def _delivered(delivery: Delivery, timezone: str) -> str:
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
        said = _("{where}: waits until {moment}. {why}")
    elif at and delivery.state is DeliveryState.SENT:
        said = _("{where}: posted {moment}.")
    moment = phrases.clock(at, timezone, beside=at) if at else ""
    return said.format(
        where=delivery.destination, why=delivery.error or delivery.reason, moment=moment
    ).strip()


def _judged(verdict: Verdict, timezone: str) -> str:
    named = ", ".join(filter(None, (verdict.claim_id, verdict.right_claim, verdict.stance, verdict.event_id)))
    of = f" ({named})" if named else ""
    return f"{verdict.kind}{of} by {verdict.person}, {phrases.date(verdict.at, timezone)}"


def _opinion(inquiry: Inquiry) -> str:
    return f"{inquiry.model}: {'; '.join(inquiry.changed)}"


def _today(change: Change | None) -> str:
    if change is None:
        return "reads the same"
    turned = ["of the matter" if change.now.relevant else "not of the matter"] if change.relevance else []
    links = [
        f"{_BEARS[link.now.stance]} {link.claim_id} ({'suggested, ' if link.now.suggested else ''}"
        f"{link.now.score:.2f})"
        if link.now
        else f"no longer bears on {link.claim_id}"
        for link in change.links
    ]
    return f"would read otherwise: {'; '.join([*turned, *links])}"
