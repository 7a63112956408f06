"""Work for people on any chat platform: whatever happens to it, there is something to show."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.card import Card, Tone
from bot.language import _
from bot.present import error_card
from claims.errors import AskerError

_log = logging.getLogger(__name__)

T = TypeVar("T")


async def guarded(
    what: str, work: Callable[[], Awaitable[T]], failed: Callable[[Card], T], *, seconds: float
) -> T:
    """Do work and return what came of it, in the language that is spoken.

    Args:
        what: the work, for the log.
        work: may raise anything.
        failed: makes what is shown out of a card that says why there is nothing else.
        seconds: bound the work.

    """
    try:
        async with asyncio.timeout(seconds):
            return await work()
    except AskerError as error:
        return failed(error_card(error))
    except TimeoutError:
        again = (_("Please ask again in a minute."),)
        return failed(Card(_("That took too long"), (again,), tone=Tone.TROUBLE))
    except Exception:  # noqa: BLE001  # whatever it is, the asker must not be left waiting
        _log.exception("%s failed", what)
        return failed(broken_card())


def broken_card() -> Card:
    """Return what is shown where there is no answer."""
    lines = ((_("The answer could not be made or shown."),),)
    return Card(_("Something went wrong"), lines, tone=Tone.TROUBLE)
