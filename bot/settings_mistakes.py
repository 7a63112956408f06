"""How a mistake in the settings is said: place, key, what is wrong and what to write, never the value."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

PREFIX = "CLAIMWATCH_"
_PLAIN = {
    "bool_parsing": "must be true or false",
    "missing": "is missing",
    "model_type": "must be a table",
    "tuple_type": "must be a list",
}
"""The library's words where they would say more of Python than of the file."""


def variable(*path: str) -> str:
    """Return the variable of a setting: `("watch", "per_host")` is `CLAIMWATCH_WATCH__PER_HOST`."""
    return PREFIX + "__".join(path).upper()


_MOVED = {
    "matching.shared_verdicts": "workspaces.shared",
    variable("matching", "shared_verdicts"): variable("workspaces", "shared"),
}
"""Settings of an earlier release, in the file and in the environment, and where they stand now."""


def parts(field: FieldInfo) -> type[BaseModel] | None:
    """Return the model of a section, or None for a setting that is no section."""
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def unknown(place: str, name: str, known: Iterable[str]) -> str:
    """Say that there is no such setting, and which one took its place or is nearest."""
    if name in _MOVED:
        return f"{place}: {name} is called {_MOVED[name]} now; write that"
    plain = {each.removeprefix(PREFIX): each for each in known}
    near = get_close_matches(name.removeprefix(PREFIX), plain, n=1)
    return f"{place}: there is no {name}" + (f"; did you mean {plain[near[0]]}?" if near else "")


def mistake(detail: ErrorDetails, place: str, path: tuple[str, ...], fields: Iterator[FieldInfo]) -> str:
    """Say one mistake of a known setting; `fields` are its own and those it stands in, the nearest first."""
    row = next((part + 1 for part in detail["loc"] if isinstance(part, int)), None)
    key = ".".join(path) + (f" (number {row})" if row else "")
    if detail["type"] == "value_error":
        return f"{place}: {key} {detail['ctx']['error']}"
    problem = _PLAIN.get(detail["type"]) or detail["msg"].replace("Input should be", "must be")
    wanted = next((field.description for field in fields if field.description), f"[{path[0]}]")
    return f"{place}: {key} {problem}; write {wanted}"
