"""A happening as what its pages show. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot import lines, phrases
from bot.language import _, spoken
from bot.parts import who
from bot.present import rated
from bot.site import words
from bot.site.views import AlertLine, Anchor, EventPage, Fact, HappeningLine, StoryLine
from claims.changes import readable
from claims.feeds import Wording
from claims.governments import by_government
from claims.independence import Tally, outlet, tally
from claims.model import Alert, Claim, Event, Evidence, Member, Stance, Story
from claims.outgoing import Briefing

STORIES = 150
"""Stories of a page."""
_SUMMARY = 400
"""Characters of a summary; the story itself is at its outlet."""
_OUTLETS = 12
_WORDS = 6
"""Words that made a link."""

Told = tuple[Event, Alert | None, Mapping[str, Sequence[Wording]]]
"""A happening, its alert, and what its stories said before they were edited."""


def event_pages(told: Told, register: Mapping[str, Claim]) -> dict[str, EventPage]:
    """Return by path what the pages of a happening show, one for each `STORIES` of its stories.

    Args:
        told: the happening as whoever reads the page sees it, with a story at least.
        register: the claims that they see, by id.

    """
    event, alert, earlier = told
    starts = range(0, len(event.members), STORIES)
    paths = [_page(event.id, start) for start in starts]
    parts = (
        tuple(Anchor(str(n), page=path) for n, path in enumerate(paths, start=1)) if len(paths) > 1 else ()
    )
    first, headed = event.members[0].story, _best_read(event)
    return {
        path: EventPage(
            id=event.id,
            headline=words.headline(headed),
            day=words.moment(first.at),
            facts=tuple(_facts(event, alert, register)),
            claims=_bears(event.members, register),
            stories=tuple(
                _story(member, register, earlier.get(member.story.id, ()))
                for member in event.members[start : start + STORIES]
            ),
            corrected=lines.corrected(alert.correction) if alert and alert.correction else "",
            parts=parts,
        )
        for path, start in zip(paths, starts, strict=True)
    }


def story_place(event: Event, number: int) -> str:
    """Return where the story that came after so many others of its happening stands: `PAGE#story-ID`."""
    return f"{_page(event.id, number)}#story-{event.members[number].story.id}"


def _page(event_id: str, number: int) -> str:
    part = number // STORIES + 1
    return words.event_page(event_id, str(part) if part > 1 else "")


def happening_line(event: Event, register: Mapping[str, Claim]) -> HappeningLine:
    """Return a happening as it stands in a list."""
    return HappeningLine(
        at=words.day(event.members[0].story.at.date()),
        headline=words.leading(words.headline(_best_read(event)), words.event_page(event.id)),
        claims=_bears(event.members, register),
        told=words.told(_count(event)),
    )


def _best_read(event: Event) -> Story:
    """Return the story of a happening that readers of the site read best."""
    return min(event.members, key=lambda member: readable(member, spoken())).story


def alert_line(briefing: Briefing) -> AlertLine:
    """Return an alert as it stands in a list; its event has a story at least."""
    alert, event = briefing.alert, briefing.event
    lead = next((m for m in event.members if alert.links and m.story.id == alert.links[0].story_id), None)
    told = lead or event.members[0]
    return AlertLine(
        at=words.moment(alert.raised_at),
        kind=alert.reason.value,
        heading=lines.heading(alert.reason),
        headline=words.leading(words.headline(told.story), words.event_page(event.id)),
        claims=tuple((words.claim_anchor(claim), _does(link)) for link, claim in briefing.borne),
        number=lines.moved(alert.change, told.story) if alert.change else "",
        told=words.told(_count(event)),
    )


def _count(event: Event) -> Tally:
    return tally(by_government(event.members, who))


def _facts(event: Event, alert: Alert | None, register: Mapping[str, Claim]) -> Iterator[Fact]:
    count = _count(event)
    counts = [phrases.stories(len(event.members)), phrases.outlets(len(count.outlets))]
    counts += [phrases.families(count.families), phrases.origins(count.independent)]
    yield Fact(_("Told by"), words.plain([phrases.listed(count.outlets, _OUTLETS)]))
    yield Fact(_("Counted"), words.plain(counts))
    sure = (link for member in event.members for link in member.reading.evidence if not link.suggested)
    lead = next((link for link in sure if link.claim_id in register), None)
    if lead:
        yield Fact(_("Rated, by its best outlet"), words.plain([rated(event, lead, register[lead.claim_id])]))
    if alert:
        raised = f"{lines.heading(alert.reason)}, {words.moment(alert.raised_at).words}"
        yield Fact(_("Alert"), words.plain([raised]))
        if alert.change:
            teller = next(
                (m.story for m in event.members if m.story.id == alert.links[0].story_id),
                event.members[0].story,
            )
            yield Fact(_("Number"), words.plain([lines.moved(alert.change, teller)]))


def _bears(members: Sequence[Member], register: Mapping[str, Claim]) -> tuple[tuple[Anchor, str], ...]:
    """Return the claims that stories bear on, and how: more than in passing, where one of them does so."""
    found: dict[str, Evidence] = {}
    for member in members:
        for link in member.reading.evidence:
            kept = found.get(link.claim_id)
            if not link.suggested and (kept is None or kept.stance is Stance.BACKGROUND):
                found[link.claim_id] = link
    return tuple(
        (words.claim_anchor(register[claim_id]), _does(link))
        for claim_id, link in found.items()
        if claim_id in register
    )


def _does(link: Evidence) -> str:
    return lines.leans(link.stance)


def _story(member: Member, register: Mapping[str, Claim], earlier: Sequence[Wording]) -> StoryLine:
    story, reading = member.story, member.reading
    source = story.source
    return StoryLine(
        id=story.id,
        headline=replace(words.headline(story), note=""),
        summary=phrases.shorten(story.summary, _SUMMARY),
        outlet=outlet(story),
        family=source.family if source.family != outlet(story) else "",
        grade=source.reliability.value,
        graded=words.graded(source.reliability),
        state_media=source.state_media,
        at=words.moment(story.at),
        origin=lines.origin(member) if reading.origin else "",
        figures="; ".join(phrases.quantity(figure) for figure in reading.figures),
        links=tuple(
            (Anchor(link.claim_id, page=words.claim_page(link.claim_id)), _why(link))
            for link in reading.evidence
            if link.claim_id in register
        ),
        earlier=tuple(
            (words.moment(wording.replaced_at), wording.title)
            for wording in earlier
            if wording.title != story.title
        ),
    )


def _why(link: Evidence) -> str:
    """Return how a story bears on a claim and the words that say so."""
    does = _("{stance}, suggested for a review").format(stance=_does(link)) if link.suggested else _does(link)
    quoted = [_("“{words}”").format(words=mark.words) for mark in link.why if mark.words]
    because = _("{what}, because of these words: {words}")
    return because.format(what=does, words=phrases.listed(quoted, _WORDS)) if quoted else does
