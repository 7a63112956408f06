"""Reading seed files: what fits becomes records, and every mistake is told with file, entry and key."""

from pathlib import Path

import pytest

from claims.admiralty import Reliability
from claims.errors import SeedError
from claims.feeds import Feed
from claims.model import Bound, Claim, Direction, Figure, Profile, Reference, Source
from claims.seeding import read_claims, read_feeds
from claims.when import Day

CLAIM = '[[claim]]\nid = "shells"\nstatement = "S"\nsaid_by = "A"\nsaid_on = 2023-10-13\n'
OTHER = CLAIM.replace('"shells"', '"other"')
FEED = '[[feed]]\nurl = "https://a.example/rss"\ntitle = "T"\nsource = "A"\nlanguage = "en"\n'


def written(folder: Path, content: str | bytes, name: str = "seeds.toml") -> Path:
    """Return a seed file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def mistakes(read: object, path: Path) -> list[str]:
    """Return the lines of the error, each without the file's name, which every one must begin with."""
    assert callable(read)
    with pytest.raises(SeedError) as caught:
        read(path)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{path}: ") for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


def test_a_claim_needs_only_four_keys(tmp_path: Path) -> None:
    """Id, statement, who said it and when are enough for a claim."""
    (claim,) = read_claims(written(tmp_path, CLAIM))
    assert claim == Claim(id="shells", statement="S", said_by="A", said_on=Day(2023, 10, 13))


def test_every_key_of_a_claim_reaches_its_record(tmp_path: Path) -> None:
    """What the head of seeds/claims.toml lists is read into the record of claims.model."""
    whole = """
        direction = "dprk-to-russia"
        items = ["shells"]
        places = ["Najin", "Dunay"]
        vessels = ["Angara"]
        tags = ["munitions", "ships"]
        resolutions = ["UNSCR 1874"]
        disputed_by = ["other"]
        parent = "other"
        [[claim.figure]]
        unit = "shells"
        low = 1_000
        high = 2_000.5
        bound = "about"
        period = "2023"
        body = "B"
        [[claim.figure]]
        unit = "ships"
        value = 1
        [[claim.source]]
        title = "Report"
        outlet = "Paper"
        day = "2023-10"
        url = "https://paper.example/1"
        [claim.profile]
        need = [["arms", "shells"], ["russia"]]
        boost = ["najin"]
        minus = ["iran"]
        since = 2023-09-01
        until = "2024"
        against = ["lawful"]
        accused = [["2023-10", 2024-09-30]]
    """
    claim, other = read_claims(written(tmp_path, CLAIM + whole + OTHER + "denial = true"))
    assert claim == Claim(
        id="shells",
        statement="S",
        said_by="A",
        said_on=Day(2023, 10, 13),
        direction=Direction.TO_RUSSIA,
        items=("shells",),
        places=("Najin", "Dunay"),
        vessels=("Angara",),
        figures=(
            Figure("shells", 1000, 2000.5, Bound.ABOUT, period="2023", body="B"),
            Figure("ships", 1, 1),
        ),
        resolutions=("UNSCR 1874",),
        tags=("munitions", "ships"),
        disputed_by=("other",),
        parent="other",
        sources=(Reference("Report", "Paper", Day(2023, 10), "https://paper.example/1"),),
        profile=Profile(
            need=(("arms", "shells"), ("russia",)),
            boost=("najin",),
            minus=("iran",),
            since=Day(2023, 9, 1),
            until=Day(2024),
            against=("lawful",),
            accused=((Day(2023, 10), Day(2024, 9, 30)),),
        ),
    )
    assert other.denial


@pytest.mark.parametrize(
    ("said_on", "day"),
    [
        ("2023-10-13", Day(2023, 10, 13)),
        ("2023-10-13T23:00:00-05:00", Day(2023, 10, 13)),
        ('"2023-10-13"', Day(2023, 10, 13)),
        ('"2022-09"', Day(2022, 9)),
        ('"2022"', Day(2022)),
    ],
)
def test_a_day_may_be_a_date_or_a_text(tmp_path: Path, said_on: str, day: Day) -> None:
    """TOML dates and ISO texts of any precision are days."""
    (claim,) = read_claims(written(tmp_path, CLAIM.replace("2023-10-13", said_on)))
    assert claim.said_on == day


def test_a_feed_has_sober_defaults(tmp_path: Path) -> None:
    """A source that nobody graded is its own family, of unknown reliability and no state's."""
    (feed,) = read_feeds(written(tmp_path, FEED))
    assert feed == Feed("https://a.example/rss", "T", Source("A", "A", Reliability.F), "en")


def test_every_key_of_a_feed_reaches_its_record(tmp_path: Path) -> None:
    """Family, grade, state and interval are read."""
    whole = 'family = "f"\nreliability = "B"\nstate_media = true\ninterval_minutes = 2.5\n'
    (feed,) = read_feeds(written(tmp_path, FEED + whole))
    assert (feed.source, feed.interval_minutes) == (Source("A", "f", Reliability.B, state_media=True), 2.5)


def test_a_text_is_kept_on_one_line(tmp_path: Path) -> None:
    """Line breaks and invisible characters never reach a card."""
    (claim,) = read_claims(written(tmp_path, CLAIM.replace('"S"', '"""\nOne\n  two\\u202e"""')))
    assert claim.statement == "One two"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """A file saved by an editor that writes one is read."""
    assert read_feeds(written(tmp_path, b"\xef\xbb\xbf" + FEED.encode()))


def test_no_feeds_must_be_said(tmp_path: Path) -> None:
    """An empty list is a decision, an empty file an accident."""
    assert read_feeds(written(tmp_path, "feed = []")) == ()
    assert mistakes(read_feeds, written(tmp_path, "")) == [
        "feed: expected tables in double brackets, but it is missing"
    ]


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (CLAIM.replace("id =", "# id ="), "claim 1: id: expected lower-case letters"),
        (CLAIM.replace('"shells"', '"Shells of 2022"'), "claim 'Shells of 2022': id: expected lower-case"),
        (CLAIM.replace('"shells"', f'"{"a" * 65}"'), "id: expected lower-case letters, digits and hyphens"),
        (CLAIM.replace('"shells"', "7"), "claim 1: id: expected lower-case letters, digits and hyphens"),
        (CLAIM.replace('"S"', '"  "'), "claim 'shells': statement: expected a text, not '  '"),
        (CLAIM.replace('said_by = "A"', ""), "claim 'shells': said_by: expected a text, but it is missing"),
        (CLAIM.replace("2023-10-13", '"2023-13"'), "claim 'shells': said_on: expected a day like 2023-10-13"),
        (CLAIM.replace("2023-10-13", '"' + "9" * 30 + '"'), "said_on: expected a day like"),
        (CLAIM.replace("2023-10-13", "2023"), "said_on: expected a day like"),
        (CLAIM + 'items = "shells"', "items: expected a text in each place of a list, not 'shells'"),
        (CLAIM + "items = [1]", "items: expected a text in each place of a list, not [1]"),
        (
            CLAIM + 'direction = "east"',
            "direction: expected one of dprk-to-russia, russia-to-dprk, not 'east'",
        ),
        (CLAIM + 'tags = ["Two words"]', "tags: expected lower-case letters, digits and hyphens, at most 32"),
        (CLAIM + 'denial = "yes"', "denial: expected true or false, not 'yes'"),
        (CLAIM + 'stament = "x"', "claim 'shells': stament: unknown key, did you mean statement?"),
        (CLAIM + "zzz = 1", "claim 'shells': zzz: unknown key, known are "),
        ("[[claims]]\n" + CLAIM, "claims: unknown key, did you mean claim?"),
        ("[claim]\nid = 'a'", "claim: expected tables in double brackets"),
        (CLAIM + CLAIM, "claim 'shells': id: expected one of its own; number 1 has it too"),
        (CLAIM + 'disputed_by = ["nobody"]', "disputed_by: expected the id of another claim of this file"),
        (CLAIM + 'disputed_by = ["shells"]', "disputed_by: expected the id of another claim of this file"),
        (CLAIM + 'parent = "nobody"', "parent: expected the id of another claim of this file, not 'nobody'"),
        (CLAIM + 'parent = "shells"', "parent: expected the id of another claim of this file, not 'shells'"),
        (CLAIM + "figure = 3", "figure: expected tables in double brackets, not 3"),
        (CLAIM + "[[claim.figure]]\nvalue = 1", "claim 'shells': figure 1: unit: expected one of containers"),
        (CLAIM + '[[claim.figure]]\nunit = "boxes"\nvalue = 1', "figure 1: unit: expected one of containers"),
        (
            CLAIM + '[[claim.figure]]\nunit = "ships"',
            "figure 1: value: expected either value, or low and high",
        ),
        (
            CLAIM + '[[claim.figure]]\nunit = "ships"\nlow = 2\nhigh = 1',
            "figure 1: high: expected a number that is",
        ),
        (CLAIM + '[[claim.figure]]\nunit = "ships"\nlow = 2', "figure 1: value: expected either"),
        (
            CLAIM + "[[claim.figure]]\nunit='ships'\nlow=2\nhigh=3\nvalue=2",
            "figure 1: value: expected either",
        ),
        (CLAIM + '[[claim.figure]]\nunit = "ships"\nvalue = nan', "figure 1: value: expected a number"),
        (CLAIM + '[[claim.figure]]\nunit = "ships"\nvalue = true', "figure 1: value: expected a number"),
        (CLAIM + '[[claim.figure]]\nunit = "ships"\nvalue = -1', "figure 1: value: expected a number"),
        (CLAIM + "[[claim.figure]]\nunit='ships'\nvalue=1\nbound='max'", "figure 1: bound: expected one of"),
        (CLAIM + '[[claim.source]]\ntitle = "T"', "claim 'shells': source 1: outlet: expected a text"),
        (
            CLAIM + "[[claim.source]]\ntitle='T'\noutlet='O'\nurl='ftp://a/b'",
            "source 1: url: expected an http",
        ),
        (CLAIM + "profile = 1", "profile: expected a table, not 1"),
        (CLAIM + '[claim.profile]\nneed = ["arms"]', "profile: need: expected"),
        (CLAIM + "[claim.profile]\nboots = []", "profile: boots: unknown key, did you mean boost?"),
    ],
)
def test_a_mistake_in_a_claim_names_its_place(tmp_path: Path, content: str, mistake: str) -> None:
    """The error names the file, the claim and the key, and says what is expected there."""
    found = mistakes(read_claims, written(tmp_path, content))
    assert len(found) == 1, found
    assert mistake in found[0]


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (FEED.replace("url", "# url"), "feed 1: url: expected an http or https address"),
        (
            FEED.replace("https://a.example/rss", "file:///etc/passwd"),
            "feed 'file:///etc/passwd': url: expected",
        ),
        (
            FEED.replace("https://", "https://me:word@"),
            "url: expected an http or https address without a user",
        ),
        (FEED.replace("https://a.example", "https://"), "url: expected an http or https address"),
        (FEED.replace("a.example", "a.example:x"), "url: expected an http or https address"),
        (FEED.replace("a.example", "[::1"), "url: expected an http or https address"),
        (FEED.replace("/rss", "/r ss"), "url: expected an http or https address"),
        (FEED.replace('title = "T"', ""), "feed 'https://a.example/rss': title: expected a text, but it is"),
        (FEED.replace('"en"', '"english"'), "language: expected a two-letter code of ISO 639-1 or und"),
        (FEED + 'reliability = "G"', "reliability: expected one of A, B, C, D, E, F, not 'G'"),
        (FEED + "state_media = 1", "state_media: expected true or false, not 1"),
        (FEED + "interval_minutes = 0", "interval_minutes: expected a number above 0, not 0"),
        (FEED + "interval_minutes = inf", "interval_minutes: expected a number above 0"),
        (
            FEED + "interval_minutes = 525_601",
            "interval_minutes: expected at most 525600, a year, not 525601",
        ),
        (FEED + "interval_minutes = 1e12", "interval_minutes: expected at most 525600, a year"),
        (FEED + "interval_minutes = true", "interval_minutes: expected a number above 0"),
        (FEED + 'links = "/press/*"', "links: goes with kind page or sitemap"),
        (FEED + "interval = 5", "interval: unknown key, did you mean interval_minutes?"),
        (FEED + FEED.replace("https", "http"), "url: expected one of its own; number 1 has it too"),
    ],
)
def test_a_mistake_in_a_feed_names_its_place(tmp_path: Path, content: str, mistake: str) -> None:
    """The error names the file, the feed and the key, and says what is expected there."""
    found = mistakes(read_feeds, written(tmp_path, content))
    assert len(found) == 1, found
    assert mistake in found[0]


def test_mistakes_are_told_together(tmp_path: Path) -> None:
    """One reading of the file is enough to mend it: a line for each mistake, in the order of the file."""
    content = CLAIM.replace('"S"', "1") + "colour = 1\n" + OTHER.replace("2023-10-13", '"soon"')
    found = mistakes(read_claims, written(tmp_path, content))
    assert [line.split(":")[:2] for line in found] == [
        ["claim 'shells'", " statement"],
        ["claim 'shells'", " colour"],
        ["claim 'other'", " said_on"],
    ]


def test_parents_do_not_go_in_a_ring(tmp_path: Path) -> None:
    """A claim cannot make itself more specific by way of others."""
    content = CLAIM + 'parent = "other"\n' + OTHER + 'parent = "shells"\n'
    assert mistakes(read_claims, written(tmp_path, content)) == [
        "claim 'shells': parent: expected a more general claim; this one leads back to itself",
        "claim 'other': parent: expected a more general claim; this one leads back to itself",
    ]


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (b'# one\n# two\ntitle = "\xff"', "line 3: not UTF-8"),
        (b"# one\n[[claim]]\nid = shells", "(at line 3, column 6)"),
        (b'[[claim]]\nid = "a"\nid = "b"\n', "(at line 3"),
        (b"n = " + b"9" * 5000, "not TOML"),
    ],
)
def test_what_is_not_toml_names_the_line(tmp_path: Path, content: bytes, mistake: str) -> None:
    """A file that cannot be read as TOML says where it stops being TOML."""
    (line,) = mistakes(read_claims, written(tmp_path, content))
    assert mistake in line


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    """A missing file and a folder in its place are seed errors, not surprises."""
    assert mistakes(read_feeds, tmp_path / "none.toml") == ["cannot be read: No such file or directory"]
    assert mistakes(read_feeds, tmp_path) == ["cannot be read: Is a directory"]
