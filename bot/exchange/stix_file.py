"""Claims as a STIX 2.1 bundle (docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html).

A claim is a `report`: of the domain objects it alone is something that somebody published on a day about a
matter. (`observed-data` holds what machines recorded, a `note` and an `opinion` are about other objects, and
`incident` says that something happened, which we never do.) A story that bears on it is a `sighting` of it at
its outlet. Who disputes it has an `opinion`, and what a fact-checker published is a `note`.

Our own words on how far to trust a story are Admiralty letters, as labels in the form of MISP's taxonomy
`admiralty-scale`, and the confidence that Appendix A gives to its credibility.
"""

import json
import uuid
from datetime import UTC, datetime, time
from typing import BinaryIO

from bot.answers.standing import standing_words
from bot.exchange.model import BEGAN, MAKER, NOBODYS, Export, iso, sure
from bot.exchange.rating import rated
from bot.render.link import web_address
from claims.admiralty import Credibility
from claims.dossier import Dossier, Told
from claims.independence import outlet
from claims.model import Claim, Review, Stance
from claims.text import fold
from claims.when import Day

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, NOBODYS)
"""Of our ids, made from what they name (UUID version 5): section 2.9 has its own for observables."""
CONFIDENCE = {
    Credibility.CONFIRMED: 90,
    Credibility.PROBABLY_TRUE: 70,
    Credibility.POSSIBLY_TRUE: 50,
    Credibility.DOUBTFUL: 30,
    Credibility.IMPROBABLE: 10,
}
"""Appendix A, Admiralty Credibility; what cannot be judged has no confidence."""

_Object = dict[str, object]
_FIRST = datetime(int(BEGAN), 1, 1, tzinfo=UTC)


def stix_id(kind: str, *named: str) -> str:
    """Return the id of what is named, the same in every export."""
    return f"{kind}--{uuid.uuid5(NAMESPACE, json.dumps([kind, *named]))}"


class StixWriter:
    """One bundle, an object a line; of identities it keeps which were written."""

    def __init__(self, out: BinaryIO, export: Export) -> None:
        self._out, self._edition = out, export.edition
        self._between = "\n"
        self._maker = stix_id("identity", MAKER)
        self._named: set[str] = set()
        bundle = stix_id("bundle", self._edition.register, iso(self._edition.made_at))
        self._write(f'{{"type": "bundle", "id": "{bundle}", "objects": [')
        self._object("identity", self._maker, _FIRST, name=MAKER, identity_class="system")
        if export.claims:
            self._object(
                "grouping",
                stix_id("grouping", self._edition.register),
                _FIRST,
                name="Tracked claims",
                description=_edition_words(export),
                context="unspecified",
                object_refs=[stix_id("report", each.id) for each in export.claims],
            )

    def add(self, dossier: Dossier) -> None:
        """Write the claim, who said it, and what bears on it."""
        claim = dossier.claim
        report, sayer = stix_id("report", claim.id), self._identity(claim.said_by, "unknown")
        stands = standing_words(dossier.standing)
        self._object(
            "report",
            report,
            _begins(claim.said_on),
            name=claim.statement,
            description=f"{claim.statement} — {claim.said_by}, {claim.said_on.words}. It is {stands}.",
            published=iso(_begins(claim.said_on)),
            object_refs=[sayer],
            labels=[f'claimwatch:tag="{each}"' for each in claim.tags],
            external_references=[
                {"source_name": "claimwatch", "external_id": claim.id},
                *(_cited(each.outlet, each.title, each.url or "") for each in claim.sources),
            ],
        )
        for review in claim.reviews:
            self._note(report, review, claim)
        for denial in dossier.denials:
            self._opinion(
                report,
                "strongly-disagree",
                denial.said_by,
                denial.statement,
                _begins(denial.said_on),
                denial.id,
            )
        ratings = rated(dossier)
        for told in sure(dossier):
            self._sighting(report, told, ratings[told[0].story.id])

    def end(self) -> None:
        """Close the bundle."""
        self._write("\n]}\n")

    def _sighting(self, report: str, told: Told, credibility: Credibility) -> None:
        member, link, event_id = told
        story, name = member.story, outlet(member.story)
        letter = story.source.reliability.value.lower()
        labels = [
            f'admiralty-scale:source-reliability="{letter}"',
            f'admiralty-scale:information-credibility="{credibility.value}"',
            f'claimwatch:stance="{link.stance.value}"',
            *([f'claimwatch:event="{event_id}"'] if event_id else []),
        ]
        self._object(
            "sighting",
            stix_id("sighting", link.claim_id, story.id),
            story.seen_at,
            description=story.title,
            first_seen=iso(story.at),
            last_seen=iso(story.at),
            count=1,
            sighting_of_ref=report,
            where_sighted_refs=[self._identity(name, "organization")],
            confidence=CONFIDENCE.get(credibility),
            labels=labels,
            external_references=[_cited(name, story.title, story.url)],
        )
        if link.stance is Stance.DISPUTES:
            origin = member.reading.origin
            held = "strongly-disagree" if origin and origin.party else "disagree"
            by = origin.text if origin else name
            self._opinion(report, held, by, f"{story.title} ({name})", story.seen_at, story.id)

    def _opinion(self, report: str, held: str, by: str, says: str, at: datetime, key: str) -> None:
        self._object(
            "opinion",
            stix_id("opinion", report, key),
            at,
            opinion=held,
            explanation=says,
            authors=[by],
            object_refs=[report],
        )

    def _note(self, report: str, review: Review, claim: Claim) -> None:
        self._object(
            "note",
            stix_id("note", claim.id, review.reviewer, review.url),
            _begins(review.day or claim.said_on),
            abstract=review.title or None,
            content=f"{review.reviewer}: {review.rating}",
            authors=[review.reviewer],
            object_refs=[report],
            external_references=[_cited(review.reviewer, review.title or review.rating, review.url)],
        )

    def _identity(self, name: str, kind: str) -> str:
        """Return the id of somebody's identity, and write it where it is new."""
        found = stix_id("identity", fold(name))
        if found not in self._named:
            self._named.add(found)
            self._object("identity", found, _FIRST, name=name, identity_class=kind)
        return found

    def _object(self, kind: str, id_: str, created: datetime, **values: object) -> None:
        """Write an object; what says nothing is left out.

        An identity never changes. Of the others this export is a version: the last one is how things stand.
        """
        modified = created if kind == "identity" else max(created, self._edition.made_at)
        common: _Object = {
            "type": kind,
            "spec_version": "2.1",
            "id": id_,
            "created_by_ref": None if id_ == self._maker else self._maker,
            "created": _millis(created),
            "modified": _millis(modified),
        }
        said = {key: value for key, value in {**common, **values}.items() if value not in (None, "", [])}
        self._write(self._between + json.dumps(said, ensure_ascii=False))
        self._between = ",\n"

    def _write(self, words: str) -> None:
        self._out.write(words.encode("utf-8", "replace"))


def _edition_words(export: Export) -> str:
    edition = export.edition
    edited = f", last edited {iso(edition.edited_at)}" if edition.edited_at else ""
    since = f", stories from {iso(export.since)} on" if export.since else ""
    return f"{MAKER} {edition.version} at {iso(edition.made_at)}, register {edition.register}{edited}{since}"


def _cited(by: str, title: str, url: str) -> _Object:
    told = {"source_name": by, "description": title, "url": web_address(url)}
    return {key: words for key, words in told.items() if words}


def _begins(day: Day) -> datetime:
    return datetime.combine(day.first(), time(), UTC)


def _millis(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
