"""What typed lines become."""

import pytest

from bot.commands.parse import Unfinished, address, parse
from bot.commands.spelling import PROMPT
from bot.commands.table import AT_CONSOLE, COMMANDS
from claims.errors import UsageError


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("claim show containers-2023", "claim show", {"claim": "containers-2023"}),
        ("/claim show containers-2023", "claim show", {"claim": "containers-2023"}),
        ("/claimwatch claim show x", "claim show", {"claim": "x"}),
        ("claimwatch  Claim   SHOW  x ", "claim show", {"claim": "x"}),
        ("claim list", "claim list", {}),
        ("claim search don't  look “here”", "claim search", {"words": "don't  look “here”"}),
        ("claim search 'unbalanced", "claim search", {"words": "'unbalanced"}),
        ("claim search 포탄", "claim search", {"words": "포탄"}),
        ("claim search help", "claim search", {"words": "help"}),
        ("digest", "digest now", {}),
        ("/claimwatch digest", "digest now", {}),
        ("digest set 08:00 days=weekdays", "digest set", {"hour": "08:00", "days": "weekdays"}),
        ("help", "help", {}),
        (
            "feed add https://a.example/?title=x Title=Asia desk  interval=5 links=*/a=b/*",
            "feed add",
            {"url": "https://a.example/?title=x", "title": "Asia desk", "interval": "5", "links": "*/a=b/*"},
        ),
        ("feed add u title=a title=b first=", "feed add", {"url": "u", "title": "b"}),
        ("feed import", "feed import", {}),
        ("", "help", {}),
        ("/", "help", {}),
        ("/claimwatch", "help", {}),
    ],
)
def test_lines_that_fit_a_command(text: str, name: str, values: dict[str, str]) -> None:
    """The slash and the root word may be left out, and quotes are words like any other."""
    assert parse(text, COMMANDS, PROMPT) == (name, values)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "claim show",
            "claim show needs CLAIM: the id of a claim, such as containers-2023\nUsage: claim show CLAIM",
        ),
        ("claim show a b", "claim show does not take “b”\nUsage: claim show CLAIM"),
        (
            "claim list all of them",
            """claim list does not take “all of them”
Usage: claim list [page=N]
page=which page, counted from 1""",
        ),
        (
            "feed test",
            """feed test needs URL: the address of a feed or of a site
Usage: feed test URL [NAME=WORDS...]
kind=feed, page or sitemap
links=of a page or sitemap: which addresses are stories""",
        ),
        ("feed import a b", "feed import does not take “b”\nUsage: feed import [URL]"),
        (
            "feed test u quickly kind=page",
            """feed test does not take “quickly”
Usage: feed test URL [NAME=WORDS...]
kind=feed, page or sitemap
links=of a page or sitemap: which addresses are stories""",
        ),
        ("story", "story needs one more word:\nstory search [WORDS] [NAME=WORDS...]\nstory why STORY"),
        ("claim shwo x", "There is no command “claim shwo”\nDid you mean: claim show CLAIM"),
        ("digets", "There is no command “digets”\nDid you mean: digest now"),
        ("hepl me", "There is no command “hepl me”\nDid you mean: help [COMMAND] [page=N]"),
        ("feed lst", "There is no command “feed lst”\nDid you mean: feed list [page=N]"),
        ("zzz", "There is no command “zzz”\nhelp lists what can be asked"),
    ],
)
def test_lines_that_fit_none(text: str, says: str) -> None:
    """The error says how the command is used, or which one may be meant."""
    with pytest.raises(UsageError) as caught:
        parse(text, COMMANDS, PROMPT)

    assert str(caught.value) == says


@pytest.mark.parametrize(
    ("text", "command", "values"),
    [
        ("claim show", "claim show", {}),
        ("verdict 1f", "verdict", {"story": "1f"}),
        ("feed test kind=page", "feed test", {"kind": "page"}),
        ("event", "event show", {}),
    ],
)
def test_a_command_that_lacks_a_value_says_what_it_has(
    text: str, command: str, values: dict[str, str]
) -> None:
    """A platform with forms asks for the rest; a group of one command stands for it."""
    with pytest.raises(Unfinished) as caught:
        parse(text, AT_CONSOLE, PROMPT)

    assert (caught.value.command, caught.value.values) == (command, values)


@pytest.mark.parametrize("typed", ["https://a.example/", "<https://a.example/>", " <https://a.example/|a> "])
def test_an_address_is_taken_out_of_what_slack_puts_round_it(typed: str) -> None:
    """Slack may write an address as a link."""
    assert address(typed) == "https://a.example/"
    assert address("https://a.example/a|b") == "https://a.example/a|b"


def test_an_endless_line_is_not_repeated_whole() -> None:
    """An error stays short whatever was typed."""
    with pytest.raises(UsageError) as caught:
        parse("x" * 10_000, COMMANDS, PROMPT)

    assert len(str(caught.value)) < 150
