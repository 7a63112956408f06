"""Claims that say all that a claim can, with what bears on them, and an export of them in a format."""

import io

from bot.exchange.formats import FORMATS
from bot.exchange.model import Export
from claims.dossier import dossier
from claims.edition import Edition, register_digest
from claims.model import Bound, Direction, Origin, Profile, Reference, Review, Stance
from claims.standing import as_written
from claims.when import Day
from tests.support import build

HOSTILE = """=HYPERLINK("https://evil.example") {\\input x} % & # $ _ ^ ~ <script>'"“” ]]> @all 김정은"""
"""What spreadsheets, LaTeX, XML and HTML would take for more than words."""


def full_claim(claim_id="full-claim", **changes):
    """Return a claim that says everything."""
    said = {
        "statement": "Sample ships brought 1,000 containers to Dunay",
        "direction": Direction.TO_RUSSIA,
        "items": ("shells", HOSTILE),
        "places": ("Najin",),
        "vessels": ("Sample Star",),
        "figures": (
            build.figure(1_000, bound=Bound.AT_LEAST, period="a month", body="Sample body"),
            build.figure(0.5, unit="percent", high=1.5),
        ),
        "resolutions": ("2375",),
        "disputed_by": ("sample-denial",),
        "sources": (
            Reference("A sample report", "Sample Post", Day(2023, 10), "https://post.example/1"),
            Reference(HOSTILE, "Sample Wire"),
        ),
        "reviews": (Review("Sample Check", "mostly so", "https://check.example/1", Day(2024), "Was it so?"),),
        "profile": Profile(
            need=(("containers",), ("russia",)),
            boost=("najin",),
            minus=("troops",),
            since=Day(2023),
            until=Day(2024, 1, 2),
            against=("denies",),
            accused=((Day(2023, 1), Day(2023, 2)),),
        ),
        "tags": ("munitions", "ships"),
    }
    return build.claim(claim_id, **{**said, **changes})


CLAIMS = (
    full_claim(),
    build.claim("sample-denial", statement="Sample ministry denies it", denial=True, disputes=("bare",)),
    build.claim("bare", statement="Sample trains run", said_on=Day(2022), parent="full-claim"),
)
EDITION = Edition(build.at(60), "1.2.3", register_digest(CLAIMS), build.at(30))


def told(title, *, stance=Stance.SUPPORTS, claim_id="full-claim", party=False, **changes):
    """Return a story that bears on a claim, with the id of an event."""
    member = build.member(title, [], origin="Sample ministry", figures=[build.figure()], **changes)
    link = build.evidence(member.story, claim_id, stance=stance)
    reading = build.reading(
        member.story,
        [],
        evidence=(link,),
        figures=member.reading.figures,
        origin=Origin(("Sample ministry",), party=party),
    )
    return build.Member(member.story, reading), link, "e-sample"


TOLD = (
    told("Sample ship is seen", url="https://herald.example/a?b=1&c={x}"),
    told(HOSTILE, stance=Stance.DISPUTES, url="javascript:alert(1)", published_at=None),
    told("Sample ministry denies", stance=Stance.DISPUTES, party=True, language="ko"),
    told("Sample aside", stance=Stance.BACKGROUND, url="https://фонд.example/новость"),
)


def exported(name, claims=CLAIMS, bearing=TOLD, since=None):
    """Return an export of claims in a format; the stories bear on the first."""
    out = io.BytesIO()
    writer = FORMATS[name].begin(out, Export(EDITION, tuple(claims), since))
    register = {claim.id: claim for claim in claims}
    for claim in claims:
        links = bearing if claim.id == "full-claim" else ()
        writer.add(dossier(claim, links, {}, register, (), as_written))
    writer.end()
    return out.getvalue()
