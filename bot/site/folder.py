"""The folder of a site, and what of it we wrote: files are replaced whole, and nobody else's are touched.

A manifest in the folder says for whom the site is, and has for each unit, which is something that is made in
one go, the stamp of what it was made from, and the digests and sizes of its files. It may be older than the
files where a build was ended half way: what is missing in it, or lies there in another size, is made again.
"""

import contextlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from bot.parts import hold
from claims.errors import UsageError
from claims.workspaces import CONSOLE

MANIFEST = ".claimwatch-site.json"
_LOCK = ".claimwatch-site.lock"
_PART = ".claimwatch-part"
"""Ends the names of what is being written; they begin with a dot, so that no server shows them."""
_FORMAT = 3
_OURS = ("claims/", "events/", "register/", "search/")
"""Folders of a site whose pages and scripts are all of its own making."""
_PAGES = (".html", ".js")


@dataclass(frozen=True, slots=True)
class Readers:
    """For whom a site is."""

    workspace: str = ""
    """Whose people; `""` is everybody, the console sees all."""
    language: str = "en"
    """Of our own words, ISO 639-1."""
    base: str = ""
    """The http address where they find it; empty where it has none."""


class File(NamedTuple):
    """A file as it was written."""

    digest: str
    """Of its content."""
    size: int
    """In bytes: what a power cut left of it has another."""


@dataclass(slots=True)
class Unit:
    """What was made in one go."""

    stamp: str
    files: dict[str, File]
    """By path, from the root of the site."""
    note: Any = None
    """What is to be known of it while it is not made again: a value of JSON."""


@dataclass
class Folder:
    """A folder that is a site, or is to be one."""

    root: Path
    readers: Readers
    units: dict[str, Unit] = field(default_factory=dict)
    written: int = 0
    """Files that were written since it was opened."""
    written_bytes: int = 0
    removed: int = 0
    """Files that were taken away."""
    largest: int = 0
    """The bytes of the largest page that was written."""
    _there: dict[str, int] = field(default_factory=dict)
    """The sizes of the folder's files when it was opened, and of those written since, by path."""

    def fresh(self, name: str, stamp: str) -> bool:
        """Say whether a unit was made from this stamp and its files are there, whole."""
        unit = self.units.get(name)
        if unit is None or unit.stamp != stamp:
            return False
        return all(self._there.get(path) == kept.size for path, kept in unit.files.items())

    def put(self, name: str, stamp: str, files: Mapping[str, bytes], note: object = None) -> None:
        """Make a unit anew: write of its files those that differ, and take away those it has no longer.

        Raises:
            UsageError: the folder cannot be written to.

        """
        kept = self.units.get(name)
        before = kept.files if kept else {}
        made = {path: _file(content) for path, content in files.items()}
        for path, content in files.items():
            if before.get(path) != made[path] or self._there.get(path) != len(content):
                self._write(path, content)
        self.units[name] = Unit(stamp, made, note)
        self._take_away(before.keys() - made.keys())

    def keep_only(self, names: Collection[str]) -> None:
        """Take away the files of all other units, and pages in folders of ours that no unit has."""
        for name in self.units.keys() - set(names):
            self._take_away(self.units.pop(name).files)
        pages = {path for path in self._there if path.startswith(_OURS) and path.endswith(_PAGES)}
        self._take_away(pages.difference(*(unit.files for unit in self.units.values())))

    def sweep(self) -> None:
        """Take away what a build that was killed had written in part."""
        names = {path: path.rpartition("/")[2] for path in self._there}
        self._take_away({path for path, name in names.items() if name[0] == "." and name.endswith(_PART)})

    @property
    def changed(self) -> bool:
        """Say whether anything was written or taken away."""
        return bool(self.written or self.removed)

    @property
    def files(self) -> int:
        """Return how many files the units have."""
        return sum(len(unit.files) for unit in self.units.values())

    def save(self) -> None:
        """Write down what the folder holds."""
        units = {name: [unit.stamp, unit.files, unit.note] for name, unit in self.units.items()}
        manifest = {"format": _FORMAT, "readers": asdict(self.readers), "units": units}
        content = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
        with _explained(self.root):
            _replace(self.root / MANIFEST, content.encode())

    def _write(self, path: str, content: bytes) -> None:
        with _explained(self.root):
            _replace(self.root / path, content)
        self._there[path] = len(content)
        self.written += 1
        self.written_bytes += len(content)
        self.largest = max(self.largest, len(content))

    def _take_away(self, paths: Collection[str]) -> None:
        for path in paths:
            with _explained(self.root), contextlib.suppress(FileNotFoundError):
                (self.root / path).unlink()
                self.removed += 1
                with contextlib.suppress(OSError):
                    # Only an empty folder goes.
                    (self.root / path).parent.rmdir()
            self._there.pop(path, None)


@contextlib.contextmanager
def opened(root: Path, readers: Readers) -> Iterator[Folder]:
    """Hold the folder of a site, made where there is none; at the end it is written down what it holds.

    Raises:
        UsageError: it holds other things and no site, or the site of another workspace, another build is
            under way in it, or it cannot be read or written.

    """
    with _explained(root):
        root.mkdir(parents=True, exist_ok=True)
        if not (root / MANIFEST).exists() and _files(root):
            raise UsageError(f"{root} holds other things than a site: name an empty or a new folder")
        held = hold(root / _LOCK, UsageError(f"another build is under way in {root}: wait for its end"))
    with held:
        folder = Folder(root, readers, _units(root, readers), _there=_files(root))
        folder.save()
        folder.sweep()
        try:
            yield folder
        finally:
            folder.save()


def _units(root: Path, readers: Readers) -> dict[str, Unit]:
    """Return what the manifest of a folder knows; nothing where it has none, or one of another form."""
    manifest = root / MANIFEST
    if not manifest.exists():
        return {}
    try:
        read = json.loads(manifest.read_bytes())
        known = read["format"] == _FORMAT
        units = {name: _unit(*each) for name, each in read["units"].items()} if known else {}
        before = Readers(**read["readers"]) if known else readers
        if any(".." in path or path.startswith("/") for unit in units.values() for path in unit.files):
            raise ValueError("a path leads out of the folder")  # noqa: TRY301 - told like any other damage
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(f"{manifest} cannot be read: remove the folder, or name another") from error
    if before.workspace != readers.workspace:
        raise UsageError(
            f"{root} holds the site of {_whose(before)}, not of {_whose(readers)}: name another folder"
        )
    return units


def _whose(readers: Readers) -> str:
    if readers.workspace == CONSOLE:
        return "all workspaces"
    return f"workspace {readers.workspace}" if readers.workspace else "everybody"


def _unit(stamp: str, files: Mapping[str, list[Any]], note: Any) -> Unit:
    return Unit(stamp, {path: File(*each) for path, each in files.items()}, note)


def _file(content: bytes) -> File:
    return File(blake2b(content, digest_size=8).hexdigest(), len(content))


def _files(root: Path, below: str = "") -> dict[str, int]:
    """Return the sizes of all files by path, but of the lock."""
    found: dict[str, int] = {}
    with os.scandir(root / below) as entries:
        for each in entries:
            if each.is_dir(follow_symlinks=False):
                found |= _files(root, f"{below}{each.name}/")
            elif each.name != _LOCK:
                found[below + each.name] = each.stat(follow_symlinks=False).st_size
    return found


def _replace(path: Path, content: bytes) -> None:
    """Write a file under its own name only once it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}{_PART}")
    try:
        part.write_bytes(content)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _explained(root: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UsageError(f"{root} cannot be written to: {error.strerror}") from error
