"""TOML tables read with care: every mistake names the file and the key."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from claims.errors import SeedError
from claims.model import Profile
from claims.when import Day


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a TOML file. Every reader raises `SeedError` where the value is not what it asks for."""

    where: str
    """The file, then the key of the table."""
    values: Mapping[str, Any]

    @classmethod
    def of_file(cls, path: Path) -> "Table":
        """Read a file.

        Raises:
            SeedError: it cannot be read or is no TOML.

        """
        try:
            return cls(str(path), tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SeedError(f"{path}: {error}") from error

    def wrong(self, key: str, what: str) -> NoReturn:
        """Raise the error for a key."""
        raise SeedError(f"{self.where}: {key}: {what}")

    def keys(self) -> list[str]:
        """Return its keys in the order of the file."""
        return list(self.values)

    def expect(self, key: str, known: Collection[str]) -> None:
        """Refuse a key that is none of these."""
        if key not in known:
            self.wrong(key, f"not known here; one of {', '.join(sorted(known)[:12])}")

    def tables(self) -> list[tuple[str, "Table"]]:
        """Return every table in it, with its key."""
        return [(key, self.table(key)) for key in self.values]

    def table(self, key: str) -> "Table":
        """Return the table under a key."""
        value = self.values.get(key)
        if not isinstance(value, dict):
            self.wrong(key, "a table is expected")
        return Table(f"{self.where}: {key}", value)

    def number(self, key: str) -> float:
        """Return the number under a key."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(key, "a number is expected")
        return float(value)

    def integer(self, key: str) -> int:
        """Return the whole number under a key."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong(key, "a whole number is expected")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Return the list of texts under a key; none may be empty."""
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip("| ") for v in value):
            self.wrong(key, "a list of words is expected")
        return tuple(value)

    def concepts(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """Return the list of concepts under a key."""
        names = self.words(key)
        for name in names:
            if name not in known:
                self.wrong(key, f"no concept is called {name!r}")
        return names

    def claim_facet(self, concept: str, facet: str, facets: dict[str, str]) -> None:
        """Note the facet of a concept, which must be the same in every language."""
        if facets.setdefault(concept, facet) != facet:
            self.wrong(concept, f"stands under {facets[concept]} elsewhere")

    def profile(self, known: Collection[str]) -> Profile:
        """Return the profile that this table is."""
        for key in self.values:
            self.expect(key, ("need", "boost", "minus", "since", "until"))
        groups = self.values.get("need")
        if not isinstance(groups, list) or not groups:
            self.wrong("need", "a list of lists of concepts is expected")
        return Profile(
            need=tuple(Table(self.where, {"need": group}).concepts("need", known) for group in groups),
            boost=self.concepts("boost", known) if "boost" in self.values else (),
            minus=self.concepts("minus", known) if "minus" in self.values else (),
            since=self._day("since"),
            until=self._day("until"),
        )

    def _day(self, key: str) -> Day | None:
        if key not in self.values:
            return None
        try:
            return Day.parse(str(self.values[key]))
        except ValueError as error:
            self.wrong(key, str(error))
