"""What people ask of the bot on the Slack on loopback: typed, by shortcuts, by a mention, in App Home."""

from typing import Any

from tests.support.slack_asking import EVENTS, INTERACTIVE, NotOffered
from tests.support.slack_forms import SlackForms
from tests.support.slack_http import Json
from tests.support.slack_payloads import (
    TOKEN,
    addresses,
    app_of,
    channel_of,
    message_of,
    user_of,
    written,
)
from tests.support.slack_places import APP, BOT, READER, TEAM, Member
from tests.support.slack_seen import Seen
from tests.support.slack_shown import Shown
from tests.support.slack_shown import message_of as shown_of
from tests.support.witness import PATIENCE

ALERTS = "C0ALERTS"
COMMAND = "/claimwatch"


class SlackPeople(SlackForms):
    """The members of the workspace and of others; `by` is the id of one, by default of a plain reader."""

    async def slash(
        self,
        text: str,
        *,
        by: str = READER,
        channel: str = ALERTS,
        times: int = 1,
        patience: float = PATIENCE,
    ) -> Seen:
        """Type the bot's command, which nobody can in a thread, and return what they see.

        With `times` the same envelope is delivered more than once.
        """
        member, place = self._member(by), self._open_place(channel, by)
        if member.team != TEAM or member.bot:
            raise NotOffered(f"{member.name} has no commands here")
        hook = self.hook(by, channel)
        told = channel_of(place)
        payload = {
            "token": TOKEN,
            "command": COMMAND,
            "text": text,
            "api_app_id": APP,
            "team_id": TEAM,
            "team_domain": self.team["domain"],
            "channel_id": told["id"],
            "channel_name": told["name"],
            "user_id": by,
            "user_name": member.name,
            "is_enterprise_install": "false",
            "trigger_id": self.modals.trigger(by),
            "response_url": hook.url,
        }
        seen = Seen(by, channel, self, hook=hook)
        return await self._tell(seen, "slash_commands", payload, times=times, patience=patience)

    async def shortcut(self, callback: str, *, by: str = READER, patience: float = PATIENCE) -> Seen:
        """Choose a shortcut of the bot from the menu of all shortcuts."""
        member = self._member(by)
        self._must_have(member, callback, "global")
        about = app_of(self.team, type="shortcut", callback_id=callback, action_ts=self.stamp())
        user = {key: value for key, value in user_of(member).items() if key != "name"}
        payload = {**about, "user": user, "trigger_id": self.modals.trigger(by)}
        return await self._tell(Seen(by, "", self), INTERACTIVE, payload, patience=patience)

    async def message_shortcut(
        self, message: Shown, callback: str, *, by: str = READER, patience: float = PATIENCE
    ) -> Seen:
        """Choose a shortcut of the bot from the menu of a message, of whomever it is."""
        source, member = shown_of(message), self._member(by)
        if "to" in source or "hash" in source:
            raise NotOffered("there is no menu of shortcuts there")
        self._must_have(member, callback, "message")
        self._still_there(source, by)
        channel, thread = source["channel"], str(source.get("thread_ts", ""))
        hook = self.hook(by, channel, thread=thread)
        payload = {
            **app_of(self.team, type="message_action", callback_id=callback, action_ts=self.stamp()),
            "user": user_of(member),
            "trigger_id": self.modals.trigger(by),
            "channel": channel_of(self.channels[channel]),
            "message_ts": source["ts"],
            "message": message_of(source),
            "response_url": hook.url,
        }
        seen = Seen(by, channel, self, thread, source, hook)
        return await self._tell(seen, INTERACTIVE, payload, patience=patience)

    async def mention(
        self,
        text: str,
        *,
        by: str = READER,
        channel: str = ALERTS,
        thread: str = "",
        patience: float = PATIENCE,
        **more: Any,
    ) -> Seen:
        """Write to the bot in a channel, or in a thread by the `ts` of its first message."""
        place = self._open_place(channel, by)
        if BOT not in place.members:
            raise NotOffered(f"the bot is not in {channel}")
        said = self.say(channel, f"<@{BOT}> {text}", by=by, thread=thread)
        event = {**self._said(said), "type": "app_mention", **more}
        seen = Seen(by, channel, self, thread or said["ts"])
        return await self._tell(seen, EVENTS, self._event(event, place), patience=patience)

    async def open_home(self, *, by: str = READER, patience: float = PATIENCE) -> Seen:
        """Open the Home of the bot, and wait until it was published."""
        self._member(by)
        seen = Seen(by, "", self)
        tab = {"user": by, "channel": self.direct(by).ident, "tab": "home", "event_ts": self.stamp()}
        home = self.modals.homes.get(by)
        view = {"view": {key: value for key, value in home.items() if key != "user"}} if home else {}
        payload = self._event({"type": "app_home_opened", **tab, **view})
        return await self._tell(seen, EVENTS, payload, holds=lambda: seen.home, patience=patience)

    async def post_link(
        self, text: str, *, by: str = READER, channel: str = ALERTS, thread: str = ""
    ) -> Json:
        """Write a message with addresses, and return it; the bot is told of those of its domains alone."""
        place = self._open_place(channel, by)
        said = self.say(channel, text, by=by, thread=thread)
        links = [{"url": url, "domain": domain} for url in said["links"] if (domain := self._domain(url))]
        if links and BOT in place.members:
            about = {"user": by, "channel": channel, "message_ts": said["ts"], "links": links}
            where = {"thread_ts": thread} if thread else {}
            source = {"unfurl_id": self.offer(said), "source": "conversations_history"}
            event = {"type": "link_shared", **about, **where, **source}
            await self._hears(event, place)
        return said

    def say(self, channel: str, text: str, *, by: str = READER, thread: str = "", **more: Any) -> Json:
        """Write a message as a person; of itself the bot hears nothing of it."""
        self._open_place(channel, by)
        answering = {"thread_ts": thread} if thread else {}
        return self.keep(channel, by, written(text), links=addresses(text), **answering, **more)

    # ---- inside -------------------------------------------------------------------------------------

    def _must_have(self, member: Member, callback: str, kind: str) -> None:
        if member.team != TEAM or member.bot:
            raise NotOffered(f"{member.name} has no shortcuts here")
        if self.app is not None and self.app.shortcuts.get(callback) != kind:
            raise NotOffered(f"no shortcut {callback} among {self.app.shortcuts}")

    def _domain(self, url: str) -> str:
        """Return the domain of an address if the app unfurls links to it, or nothing."""
        host = url.split("/")[2].rpartition("@")[2].partition(":")[0]
        domains = [host] if self.app is None else self.app.domains
        return next((each for each in domains if host == each or host.endswith(f".{each}")), "")

    def _said(self, message: Json) -> Json:
        """Return a message as an event tells of it."""
        member = self._member(message["user"])
        bot = {"bot_id": f"B{member.ident[1:]}"} if member.bot else {"client_msg_id": f"msg-{message['ts']}"}
        kept: Json = {
            key: message[key] for key in ("user", "text", "ts", "thread_ts", "channel") if key in message
        }
        team = {"team": member.team, **({} if member.team == TEAM else {"user_team": member.team})}
        return {**kept, **bot, **team, "event_ts": message["ts"]}
