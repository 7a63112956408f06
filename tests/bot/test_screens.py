"""What the README shows is made by the project itself."""

from pathlib import Path

from bot import screens as made
from bot.charts.message import message_sheet
from bot.charts.png import texts
from tests.support.cli import CommandLine

MOST = 150_000
"""Bytes of a picture."""


def test_the_command_draws_an_alert_a_timeline_and_a_chart(claimwatch: CommandLine, tmp_path: Path) -> None:
    """Small files, from the sample feeds alone: those of Discord, and what Slack shows in place of some."""
    ran = claimwatch("screens", tmp_path / "screens", config=False)

    files = {path.name: path.read_bytes() for path in (tmp_path / "screens").iterdir()}
    assert ran.code == 0
    assert set(files) == {
        made.ALERT, made.TIMELINE, made.FIGURES, made.SLACK_ALERT, made.SLACK_SETUP, made.SLACK_HOME,
    }  # fmt: skip
    assert all(content.startswith(b"\x89PNG") and len(content) < MOST for content in files.values())


def test_what_is_drawn_is_the_payload() -> None:
    """Each word of an embed and of its buttons is there, and marks act as in Discord."""
    payload = {
        "embeds": [
            {
                "color": 0x0D9488,
                "author": {"name": "NEW FIGURE"},
                "title": "Seoul\\: 13,000",
                "url": "https://sample.example/",
                "description": "**Strong** words and [a link](https://sample.example/)",
                "fields": [{"name": "Seen", "value": "<t:1724757180:R> by <@901>", "inline": False}],
                "footer": {"text": "Page 1 of 2"},
            }
        ],
        "components": [
            {
                "type": 1,
                "components": [
                    {"type": 2, "style": 3, "label": "Right", "custom_id": "a"},
                    {"type": 2, "style": 2, "label": "Details", "custom_id": "b", "disabled": True},
                ],
            },
            {"type": 1, "components": [{"type": 3, "placeholder": "Choose a claim", "custom_id": "c"}]},
        ],
    }

    sheet = message_sheet(payload)
    words = " ".join(text for text, _box in texts(sheet))

    for each in (
        "NEW FIGURE", "Seoul: 13,000", "Strong", "a link", "27 August 2024 11:13 UTC", "@member",
        "Page 1 of 2", "Right", "Details", "Choose a claim",
    ):  # fmt: skip
        assert each in " ".join(words.split())
    assert "**" not in words
    assert "sample.example" not in words
    assert all(box.right <= sheet.width for _text, box in texts(sheet))
