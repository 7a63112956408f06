"""A large register, the same each time: claims of which some are told of much, and stories over three years.

Outlets, bodies and headlines are made up. A few claims have thousands of stories and most have some dozens;
an event has two or three stories, and one in a hundred has dozens.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from claims.admiralty import Reliability
from claims.feeds import Feed
from claims.model import (
    Alert,
    Bound,
    Claim,
    Direction,
    Evidence,
    Figure,
    Mark,
    Member,
    Origin,
    Outcome,
    Reading,
    Reason,
    Silence,
    Source,
    Stance,
    Story,
)
from claims.store import Store
from claims.text import digest_key, story_id
from claims.when import Day

BEGAN = datetime(2023, 1, 2, tzinfo=UTC)
DAYS = 1_100
_BATCH = 1_000
_THINGS = ("shells", "containers", "railcars", "workers", "missiles", "rifles", "fuel", "soldiers", "drones")
_PLACES = ("Rason", "Dunay", "Tumangang", "Khasan", "Vostochny", "Wonsan", "Rostov", "Kursk", "Chongjin")
_DEEDS = ("left", "reached", "passed", "were seen at", "were counted at", "waited at", "were unloaded at")
_TAGS = ("munitions", "troops", "ships", "rail", "oil", "technology", "sanctions", "money")
_BODIES = tuple(f"Sample ministry {n}" for n in range(30))
_OTHER_WORDS = {
    "ko": "포탄 열차 항구",
    "ru": "снаряды поезд порт",
    "ja": "砲弾 列車 港",
    "uk": "снаряди потяг порт",
}


def claims(count: int) -> list[Claim]:
    """Return so many claims; one in twenty is a denial of the one before it, one in ten has a parent."""
    chance = random.Random(5)  # noqa: S311 - nothing secret
    made = []
    for n in range(count):
        thing, place = chance.choice(_THINGS), chance.choice(_PLACES)
        day = BEGAN + timedelta(days=chance.randrange(DAYS))
        made.append(
            Claim(
                id=f"sample-{n}",
                statement=f"At least {chance.randrange(2, 900) * 10} {thing} went by way of {place}, lot {n}",
                said_by=chance.choice(_BODIES),
                said_on=Day(day.year, day.month, day.day),
                direction=chance.choice(tuple(Direction)),
                items=(thing,),
                places=(place,),
                disputed_by=(f"sample-{n + 1}",) if n % 20 == 18 and n + 1 < count else (),
                denial=n % 20 == 19,
                parent=f"sample-{n - n % 10}" if n % 10 == 5 else None,
                tags=tuple(sorted(chance.sample(_TAGS, 2))),
            )
        )
    return made


def outcomes(count: int, claim_ids: list[str]) -> Iterator[Outcome]:
    """Yield so many stories, oldest first, each linked to claims and part of an event."""
    chance = random.Random(7)  # noqa: S311 - nothing secret
    weights = list(accumulate(1 / (rank + 8) for rank in range(len(claim_ids))))
    event, left, about = "", 0, ("",)
    for n in range(count):
        first = left == 0
        if first:
            left = chance.randrange(20, 60) if chance.random() < 0.01 else chance.choice((1, 1, 2, 2, 3, 4))
            about = tuple(
                dict.fromkeys(chance.choices(claim_ids, cum_weights=weights, k=chance.choice((1, 1, 2))))
            )
            event = f"e-{digest_key('sample', str(n))}"
        left -= 1
        at = BEGAN + timedelta(days=DAYS) * (n / count)
        member = _member(chance, n, at, about)
        yield Outcome(member, _decision(member, event, first and chance.random() < 0.3), event)


def _decision(member: Member, event: str, told: bool) -> Alert | Silence:
    if not told:
        return Silence(Reason.ALREADY_TOLD)
    story = member.story
    return Alert(
        f"alert-{event}", event, Reason.NEW_EVENT, story.title, member.reading.evidence, story.seen_at
    )


def _member(chance: random.Random, n: int, at: datetime, about: tuple[str, ...]) -> Member:
    thing, place = chance.choice(_THINGS), chance.choice(_PLACES)
    language = chance.choice(("en", "en", "en", *_OTHER_WORDS))
    number = chance.randrange(1, 500) * 10
    title = f"{_OTHER_WORDS.get(language, 'Report')}: {number} {thing} {chance.choice(_DEEDS)} {place} ({n})"
    outlet = chance.randrange(60)
    feed = _feed(outlet)
    url = f"https://outlet{outlet}.example/{n}"
    story = Story(
        id=story_id(feed.url, url, None, title),
        feed_url=feed.url,
        url=url,
        title=title,
        summary=f"A sample summary of what {chance.choice(_BODIES)} said of {thing} at {place}. " * 3,
        language=language,
        source=feed.source,
        published_at=at,
        seen_at=at + timedelta(minutes=4),
    )
    stance = chance.choices(tuple(Stance), weights=(70, 15, 15))[0]
    body = chance.choice(_BODIES) if chance.random() < 0.6 else None
    figure = Figure("containers", number, number, chance.choice(tuple(Bound)), body=body, quote=str(number))
    why = (Mark(0, len(thing), thing), Mark(0, len(place), place))
    reading = Reading(
        story_id=story.id,
        relevant=True,
        score=0.9,
        language=language,
        evidence=tuple(Evidence(story.id, claim_id, stance, 0.9, why) for claim_id in about),
        figures=(figure,) if chance.random() < 0.2 else (),
        origin=Origin((body,), party=chance.random() < 0.1) if body else None,
    )
    return Member(story, reading)


def _feed(outlet: int) -> Feed:
    grade = tuple(Reliability)[outlet % 6]
    source = Source(
        f"Sample Outlet {outlet}", f"Sample House {outlet // 2}", grade, state_media=outlet % 9 == 0
    )
    return Feed(f"https://outlet{outlet}.example/feed", f"Sample Outlet {outlet}", source, "en")


def feeds() -> list[Feed]:
    """Return the feeds of those stories."""
    return [_feed(n) for n in range(60)]


async def fill(store: Store, *, claims_kept: int, stories: int) -> None:
    """Keep such a register, as archives are read in: in batches, telling nobody."""
    register = claims(claims_kept)
    await store.sync_claims(register)
    await store.sync_feeds(feeds())
    batch: list[Outcome] = []
    for outcome in outcomes(stories, [claim.id for claim in register]):
        batch.append(outcome)
        if len(batch) == _BATCH:
            await store.record_history(batch, ())
            batch = []
    await store.record_history(batch, ())


def another(stories: int) -> Outcome:
    """Return a story that comes after all of those, an event of its own about the first claim."""
    at = BEGAN + timedelta(days=DAYS + 1)
    member = _member(random.Random(stories), stories, at, ("sample-0",))  # noqa: S311 - nothing secret
    return Outcome(member, Silence(Reason.ALREADY_TOLD), f"e-{digest_key('another', str(stories))}")
