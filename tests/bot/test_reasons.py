"""Why something is not posted is kept in English, and recognised when it is shown."""

import pytest

from bot import reasons
from bot.card import Person
from bot.language import LANGUAGES, speaking
from bot.platforms.discord_errors import refusal as discord_refusal
from bot.reasons import PAUSED, reason_line, reason_words
from claims.model import Stance
from claims.outgoing import Briefing
from claims.routing import Hold
from claims.showing import UNSEEN
from claims.snoozing import snoozed_by
from claims.subscriptions import Importance
from claims.wanting import refusal
from claims.workspaces import Snooze, SnoozeKind
from tests.support.build import NOW, alert, claim, event, member, subscription

FIRST = member()
TOLD = Briefing(alert(FIRST), event(FIRST), (claim(),))
UNWANTED = (
    subscription(claims=frozenset({"another"})),
    subscription(stances=frozenset({Stance.DISPUTES, Stance.BACKGROUND})),
    subscription(least=Importance.MAJOR),
    subscription(languages=frozenset({"xx", "yy"})),
    subscription(sources=frozenset({"Sample Nobody"})),
    subscription(words="nowhere"),
    subscription(words="("),
)
SAID = [
    *(refusal(wanted, TOLD) for wanted in UNWANTED),
    *Hold,
    UNSEEN,
    *(snoozed_by(Snooze("console", kind, "x", NOW, "Mina", NOW), "UTC") for kind in SnoozeKind),
    PAUSED.format(person="Mina", day="2024-08-27"),
    *(str(discord_refusal(403, code, "600")) for code in (10003, 50001, 50013)),
]


@pytest.mark.parametrize("reason", SAID)
def test_every_reason_is_recognised(reason: str) -> None:
    """What is written down in one place and read in another does not drift apart."""
    assert reason
    assert reasons._KNOWN.again(reason)
    assert reason_words(reason) == reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_recognised_stays_as_it_was_written(language: str) -> None:
    """An error of a platform is shown rather than hidden, and nothing is said of nothing."""
    with speaking(language):
        assert reason_words("Sample trouble {with} braces") == "Sample trouble {with} braces"
        assert reason_words("") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_snoozed_is_shown_as_their_platform_knows_them(language: str) -> None:
    """The store has no more than a reference; a chat shows a name for it."""
    reason = snoozed_by(Snooze("discord:66", SnoozeKind.EVENT, "x", NOW, "discord:901", NOW), "UTC")
    with speaking(language):
        assert Person("discord:901", "discord:901") in reason_line(reason)
