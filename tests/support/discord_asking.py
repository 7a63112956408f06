"""How people ask the bot something on the Discord on loopback, whatever it is: as their Discord lets them.

Each act waits for what the bot has under way, as nobody presses what is not shown yet, and returns what that
person sees. What Discord would not let them do raises `NotOffered`.
"""

import asyncio

from tests.support.discord_http import Json
from tests.support.discord_places import Guild, May, Member
from tests.support.discord_state import APPLICATION, CHOICES, EPHEMERAL, Answer, DiscordState

PATIENCE = 20.0
"""Seconds in which an answer must come."""
REACTION = 0.02
"""Seconds between what the bot sent last and what a person does: its library still handles the answer."""


class NotOffered(Exception):
    """A platform does not let this person do that: it is not there, switched off, or not for them."""


class DiscordAsking(DiscordState):
    """What commands and controls have in common."""

    def _guild_of(self, by: Member) -> Guild:
        home = next((guild for guild in self.guilds.values() if guild.members.get(by.ident) is by), None)
        if home is None:
            raise NotOffered(f"{by.name} is on no server of the bot")
        return home

    def _home_of(self, message: Json) -> Guild:
        guild = self.home(int(message["channel_id"]))
        assert guild is not None
        return guild

    def _looker(self, message: Json) -> Member:
        """Return whoever sees a message that a single person sees, or else a reader."""
        guild = self._home_of(message)
        if message["flags"] & EPHEMERAL:
            return guild.members[int(message["interaction_metadata"]["user"]["id"])]
        return guild.reader

    async def _act(
        self,
        kind: int,
        data: Json,
        by: Member,
        channel: int | None,
        *,
        patience: float,
        source: Json | None = None,
        permissions: int | None = None,
    ) -> Answer:
        """Send an interaction once the bot listens and rests, and wait until its person sees something."""
        guild = self._guild_of(by)
        where = channel if channel is not None else next(iter(guild.channels))
        if guild.place(where) is None or May.VIEW_CHANNEL not in guild.may(by, where):
            raise NotOffered(f"{by.name} does not see channel {where}")
        await self.until(lambda: self.gateway.listens(guild.ident), patience)
        before = set(self.underway)
        await self.until(lambda: not before & self.underway, patience)
        await asyncio.sleep(REACTION)
        ident = self.next_id()
        asked = Answer(kind, f"interaction-token-{ident}", ident, by, guild.ident, where, self.clock())
        asked.source = source or {}
        self.answers[asked.token] = asked
        event = self._event(asked, data, guild, permissions)
        await self.gateway.dispatch("INTERACTION_CREATE", event, guild.ident)
        try:
            await self.until(lambda: _sees(asked), patience)
        except TimeoutError:
            self.breach(f"interaction {ident} ({data.get('name') or data['custom_id']}) was never answered")
            raise
        return asked

    def _event(self, asked: Answer, data: Json, guild: Guild, permissions: int | None) -> Json:
        may = guild.may(asked.by, asked.channel) if permissions is None else May(permissions)
        place = guild.place(asked.channel)
        assert place is not None
        source = {"message": asked.source} if asked.source else {}
        return {
            "id": asked.ident,
            "token": asked.token,
            "type": asked.kind,
            "version": 1,
            "application_id": APPLICATION["id"],
            "guild_id": str(guild.ident),
            "guild": {"id": str(guild.ident), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "channel_id": str(asked.channel),
            "channel": place.shown(guild.ident, guild.bot.ident),
            "member": {**asked.by.shown(), "permissions": str(int(may) & ((1 << 53) - 1))},
            "app_permissions": str(int(guild.may(guild.bot, asked.channel)) & ((1 << 53) - 1)),
            "data": data,
            "locale": asked.by.locale,
            "entitlements": [],
            "attachment_size_limit": 10 << 20,
            "authorizing_integration_owners": {"0": str(guild.ident)},
            "context": 0,
            **source,
        }


def _sees(asked: Answer) -> bool:
    answered = asked.callback == CHOICES or bool(asked.modal)
    return asked.acknowledged is not None and (asked.shows or answered)
