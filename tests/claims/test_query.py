"""What the words of a subscription promise: whom they let through, and what is said of a mistake."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import UsageError
from claims.query import MAX_CHARACTERS, MAX_NESTED, MAX_PATTERN, Checked, Document, parse

TITLE = "Sample ship leaves Rason"
STORY = Document(
    title=TITLE,
    text=f"{TITLE}\nNorth Korea's artillery shells, K-9 guns and 13,000 containers; "
    "북한제 122mm포탄을, Ки\u0301ев.",
    source=("Sample Herald",),
    family=("Sample Group",),
    language=("en",),
    claim=("containers-2023",),
    tag=("munitions", "rail"),
    stance=("supports",),
    origin=("Sample ministry", "Sample Wire"),
)
WORDS = st.text(
    st.characters(categories=("Lu", "Ll", "Lo"), exclude_characters="ⅴ"), min_size=1, max_size=8
).filter(lambda word: word not in ("AND", "OR", "NOT"))


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("containers", True),
        ("CONTAINERS", True),
        ("container", False),
        ("container*", True),
        ("ship leaves", True),
        ("ship sails", False),
        ("ship AND leaves", True),
        ("sails OR ship", True),
        ("ship sails OR leaves", True),  # AND binds closer
        ("ship (sails OR leaves)", True),
        ("sails (ship OR leaves)", False),
        ("ship -sails", True),
        ("ship NOT leaves", False),
        ("NOT (sails OR steams)", True),
        ("--ship", True),
        ('"artillery shells"', True),
        ('"shells artillery"', False),
        ('"artillery shel*"', True),
        ("“artillery shells”", True),  # as telephones write them
        ("«artillery shells»", True),
        ('"leaves north"', False),  # a phrase does not run over what stands between
        ("K-9", True),
        ("korea", True),
        ("ORbit OR ship", True),
        ("포탄", True),  # inside a word, behind a number and before an ending
        ("북한제 122mm", True),
        ("122mm포탄", True),
        ("중국", False),
        ("Киев", True),  # though the story marks the stress
        ("title:ship", True),
        ("title:shells", False),
        ("text:shells", True),
        ("source:herald", True),
        ("family:herald", False),
        ("family:herald OR source:herald", True),
        ("origin:wire", True),
        ("language:EN", True),
        ("language:ko", False),
        ("claim:containers-2023", True),
        ("claim:containers", False),  # a name is compared whole
        ("claim:containers*", True),
        ("tag:rail", True),
        ("-tag:rail", False),
        ("stance:supports", True),
        ("stance:disputes", False),
        ("/1[0-9],000 containers/", True),
        ("/RASON$/", False),
        ("title:/RASON$/", True),
        (r"/korea's\/|ship/", True),
        ("12:30", False),
    ],
)
def test_an_expression_finds_what_it_says(words: str, fits: bool) -> None:
    """Words are whole but for scripts without spaces, case does not matter, and fields keep apart."""
    assert parse(words).matches(STORY) is fits


def test_an_expression_says_which_terms_hit() -> None:
    """Terms come in their order, each as it was typed, with whether it is meant to be there."""
    assert parse('ship ("no such" OR tag:rail) -NOT:x'.replace("NOT:x", "title:/s.ip/")).explain(STORY) == (
        Checked("ship", hit=True, wanted=True),
        Checked('"no such"', hit=False, wanted=True),
        Checked("tag:rail", hit=True, wanted=True),
        Checked("title:/s.ip/", hit=True, wanted=False),
    )


@pytest.mark.parametrize(
    ("words", "where", "advice"),
    [
        ("", "There are no words", "write words"),
        ("ship OR", "At the end: a word is missing", "write words"),
        ("(ship", "At the end: a ) is missing", "write words"),
        ("ship )", "At character 6, “)”: this cannot stand here", "write words"),
        ("ship OR OR shells", "At character 9, “OR shells”: a word is missing before this", "write words"),
        ("ship ()", "At character 7, “)”: a word is missing before this", "write words"),
        ('ship "shells', 'At character 6, “"shells”: a quotation mark that is not closed', "write words"),
        ("ship /shells", "At character 6, “/shells”: a pattern that is not closed", "write words"),
        ("ship :", "At character 6, “:”: this cannot stand here", "write words"),
        ("ship ?!", "At character 6, “?!”: this has no letter or number to look for", "write words"),
        ("ship s*p", "At character 6, “s*p”: a star stands for any ending", "write it last, as in missile*"),
        ("ship outlet:TASS", "“outlet:TASS”: there is no field “outlet”", "write one of title, text"),
        ("stance:denies", "“stance:denies”: there is no such stance", "write stance:supports, "),
        ("language:Korean", "At character 1, “language:Korean”: this is no language", "as in language:ko"),
        ("ship /(/", "At character 6, “/(/”: a pattern with a mistake: missing ): (", "as in /shells?/"),
        (r"/(a)\1/", r"At character 1, “/(a)\1/”: a pattern with a mistake: invalid escape", "RE2"),
        (r"/(\pL{1,100}\d?){1,9}/", "a pattern with a mistake: pattern too large", "RE2"),
        (f"/{'x' * (MAX_PATTERN + 1)}/", "a pattern of 201 characters", "write at most 200"),
        ("x" * (MAX_CHARACTERS + 1), "The words have 1,001 characters", "write at most 1,000"),
        ("(" * 400 + "x" + ")" * 400, "The words are nested too deeply", "at most 20 levels"),
        ("-" * 900 + "x", "The words are nested too deeply", "at most 20 levels"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_what_to_write(words: str, where: str, advice: str) -> None:
    """Nobody has to guess which of many words was not understood."""
    with pytest.raises(UsageError) as mistake:
        parse(words)
    assert where in str(mistake.value)
    assert advice in str(mistake.value)


@given(st.text(max_size=60) | st.text('()"/-:* aORNDT\\', max_size=60))
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_is_understood_or_refused(words: str) -> None:
    """No text breaks it, and what it takes it can hold against any story and explain."""
    try:
        query = parse(words)
    except UsageError:
        return
    assert query.matches(STORY) is parse(f"NOT NOT ({query.words})").matches(STORY)
    assert query.explain(STORY)


@given(WORDS, WORDS)
@settings(max_examples=100, deadline=None)
def test_the_laws_of_logic_hold(one: str, other: str) -> None:
    """A word finds itself, and NOT of OR is the AND of NOTs, whatever the script."""
    story = Document(text=f"{one} between")
    assert parse(f'"{one}"').matches(story)
    assert parse(f"NOT ({one} OR {other})").matches(story) is parse(f"-{one} -{other}").matches(story)
    assert parse(f"{one} {other}").matches(story) is parse(f"{one} AND {other}").matches(story)


def test_the_deepest_and_the_longest_that_is_allowed_is_answered() -> None:
    """The limits leave room: twenty levels and a thousand characters work."""
    assert parse("(" * MAX_NESTED + "ship" + ")" * MAX_NESTED).matches(STORY)
    assert parse(" OR ".join(["x"] * 199 + ["ship"])).matches(STORY)


def test_a_pattern_that_explodes_elsewhere_takes_no_time() -> None:
    """Nested repetition over a long text ends, since the library tries all ways at once."""
    assert not parse("/(x+x+)+y/").matches(Document(text="x" * 100_000))
