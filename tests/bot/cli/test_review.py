"""`review`, `verdict` and `evaluate --reviewed` on the command line."""

import asyncio
import json
import subprocess
import sys
from dataclasses import replace

import pytest

from claims.model import Reason, Silence
from tests.support.build import claim, evidence, feed, marks, member, outcome, visit
from tests.support.cli import CommandLine
from tests.support.process import ROOT
from tests.support.stores import open_store

WORDS = "North Korea shipped artillery shells to Russia from Rason, sample ministry says"
TOLD = member(WORDS, ["sample-shells"], url="https://sample-herald.example/shells")
BARE = member("Sample ship is seen", [], url="https://sample-herald.example/ship", language="ko")
LINK = evidence(BARE.story, "sample-shells", score=0.4, suggested=True, why=marks("ship"))
UNSURE = replace(BARE, reading=replace(BARE.reading, evidence=(LINK,)))


@pytest.fixture(autouse=True)
def kept(claimwatch: CommandLine) -> None:
    """Keep a story that was told and one that waits."""

    async def record() -> None:
        store = await open_store(claimwatch.store)
        await store.sync_feeds([feed()])
        await store.sync_claims([claim("sample-shells")])
        waits = outcome(UNSURE, Silence(Reason.SUGGESTED_ONLY))
        await store.record_visit(visit(outcome(TOLD), waits))
        await store.close()

    asyncio.run(record())


def test_what_waits_is_listed_for_people_and_for_programs(claimwatch: CommandLine) -> None:
    """Each with its claim, score, reasons, outlet and address."""
    read, parsed = claimwatch("review"), claimwatch("review", "--json", "--limit", "1")

    assert (read.code, parsed.code) == (0, 0)
    assert read.out.startswith("1 link waits for a review\n")
    assert f"{UNSURE.story.id[:8]}  supports sample-shells? 0.40: Sample ship is seen" in read.out
    assert UNSURE.story.url in read.out
    assert parsed.rows == [
        [
            {
                "story": UNSURE.story.id,
                "title": "Sample ship is seen",
                "url": "https://sample-herald.example/ship",
                "outlet": "Sample Herald",
                "lang": "ko",
                "published": "2024-08-27T11:09:00+00:00",
                "claim": "sample-shells",
                "stance": "supports",
                "score": 0.4,
                "why": [{"start": 0, "end": 4, "words": "ship", "concept": ""}],
            }
        ]
    ]


def test_a_verdict_is_kept_under_a_name(claimwatch: CommandLine) -> None:
    """A story is named by its address, and the record says who judged it."""
    ran = claimwatch("verdict", "https://sample-herald.example/ship", "right", "--by", "Mina\u202e")

    assert (ran.code, ran.err) == (0, "")
    assert "supports sample-shells (judged by Mina)" in ran.out
    assert "No link waits" in claimwatch("review").out
    assert "judged by Mina" in " ".join(claimwatch("claims", "show", "sample-shells").out.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["zzz", "right"], "There is no story “zzz”"),
        (["https://sample-herald.example/sh", "right"], "Several stories go by"),
        ([TOLD.story.url, "good"], "There is no verdict “good”"),
        ([TOLD.story.url, "wrong-claim", "--is", "sample-shell"], "Did you mean: sample-shells"),
        ([TOLD.story.url, "wrong-stance", "--is", "against"], "Say supports, disputes, background"),
    ],
)
def test_a_verdict_that_does_not_fit_is_exit_code_2(
    claimwatch: CommandLine, words: list[str], told: str
) -> None:
    """What to write stands on stderr, and nothing is printed as a result."""
    ran = claimwatch("verdict", *words)

    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_the_matcher_is_measured_on_verdicts(claimwatch: CommandLine) -> None:
    """Each judged story is read anew, and each share says of how many it is."""
    claimwatch("verdict", TOLD.story.url, "right")
    claimwatch("verdict", UNSURE.story.url, "not-relevant")

    read, parsed = claimwatch("evaluate", "--reviewed"), claimwatch("evaluate", "--reviewed", "--json")

    assert (read.code, parsed.code) == (0, 0)
    (row,) = parsed.rows
    assert list(row) == ["stories", "told", "suggested", "found", "stance", "relevance", "events"]
    assert (row["stories"], row["found"]["n"], row["relevance"]["n"]) == (2, 1, 2)
    assert row["events"] == {"right": 0, "n": 0}
    assert "relevance" in read.out


def test_evaluate_needs_something_to_measure_on(claimwatch: CommandLine) -> None:
    """Neither files nor verdicts is a mistake."""
    ran = claimwatch("evaluate")

    assert (ran.code, ran.out) == (2, "")
    assert "--reviewed" in ran.err


def test_a_process_of_its_own_records_a_verdict(claimwatch: CommandLine) -> None:
    """As the shell runs it, beside whatever else uses the store."""

    def run(*words: str) -> str:
        ended = subprocess.run(
            [sys.executable, "-m", "bot", *words, "--config", str(claimwatch.config)],
            cwd=claimwatch.folder,
            env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        )
        return ended.stdout.decode()

    run("verdict", UNSURE.story.id[:8], "wrong-claim")

    assert json.loads(run("review", "--json")) == []
