"""The commands by which people correct the bot: `review` and `verdict`, and the measure of it on that."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from bot import parts
from bot.answers.review import review_card
from bot.cli.answers import ask, change, show
from bot.cli.rows import moment
from bot.cli.shell import AsJson, Config, print_json, screen
from bot.commands.review import KINDS, LISTED, judge
from bot.paging import Page
from bot.settings import Settings
from claims.clock import utc_now
from claims.independence import outlet
from claims.matching.events import WINDOW
from claims.matching.meaning import Encoder
from claims.matching.prototypes import prototypes_of
from claims.matching.reviewed import Reviewed, Share
from claims.matching.reviewed import review as measure
from claims.model import Event, Evidence, Member
from claims.store import Store
from claims.vectors import Vectors
from claims.verdicts import PLACING
from claims.workspaces import CONSOLE

_SHARES = ("told", "suggested", "found", "stance", "relevance", "events")


def review(
    ctx: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=1000, metavar="N", help="How many at most.")] = LISTED,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """List the links that are too unsure to be told and wait for a person, newest first."""
    waiting = ask(ctx.obj.settings(config), lambda store: store.suggestions(limit + 1))
    if as_json:
        print_json([_row(member, link) for member, link in waiting[:limit]])
    else:
        shown = waiting[:limit]
        show(review_card(Page(shown), len(shown), "UTC", more=len(waiting) > limit))


def verdict(
    ctx: typer.Context,
    story: Annotated[str, typer.Argument(metavar="STORY", help="Its id or address, or how one begins.")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of {', '.join(KINDS)}.")],
    right: Annotated[
        str, typer.Option("--is", metavar="ID|STANCE|EVENT", help="What is right in place of what was read.")
    ] = "",
    claim: Annotated[
        str, typer.Option("--claim", metavar="ID", help="Which claim is meant, where it bears on several.")
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.")] = CONSOLE,
    config: Config = None,
) -> None:
    """Say whether a story is linked rightly. The record and what was told of it follow; `undo` takes it back.

    right [--claim ID]; wrong-claim [--claim ID] [--is ID]; not-relevant; wrong-stance --is STANCE [--claim
    ID]; same-event --is EVENT or another of its stories; other-event.
    """
    args = {"story": story, "kind": kind, "is": right, "claim": claim, "by": by}
    show(change(ctx.obj.settings(config), judge, **args))


def evaluate_reviewed(settings: Settings, *, as_json: bool) -> None:
    """Measure the matcher of today on the stories that people judged, and print it."""
    reviewed = ask(settings, lambda store: _measured(store, parts.encoder_of(settings)))
    if as_json:
        shares = {name: asdict(_share(reviewed, name)) for name in _SHARES}
        print_json({"stories": reviewed.stories, **shares})
        return
    table = Table("", "share right", "of", box=None, pad_edge=False)
    for name in _SHARES:
        share = _share(reviewed, name)
        table.add_row(name, "" if share.value is None else f"{share.value:.3f}", str(share.n))
    table.caption = (
        "told, suggested: links that people called right, of those they spoke of;\n"
        "found: of the right links; stance: of those found; events: of the stories that people placed"
    )
    screen.print(table)


def _share(reviewed: Reviewed, name: str) -> Share:
    share: Share = getattr(reviewed, name)
    return share


async def _measured(store: Store, encoder: Encoder | None) -> Reviewed:
    judged = await store.judged()
    matcher = parts.matcher_of(await store.claims(), tuple(prototypes_of(judged)))
    events: dict[str, Event] = {}
    for each in judged:
        if any(said.kind in PLACING for said in each.verdicts):
            near = await store.events_between(each.story.at - WINDOW, each.story.at + WINDOW)
            events |= {event.id: event for event in near}
    others = [member.story for event in events.values() for member in event.members]
    stories = (*(each.story for each in judged), *others)
    readings = {story.id: matcher.read(story) for story in stories}
    vectors = await Vectors(encoder, store, utc_now).of(stories if others else ())

    def group(member: Member, near: Sequence[Event]) -> Event | None:
        return matcher.group(member, near, vectors)

    return measure(judged, readings, tuple(events.values()), group)


def _row(member: Member, link: Evidence) -> dict[str, Any]:
    story = member.story
    return {
        "story": story.id,
        "title": story.title,
        "url": story.url,
        "outlet": outlet(story),
        "lang": story.language,
        "published": moment(story.published_at),
        "claim": link.claim_id,
        "stance": str(link.stance),
        "score": link.score,
        "why": [asdict(mark) for mark in link.why],
    }
