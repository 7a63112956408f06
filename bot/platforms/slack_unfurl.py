"""What is shown under links that people post: a few lines where they lead to a story that bears on claims."""

import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from html import unescape

from bot.platforms import Desk, SendError
from bot.platforms.slack_askers import Askers
from bot.platforms.slack_heard import Body
from bot.platforms.slack_refusals import Refused
from bot.platforms.slack_web import SlackWeb
from bot.render.slack_unfurl import unfurl_blocks
from claims.clock import Clock
from claims.errors import UsageError
from claims.text import canonical_url

AGAIN = timedelta(minutes=30)
"""One link is shown once in so long a time in a channel, however often it is posted there."""
LINKS = 5
"""Of one message that are looked at: under more, nobody reads on."""
REMEMBERED = 1_000
COMPOSER = "composer"
"""The `source` of a link in a message that is still being written, of which its writer alone sees more."""

_log = logging.getLogger(__name__)


class Unfurls:
    """Answers `link_shared` (https://docs.slack.dev/reference/events/link_shared)."""

    def __init__(self, web: SlackWeb, askers: Askers, clock: Clock) -> None:
        """Keep where to show, and who knows people and channels."""
        self._web, self._askers, self._clock = web, askers, clock
        self._shown: OrderedDict[tuple[str, str], datetime] = OrderedDict()
        self._refused: set[str] = set()

    async def hear(self, desk: Desk, body: Body) -> None:
        """Show more of the links that somebody posts or is about to post.

        Members of the workspace alone are answered, and nothing is shown where people of other workspaces
        read it, since claims and verdicts are the workspace's own.
        """
        event: Body = body["event"]
        writing = event.get("source") == COMPOSER
        person, channel = str(event.get("user") or ""), str(event.get("channel") or "")
        if not person or not (writing or await self._askers.among_ourselves(channel)):
            return
        try:
            asker = await self._askers.asker(person=person, channel="" if writing else channel)
        except UsageError:
            return
        where = person if writing else channel
        links = (str(each.get("url") or "") for each in event.get("links") or ())
        # Slack writes addresses as it writes text, and takes them back as it wrote them.
        pages = {(where, canonical_url(unescape(url))): url for url in links}
        due = [key for key in pages if self._is_due(key)][:LINKS]
        cards = {key: await desk.unfurl(unescape(pages[key]), asker) for key in due}
        shown = {key: {"blocks": unfurl_blocks(card)} for key, card in cards.items() if card}
        if shown and await self._show(event, {pages[key]: look for key, look in shown.items()}):
            self._note(shown)

    async def _show(self, event: Body, shown: Mapping[str, object]) -> bool:
        if event.get("unfurl_id") and event.get("source"):
            where = {"unfurl_id": event["unfurl_id"], "source": event["source"]}
        else:
            where = {"channel": event.get("channel"), "ts": event.get("message_ts")}
        try:
            await self._web.call("chat.unfurl", unfurls=shown, **where)
        except SendError as error:
            code = error.code if isinstance(error, Refused) else ""
            level = logging.DEBUG if code in self._refused else logging.WARNING
            _log.log(level, "nothing shown under a link: %s", error)
            self._refused |= {code} - {""}
            return False
        return True

    def _is_due(self, key: tuple[str, str]) -> bool:
        at = self._shown.get(key)
        return at is None or self._clock() - at >= AGAIN

    def _note(self, keys: Iterable[tuple[str, str]]) -> None:
        for key in keys:
            self._shown[key] = self._clock()
            self._shown.move_to_end(key)
        while len(self._shown) > REMEMBERED:
            self._shown.popitem(last=False)
