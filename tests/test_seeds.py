"""The shipped data: the register, the feed list and the samples of the demo."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from xml.parsers.expat import ExpatError, ParserCreate

import pytest

from bot.samples import OPENING, as_of, moments
from claims.feeds import Feed
from claims.model import Claim
from claims.seeding import read_claims, read_feeds

SEEDS = Path(__file__).parent.parent / "seeds"
SAMPLES = SEEDS / "samples"
FEED_FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".rss", ".atom", ".rdf"})

REGISTER = {
    "purchase-attempt-2022",
    "covert-shells-2022",
    "wagner-delivery-2022",
    "ukraine-intel-2023",
    "battlefield-use",
    "containers-2023",
    "return-cargo-2023",
    "deliveries-before-summit",
    "deliveries-completed",
    "shell-volume",
    "rail-traffic",
    "rail-resumption-2022",
    "uniforms-textiles",
    "military-tech-return",
    "satellite-tech",
    "nuclear-missile-tech",
    "mutual-defence-pact",
    "troops-labour",
    "denial-pyongyang",
    "denial-moscow",
    "un-violation",
    "trilateral-condemnation",
    "sanctions-response",
    "pyongyang-backs-moscow",
    "seoul-arming-ukraine",
    "china-friction",
    "hamas-arms",
    "icbm-assessment",
}


@pytest.fixture(scope="module")
def claims() -> dict[str, Claim]:
    """Return the shipped register by id."""
    return {claim.id: claim for claim in read_claims(SEEDS / "claims.toml")}


@pytest.fixture(scope="module")
def feeds() -> tuple[Feed, ...]:
    """Return the shipped feed list."""
    return read_feeds(SEEDS / "feeds.toml")


@pytest.fixture(scope="module")
def samples() -> dict[str, str]:
    """Return the text of every sample feed by file name."""
    return {path.name: path.read_text("utf-8") for path in FEED_FILES}


def well_formed(text: str) -> bool:
    """Say whether a strict parser takes this."""
    try:
        ParserCreate().Parse(text, True)
    except ExpatError:
        return False
    return True


def stories(text: str) -> int:
    """Count the items of a feed."""
    return len(re.findall(r"<(?:item|entry)[ >]", text))


def found(pattern: str, texts: Iterable[str]) -> list[str]:
    """Return all that a pattern finds in these texts."""
    return [match for text in texts for match in re.findall(pattern, text)]


def test_the_register_has_every_claim_of_the_reports(claims: dict[str, Claim]) -> None:
    """The twenty-eight ids are the ones that teams, stories and other programs use."""
    assert claims.keys() == REGISTER


def test_every_claim_names_a_report(claims: dict[str, Claim]) -> None:
    """A reader can go back to where each claim was published, and on which day."""
    assert all(claim.sources and all(source.day for source in claim.sources) for claim in claims.values())


def test_the_denials_answer_claims_and_are_answered_by_none(claims: dict[str, Claim]) -> None:
    """`disputed_by` names the two denials, and a denial is not disputed by the other."""
    denials = {claim.id for claim in claims.values() if claim.denial}
    assert denials == {"denial-pyongyang", "denial-moscow"}
    assert {name for claim in claims.values() for name in claim.disputed_by} == denials
    assert not any(claims[name].disputed_by for name in denials)


def test_every_claim_has_tags_and_the_head_of_the_file_names_them(claims: dict[str, Claim]) -> None:
    """A channel can follow a matter without knowing ids; the denials can be followed as such."""
    used = {tag for claim in claims.values() for tag in claim.tags}
    head = (SEEDS / "claims.toml").read_text("utf-8").partition("\n[[claim]]")[0]

    assert [claim.id for claim in claims.values() if not claim.tags] == []
    assert {claim.id for claim in claims.values() if "denial" in claim.tags} == {
        claim.id for claim in claims.values() if claim.denial
    }
    assert [tag for tag in sorted(used) if tag not in re.split(r"[^a-z0-9-]+", head)] == []


def test_the_figures_of_the_reports_are_kept(claims: dict[str, Claim]) -> None:
    """Later counts are measured against the first ones."""
    figures = {(claim.id, figure.unit, figure.low) for claim in claims.values() for figure in claim.figures}
    assert figures == {
        ("containers-2023", "containers", 1000),
        ("shell-volume", "shells", 1_600_000),
        ("shell-volume", "tonnes", 74_000),
    }


def test_the_feed_list_is_wide(feeds: tuple[Feed, ...]) -> None:
    """At least forty feeds in at least five languages, from at least thirty publishers."""
    assert len(feeds) >= 40
    assert len({feed.language for feed in feeds}) >= 5
    assert len({feed.source.family for feed in feeds}) >= 30


def test_one_source_has_one_family_and_one_grade(feeds: tuple[Feed, ...]) -> None:
    """The feeds of one publisher agree about it."""
    described = {feed.source.name: feed.source for feed in feeds}
    assert all(feed.source == described[feed.source.name] for feed in feeds)


def test_every_feed_says_what_vouches_for_it() -> None:
    """The comment behind each entry names the public list that has the address."""
    text = (SEEDS / "feeds.toml").read_text("utf-8")
    assert all(
        re.fullmatch(r"\[\[feed\]\]  # \S.*", line) for line in text.splitlines() if "[[feed]]" in line[:8]
    )


def test_the_listed_samples_are_the_files() -> None:
    """Every sample feed is listed once, and every listed one is there."""
    listed = read_feeds(SAMPLES / "feeds.toml")
    assert sorted(feed.url for feed in listed) == [
        f"http://samples.example/{path.name}" for path in FEED_FILES
    ]


def test_the_samples_come_in_three_formats_and_several_languages() -> None:
    """RSS 2.0, Atom and RDF; English, Korean, Russian and more."""
    assert {path.suffix for path in FEED_FILES} == {".rss", ".atom", ".rdf"}
    assert {feed.language for feed in read_feeds(SAMPLES / "feeds.toml")} >= {"en", "ko", "ru"}


def test_the_samples_hold_some_sixty_stories_over_a_few_days(samples: dict[str, str]) -> None:
    """Every story has a date that can be read, and the demo has something to step through."""
    steps = moments(SAMPLES)
    assert 60 <= sum(map(stories, samples.values())) <= 80
    assert len(steps) > 50
    assert timedelta(days=3) < steps[-1] - OPENING < timedelta(days=4)


def test_every_sample_feed_brings_backlog(samples: dict[str, str]) -> None:
    """At the first visit each feed already holds a story, and none holds all."""
    assert all(0 < stories(as_of(text, OPENING)) < stories(text) for text in samples.values())


@pytest.mark.parametrize("moment", [OPENING, moments(SAMPLES)[-1]])
def test_only_the_tabloid_is_broken(samples: dict[str, str], moment: datetime) -> None:
    """One feed needs a forgiving parser; the others are well-formed at every moment."""
    broken = [name for name, text in samples.items() if not well_formed(as_of(text, moment))]
    assert broken == ["sample-tabloid.rss"]


def test_sample_links_lead_nowhere(samples: dict[str, str]) -> None:
    """Every link is on a host that RFC 2606 keeps free for examples."""
    links = found(r"<link>([^<]+)<|<link href=\"([^\"]+)\"", samples.values())
    hosts = {urlsplit(one or other).hostname or "" for one, other in links}
    assert len(hosts) == len(FEED_FILES)
    assert all(host.endswith(".example") for host in hosts)


@pytest.mark.parametrize(
    ("behaviour", "pattern", "at_least"),
    [
        ("one happening, told by many", "13[,. ]?000|1만3000|1万3000", 7),
        ("a higher count later", "15[,. ]?000|1만5000", 3),
        ("a wire copy that names its wire", "<source url=", 2),
        ("a denial by Moscow", "Kremlin|Кремль|크렘린궁", 3),
        ("a denial by Pyongyang", "denies arms dealings|무기거래를 한 적이 없|武器取引を否定", 3),
        ("evidence against an accusation", "не нашла следов северокорейского производства", 1),
        ("a joint statement", "joint statement|共同声明|공동성명", 3),
        ("containers of another kind", "Strike leaves thousands of containers", 1),
        ("condolences", "condolences to Putin", 1),
        ("a missile test", "missile-test</link>", 2),
        ("other people's drones", "Иран передал России", 1),
        ("South Korean exports", "howitzers to Poland", 1),
        ("tourists", "туристы", 1),
        ("sport", "여자축구", 1),
        ("news that no claim tracks yet", "more oil than UN cap|유엔 상한", 2),
        ("a recalled sentence", "same chamber heard", 1),
        ("a headline that pings", "<title>@everyone &lt;!channel&gt; &lt;@U0SAMPLE&gt; \\[x\\]", 1),
        ("a script in a summary", "&lt;script&gt;", 1),
    ],
)
def test_the_samples_show_every_behaviour(
    samples: dict[str, str], behaviour: str, pattern: str, at_least: int
) -> None:
    """What the bot must tell apart is in the samples."""
    assert len(found(pattern, samples.values())) >= at_least, behaviour


def test_a_sample_headline_is_edited_in_place(samples: dict[str, str]) -> None:
    """One guid stands twice in a file, with another headline and a later date; a visitor sees only one."""
    guids = Counter(found(r"<guid[^>]*>([^<]+)<", samples.values()))
    twice = [guid for guid, count in guids.items() if count > 1]
    assert twice == ["sample-wire.example:2025-08-27:shells"]
    assert found(re.escape(twice[0]), [as_of(samples["sample-wire.rss"], moments(SAMPLES)[-1])]) == twice
