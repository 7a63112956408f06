"""How the chain of readers agrees with bare feedparser: `python -m benchmarks.agreement DIR [--show]`.

Every file below the folder that either of them takes for a feed is read by both. Titles are compared as plain
text, links as whole addresses, dates to the second, entry by entry where both found as many. The feeds
themselves are other people's and not kept here: fetch, say, the samples of github.com/kurtmckee/feedparser.
"""

import argparse
import io
import time
from calendar import timegm
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser

from claims.text import one_line, plain_text
from watchers.apart import DEADLINE_SECONDS
from watchers.dates import moment
from watchers.decode import decode
from watchers.document import Document, Entry, ParseError
from watchers.json_feed import read as read_json
from watchers.markup import prepared
from watchers.parse import checked
from watchers.stories import address

ADDRESS = "https://sample.example/feeds/world.xml"
"""Where every document is said to come from."""
PARTS = ("id", "link", "title", "date")


@dataclass
class Tally:
    """What was counted over all files."""

    files: int = 0
    crashes: int = 0
    late: int = 0
    """Over the deadline of the bot's parser."""
    ours: int = 0
    """Entries."""
    theirs: int = 0
    """Entries that bare feedparser found."""
    compared: int = 0
    """Entries of documents in which both found as many."""
    agreed: Counter[str] = field(default_factory=Counter)
    our_seconds: float = 0.0
    their_seconds: float = 0.0


def read(body: bytes) -> Document | None:
    """Return what the chain makes of a document, or None where it says that it is no feed."""
    text = decode(body, None, "en")
    try:
        return read_json(text) if text.lstrip().startswith("{") else checked(prepared(text))
    except ParseError:
        return None


def ours(entry: Entry) -> dict[str, Any]:
    """Return the parts of an entry of the chain, comparable."""
    dates = (stamp for date in entry.dates if (stamp := moment(date)))
    return _parts(entry.guid, address(entry, ADDRESS), entry.title, next(dates, None))


def theirs(entry: Any) -> dict[str, Any]:
    """Return the parts of an entry of feedparser, comparable."""
    keys = ("published_parsed", "updated_parsed", "created_parsed")
    parsed = next((stamp for key in keys if key in entry and (stamp := entry[key])), None)
    date = datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    link = address(Entry(link=entry.get("link", "")), ADDRESS)
    return _parts(entry.get("id", ""), link, entry.get("title", ""), date)


def _parts(guid: str, link: str, title: str, date: datetime | None) -> dict[str, Any]:
    """Return them by name; feedparser takes a guid for an address, and makes it whole."""
    guid = one_line(guid)
    whole = address(Entry(link=guid), ADDRESS) or guid
    return dict(zip(PARTS, (whole, link, plain_text(title), date), strict=True))


def compare(path: Path, tally: Tally) -> Iterator[str]:
    """Read a file by both, count, and yield what differs, a line each."""
    body = path.read_bytes()
    begun = time.perf_counter()
    try:
        document = read(body)
    except Exception as error:  # noqa: BLE001 - a crash is what is counted
        tally.files += 1
        tally.crashes += 1
        yield f"{path}: {type(error).__name__}: {error}"
        return
    seconds = time.perf_counter() - begun
    begun = time.perf_counter()
    other = feedparser.parse(io.BytesIO(body), response_headers={"content-location": ADDRESS})
    their_seconds = time.perf_counter() - begun
    if document is None and not other.entries:
        return
    mine = document.entries if document else ()
    tally.files += 1
    tally.our_seconds += seconds
    tally.their_seconds += their_seconds
    tally.late += seconds > DEADLINE_SECONDS
    tally.ours += len(mine)
    tally.theirs += len(other.entries)
    if len(mine) != len(other.entries):
        yield f"{path}: {len(mine)} entries, feedparser found {len(other.entries)}"
        return
    for number, (left, right) in enumerate(zip(map(ours, mine), map(theirs, other.entries), strict=True)):
        tally.compared += 1
        for part in PARTS:
            tally.agreed[part] += left[part] == right[part]
            if left[part] != right[part]:
                yield f"{path} [{number}] {part}: {left[part]!r}, feedparser has {right[part]!r}"


def main() -> None:
    """Compare all files of a folder and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="print what differs")
    arguments = parser.parse_args()
    tally = Tally()
    for path in sorted(path for path in arguments.folder.rglob("*") if path.is_file()):
        for line in compare(path, tally):
            if arguments.show:
                print(line)
    print(f"files             {tally.files}")
    print(f"crashes           {tally.crashes}")
    print(f"over the deadline {tally.late} ({DEADLINE_SECONDS:g} s)")
    print(f"entries           {tally.ours}, feedparser {tally.theirs}")
    print(f"entries compared  {tally.compared}")
    for part in PARTS:
        print(f"  same {part:12} {tally.agreed[part] / max(tally.compared, 1):.2%}")
    files = max(tally.files, 1)
    print(f"ms a file         {1_000 * tally.our_seconds / files:.2f}, feedparser", end=" ")
    print(f"{1_000 * tally.their_seconds / files:.2f}")


if __name__ == "__main__":
    main()
