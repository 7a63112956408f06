"""`why`: what became of a kept story, for people and for programs."""

from typing import Any

from tests.support.build import member, source
from tests.support.cli import CommandLine

URL = "https://sample-herald.example/1"


def _bearing(row: Any) -> list[tuple[str, str, bool]]:
    return [(link["id"], link["stance"], link["suggested"]) for link in row["claims"]]


def test_a_story_gives_its_reasons_to_people(claimwatch: CommandLine) -> None:
    """The decision comes first; an address may be written as it was copied."""
    event = claimwatch.fill()
    ran = claimwatch("why", f"{URL}?utm_source=rss")

    assert ran.code == 0
    assert ran.out.startswith("WHY · TOLD\n")
    assert f"Event      {event}: 1 story of 1 family" in ran.out
    assert "Bears on   supports sample-shells (0.90): containers · Najin" in ran.out


def test_a_story_gives_its_reasons_to_programs(claimwatch: CommandLine) -> None:
    """What was read and decided then stands beside what is read today, with offsets into its text."""
    event = claimwatch.fill(member("Containers leave Najin", ["sample-shells"], url=URL))
    ((row,),) = claimwatch("why", URL, "--json").rows

    assert (row["decided"], row["url"], row["read"]["event"]) == ("new-event", URL, event)
    assert [link["id"] for link in row["read"]["claims"]] == ["sample-shells"]
    assert row["alert"]["headline"] == "Containers leave Najin"
    today = row["today"]
    assert today["same"] is (_bearing(today) == _bearing(row["read"]))
    marks = [mark for near in today["top"] for mark in near["why"]]
    assert {row["text"][mark["start"] : mark["end"]] for mark in marks} == {mark["words"] for mark in marks}
    assert "Containers" in {mark["words"] for mark in marks}


def test_a_story_is_found_by_how_its_id_begins(claimwatch: CommandLine) -> None:
    """What `review` prints of an id is enough."""
    claimwatch.fill(member("Containers leave Najin", ["sample-shells"], url=URL))
    ((row,),) = claimwatch("why", URL, "--json").rows

    assert claimwatch("why", row["id"][:8]).out.startswith("WHY · TOLD\nTold: ")


def test_a_story_that_is_not_kept_is_exit_code_2(claimwatch: CommandLine) -> None:
    """What to do is told on stderr."""
    ran = claimwatch("why", "https://elsewhere.example/1")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("claimwatch: There is no story “https://elsewhere.example/1”\n")


def test_happenings_without_a_claim_are_listed(claimwatch: CommandLine) -> None:
    """For people and for programs; the date is one as `rematch` takes it."""
    event = claimwatch.fill(
        member("Oil above the cap", [], url=URL), member("Oil", [], source=source("Sample Post"))
    )
    read = claimwatch("candidates", "--since", "2024-08")
    ((row,),) = claimwatch("candidates", "--since", "2024", "--json").rows

    assert (read.code, row["event"], row["families"]) == (0, event, 2)
    assert (row["headline"], row["url"], row["outlets"]) == (
        "Oil above the cap",
        URL,
        ["Sample Herald", "Sample Post"],
    )
    assert "Oil above the cap" in read.out
    assert claimwatch("candidates", "--since", "2024-09", "--json").rows == [[]]
    assert claimwatch("candidates", "--since", "soon").code == 2
