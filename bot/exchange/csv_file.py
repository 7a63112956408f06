"""Claims as two CSV tables (RFC 4180) in a ZIP: claims.csv, and evidence.csv that names claims by `claim`.

Beside them `csv-metadata.json` tells programs what they are (https://www.w3.org/TR/tabular-metadata/). They
are in UTF-8 with a byte order mark, without which spreadsheets misread them.
"""

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Mapping
from typing import IO, BinaryIO

from bot.answers.standing import standing_words
from bot.exchange.evidence import COLUMNS, evidence_document
from bot.exchange.model import MAKER, Export, iso
from claims.documents import claim_document
from claims.dossier import Dossier

CLAIMS = "claims.csv"
EVIDENCE = "evidence.csv"
METADATA = "csv-metadata.json"

LISTS = ("items", "places", "vessels", "tags", "resolutions", "disputed_by", "disputes")
"""Columns of lists: a line for each element, since no element has a line break."""
DOCUMENTS = ("figure", "source", "review", "profile")
"""Columns of JSON."""
CLAIM_COLUMNS = (
    "id", "statement", "said_by", "said_on", "direction", "denial", "parent", *LISTS, *DOCUMENTS,
)  # fmt: skip
STANDING = ("state", "independent", "standing")
"""Columns that say how a claim stands; an import passes over them."""

# What spreadsheets take for a formula (owasp.org/www-community/attacks/CSV_Injection), full-width signs too.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_IN_MEMORY = 4 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)


class CsvWriter:
    """Both tables at once: evidence waits in a file of its own until the claims are written."""

    def __init__(self, out: BinaryIO, export: Export) -> None:
        self._out, self._export = out, export
        self._claims, self._evidence = _Table((*CLAIM_COLUMNS, *STANDING)), _Table(COLUMNS)

    def add(self, dossier: Dossier) -> None:
        """Write a row for the claim and one for each story."""
        standing = dossier.standing
        stands = {
            "state": standing.state.value,
            "independent": standing.independent,
            "standing": standing_words(standing),
        }
        self._claims.write({**claim_document(dossier.claim), **stands})
        for each in dossier.told:
            self._evidence.write(evidence_document(each))

    def end(self) -> None:
        """Put the tables into one file."""
        with zipfile.ZipFile(self._out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, table in ((CLAIMS, self._claims), (EVIDENCE, self._evidence)):
                # A date of its own would make two exports of one edition differ.
                with packed.open(zipfile.ZipInfo(name, _EPOCH), "w", force_zip64=True) as entry:
                    table.move(entry)
            packed.writestr(zipfile.ZipInfo(METADATA, _EPOCH), _metadata(self._export))


class _Table:
    """A table on its way: small ones are kept in memory, large ones in a temporary file."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self._columns = columns
        self._kept = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by `move`
        self._text = io.TextIOWrapper(self._kept, "utf-8-sig", "replace", newline="")
        self._csv = csv.writer(self._text)
        self._csv.writerow(columns)

    def write(self, values: Mapping[str, object]) -> None:
        self._csv.writerow([guarded(_cell(key, values.get(key))) for key in self._columns])

    def move(self, into: IO[bytes]) -> None:
        self._text.flush()
        self._kept.seek(0)
        while part := self._kept.read(1 << 16):
            into.write(part)
        self._text.close()


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `unguarded` returns what it was."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell without the sign that guards it; other signs of that kind stay."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _cell(key: str, value: object) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key in DOCUMENTS or key == "figures":
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "\n".join(value)
    return str(value)


def _metadata(export: Export) -> str:
    edition = export.edition
    tables = [
        {
            "url": CLAIMS,
            "tableSchema": {"columns": _columns((*CLAIM_COLUMNS, *STANDING)), "primaryKey": "id"},
        },
        {
            "url": EVIDENCE,
            "tableSchema": {
                "columns": _columns(COLUMNS),
                "foreignKeys": [
                    {
                        "columnReference": "claim",
                        "reference": {"resource": CLAIMS, "columnReference": "id"},
                    }
                ],
            },
        },
    ]
    about = {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:title": "Claims and what bears on them",
        "dc:creator": f"{MAKER} {edition.version}",
        "dc:created": iso(edition.made_at),
        "dc:source": edition.register,
        "dc:modified": iso(edition.edited_at) if edition.edited_at else "",
        "tables": tables,
    }
    return json.dumps(about, ensure_ascii=False, indent=1)


def _columns(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"name": name, "titles": name} for name in names]
