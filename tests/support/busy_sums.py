"""Whether a busy day adds up: what Discord saw of it beside what the bot says of each story.

Each function returns what does not add up, as sentences.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.card import Card
from bot.commands.model import OPERATOR
from claims.reckoning import Reckoning
from tests.support.busy_bot import (
    ADDED,
    ALL,
    BUDGET,
    BUDGETED,
    CALLED,
    DOOMED,
    MAJOR,
    MUTED,
    QUIET,
    WANTED,
    WELCOMED,
    WORDED,
    Day,
    event_of,
)
from tests.support.busy_day import MORNING, Piece
from tests.support.discord_http import Json
from tests.support.shown import field_of, heading

HOUR = timedelta(hours=1)
_TOLD = re.compile(r"discord:(?P<channel>\d+): (?P<became>posted|in the digest, not posted|not posted|waits)")
_WAITED = re.compile(r"(\d+) alerts? waited")
_SILENT = ("it is not of the matter", "it is of the matter, but fits no claim", "too unsure", "in passing only")
_AGAIN = "Not told again"
_BUDGET, _QUIET = "It was over the budget of messages an hour.", "It came in quiet hours."
_BEFORE = "It was subscribed only after the alert was raised."
_PAUSED = "It came while the channel was paused."
_FILTERED: dict[int, tuple[str, ...]] = {
    MAJOR: ("wanted is what is major at least",),
    WORDED: ("It bears on no claim that is followed here", "The words of the subscription do not fit"),
    ADDED: (_BEFORE,),
    WELCOMED: (_BEFORE,),
    MUTED: ("It was more than a day old when the channel went on.",),
}
"""Why a channel may not be told of an alert, beside what is snoozed."""


@dataclass
class Seen:
    """What Discord saw, in order, by channel."""

    heads: dict[int, list[tuple[datetime, str, Json]]] = field(default_factory=lambda: defaultdict(list))
    """Alerts as they were posted: when, the event, what was sent."""
    edits: Counter[int] = field(default_factory=Counter)
    follow: Counter[int] = field(default_factory=Counter)
    """Posts in threads, and replies."""
    digests: dict[int, list[Json]] = field(default_factory=lambda: defaultdict(list))
    other: Counter[int] = field(default_factory=Counter)
    nonces: Counter[tuple[int, str]] = field(default_factory=Counter)

    @property
    def messages(self) -> int:
        """Return how many messages there were, whatever they say."""
        return sum(self.nonces.values())


def seen(day: Day) -> Seen:
    """Return what Discord saw."""
    found, parents = Seen(), {}
    for at, entry in day.log:
        channel = entry.get("channel")
        match entry["event"]:
            case "thread":
                parents[int(entry["thread"])] = channel
            case "edit":
                found.edits[channel] += 1
            case "message":
                found.nonces[channel, entry["nonce"]] += 1
                payload = entry["payload"]
                if event := event_of(payload, "right"):
                    found.heads[channel].append((at, event, payload))
                elif channel in parents or "message_reference" in payload:
                    found.follow[parents.get(channel, channel)] += 1
                elif heading(payload).startswith("DIGEST"):
                    found.digests[channel].append(payload)
                else:
                    found.other[channel] += 1
    return found


@dataclass(frozen=True)
class Told:
    """What `/story why` says of one story of the day."""

    piece: Piece
    says: str
    event: str | None
    became: dict[int, tuple[str, str]]
    """By channel: what became of its alert, and the whole line."""

    @property
    def told(self) -> bool:
        """Return whether it raised an alert or changed one."""
        return self.says.startswith("Told")


async def asked_why(day: Day, pieces: Iterable[Piece]) -> list[Told]:
    """Ask of each story why it was told or not."""
    return [
        _told(piece, await day.app.prompt.answer("story why", {"story": piece.address}, OPERATOR))
        for piece in pieces
    ]


def _told(piece: Piece, why: Card) -> Told:
    lines = {name: [_text(f.value) for f in why.fields if f.name == name] for name in ("Told", "Event")}
    became = {}
    for line in lines["Told"]:
        if found := _TOLD.match(line):
            became[int(found["channel"])] = found["became"], line
    event = lines["Event"][0].split(":")[0] if lines["Event"] else None
    return Told(piece, why.title, event, became)


def _text(line: Sequence[object]) -> str:
    return "".join(str(span) for span in line)


# ---- what must hold ------------------------------------------------------------------------------------


def twice(saw: Seen) -> Iterator[str]:
    """Nothing is posted twice: no alert, no digest, nothing with the same nonce."""
    for (channel, nonce), times in saw.nonces.items():
        if times > 1:
            yield f"{channel}: {times} messages with the nonce {nonce}"
    for channel, heads in saw.heads.items():
        for event, times in Counter(event for _, event, _ in heads).items():
            if times > 1:
                yield f"{channel}: {times} messages for {event}"


def reasonless(day: Sequence[Told]) -> Iterator[str]:
    """Each story has a reason, which is one that fits what it is and what each channel wants."""
    known = {int(str(wanted["destination"])[8:]) for wanted in WANTED}
    for each in day:
        if each.told:
            if each.piece.happening is None:
                yield f"{each.piece.title!r} is other news, and {each.says}"
            if missing := known - set(each.became):
                yield f"{each.piece.title!r}: nothing is said of {missing}"
        elif each.says.startswith(_AGAIN):
            if each.event is None:
                yield f"{each.piece.title!r}: {each.says}, and no event"
        elif not any(words in each.says for words in _SILENT):
            yield f"{each.piece.title!r}: {each.says!r}"
        for channel, (became, line) in each.became.items():
            if not _fits(channel, became, line):
                yield f"{each.piece.title!r}: {line!r}"


def _fits(channel: int, became: str, line: str) -> bool:
    if became == "posted":
        return True
    if became == "in the digest, not posted":
        return {BUDGETED: _BUDGET, QUIET: _QUIET}.get(channel, " ") in line
    if became == "waits":
        return _PAUSED in line and channel == DOOMED
    return "snoozed until" in line or any(words in line for words in _FILTERED.get(channel, ()))


def filters(day: Sequence[Told]) -> Iterator[str]:
    """A channel that wants words is told of an event just if one of its stories has them."""
    by: dict[str, list[Told]] = defaultdict(list)
    for each in day:
        if each.event:
            by[each.event].append(each)
    for event, stories in by.items():
        said = {each.became[WORDED] for each in stories if WORDED in each.became}
        fits = any(_has_words(f"{s.piece.title} {s.piece.summary}") for s in stories)
        for became, line in said:
            if "do not fit" in line and fits:
                yield f"{event}: {line}, yet a story has the words"
            if became == "posted" and not fits:
                yield f"{event}: {line}, yet no story has the words"


def _has_words(text: str) -> bool:
    found = set(re.findall(r"\w+", text.casefold()))
    return bool(found & {"ship", "troops"}) and "oil" not in found


def unkept(saw: Seen) -> Iterator[str]:
    """What the channels were promised: quiet hours, a budget, who is called and who is not."""
    for channel, since, until in ((QUIET, 0, 6), (MAJOR, 1, 5)):
        loud = [at for at, _, _ in saw.heads[channel] if since <= at.hour < until]
        yield from (f"{channel}: an alert at {at:%H:%M}, in quiet hours" for at in loud)
    moments = [at for at, _, _ in saw.heads[BUDGETED]]
    for at in moments:
        if sum(at - HOUR < other <= at for other in moments) > BUDGET:
            yield f"{BUDGETED}: more than {BUDGET} messages in the hour to {at:%H:%M}"
    for channel, heads in saw.heads.items():
        for _, event, payload in heads:
            called = payload["allowed_mentions"].get("roles", [])
            if [str(role) for role in called] != ([str(CALLED)] if channel == MAJOR else []):
                yield f"{channel}: {event} calls {called}"


def digests(day: Sequence[Told], saw: Seen) -> Iterator[str]:
    """What was held is counted in the digests that came."""
    for channel in (BUDGETED, QUIET):
        held = {e.event for e in day if e.became.get(channel, ("", ""))[0].startswith("in the digest")}
        counted = sum(
            int(number)
            for digest in saw.digests[channel]
            for number in _WAITED.findall(field_of(digest, "Waited"))
        )
        if counted != len(held):
            yield f"{channel}: {len(held)} alerts were held, the digests tell of {counted}"


def heads(day: Sequence[Told], saw: Seen) -> Iterator[str]:
    """What `/story why` calls posted was posted, and all that was posted is called so."""
    told = {each.event for each in day if each.told}
    for channel in (int(str(wanted["destination"])[8:]) for wanted in WANTED):
        posted = {e.event for e in day if e.became.get(channel, ("", ""))[0] == "posted"}
        there = {event for _, event, _ in saw.heads[channel]}
        if posted != there:
            yield f"{channel}: posted {sorted(map(str, posted ^ there))} or not"
    if (everywhere := {event for _, event, _ in saw.heads[ALL]}) != told:
        yield f"{ALL}: not told of {sorted(map(str, told - everywhere))}, of {sorted(everywhere - told)}"


def outlets(day: Day, stories: Sequence[Told]) -> Iterator[str]:
    """The message of each event names as many outlets, in the end, as told it."""
    by: dict[str | None, set[str]] = defaultdict(set)
    for each in stories:
        by[each.event].add(each.piece.outlet)
    for channel in (ALL, BUDGETED, QUIET, MAJOR, WORDED, MUTED):
        for message in day.discord.messages.get(channel, []):
            event = event_of(message, "right")
            if event and event not in day.judged and (n := _outlets(message)) != len(by[event]):
                yield f"{channel}: {event} names {n} outlets of {len(by[event])}"


def _outlets(message: Json) -> int:
    """Return how many outlets a message names: `Sample wire, also Sample post, Sample herald +2; ...`."""
    told = field_of(message, "Told by").split(";")[0]
    named, _, more = told.partition(" +")
    return len(named.split(",")) + int(more or 0)


async def reckoned(day: Day, stories: Sequence[Told], saw: Seen) -> list[str]:
    """The bot's own counts are those of the messages that Discord has and of the reasons it gives."""
    told = await day.app.store.reckoned(MORNING, day.clock.now)
    wrong = []
    for channel in (ALL, BUDGETED, QUIET, MAJOR, WORDED, MUTED, DOOMED):
        ours = expected(channel, stories, saw)
        if told[f"discord:{channel}"] != ours:
            wrong.append(f"{channel}: reckoned are {told[f'discord:{channel}']}, seen were {ours}")
    return wrong


def expected(channel: int, stories: Sequence[Told], saw: Seen) -> Reckoning:
    """Return what became of the stories in a channel: posts from Discord, the rest from `/story why`."""
    posted = {event for _, event, _ in saw.heads[channel]}
    rest = [each for each in stories if each.told and each.event not in posted]
    became = Counter(each.became.get(channel, ("not posted", ""))[0] for each in rest)
    return Reckoning(
        posted=len(posted),
        edited=sum(each.told and each.event in posted for each in stories) - len(posted),
        to_digest=became["in the digest, not posted"],
        filtered=became["not posted"],
        silent=sum(not each.told for each in stories),
        waiting=became["waits"],
    )


async def odd(day: Day, pieces: Sequence[Piece]) -> list[str]:
    """Return all that does not add up, as sentences."""
    stories, saw = await asked_why(day, pieces), seen(day)
    found = [
        *day.wrong(),
        *twice(saw),
        *reasonless(stories),
        *filters(stories),
        *unkept(saw),
        *digests(stories, saw),
        *heads(stories, saw),
        *outlets(day, stories),
        *await reckoned(day, stories, saw),
    ]
    if not saw.digests[WELCOMED] and not saw.heads[WELCOMED]:
        found.append(f"{WELCOMED}: was set up, and told of nothing")
    return found
