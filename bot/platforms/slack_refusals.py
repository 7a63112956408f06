"""What Slack's refusals mean for whoever runs the bot, and whether trying again can help.

The codes are those of https://docs.slack.dev/reference/methods for what we call: chat.postMessage and the
like, conversations.*, usergroups.*, users.info, files.*, views.*, auth.test and apps.connections.open.
"""

from collections.abc import Mapping

from bot.language import N_, _
from bot.platforms import PlatformDown, SendError

TOKEN = {
    **dict.fromkeys(
        (
            "account_inactive",
            "invalid_auth",
            "missing_args",
            "not_allowed_token_type",
            "not_authed",
            "token_expired",
            "token_revoked",
            "two_factor_setup_required",
        ),
        "it refuses slack.bot_token",
    ),
    **dict.fromkeys(
        ("accesslimited", "app_access_restricted", "forbidden_team"),
        "the workspace does not let the app in, or not from this network",
    ),
}
"""A person has to mend the token or the app."""

SCOPE = dict.fromkeys(
    ("missing_scope", "no_permission", "metadata_must_be_sent_from_app"),
    "the app lacks a permission; install it again from config/slack-manifest.yaml",
)
"""The app has to be installed again."""

PASSING = {
    **dict.fromkeys(
        (
            "fatal_error",
            "internal_error",
            "request_timeout",
            "service_unavailable",
            "update_failed",
        ),
        "it has trouble of its own",
    ),
    **dict.fromkeys(
        ("external_channel_migrating", "org_login_required", "team_added_to_org"),
        "the workspace or channel is being moved",
    ),
    "file_update_failed": "it did not take the file",
    "message_limit_exceeded": "people and apps of the workspace post more than its plan allows",
    "streaming_state_conflict": "somebody else writes the message now",
}
"""What a later call may not meet."""

ABSENT = N_("The bot is not in the channel: type /invite @Claimwatch there")
ARCHIVED = N_("The channel is archived: whoever manages it can unarchive it")
HIDDEN = N_("Slack knows no such channel, or it is private and the bot is not in it")
RESTRICTED = N_("Posting in the channel is restricted: a workspace admin can let the bot post there")
DELETED = N_("The channel was deleted on Slack")
UNINSTALLED = N_("The app was removed from the Slack workspace")
SHUT = (ABSENT, ARCHIVED, HIDDEN, RESTRICTED, DELETED, UNINSTALLED)
"""Why nothing can be posted in a channel."""

MENDABLE = {
    "not_in_channel": ABSENT,
    **dict.fromkeys(("is_archived", "is_inactive"), ARCHIVED),
    **dict.fromkeys(("channel_is_limited_access", "channel_not_found", "invalid_channel"), HIDDEN),
    **dict.fromkeys(
        (
            "ekm_access_denied",
            "posting_to_channel_denied",
            "restricted_action",
            "restricted_action_non_threadable_channel",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
        ),
        RESTRICTED,
    ),
}
"""Somebody has to mend the channel."""

GONE = {
    **dict.fromkeys(
        (
            "cannot_reply_to_message",
            "cant_update_message",
            "edit_window_closed",
            "restricted_action_thread_locked",
        ),
        "the message may not be changed, or not be followed up",
    ),
    "message_not_found": "the message is gone from Slack",
    **dict.fromkeys(("file_deleted", "file_is_deleted", "file_not_found"), "the file is gone"),
}
"""What was to be edited or followed up is not there for us, ever."""

LIMIT = dict.fromkeys(
    (
        "alt_txt_too_large",
        "attachment_payload_limit_exceeded",
        "block_mismatch",
        "invalid_arguments",
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "snippet_too_large",
        "too_many_attachments",
        "view_too_large",
    ),
    "the message breaks one of its limits",
)

FILES = dict.fromkeys(
    (
        "blocked_file_type",
        "file_type_not_allowed",
        "file_upload_size_restricted",
        "file_uploads_disabled",
        "file_uploads_except_images_disabled",
        "slack_connect_blocked_file_type",
        "slack_connect_file_upload_sharing_blocked",
        "storage_limit_reached",
        "unable_to_share_files",
    ),
    N_("the workspace takes no such file, or has no room for it"),
)

PEOPLE = dict.fromkeys(
    (
        "cannot_dm_bot",
        "invalid_user_combination",
        "messages_tab_disabled",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
        "user_not_visible",
        "users_not_found",
    ),
    N_("that person cannot be written to"),
)

LATE = dict.fromkeys(
    ("exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id", "not_found"),
    "the form came too late, or was closed",
)

_WORDS: Mapping[str, str] = {
    **TOKEN,
    **SCOPE,
    **PASSING,
    **GONE,
    **LIMIT,
    **FILES,
    **PEOPLE,
    **LATE,
    "plan_upgrade_required": "user groups are not in the workspace's plan",
}


class Refused(SendError):
    """Slack answered with an error code."""

    def __init__(self, code: str) -> None:
        """Put a code into words.

        A refused token is not permanent: a person has to mend it, and what waited goes out then. A code that
        we do not know is: most of Slack's are about the message or the channel.
        """
        super().__init__(
            MENDABLE.get(code) or f"Slack: {_WORDS.get(code, 'it refused')} ({code})",
            permanent=code not in TOKEN and code not in PASSING,
            gone=code in GONE,
            mendable=code in MENDABLE,
        )
        self.code = code

    @property
    def of_token(self) -> bool:
        """Say whether no call can work before somebody mends the token or the app."""
        return self.code in TOKEN

    @property
    def waits(self) -> bool:
        """Say whether a call may fare better later, or once somebody mends the token or the channel."""
        return not self.permanent or self.mendable


def told(error: SendError) -> str:
    """Return why a call failed as people in chat read it, in their language: codes are for the log."""
    if error.mendable:
        return _(str(error))
    if isinstance(error, Refused) and (why := {**FILES, **PEOPLE}.get(error.code)):
        return f"Slack: {_(why)}"
    return _("Slack cannot do that right now: please try again in a minute")


def refusal(status: int, code: str, retry_after: str | None) -> SendError:
    """Return the error for an HTTP status, the `error` of Slack's answer and the `Retry-After` header.

    See https://docs.slack.dev/apis/web-api/rate-limits: whole seconds, beside status 429.
    """
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return paused(float(retry_after) if retry_after and retry_after.isdecimal() else None)
    if status >= 500 or not code:
        return SendError(f"Slack has trouble of its own (HTTP {status})", permanent=False)
    return Refused(code)


def paused(seconds: float | None) -> SendError:
    """Return the error for what has to wait for so many seconds, or for some."""
    return SendError("Slack asks for a pause (ratelimited)", permanent=False, retry_after=seconds)


def bot_token_refused(code: str) -> PlatformDown | None:
    """Return what to say where the code of `auth.test` is about its token, else None."""
    if code not in TOKEN:
        return None
    return PlatformDown(
        f"Slack refuses slack.bot_token ({code}). Set CLAIMWATCH_SLACK__BOT_TOKEN to the Bot User OAuth "
        "Token (xoxb-…) from OAuth & Permissions at https://api.slack.com/apps"
    )


def not_served(team: str) -> PlatformDown:
    """Return what to say where the tokens are of a workspace that nobody named."""
    return PlatformDown(
        f"slack.bot_token is of the workspace {team}, which slack.teams does not name: nothing is answered "
        "or posted there. Add it to slack.teams, or set the tokens of an app in one that is named"
    )


def app_token_refused(code: str) -> PlatformDown | None:
    """Return what to say where the code of `apps.connections.open` is about its token, else None."""
    if code not in TOKEN and code not in SCOPE:
        return None
    return PlatformDown(
        f"Slack refuses slack.app_token ({code}). Set CLAIMWATCH_SLACK__APP_TOKEN to an app-level token "
        "(xapp-…) with the scope connections:write, from Basic Information, App-Level Tokens, at "
        "https://api.slack.com/apps"
    )


def link_disabled() -> PlatformDown:
    """Return what to say where Socket Mode was switched off.

    https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
    """
    return PlatformDown(
        "Socket Mode is switched off for the app of slack.app_token (link_disabled). Switch on Enable Socket "
        "Mode under Socket Mode in its settings at https://api.slack.com/apps, and start claimwatch again"
    )
