"""Claims of TOML, as `seeds/claims.toml` has them, and of JSON, as an export has them."""

import json
import tomllib
from collections.abc import Mapping

from bot.exchange.brought import Brought, Register, claims_of_documents
from bot.exchange.json_file import NAME, VERSION
from claims.errors import ExchangeError

_OURS = ("standing", "evidence")
"""What an export of JSON says of a claim beside the claim itself."""


def read_toml(body: bytes, where: str, register: Register) -> Brought:
    """Return the claims of `[[claim]]` tables; see `bot.exchange.brought.Read`."""
    try:
        root = tomllib.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise ExchangeError(f"{where}: line {line}: not UTF-8") from None
    except ValueError as error:
        raise ExchangeError(f"{where}: not TOML: {error}") from None
    except RecursionError:
        raise ExchangeError(f"{where}: not TOML: nested too deeply") from None
    unknown = sorted(root.keys() - {"claim"})
    if unknown:
        raise ExchangeError(f"{where}: {unknown[0]}: unknown key, known is claim")
    return _brought(root.get("claim"), where, register, ())


def read_json(root: Mapping[str, object], where: str, register: Register) -> Brought:
    """Return the claims of an export's document."""
    if root.get("version") != VERSION:
        raise ExchangeError(
            f"{where}: version: expected {VERSION}, not {root.get('version')!r}\n"
            "Export it anew with this Claimwatch, or update it"
        )
    claims = root.get("claims")
    lost = ["evidence: stories come from feeds alone"] if _has_evidence(claims) else []
    if isinstance(claims, list):
        claims = [
            {key: value for key, value in each.items() if key not in _OURS}
            if isinstance(each, dict)
            else each
            for each in claims
        ]
    return _brought(claims, where, register, lost)


def is_export(root: object) -> bool:
    """Say whether a document of JSON is an export of ours."""
    return isinstance(root, dict) and root.get("format") == NAME


def loads(body: bytes, where: str) -> object:
    """Return a document of JSON.

    Raises:
        ExchangeError: it is none.

    """
    try:
        return json.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise ExchangeError(f"{where}: line {line}: not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ExchangeError(f"{where}: line {error.lineno}: not JSON: {error.msg}") from None
    except ValueError as error:  # a number of more digits than Python reads
        raise ExchangeError(f"{where}: not JSON: {error}") from None
    except RecursionError:
        raise ExchangeError(f"{where}: not JSON: nested too deeply") from None


def _has_evidence(claims: object) -> bool:
    return isinstance(claims, list) and any(
        isinstance(each, dict) and each.get("evidence") for each in claims
    )


def _brought(claims: object, where: str, register: Register, lost: list[str] | tuple[()]) -> Brought:
    if not isinstance(claims, list) or not all(isinstance(each, dict) for each in claims):
        raise ExchangeError(f"{where}: holds no claims\nName a file as claims export writes it")
    named = [(_called(each, place, where), each) for place, each in enumerate(claims, start=1)]
    return Brought(claims_of_documents(named, register, []), lost=tuple(lost))


def _called(values: Mapping[str, object], place: int, where: str) -> str:
    name = values.get("id")
    return f"{where}: claim {name[:64]!r}" if isinstance(name, str) else f"{where}: claim {place}"
