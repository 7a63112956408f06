"""No more posts than Slack wants, and no calls while it asks for a pause. Pure: who calls knows the time."""

from dataclasses import dataclass, field

SECONDS = 1.0
"""From one message of a channel to the next (https://docs.slack.dev/apis/web-api/rate-limits#posting-messages)."""
BURST = 4
"""Messages that a channel which was quiet takes at once. Slack lets short bursts through and names no number;
ours is small."""


@dataclass(slots=True)
class Turns:
    """Hands out the turns of posts, channel by channel."""

    _filled: dict[str, float] = field(default_factory=dict)
    """When each channel will have been given all its turns, in seconds; past ones are forgotten."""

    def wait(self, channel: str, now: float) -> float:
        """Return the seconds until the next message of a channel may be posted."""
        return max(self._filled.get(channel, now) - (BURST - 1) * SECONDS - now, 0.0)

    def take(self, channel: str, now: float) -> float:
        """Return the same, and count the message."""
        wait = self.wait(channel, now)
        self._filled = {each: at for each, at in self._filled.items() if at > now}
        self._filled[channel] = self._filled.get(channel, now) + SECONDS
        return wait


@dataclass(slots=True)
class Pauses:
    """Knows what Slack asked us to leave alone: a method, or the posts of a channel."""

    _until: dict[str, float] = field(default_factory=dict)
    """In seconds; past ones are forgotten."""

    def left(self, what: str, now: float) -> float:
        """Return the seconds that something is still to be left alone."""
        return max(self._until.get(what, now) - now, 0.0)

    def begin(self, what: str, seconds: float, now: float) -> None:
        """Leave something alone for so long."""
        self._until = {each: at for each, at in self._until.items() if at > now}
        self._until[what] = max(self._until.get(what, now), now + seconds)
