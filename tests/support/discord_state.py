"""What the Discord on loopback knows, and how a test waits on it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.discord_gateway import DiscordGateway
from tests.support.discord_http import Fault, Json, Rates, Refused
from tests.support.discord_places import WHEN, Channel, Guild, May, Member, sample_guild
from tests.support.witness import Witness

RIGHT_TOKEN = "right-token"
BOT = {
    "id": "900",
    "username": "claimwatch",
    "discriminator": "0",
    "avatar": None,
    "global_name": None,
    "bot": True,
}
ASKER = {"id": "901", "username": "analyst", "discriminator": "0", "avatar": None, "global_name": None}
"""The plain reader of the server 500."""
APPLICATION = {
    "id": "800",
    "name": "claimwatch",
    "description": "",
    "icon": None,
    "bot_public": False,
    "bot_require_code_grant": False,
    "owner": ASKER,
    "verify_key": "",
    "flags": 0,
}
EPHEMERAL = 1 << 6
"""A message flag: the asker alone sees it."""
SLASH, CONTROL, TYPING, FORM = 2, 3, 4, 5
"""Types of interactions; a message menu is a `SLASH` too."""
MESSAGE, THINKING, QUIETLY, UPDATE, CHOICES, MODAL = range(4, 10)
"""Types of first answers."""


@dataclass
class Answer:
    """What somebody sees of what they did with the bot; it goes on growing while the bot answers."""

    kind: int
    token: str
    ident: str
    by: Member
    guild: int
    channel: int
    asked_at: float
    source: Json = field(default_factory=dict)
    """The message whose control was used."""
    acknowledged: float | None = None
    """Seconds until the interaction was answered or deferred."""
    callback: int = 0
    """The type of the first answer."""
    original: Json = field(default_factory=dict)
    """What `@original` is: the answer, or the message whose control was used."""
    shows: bool = False
    """Whether more than an acknowledgement has come."""
    followups: list[Json] = field(default_factory=list)
    modal: Json = field(default_factory=dict)
    choices: list[Json] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    """What came with it: texts by name."""
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def message(self) -> Json:
        """Return the newest that it led to: the answer, the message as it was changed, a follow-up."""
        return self.followups[-1] if self.followups else self.original

    @property
    def deferred(self) -> bool:
        return self.callback in (THINKING, QUIETLY)

    @property
    def ephemeral(self) -> bool:
        """Say whether only the asker sees the message."""
        return bool(self.message.get("flags", 0) & EPHEMERAL)


class DiscordState(Witness):
    """Servers, messages and answers. `seen` is everything that happened, in order; `until` waits on it."""

    def __init__(
        self,
        token: str = RIGHT_TOKEN,
        *,
        guild: int = 500,
        channels: tuple[int, ...] = (600, 601),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.token, self.guild, self.clock = token, guild, clock
        self.guilds: dict[int, Guild] = {guild: sample_guild(guild, channels, BOT)}
        """Where the bot is, the first being `guild`."""
        self.deadline = 3.0
        """Seconds for the first answer to an interaction."""
        self.life = 900.0
        """Seconds for which the token of an interaction is good."""
        self.left: set[int] = set()
        """Channels of servers where the bot no longer is."""
        self.commands: dict[int | None, list[Json]] = {}
        """As registered, by guild, None being global."""
        self.overrides: dict[int, dict[str, list[Json]]] = {}
        """Who may use which command, by guild and command id, as its managers have set."""
        self.messages: dict[int, list[Json]] = {}
        """By channel, oldest first, as they stand; none that a single person sees."""
        self.by_id: dict[str, Json] = {}
        """Every message that was not deleted, also those that a single person sees."""
        self.files: dict[str, bytes] = {}
        """Contents of attachments, by their id."""
        self.answers: dict[str, Answer] = {}
        """By the token of the interaction."""
        self.direct: dict[int, Guild] = {}
        """The direct messages of the bot by person, each like a server of two with the one channel."""
        self.shut: set[int] = set()
        """People who take no direct messages."""
        self.barred: dict[int, int] = {}
        """Channels that answer with an error code."""
        self.faults: list[Fault] = []
        self.rates = Rates(clock)
        self.nonces: dict[tuple[int, str], tuple[float, Json]] = {}
        self.underway: set[object] = set()
        """Requests of the bot that were not answered yet."""
        self._ids = 10_000
        self.port = 0
        me = {"user": BOT, "application": APPLICATION}
        self.gateway = DiscordGateway(token, me, self.guilds, self.note, self.breach, clock)

    @property
    def channels(self) -> tuple[int, ...]:
        """Return the channels of the first server."""
        return tuple(self.guilds[self.guild].channels)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_base(self) -> str:
        return f"{self.origin}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    def next_id(self) -> str:
        self._ids += 1
        return str(self._ids)

    async def ready(self, times: int = 1) -> None:
        """Wait until bots have come to READY (or RESUMED) so often in all."""
        await self.until(
            lambda: self.count("ready") + self.count("resumed") >= times and self.gateway.sockets
        )

    def forget_nonces(self) -> None:
        """Act as if the few minutes had passed for which Discord remembers a nonce."""
        self.nonces.clear()

    # ---- places -------------------------------------------------------------------------------------

    def home(self, channel: int) -> Guild | None:
        """Return the server of a channel or thread, of those where the bot is."""
        homes = (*self.guilds.values(), *self.direct.values())
        return next((guild for guild in homes if guild.place(channel)), None)

    def found(self, channel: int, needs: May = May.VIEW_CHANNEL) -> tuple[Guild, Channel]:
        """Return a channel or thread in which the bot may do this.

        Raises:
            Refused: 10003 there is none, 50001 it is hidden from the bot, 50013 the bot may not, or whatever
                this channel is to answer with.

        """
        if channel in self.barred:
            raise Refused(self.barred[channel])
        guild = self.home(channel)
        place = guild.place(channel) if guild else None
        if guild is None or place is None:
            raise Refused(10003 if channel not in self.left else 50001)
        may = guild.may(guild.bot, channel)
        if May.VIEW_CHANNEL not in may:
            raise Refused(50001)
        if needs & ~may:
            raise Refused(50013)
        return guild, place

    def keep(self, message: Json) -> Json:
        """Keep a message, in its channel's history unless a single person sees it."""
        self.by_id[message["id"]] = message
        if not message["flags"] & EPHEMERAL:
            self.messages.setdefault(int(message["channel_id"]), []).append(message)
        return message

    def drop(self, message: Json) -> None:
        """Delete a message."""
        self.by_id.pop(message["id"], None)
        here = self.messages.get(int(message["channel_id"]), [])
        here[:] = [other for other in here if other["id"] != message["id"]]

    def blank(self, channel: int, author: Json, **more: Any) -> Json:
        """Return an empty message with all that discord.py reads of one."""
        made = {"content": "", "embeds": [], "components": [], "attachments": [], "flags": 0, "type": 0}
        calls = {
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
        }
        where = {"id": self.next_id(), "channel_id": str(channel), "timestamp": WHEN}
        return {**made, **calls, **where, "edited_timestamp": None, "author": author, **more}
