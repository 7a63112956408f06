"""What `claimwatch check` finds of a bot that is set up in chat."""

from pathlib import Path

from bot.check import check
from bot.settings import load
from tests.support.build import subscription
from tests.support.discord_server import DiscordServer
from tests.support.stores import open_store


async def test_what_was_subscribed_in_chat_counts(tmp_path: Path) -> None:
    """Until then it says to press Set up in the server, and not that the settings name no channel."""
    async with DiscordServer() as server:
        settings = load(
            None,
            {
                "CLAIMWATCH_DISCORD__TOKEN": server.token,
                "CLAIMWATCH_DISCORD__API_BASE": server.api_base,
                "CLAIMWATCH_STORE__PATH": str(tmp_path / "kept.db"),
                "CLAIMWATCH_MATCHING__ENCODER": "off",
            },
        )
        before = {each.what: each.words for each in await check(settings)}
        store = await open_store(settings.store.path)
        await store.subscribe(subscription("discord:600", workspace="discord:500"))
        await store.close()
        after = {each.what: each.words for each in await check(settings)}

    assert "press Set up in the server" in before["subscriptions"]
    assert after["discord"].startswith("logged in as")
    assert "subscriptions" not in after
