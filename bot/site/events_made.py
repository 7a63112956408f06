"""The pages of happenings, those made anew of which something changed, and the index of what is searched."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from datetime import datetime
from operator import itemgetter

from bot.phrases import listed, unit_name
from bot.site import words
from bot.site.event_page import event_pages, story_place
from bot.site.making import Making
from bot.site.pages import Frame, render
from bot.site.search import Entry, Kind, Part, directory_file, part_files, spans
from claims.independence import outlet
from claims.model import Claim, Event
from claims.store_archive import EventStamp
from claims.text import digest_key

_OUTLETS = 6
"""Outlets that are named beside a happening that was found."""


async def make_events(making: Making) -> list[EventStamp]:
    """Bring the pages of all happenings up to date; return those that are seen, by when they began."""
    events = await making.seen.store.event_stamps()
    # What claims say stands on the pages of what bears on them, and denials are graded otherwise; the
    # manifest does not name claims.
    stated = {digest_key(each.id): f"{each.statement} {each.denial}" for each in making.seen.seen.values()}

    def stamp(of: EventStamp, borne: Iterable[str]) -> str:
        return digest_key(making.maker, of.stamp, *(stated.get(key, "") for key in borne))

    stale = {}
    for each in events:
        unit = making.folder.units.get(_unit(each))
        if unit is None or not making.kept(_unit(each), stamp(each, unit.note)):
            stale[each.id] = each
    making.expect(len(stale))
    register = making.seen.seen
    async for happening in making.seen.happenings(list(stale)):
        each = stale[happening.id]
        borne = sorted(digest_key(claim_id) for claim_id in happening.bears_on)
        files = {}
        if happening.told:
            for path, view in event_pages(happening.told, register).items():
                files[path] = render("event.html", Frame(path, view.headline.words), view)
        await making.step(_unit(each), stamp(each, borne), files, borne)
    units = making.folder.units
    return [each for each in events if _unit(each) in making.names and units[_unit(each)].files]


def _unit(event: EventStamp) -> str:
    return f"event:{event.id}"


# ---- what is searched --------------------------------------------------------------------------------


async def make_search(making: Making, events: Sequence[EventStamp]) -> None:
    """Bring the index of the claims that are seen and of these happenings up to date, part by part."""
    parts = [*_claims(making), *[part async for part in _events(making, events)]]
    path, content = directory_file(parts)
    making.put("search", digest_key(making.maker), {path: content})


def _units(claim: Claim) -> list[str]:
    """Return what a claim's numbers count, in the language of the site: its own words are English."""
    return [unit_name(figure.unit) for figure in claim.figures]


def _claims(making: Making) -> list[Part]:
    claims = making.seen.seen.values()
    entries = [
        Entry(
            url=words.claim_page(claim.id),
            title=claim.statement,
            words=" ".join(
                (claim.id, *claim.items, *claim.places, *claim.vessels, *claim.tags, *_units(claim))
            ),
            day=None,
            note=words.said(claim),
        )
        for claim in sorted(claims, key=lambda each: each.said_on.first(), reverse=True)
    ]
    return (
        [_put(making, Kind.CLAIM, "", entries, digest_key(making.maker, *map(repr, claims)))]
        if entries
        else []
    )


async def _events(making: Making, events: Sequence[EventStamp]) -> AsyncIterator[Part]:
    """Yield the parts of happenings; those with no change are not read."""
    days = Counter(event.began_at.date() for event in events)
    of_span: defaultdict[str, list[EventStamp]] = defaultdict(list)
    known = set(spans(days))
    for event in reversed(events):
        day = event.began_at.date().isoformat()
        of_span[next(day[:length] for length in (0, 4, 7, 10) if day[:length] in known)].append(event)
    for span, some in of_span.items():
        stamp = digest_key(making.maker, *(each.stamp for each in some), *(each.id for each in some))
        units = [_search_unit(kind, span) for kind in (Kind.EVENT, Kind.STORY)]
        if all(making.kept(unit, stamp) for unit in units):
            for unit in units:
                yield _part(making.folder.units[unit].note)
            continue
        told, stories = await _entries(making, some)
        yield _put(making, Kind.EVENT, span, told, stamp)
        yield _put(making, Kind.STORY, span, stories, stamp)


async def _entries(making: Making, events: Iterable[EventStamp]) -> tuple[list[Entry], list[Entry]]:
    """Return happenings by their first headlines, and their other stories, the newest first."""
    told: list[Entry] = []
    dated: list[tuple[datetime, Entry]] = []
    async for happening in making.seen.happenings([event.id for event in events]):
        if happening.told:
            event = happening.told[0]
            told.append(_first(event))
            dated += [
                (story.at, Entry(story_place(event, number), story.title, "", story.at.date(), outlet(story)))
                for number, story in enumerate(member.story for member in event.members)
                if number
            ]
    return told, [entry for _, entry in sorted(dated, key=itemgetter(0), reverse=True)]


def _first(event: Event) -> Entry:
    story = event.members[0].story
    outlets = list(dict.fromkeys(outlet(member.story) for member in event.members))
    named = listed(outlets, _OUTLETS)
    return Entry(words.event_page(event.id), story.title, " ".join(outlets), story.at.date(), named)


def _put(making: Making, kind: Kind, span: str, entries: Collection[Entry], stamp: str) -> Part:
    part, files = part_files(kind, span, entries)
    note = [part.kind, part.span, part.entries, list(part.starts)]
    making.put(_search_unit(kind, span), stamp, files, note)
    return part


def _part(note: Sequence[object]) -> Part:
    kind, span, entries, starts = note
    return Part(Kind(kind), span, entries, tuple(starts))  # type: ignore[arg-type]  # as `_put` wrote it


def _search_unit(kind: Kind, span: str) -> str:
    return f"search:{kind}-{span}"
