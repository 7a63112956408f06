"""A claim as a document: the keys and values of a `[[claim]]` table of `seeds/claims.toml`.

What says nothing is left out. `claims.seeding.claim_of` reads it back. Files of every format are made of it,
and so is the digest of a register.
"""

from collections.abc import Mapping

from claims.model import Claim, Figure, Profile, Reference, Review
from claims.when import Day

Document = Mapping[str, object]
"""By key: texts, numbers, true, lists of texts, documents and lists of them."""


def claim_document(claim: Claim) -> Document:
    """Return a claim but for whose it is and what took its place; days are texts."""
    return _said(
        id=claim.id,
        statement=claim.statement,
        said_by=claim.said_by,
        said_on=str(claim.said_on),
        direction=claim.direction and claim.direction.value,
        items=list(claim.items),
        places=list(claim.places),
        vessels=list(claim.vessels),
        tags=list(claim.tags),
        resolutions=list(claim.resolutions),
        denial=claim.denial,
        disputed_by=list(claim.disputed_by),
        disputes=list(claim.disputes),
        parent=claim.parent,
        figure=[_figure(each) for each in claim.figures],
        source=[_source(each) for each in claim.sources],
        review=[_review(each) for each in claim.reviews],
        profile=claim.profile and _profile(claim.profile),
    )


def figure_document(figure: Figure) -> Document:
    """Return a figure as a `[[claim.figure]]` table has it, with the words it was read from as `quote`."""
    return {**_figure(figure), **_said(quote=figure.quote)}


def _figure(figure: Figure) -> Document:
    low, high = _plain(figure.low), _plain(figure.high)
    amount = {"value": low} if low == high else {"low": low, "high": high}
    rest = _said(bound=figure.bound.value, period=figure.period, body=figure.body)
    return {"unit": figure.unit, **amount, **rest}


def _source(source: Reference) -> Document:
    return _said(title=source.title, outlet=source.outlet, day=_day(source.day), url=source.url)


def _review(review: Review) -> Document:
    return _said(
        reviewer=review.reviewer,
        rating=review.rating,
        url=review.url,
        day=_day(review.day),
        title=review.title,
    )


def _profile(profile: Profile) -> Document:
    return _said(
        need=[list(group) for group in profile.need],
        boost=list(profile.boost),
        minus=list(profile.minus),
        since=_day(profile.since),
        until=_day(profile.until),
        against=list(profile.against),
        accused=[[str(first), str(last)] for first, last in profile.accused],
    )


def _day(day: Day | None) -> str | None:
    return None if day is None else str(day)


def _plain(number: float) -> float:
    return int(number) if float(number).is_integer() else number


def _said(**values: object) -> dict[str, object]:
    return {key: value for key, value in values.items() if value or isinstance(value, dict)}
