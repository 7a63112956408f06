"""What Slack's refusals mean for whoever runs the bot, and whether trying again can help.

The codes are those of https://docs.slack.dev/reference/methods (chat.postMessage, chat.update,
conversations.history, auth.test, apps.connections.open).
"""

from bot.platforms import PlatformDown, SendError

_REFUSED = "it refuses slack.bot_token"
_CHANNEL = "it knows no such channel, or the channel is private and the bot is not in it"
_CLOSED = "the workspace does not let the bot post there"
_GONE = "the message is gone, or may not be changed"
_LIMIT = "the message breaks one of its limits"

_TOKEN_CODES = frozenset(
    [
        "account_inactive",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "token_expired",
        "token_revoked",
    ]
)

PASSING = frozenset(
    [
        "external_channel_migrating",
        "fatal_error",
        "internal_error",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "update_failed",
    ]
)
"""Slack's own trouble, which a later call may not meet."""

_MESSAGE_GONE = frozenset(["cant_update_message", "edit_window_closed", "message_not_found"])

_MENDABLE = frozenset(
    [
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
    ]
)

_WORDS = {
    **dict.fromkeys(_TOKEN_CODES, _REFUSED),
    **dict.fromkeys(_MESSAGE_GONE, _GONE),
    "channel_not_found": _CHANNEL,
    "invalid_arguments": _LIMIT,
    "invalid_blocks": _LIMIT,
    "invalid_blocks_format": _LIMIT,
    "invalid_metadata_format": _LIMIT,
    "is_archived": "the channel is archived",
    "metadata_too_large": _LIMIT,
    "missing_scope": "the app lacks a permission; install it again from config/slack-manifest.yaml",
    "msg_blocks_too_long": _LIMIT,
    "msg_too_long": _LIMIT,
    "no_text": _LIMIT,
    "not_in_channel": "the bot is not in the channel; type there: /invite @Claimwatch",
    "restricted_action": _CLOSED,
    "restricted_action_read_only_channel": _CLOSED,
    "restricted_action_thread_only_channel": _CLOSED,
}


class Refused(SendError):
    """Slack answered with an error code."""

    def __init__(self, code: str) -> None:
        """Put a code into words.

        A refused token is not permanent: a person has to mend it, and what waited goes out then. A code that
        we do not know is: most of Slack's are about the message or the channel.
        """
        super().__init__(
            f"Slack: {_WORDS.get(code, 'it refused')} ({code})",
            permanent=code not in _TOKEN_CODES | PASSING,
            gone=code in _MESSAGE_GONE,
            mendable=code in _MENDABLE,
        )
        self.code = code


def refusal(status: int, code: str, retry_after: str | None) -> SendError:
    """Return the error for an HTTP status, the `error` of Slack's answer and the `Retry-After` header.

    See https://docs.slack.dev/apis/web-api/rate-limits: whole seconds, beside status 429.
    """
    if status == 429 or code in ("ratelimited", "rate_limited"):
        seconds = float(retry_after) if retry_after and retry_after.isdecimal() else None
        return SendError("Slack asks for a pause (ratelimited)", permanent=False, retry_after=seconds)
    if status >= 500 or not code:
        return SendError(f"Slack has trouble of its own (HTTP {status})", permanent=False)
    return Refused(code)


def bot_token_refused(code: str) -> PlatformDown | None:
    """Return what to say where the code of `auth.test` is about its token, else None."""
    if code not in _TOKEN_CODES:
        return None
    return PlatformDown(
        f"Slack refuses slack.bot_token ({code}). Set CLAIMWATCH_SLACK__BOT_TOKEN to the Bot User OAuth "
        "Token (xoxb-…) from OAuth & Permissions at https://api.slack.com/apps"
    )


def app_token_refused(code: str) -> PlatformDown | None:
    """Return what to say where the code of `apps.connections.open` is about its token, else None."""
    if code not in _TOKEN_CODES | {"missing_scope"}:
        return None
    return PlatformDown(
        f"Slack refuses slack.app_token ({code}). Set CLAIMWATCH_SLACK__APP_TOKEN to an app-level token "
        "(xapp-…) with the scope connections:write, from Basic Information, App-Level Tokens, at "
        "https://api.slack.com/apps"
    )
