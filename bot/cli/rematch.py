"""`claimwatch rematch`: what the register and the lexicon of today make of the stories that are kept."""

import asyncio
from collections import Counter
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from bot import parts
from bot.cli.shell import FLAG, AsJson, Bar, Config, parse_since, print_json, progress, screen
from bot.phrases import counted
from bot.rematch import rematch as read_again
from bot.settings import Settings
from claims.clock import utc_now
from claims.matching.prototypes import prototypes_of
from claims.model import Evidence
from claims.rematch import Change, LinkChange
from claims.vectors import Vectors


def rematch(
    ctx: typer.Context,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="Of stories, such as 2026-11-01.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", metavar=FLAG, help="Show, and write nothing.")
    ] = False,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Read kept stories again with today's register and lexicon, and show what changes.

    What somebody judged stays, and so do the alerts: nothing is posted or edited. The bot must be stopped
    meanwhile; a dry run can go beside it.
    """
    settings, moment = ctx.obj.settings(config), parse_since(since)
    with progress("Stories", hidden=screen.is_terminal and not as_json) as bar:
        read, changes = asyncio.run(_changes(settings, moment, bar, write=not dry_run, show=not as_json))
    if as_json:
        rows = [_row(change) for change in changes]
        print_json({"since": since, "read": read, "written": not dry_run, "changes": rows})
    else:
        screen.print(_summary(read, changes, written=not dry_run), markup=False)


async def _changes(
    settings: Settings, since: datetime, bar: Bar, *, write: bool, show: bool
) -> tuple[int, list[Change]]:
    """Return how many stories were read and what changes, each shown as it comes where that is wanted."""
    seeds = parts.read_seeds(settings)
    register = frozenset(claim.id for claim in seeds.claims)
    read, changes = 0, list[Change]()
    with parts.only_one(settings.store.path) if write else nullcontext():
        async with parts.opened_store(settings) as store:
            if write:
                await parts.seed(store, seeds)
            matcher = parts.matcher_of(seeds.claims, tuple(prototypes_of(await store.judged())))
            vectors = Vectors(parts.encoder_of(settings), store, utc_now)
            async for done, of, found in read_again(store, matcher, vectors, register, since, write=write):
                read = done
                changes += found
                for change in found if show else ():
                    screen.print("\n".join(_lines(change)), markup=False)
                bar(done, of)
    return read, changes


def _lines(change: Change) -> list[str]:
    story = change.story
    turned = ["now relevant" if change.now.relevant else "no longer relevant"] if change.relevance else []
    links = [f"{link.claim_id}: {_words(link.before)} -> {_words(link.now)}" for link in change.links]
    head = f"{story.at.astimezone(UTC):%Y-%m-%d}  {story.title}  ({story.source.name}, {story.id})"
    return [head, *(f"            {line}" for line in (*turned, *links))]


def _words(link: Evidence | None) -> str:
    if link is None:
        return "nothing"
    return f"{link.stance}{', suggested' if link.suggested else ''} ({link.score:.2f})"


def _summary(read: int, changes: list[Change], *, written: bool) -> str:
    turns = Counter(change.now.relevant for change in changes if change.relevance)
    links = Counter(_kind(link) for change in changes for link in change.links)
    told = (
        f"{turns[True]} more relevant, {turns[False]} no longer; "
        f"links: {links['new']} new, {links['gone']} gone, {links['other']} otherwise"
    )
    kept = "kept; alerts are as they were" if written else "nothing was written: --dry-run"
    return (
        f"{counted(read, 'story', 'stories')} read again, {len(changes)} tell something else ({told}); {kept}"
    )


def _kind(link: LinkChange) -> str:
    return "new" if link.before is None else "gone" if link.now is None else "other"


def _row(change: Change) -> dict[str, Any]:
    story = change.story
    return {
        "id": story.id,
        "title": story.title,
        "url": story.url,
        "relevant": [change.before.relevant, change.now.relevant],
        "links": [
            {"id": link.claim_id, "before": _link_row(link.before), "now": _link_row(link.now)}
            for link in change.links
        ],
    }


def _link_row(link: Evidence | None) -> dict[str, Any] | None:
    if link is None:
        return None
    return {"stance": link.stance.value, "suggested": link.suggested, "score": link.score}
