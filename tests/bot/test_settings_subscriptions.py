"""What the settings say of destinations: every condition, and what is said where one is mistaken."""

from datetime import time
from pathlib import Path

import pytest

from bot.settings import load
from claims.errors import SettingsError
from claims.model import Stance
from claims.outgoing import Period
from claims.subscriptions import Importance, Subscription
from tests.support.files import settings_file


def section(tmp_path: Path, *lines: str) -> Path:
    """Return a file with one subscription of the console."""
    return settings_file(tmp_path, "\n".join(('[[subscriptions]]\ndestination = "console"', *lines)))


def test_every_condition_can_be_set(tmp_path: Path) -> None:
    """Each key makes its part of the record."""
    path = section(
        tmp_path,
        'claims = ["containers-2023"]',
        'tags = ["munitions", "rail"]',
        'stances = ["disputes"]',
        'least = "notable"',
        'languages = ["ko", "en"]',
        'sources = ["Sample Wire"]',
        "words = 'ship AND (Rason OR \"North Korea\") -coal'",
        'mention = "77"',
        'mention_from = "notable"',
        "threads = false",
        'quiet = "22:00-07:30"',
        "budget = 6",
        'digest = "08:00"',
        'weekdays = ["Mon", "thursday"]',
        'weekly = "friday"',
        "monthly = 31",
        'empty = "skip"',
        'timezone = "Asia/Seoul"',
        "notices = false",
    )

    assert load(path, {}).subscribed() == (
        Subscription(
            destination="console",
            claims=frozenset({"containers-2023"}),
            tags=frozenset({"munitions", "rail"}),
            stances=frozenset({Stance.DISPUTES}),
            least=Importance.NOTABLE,
            languages=frozenset({"ko", "en"}),
            sources=frozenset({"Sample Wire"}),
            words='ship AND (Rason OR "North Korea") -coal',
            mention="77",
            mention_from=Importance.NOTABLE,
            threads=False,
            quiet=(time(22), time(7, 30)),
            budget=6,
            digest=time(8),
            weekdays=frozenset({0, 3}),
            week_on=4,
            month_on=31,
            skip_empty=True,
            timezone="Asia/Seoul",
            notices=False,
        ),
    )


def test_what_is_empty_narrows_nothing(tmp_path: Path) -> None:
    """An empty list or text is as good as none."""
    empty = ("tags = []", "stances = []", "languages = []", "sources = []", 'words = ""', 'quiet = ""')
    path = section(tmp_path, *empty, 'mention = ""', "weekdays = []", 'weekly = ""')

    assert load(path, {}).subscribed() == (Subscription("console"),)


def test_a_channel_can_do_without_a_daily_digest(tmp_path: Path) -> None:
    """The word says it: an empty list means every day."""
    (wanted,) = load(
        section(tmp_path, 'digest = "08:00"', 'weekdays = "none"', 'weekly = "sun"'), {}
    ).subscribed()

    assert (wanted.weekdays, wanted.periods) == (frozenset(), (Period.WEEK,))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('stances = ["denies"]', ("subscriptions.stances (number 1)", "supports, disputes, background")),
        ('least = "high"', ("subscriptions.least", '"routine", "notable" or "major"')),
        ('languages = ["Korean"]', ("subscriptions.languages", "two-letter codes")),
        ("words = 'ship AND'", ("subscriptions.words", "At the end: a word is missing", "write words")),
        (
            "words = 'outlet:TASS'",
            ("subscriptions.words", "there is no field “outlet”", "write one of title"),
        ),
        ('mention = "@here"', ("subscriptions.mention", "the id of a role")),
        ('quiet = "22:00"', ("subscriptions.quiet", '"22:00-07:00"')),
        ('quiet = "22:00-22:00"', ("subscriptions.quiet", '"22:00-07:00"')),
        ('quiet = "22:00-25:00"', ("subscriptions.quiet", '"22:00-07:00"')),
        ("quiet = 22", ("subscriptions.quiet", '"22:00-07:00"')),
        ("budget = 0", ("subscriptions.budget", "a whole number of messages an hour")),
        ('weekdays = ["m"]', ("subscriptions.weekdays", "mon, tue, wed, thu, fri, sat, sun")),
        ('weekly = "m"', ("subscriptions.weekly", "write one of mon, tue, wed, thu, fri, sat, sun")),
        ("weekly = 1", ("subscriptions.weekly", "write one of mon")),
        ("monthly = 0", ("subscriptions.monthly", "a day of the month, from 1 to 31")),
        ("monthly = 32", ("subscriptions.monthly", "a day of the month, from 1 to 31")),
        ('empty = "hide"', ("subscriptions.empty", '"line" or "skip"')),
        ('weekly = "mon"', ("subscriptions (number 1) has weekly but no digest", "set the hour")),
        ("monthly = 1", ("subscriptions (number 1) has monthly but no digest",)),
        ("weekdays = [1]", ("subscriptions.weekdays", "mon, tue")),
        ('sources = [""]', ("subscriptions.sources", "outlets or families")),
    ],
)
def test_a_mistake_names_the_key_and_what_to_write(tmp_path: Path, line: str, said: tuple[str, ...]) -> None:
    """Nobody is left with a library's words."""
    with pytest.raises(SettingsError) as refused:
        load(section(tmp_path, line), {})
    assert [words for words in said if words not in str(refused.value)] == []
