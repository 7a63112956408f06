"""A file of claims of any format, told apart by what it holds, since names of files say little in a chat."""

from bot.exchange.brought import MAX_BYTES, Brought, Register
from bot.exchange.claimreview_read import read_claimreview
from bot.exchange.csv_read import read_csv
from bot.exchange.documents_read import is_export, loads, read_json, read_toml
from claims.errors import ExchangeError


def read_claims_file(body: bytes, where: str, register: Register) -> Brought:
    """Return what a file brings: CSV or a ZIP of it, TOML, JSON of an export, or ClaimReview in JSON-LD.

    Args:
        body: the file.
        where: what it is called in errors.
        register: the claims that whoever brings it sees, by id, retired ones included.

    Raises:
        ExchangeError: it cannot be read, or holds mistakes: each with its place, one a line.

    """
    if len(body) > MAX_BYTES:
        raise ExchangeError(
            f"{where} is larger than {MAX_BYTES // 2**20} MiB\nGive its claims in several files"
        )
    begins = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:2]
    if begins[:1] == b"<":
        raise ExchangeError(
            f"{where}: XML or HTML, so no claims: expected CSV, TOML, an export or ClaimReview\n"
            "A feed is added by its address, with the command for feeds"
        )
    if begins == b"PK":
        return read_csv(body, where, register)
    if begins[:1] == b"{" or begins in (b"[{", b"[\n", b"[\r", b"[ ", b"[]"):
        root = loads(body, where)
        if isinstance(root, dict) and is_export(root):
            return read_json(root, where, register)
        return read_claimreview(root, where, register)
    if _is_table(body):
        return read_csv(body, where, register)
    return read_toml(body, where, register)


def _is_table(body: bytes) -> bool:
    """Say whether the first line names columns: in TOML it is a comment, a key or a table."""
    first = body.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].strip()
    return bool(first) and first[:1] not in (b"#", b"[") and b"=" not in first
