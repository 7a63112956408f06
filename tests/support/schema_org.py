"""The terms of schema.org that an export uses, as a JSON-LD context: tests have no network for it.

Names and types of values are those of https://schema.org. A term that is not here is lost in an expansion.
"""

_DATES = ("datePublished", "dateCreated", "dateModified")
_LINKS = ("url",)
_TERMS = (
    "Claim", "ClaimReview", "Dataset", "NewsArticle", "Organization", "Rating", "Report",
    "SoftwareApplication", "alternateName", "appearance", "author", "citation", "claimReviewed",
    "creator", "firstAppearance", "headline", "identifier", "inLanguage", "isPartOf",
    "itemReviewed", "keywords", "name", "publisher", "reviewBody", "reviewRating",
    "softwareVersion", "text", "version",
)  # fmt: skip
NAMES = frozenset((*_TERMS, *_DATES, *_LINKS))
"""All of them."""
CONTEXT = {
    "@context": {
        "schema": "https://schema.org/",
        **{term: f"schema:{term}" for term in _TERMS},
        **{term: {"@id": f"schema:{term}", "@type": "schema:Date"} for term in _DATES},
        **{term: {"@id": f"schema:{term}", "@type": "@id"} for term in _LINKS},
    }
}


def load(url, options):
    """Hand out the context to pyld for the address of schema.org alone."""
    assert url.rstrip("/") == "https://schema.org"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT, "contentType": "application/ld+json"}
