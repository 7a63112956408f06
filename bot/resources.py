"""What ships with the project, in a checkout and in an installed wheel alike: data files, and its version."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_BOT = Path(__file__).resolve().parent


def data(name: str) -> Path:
    """Return the path of a file or folder that ships: `seeds/claims.toml`, `config/settings.toml`.

    A wheel carries them in `bot/_data` (see `force-include` in pyproject.toml); in a checkout they stand
    beside `bot`.

    Raises:
        FileNotFoundError: nothing of that name ships.

    """
    for home in (_BOT / "_data", _BOT.parent):
        if (home / name).exists():
            return home / name
    raise FileNotFoundError(f"{name} does not ship with Claimwatch")


def own_version() -> str:
    """Return the version of Claimwatch: of what is installed, else of the checkout."""
    try:
        return version("claimwatch")
    except PackageNotFoundError:
        return str(tomllib.loads(data("pyproject.toml").read_text("utf-8"))["project"]["version"])
