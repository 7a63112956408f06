"""What the Slack on loopback knows, and how a test waits on it.

Who and where is in `slack_places`, and what lies open before whom in `slack_modals`.
"""

import itertools
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tests.support.slack_http import Fault, Json, Rates, Refused
from tests.support.slack_modals import Modals
from tests.support.slack_places import (
    APP,
    BOT,
    BOT_ID,
    READ,
    TEAM,
    Channel,
    File,
    Kind,
    sample_channels,
    sample_groups,
    sample_members,
)
from tests.support.witness import Witness

BOT_TOKEN, APP_TOKEN = "xoxb-1-loopback", "xapp-1-loopback"
SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "links:read",
        "links:write",
        "metadata.message:read",
        "usergroups:read",
        "users:read",
    }
)


class SlackState(Witness):
    """One workspace. `seen` is everything that happened, in order; `until` waits on it.

    That is `message`, `repeat` (the same metadata once more in its channel), `edit`, `ephemeral`, `answer`
    (to a response_url), `view`, `file`, `unfurl`, `refused`, `fault`, `acknowledged`, `connected` and
    `disconnected`.
    """

    def __init__(
        self,
        bot_token: str = BOT_TOKEN,
        app_token: str = APP_TOKEN,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self.bot_token, self.app_token, self.clock, self.now = bot_token, app_token, clock, now
        self.origin = ""
        self.scopes = set(SCOPES)
        """Of the bot token."""
        self.app_scopes = {"connections:write"}
        """Of the app's own token."""
        self.team: Json = {"id": TEAM, "name": "Loopback", "domain": "loopback"}
        self.members = sample_members()
        self.channels = sample_channels()
        """Also direct messages of the bot, once they are opened."""
        self.groups = sample_groups()
        self.messages: list[Json] = []
        """Oldest first, as they stand: what conversations.history says of them, `channel`, and how many
        `edits` there were. Only `keep` and `delete` change the list."""
        self.ephemeral: list[Json] = []
        """Messages that only the one in `to` sees."""
        self.offers: dict[str, Json] = {}
        """Messages with `links` that the bot was told of, by `unfurl_id`; also such as are being written."""
        self.uploads: dict[str, File] = {}
        """Every file, by its id, also those that are not shared."""
        self.unready = 0
        """So many messages with a picture come before Slack is done with looking at it."""
        self.deadline = 3.0
        """Seconds for an acknowledgement."""
        self.modals = Modals(clock, self.number)
        self.faults: defaultdict[str, list[Fault]] = defaultdict(list)
        """By method, `upload`, `socket` or `response`."""
        self.rates = Rates(clock)
        self.calls: list[tuple[str, Json]] = []
        """Each call of the Web API that was carried out, with its arguments."""
        self._by_ts: dict[tuple[str, str], Json] = {}
        self._numbers = itertools.count(1)
        self._stamp = 0

    @property
    def api_base(self) -> str:
        """Return what `slack.api_base` must be."""
        return f"{self.origin}/api/"

    @property
    def files(self) -> list[File]:
        """Return the files that were shared."""
        return [file for file in self.uploads.values() if file.channel]

    # ---- what happens -------------------------------------------------------------------------------

    def number(self) -> int:
        """Return a number that nothing else has."""
        return next(self._numbers)

    def stamp(self) -> str:
        """Return the `ts` of a new message, later than any before it."""
        self._stamp = max(self._stamp + 1, int(self.now() * 1_000_000))
        return f"{self._stamp // 1_000_000}.{self._stamp % 1_000_000:06d}"

    def fail(self, what: str, *faults: Fault) -> None:
        """Let requests of a method, of `upload`, `socket` or `response` go wrong, in this order."""
        self.faults[what].extend(faults)

    def fault(self, what: str, channel: str = "") -> Fault | None:
        """Return what goes wrong with a request, if anything does."""
        struck = next((fault for fault in self.faults[what] if fault.strikes(channel)), None)
        self.faults[what] = [fault for fault in self.faults[what] if fault.times]
        return struck

    # ---- what is there ------------------------------------------------------------------------------

    def hears(self, channel: str) -> bool:
        """Say whether the bot is in a channel."""
        place = self.channels.get(channel)
        return place is not None and (place.kind is Kind.DIRECT or BOT in place.members)

    def found(self, channel: object) -> Channel:
        """Return a channel that the bot can see.

        Raises:
            Refused: there is none, or it is private and the bot is not in it.

        """
        place = self.channels.get(str(channel))
        if place is None or (place.kind is Kind.PRIVATE and BOT not in place.members):
            raise Refused("channel_not_found")
        return place

    def direct(self, person: str) -> Channel:
        """Return the bot's direct messages with a person, which are opened where there are none yet.

        Raises:
            Refused: nobody has this id, or the bot cannot write to them.

        """
        member = self.members.get(person)
        if member is None:
            raise Refused("user_not_found")
        if member.deleted:
            raise Refused("user_disabled")
        if member.bot:
            raise Refused("cannot_dm_bot")
        ident = f"D{person[1:]}"
        return self.channels.setdefault(
            ident, Channel(ident, "", Kind.DIRECT, person, {person}, person=person)
        )

    def needs(self, scope: str) -> None:
        """Check a scope of the bot token.

        Raises:
            Refused: it lacks it.

        """
        if scope not in self.scopes:
            provided = ",".join(sorted(self.scopes))
            raise Refused("missing_scope", f"lacks the scope {scope}", needed=scope, provided=provided)

    def may_know(self, place: Channel) -> None:
        """Check the scope for knowing of such a channel."""
        self.needs(READ[place.kind])

    def message(self, channel: object, ts: object) -> Json | None:
        """Return a message that everybody in its channel sees."""
        return self._by_ts.get((str(channel), str(ts)))

    def thread(self, channel: str, ts: str) -> list[Json]:
        """Return a message and what was answered in its thread, oldest first."""
        here = (m for m in self.messages if m["channel"] == channel)
        return [m for m in here if ts in (m["ts"], m.get("thread_ts"))]

    def keep(self, channel: str, user: str, text: str, **more: Any) -> Json:
        """Keep a message of somebody, and return it."""
        said = {"type": "message", "user": user, "text": text, "ts": self.stamp(), "team": TEAM}
        app = {"bot_id": BOT_ID, "app_id": APP} if user == BOT else {}
        message: Json = {**said, **app, "channel": channel, "edits": 0, **more}
        self.messages.append(message)
        self._by_ts[channel, message["ts"]] = message
        return message

    def delete(self, message: Json) -> None:
        """Delete a message, whoever sees it."""
        self._by_ts.pop((message["channel"], message["ts"]), None)
        for kept in (self.messages, self.ephemeral):
            kept[:] = [other for other in kept if other is not message]

    def offer(self, message: Json) -> str:
        """Return an `unfurl_id` for a message with `links`, of which a link_shared event tells the bot."""
        ident = f"{self.number()}.unfurl"
        self.offers[ident] = message
        return ident

    def permalink(self, message: Json) -> str:
        """Return the address of a message, as chat.getPermalink does."""
        return f"https://loopback.slack.com/archives/{message['channel']}/p{message['ts'].replace('.', '')}"

    def whisper(self, channel: str, person: str, text: str, *, hooked: bool = False, **more: Any) -> Json:
        """Keep a message of the bot that one person sees, and return it; `hooked` by a `response_url`."""
        said = {"type": "message", "subtype": "bot_message", "user": BOT, "text": text, "ts": self.stamp()}
        message: Json = {**said, "channel": channel, "to": person, "edits": 0, "hooked": hooked, **more}
        self.ephemeral.append(message)
        thread = more.get("thread_ts")
        if thread and len(self.thread(channel, thread)) < 2:
            # https://docs.slack.dev/reference/methods/chat.postEphemeral (thread_ts)
            self.breach(f"{channel}: nobody sees an ephemeral message in a thread that is not active")
        return message
