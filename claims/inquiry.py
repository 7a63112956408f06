"""The record of a second opinion: what a language model was asked, what it cost and what came of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question about one story. `key`, `story_id` and `asked_at` together tell it from all others."""

    key: str
    """Of the question: the words of the story, the claims, the rules and the model."""
    story_id: str
    asked_at: datetime
    model: str
    """As the endpoint calls itself once it has answered, with its version; as it was asked for until then."""
    rules: str
    """The version of the question."""
    requests: int
    """How often the endpoint was asked; none where a kept answer did."""
    tokens: int
    """What it took, as the endpoint says; until it does, the most that it can take."""
    answer: str | None = None
    """The answer word for word, or None where none came that is one."""
    changed: tuple[str, ...] = ()
    """What it changed in the reading of the story, a phrase each."""
    dropped: tuple[str, ...] = ()
    """What of it did not count, and why."""

    @property
    def judge(self) -> str:
        """Return what marks a link that it changed."""
        return f"opinion {self.model} {self.rules}"


@dataclass(frozen=True, slots=True)
class Spent:
    """What inquiries of a span of time took."""

    requests: int = 0
    tokens: int = 0
