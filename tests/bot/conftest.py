"""What several tests of the bot share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands.model import Context
from bot.parts import matcher_of, who
from tests.support.build import NOW
from tests.support.cli import CommandLine
from tests.support.scout import SampleScout
from tests.support.stores import open_store


@pytest.fixture
def claimwatch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """Run commands on one sample claim and one sample feed."""
    return CommandLine(tmp_path, monkeypatch, capsys)


@pytest.fixture
def scout() -> SampleScout:
    """Know no address."""
    return SampleScout()


@pytest.fixture
async def context(tmp_path: Path, scout: SampleScout) -> AsyncIterator[Context]:
    """Give the commands an empty store, and `NOW` in Seoul."""
    store = await open_store(tmp_path / "claimwatch.db")
    yield Context(store, lambda: NOW, matcher_of, scout, timezone="Asia/Seoul", who=who)
    await store.close()
