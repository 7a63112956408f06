"""What typed lines become."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.parse import Unfinished, address, parse
from bot.commands.spelling import PROMPT, Spelling, spelling
from bot.commands.table import AT_CONSOLE, COMMANDS
from claims.errors import UsageError

QUOTED = [
    f"{opens}containers-2023{closes}"
    for opens, closes in (
        '""',
        "''",
        "“”",
        "„“",
        "„”",
        "””",
        "«»",
        "»«",
        "‹›",
        "‘’",
        "‚‘",
        "「」",
        "『』",
        "《》",
        "``",
    )
]
QUERIED = {"words": '"North Korea" OR stance:supports', "least": "major"}


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("claim show containers-2023", "claim show", {"claim": "containers-2023"}),
        ("/claim show containers-2023", "claim show", {"claim": "containers-2023"}),
        ("/claimwatch claim show x", "claim show", {"claim": "x"}),
        ("claimwatch  Claim   SHOW  x ", "claim show", {"claim": "x"}),
        ("claim list", "claim list", {}),
        ("claim search don't  look “here”", "claim search", {"words": "don't  look “here”"}),
        ("claim search 'a b' 'c'", "claim search", {"words": "'a b' 'c'"}),
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
    """The slash and the root word may be left out, and quotes within words are as good as any other sign."""
    assert parse(text, COMMANDS, PROMPT) == (name, values)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *((f"claim show {each}", "claim show containers-2023") for each in QUOTED),
        *((each.replace("containers-2023", "claim show x"), "claim show x") for each in QUOTED),
        *((f"story search source={each} oil", "story search oil source=containers-2023") for each in QUOTED),
        (
            "story search source=“Sample Wire” oil since=2025",
            "story search oil since=2025 source=Sample Wire",
        ),
        ("feed add title='Asia desk', https://a.example/", "feed add https://a.example/ title=Asia desk"),
        (
            "claim track “It's the denial: no” said_by=O'Brien",
            """claim track said_by="O'Brien" statement="It's the denial: no\"""",
        ),
        ("claim track ’tis Kim's said_by=X", "claim track said_by=X statement=’tis Kim's"),
        ("```claim list```", "claim list"),
        ("show claim containers-2023", "claim show containers-2023"),
        ("containers-2023 claim show", "claim show containers-2023"),
        ("Sample wire pause feed", "feed pause Sample wire"),
        ("list claims", "claim list"),
        ("STORIES Search: oil", "story search oil"),
        ("watches list", "watch list"),
        ("reviews", "review"),
        ("claim figure x", "claim figures x"),
        ("digests", "digest now"),
        ("/claimwatch /Claimwatch /claim list.", "claim list"),
        ("／ｃｌａｉｍ　ｓｈｏｗ x", "claim show x"),
        ("claim\u00a0show\u202f\u200bx\ufeff", "claim show x"),
        ("claim show containers\u20112023", "claim show containers-2023"),
        ("claim timeline page=2 x", "claim timeline x page=2"),
        ("claim timeline page: 2 x", "claim timeline x page=2"),
        ("claim show claim:x", "claim show x"),
        ("verdict story=1f right", "verdict 1f right"),
        ("digest set days: mon, fri hour = 08:00", "digest set 08:00 days=mon, fri"),
        (
            "story search oil since: 2025 source: Sample Wire",
            "story search oil since=2025 source=Sample Wire",
        ),
        ("watch add claims = a, b least : MAJOR", "watch add claims=a, b least=major"),
        ("watch add —least=major –claims=a", "watch add claims=a least=major"),
        ("watch add --least major —claims a, b", "watch add claims=a, b least=major"),
        ("watch add --mention-from=major", "watch add mention_from=major"),
        ("watch add least＝major claims＝ａ，ｂ", "watch add claims=a,b least=major"),
        ("claim show x.", "claim show x"),
        ("feed test https://a.example/x.", "feed test https://a.example/x"),
        ("feed show Sample Inc.", "feed show Sample Inc"),
        ("feed test <https://a.example/?b=1&amp;c=2|a.example>", "feed test https://a.example/?b=1&c=2"),
        ("claim search <mailto:a@b.example|a@b.example>", "claim search a@b.example"),
        ("watch add channel=<#C1|alerts>", "watch add channel=<#C1>"),
        ("workspace editors add=<@U1|mina> <!subteam^S1|@desk>", "workspace editors add=<@U1> <!subteam^S1>"),
    ],
)
def test_lines_that_are_meant_well(text: str, meant: str) -> None:
    """Keyboards, chats and people write one command in many ways; each is read as the plain one."""
    assert parse(text, AT_CONSOLE, PROMPT) == parse(meant, AT_CONSOLE, PROMPT)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("claim search U.S.", {"words": "U.S."}),
        ("claim search &lt;a&gt; &amp;lt;", {"words": "<a> &lt;"}),
        ("claim match Denied by the U.S. today.", {"text": "Denied by the U.S. today."}),
        ("claim match Look at text: x, text=y", {"text": "Look at text: x, text=y"}),
        ("claim match see source://a and — no", {"text": "see source://a and — no"}),
        ("claim search 北韓，13 ，", {"words": "北韓，13 ,"}),
        ('watch add words="North Korea" OR stance:supports least=major', QUERIED),
        ('watch add words="North Korea" least=major', {"words": '"North Korea"', "least": "major"}),
        ('watch add words="a OR b" NOT c', {"words": '"a OR b" NOT c'}),
        ("watch add threads= least=major", {"least": "major"}),
        ("feed add u --first --untried", {"url": "u"}),
    ],
)
def test_what_is_part_of_a_value_stays(text: str, values: dict[str, str]) -> None:
    """Signs of abbreviations, of other scripts and of the words of a subscription are not ours to take."""
    assert parse(text, COMMANDS, PROMPT)[1] == values


@pytest.mark.parametrize(
    "typed", ['"shells OR title:ship"', "“shells OR title:ship”", "«shells OR title:ship»"]
)
def test_marks_round_an_expression_are_taken_off(typed: str) -> None:
    """Kept, they would make it a phrase that no story has, and the channel would be told nothing."""
    assert parse(f"watch edit words={typed} budget=3", COMMANDS, PROMPT)[1] == {
        "words": "shells OR title:ship",
        "budget": "3",
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "claim track Kim's denial: no arms",
            (
                "“denial: no arms” can be meant for denial or for STATEMENT\n"
                'Put what belongs together in quotation marks: denial="…", statement="…"'
            ),
        ),
        (
            'claim track Arms were sent said_by="White House" on Monday',
            (
                "“on Monday” can be meant for said_by or for STATEMENT\n"
                'Put what belongs together in quotation marks: said_by="…", statement="…"'
            ),
        ),
        (
            "search oil",
            (
                "“search” can mean several commands:\nclaim search WORDS [page=N]\n"
                "story search [WORDS] [NAME=WORDS...]"
            ),
        ),
        ("timeline x", "There is no command “timeline x”\nDid you mean: claim timeline CLAIM [page=N]"),
        ("please list the feeds", "There is no command “please list”\nDid you mean: feed list [page=N]"),
        ("claim show claim=a b", "claim show does not take “b”\nUsage: claim show CLAIM"),
    ],
)
def test_lines_that_can_be_meant_in_two_ways(text: str, says: str) -> None:
    """Nothing is guessed: the error names both."""
    with pytest.raises(UsageError) as caught:
        parse(text, COMMANDS, PROMPT)

    assert str(caught.value) == says


@pytest.mark.parametrize("spelled", [spelling(each) for each in ("console", "discord:1", "slack:U1")])
def test_what_help_prints_can_be_typed(spelled: Spelling) -> None:
    """Each command, with its usage and its options as they are spelled there, is the command."""
    for command in AT_CONSOLE:
        usage = spelled(command.usage).replace(" [NAME=WORDS...]", "").translate({91: None, 93: None})
        values = {param.name: param.name.upper() for param in command.typed}
        values |= {"page": "N"} if "page=N" in usage else {}
        assert parse(usage, AT_CONSOLE, spelled) == (command.name, values)
        for param in command.named:
            places = " ".join('"A"' for each in command.typed if each.required or len(command.typed) == 1)
            line = f"{spelled(command.name)} {places} {spelled.yes(param.name)}"
            if command.typed:
                assert parse(line, AT_CONSOLE, spelled)[1][param.name] == "yes"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([word for command in AT_CONSOLE for word in command.path]),
            st.sampled_from([param.name for command in AT_CONSOLE for param in command.params]),
            st.sampled_from(
                [*"=:：＝\"'“”„«»「」`<>|&—-/.,@# \u00a0\n", "--", "://", "&amp;", "<@U1|", "/claimwatch"]
            ),
            st.text(max_size=8),
        ),
        max_size=14,
    ),
    st.sampled_from([" ", ""]),
)
def test_whatever_is_typed_is_a_command_or_a_mistake(parts: list[str], between: str) -> None:
    """Nothing is raised but what the asker can mend, and a value is never empty."""
    try:
        name, values = parse(between.join(parts), AT_CONSOLE, PROMPT)
    except UsageError:
        return
    known = {command.name: {param.name for param in command.params} for command in AT_CONSOLE}
    assert values.keys() <= known[name]
    assert all(values.values())


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
Usage: claim list [NAME=WORDS...]
tag=of their matter, such as munitions
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
        ("digets", "There is no command “digets”\nDid you mean: digest now [NAME=WORDS...]"),
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
