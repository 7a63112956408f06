"""Discord: what people do over the gateway, alerts by REST. Only the files beside it also import discord.py.

Commands are registered as plain definitions and every interaction is answered in one place, without
discord.py's command tree, which would want a forged function signature for each row of our table and leave a
command unanswered that Discord still offers but we no longer have.
"""

import asyncio
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import Route
from yarl import URL

from bot.card import Card
from bot.commands.model import Command
from bot.places import Place
from bot.platforms import PLAINLY, Desk, How, Joined, PlatformDown, SendError
from bot.platforms.discord_askers import Books
from bot.platforms.discord_errors import DOWN, INTENTS_REFUSED, SHARDS_NEEDED, TOKEN_REFUSED
from bot.platforms.discord_hearing import Hearing
from bot.platforms.discord_invitation import PERMISSIONS, invitation
from bot.platforms.discord_pace import Pace, paced
from bot.platforms.discord_places import place_of, places_to_speak
from bot.platforms.discord_sending import UNSENT, DiscordMessages, reason, send_error
from claims.clock import Clock, utc_now

API_BASE = "https://discord.com/api/v10"
RATE_LIMIT_SECONDS = 30.0
"""The longest rate limit that is waited out; a longer one goes back to the caller."""
READY_SECONDS = 0.5
"""Without another server until discord.py is ready; nothing but catching up waits for that."""
_CLOSE_SECONDS = 2.0
_LONGEST_WAIT = 60.0
_OWN_GATEWAY = DiscordWebSocket.DEFAULT_GATEWAY

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DiscordPolicy:
    """How to reach Discord."""

    token: str = field(repr=False)
    api_base: str = API_BASE
    gateway_url: str | None = None
    """None for Discord's own."""
    guilds: tuple[int, ...] = ()
    """The servers that are answered, empty for every one."""
    channels: tuple[int, ...] = ()
    """Those that the settings subscribe: whoever runs the bot named their servers."""


def point_library(api_base: str, gateway_url: str | None) -> None:
    """Make discord.py talk to these addresses, in the whole process; it has no setting for it.

    `Route` reads `BASE` for each request; `Client` connects to `DEFAULT_GATEWAY`. Both are inner parts of
    discord.py 2.7.
    """
    Route.BASE = api_base.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url) if gateway_url else _OWN_GATEWAY


class DiscordPlatform:
    """Discord as a `bot.platforms.Platform`; the channel is Discord's channel id.

    `send_seconds` bounds each post and edit with all that discord.py tries by itself; `answer_seconds` bounds
    the work on a command, whose interaction lives for 15 minutes. Without `books` it posts and hears nothing.
    """

    name = "discord"

    def __init__(
        self,
        policy: DiscordPolicy,
        commands: Sequence[Command],
        books: Books | None = None,
        *,
        on_joined: Joined | None = None,
        clock: Clock = utc_now,
        send_seconds: float = 20.0,
        answer_seconds: float = 60.0,
    ) -> None:
        self._policy = policy
        self._send_seconds = send_seconds
        self._messages = DiscordMessages(send_seconds)
        self._hearing = books and Hearing(
            self,
            books,
            commands,
            policy.guilds,
            policy.channels,
            self._messages,
            clock,
            on_joined,
            answer_seconds=answer_seconds,
            send_seconds=send_seconds,
        )
        self._client: discord.Client | None = None
        self._closed = False
        self._too_few = 0
        point_library(policy.api_base, policy.gateway_url)
        # Claimwatch has no voice, so what voice would need is not worth a warning.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

    # ---- staying up ---------------------------------------------------------------------------------

    async def run(self, desk: Desk) -> None:
        """Serve commands until cancelled or closed; see `bot.platforms.Platform.run`."""
        clock, wait = asyncio.get_running_loop().time, 0.5
        try:
            while not self._closed:
                began = clock()
                try:
                    await self._serve(desk)
                # discord.py's loop also ends at a payload that it does not expect, and with an AttributeError
                # where the very first connection fails (Rapptz/discord.py#10520): ours must not.
                except PlatformDown:
                    raise
                except Exception as e:  # noqa: BLE001
                    if _closed_with(e) == SHARDS_NEEDED and self._client is not None:
                        self._too_few = max(self._too_few, self._client.shard_count or 1)
                        await let_go(self._client)  # the next one asks how many it takes by now
                    elif words := _down(e):
                        raise PlatformDown(words) from None
                    wait = 1.0 if clock() - began > _LONGEST_WAIT else min(wait * 2, _LONGEST_WAIT)
                    _log.warning("No connection to Discord: %s; again in %.0f s", reason(e), wait)
                    _log.debug("What ended it", exc_info=e)
                    await asyncio.sleep(wait)
        finally:
            await self.close()

    async def _serve(self, desk: Desk) -> None:
        """Log in where that is still to do, and stay on the gateway, which resumes by itself."""
        client = self._client
        if client is None or client.is_closed():
            client = self._client = await self._begin()
            if self._hearing:
                await self._hearing.attend(client, desk)
        elif client.ws is not None:
            await client.ws.close()
        if not self._closed:
            try:
                await client.connect()
            finally:
                if isinstance(client, discord.AutoShardedClient):  # it has no way to begin again
                    await let_go(client)

    async def _login(self, shards: int = 1) -> discord.Client:
        client = _client(shards)
        try:
            async with asyncio.timeout(self._send_seconds):
                await client.login(self._policy.token)
        except BaseException:
            await client.close()
            raise
        return client

    async def _begin(self) -> discord.Client:
        """Return a client that is logged in, and in parts where Discord recommends that.

        Raises:
            PlatformDown: Discord refused as many parts as it recommends.

        """
        client = await self._login()
        shards = await self._shards(client)
        if shards > 1 or self._too_few:
            await client.close()
        if shards <= self._too_few:
            raise PlatformDown(DOWN[SHARDS_NEEDED])
        return await self._login(shards) if shards > 1 else client

    async def _shards(self, client: discord.Client) -> int:
        """Return in how many parts Discord would have us connect; one, where it does not say.

        https://discord.com/developers/docs/events/gateway#sharding
        """
        try:
            async with asyncio.timeout(self._send_seconds):
                shards, _url, _limits = await client.http.get_bot_gateway()
        except UNSENT as e:
            if self._too_few:
                await client.close()
                raise
            _log.info("Discord does not say how many connections it recommends: %s", reason(e))
            return 1
        return shards

    async def check(self) -> str:
        """Log in by REST alone and say as whom; see `bot.platforms.Platform.check`."""
        try:
            client = await self._login()
        except discord.LoginFailure:
            raise PlatformDown(DOWN[TOKEN_REFUSED]) from None
        except UNSENT as e:
            raise send_error(e) from None
        try:
            needs = ", ".join(PERMISSIONS)
            who = f"logged in as {client.user} ({client.application_id})"
            return (
                f"{who}; invited by the address below, it asks for {needs}, and no privileged intents\n"
                f"{invitation(client.application_id)}"
            )
        finally:
            await client.close()

    async def close(self) -> None:
        """Leave the gateway and let go of connections; see `bot.platforms.Platform.close`."""
        self._closed = True
        client, self._client = self._client, None
        if client is None:
            return
        if self._hearing:
            await self._hearing.finish(client, _CLOSE_SECONDS)
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await let_go(client)
        except TimeoutError:
            await client.http.close()

    # ---- telling ------------------------------------------------------------------------------------

    async def send(self, channel: str, card: Card, key: str, *, again: bool, how: How = PLAINLY) -> str:
        """Post a card and return the message's id; see `bot.platforms.Platform.send`."""
        return await self._messages.send(self._logged_in(), channel, card, key, again=again, how=how)

    async def edit(self, channel: str, receipt: str, card: Card) -> None:
        """Replace the card of a message; see `bot.platforms.Platform.edit`."""
        await self._messages.edit(self._logged_in(), channel, receipt, card)

    async def address(self, channel: str, receipt: str) -> str | None:
        """Return the address by which people open a message; see `bot.platforms.Platform.address`."""
        found = await self.place(channel)
        if found is None or found.workspace is None:
            return None
        home, _, ident = receipt.rpartition("/")
        return f"https://discord.com/channels/{_ident(found.workspace)}/{home or channel}/{ident}"

    async def place(self, channel: str) -> Place | None:
        """Return what the gateway told of a channel; see `bot.platforms.Platform.place`."""
        return place_of(self._logged_in(), int(channel)) if channel.isdecimal() else None

    async def elsewhere(
        self, workspace: str, channel: str, person: str | None, subscribed: Sequence[str]
    ) -> Sequence[str]:
        """Return where a broken channel can be told of; see `bot.platforms.Platform`."""
        client = self._logged_in()
        guild = client.get_guild(_ident(workspace))
        if guild is None:
            return []
        found = places_to_speak(guild, _ident(channel), [_ident(each) for each in subscribed])
        direct = await self._messages.direct(client, _ident(person)) if person else None
        return [each for each in (direct, *(str(place.id) for place in found)) if each]

    def _logged_in(self) -> discord.Client:
        if self._client is None or self._client.is_closed():
            raise SendError("Claimwatch is not logged in to Discord yet", permanent=False)
        return self._client


def _ident(reference: str) -> int:
    """Return the id in `discord:500` or `500`; 0, which nothing has, where there is none."""
    ident = reference.rpartition(":")[2]
    return int(ident) if ident.isdecimal() else 0


def _client(shards: int = 1) -> discord.Client:
    """Return a client that hears of servers alone and calls nobody, in one part or in several."""
    options: dict[str, Any] = {
        "intents": discord.Intents(guilds=True),
        "allowed_mentions": discord.AllowedMentions.none(),
        "max_ratelimit_timeout": RATE_LIMIT_SECONDS,
        "guild_ready_timeout": READY_SECONDS,
        "http_trace": paced(Pace()),
    }
    if shards > 1:
        return discord.AutoShardedClient(shard_count=shards, **options)
    return discord.Client(**options)


async def let_go(client: discord.Client) -> None:
    """Close a client with all its connections.

    discord.py 2.7 forgets one that is cut off while it begins, and its thread would go on by itself.
    """
    try:
        await client.close()
    finally:
        for thread in threading.enumerate():
            if not isinstance(thread, KeepAliveHandler):
                continue
            if thread.ws._connection is client._connection:  # noqa: SLF001  # it says nowhere else whose it is
                await thread.ws.close(code=1000)


def _down(error: Exception) -> str | None:
    """Say why only a change of the settings can help, or None where trying again can."""
    match error:
        case discord.LoginFailure():
            return DOWN[TOKEN_REFUSED]
        case discord.PrivilegedIntentsRequired():
            return DOWN[INTENTS_REFUSED]
        case _:
            return DOWN.get(_closed_with(error))


def _closed_with(error: Exception) -> int:
    """Return the code with which the gateway closed, or 0 for another error."""
    return error.code if isinstance(error, discord.ConnectionClosed) else 0
