"""What a person on the Slack on loopback sees of something that they did with the bot."""

from dataclasses import dataclass, field

from bot.language import LANGUAGES, _, speaking
from tests.support.slack_hooks import Hook
from tests.support.slack_http import Json
from tests.support.slack_places import BOT, File
from tests.support.slack_sockets import Delivered
from tests.support.slack_state import SlackState

ANSWER = "answer "
"""What the key of a message begins with that answers somebody for all to see."""


@dataclass
class Seen:
    """It goes on growing while the bot answers, until the person does something else."""

    by: str
    channel: str
    state: SlackState = field(repr=False)
    thread: str = ""
    source: Json = field(default_factory=dict)
    """The message or view whose control was used."""
    hook: Hook | None = None
    """Where it is answered, if that is in a channel."""
    sent: Delivered | None = None
    """The envelope that told the bot of it."""
    errors: dict[str, str] = field(default_factory=dict)
    """What stands beside the fields of a form, by their blocks."""
    closed: bool = False
    """Whether the view that was used is no longer there."""
    _since: str = ""
    _views: frozenset[str] = frozenset()
    _files: tuple[int, int | None] = (0, None)
    _ended: str = ""
    _left: Json = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep what was there before."""
        self._since, self._files = self.state.stamp(), (len(self.state.files), None)
        self._views = frozenset(view["hash"] for view in self.state.modals.stacks.get(self.by, []))
        home = self.state.modals.homes.get(self.by)
        self._views |= {home["hash"]} if home else set()

    def end(self) -> None:
        """Let what comes from now on belong to what the person does next."""
        if not self._ended:
            self._left, self._files = self.view, (self._files[0], len(self.state.files))
            self._ended = self.state.stamp()

    @property
    def acknowledged(self) -> float | None:
        """Return the seconds until it was acknowledged, or None: it was not, which is shown as trouble."""
        return self.sent.acknowledged if self.sent else None

    @property
    def answered(self) -> float | None:
        """Return the seconds until the first answer by its `response_url`, or None."""
        return self.hook.answered if self.hook else None

    @property
    def answers(self) -> list[Json]:
        """Return what this person alone was told, in order, an answer that was replaced too."""
        hooked = [message for message in self.hook.shown if "to" in message] if self.hook else []
        told = [m for m in self.state.ephemeral if m["to"] == self.by and self._now(m)]
        told = [m for m in told if not m["hooked"] and m.get("thread_ts", "") in ("", self.thread)]
        return [*hooked, *told]

    @property
    def posted(self) -> list[Json]:
        """Return what the bot said to all where it was asked, other than alerts and bare files."""
        here = [m for m in self.state.messages if m["channel"] == self.channel and self._now(m)]
        said = [m for m in here if m["user"] == BOT and _answers(m) and (m["text"] or "blocks" in m)]
        if self.thread:
            said = [m for m in said if m.get("thread_ts") == self.thread]
        return said

    @property
    def view(self) -> Json:
        """Return the view that came to lie before the person, or nothing."""
        if self._ended:
            return self._left
        top = self.state.modals.top(self.by)
        return top if top and (top["hash"] not in self._views or self.errors) else {}

    @property
    def modal(self) -> Json:
        """Return the view if it is a form, or nothing."""
        return self.view if any(block["type"] == "input" for block in self.view.get("blocks", [])) else {}

    @property
    def home(self) -> Json:
        """Return the person's Home if it was published anew, or nothing."""
        home = self.state.modals.homes.get(self.by, {})
        return home if home and home["hash"] not in self._views else {}

    @property
    def files(self) -> list[File]:
        """Return the files that the bot gave the person, or shared where it was asked."""
        places = {self.channel, *(c.ident for c in self.state.channels.values() if c.person == self.by)}
        first, last = self._files
        return [file for file in self.state.files[first:last] if file.channel in places]

    @property
    def message(self) -> Json:
        """Return the newest that it led to: a view, an answer, the message as it was replaced, a post."""
        newest = [*self._replaced, *self.posted, *self.answers, *([self.view] if self.view else [])]
        return newest[-1] if newest else self.home

    @property
    def ephemeral(self) -> bool:
        """Say whether nobody else sees that."""
        return bool(self.message) and ("to" in self.message or "hash" in self.message)

    @property
    def shows(self) -> bool:
        """Say whether more has come than an acknowledgement, and than that there will be an answer."""
        told = self.answers or self.posted or self._replaced or (self.hook and self.hook.answers)
        return bool(self.errors or told or (self.view and not waits(self.view)))

    def _now(self, message: Json) -> bool:
        return message["ts"] > self._since and not (self._ended and message["ts"] > self._ended)

    @property
    def _replaced(self) -> list[Json]:
        """Return a message for all that was written anew."""
        hooked = self.hook.shown if self.hook else []
        return [m for m in hooked if "to" not in m and m["ts"] < self._since]


def _answers(message: Json) -> bool:
    """Say whether a message of the bot is no alert: its key says so, if it has one."""
    metadata = message.get("metadata", {})
    return str(metadata.get("event_payload", {}).get("key", ANSWER)).startswith(ANSWER)


def waits(view: Json) -> bool:
    """Say whether a view only asks for a moment's patience."""
    title = view.get("title", {}).get("text")
    for language in LANGUAGES:
        with speaking(language):
            if title == _("One moment…"):
                return True
    return False
