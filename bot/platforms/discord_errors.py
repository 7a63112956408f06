"""What Discord's error codes mean, in words for people: plain data, without the chat library.

https://discord.com/developers/docs/topics/opcodes-and-status-codes
"""

from bot.language import N_
from bot.platforms import SendError

TOKEN_REFUSED = 4004
SHARDS_NEEDED = 4011
"""https://discord.com/developers/docs/events/gateway#sharding"""
INTENTS_REFUSED = 4014
DOWN = {
    TOKEN_REFUSED: (
        "Discord refused the bot's token. Set discord.token (CLAIMWATCH_DISCORD__TOKEN) to the one from the "
        "Discord Developer Portal: your application, Bot, Reset Token."
    ),
    4010: "Discord refused the shard (4010): another program uses discord.token with shards.",
    SHARDS_NEEDED: (
        "Discord wants more connections (shards) for the bot's servers than it recommends itself (4011). "
        "Start claimwatch again in some minutes; if that does not help, ask Discord's developer support, or "
        "take the bot of discord.token out of servers: one connection serves 2,500."
    ),
    4012: "Discord no longer speaks this version of its gateway (4012): update claimwatch and discord.py.",
    4013: "Discord refused the bot's intents (4013): update claimwatch and discord.py.",
    INTENTS_REFUSED: (
        "Discord refused the intents of the bot of discord.token (4014): see the Discord Developer Portal, "
        "your application, Bot, Privileged Gateway Intents."
    ),
}
"""By the code with which the gateway closes: those after which connecting again cannot help."""

_MESSAGE_GONE = 10008
_MENDABLE = frozenset((10003, 50001, 50013))
_REFUSALS = {
    10003: N_("Channel {channel} does not exist on Discord, or no longer: change the subscription"),
    _MESSAGE_GONE: "The message in channel {channel} is gone from Discord",
    50001: N_("Claimwatch cannot see channel {channel}: invite it to that server and give it View Channel"),
    50013: N_(
        "Claimwatch may not post in channel {channel}: give it View Channel, Send Messages, Embed Links and "
        "Read Message History"
    ),
    50035: "Discord refused the card for channel {channel} as malformed",
}


def refusal(status: int, code: int, channel: str) -> SendError:
    """Say what an HTTP status and Discord's own code (0 for none) mean for a delivery.

    What Discord refuses with a code of its own stays refused. A refused token, a rate limit, Discord's own
    faults and the words of whatever stands between may pass.
    """
    if status == 401:
        return SendError(DOWN[TOKEN_REFUSED], permanent=False)
    if status == 429:
        return SendError("Discord asks us to slow down", permanent=False)
    if code in _REFUSALS:
        return SendError(
            _REFUSALS[code].format(channel=channel),
            permanent=True,
            gone=code == _MESSAGE_GONE,
            mendable=code in _MENDABLE,
        )
    where = f" for channel {channel}" if channel else ""
    return SendError(f"Discord answered {status} (code {code}){where}", permanent=status < 500 and code != 0)
