"""Drawing beside the event loop: one picture at a time, bounded, and only where the extra is installed."""

import asyncio
import logging
import threading
from collections.abc import Callable
from types import ModuleType

from bot.card import Attachment
from bot.language import _

log = logging.getLogger(__name__)

SECONDS = 20.0
"""How long an answer waits for its picture; the first one after a start reads the fonts."""
ABOUT = 1_000
"""Characters of what a picture shows; Discord takes 1,024
(https://discord.com/developers/docs/resources/message#attachment-object)."""
HOW = "pip install 'claimwatch[charts]'"

_DRAWING = threading.Lock()


async def drawn(name: str, about: str, draw: Callable[[ModuleType], bytes]) -> tuple[Attachment | None, str]:
    """Return a picture as a file of that name, and an empty sentence; or none, and a sentence that says why.

    Args:
        name: of the file.
        about: what it shows, in words.
        draw: draws it with the module `bot.charts.pictures`, in a thread of its own.

    """
    try:
        async with asyncio.timeout(SECONDS):
            content = await asyncio.to_thread(_draw, draw)
    except ModuleNotFoundError:
        return None, _("For a picture, whoever runs the bot does {how}").format(how=HOW)
    except TimeoutError:
        return None, _("The picture took too long")
    except Exception:
        # The list says the same in words, so that nobody goes without an answer.
        log.exception("picture not drawn name=%s", name)
        return None, _("The picture could not be drawn")
    return Attachment(name, content, about if len(about) <= ABOUT else f"{about[: ABOUT - 1]}…"), ""


def _draw(draw: Callable[[ModuleType], bytes]) -> bytes:
    from bot.charts import pictures as charts

    with _DRAWING:
        return draw(charts)
