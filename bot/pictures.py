"""Drawing beside the event loop: one picture at a time, bounded, and only where the extra is installed."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from types import ModuleType
from typing import TypeVar

from bot.card import Attachment
from bot.language import _, spoken
from bot.phrases import shorten

T = TypeVar("T")
log = logging.getLogger(__name__)

SECONDS = 20.0
"""How long an answer waits for its picture; the first one reads the fonts, unless they were prepared."""
LATER = 5.0
"""Seconds from the start to the preparation: connecting comes first."""
ABOUT = 1_000
"""Characters of what a picture shows; Discord takes 1,024
(https://discord.com/developers/docs/resources/message#attachment-object)."""
HOW = "pip install 'claimwatch[charts]'"

_DRAWING = threading.Lock()


async def prepare() -> None:
    """Read the fonts beside the event loop where the extra is installed, so that no answer waits for them."""
    await asyncio.sleep(LATER)
    with contextlib.suppress(ModuleNotFoundError):
        await asyncio.to_thread(_draw, lambda charts: charts.prepare())


async def drawn(name: str, about: str, draw: Callable[[ModuleType], bytes]) -> tuple[Attachment | None, str]:
    """Return a picture as a file of that name, and what is to be said of it; or none, and why not.

    Args:
        name: of the file.
        about: what it shows, in words.
        draw: draws it with the module `bot.charts.pictures`, in a thread of its own.

    """
    try:
        async with asyncio.timeout(SECONDS):
            content, language = await asyncio.to_thread(
                _draw, lambda charts: (draw(charts), charts.written())
            )
    except ModuleNotFoundError:
        return None, _("For a picture, whoever runs the bot does {how}").format(how=HOW)
    except TimeoutError:
        return None, _("The picture took too long")
    except Exception:
        # The list says the same in words, so that nobody goes without an answer.
        log.exception("picture not drawn name=%s", name)
        return None, _("The picture could not be drawn")
    said = "" if language == spoken() else _("The picture is in English: no font here has the letters")
    return Attachment(name, content, _whole(about)), said


def _whole(about: str) -> str:
    """Return as many whole parts of what a picture shows as there is room for, and say that there is more."""
    if len(about) <= ABOUT:
        return about
    more = _("; more in the list")
    parts, between, _cut = about[: ABOUT - len(more) + 1].rpartition("; ")
    return (parts if between else shorten(about, ABOUT - len(more))) + more


def _draw(draw: Callable[[ModuleType], T]) -> T:
    from bot.charts import pictures as charts

    with _DRAWING:
        return draw(charts)
