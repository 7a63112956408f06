"""A busy day on Discord: everything adds up, nothing is told twice, and no limit or deadline is broken."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.commands.model import OPERATOR
from claims.outgoing import DeliveryState
from tests.support.busy_bot import living
from tests.support.busy_day import MORNING, day
from tests.support.discord_http import Fault
from tests.support.discord_server import DiscordServer

STORIES = 120
HOURS = 24
STEP = timedelta(minutes=30)
WANTED: list[dict[str, object]] = [
    {"destination": "discord:600"},
    {"destination": "discord:601", "budget": 2, "digest": "08:00", "threads": False},
    {"destination": "discord:610", "least": "major", "mention": "701", "quiet": "01:00-05:00"},
    {
        "destination": "discord:611",
        "words": "ship OR troops NOT oil",
        "tags": ["munitions", "troops", "ships"],
    },
]


async def test_a_busy_day_adds_up(tmp_path: Path) -> None:
    """One message an event and channel, the rest as edits and in threads, and a reason for each story."""
    pieces = day(STORIES)
    async with DiscordServer() as discord:
        discord.add_guild(510, (610, 611))
        discord.faults += [
            Fault("POST", "/messages", 429, {"retry_after": 0.05}, every=7, times=10_000),
            Fault("PATCH", "/messages/", 502, every=23, times=10_000),
        ]
        async with living(tmp_path, discord, WANTED) as lived:
            await lived.goes_on(pieces, MORNING + timedelta(hours=HOURS), STEP)
            await lived.goes_on([], MORNING + timedelta(hours=HOURS + 1), timedelta(minutes=20))
            store = lived.app.store
            stories = [story for story, _event in await store.stories() if not story.backlog]
            assert {story.url for story in stories} == {piece.address for piece in pieces}
            accounts = [account for story in stories for account in await store.accounts(story.id)]

            events = {a.alert.key: a for a in accounts if a.alert}
            deliveries = [d for account in events.values() for d in account.deliveries]
            assert {d.state for d in deliveries} <= {
                DeliveryState.SENT,
                DeliveryState.HELD,
                DeliveryState.FILTERED,
            }
            assert len(deliveries) == len(events) * len(WANTED)
            posted = Counter(d.destination for d in deliveries if d.state is DeliveryState.SENT)
            for wanted in WANTED:
                channel = str(wanted["destination"])
                heads = [m for m in discord.messages.get(int(channel[8:]), []) if _is_head(m)]
                assert len(heads) == posted[channel], channel
            assert all(d.reason for d in deliveries if d.state is not DeliveryState.SENT)

            reckoned = await store.reckoned(MORNING, lived.clock.now)
            assert {each.stories for each in reckoned.values()} == {len(stories)}
            assert {each.waiting + each.given_up for each in reckoned.values()} == {0}

            for account in accounts:
                assert account.reason is not None
                why = await lived.app.prompt.answer("story why", {"story": account.member.story.id}, OPERATOR)
                assert why.fields
        assert discord.violations == []
    assert posted["discord:600"] == len(events) > 3


def _is_head(message: dict[str, Any]) -> bool:
    """Say whether a message is an alert's, neither a reply nor a digest."""
    (embed,) = message["embeds"]
    return "message_reference" not in message and "DIGEST" not in embed.get("author", {}).get("name", "")
