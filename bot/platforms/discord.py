"""Discord: slash commands over the gateway, alerts by REST. The only module that imports discord.py.

Commands are registered as plain definitions and every interaction is answered in one place, without
discord.py's command tree, which would want a forged function signature for each row of our table and leave a
command unanswered that Discord still offers but we no longer have.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.card import Card, Tone
from bot.commands.model import Command
from bot.platforms import PLAINLY, Desk, How, PlatformDown, SendError
from bot.platforms.discord_errors import DOWN, INTENTS_REFUSED, TOKEN_REFUSED
from bot.platforms.discord_messages import asker_of, embed_of, files_of
from bot.platforms.discord_sending import UNSENT, DiscordMessages, send_error
from bot.render.clip import clip
from bot.render.discord_commands import asked, definitions
from claims.text import one_line

API_BASE = "https://discord.com/api/v10"
ACKNOWLEDGE_SECONDS = 3.0
"""https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction"""
RATE_LIMIT_SECONDS = 30.0
"""The longest rate limit that is waited out; a longer one goes back to the caller."""
_CLOSE_SECONDS = 2.0
_LONGEST_WAIT = 60.0
_OWN_GATEWAY = DiscordWebSocket.DEFAULT_GATEWAY

_TOO_SLOW = Card("That took too long", (("Please ask again in a minute.",),), tone=Tone.TROUBLE)
_BROKEN = Card("Something went wrong", (("The answer could not be made or shown.",),), tone=Tone.TROUBLE)
_FILELESS = Card(
    "The file could not be shown here",
    (("Claimwatch may lack the permission Attach Files in this channel.",),),
    tone=Tone.TROUBLE,
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DiscordPolicy:
    """How to reach Discord."""

    token: str = field(repr=False)
    api_base: str = API_BASE
    gateway_url: str | None = None
    """None for Discord's own."""
    guilds: tuple[int, ...] = ()
    """Servers whose commands are registered at once; empty registers them for every server."""
    channels: frozenset[int] = frozenset()
    """Subscribed ones: on their servers members may change things."""


def point_library(api_base: str, gateway_url: str | None) -> None:
    """Make discord.py talk to these addresses, in the whole process; it has no setting for it.

    `Route` reads `BASE` for each request; `Client` connects to `DEFAULT_GATEWAY`. Both are inner parts of
    discord.py 2.7.
    """
    Route.BASE = api_base.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url) if gateway_url else _OWN_GATEWAY


class _Client(discord.Client):
    """One connection to Discord that hands every interaction on."""

    def __init__(self, heard: Callable[[discord.Interaction], Awaitable[None]]) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=RATE_LIMIT_SECONDS,
        )
        self._heard = heard

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        await self._heard(interaction)


class DiscordPlatform:
    """Discord as a `bot.platforms.Platform`; the channel is Discord's channel id.

    `send_seconds` bounds each post and edit with all that discord.py tries by itself; `answer_seconds` bounds
    the work on a command, whose interaction lives for 15 minutes.
    """

    name = "discord"

    def __init__(
        self,
        policy: DiscordPolicy,
        commands: Sequence[Command],
        *,
        send_seconds: float = 20.0,
        answer_seconds: float = 60.0,
    ) -> None:
        self._policy = policy
        self._definitions = definitions(commands)
        self._changing = frozenset(command.name for command in commands if command.changes)
        self._send_seconds, self._answer_seconds = send_seconds, answer_seconds
        self._messages = DiscordMessages(send_seconds)
        self._client: _Client | None = None
        self._desk: Desk | None = None
        self._closed = False
        point_library(policy.api_base, policy.gateway_url)
        # Claimwatch has no voice, so what voice would need is not worth a warning.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

    # ---- staying up ---------------------------------------------------------------------------------

    async def run(self, desk: Desk) -> None:
        """Serve commands until cancelled or closed; see `bot.platforms.Platform.run`."""
        self._desk = desk
        clock, wait = asyncio.get_running_loop().time, 0.5
        try:
            while not self._closed:
                began = clock()
                try:
                    await self._serve()
                # discord.py's loop also ends at a payload that it does not expect, and with an AttributeError
                # where the very first connection fails (Rapptz/discord.py#10520): ours must not.
                except Exception as e:  # noqa: BLE001
                    if words := _down(e):
                        raise PlatformDown(words) from None
                    wait = 1.0 if clock() - began > _LONGEST_WAIT else min(wait * 2, _LONGEST_WAIT)
                    _log.warning("No connection to Discord: %s; again in %.0f s", _reason(e), wait)
                    _log.debug("What ended it", exc_info=e)
                    await asyncio.sleep(wait)
        finally:
            await self.close()

    async def _serve(self) -> None:
        """Log in where that is still to do, and stay on the gateway, which resumes by itself."""
        client = self._client
        if client is None or client.is_closed():
            client = self._client = await self._login()
            await self._register(client)
        elif client.ws is not None:
            await client.ws.close()
        if not self._closed:
            await client.connect()

    async def _login(self) -> _Client:
        client = _Client(self._hear)
        try:
            async with asyncio.timeout(self._send_seconds):
                await client.login(self._policy.token)
        except BaseException:
            await client.close()
            raise
        return client

    async def _register(self, client: _Client) -> None:
        """Register the commands, once per start.

        Registering the same ones again changes nothing and does not count towards Discord's 200 new commands
        a day, so nothing need be known about what was registered before. A server that refuses must not stop
        the others.
        """
        application: Any = client.application_id  # known since the login
        for guild in self._policy.guilds or (None,):
            try:
                async with asyncio.timeout(self._send_seconds):
                    # The definitions are plain data, which discord.py types field by field.
                    wanted: Any = self._definitions
                    if guild is None:
                        await client.http.bulk_upsert_global_commands(application, wanted)
                    else:
                        await client.http.bulk_upsert_guild_commands(application, guild, wanted)
            except UNSENT as e:
                where = "" if guild is None else f" in server {guild}"
                _log.warning("Slash commands not registered%s: %s", where, _reason(e))

    async def check(self) -> str:
        """Log in by REST alone and say as whom; see `bot.platforms.Platform.check`."""
        try:
            client = await self._login()
        except discord.LoginFailure:
            raise PlatformDown(DOWN[TOKEN_REFUSED]) from None
        except UNSENT as e:
            raise send_error(e) from None
        try:
            return f"logged in as {client.user} ({client.application_id})"
        finally:
            await client.close()

    async def close(self) -> None:
        """Leave the gateway and let go of connections; see `bot.platforms.Platform.close`."""
        self._closed = True
        client, self._client = self._client, None
        if client is None:
            return
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await client.close()
        except TimeoutError:
            await client.http.close()

    # ---- answering ----------------------------------------------------------------------------------

    async def _hear(self, interaction: discord.Interaction) -> None:
        """Answer a slash command: say at once that we think, work, then show the card."""
        if interaction.type is not discord.InteractionType.application_command or self._desk is None:
            return
        name, values = asked(interaction.data or {})
        try:
            async with asyncio.timeout(ACKNOWLEDGE_SECONDS):
                # Who may change things, and what they changed, is nobody else's business in the channel.
                await interaction.response.defer(ephemeral=name in self._changing, thinking=True)
        except UNSENT as e:
            _log.warning("/%s could not be acknowledged: %s", name, _reason(e))
            return
        try:
            async with asyncio.timeout(self._answer_seconds):
                card = await self._desk.answer(name, values, asker_of(interaction, self._policy.channels))
        except TimeoutError:
            card = _TOO_SLOW
        except Exception:  # noqa: BLE001  # whatever it is, the asker must not be left waiting
            _log.exception("/%s failed", name)
            card = _BROKEN
        await self._show(interaction, name, card)

    async def _show(self, interaction: discord.Interaction, name: str, card: Card) -> None:
        """Show the card, or at least that there is none: else its asker sees us think for 15 minutes."""
        for shown in (card, _FILELESS if card.attachment else _BROKEN):
            try:
                async with asyncio.timeout(self._send_seconds):
                    await interaction.edit_original_response(
                        embed=embed_of(shown), attachments=files_of(shown)
                    )
            except UNSENT as e:
                _log.warning("The answer to /%s was not shown: %s", name, _reason(e))
            else:
                return

    # ---- telling ------------------------------------------------------------------------------------

    async def send(self, channel: str, card: Card, key: str, *, again: bool, how: How = PLAINLY) -> str:
        """Post a card and return the message's id; see `bot.platforms.Platform.send`."""
        return await self._messages.send(self._logged_in(), channel, card, key, again=again, how=how)

    async def edit(self, channel: str, receipt: str, card: Card) -> None:
        """Replace the card of a message; see `bot.platforms.Platform.edit`."""
        await self._messages.edit(self._logged_in(), channel, receipt, card)

    def _logged_in(self) -> _Client:
        if self._client is None or self._client.is_closed():
            raise SendError("Claimwatch is not logged in to Discord yet", permanent=False)
        return self._client


def _down(error: Exception) -> str | None:
    """Say why only a change of the settings can help, or None where trying again can."""
    match error:
        case discord.LoginFailure():
            return DOWN[TOKEN_REFUSED]
        case discord.PrivilegedIntentsRequired():
            return DOWN[INTENTS_REFUSED]
        case discord.ConnectionClosed(code=code):
            return DOWN.get(code)
        case _:
            return None


def _reason(error: Exception) -> str:
    """Return an error for the log, on one line: Discord's words, but of other errors only the kind.

    Those of others may hold addresses, and the address of an interaction is a secret for 15 minutes.
    """
    return (
        one_line(clip(str(error), 200)) if isinstance(error, discord.HTTPException) else type(error).__name__
    )
