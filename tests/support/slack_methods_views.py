"""Modals and Home of the Slack on loopback: https://docs.slack.dev/reference/methods (views.*)."""

from tests.support.slack_http import Json, Refused, parsed
from tests.support.slack_methods import Method
from tests.support.slack_state import SlackState
from tests.support.slack_view_limits import view_refusal


class ViewMethods:
    """What `views.*` does."""

    def __init__(self, state: SlackState) -> None:
        self.state = state

    def methods(self) -> dict[str, Method]:
        """Return the methods by their names."""
        return {
            "views.open": Method(self._open, "trigger_id view", json=True),
            "views.push": Method(self._push, "trigger_id view", json=True),
            "views.update": Method(self._update, "view", "view_id external_id hash", json=True),
            "views.publish": Method(self._publish, "user_id view", "hash", json=True),
        }

    async def _open(self, given: Json) -> Json:
        view = self.state.modals.open(str(given["trigger_id"]), self._view(given, "modal"))
        await self.state.note("view", how="open", to=view["user"], view=view)
        return {"view": told(view)}

    async def _push(self, given: Json) -> Json:
        view = self.state.modals.push(str(given["trigger_id"]), self._view(given, "modal"))
        await self.state.note("view", how="push", to=view["user"], view=view)
        return {"view": told(view)}

    async def _update(self, given: Json) -> Json:
        if ("view_id" in given) == ("external_id" in given):
            raise Refused("invalid_arguments", "not just one of view_id and external_id")
        view = self.state.modals.view(str(given.get("view_id")))
        if view is None:
            raise Refused("not_found")
        _check_hash(given, view)
        view = self.state.modals.update(view, self._view(given, view["type"]))
        await self.state.note("view", how="update", to=view["user"], view=view)
        return {"view": told(view)}

    async def _publish(self, given: Json) -> Json:
        person = str(given["user_id"])
        if person not in self.state.members:
            raise Refused("user_not_found", "a Home for nobody")
        if home := self.state.modals.homes.get(person):
            _check_hash(given, home)
        view = self.state.modals.publish(person, self._view(given, "home"))
        await self.state.note("view", how="publish", to=person, view=view)
        return {"view": told(view)}

    @staticmethod
    def _view(given: Json, kind: str) -> Json:
        view = parsed(given["view"], "view")
        if code := view_refusal(view):
            raise Refused(code, code.words)
        if view["type"] != kind:
            raise Refused("invalid_arguments", f"a view that is no {kind}")
        return dict(view)


def told(view: Json) -> Json:
    """Return a view as Slack tells of it."""
    return {name: value for name, value in view.items() if name != "user"}


def _check_hash(given: Json, view: Json) -> None:
    if "hash" in given and given["hash"] != view["hash"]:
        raise Refused("hash_conflict")
