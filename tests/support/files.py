"""Files for tests."""

from pathlib import Path


def settings_file(folder: Path, text: str) -> Path:
    """Write `claimwatch.toml` into a folder and return its path."""
    path = folder / "claimwatch.toml"
    path.write_text(text, encoding="utf-8")
    return path
