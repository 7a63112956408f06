"""What holds for every test."""

import gc
from collections.abc import Generator

import pytest
from hypothesis import settings

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
