"""The data files that ship with the project, in a checkout and in an installed wheel alike."""

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
