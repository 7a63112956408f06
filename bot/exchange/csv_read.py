"""Claims of a CSV table, or of the ZIP that an export is: its columns are those of `bot.exchange.csv_file`.

`statement`, `said_by` and `said_on` are needed. A column that is not there leaves what it would say as it is.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator

from bot.exchange.brought import MAX_BYTES, Brought, Register, claims_of_documents
from bot.exchange.csv_file import CLAIM_COLUMNS, CLAIMS, DOCUMENTS, EVIDENCE, LISTS, STANDING, unguarded
from claims.errors import ExchangeError

_NEEDED = ("statement", "said_by", "said_on")
_FIELDS = {"figure": "figures", "source": "sources", "review": "reviews"}
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


def read_csv(body: bytes, where: str, register: Register) -> Brought:
    """Return the claims of a table; see `bot.exchange.brought.Read`."""
    lost: list[str] = []
    if body.startswith(b"PK"):
        body, where = _unpacked(body, where, lost)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise ExchangeError(f"{where}: line {line}: not UTF-8\nSave it as CSV in UTF-8") from None
    # Spreadsheets part cells by what the language of the computer wants.
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    mistakes: list[str] = []
    try:
        header = [name.strip().casefold() for name in next(rows, [])]
        _check(header, where, lost)
        lines = ((rows.line_num, row) for row in rows)
        documents = list(_documents(lines, header, where, mistakes))
    except csv.Error as error:
        raise ExchangeError(f"{where}: line {rows.line_num}: not CSV: {error}") from None
    claims = claims_of_documents(documents, register, mistakes)
    said = {_FIELDS.get(name, name) for name in header if name in CLAIM_COLUMNS} - {"id"}
    return Brought(claims, carries=frozenset(said), lost=tuple(lost))


def _check(header: list[str], where: str, lost: list[str]) -> None:
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise ExchangeError(
            f"{where}: line 1: columns are missing: {', '.join(missing)}\nThe first line names the columns"
        )
    for name in sorted({each for each in header if header.count(each) > 1}):
        raise ExchangeError(f"{where}: line 1: the column {name} stands there twice")
    unknown = [name for name in header if name not in (*CLAIM_COLUMNS, *STANDING)]
    lost += [f"column {name or '(without a name)'}: nothing of a claim is called so" for name in unknown]


def _documents(
    lines: Iterable[tuple[int, list[str]]], header: list[str], where: str, mistakes: list[str]
) -> Iterator[tuple[str, dict[str, object]]]:
    for line, row in lines:
        if not any(cell.strip() for cell in row):
            continue
        place = f"{where}: line {line}"
        if len(row) > len(header):
            mistakes.append(f"{place}: more cells than the first line has columns")
        values: dict[str, object] = {}
        for name, cell in zip(header, row, strict=False):
            words = unguarded(cell.strip(" "))
            if words and name in CLAIM_COLUMNS:
                try:
                    values[name] = _value(name, words)
                except ValueError as expected:
                    mistakes.append(f"{place}: {name}: {expected}")
        yield place, values


def _value(name: str, words: str) -> object:
    if name in LISTS:
        return [line for line in words.splitlines() if line.strip()]
    if name == "denial":
        if (flag := _FLAGS.get(words.casefold())) is None:
            raise ValueError(f"expected yes or no, not {words[:60]!r}")
        return flag
    if name not in DOCUMENTS:
        return words
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        raise ValueError(f"expected JSON as an export writes it, not {words[:60]!r}") from None


def _unpacked(body: bytes, where: str, lost: list[str]) -> tuple[bytes, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if EVIDENCE in packed.namelist():
                lost.append(f"{EVIDENCE}: stories come from feeds alone")
            with packed.open(CLAIMS) as table:
                found = table.read(MAX_BYTES + 1)
    except KeyError:
        raise ExchangeError(f"{where} holds no {CLAIMS}\nName an export, or the table itself") from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ExchangeError(f"{where}: the ZIP cannot be read: {error}") from None
    if len(found) > MAX_BYTES:
        raise ExchangeError(f"{where}: {CLAIMS} is larger than {MAX_BYTES // 2**20} MiB")
    return found, f"{where}: {CLAIMS}"
