"""What the command line promises a shell: exit codes, where words go, and which settings count."""

import itertools
import subprocess
import sys

import pytest

from bot import parts
from claims.matching.encoder import NAME, installed
from tests.support.cli import CommandLine
from tests.support.process import ROOT


def test_the_help_shows_the_version_as_a_flag(claimwatch: CommandLine) -> None:
    """It takes no value, and does not look as if it did."""
    helped = claimwatch("--help", config=False)

    assert helped.code == 0
    (line,) = [line for line in helped.out.splitlines() if "--version" in line]
    assert "<bool>" not in line


def test_the_help_fills_its_lines(claimwatch: CommandLine) -> None:
    """A paragraph is set to the width of the terminal, not to that of the source."""
    lines = [line.strip() for line in claimwatch("backfill", "--help", config=False).out.splitlines()]
    begin = next(i for i, line in enumerate(lines) if line.startswith("A file is a feed"))
    paragraph = lines[begin : lines.index("", begin)]

    assert all(len(line) + len(after.split()[0]) > 76 for line, after in itertools.pairwise(paragraph)), (
        paragraph
    )


def test_seeding_fills_the_store_and_says_what_with(claimwatch: CommandLine) -> None:
    """`seed` counts claims and feeds and names the store."""
    ran = claimwatch("seed")

    assert (ran.code, ran.out) == (0, f"1 claim and 1 feed in {claimwatch.store}\n")


def test_a_surprise_is_exit_code_1(claimwatch: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is logged on stderr, in one line."""

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(parts, "read_seeds", broken)
    ran = claimwatch("seed")

    assert (ran.code, ran.out) == (1, "")
    (line,) = ran.err.splitlines()
    assert "a bug" in line


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("[store]\npaht = 'x.db'\n", "store.paht"),
        ("[seeds]\nclaims = 'nowhere.toml'\n", "nowhere.toml: cannot be read"),
    ],
)
def test_a_mistake_in_the_settings_is_exit_code_2(claimwatch: CommandLine, setting: str, words: str) -> None:
    """It is told on stderr, without a traceback, and nothing is printed as a result."""
    ran = claimwatch("seed", "--config", claimwatch.write("wrong.toml", setting), config=False)

    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_an_unknown_option_is_exit_code_2(claimwatch: CommandLine) -> None:
    """Usage that does not fit is told on stderr."""
    ran = claimwatch("seed", "--nonsense")

    assert (ran.code, ran.out) == (2, "")
    assert "--nonsense" in ran.err


def test_the_settings_may_be_named_in_three_ways(
    claimwatch: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--config` stands before or after the command, and both win over `CLAIMWATCH_CONFIG`."""
    before = claimwatch("--config", claimwatch.config, "seed", config=False)
    monkeypatch.setenv("CLAIMWATCH_CONFIG", str(claimwatch.config))
    variable = claimwatch("seed", config=False)
    monkeypatch.setenv("CLAIMWATCH_CONFIG", str(claimwatch.folder / "nowhere.toml"))
    wrong, after = claimwatch("seed", config=False), claimwatch("seed")

    assert before.out == variable.out == after.out == f"1 claim and 1 feed in {claimwatch.store}\n"
    assert (wrong.code, wrong.out) == (2, "")
    assert "nowhere.toml: cannot be read" in wrong.err


def test_check_says_what_is_fine_in_lines_of_80_columns(claimwatch: CommandLine) -> None:
    """Seeds, store and each platform have their word, and the exit code is 0 where all is well."""
    ran = claimwatch("check")

    assert ran.code == 0
    words = " ".join(ran.out.split())
    assert "ok seeds 1 claim; 1 feed in 1 language" in words
    assert "CLAIMWATCH_DISCORD__TOKEN" in words
    assert "CLAIMWATCH_SLACK__APP_TOKEN" in words
    assert max(map(len, ran.out.splitlines())) <= 80


def test_check_with_something_missing_is_exit_code_2(claimwatch: CommandLine) -> None:
    """What fails is named, beside what is fine."""
    claimwatch.write("claims.toml", "[[claim]]\n")
    ran = claimwatch("check")

    assert ran.code == 2
    assert [line.split()[:2] for line in ran.out.splitlines() if line[:1].strip()][:2] == [
        ["FAIL", "seeds"],
        ["ok", "encoder"],
    ]


def test_check_names_the_encoder(claimwatch: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name and version are told, or how to have it."""
    monkeypatch.setenv("CLAIMWATCH_MATCHING__ENCODER", "auto")
    release = installed()

    told = " ".join(claimwatch("check").out.split())

    assert (f"ok encoder {NAME} {release}" if release else 'pip install ".[semantic]"') in told


def test_check_says_that_the_encoder_is_off(claimwatch: CommandLine) -> None:
    """Switched off by a setting it is not loaded, and all is fine."""
    told = " ".join(claimwatch("check").out.split())

    assert 'ok encoder off; matching.encoder = "auto" switches it on' in told


@pytest.mark.parametrize("arguments", [("claims", "list"), ("stories", "export"), ("match", "stories.jsonl")])
def test_a_reader_that_has_seen_enough_is_no_failure(
    claimwatch: CommandLine, arguments: tuple[str, ...]
) -> None:
    """`... | head` ends without a word and with 0, however much was still to print."""
    claimwatch("seed")
    claimwatch.write("stories.jsonl", '{"id": "1", "title": "t", "summary": "s"}\n' * 3)
    if arguments == ("stories", "export"):
        claimwatch.fill()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments, "--config", claimwatch.config],
        cwd=claimwatch.folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
        code = process.wait(20)

    assert (code, told) == (0, b"")
