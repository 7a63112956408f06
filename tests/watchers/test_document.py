"""What publishers wish, and by what an entry is known."""

from typing import Any

import pytest

from claims.feeds import Wishes
from watchers.document import DIGEST, Entry, wishes


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, Wishes()),
        ({"ttl": " 60 "}, Wishes(ttl_minutes=60)),
        ({"ttl": "0"}, Wishes()),
        ({"ttl": "-5"}, Wishes()),
        ({"ttl": "nan"}, Wishes()),
        ({"ttl": "inf"}, Wishes()),
        ({"ttl": "soon"}, Wishes()),
        ({"period": "hourly"}, Wishes(update_seconds=3_600)),
        ({"period": " Daily ", "frequency": "4"}, Wishes(update_seconds=21_600)),
        ({"frequency": "2"}, Wishes(update_seconds=43_200)),
        ({"period": "hourly", "frequency": "0"}, Wishes(update_seconds=3_600)),
        ({"period": "fortnightly"}, Wishes()),
        ({"hours": ["0", "1", " 23 ", "24", "25", "-1", "x", ""]}, Wishes(skip_hours=frozenset({0, 1, 23}))),
        ({"days": ["Sunday", " monday ", "Caturday"]}, Wishes(skip_days=frozenset({0, 6}))),
    ],
)
def test_wishes_are_read_where_they_are_some(said: dict[str, Any], expected: Wishes) -> None:
    """Minutes, periods, hours and days that cannot be meant are left out."""
    assert wishes(**said) == expected


def test_an_entry_is_known_by_every_word_of_it() -> None:
    """Equal entries have equal digests, and a change of any part makes another."""
    entry = Entry("t", "s", "l", "b", "g", ("d",), "en", "r")
    changed = [entry._replace(**{name: ("x",) if name == "dates" else "x"}) for name in Entry._fields]
    assert entry.digest() == Entry(*entry).digest()
    assert len({entry.digest(), *(each.digest() for each in changed)}) == len(Entry._fields) + 1
    assert len(entry.digest()) == DIGEST
