"""What holds connections or processes, and lets go of them at the end."""

from abc import ABC, abstractmethod
from typing import Self


class Closing(ABC):
    """Closed with `close()`, or at the end of an `async with`."""

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(self, *error: object) -> None:
        """Close."""
        await self.close()

    @abstractmethod
    async def close(self) -> None:
        """Let go of what is held; calling it twice does no harm."""
