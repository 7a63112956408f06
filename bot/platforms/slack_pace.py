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
    """Knows which methods Slack asked us to leave alone: it counts by method, app and workspace.

    https://docs.slack.dev/apis/web-api/rate-limits#overview
    """

    _until: dict[str, float] = field(default_factory=dict)

    def left(self, method: str, now: float) -> float:
        """Return the seconds that a method is still to be left alone."""
        return max(self._until.get(method, now) - now, 0.0)

    def begin(self, method: str, seconds: float, now: float) -> None:
        """Leave a method alone for so long."""
        self._until[method] = max(self._until.get(method, now), now + seconds)
