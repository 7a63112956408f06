"""What people read of the feeds, as a terminal shows it."""

from datetime import timedelta
from textwrap import dedent
from typing import Any

from bot.answers.feeds import FEEDS, feed_card, feeds_card, worst_first
from bot.card import plain
from bot.commands.spelling import PROMPT
from bot.paging import Page, page_of
from bot.render import discord, slack
from bot.render.console import render
from claims.admiralty import Reliability
from claims.feeds import FeedKind, FeedState, FeedStatus, Pulse
from claims.workspaces import CONSOLE
from tests.support.build import NOW, at, checkpoint, feed, source
from tests.support.discord_limits import message_faults
from tests.support.slack_blocks import refusal_of

FAILING: dict[str, Any] = {
    "state": FeedState.FAILING,
    "failures": 4,
    "failing_since": at(-140),
    "error": "It refuses us (403).",
    "last_success_at": at(-150),
    "next_try_at": at(31),
    "paced_by": "failures",
}


def text(block: str) -> str:
    """Return a block of the test's source without its indentation."""
    return dedent(block).lstrip("\n")


def status(name: str, title: str, **changed: Any) -> FeedStatus:
    """Return a feed that was visited with success at `NOW`, but for what is said of its checkpoint."""
    url = f"https://{name}.example/rss"
    return FeedStatus(feed(url, title=title), checkpoint(url, **changed))


def test_feeds_in_trouble_come_first_with_their_trouble() -> None:
    """Whoever asks learns what is gone, fails or is silent, for how long, and what goes on well."""
    feeds = [
        status("a", "Sample Herald"),
        status("b", "Sample Post"),
        status("c", "Sample Agency", **FAILING),
        status("d", "Sample Times", state=FeedState.GONE, error="It is gone (410)", last_success_at=None),
        status("e", "Sample Review", state=FeedState.NEW),
        status("f", "Sample Wire", pulse=Pulse(NOW - timedelta(days=3), 180, 3_600)),
        FeedStatus(feed("https://g.example", title="Sample Institute"), checkpoint(), paused=True),
    ]

    assert render(feeds_card(feeds, Page(worst_first(feeds)), NOW, PROMPT), 80, colour=False) == text(
        """
        7 feeds: 2 answering, 1 failing, 1 gone, 1 silent, 1 paused, 1 not visited yet
          Sample Times   gone: It is gone (410); never read; not asked again
          Sample Agency  failing: It refuses us (403); last read 2 hours ago; 4 failures
                         in a row; next try in 31 minutes
          Sample Wire    silent: nothing new for 3 days, usually 180 items a day
          Answering        Sample Herald, Sample Post
          Paused           Sample Institute
          Not visited yet  Sample Review
        feed show FEED tells more of one
        """
    )


def test_no_feeds_and_very_many() -> None:
    """An empty list is said plainly, a long one cut visibly and within the limits of the platforms."""
    many = [status(f"f{n}", f"Sample {n}", **FAILING) for n in range(50)]
    many += [status(f"w{n}", f"Sample Wire {n}") for n in range(10_000)]
    card = feeds_card(many, page_of(worst_first(many), {}, FEEDS), NOW, PROMPT)
    last = feeds_card(many, page_of(worst_first(many), {"page": "670"}, FEEDS), NOW, PROMPT)

    assert feeds_card([], Page([]), NOW, PROMPT).title == "No feed is listed"
    assert card.title == "10,050 feeds: 10,000 answering, 50 failing"
    assert (len(card.lines), card.page) == (FEEDS, (1, 670))
    assert plain(last.lines[-1]) == "Sample Wire 9999: answering"
    assert plain(card.fields[0].value).endswith("Sample Wire 19 +9980 more")
    assert message_faults(discord.render(card)) == []
    assert refusal_of(slack.render(card)["blocks"]) is None


def test_one_feed_is_shown_with_all_that_is_known() -> None:
    """Its state, its error, its pulse, its next visit and why, its outlet, and who added it."""
    url = "https://c.example/press"
    known = FeedStatus(
        feed(
            url, title="Sample Ministry", kind=FeedKind.PAGE, full_text=True, source=source(state_media=True)
        ),
        checkpoint(
            url,
            **FAILING,
            current_url="https://c.example/news",
            pulse=Pulse(NOW - timedelta(days=2), 3 / 7, 600_000),
        ),
        added_by="discord:9 (Mina)",
    )

    assert render(feed_card(known, NOW, "Asia/Seoul", CONSOLE), 80, colour=False) == text(
        """
        FEED · failing
        Sample Ministry
        https://c.example/press
          State       failing since 27 August 17:53 KST, 2 hours ago; 4 failures in a
                      row
          Error       It refuses us (403)
          Last read   27 August 17:43 KST, 2 hours ago
          Last new    25 August 20:13 KST, 2 days ago
          Brings      3 items a week
          Next try    in 31 minutes (failures)
          Answers at  https://c.example/news
          Outlet      Sample Herald, rated B, state media
          Language    English
          Read as     page with the page of each story
          Added by    discord:9 (Mina)
        """
    )


def test_a_feed_that_was_never_visited_says_so() -> None:
    """What is not known yet is left out or said."""
    new = status("n", "Sample", state=FeedState.NEW, last_success_at=None, next_try_at=None)
    shown = {field.name: plain(field.value) for field in feed_card(new, NOW, "UTC", CONSOLE).fields}

    assert shown == {
        "State": "not visited yet",
        "Last read": "never",
        "Last new": "nothing yet",
        "Next try": "now",
        "Outlet": "Sample Herald, rated B",
        "Language": "English",
        "Read as": "feed",
        "Added by": "the seed file",
    }


def test_a_paused_feed_has_no_pace_and_an_outlet_of_f_no_grade() -> None:
    """Nobody wonders why it is never asked for having few items; F says that nobody judged the outlet."""
    watched = feed(source=source(reliability=Reliability.F))
    paused = FeedStatus(watched, checkpoint(paced_by="few items"), paused=True)
    shown = {field.name: plain(field.value) for field in feed_card(paused, NOW, "UTC", CONSOLE).fields}

    assert shown["Next try"] == "never"
    assert shown["Outlet"] == "Sample Herald, not rated"
