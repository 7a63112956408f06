"""Sites that tests build, and how they look at them."""

from pathlib import Path
from typing import Any

from bot.site.build import Built, build
from claims.store import Store
from tests.support.build import NOW


async def built(store: Store, root: Path, **options: Any) -> Built:
    """Build a site at `NOW`; `options` are those of `bot.site.build.build`."""
    return await build(store, root, **{"now": NOW, **options})


def files(root: Path) -> dict[str, bytes]:
    """Return what a site's readers find in a folder, by path: names that begin with a dot are its own."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


class Witness:
    """A store that notes what it is asked."""

    def __init__(self, store: Store) -> None:
        """Stand before a store."""
        self._store = store
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        """Note the question and hand it on."""
        self.asked.append(name)
        return getattr(self._store, name)
