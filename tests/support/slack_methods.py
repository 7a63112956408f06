"""The Web API of the Slack on loopback: which methods there are, and how a call of one is judged.

https://docs.slack.dev/reference/methods.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.slack_http import Json, Refused

Do = Callable[[Json], Awaitable[Json]]


@dataclass(frozen=True)
class Method:
    """One method: what it does, the names of its arguments, and what it asks for."""

    do: Do
    needs: str = ""
    """Arguments without which it is refused, by name, a blank between them."""
    takes: str = ""
    """Other arguments."""
    scope: str = ""
    json: bool = False
    """Whether it takes JSON; a form it always takes."""
    app: bool = False
    """Whether it is for the app's own token."""

    def check(self, given: Json, *, as_json: bool) -> None:
        """Look whether a call has the arguments that it should.

        Raises:
            Refused: one is missing, one is unknown, or they came as JSON where that is not taken.

        """
        if as_json and not self.json:
            raise Refused("invalid_post_type", "JSON for a method that takes forms")
        needed = self.needs.split()
        if missing := [name for name in needed if given.get(name) in (None, "", [])]:
            code = {"channel": "channel_not_found", "ts": "message_not_found"}.get(missing[0])
            raise Refused(code or "invalid_arguments", f"without {', '.join(missing)}")
        if strange := set(given) - {*needed, *self.takes.split()}:
            raise Refused("invalid_arguments", f"unknown arguments: {', '.join(sorted(strange))}")


def truth(value: object) -> bool:
    """Return what an argument says that is true or false, in JSON or in a form."""
    return value in (True, 1, "1", "true", "True")


def whole(given: Json, name: str, default: int, most: int) -> int:
    """Return an argument that is a whole number from 1 to `most`.

    Raises:
        Refused: it is not.

    """
    value = str(given.get(name, default))
    if not value.isdecimal() or not 1 <= int(value) <= most:
        raise Refused("invalid_limit", f"{name}={value}, which is not from 1 to {most}")
    return int(value)


def page(items: Sequence[Any], given: Json, default: int, most: int) -> tuple[Sequence[Any], Json]:
    """Return one page of a list and what tells of the next, as /apis/web-api/pagination has it.

    Raises:
        Refused: the cursor is none.

    """
    cursor, limit = str(given.get("cursor") or "next:0"), whole(given, "limit", default, most)
    kind, _, start = cursor.partition(":")
    if kind != "next" or not start.isdecimal():
        raise Refused("invalid_cursor", "a cursor that is none")
    end = int(start) + limit
    further = f"next:{end}" if end < len(items) else ""
    return items[int(start) : end], {"response_metadata": {"next_cursor": further}}
