"""What Slack's answers hold, read with care: what stands between may answer in its place."""

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.platforms import SendError
from bot.platforms.slack_refusals import refusal


def said(answer: AsyncSlackResponse, key: str) -> str:
    """Return a text of an answer.

    Raises:
        SendError: there is none.

    """
    text = answer.get(key)
    if not isinstance(text, str) or not text:
        raise not_slack()
    return text


def part(answer: AsyncSlackResponse, key: str) -> Mapping[str, Any]:
    """Return an object of an answer: `part(info, "channel")`.

    Raises:
        SendError: there is none.

    """
    found = answer.get(key)
    if not isinstance(found, dict):
        raise not_slack()
    return found


def said_in(answer: AsyncSlackResponse, key: str, name: str) -> str:
    """Return a text of an object of an answer: `said_in(opened, "channel", "id")`.

    Raises:
        SendError: there is none.

    """
    text = part(answer, key).get(name)
    if not isinstance(text, str) or not text:
        raise not_slack()
    return text


def rows(answer: AsyncSlackResponse, key: str) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list of an answer.

    Raises:
        SendError: there is no list.

    """
    found = answer.get(key)
    if not isinstance(found, list):
        raise not_slack()
    yield from (each for each in found if isinstance(each, dict))


def next_cursor(answer: AsyncSlackResponse) -> str:
    """Return where the next page of an answer begins, or nothing on the last.

    https://docs.slack.dev/apis/web-api/pagination
    """
    match answer.get("response_metadata"):
        case {"next_cursor": str(cursor)}:
            return cursor
    return ""


def refused(error: SlackApiError) -> SendError:
    """Return what the SDK's error means for a delivery."""
    response = error.response
    if not isinstance(response, AsyncSlackResponse):
        return not_slack()
    data = response.data if isinstance(response.data, dict) else {}
    return refusal(response.status_code, str(data.get("error") or ""), response.headers.get("Retry-After"))


def not_slack() -> SendError:
    """Return the error for an answer that Slack would not give."""
    return SendError("what answered is not Slack", permanent=False)
