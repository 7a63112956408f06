"""Claims as TOML (toml.io/en/v1.0.0), as `seeds/claims.toml` has them: without evidence."""

import json
from collections.abc import Mapping, Sequence
from typing import BinaryIO, cast

from bot.exchange.model import MAKER, Export, iso
from claims.documents import claim_document
from claims.dossier import Dossier


class TomlWriter:
    """A `[[claim]]` table for each claim."""

    def __init__(self, out: BinaryIO, export: Export) -> None:
        self._out = out
        edition = export.edition
        edited = f", last edited {iso(edition.edited_at)}" if edition.edited_at else ""
        self._write(f"# Claims, by {MAKER} {edition.version} at {iso(edition.made_at)}\n")
        self._write(f"# Register {edition.register}{edited}\n")
        if not export.claims:
            self._write("claim = []\n")

    def add(self, dossier: Dossier) -> None:
        """Write the claim."""
        self._table("claim", claim_document(dossier.claim), "[[claim]]")

    def end(self) -> None:
        """Leave it at that: every table is whole."""

    def _table(self, path: str, values: Mapping[str, object], head: str) -> None:
        """Write a table: what it says itself first, then the tables within it."""
        self._write(f"\n{head}\n")
        within = {}
        for key, value in values.items():
            if isinstance(value, Mapping) or (isinstance(value, list) and isinstance(value[0], Mapping)):
                within[key] = value
            else:
                self._write(f"{key} = {_value(value)}\n")
        for key, value in within.items():
            name = f"{path}.{key}"
            if isinstance(value, Mapping):
                self._table(name, value, f"[{name}]")
            else:
                for each in cast("Sequence[Mapping[str, object]]", value):
                    self._table(name, each, f"[[{name}]]")

    def _write(self, words: str) -> None:
        self._out.write(words.encode("utf-8", "replace"))


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    # JSON writes what TOML reads, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
