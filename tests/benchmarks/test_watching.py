"""The benchmark of watching, on a handful of feeds: that it runs, not what it measures."""

import pytest

from benchmarks import watching

ROWS = (
    "304 ",
    "200, the same body ",
    "200, thirty entries, all known ",
    "200, one entry new of thirty-one and more ",
    "  beside bare feedparser ",
    "10,000 feeds at 10 minutes: ",
    "from due to the alert's row, 1 due at once: ",
    "from due to the alert's row, 2 due at once: ",
    "memory: ",
    "memory + SQLite's log after each of 1 days, ",
)


def test_a_small_run_prints_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is measured stands in the table, in its order, under a head."""
    watching.main(["--feeds", "2", "--many", "5", "--days", "1"])
    _, *lines = capsys.readouterr().out.splitlines()

    assert [line.startswith(row) for line, row in zip(lines, ROWS, strict=True)] == [True] * len(ROWS)
