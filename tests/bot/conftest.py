"""What several tests of the bot share."""

from pathlib import Path

import pytest

from tests.support.cli import CommandLine


@pytest.fixture
def claimwatch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """Run commands on one sample claim and one sample feed."""
    return CommandLine(tmp_path, monkeypatch, capsys)
