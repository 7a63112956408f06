"""The pages of claims, those made anew of which something changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.language import _
from bot.site import words
from bot.site.dossier_page import claim_line, claim_pages
from bot.site.making import Making
from bot.site.moves import moves
from bot.site.pages import Frame, render
from bot.site.views import Anchor, ClaimLine, MoveLine, Stamp
from claims.activity import Week, weeks
from claims.dossier import Dossier
from claims.model import Claim
from claims.text import digest_key

_WEEKS = 26
"""Of which the activity is kept beside a page, so that the first page can show it."""


@dataclass(frozen=True, slots=True)
class Note:
    """What lists show of a claim, kept while its page is not made again."""

    line: ClaimLine
    weeks: tuple[Week, ...]
    """The last ones in which something was told of it, oldest first."""
    beside: tuple[str, ...]
    """The ids of all claims that its stories bear on: which of them are tracked changes how it stands."""
    moves: tuple[MoveLine, ...]
    """Its newest numbers, and the last changes of how it stands."""


async def make_claims(making: Making) -> dict[str, Note]:
    """Bring the pages of all claims that are seen up to date; return what lists show of each, by id."""
    seen = making.seen
    stamps = await seen.store.claim_stamps()
    beside = _neighbours(seen.seen.values())
    stale = []
    for claim in seen.seen.values():
        named = [claim.id, *(each for each in sorted(beside[claim.id]) if each in seen.seen)]
        said = [f"{seen.seen[each]!r} {each in seen.listed}" for each in named]
        made_of = digest_key(making.maker, *said, stamps.get(claim.id, ""))
        if not _kept(making, claim, made_of):
            stale.append((claim, made_of))
    making.expect(len(stale))
    for claim, made_of in stale:
        await _make(making, claim, made_of)
    return {claim.id: _read(making.folder.units[_unit(claim)].note) for claim in seen.seen.values()}


def _kept(making: Making, claim: Claim, made_of: str) -> bool:
    unit = making.folder.units.get(_unit(claim))
    if unit is None:
        return False
    # Not `_read`: another release's note may have another form, which only the stamp tells.
    return making.kept(_unit(claim), _stamp(making, made_of, unit.note.get("beside", ())))


def _stamp(making: Making, made_of: str, beside: Iterable[str]) -> str:
    return digest_key(made_of, *(each for each in beside if each in making.seen.listed))


async def _make(making: Making, claim: Claim, made_of: str) -> None:
    dossier = await making.seen.dossier(claim)
    line = claim_line(dossier, retired=claim.id not in making.seen.listed)
    page, parts = claim_pages(dossier, line, making.workspace)
    register = Anchor(_("Register"), page=words.tag_page(""))
    above = (register, Anchor(claim.id, page=line.page))
    files = {line.page: render("claim.html", Frame(line.page, claim.id, (register,)), page)}
    for path, part in parts.items():
        files[path] = render("claim_part.html", Frame(path, part.title, above), part)
    note = _note(dossier, line)
    await making.step(_unit(claim), _stamp(making, made_of, note.beside), files, _written(note))


def _note(dossier: Dossier, line: ClaimLine) -> Note:
    beside = sorted({link.claim_id for each, _link, _event in dossier.told for link in each.reading.evidence})
    return Note(line, _latest_weeks(dossier), tuple(beside), tuple(moves(dossier)))


def _unit(claim: Claim) -> str:
    return f"claim:{claim.id}"


def _neighbours(claims: Iterable[Claim]) -> defaultdict[str, set[str]]:
    """Return by id the ids of the claims that a claim's page names."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        others = {*claim.disputed_by, *claim.disputes, *([claim.parent] if claim.parent else [])}
        found[claim.id] |= others
        for other in others:
            found[other].add(claim.id)
    return found


def _latest_weeks(dossier: Dossier) -> tuple[Week, ...]:
    told = weeks([(member, link) for member, link, _event in dossier.told])
    return tuple(week for week in told if week.stories)[-_WEEKS:]


def _written(note: Note) -> dict[str, Any]:
    counted = [[str(w.monday), w.supports, w.disputes, w.background] for w in note.weeks]
    moved = [asdict(each) for each in note.moves]
    return {"line": asdict(note.line), "weeks": counted, "beside": note.beside, "moves": moved}


def _read(kept: Any) -> Note:
    line = kept["line"]
    last = Stamp(**line["last"]) if line["last"] else None
    tags = tuple(Anchor(**each) for each in line["tags"])
    told = tuple(Week(date.fromisoformat(monday), *counts) for monday, *counts in kept["weeks"])
    moved = tuple(_moved(each) for each in kept["moves"])
    return Note(ClaimLine(**{**line, "last": last, "tags": tags}), told, tuple(kept["beside"]), moved)


def _moved(kept: Any) -> MoveLine:
    happening = Anchor(**kept["happening"]) if kept["happening"] else None
    return MoveLine(**{**kept, "day": Stamp(**kept["day"]), "happening": happening})
