"""The site, built into a folder: what changed since the last build is made anew, and nothing else is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path

from bot.language import speaking, spoken
from bot.resources import data
from bot.site import folder
from bot.site.claims_made import make_claims
from bot.site.events_made import make_events, make_search
from bot.site.making import Making, Progress
from bot.site.reading import Archive, archive
from bot.site.rest_made import make_rest
from claims.store import Store
from claims.text import digest_key

_CODE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, in files."""

    written: int
    kept: int
    """They were as they should be."""
    removed: int
    bytes: int
    """Of what was written."""
    largest: int
    """The bytes of the largest file that was written."""


async def build(
    store: Store,
    root: Path,
    *,
    now: datetime,
    workspace: str = "",
    language: str = "en",
    base: str = "",
    progress: Progress = lambda _done, _of: None,
) -> Built:
    """Bring the site in a folder up to date with the store, which a bot may be writing to meanwhile.

    Each page is written whole or not at all, and one that is ended half way goes on from there the next time.

    Args:
        store: all that is kept.
        root: the folder; made where there is none.
        now: the present moment.
        workspace: whose people read it: `""` sees everybody's claims, the console all.
        language: of our own words, ISO 639-1.
        base: the http address where the site will stand, for feed readers; empty where it has none.
        progress: told of each step.

    Raises:
        UsageError: the folder holds other things than a site or that of another workspace, another build is
            under way in it, or it cannot be written to.
        StoreError: the store cannot be read.

    """
    readers = folder.Readers(workspace, language, base.rstrip("/"))
    with folder.opened(root, readers) as into, speaking(language):
        seen = await archive(store, workspace)
        making = Making(seen, into, workspace, readers.base, _maker(seen, workspace, base), progress)
        notes = await make_claims(making)
        events = await make_events(making)
        await make_search(making, events)
        await make_rest(making, notes, events, now)
    return Built(into.written, into.files - into.written, into.removed, into.written_bytes, into.largest)


def _maker(seen: Archive, workspace: str, base: str) -> str:
    said = (f"{key}:{len(each)}:{each[-1].at}" for key, each in sorted(seen.said.items()))
    return digest_key(_program(), spoken(), workspace, base, *said)


@cache
def _program() -> str:
    """Return a text that differs whenever the program does: another one may say the same otherwise."""
    found = blake2b(digest_size=8)
    for path in sources():
        found.update(path.read_bytes())
    return found.hexdigest()


def sources() -> Iterator[Path]:
    """Yield the files that decide what pages say of the same records: the program, and whom names mean."""
    for package in ("bot", "claims"):
        for kind in ("py", "html", "po"):
            yield from sorted((_CODE / package).rglob(f"*.{kind}"))
    yield from sorted(data("seeds/lexicon").rglob("*.toml"))
