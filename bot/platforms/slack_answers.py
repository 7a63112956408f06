"""What Slack's answers hold, read with care: what stands between may answer in its place."""

from collections.abc import Mapping

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


def posted(history: AsyncSlackResponse, event_type: str, payload: Mapping[str, str]) -> str | None:
    """Return the `ts` of the latest message that carries this metadata, if the history has one.

    Raises:
        SendError: it is no history.

    """
    messages = history.get("messages")
    if not isinstance(messages, list):
        raise not_slack()
    for message in messages:
        match message:
            case {"ts": str(ts), "metadata": {"event_type": found, "event_payload": carried}}:
                if (found, carried) == (event_type, payload):
                    return ts
    return None


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
