"""The second opinion, put together: a language model where the settings name one, and nothing elsewhere."""

import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from bot.settings import Settings
from claims.clock import Clock
from claims.errors import SettingsError
from claims.matching.lexicon import Lexicon
from claims.store_opinions import OpinionBook
from watchers.chain import Reconsider
from watchers.second_opinion import Budget, SecondOpinion

if TYPE_CHECKING:
    from watchers.model_endpoint import ModelEndpoint

_VISITS_WAIT = 2
"""How many times the time-out of one question a visit waits for all of its own."""
_LIBRARIES = ("openai", "httpx2")


@contextlib.asynccontextmanager
async def second_opinion(
    settings: Settings, store: OpinionBook, lexicon: Lexicon, clock: Clock
) -> AsyncIterator[Reconsider | None]:
    """Hand out what reconsiders stories, or None where it is off; at the end its connections are closed.

    Raises:
        SettingsError: it is on, and the extra is not installed.

    """
    wanted = settings.second_opinion
    if not wanted.on:
        yield None
        return
    async with _endpoint(settings) as endpoint:
        yield SecondOpinion(
            store,
            endpoint=endpoint.ask,
            model=wanted.model,
            lexicon=lexicon,
            clock=clock,
            budget=Budget(wanted.requests_per_day, wanted.tokens_per_day),
            patience_seconds=_VISITS_WAIT * wanted.timeout_seconds,
        ).reconsider


async def try_second_opinion(settings: Settings) -> tuple[bool, str]:
    """Return whether the model can be asked, and a sentence; nothing is asked but which models there are."""
    try:
        async with _endpoint(settings) as endpoint:
            return await endpoint.check()
    except SettingsError as error:
        return False, str(error)


def _endpoint(settings: Settings) -> "ModelEndpoint":
    try:
        from watchers.model_endpoint import EndpointPolicy, ModelEndpoint
    except ModuleNotFoundError as error:
        if error.name not in _LIBRARIES:
            raise
        raise SettingsError(
            "second_opinion: its extra is not installed; pip install 'claimwatch[second-opinion]', "
            "or take url and model out"
        ) from error
    wanted = settings.second_opinion
    key = wanted.api_key.get_secret_value() if wanted.api_key else None
    return ModelEndpoint(EndpointPolicy(wanted.url, wanted.model, key, wanted.timeout_seconds))
