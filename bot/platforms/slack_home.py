"""App Home: published when somebody opens it, and anew after they changed something from it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.card import Card
from bot.commands.model import Asker, Powers
from bot.language import speaking
from bot.platforms import Desk, SendError
from bot.platforms.slack_answers import next_cursor, rows
from bot.platforms.slack_guarded import Guarded
from bot.platforms.slack_heard import Body, Heard
from bot.platforms.slack_surfaces import Surfaces
from bot.platforms.slack_web import SlackWeb
from bot.render.slack_views import Asked

PAGE, PAGES = 999, 5
"""Channels of one look and looks; a page is the most that Slack takes
(https://docs.slack.dev/reference/methods/users.conversations)."""

_log = logging.getLogger(__name__)


class Home:
    """Shows each person their own; see https://docs.slack.dev/surfaces/app-home."""

    def __init__(self, web: SlackWeb, guarded: Guarded, surfaces: Surfaces) -> None:
        """Keep whom to ask, who does the work, and where it is shown."""
        self._web, self._guarded, self._surfaces = web, guarded, surfaces

    async def opened(self, desk: Desk, body: Body) -> None:
        """Publish it for whoever opened it (`app_home_opened`); opening the messages beside it is no such."""
        event: Body = body["event"]
        if event.get("tab") == "home":
            await self.publish(desk, Heard(str(event["user"]), str(body.get("team_id") or ""), Asked()))

    async def publish(self, desk: Desk, heard: Heard) -> None:
        """Publish it for somebody, in their language."""

        async def cards(asker: Asker) -> Sequence[Card]:
            theirs = await self._channels(heard.person)
            if theirs is None:
                return await desk.home(asker)
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

    async def _channels(self, person: str) -> Mapping[str, str] | None:
        """Return who created each channel that somebody is in, or None where Slack does not tell of all.

        Of private ones it tells of those that the bot is in too.
        """
        found: dict[str, str] = {}
        cursor = ""
        for _page in range(PAGES):
            try:
                told = await self._web.call(
                    "users.conversations",
                    user=person,
                    types="public_channel,private_channel",
                    exclude_archived=True,
                    limit=PAGE,
                    cursor=cursor or None,
                )
                found |= {
                    f"slack:{each.get('id')}": str(each.get("creator")) for each in rows(told, "channels")
                }
            except SendError as error:
                _log.warning("the channels of somebody are not known: %s", error)
                return None
            if not (cursor := next_cursor(told)):
                return found
        return None
