"""What is installed: the wheel holds all that the bot needs, and the locks nothing but names and hashes."""

import re
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
MARKER = r"[a-z_]+ (?:[<>=!]+) '[A-Za-z0-9.]+'"
PINNED = re.compile(rf"([a-z0-9-]+)==[A-Za-z0-9.+!]+(?: ; {MARKER}(?: and {MARKER})*)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def shipped(*folders: str) -> set[str]:
    """Return the files below folders of the checkout, caches left out, by their path in it."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*"))
    return {path.relative_to(ROOT).as_posix() for path in found if path.is_file() and path.suffix != ".pyc"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the wheel, without a network, and open it."""
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")))
    return zipfile.ZipFile(built)


def test_the_wheel_holds_the_packages_and_their_data(wheel: zipfile.ZipFile) -> None:
    """Code, seeds and settings are in it, and no test, lock or tool."""
    code = shipped("bot", "claims", "watchers")
    data = {f"bot/_data/{path}" for path in shipped("seeds", "config")}

    held = {name for name in wheel.namelist() if ".dist-info/" not in name}

    assert {"bot/_data/seeds/claims.toml", "bot/_data/config/settings.toml"} <= data
    assert held == code | data


def test_the_wheel_finds_its_data(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """Unpacked anywhere, with no checkout beside it, its `bot.resources` finds the data that it carries."""
    wheel.extractall(tmp_path)
    program = "from bot.resources import data; print(data('seeds/claims.toml'))"

    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert Path(run.stdout.strip()) == tmp_path / "bot" / "_data" / "seeds" / "claims.toml"


def test_the_wheel_says_what_it_is(wheel: zipfile.ZipFile) -> None:
    """Name, Python, readme and console script are in its metadata."""
    (entry_points,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    (metadata,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    said = Parser().parsestr(wheel.read(metadata).decode())

    assert (said["Name"], said["Requires-Python"]) == ("claimwatch", ">=3.11")
    assert "make demo" in said.get_payload()
    assert "claimwatch = bot.cli.main:main" in wheel.read(entry_points).decode()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_names_versions_and_hashes(lock: str) -> None:
    """No address, machine or path is in a lock, and every name in it has a hash."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    entries = [line for line in lines if not line.startswith("#")]

    assert [line for line in entries if not PINNED.fullmatch(line) and not HASH.fullmatch(line)] == []
    for line, after in zip(entries, [*entries[1:], ""], strict=True):
        assert not PINNED.fullmatch(line) or HASH.fullmatch(after)
    assert not any("/" in line for line in lines)


@pytest.mark.parametrize(
    ("lock", "group"), [("requirements.lock", "build"), ("requirements-dev.lock", "dev")]
)
def test_a_lock_holds_all_that_is_asked_for(lock: str, group: str) -> None:
    """Each dependency of the project, of its extras and of the group that the lock is for, is locked."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = [line for extra in project["project"]["optional-dependencies"].values() for line in extra]
    asked = project["project"]["dependencies"] + extras + project["dependency-groups"][group]
    names = {re.split(r"[<>=!~ \[;]", line)[0].replace(".", "-").lower() for line in asked}

    assert names <= _locked(lock).keys()


def test_the_locks_agree() -> None:
    """The lock of developers holds the other one, version for version, perhaps for more platforms."""
    runtime, development = _locked("requirements.lock"), _locked("requirements-dev.lock")

    assert [
        line
        for name, line in runtime.items()
        if development[name] not in (line, f"{line.partition(' ')[0]} \\")
    ] == []


def _locked(lock: str) -> dict[str, str]:
    """Return the line of each name in a lock."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return {found[1]: line for line in lines if (found := PINNED.fullmatch(line))}


def test_the_build_backend_is_locked() -> None:
    """The group `build` is what the build system asks for, so an install without isolation has it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    assert project["dependency-groups"]["build"] == project["build-system"]["requires"]
