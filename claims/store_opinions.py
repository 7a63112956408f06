"""What the store promises of second opinions.

The contract is that of `claims.store`.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from claims.inquiry import Inquiry, Spent


class OpinionBook(Protocol):
    """Second opinions: what was asked, answered and spent; used by `watchers.second_opinion`."""

    async def record_inquiry(self, inquiry: Inquiry) -> None:
        """Keep an inquiry; one of the same key, story and moment is replaced. The story may come later."""
        ...

    async def answered(self, key: str) -> Inquiry | None:
        """Return the latest inquiry of that key that has an answer, or None where there is none."""
        ...

    async def inquiries(self, story_ids: Collection[str]) -> list[Inquiry]:
        """Return every inquiry about these stories, oldest first, then by key and story."""
        ...

    async def spent(self, since: datetime) -> Spent:
        """Return what the inquiries after a moment took, those that failed included."""
        ...
