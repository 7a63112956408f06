"""What people do with modals on the Slack on loopback: fill them in, send them, close them."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.support.slack_asking import INTERACTIVE, NotOffered
from tests.support.slack_controls import SlackControls
from tests.support.slack_http import Json
from tests.support.slack_payloads import stating, values_of
from tests.support.slack_seen import Seen
from tests.support.slack_shown import Shown
from tests.support.slack_shown import message_of as shown_of
from tests.support.slack_view_limits import submission_refusal
from tests.support.witness import PATIENCE

_TYPED = 3_000


class SlackForms(SlackControls):
    """The members of the workspace, with what lies open before them."""

    async def fill(
        self,
        view: Shown,
        entries: Mapping[str, str | Sequence[str]],
        *,
        patience: float = PATIENCE,
    ) -> Seen:
        """Fill in a form, by the ids or labels of its blocks, and send it; the rest stays as it was."""
        source = shown_of(view)
        by = self._looker(source)
        self._still_there(source, by)
        if not source.get("submit"):
            raise NotOffered("there is nothing to send")
        left = dict(entries)
        values = values_of(source["blocks"], source["state"]["values"])
        for block in (block for block in source["blocks"] if block["type"] == "input"):
            await self._fill_in(source, block, values, left, by)
        if left:
            raise NotOffered(f"the form has no {', '.join(left)}")
        source["state"] = {"values": values}
        where = view.channel if isinstance(view, Seen) else ""
        seen = Seen(by, where, self, source=source)
        payload = {**self._interaction("view_submission", by), **self._view(source), "response_urls": []}

        def take(answer: Json) -> None:
            self._submitted(seen, source, answer)

        return await self._tell(seen, INTERACTIVE, payload, patience=patience, then=take)

    async def close_view(self, view: Shown) -> None:
        """Close a view, of which the bot is told if it asked for that."""
        source = shown_of(view)
        by = self._looker(source)
        self._still_there(source, by)
        self.modals.close(by, None if source.get("clear_on_close") else source)
        if source.get("notify_on_close"):
            about = {**self._view(source), "is_cleared": bool(source.get("clear_on_close"))}
            await self.deliver(INTERACTIVE, {**self._interaction("view_closed", by), **about})

    # ---- inside -------------------------------------------------------------------------------------

    async def _fill_in(self, source: Json, block: Json, values: Json, left: dict[str, Any], by: str) -> None:
        """Put into a field what was typed or chosen; what was used is taken from `left`."""
        element, label = block["element"], block["label"]["text"]
        states = values[next(ident for ident in values if ident == block.get("block_id"))]
        name = element.get("action_id", "")
        key = next((each for each in (block.get("block_id"), label) if each in left), None)
        if key is not None:
            given = left.pop(key)
            if element["type"] == "plain_text_input":
                _typeable(element, label, given)
                states[name] = stating(element, given or None)
            elif given:
                wanted = [given] if isinstance(given, str) else given
                chosen = await self._chosen(source, block["block_id"], element, wanted, by)
                states[name] = stating(element, chosen)
            else:
                states[name] = stating(element, None)
        empty = not any(value for at, value in states[name].items() if at != "type")
        if empty and not block.get("optional", False):
            raise NotOffered(f"{label!r} is to be filled in")

    def _submitted(self, seen: Seen, view: Json, answer: Json) -> None:
        """Do with a form what its acknowledgement says."""
        if refusal := submission_refusal(answer, view):
            self.breach(f"view_submission {view['callback_id']}: {refusal.words}")
            return
        match answer.get("response_action"):
            case "errors":
                seen.errors.update(answer["errors"])
            case "update":
                self.modals.update(view, answer["view"])
            case "push":
                self.modals.lay(seen.by, answer["view"])
            case "clear":
                self.modals.close(seen.by)
            case _:
                self.modals.close(seen.by, view)
                seen.closed = True


def _typeable(element: Json, label: str, text: str) -> None:
    least, most = element.get("min_length", 0), element.get("max_length", _TYPED)
    if text and not least <= len(text) <= most:
        raise NotOffered(f"{label!r} takes {least} to {most} characters")
    if "\n" in text and not element.get("multiline"):
        raise NotOffered(f"{label!r} takes one line")
