"""All but claims and happenings: what changed, lists, how to read it all, assets, alerts for readers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from bot import phrases
from bot.answers.feeds import worst_first
from bot.answers.history import activity_shown, weeks_span
from bot.charts.svg import activity_svg
from bot.exchange.feeds import ATOM_NAME, RSS_NAME, Channel, Told, atom, rss
from bot.language import _, decimal, full_date
from bot.resources import own_version
from bot.site import lists, words
from bot.site.claims_made import Note
from bot.site.event_page import alert_line, happening_line
from bot.site.making import Making
from bot.site.moves import MOVED
from bot.site.pages import Frame, render
from bot.site.views import NUMBER, Anchor, Chart, Fact, IndexPage, MoveLine
from claims.activity import WEEK, Row, Week
from claims.edition import register_digest
from claims.outgoing import Briefing
from claims.store_archive import EventStamp

_ASSETS = Path(__file__).resolve().parent / "assets"
_NEWEST = 20
"""Alerts, and happenings, on the first page."""
_TOLD = 50
"""Alerts in the feed of alerts."""
_BUSY = 12
"""Claims that most was told of, in the last `_WEEKS` weeks."""
_WEEKS = 12


async def make_rest(
    making: Making, notes: Mapping[str, Note], events: Sequence[EventStamp], now: datetime
) -> None:
    """Bring everything else up to date; what says when it was built only where something changed."""
    briefings = [
        briefing
        for key in await making.seen.store.newest_alerts(_TOLD)
        if (briefing := await making.seen.briefing(key))
    ]
    lines = [notes[claim_id].line for claim_id in making.seen.listed]
    feeds = worst_first(await making.seen.store.feeds())[::-1]
    making.put("index", "", {"index.html": await _index(making, notes, events, briefings)})
    register = lists.register_pages(lines)
    making.put(
        "register", "", {path: _page("register.html", path, page.title, page) for path, page in register}
    )
    shown = lists.feeds_pages(feeds)
    making.put("feeds", "", {path: _page("feeds.html", path, _("Feeds"), page) for path, page in shown})
    making.put("find", "", {"search.html": _page("search.html", "search.html", _("Search"), None)})
    lost = Frame("404.html", _("There is no such page"), home=f"{making.base}/")
    making.put("404", "", {"404.html": render("404.html", lost, None)})
    making.put("assets", "", {f"assets/{path.name}": path.read_bytes() for path in sorted(_ASSETS.iterdir())})
    making.folder.keep_only({*making.names, "about", "alerts"})
    if making.folder.changed or not (making.kept("about", "") and making.kept("alerts", "")):
        revised = await making.seen.store.revised([each.alert.key for each in briefings])
        making.put("about", "", {"about.html": _about(making, len(events), now)})
        making.put("alerts", "", _alerts(making, briefings, revised, now))


def _page(template: str, path: str, title: str, view: object) -> bytes:
    """Return a page that stands at the top; parts of a list stand under its first page."""
    names = {"register.html": _("Register"), "feeds.html": _("Feeds")}
    first = f"{path.partition('/')[0].partition('.')[0]}.html"
    trail = () if path == first else (Anchor(names[first], page=first),)
    return render(template, Frame(path, title, trail), view)


async def _index(
    making: Making, notes: Mapping[str, Note], events: Sequence[EventStamp], briefings: Sequence[Briefing]
) -> bytes:
    newest = [event.id for event in reversed(events[-_NEWEST:])]
    seen = making.seen.seen
    happenings = [each.told[0] async for each in making.seen.happenings(newest) if each.told]
    last = max((week.monday for note in notes.values() for week in note.weeks), default=None)
    rows = _busy(making, notes, last) if last else []
    view = IndexPage(
        numbers=tuple(_moves(making, notes, numbers=True)),
        moves=tuple(_moves(making, notes, numbers=False)),
        alerts=tuple(alert_line(each) for each in briefings[:_NEWEST]),
        happenings=tuple(happening_line(event, seen) for event in happenings),
        busy=tuple(notes[row.claim.id].line for row in rows),
        busy_days=_busy_days(rows) if rows else "",
        busy_chart=Chart(activity_svg(rows), activity_shown(rows)) if rows else None,
        facts=tuple(_facts(making, notes, events)),
    )
    feeds = (
        Anchor("application/atom+xml", page=ATOM_NAME),
        Anchor("application/rss+xml", page=RSS_NAME),
    )
    return render("index.html", Frame("index.html", _("What changed"), feeds=feeds), view)


def _moves(
    making: Making, notes: Mapping[str, Note], *, numbers: bool
) -> list[tuple[MoveLine, tuple[Anchor, ...]]]:
    """Return the newest numbers, or changes of how claims stand, with the claims that each is of."""
    moved: defaultdict[MoveLine, list[Anchor]] = defaultdict(list)
    for claim_id, claim in making.seen.listed.items():
        for step in notes[claim_id].moves:
            if (step.side == NUMBER) is numbers:
                moved[step].append(words.claim_anchor(claim))
    newest = sorted(moved.items(), key=lambda each: each[0].day.iso, reverse=True)[:MOVED]
    return [(step, tuple(claims)) for step, claims in newest]


def _busy(making: Making, notes: Mapping[str, Note], last: date) -> list[Row]:
    """Return the claims that most was told of in the weeks until the last one in which anything was."""
    weeks = [last - WEEK * ago for ago in reversed(range(_WEEKS))]
    rows = []
    for claim_id, claim in making.seen.listed.items():
        told = {week.monday: week for week in notes[claim_id].weeks}
        rows.append(Row(claim, tuple(told.get(monday, Week(monday)) for monday in weeks)))
    busy = sorted((row for row in rows if row.stories), key=lambda row: (-row.stories, row.claim.id))
    return busy[:_BUSY]


def _busy_days(rows: Sequence[Row]) -> str:
    said = _("From {span}: the {count} weeks, Monday to Sunday, up to that of the newest story on a claim.")
    return said.format(span=weeks_span(rows[0].spans), count=decimal(_WEEKS))


def _facts(making: Making, notes: Mapping[str, Note], events: Sequence[EventStamp]) -> Iterator[Fact]:
    yield Fact(_("Holds"), words.plain(_holds(making, len(events))))
    days = [event.began_at.date() for event in events]
    days += [date.fromisoformat(note.line.last.iso) for note in notes.values() if note.line.last]
    if days:
        span = phrases.spanned(full_date(min(days)), full_date(max(days)))
        yield Fact(_("Stories published"), words.plain([span]))


def _holds(making: Making, events: int) -> list[str]:
    return [phrases.claims(len(making.seen.listed)), phrases.happenings(events)]


def _about(making: Making, events: int, now: datetime) -> bytes:
    """Return how to read the site, and what it was built from, by the digest that exports name too."""
    register = register_digest(making.seen.listed.values())
    view = lists.about_page(now, register, _holds(making, events))
    return render("about.html", Frame("about.html", _("How to read this")), view)


def _alerts(
    making: Making, briefings: Sequence[Briefing], revised: Mapping[str, datetime], now: datetime
) -> dict[str, bytes]:
    """Return the newest alerts for feed readers."""
    base = making.base
    told = [
        Told(
            each,
            revised.get(each.alert.key),
            f"{base}/{words.event_page(each.event.id)}" if base else "",
        )
        for each in briefings
    ]
    channel = Channel(
        name="alerts",
        title=_("Claimwatch: alerts"),
        about=_("What was told of tracked claims, the newest first."),
        updated_at=now,
        home=f"{base}/index.html" if base else "",
        own=f"{base}/{ATOM_NAME}" if base else "",
    )
    made_by = own_version()
    own = replace(channel, own=f"{base}/{RSS_NAME}" if base else "")
    return {ATOM_NAME: atom(told, channel, made_by), RSS_NAME: rss(told, own, made_by)}
