"""Claims as schema.org `Claim` and `ClaimReview` in JSON-LD (schema.org/ClaimReview, schema.org/Claim).

A review of a fact-checker has their rating in their words. Ours has none: it says in words how the claim
stands, and who disputes it. Stories that support a claim are its appearances; nothing of us rates a claim.
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

from bot.answers.standing import standing_words
from bot.exchange.model import MAKER, Export, iso, sure, tag
from bot.render.link import web_address
from claims.dossier import Dossier
from claims.independence import outlet
from claims.model import Claim, Reference, Review, Stance, Story

CONTEXT = "https://schema.org"
OURS = tag("claimwatch")
"""Who we are: what it is the author of, is no fact-checker's."""
CLAIMS = tag("claims/")
"""How the names of claims begin."""
STORIES = tag("stories/")

_Node = dict[str, object]


class ClaimReviewWriter:
    """One graph, a node a line."""

    def __init__(self, out: BinaryIO, export: Export) -> None:
        self._out, self._edition = out, export.edition
        edition = self._edition
        self._out.write(f'{{"@context": "{CONTEXT}", "@graph": ['.encode())
        self._between = "\n"
        self._node(
            {
                "@type": "SoftwareApplication",
                "@id": OURS,
                "name": MAKER,
                "softwareVersion": edition.version,
            }
        )
        self._node(
            {
                "@type": "Dataset",
                "@id": tag("register"),
                "name": "Tracked claims",
                "creator": {"@id": OURS},
                "version": edition.register,
                "dateCreated": iso(edition.made_at),
                "dateModified": iso(edition.edited_at) if edition.edited_at else "",
            }
        )

    def add(self, dossier: Dossier) -> None:
        """Write the claim, the reviews of it, and how it stands."""
        claim = dossier.claim
        told = _stories(dossier)
        self._node(
            {
                "@type": "Claim",
                "@id": CLAIMS + claim.id,
                "identifier": claim.id,
                "text": claim.statement,
                "author": {"name": claim.said_by},
                "datePublished": str(claim.said_on),
                "keywords": list(claim.tags),
                "firstAppearance": [_report(each) for each in claim.sources],
                "appearance": [_article(each) for each in told[Stance.SUPPORTS]],
                "isPartOf": {"@id": tag("register")},
            }
        )
        for review in claim.reviews:
            self._node(_review(claim, review))
        self._node(
            {
                "@type": "ClaimReview",
                "@id": tag(f"reviews/{claim.id}"),
                "claimReviewed": claim.statement,
                "itemReviewed": {"@id": CLAIMS + claim.id},
                "author": {"@id": OURS},
                "datePublished": iso(self._edition.made_at),
                "reviewBody": standing_words(dossier.standing),
                "citation": [_article(each) for each in told[Stance.DISPUTES]],
            }
        )

    def end(self) -> None:
        """Close the graph."""
        self._out.write(b"\n]}\n")

    def _node(self, node: _Node) -> None:
        words = self._between + json.dumps(_said(node), ensure_ascii=False)
        self._out.write(words.encode("utf-8", "replace"))
        self._between = ",\n"


def _stories(dossier: Dossier) -> dict[Stance, list[Story]]:
    found: dict[Stance, list[Story]] = {stance: [] for stance in Stance}
    for member, link, _event in sure(dossier):
        found[link.stance].append(member.story)
    return found


def _review(claim: Claim, review: Review) -> _Node:
    return {
        "@type": "ClaimReview",
        "url": review.url,
        "name": review.title,
        "claimReviewed": claim.statement,
        "itemReviewed": {"@id": CLAIMS + claim.id},
        "author": {"@type": "Organization", "name": review.reviewer},
        "datePublished": str(review.day) if review.day else "",
        "reviewRating": {"@type": "Rating", "alternateName": review.rating},
    }


def _report(source: Reference) -> _Node:
    return _said(
        {
            "@type": "Report",
            "headline": source.title,
            "publisher": {"@type": "Organization", "name": source.outlet},
            "datePublished": str(source.day) if source.day else "",
            "url": source.url or "",
        }
    )


def _article(story: Story) -> _Node:
    return _said(
        {
            "@type": "NewsArticle",
            "@id": STORIES + story.id,
            "headline": story.title,
            "publisher": {"@type": "Organization", "name": outlet(story)},
            "datePublished": iso(story.published_at) if story.published_at else "",
            "inLanguage": "" if story.language == "und" else story.language,
            "url": web_address(story.url) or "",
        }
    )


def _said(node: _Node) -> _Node:
    return dict(_kept(node))


def _kept(node: _Node) -> Iterator[tuple[str, object]]:
    return ((key, value) for key, value in node.items() if value not in ("", []))
