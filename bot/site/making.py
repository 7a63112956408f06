"""What every step of a build shares: the store as it is seen, the folder, and how much is done."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.site.folder import Folder
from bot.site.reading import Archive

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""

_CHECKPOINT = 2_000
"""Steps between two savings of what is done, so that a build that is ended goes on from there."""


@dataclass
class Making:
    """A build under way."""

    seen: Archive
    folder: Folder
    workspace: str
    """Whose people read it."""
    base: str
    """The http address where the site will stand, with no slash at its end; empty for none."""
    maker: str
    """A text that differs whenever the same records would give other pages."""
    progress: Progress
    names: set[str] = field(default_factory=set)
    """The units that the site has."""
    _done: int = 0
    _of: int = 0

    def expect(self, steps: int) -> None:
        """Add to how much there is to do."""
        self._of += steps
        self.progress(self._done, self._of)

    async def step(self, name: str, stamp: str, files: Mapping[str, bytes], note: object = None) -> None:
        """Make a unit anew, and let others run."""
        self.put(name, stamp, files, note)
        self._done += 1
        self.progress(self._done, self._of)
        if self._done % _CHECKPOINT == 0:
            self.folder.save()
        await asyncio.sleep(0)

    def put(self, name: str, stamp: str, files: Mapping[str, bytes], note: object = None) -> None:
        """Make a unit anew."""
        self.folder.put(name, stamp, files, note)
        self.names.add(name)

    def kept(self, name: str, stamp: str) -> bool:
        """Say whether a unit is there as it would be made from this stamp; it is then a part of the site."""
        fresh = self.folder.fresh(name, stamp)
        if fresh:
            self.names.add(name)
        return fresh
