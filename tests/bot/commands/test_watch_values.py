"""What the words of a subscription mean, and how mistakes in them are told."""

from datetime import time
from typing import Any

import pytest

from bot.commands.watch_values import MOST_WANTED, OPTIONS, Known, changed
from claims.errors import UsageError
from claims.model import Stance
from claims.subscriptions import Importance, Subscription
from tests.support.build import subscription

KNOWN = Known(
    claims=("containers-2023", "shell-volume"), tags=("oil", "troops"), sources=("Sample Herald", "샘플통신")
)
NARROW = subscription(
    "discord:600",
    "shell-volume",
    tags=frozenset({"oil"}),
    stances=frozenset({Stance.DISPUTES}),
    least=Importance.MAJOR,
    languages=frozenset({"ko"}),
    sources=frozenset({"Sample Herald"}),
    words="shells",
    mention="77",
    quiet=(time(22), time(7)),
    budget=5,
    digest=time(8),
    weekdays=frozenset({0}),
    week_on=4,
    month_on=15,
)
"""It has every condition."""


def read(option: str, words: str, before: Subscription = NARROW) -> Subscription:
    """Return a subscription with one option changed."""
    return changed(before, {option: words}, KNOWN)


@pytest.mark.parametrize(
    ("option", "words", "field", "value"),
    [
        ("claims", "Containers-2023 , shell-volume", "claims", {"containers-2023", "shell-volume"}),
        ("tags", "OIL,troops", "tags", {"oil", "troops"}),
        ("stance", "Supports,disputes", "stances", {Stance.SUPPORTS, Stance.DISPUTES}),
        ("least", "Notable", "least", Importance.NOTABLE),
        ("languages", "ko, Russian,UK", "languages", {"ko", "ru", "uk"}),
        ("sources", "sample herald,샘플통신", "sources", {"Sample Herald", "샘플통신"}),
        ("words", " containers  -oil ", "words", "containers -oil"),
        ("mention", "<@&123>", "mention", "123"),
        ("mention", "123", "mention", "123"),
        ("mention", "<!subteam^S0DESK|@desk>", "mention", "S0DESK"),
        ("mention_from", "notable", "mention_from", Importance.NOTABLE),
        ("threads", "no", "threads", False),
        ("threads", "On", "threads", True),
        ("quiet", "23:30 - 6:00", "quiet", (time(23, 30), time(6))),
        ("quiet", "12:00–13:00", "quiet", (time(12), time(13))),
        ("budget", "12", "budget", 12),
        ("digest", "7:30", "digest", time(7, 30)),
        ("days", "mon,Friday", "weekdays", {0, 4}),
        ("days", "weekdays", "weekdays", {0, 1, 2, 3, 4}),
        ("days", "weekends", "weekdays", {5, 6}),
        ("days", "mon,tue,wed,thu,fri,sat,sun", "weekdays", None),
        ("days", "Daily", "weekdays", None),
        ("days", "none", "weekdays", set()),
        ("days", "off", "weekdays", set()),
        ("weekly", "mon", "week_on", 0),
        ("weekly", "Sunday", "week_on", 6),
        ("monthly", "1", "month_on", 1),
        ("monthly", "31", "month_on", 31),
        ("empty", "Skip", "skip_empty", True),
        ("empty", "line", "skip_empty", False),
        ("timezone", "Asia/Seoul", "timezone", "Asia/Seoul"),
        ("notices", "no", "notices", False),
    ],
)
def test_words_that_fit(option: str, words: str, field: str, value: object) -> None:
    """Letters may be small or large, names are kept as they are known, and roles come as chat writes them."""
    assert getattr(read(option, words), field) == value


@pytest.mark.parametrize("nothing", ["all", "none", "OFF", "*"])
@pytest.mark.parametrize(
    ("option", "field", "value"),
    [
        ("claims", "claims", None),
        ("tags", "tags", frozenset()),
        ("stance", "stances", None),
        ("least", "least", Importance.ROUTINE),
        ("languages", "languages", None),
        ("sources", "sources", None),
        ("words", "words", ""),
        ("mention", "mention", None),
        ("quiet", "quiet", None),
        ("budget", "budget", None),
        ("digest", "digest", None),
        ("weekly", "week_on", None),
        ("monthly", "month_on", None),
    ],
)
def test_a_condition_is_taken_away(nothing: str, option: str, field: str, value: object) -> None:
    """Whatever narrows a subscription can be dropped in the words that come to mind."""
    assert getattr(read(option, nothing), field) == value


@pytest.mark.parametrize(
    ("option", "words", "mistake"),
    [
        ("claims", "container-2023", "claims: “container-2023” is not known here; did you mean containers"),
        ("claims", "zzz", "claims: “zzz” is not known here; write known names with commas between, or all"),
        ("claims", ",", "claims: names nothing; write names with commas between, or all"),
        ("claims", "a," * (MOST_WANTED + 1), "claims: has more than 100 names; tags or words say more"),
        ("tags", "oils", "tags: “oils” is not known here; did you mean oil?"),
        (
            "sources",
            "Sample Harald",
            "sources: “Sample Harald” is not known here; did you mean Sample Herald?",
        ),
        ("stance", "supports,maybe", "stance: “maybe” is no stance; write one or more of supports, disputes"),
        ("least", "big", "least: “big” is no importance; write one of routine, notable, major"),
        (
            "languages",
            "Koreen",
            "languages: “Koreen” is no language that is read; write codes of two letters s",
        ),
        ("words", "shells (", "words: cannot be read; At the end"),
        (
            "mention",
            "@everyone",
            "mention: “@everyone” is no role and no user group; choose one as a mention",
        ),
        ("mention_from", "1", "mention_from: “1” is no importance; write one of routine, notable, major"),
        ("threads", "maybe", "threads: “maybe” is neither; write yes or no"),
        (
            "quiet",
            "22:00",
            'quiet: “22:00” are no two times of day; write "HH:MM-HH:MM", as in "22:00-07:00"',
        ),
        ("quiet", "22:00-22:00", "quiet: “22:00-22:00” are no two times of day"),
        ("quiet", "22:00-25:00", "quiet: “22:00-25:00” are no two times of day"),
        ("budget", "0", "budget: “0” is no number of messages an hour; write one from 1 to 1,000, or none"),
        ("budget", "9" * 5_000, "budget: “9999"),
        ("budget", "²", "budget: “²” is no number of messages an hour"),
        ("digest", "25:00", 'digest: “25:00” is not a time of day; write "HH:MM" from "00:00" to "23:59"'),
        (
            "days",
            "mo",
            "days: “mo” holds what is no day of the week; write mon, tue, wed, thu, fri, sat, sun",
        ),
        ("timezone", "Seoul", "timezone: “Seoul” is no time zone; did you mean Asia/Seoul?"),
        ("timezone", "9" * 99, "timezone: “9999"),
        (
            "timezone",
            "Nowhere",
            "timezone: “Nowhere” is no time zone; write an IANA name such as Europe/Berlin",
        ),
        ("digest", "8h30", "digest: “8h30” is not a time of day; did you mean 08:30?"),
        ("digest", "7", "digest: “7” is not a time of day; did you mean 07:00?"),
        ("timezone", "../etc/passwd", "timezone: “../etc/passwd” is no time zone"),
        (
            "weekly",
            "mo",
            "weekly: “mo” is no day of the week; write one of mon, tue, wed, thu, fri, sat, sun",
        ),
        ("monthly", "0", "monthly: “0” is no day of a month; write one from 1 to 31, or none"),
        ("monthly", "32", "monthly: “32” is no day of a month"),
        ("monthly", "²", "monthly: “²” is no day of a month"),
        ("empty", "yes", "empty: “yes” is neither; write line or skip"),
        ("notices", "2", "notices: “2” is neither; write yes or no"),
    ],
)
def test_words_that_do_not_fit(option: str, words: str, mistake: str) -> None:
    """A mistake names its option, repeats what was typed, cut where it is long, and says what to write."""
    with pytest.raises(UsageError) as said:
        read(option, words)

    assert str(said.value).startswith(mistake)
    assert len(str(said.value)) < 300


def test_all_mistakes_are_told_at_once() -> None:
    """Whoever typed several wrong options reads of each, in the order of the options, and nothing changed."""
    with pytest.raises(UsageError) as said:
        changed(NARROW, {"digest": "25:00", "claims": "zzz", "budget": "3"}, KNOWN)

    assert [line.partition(":")[0] for line in str(said.value).splitlines()] == ["claims", "digest"]


def test_what_is_not_named_stays() -> None:
    """Options that are absent or empty change nothing, and words that are no option are passed over."""
    said: dict[str, Any] = {**dict.fromkeys(OPTIONS, " "), "channel": "600", "page": "2"}

    assert changed(NARROW, said, KNOWN) == NARROW


def test_all_claims_means_all_of_them() -> None:
    """Tags of before would leave most of them out, unless they are named again."""
    assert read("claims", "all").tags == frozenset()
    again = changed(NARROW, {"claims": "all", "tags": "troops"}, KNOWN)
    assert (again.claims, again.tags) == (None, {"troops"})


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({"weekly": "mon"}, False),
        ({"monthly": "1"}, False),
        ({"weekly": "none", "monthly": "none"}, True),
        ({"weekly": "mon", "digest": "08:00"}, True),
    ],
)
def test_a_digest_of_a_week_or_month_needs_an_hour(said: dict[str, str], fits: bool) -> None:
    """Nobody waits for one that never comes."""
    if fits:
        assert changed(subscription(), said, KNOWN).week_on in (None, 0)
        return
    with pytest.raises(UsageError) as refused:
        changed(subscription(), said, KNOWN)
    (option,) = said
    assert str(refused.value) == f"{option}: needs an hour at which digests come, such as 08:00"
