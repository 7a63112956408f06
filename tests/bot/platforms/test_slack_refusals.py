"""What Slack's error codes mean."""

import pytest

from bot.language import speaking
from bot.platforms import SendError
from bot.platforms.slack_refusals import (
    FILES,
    GONE,
    LATE,
    LIMIT,
    MENDABLE,
    PASSING,
    PEOPLE,
    SCOPE,
    TOKEN,
    Refused,
    app_token_refused,
    bot_token_refused,
    told,
)


def test_no_code_means_two_things() -> None:
    """Each stands in one class."""
    classes = (TOKEN, SCOPE, PASSING, MENDABLE, GONE, LIMIT, FILES, PEOPLE, LATE)
    codes = [code for each in classes for code in each]
    assert len(codes) == len(set(codes))


def test_people_read_why_in_their_language() -> None:
    """Codes and names of exceptions are for the log."""
    errors = [Refused("is_archived"), Refused("storage_limit_reached"), Refused("sample_code")]
    down = SendError("Slack cannot be reached (ClientError)", permanent=False)
    with speaking("ko"):
        said = [told(error) for error in (*errors, down)]

    assert said[2] == said[3]
    assert len(set(said)) == 3
    assert not any(word in "".join(said) for word in ("channel", "workspace", "_", "ClientError"))


@pytest.mark.parametrize(
    ("code", "words", "permanent", "mendable", "gone"),
    [
        ("token_revoked", "slack.bot_token", False, False, False),
        ("accesslimited", "does not let the app in", False, False, False),
        ("service_unavailable", "trouble of its own", False, False, False),
        ("org_login_required", "being moved", False, False, False),
        ("missing_scope", "config/slack-manifest.yaml", True, False, False),
        ("not_in_channel", "/invite @Claimwatch", True, True, False),
        ("is_archived", "archived", True, True, False),
        ("restricted_action_read_only_channel", "workspace admin", True, True, False),
        ("message_not_found", "gone", True, False, True),
        ("restricted_action_thread_locked", "not be followed up", True, False, True),
        ("msg_blocks_too_long", "limits", True, False, False),
        ("file_uploads_disabled", "no such file", True, False, False),
        ("user_disabled", "cannot be written to", True, False, False),
        ("expired_trigger_id", "too late", True, False, False),
        ("a_code_of_next_year", "a_code_of_next_year", True, False, False),
    ],
)
def test_a_code_says_what_to_do(code: str, words: str, permanent: bool, mendable: bool, gone: bool) -> None:
    """In words for people, and for the queue whether trying again can help."""
    refused = Refused(code)
    assert words in str(refused)
    assert (refused.permanent, refused.mendable, refused.gone) == (permanent, mendable, gone)


def test_a_refused_token_says_which_one_and_where_it_is_got() -> None:
    """Of the app's token also that its scope is lacking; other codes are about no token."""
    assert "OAuth & Permissions" in str(bot_token_refused("invalid_auth"))
    assert "connections:write" in str(app_token_refused("missing_scope"))
    assert bot_token_refused("missing_scope") is app_token_refused("internal_error") is None
