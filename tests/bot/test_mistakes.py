"""The mistakes that people make are found in English, and told in the reader's language."""

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import ClientPayloadError
from yarl import URL

from bot.commands.model import Context
from bot.language import LANGUAGES, speaking
from bot.mistakes import mistake_words
from bot.present import error_card
from claims import query
from claims.errors import AskerError, NotFound
from claims.opml import read_opml
from claims.seeding import feed_of_words
from claims.verdicts import Verdict, VerdictKind
from claims.when import Day
from tests.support.build import NOW, claim, feed, member, outcome, visit
from watchers.addresses import private_words
from watchers.fetch_words import sentence, status_words

UNREAD = (
    "",
    "w" * (query.MAX_CHARACTERS + 1),
    "(" * (query.MAX_NESTED + 2) + "a" + ")" * (query.MAX_NESTED + 2),
    "a AND (",
    "(a",
    "a AND )",
    ")",
    "a OR AND b",
    '"abc',
    "/abc",
    "a*b",
    "stance:perhaps",
    "language:korean",
    "!!",
    "/" + "a" * (query.MAX_PATTERN + 1) + "/",
    "/(/",
    "headline:x",
)
FEED = {"url": "https://sample.example/feed", "title": "Sample", "language": "en"}
UNFIT = (
    {"url": "nowhere"},
    {"language": "korean"},
    {"reliability": "z"},
    {"state_media": "perhaps"},
    {"interval_minutes": "often"},
    {"interval_minutes": "-1"},
    {"interval_minutes": "9999999"},
    {"links": "/news/"},
)
OPML = '<opml version="2.0"><body>{}</body></opml>'
LISTS = (
    "",
    "<rss/>",
    '<!DOCTYPE opml [<!ENTITY a "b">]><opml/>',
    OPML.format(""),
    OPML.format('<outline text="Sample"/>'),
    OPML.format("<outline/>"),
    OPML.format('<outline xmlUrl="ftp://x" text="Sample"/>'),
)

BROKEN = (
    OSError(),
    UnicodeError(),
    ClientPayloadError(),
    RuntimeError(),
)


def typed() -> list[str]:
    """Return every kind of mistake in words that people type."""
    attempts: list[Callable[[], object]] = [
        *(lambda words=words: query.parse(words) for words in UNREAD),
        *(lambda words=words: feed_of_words({**FEED, **words}, "feed") for words in UNFIT),
        *(lambda body=body: read_opml(body.encode(), "list.opml") for body in LISTS),
        *(lambda day=day: Day.parse(day) for day in ("yesterday", "2023-02-31")),
    ]
    return [_error(attempt) for attempt in attempts]


def _error(attempt: Callable[[], object]) -> str:
    with pytest.raises((AskerError, ValueError)) as found:
        attempt()
    return str(found.value)


@pytest.mark.parametrize("mistake", typed())
def test_every_mistake_in_what_is_typed_is_recognised(mistake: str) -> None:
    """What is written in one place and read in another does not drift apart."""
    assert mistake_words(mistake) == mistake
    with speaking("uk"):
        told = mistake_words(mistake).splitlines()
    assert not set(told) & set(mistake.splitlines())


async def test_every_name_that_the_store_does_not_have_is_told_of(context: Context) -> None:
    """Whoever asks for a story, an event or a channel that is not there reads so in their language."""
    first, second = member("Sample one"), member("Sample two")
    store = context.store
    await store.sync_feeds([feed()])
    await store.sync_claims([claim()])
    await store.record_visit(visit(outcome(first), outcome(second)))
    wrong = Verdict("console", "console", NOW, first.story.id, VerdictKind.WRONG_CLAIM, claim_id="nope")
    moved = Verdict("console", "console", NOW, first.story.id, VerdictKind.SAME_EVENT, event_id="nope")
    asked: list[Callable[[], Awaitable[object]]] = [
        lambda: store.find_story("nope"),
        lambda: store.find_story("http"),
        lambda: store.event("nope"),
        lambda: store.unsubscribe("discord:7"),
        lambda: store.briefing("nope"),
        lambda: store.feed("nope"),
        lambda: store.record_verdict(wrong),
        lambda: store.record_verdict(moved),
    ]
    for ask in asked:
        with pytest.raises(NotFound) as found:
            await ask()
        assert mistake_words(str(found.value)) == str(found.value)
        with speaking("ru"):
            assert mistake_words(str(found.value)).splitlines()[0] != str(found.value).splitlines()[0]


@pytest.mark.parametrize(
    "trouble",
    [
        *(sentence(URL("https://sample.example/"), error, asked=True) for error in BROKEN),
        *(private_words(URL("http://127.0.0.1:80/"), asked=asked) for asked in (True, False)),
        f"sample.example answered {status_words(404)}",
        "sample.example did not answer within 20 seconds",
        "the robots.txt of sample.example keeps us from this page, or cannot be read",
        "https://sample.example/: the answer is a web page, not a feed",
    ],
)
def test_why_an_address_cannot_be_read_is_recognised(trouble: str) -> None:
    """The state of a feed is told in the reader's language, whatever keeps it from being read."""
    assert mistake_words(trouble) == trouble
    with speaking("ko"):
        assert mistake_words(trouble) != trouble


def test_a_mistake_says_where_it_is_and_what_was_typed() -> None:
    """Names of options and what somebody typed stand as they are, the words around them are translated."""
    with speaking("ru"):
        assert mistake_words("since: “xx” is not a day like 2023-10-13, 2023-10 or 2023") == (
            "since: «xx» — не дата вида 2023-10-13, 2023-10 или 2023"
        )
        assert mistake_words("At character 3, “x:y”: there is no field “x”") == (
            "Знак 3, «x:y»: поля «x» нет"
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_recognised_stays_as_it_was_written(language: str) -> None:
    """A headline among the lines of an error is nobody's mistake."""
    with speaking(language):
        assert mistake_words("ab12: Sample {headline}: not a mistake\nab34: another") == (
            "ab12: Sample {headline}: not a mistake\nab34: another"
        )


def test_the_card_of_an_error_is_in_the_language_of_the_asker() -> None:
    """Title and lines are both said again."""
    with speaking("ko"):
        card = error_card(NotFound("There is no story “nope”\nand others"))
    assert card.title == "“nope” 기사가 없습니다"
    assert card.lines == (("그 밖에 더 있음",),)
