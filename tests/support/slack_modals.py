"""Modals and Home of the people of the Slack on loopback, and the trigger ids that open them.

https://docs.slack.dev/surfaces/modals, /surfaces/app-home and
https://docs.slack.dev/reference/interaction-payloads (trigger_id).
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from tests.support.slack_http import Json, Refused
from tests.support.slack_places import APP, BOT_ID, TEAM

STACK = 3
"""Views of a modal that lie on each other."""


@dataclass
class Trigger:
    """What lets a modal be opened once, and soon."""

    by: str
    made_at: float
    view: str = ""
    """The view in which it came to be."""
    used: bool = False


class Modals:
    """What lies open before whom; `clock` counts seconds, and `number` makes ids.

    A view is what a payload says of it, and `user`, who sees it.
    """

    def __init__(self, clock: Callable[[], float], number: Callable[[], int]) -> None:
        self._clock, self._number = clock, number
        self.deadline = 3.0
        """Seconds for which a trigger id is good."""
        self.stacks: dict[str, list[Json]] = {}
        """By person: the views of the modal that they have open, the topmost last."""
        self.homes: dict[str, Json] = {}
        """By person, as it was published last."""
        self.triggers: dict[str, Trigger] = {}

    def trigger(self, by: str, view: str = "") -> str:
        """Return a new trigger id for something that a person did, in a view or elsewhere."""
        ident = f"{self._number()}.trigger"
        self.triggers[ident] = Trigger(by, self._clock(), view)
        return ident

    def top(self, person: str) -> Json | None:
        """Return the view that a person has before them."""
        stack = self.stacks.get(person)
        return stack[-1] if stack else None

    def view(self, ident: str) -> Json | None:
        """Return a view that is open."""
        views = (view for stack in self.stacks.values() for view in stack)
        return next((view for view in (*views, *self.homes.values()) if view["id"] == ident), None)

    # ---- what the bot does --------------------------------------------------------------------------

    def open(self, trigger: str, given: Json) -> Json:
        """Open a modal.

        Raises:
            Refused: the trigger id is unknown, late or used, or the person has a modal open.

        """
        used = self._use(trigger)
        if any(view["id"] == used.view for view in self.stacks.get(used.by, [])):
            raise Refused("push_limit_reached", "views.open from within a modal, which views.push is for")
        self.stacks[used.by] = [self._new(used.by, given)]
        return self.stacks[used.by][0]

    def push(self, trigger: str, given: Json) -> Json:
        """Lay a view on the modal in which the trigger came to be.

        Raises:
            Refused: the trigger id is unknown, late or used, there is no modal, or three lie there already.

        """
        used = self._use(trigger)
        if not any(view["id"] == used.view for view in self.stacks.get(used.by, [])):
            raise Refused("not_found", "views.push with a trigger id that is of no open modal")
        return self.lay(used.by, given)

    def lay(self, person: str, given: Json) -> Json:
        """Lay a view on those of a person.

        Raises:
            Refused: three lie there already.

        """
        stack = self.stacks[person]
        if len(stack) >= STACK:
            raise Refused("push_limit_reached", f"more than {STACK} views on each other")
        root, below = stack[0]["id"], stack[-1]["id"]
        stack.append({**self._new(person, given), "root_view_id": root, "previous_view_id": below})
        return stack[-1]

    def update(self, view: Json, given: Json) -> Json:
        """Write a view anew; what was typed stays where blocks and inputs have the same ids."""
        kept = {name: view[name] for name in ("id", "user", "root_view_id", "previous_view_id", "state")}
        view.clear()
        view.update({**self._blank(given), **kept})
        return view

    def close(self, person: str, view: Json | None = None) -> None:
        """Take a view away and those on it, or the whole modal."""
        stack = self.stacks.pop(person, [])
        if view is not None and (below := stack[: stack.index(view)]):
            self.stacks[person] = below

    def publish(self, person: str, given: Json) -> Json:
        """Write a person's Home anew."""
        if person in self.homes:
            return self.update(self.homes[person], given)
        self.homes[person] = self._new(person, given)
        return self.homes[person]

    # ---- inside -------------------------------------------------------------------------------------

    def _use(self, ident: str) -> Trigger:
        trigger = self.triggers.get(ident)
        if trigger is None:
            raise Refused("invalid_trigger_id", "a trigger id that is none")
        if trigger.used:
            raise Refused("exchanged_trigger_id", "a trigger id used twice")
        trigger.used = True
        late = self._clock() - trigger.made_at
        if late > self.deadline:
            raise Refused("expired_trigger_id", f"a trigger id used after {late:.1f} s")
        return trigger

    def _new(self, person: str, given: Json) -> Json:
        ident = f"V{self._number()}"
        stack = {"root_view_id": ident, "previous_view_id": None}
        return {**self._blank(given), "id": ident, "user": person, **stack, "state": {"values": {}}}

    def _blank(self, given: Json) -> Json:
        digest = hashlib.sha256(json.dumps([given, self._number()]).encode()).hexdigest()
        made = {"team_id": TEAM, "app_id": APP, "bot_id": BOT_ID, "app_installed_team_id": TEAM}
        texts = dict.fromkeys(("private_metadata", "callback_id", "external_id"), "")
        looks = {"clear_on_close": False, "notify_on_close": False, "close": None, "submit": None}
        return {**made, **texts, **looks, **given, "hash": f"{self._number()}.{digest[:8]}"}
