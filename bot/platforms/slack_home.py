"""App Home: published when somebody opens it, and anew after they changed something from it."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from bot.card import Card
from bot.commands.model import Asker, Powers
from bot.language import speaking
from bot.platforms import Desk, SendError
from bot.platforms.slack_guarded import Guarded
from bot.platforms.slack_heard import Body, Heard
from bot.platforms.slack_memberships import Memberships
from bot.platforms.slack_surfaces import Surfaces
from bot.render.slack_views import Asked

_log = logging.getLogger(__name__)


class Home:
    """Shows each person their own; see https://docs.slack.dev/surfaces/app-home."""

    def __init__(self, memberships: Memberships, guarded: Guarded, surfaces: Surfaces) -> None:
        """Keep who knows in which channels people are, who does the work, and where it is shown."""
        self._memberships, self._guarded, self._surfaces = memberships, guarded, surfaces

    async def opened(self, desk: Desk, body: Body) -> None:
        """Publish it for whoever opened it (`app_home_opened`); opening the messages beside it is no such."""
        event: Body = body["event"]
        if event.get("tab") == "home":
            await self.publish(desk, Heard(str(event["user"]), str(body.get("team_id") or ""), Asked()))

    async def publish(self, desk: Desk, heard: Heard) -> None:
        """Publish it for somebody, in their language."""

        async def cards(asker: Asker) -> Sequence[Card]:
            try:
                theirs = await self._memberships.of(heard.person)
            except SendError as error:
                _log.warning("the channels of somebody are not known: %s", error)
                return await desk.home(asker)  # all but the private ones, of which nothing is known either
            created = {each: Powers(manages=True) for each, who in theirs.items() if who == heard.person}
            return await desk.home(replace(asker, channels={**asker.channels, **created}), set(theirs))

        def alone(card: Card) -> Sequence[Card]:
            return (card,)

        with speaking(await self._guarded.language(heard)):
            shown = await self._guarded.do(heard, "App Home", cards, alone)
            try:
                await self._surfaces.publish(heard.person, shown)
            except SendError as error:
                _log.warning("App Home was not published: %s", error)
