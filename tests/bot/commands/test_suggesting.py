"""What is suggested while somebody types."""

from dataclasses import replace

import pytest

from bot.commands import suggesting
from bot.commands.desk import Desk
from bot.commands.model import Asker, Context
from bot.commands.table import COMMANDS
from bot.controls import OPTIONS
from bot.seen import seen_by
from claims.model import Reason, Silence
from tests.support.build import at, claim, event_id, feed, member, outcome, source, subscription, visit

READER = Asker("discord:902", workspace="discord:1")


@pytest.fixture
async def kept(context: Context) -> Context:
    """Keep claims, feeds, stories and subscriptions, some of another workspace."""
    store = context.store
    await store.sync_feeds(
        [
            feed(),
            feed(
                "https://b.example/rss?token=secret",
                title="Sample Post",
                source=source("Sample Post", family="Sample group"),
                language="ko",
            ),
        ]
    )
    await store.sync_claims(
        [claim(tags=("munitions",)), claim("shell-volume", statement="Russia has shells")]
    )
    await store.keep_claim(claim("oil-k3f9", workspace="discord:2", tags=("oil",)))
    await store.subscribe(subscription("discord:600", "containers-2023", workspace="discord:1"))
    await store.subscribe(subscription("discord:700", workspace="discord:2"))
    stories = [member(f"Shells {n}", published_at=at(n)) for n in range(30)]
    await store.record_visit(
        visit(
            *(outcome(m, Silence(Reason.ALREADY_TOLD), of=stories[n // 2 * 2]) for n, m in enumerate(stories))
        )
    )
    return replace(context, asker=READER, store=seen_by(context.store, READER.workspace))


def values(options: object) -> list[str]:
    """Return what would be chosen."""
    return [each.value for each in options]  # type: ignore[attr-defined]  # options, whatever holds them


async def test_claims_are_suggested_by_id_and_statement(kept: Context) -> None:
    """What begins so comes before what holds it, and another workspace's claim never comes."""
    assert values(await suggesting.claims(kept, "SHELL")) == ["shell-volume"]
    assert values(await suggesting.claims(kept, "")) == ["containers-2023", "shell-volume"]
    assert values(await suggesting.claims(kept, "russia")) == ["shell-volume"]
    assert values(await suggesting.claims(kept, "oil")) == []
    assert values(await suggesting.tags(kept, "")) == ["munitions"]


async def test_what_can_be_changed_is_suggested_to_change_it(kept: Context) -> None:
    """Claims of one's own; everybody's too where what people say is shared."""
    await kept.store.keep_claim(claim("rubies-a1b2", workspace=READER.workspace))
    assert values(await suggesting.own_claims(kept, "")) == ["rubies-a1b2"]
    shared = replace(kept, shared_register=True)
    assert set(values(await suggesting.own_claims(shared, ""))) >= {"containers-2023", "rubies-a1b2"}


async def test_feeds_are_suggested_without_their_keys(kept: Context) -> None:
    """An address with a key is neither shown nor sent; the title stands for it."""
    (post,) = await suggesting.feeds(kept, "sample post")

    assert post.value == "Sample Post"
    assert "secret" not in post.label
    assert values(await suggesting.feeds(kept, "herald world")) == [feed().url]


async def test_names_of_outlets_and_languages_are_suggested(kept: Context) -> None:
    """Outlets with their families, and the languages that feeds are in, by code or name."""
    assert values(await suggesting.sources(kept, "sample g")) == ["Sample group"]
    assert values(await suggesting.languages(kept, "kor")) == ["ko"]
    assert values(await suggesting.languages(kept, "")) == ["en", "ko"]


async def test_stories_and_events_are_suggested_newest_first(kept: Context) -> None:
    """At most 25, by words of the headline; each event once."""
    stories = await suggesting.stories(kept, "shel")
    events = await suggesting.events(kept, "shells")

    assert len(stories) == OPTIONS
    assert stories[0].label.startswith("Shells 29 · Sample Herald")
    assert events[0].value == event_id(member("Shells 28", published_at=at(28)))
    assert len(events) == len(set(values(events))) == 15
    assert values(await suggesting.stories(kept, "' or 1=1")) == []


async def test_only_ones_own_channels_are_suggested(kept: Context) -> None:
    """A subscription of another server is no secret to nobody but is none of ours."""
    assert values(await suggesting.destinations(kept, "")) == ["discord:600"]


async def test_commands_are_suggested_for_help(kept: Context) -> None:
    """Spelled as they are typed there."""
    options = await Desk(COMMANDS, kept).suggest("help", "command", "claim sh", READER)

    assert values(options) == ["claim show"]


@pytest.mark.parametrize("typed", ["", "x" * 5_000, "\x00", "%_*\"'", "포탄", "a b c d e f g"])
async def test_whatever_is_typed_is_answered(kept: Context, typed: str) -> None:
    """Labels and values keep to the limits of the platforms, and nothing raises."""
    for command in COMMANDS:
        for param in command.params:
            for option in await param.suggest(kept, typed) if param.suggest else ():
                assert 1 <= len(option.label) <= 100
                assert 1 <= len(option.value) <= 100


def test_the_best_come_first() -> None:
    """What begins as typed, then what has each word at the beginning of one, then what has them anywhere."""
    found = [(label, label) for label in ("unshelled", "the shells", "shells", "other")]

    assert values(suggesting.best("shell", found)) == ["shells", "the shells", "unshelled"]
    assert len(suggesting.best("", [(f"n {n}", str(n)) for n in range(90)])) == OPTIONS
