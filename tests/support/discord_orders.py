"""Orders for the Discord on loopback that runs by itself: a JSON object a line, and what came of it.

| order | does |
| --- | --- |
| `{"slash": "claim show", "options": {"claim": "x"}}` | gives a slash command |
| `{"autocomplete": "claim show", "option": "claim", "typed": "she"}` | types into an option |
| `{"press": "Share", "message": "10012"}` | presses a button, by label or custom id |
| `{"choose": "review:x", "values": ["..."], "message": "10012"}` | chooses from a menu |
| `{"submit": {"Title": "..."}}` | fills in the form that was opened last |
| `{"say": "...", "channel": 600}` | writes a message as a person |
| `{"menu_on": "Match to claims", "message": "10012"}` | uses the menu of a message |
| `{"join": 510, "channels": [610]}`, `{"leave": 510}` | invites the bot, or removes it |
| `{"delete_channel": 600}`, `{"take": "SEND_MESSAGES", "channel": 600}` | gets in the bot's way |
| `{"cut": true}` | cuts the gateway |
| `{"violations": true}` | tells what was not kept so far |

Those of people take `"by"`, the id of a member; the server 500 has 901 (reader), 902 (manager), 903 (editor).
"""

from typing import Any

from tests.support.discord_controls import DiscordControls
from tests.support.discord_http import Json
from tests.support.discord_owners import DiscordOwners
from tests.support.discord_people import DiscordPeople
from tests.support.discord_places import May, Member
from tests.support.discord_state import Answer


class DiscordByOrder(DiscordPeople, DiscordControls, DiscordOwners):
    """All who do something around the bot, and do as they are told."""

    async def obey(self, order: Json) -> Json:
        """Do what an order says and return what its person sees, or what there is to tell."""
        asked = await self._person(order)
        if isinstance(asked, Answer):
            return {
                "event": "shown",
                "acknowledged": asked.acknowledged,
                "message": asked.message,
                "ephemeral": asked.ephemeral,
                "modal": asked.modal,
                "files": sorted((*asked.files, *asked.pictures)),
            }
        if asked is not None:
            return {"event": "shown", **asked}
        await self._owner(order)
        return {"event": "done", "violations": self.violations}

    async def _person(self, order: Json) -> Answer | Json | None:
        who: dict[str, Any] = {"by": self._member(order)}
        match order:
            case {"slash": name}:
                return await self.slash(name, order.get("options"), channel=order.get("channel"), **who)
            case {"autocomplete": name, "option": option, "typed": typed}:
                return {"choices": await self.autocomplete(name, option, typed, order.get("options"), **who)}
            case {"press": what, "message": ident}:
                return await self.press(self.by_id[ident], what, **who)
            case {"choose": what, "message": ident, "values": values}:
                return await self.choose(self.by_id[ident], what, values, **who)
            case {"submit": entries}:
                last = next(asked for asked in reversed(self.answers.values()) if asked.modal)
                return await self.submit(last, entries)
            case {"say": text, "channel": channel}:
                return {"message": self.say(channel, text, **who)}
            case {"menu_on": name, "message": ident}:
                return await self.menu_on(self.by_id[ident], name, **who)
        return None

    async def _owner(self, order: Json) -> None:
        match order:
            case {"join": guild, "channels": channels}:
                await self.join(guild, tuple(channels))
            case {"leave": guild}:
                await self.leave(guild)
            case {"delete_channel": channel}:
                await self.delete_channel(channel)
            case {"take": name}:
                await self.take(May[name], channel=order.get("channel"), guild=order.get("guild"))
            case {"cut": _}:
                await self.cut()

    def _member(self, order: Json) -> Member | None:
        everybody = (m for guild in self.guilds.values() for m in guild.members.values())
        return next((member for member in everybody if member.ident == order.get("by")), None)
