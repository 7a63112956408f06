"""What people read of feeds that fail, are gone, fall silent or are well again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from textwrap import dedent

import pytest

from bot.card import Link, Tone, plain
from bot.commands.spelling import PROMPT
from bot.notice_card import notice_card
from bot.render import discord, slack
from bot.render.console import render
from claims.feeds import Trouble
from claims.outgoing import FeedChange, Notice
from tests.support.build import NOW, at
from tests.support.discord_limits import message_faults
from tests.support.slack_blocks import pings, refusal_of

SEVEN_HOURS = at(-7 * 60)
ERROR = "agency.example answered 403 Forbidden."
FAILS = FeedChange("https://agency.example/rss", "Sample Agency", Trouble.FAILING, SEVEN_HOURS, ERROR)
GONE = FeedChange(
    "https://tabloid.example/rss", "Sample Tabloid", Trouble.GONE, NOW, "tabloid.example answered 410 Gone"
)
SILENT = FeedChange(
    "https://wire.example/rss", "Sample Wire", Trouble.SILENT, NOW - timedelta(days=3), items_a_day=40.2
)
FAILED = "failed since 27 August 13:13 KST, for 7 hours, so it may be our own network"
BACK = FeedChange("https://post.example/rss", "Sample Post", None, SEVEN_HOURS, was=Trouble.FAILING)


def notice(*changes: FeedChange, answering: int = 70) -> Notice:
    """Return a notice of now."""
    return Notice("notice:1", NOW, changes, answering)


def shown(*changes: FeedChange) -> str:
    """Return a notice as a terminal in Seoul shows it."""
    return render(notice_card(notice(*changes), "Asia/Seoul", PROMPT), 100, colour=False)


def text(block: str) -> str:
    """Return a block of the test's source without its indentation."""
    return dedent(block).lstrip("\n")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            FAILS,
            """
            FEED · failing
            Sample Agency has failed since 27 August 13:13 KST, for 7 hours
            https://agency.example/rss
              agency.example answered 403 Forbidden
            27 August 20:13 KST · what fails is asked again by itself, feed test shows what it answers
            """,
        ),
        (
            GONE,
            """
            FEED · gone
            Sample Tabloid is gone for good, and is not asked again
            https://tabloid.example/rss
              tabloid.example answered 410 Gone
            27 August 20:13 KST · feed resume asks a gone feed anew, feed remove drops it
            """,
        ),
        (
            SILENT,
            """
            FEED · silent
            Sample Wire has brought nothing new since 24 August 20:13 KST, for 3 days; usually 40 items a day
            https://wire.example/rss
            27 August 20:13 KST · what is silent may have moved: feed add finds the feeds of a site
            """,
        ),
        (
            replace(SILENT, was=Trouble.FAILING, items_a_day=3 / 7),
            """
            FEED · silent
            Sample Wire answers again, but has brought nothing new since 24 August 20:13 KST, for 3 days;
            usually 3 items a week
            https://wire.example/rss
            27 August 20:13 KST · what is silent may have moved: feed add finds the feeds of a site
            """,
        ),
        (
            BACK,
            """
            FEED · well again
            Sample Post answers again after 7 hours
            https://post.example/rss
            27 August 20:13 KST
            """,
        ),
        (
            replace(SILENT, trouble=None, was=Trouble.SILENT),
            """
            FEED · well again
            Sample Wire brings something new again after 3 days
            https://wire.example/rss
            27 August 20:13 KST
            """,
        ),
    ],
    ids=["failing", "gone", "silent", "answers and is silent", "back", "speaks again"],
)
def test_one_feed_is_told_with_what_happened_and_what_to_do(change: FeedChange, expected: str) -> None:
    """The title says which feed and what, and leads to it; error, moment and advice stand below."""
    assert shown(change) == text(expected)


def test_several_feeds_are_told_the_worst_first() -> None:
    """One message has a line for each feed, and advice for each kind of trouble."""
    assert shown(BACK, FAILS, replace(FAILS, title="Sample Times"), GONE) == text(
        """
        FEEDS
        1 feed is gone, 2 feeds fail, 1 feed is well again
          Sample Tabloid is gone for good, and is not asked again: tabloid.example answered 410 Gone
          https://tabloid.example/rss
          Sample Agency has failed since 27 August 13:13 KST, for 7 hours: agency.example answered 403
          Forbidden
          https://agency.example/rss
          Sample Times has failed since 27 August 13:13 KST, for 7 hours: agency.example answered 403
          Forbidden
          https://agency.example/rss
          Sample Post answers again after 7 hours
          https://post.example/rss
        27 August 20:13 KST · feed resume asks a gone feed anew, feed remove drops it · what fails is asked
        again by itself, feed test shows what it answers
        """
    )


def many(change: FeedChange, count: int) -> Sequence[FeedChange]:
    """Return so many feeds to which the same happened."""
    return [replace(change, url=f"https://{n}.example/rss", title=f"Sample {n}") for n in range(count)]


@pytest.mark.parametrize(
    ("changes", "answering", "expected"),
    [
        (many(FAILS, 73), 0, f"All 73 feeds that answered have {FAILED}; the first error: {ERROR[:-1]}"),
        (many(replace(FAILS, error=None), 66), 7, f"66 of 73 feeds that answered have {FAILED}"),
        (many(BACK, 73), 73, "73 feeds answer again after 7 hours"),
    ],
    ids=["all", "nearly all", "back"],
)
def test_an_outage_is_one_line(changes: Sequence[FeedChange], answering: int, expected: str) -> None:
    """Where nearly all feeds fail at once, no list of them helps."""
    card = notice_card(notice(*changes, answering=answering), "Asia/Seoul", PROMPT)

    assert [plain(line) for line in card.lines] == [expected]


def test_an_outage_leaves_room_for_the_others() -> None:
    """A feed that is gone is named also while all others fail."""
    card = notice_card(notice(*many(FAILS, 70), GONE, answering=2), "UTC", PROMPT)

    assert card.title == "1 feed is gone, 70 feeds fail"
    assert len(card.lines) == 2
    assert plain(card.lines[1]).startswith("Sample Tabloid is gone")


def test_many_silent_feeds_are_no_outage_and_are_cut_visibly() -> None:
    """A list ends with the number of those left out."""
    card = notice_card(notice(*many(SILENT, 73)), "UTC", PROMPT)

    assert len(card.lines) == 13
    assert plain(card.lines[-1]) == "+61 more; feed list has all that are in trouble"
    assert card.lines[0][0] == Link("Sample 0", "https://0.example/rss")


@pytest.mark.parametrize(("changes", "tone"), [((FAILS, BACK), Tone.TROUBLE), ((BACK, BACK), Tone.ANSWER)])
def test_good_news_does_not_look_like_trouble(changes: Sequence[FeedChange], tone: Tone) -> None:
    """A notice has the colour of trouble while it tells of any."""
    assert notice_card(notice(*changes), "UTC", PROMPT).tone is tone


def test_nothing_that_a_feed_writes_breaks_out() -> None:
    """Titles and errors of any length and wording are plain words within the limits of both platforms."""
    title, error = "@everyone <!channel> *" * 99, "<@U1> `" * 99
    hostile = replace(FAILS, url=f"https://a.example/{'x' * 1_500}", title=title, error=error)
    card = notice_card(notice(*[hostile] * 40), "UTC", PROMPT)
    on_discord, on_slack = discord.render(card), slack.render(card)

    assert message_faults(on_discord) == []
    assert "@everyone" not in str(on_discord)
    assert refusal_of(on_slack["blocks"]) is None
    assert pings(on_slack) == []
