"""Claims as JSON, in a schema of our own with a version: docs/claims-export.schema.json."""

import json
from typing import BinaryIO

from bot.answers.standing import standing_words
from bot.exchange.evidence import evidence_document
from bot.exchange.model import Export, iso
from claims.documents import claim_document
from claims.dossier import Dossier

NAME = "claimwatch-claims"
"""What the file says that it is."""
VERSION = 1
"""Of the schema; goes up with what a reader of before would misread."""


class JsonWriter:
    """One document, a line for each claim."""

    def __init__(self, out: BinaryIO, export: Export) -> None:
        self._out = out
        self._between = "\n"
        edition = export.edition
        head = {
            "format": NAME,
            "version": VERSION,
            "made_at": iso(edition.made_at),
            "claimwatch": edition.version,
            "register": {
                "digest": edition.register,
                "edited_at": iso(edition.edited_at) if edition.edited_at else None,
            },
            "since": iso(export.since) if export.since else None,
        }
        self._write(json.dumps(head, ensure_ascii=False)[:-1] + ', "claims": [')

    def add(self, dossier: Dossier) -> None:
        """Write the claim with its standing and its evidence."""
        standing = dossier.standing
        claim = {
            **claim_document(dossier.claim),
            "standing": {
                "state": standing.state.value,
                "independent": standing.independent,
                "words": standing_words(standing),
            },
            "evidence": [evidence_document(each) for each in dossier.told],
        }
        self._write(self._between + json.dumps(claim, ensure_ascii=False))
        self._between = ",\n"

    def end(self) -> None:
        """Close the document."""
        self._write("\n]}\n")

    def _write(self, words: str) -> None:
        self._out.write(words.encode("utf-8", "replace"))
