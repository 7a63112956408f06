"""`digest`: what an archive adds up to, for people and for programs."""

from datetime import UTC, datetime

import pytest

from claims.model import Member
from tests.support.build import figure, member
from tests.support.cli import CommandLine


def archived(title: str, published: str, **more: object) -> Member:
    """Return a story of an archive that was filled long after its day."""
    came = datetime.fromisoformat(published).replace(tzinfo=UTC)
    url = f"https://sample-herald.example/{published}"
    return member(
        title, ["sample-shells"], published_at=came, backlog=True, url=url, figures=[figure(2_000)], **more
    )  # type: ignore[arg-type]  # any field of a story


def test_an_archive_has_digests_by_the_days_on_which_its_stories_came_out(claimwatch: CommandLine) -> None:
    """The first moment of the next month is of that month."""
    claimwatch.fill(archived("Ship leaves Rason", "2023-10-31T09:00"))
    claimwatch.fill(archived("Ship reaches Dunay", "2023-11-01"))

    october = claimwatch("digest", "--period", "month", "--until", "2023-10")

    assert october.code == 0
    assert october.out.startswith(
        "DIGEST OF THE MONTH\nOctober 2023 · 1 happening (0 the month before), told in 1 story\n"
    )
    assert "“Ship leaves Rason” — Sample Herald" in october.out
    assert "From 1 October 00:00 UTC to 1 November 00:00 UTC" in october.out


def test_a_day_without_news_says_where_there_are_some(claimwatch: CommandLine) -> None:
    """The day on which the last story came out, as it is to be typed; or that there is none."""
    nothing = "DIGEST · 30 October 2023 · nothing new\n"
    day = ("digest", "--until", "2023-10-30")

    assert claimwatch(*day).out.strip() == f"{nothing}No story is kept yet"
    claimwatch.fill(archived("Ship leaves Rason", "2023-10-31T09:00"))
    assert claimwatch(*day).out.strip() == claimwatch(*day, "--all").out.strip()
    assert claimwatch(*day).out.strip() == (
        f"{nothing}The newest story that is kept came out on 31 October 2023: --until 2023-10-31"
    )


def test_all_of_a_digest_is_told_where_that_is_asked_for(claimwatch: CommandLine) -> None:
    """The foremost changes are on the card; with `--all` every one is there."""
    for day in range(1, 10):
        claimwatch.fill(archived(f"Ship {day} leaves", f"2023-10-0{day}", origin=f"Sample Institute {day}"))
    month = ("digest", "--period", "month", "--until", "2023-10")

    foremost = claimwatch(*month).out
    assert foremost.count("“Ship ") < 9
    assert "--all" in foremost
    whole = claimwatch(*month, "--all").out
    assert all(f"“Ship {day} leaves”" in whole for day in range(1, 10))
    assert claimwatch(*month, "--language", "ko").out.startswith("월간 요약\n2023년 10월 · ")


def test_a_digest_has_a_chart_where_that_is_asked_for(claimwatch: CommandLine) -> None:
    """The chart of a month is kept as a file; an empty month and a day have none, which is said."""
    claimwatch.fill(archived("Ship leaves Rason", "2023-10-31T09:00"))
    chart, none = claimwatch.folder / "month.png", claimwatch.folder / "none.png"

    month = claimwatch("digest", "--period", "month", "--until", "2023-10", "--picture", chart)
    empty = claimwatch("digest", "--period", "month", "--until", "2023-09", "--picture", none)
    day = claimwatch("digest", "--until", "2023-10-31", "--picture", none)
    other = claimwatch("digest", "--period", "month", "--until", "2023-10", "--picture", "x.jpg")

    assert (month.code, empty.code, day.code, other.code) == (0, 0, 2, 2)
    assert chart.read_bytes().startswith(b"\x89PNG")
    assert not none.exists()
    assert "there was nothing to draw" in empty.err
    assert "--picture: the digest of a day has none; add --period week, month or year" in day.err
    assert "--picture: expected a file that ends in .png" in other.err


def test_a_digest_for_programs(claimwatch: CommandLine) -> None:
    """What it was made from is there with ids, and each story with its headline, outlet and address."""
    event = claimwatch.fill(archived("Ship leaves Rason", "2023-10-31T09:00", origin="Sample Institute"))

    (row,) = claimwatch("digest", "--period", "year", "--until", "2023", "--json").rows

    assert (row["period"], row["since"], row["until"]) == (
        "year",
        "2023-01-01T00:00:00+00:00",
        "2024-01-01T00:00:00+00:00",
    )
    ((told,),) = (each["happenings"] for each in row["claims"])
    assert (told["event"], told["story"]["headline"], told["story"]["outlet"]) == (
        event,
        "Ship leaves Rason",
        "Sample Herald",
    )
    ((number,), (backed,)) = (row["figures"], row["backed"])
    assert (number["now"]["low"], number["said_by"], number["before"]) == (2_000, None, None)
    assert (number["quotes"], number["stated"]) == ("Sample Institute", False)
    assert (backed["independent"], backed["independent_before"], backed["bodies"]) == (
        1,
        0,
        ["Sample Institute"],
    )


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (("--until", "yesterday"), "--until: “yesterday” is not a day like 2023-10-13, 2023-10 or 2023"),
        (("--period", "decade"), "'decade' is not one of"),
    ],
)
def test_a_mistake_is_exit_code_2(claimwatch: CommandLine, arguments: tuple[str, ...], wrong: str) -> None:
    """It names the option and what it takes."""
    ran = claimwatch("digest", *arguments)

    assert ran.code == 2
    assert wrong in " ".join(ran.err.split())
