"""What holds for every test."""

import gc
import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of pytest's own is made in it
ROOM = 1 << 30
"""Bytes that have to be free there; tests that pass leave nothing behind."""

# Stores make sure of the disk with every write, for which tests would wait a third of their time.
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ["TMPDIR"] = str(MEMORY)

# How long an example takes says more of the machine than of us; and a run that passed must pass again.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep what is collected, which lasts as long as the run, out of every look for garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
