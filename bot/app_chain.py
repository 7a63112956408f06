"""The chain that new stories go through, put together for the poller and for archives alike."""

from bot.parts import encoder_of, matcher_of
from bot.settings import Settings
from claims.alerting import decide
from claims.clock import Clock
from claims.store import Store
from claims.vectors import Vectors
from watchers.chain import Chain, Reconsider


def chain(settings: Settings, store: Store, clock: Clock, reconsider: Reconsider | None = None) -> Chain:
    """Return the chain over a store, with a second opinion where one is given."""
    return Chain(
        store,
        make_reader=matcher_of,
        decide=decide,
        vectors=Vectors(encoder_of(settings), store, clock),
        clock=clock,
        reconsider=reconsider,
    )
