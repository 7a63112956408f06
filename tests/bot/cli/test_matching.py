"""`match` and `evaluate`: stories from files, without a store or a network."""

import json
import os
import subprocess
import sys

import pytest

from tests.support.cli import CommandLine
from tests.support.process import ROOT

STORY = {
    "id": "1",
    "title": "North Korea shipped artillery shells to Russia from Rason, sample ministry says",
    "summary": "Ships carried 2,000 containers of artillery shells from Rason to Dunay for the war.",
    "published": "2023-11-02",
    "lang": "en",
}
OTHER = {"id": "2", "title": "Sample bakery opens", "summary": "It sells bread.", "published": "2023-11-03"}
LABELS = [
    {
        **STORY,
        "relevant": True,
        "claims": [{"id": "sample-shells", "stance": "supports"}],
        "figures": [{"unit": "containers", "value": 2000}],
        "event": "e",
    },
    {**OTHER, "relevant": False, "claims": [], "figures": [], "event": None},
]


def _lines(*rows: object) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def test_each_story_is_matched_to_a_line(claimwatch: CommandLine) -> None:
    """A row says whether the story is relevant, on which claims it bears and why, and its figures."""
    ran = claimwatch("match", claimwatch.write("stories.jsonl", _lines(STORY, OTHER)))

    assert ran.code == 0
    told, other = ran.rows
    assert list(told) == ["id", "relevant", "score", "claims", "figures", "origin", "lang", "event"]
    assert (told["id"], told["relevant"], told["lang"]) == ("1", True, "en")
    (link,) = told["claims"]
    assert list(link) == ["id", "stance", "score", "suggested", "why"]
    assert (link["id"], link["stance"]) == ("sample-shells", "supports")
    assert told["figures"] == [{"unit": "containers", "value": 2000, "qualifier": "exact"}]
    assert (other["relevant"], other["claims"], other["event"]) == (False, [], None)


def test_the_nearest_claims_stand_beside_a_row_whatever_the_cuts(claimwatch: CommandLine) -> None:
    """`--top N` adds the N best claims with score, what the story lacks of each, and its own words."""
    stories = claimwatch.write("stories.jsonl", _lines(STORY, {**OTHER, "title": "Shells at a parade"}))
    told, other = claimwatch("match", stories, "--top", "2").rows

    (fits,), (near,) = told["top"], other["top"]
    assert list(fits) == ["id", "score", "missing", "why"]
    assert (fits["id"], fits["missing"]) == ("sample-shells", [])
    assert (near["id"], near["why"][0]["words"]) == ("sample-shells", "Shells")
    assert near["missing"]
    assert near["score"] < fits["score"]
    assert other["claims"] == []


def test_stories_may_come_by_the_standard_input(claimwatch: CommandLine) -> None:
    """`match -` reads what is piped to it."""
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "match", "-", "--config", claimwatch.config],
        cwd=claimwatch.folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        input=_lines(STORY, OTHER).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )

    assert [json.loads(line)["id"] for line in ended.stdout.splitlines()] == ["1", "2"]


def test_lines_go_to_their_file_while_the_terminal_shows_a_bar(claimwatch: CommandLine) -> None:
    """`match STORIES > FILE` at a terminal fills the file; the bar takes none of its lines."""
    claimwatch.write("stories.jsonl", _lines(STORY, OTHER))
    terminal, ours = os.openpty()
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "bot", "match", "stories.jsonl", "--config", claimwatch.config],
            cwd=claimwatch.folder,
            env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm"},
            stdout=subprocess.PIPE,
            stderr=ours,
            check=True,
        )
        shown = os.read(terminal, 10_000)
    finally:
        os.close(terminal)
        os.close(ours)

    assert [json.loads(line)["id"] for line in ended.stdout.splitlines()] == ["1", "2"]
    assert b"Stories" in shown


def test_other_claims_may_stand_in_for_the_register(claimwatch: CommandLine) -> None:
    """`--claims` takes a file, and nothing else of the settings' seeds is read."""
    register = (claimwatch.folder / "claims.toml").read_text(encoding="utf-8")
    other = claimwatch.write("other.toml", register.replace("sample-shells", "other-shells"))
    claimwatch.write("claims.toml", "broken")
    ran = claimwatch("match", claimwatch.write("stories.jsonl", _lines(STORY)), "--claims", other)

    assert ran.code == 0
    assert [link["id"] for link in ran.rows[0]["claims"]] == ["other-shells"]


@pytest.mark.parametrize("command", ["match", "evaluate"])
def test_only_the_claims_are_read(claimwatch: CommandLine, command: str) -> None:
    """Mistakes in the list of feeds or the subscriptions are no concern of these commands."""
    claimwatch.write("feeds.toml", "broken")
    config = (claimwatch.folder / "sample.toml").read_text(encoding="utf-8")
    claimwatch.write(
        "sample.toml", f'{config}[[subscriptions]]\ndestination = "console"\nclaims = ["gone"]\n'
    )
    ran = claimwatch(command, claimwatch.write("labelled.jsonl", _lines(*LABELS)))

    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("command", ["match", "evaluate"])
@pytest.mark.parametrize("line", ['{"id": "3", "title": ', "[]", '{"id": "3"}'])
def test_a_broken_line_is_exit_code_2(claimwatch: CommandLine, command: str, line: str) -> None:
    """The file and the line are named on stderr, and no half of a result is printed."""
    stories = claimwatch.write("labelled.jsonl", f"{_lines(LABELS[0])}{line}\n")
    ran = claimwatch(command, stories)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"claimwatch: {stories}, line 2: ")
    assert len(ran.err.splitlines()) == 1


def test_labelled_stories_are_scored(claimwatch: CommandLine) -> None:
    """A table for people, and for programs the same numbers over all and by language."""
    labelled = claimwatch.write("labelled.jsonl", _lines(*LABELS))
    read, parsed = claimwatch("evaluate", labelled), claimwatch("evaluate", labelled, "--json")

    assert (read.code, parsed.code) == (0, 0)
    assert "precision" in read.out
    (scores,) = parsed.rows
    assert scores["all"]["stories"] == 2
    assert scores["all"]["links"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "n": 1}
    assert scores["all"]["stance"] == 1.0
    assert set(scores) == {"all", "en", "und"}
    assert list(scores["all"]) == [
        "stories", "relevance", "links", "strict", "any", "figures", "events", "stance",
    ]  # fmt: skip


def test_a_language_without_anything_to_find_has_no_rate(claimwatch: CommandLine) -> None:
    """A language whose stories are all of other matters was not read wrongly: its row is empty, not 0."""
    zoo = {**LABELS[1], "id": "3", "lang": "ko", "title": "동물원 개장"}
    ran = claimwatch("evaluate", claimwatch.write("labels.jsonl", _lines(*LABELS, zoo)))

    (korean,) = [line.split() for line in ran.out.splitlines() if line.startswith("ko")]
    assert korean == ["ko", "1"]


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ("sample-shell", "no claim has the id 'sample-shell'; did you mean sample-shells?"),
        ("zzzz", "no claim has the id 'zzzz'; claimwatch claims list names them"),
    ],
)
def test_a_label_of_an_unknown_claim_is_exit_code_2(claimwatch: CommandLine, known: str, told: str) -> None:
    """It could never be found, and would count as the matcher's fault: file, line and id are named."""
    wrong = {**LABELS[0], "id": "3", "claims": [{"id": known, "stance": "supports"}]}
    labelled = claimwatch.write("labelled.jsonl", _lines(*LABELS, wrong))
    fine = claimwatch.write("fine.jsonl", _lines(*LABELS))

    ran = claimwatch("evaluate", fine, labelled)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"claimwatch: {labelled}, line 3: claims: {told}\n"


def test_labels_are_of_the_claims_that_are_named(claimwatch: CommandLine) -> None:
    """With `--claims` the ids are those of that file, and no longer those of the register."""
    register = (claimwatch.folder / "claims.toml").read_text(encoding="utf-8")
    other = claimwatch.write("other.toml", register.replace("sample-shells", "other-shells"))
    theirs = {**LABELS[0], "claims": [{"id": "other-shells", "stance": "supports"}]}

    fine = claimwatch("evaluate", claimwatch.write("theirs.jsonl", _lines(theirs)), "--claims", other)
    wrong = claimwatch("evaluate", claimwatch.write("ours.jsonl", _lines(LABELS[0])), "--claims", other)

    assert (fine.code, wrong.code) == (0, 2)
    assert "no claim has the id 'sample-shells'; did you mean other-shells?" in wrong.err
