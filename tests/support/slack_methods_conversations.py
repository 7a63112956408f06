"""Channels and their history on the Slack on loopback: https://docs.slack.dev/reference/methods."""

from tests.support.slack_http import Json, Refused
from tests.support.slack_methods import Method, page, truth
from tests.support.slack_methods_chat import shown
from tests.support.slack_places import BOT, HISTORY, READ, Channel, Kind
from tests.support.slack_state import SlackState

_LOOKED = "cursor include_all_metadata inclusive latest limit oldest"


class ConversationMethods:
    """What `conversations.*` and users.conversations do."""

    def __init__(self, state: SlackState) -> None:
        self.state = state

    def methods(self) -> dict[str, Method]:
        """Return the methods by their names."""
        return {
            "conversations.info": Method(self._info, "channel", "include_locale include_num_members"),
            "conversations.open": Method(
                self._open, "users", "prevent_creation return_im", "im:write", json=True
            ),
            "conversations.history": Method(self._history, "channel", _LOOKED),
            "conversations.replies": Method(self._replies, "channel ts", _LOOKED),
            "conversations.members": Method(self._members, "channel", "cursor limit"),
            "users.conversations": Method(self._of_user, "", "user types cursor limit exclude_archived"),
        }

    async def _info(self, given: Json) -> Json:
        place = self.state.found(given["channel"])
        self.state.needs(READ[place.kind])
        return {"channel": place.shown(with_members=truth(given.get("include_num_members")))}

    async def _open(self, given: Json) -> Json:
        if "," in given["users"]:
            raise Refused("invalid_arguments", "direct messages with several people")
        place = self.state.direct(given["users"])
        return {"channel": place.shown() if truth(given.get("return_im")) else {"id": place.ident}}

    async def _history(self, given: Json) -> Json:
        place = self._readable(given)
        here = [m for m in reversed(self.state.messages) if m["channel"] == place.ident]
        return self._told([m for m in here if _on_top(m)], given, newest_first=True)

    async def _replies(self, given: Json) -> Json:
        thread = self.state.thread(self._readable(given).ident, str(given["ts"]))
        if not thread:
            raise Refused("thread_not_found")
        return self._told(thread, given, newest_first=False)

    def _readable(self, given: Json) -> Channel:
        place = self.state.found(given["channel"])
        self.state.needs(HISTORY[place.kind])
        if not self.state.hears(place.ident):
            raise Refused("not_in_channel")
        return place

    def _told(self, messages: list[Json], given: Json, *, newest_first: bool) -> Json:
        """Return a page: of the newest, unless only `oldest` is given, as the method's page has it."""
        metadata = truth(given.get("include_all_metadata"))
        if metadata and "metadata.message:read" not in self.state.scopes:
            self.state.breach("include_all_metadata without the scope metadata.message:read")
            metadata = False
        oldest, latest = _moment(given, "oldest", "0"), _moment(given, "latest", "9" * 12)
        inclusive = truth(given.get("inclusive"))
        kept = [
            m
            for m in messages
            if oldest < (at := _parts(m["ts"])) < latest or (inclusive and at in (oldest, latest))
        ]
        if newest_first and "oldest" in given and "latest" not in given:
            kept.reverse()
        some, more = page(kept, given, 100, 999)
        told = [shown(message, with_metadata=metadata) for message in some]
        if newest_first:
            told.sort(key=lambda message: _parts(message["ts"]), reverse=True)
        return {"messages": told, "has_more": bool(more["response_metadata"]["next_cursor"]), **more}

    async def _members(self, given: Json) -> Json:
        place = self.state.found(given["channel"])
        self.state.needs(READ[place.kind])
        some, more = page(sorted(place.members), given, 100, 1000)
        return {"members": list(some), **more}

    async def _of_user(self, given: Json) -> Json:
        user, kinds = str(given.get("user") or BOT), _kinds(given)
        if user not in self.state.members:
            raise Refused("user_not_found")
        for kind in kinds:
            self.state.needs(READ[kind])
        mine = [
            place
            for place in self.state.channels.values()
            if place.kind in kinds
            and user in {*place.members, *([BOT] if place.kind is Kind.DIRECT else [])}
            and (place.kind is Kind.PUBLIC or self.state.hears(place.ident))
            and not (place.archived and truth(given.get("exclude_archived")))
        ]
        some, more = page(mine, given, 100, 999)
        return {"channels": [place.shown() for place in some], **more}


def _kinds(given: Json) -> list[Kind]:
    try:
        return [Kind(each) for each in str(given.get("types") or Kind.PUBLIC).split(",")]
    except ValueError:
        raise Refused("invalid_types", f"types={given['types']}") from None


def _on_top(message: Json) -> bool:
    """Say whether a message is shown in the channel, and not in a thread alone."""
    return message.get("thread_ts", message["ts"]) == message["ts"] or bool(message.get("reply_broadcast"))


def _parts(ts: str) -> tuple[int, int]:
    seconds, _, micros = ts.partition(".")
    return int(seconds), int(micros.ljust(6, "0") or "0")


def _moment(given: Json, name: str, default: str) -> tuple[int, int]:
    value = str(given.get(name) or default)
    try:
        return _parts(value)
    except ValueError:
        raise Refused(f"invalid_ts_{name}", f"{name}={value}") from None
