"""In which channels people of Slack are, and of which those who are not in them may know."""

import asyncio
import logging
from collections.abc import Collection, Mapping
from datetime import timedelta

from bot.platforms import SendError
from bot.platforms.slack_answers import next_cursor, rows
from bot.platforms.slack_remembering import Remembered
from bot.platforms.slack_web import SlackWeb
from claims.clock import Clock

PAGE, PAGES = 999, 5
"""Channels of one look and looks; a page is the most that Slack takes
(https://docs.slack.dev/reference/methods/users.conversations)."""
LASTING = timedelta(minutes=1)
"""So long it is taken for true where somebody is: Slack does not tell the bot who leaves a channel."""
PEOPLE = 2_000
"""Of so many it is remembered."""
_BOTH, _PUBLIC = "public_channel,private_channel", "public_channel"
_US = ""
"""Whom Slack takes for the bot."""

_log = logging.getLogger(__name__)


class Memberships:
    """Asks Slack where people are, and remembers it for a moment."""

    def __init__(self, web: SlackWeb, clock: Clock) -> None:
        """Keep whom to ask."""
        self._web, self._clock = web, clock
        self.forget()

    def forget(self) -> None:
        """Ask anew: the bot is in other channels than before."""
        self._theirs = Remembered(self._ask, self._clock, lasting=LASTING, most=PEOPLE)

    async def of(self, person: str) -> Mapping[str, str]:
        """Return who created each channel that somebody is in, by destination.

        Of private ones Slack tells of those that the bot is in too; of the bot's own, the public ones are
        returned.

        Raises:
            SendError: Slack does not tell of all.

        """
        return await self._theirs.of(person)

    async def apart(
        self, person: str, destinations: Collection[str], seconds: float
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Return which of these destinations are private, and which of those somebody is not in.

        What Slack does not tell within some seconds is private, and they are not in it. So is a public
        channel that the bot is in no longer, for those who are not in it either.
        """
        private = apart = frozenset(destinations)
        try:
            async with asyncio.timeout(seconds):
                if private:
                    private = apart = private - (await self.of(_US)).keys()
                if private:
                    apart = private - (await self.of(person)).keys()
        except (SendError, TimeoutError) as error:
            _log.warning("of which channels somebody may know is not known: %s", error)
        return private, apart

    async def _ask(self, person: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        cursor = ""
        for _page in range(PAGES):
            told = await self._web.call(
                "users.conversations",
                user=person or None,
                types=_BOTH if person else _PUBLIC,
                exclude_archived=person != _US,
                limit=PAGE,
                cursor=cursor or None,
            )
            found |= {f"slack:{each.get('id')}": str(each.get("creator")) for each in rows(told, "channels")}
            if not (cursor := next_cursor(told)):
                return found
        raise SendError(f"somebody is in more than {PAGE * PAGES} channels", permanent=False)
