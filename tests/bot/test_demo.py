"""The demo: the whole bot at work, without settings, network or terminal."""

import re
from pathlib import Path

from tests.support.process import claimwatch


async def test_the_demo_shows_every_kind_of_card_and_ends(tmp_path: Path) -> None:
    """It ends by itself with 0, whatever settings the environment names, and complains of nothing."""
    async with claimwatch("demo", environment={"CLAIMWATCH_CONFIG": str(tmp_path / "nowhere.toml")}) as bot:
        code = await bot.ended()

    told = bot.printed
    assert code == 0, told
    headings = set(
        re.findall(
            r"^((?:UPDATED · )?[A-Z ]+) · (?:▲ supports|▼ disputes|background to) ", told, re.MULTILINE
        )
    )
    assert {"NEW EVENT", "NEW FIGURE", "DENIAL"} <= headings
    assert any(heading.startswith("UPDATED · ") for heading in headings)
    assert re.search(r"^DIGEST$", told, re.MULTILINE)
    assert "claimwatch> /claim show containers-2023" in told
    assert re.search(r"supports containers-2023$", told, re.MULTILINE)
    assert "Traceback" not in told
