"""The folder of a site, and what of it we wrote: files are replaced whole, and nobody else's are touched.

A manifest in the folder has for each unit, which is something that is made in one go, the stamp of what it
was made from and the digests of its files. It may be older than the files where a build was ended half way:
what is missing in it is made again.
"""

import contextlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from claims.errors import UsageError

MANIFEST = ".claimwatch-site.json"
LOCK = ".claimwatch-site.lock"
_FORMAT = 2


@dataclass(slots=True)
class Unit:
    """What was made in one go."""

    stamp: str
    files: dict[str, str]
    """The digest of the content by path, from the root of the site."""
    note: Any = None
    """What is to be known of it while it is not made again: a value of JSON."""


@dataclass
class Folder:
    """A folder that is a site, or is to be one."""

    root: Path
    units: dict[str, Unit] = field(default_factory=dict)
    written: int = 0
    """Files that were written since it was opened."""
    written_bytes: int = 0
    removed: int = 0
    """Files that were taken away."""
    largest: int = 0
    """The bytes of the largest page that was written."""
    _there: set[str] = field(default_factory=set)
    """The files of the folder when it was opened, and those written since."""

    def fresh(self, name: str, stamp: str) -> bool:
        """Say whether a unit was made from this stamp and its files are there."""
        unit = self.units.get(name)
        return unit is not None and unit.stamp == stamp and self._there.issuperset(unit.files)

    def put(self, name: str, stamp: str, files: Mapping[str, bytes], note: object = None) -> None:
        """Make a unit anew: write of its files those that differ, and take away those it has no longer.

        Raises:
            UsageError: the folder cannot be written to.

        """
        kept = self.units.get(name)
        before = kept.files if kept else {}
        digests = {path: blake2b(content, digest_size=8).hexdigest() for path, content in files.items()}
        for path, content in files.items():
            if before.get(path) != digests[path] or path not in self._there:
                self._write(path, content)
        self.units[name] = Unit(stamp, digests, note)
        self._take_away(before.keys() - digests.keys())

    def keep_only(self, names: Collection[str]) -> None:
        """Take away the files of all other units."""
        for name in self.units.keys() - set(names):
            self._take_away(self.units.pop(name).files)

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
        content = json.dumps({"format": _FORMAT, "units": units}, ensure_ascii=False, separators=(",", ":"))
        with _explained(self.root):
            _replace(self.root / MANIFEST, content.encode())

    def _write(self, path: str, content: bytes) -> None:
        with _explained(self.root):
            _replace(self.root / path, content)
        self._there.add(path)
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
            self._there.discard(path)


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the folder of a site for one build: two would each take away what the other wrote.

    Raises:
        UsageError: another build holds it, it holds other things and no site, or it cannot be written to.

    """
    with _explained(root):
        root.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(root, (each.name for each in root.iterdir() if each.name != LOCK))
        lock = FileLock(root / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            words = "is being written by another build: wait until it ends, or name another folder"
            raise UsageError(f"{root} {words}") from None
    try:
        yield
    finally:
        lock.release()


def _refuse_foreign(root: Path, there: Iterable[str]) -> None:
    if any(there) and not (root / MANIFEST).exists():
        raise UsageError(f"{root} holds other things than a site: name an empty or a new folder")


def opened(root: Path) -> Folder:
    """Return the folder of a site as it is, made where there is none.

    Raises:
        UsageError: it holds other things and no site, or cannot be read or written.

    """
    with _explained(root):
        root.mkdir(parents=True, exist_ok=True)
        there = set(_files(root)) - {LOCK}
    _refuse_foreign(root, there)
    manifest = root / MANIFEST
    if not manifest.exists():
        made = Folder(root)
        made.save()
        return made
    try:
        read = json.loads(manifest.read_bytes())
        known = read["format"] == _FORMAT
        units = {name: Unit(*each) for name, each in read["units"].items()} if known else {}
        if any(".." in path or path.startswith("/") for unit in units.values() for path in unit.files):
            raise ValueError("a path leads out of the folder")  # noqa: TRY301 - told like any other damage
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(f"{manifest} cannot be read: remove the folder, or name another") from error
    return Folder(root, units, _there=there)


def _files(root: Path) -> Iterator[str]:
    for folder, _folders, names in os.walk(root):
        place = Path(folder).relative_to(root).as_posix()
        yield from (name if place == "." else f"{place}/{name}" for name in names)


def _replace(path: Path, content: bytes) -> None:
    """Write a file under its own name only once it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
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
