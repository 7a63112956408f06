"""Whether a busy day adds up: what its chat saw of it beside what the bot says of each story.

Each function returns what does not add up, as sentences.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from claims.reckoning import Reckoning
from tests.support.busy_bot import (
    ADDED,
    ALL,
    BUDGET,
    BUDGETED,
    DOOMED,
    MAJOR,
    MUTED,
    QUIET,
    WANTED,
    WELCOMED,
    WORDED,
    Day,
)
from tests.support.busy_day import MORNING, Piece
from tests.support.busy_seen import Seen, Told, asked_why, seen
from tests.support.chats import Chat

HOUR = timedelta(hours=1)
_WAITED = re.compile(r"(\d+) alerts? waited")
_SILENT = (
    "it is not of the matter",
    "it is of the matter, but fits no claim",
    "too unsure",
    "in passing only",
)
_AGAIN = "Not told again"
_BUDGET, _QUIET = "It was over the budget of messages an hour.", "It came in quiet hours."
_GONE = "is gone from "
_BEFORE = "It was subscribed only after the alert was raised."
_PAUSED = "It came while the channel was paused."
_FILTERED: dict[str, tuple[str, ...]] = {
    MAJOR: ("wanted is what is major at least",),
    WORDED: (
        "It bears on no claim that is followed here",
        "The words of the subscription do not fit",
        "All that it bears on was taken out by people here",
    ),
    ADDED: (_BEFORE,),
    WELCOMED: (_BEFORE,),
    MUTED: ("It was more than a day old when the channel went on.",),
}
"""Why a channel may not be told of an alert, beside what is snoozed."""


def twice(saw: Seen) -> Iterator[str]:
    """Look for what is posted twice: an alert, a digest, anything with the same nonce."""
    for (channel, key), times in saw.keys.items():
        if times > 1:
            yield f"{channel}: {times} messages with the key {key}"
    for channel, heads in saw.heads.items():
        for event, times in Counter(event for _, event, _ in heads).items():
            if times > 1:
                yield f"{channel}: {times} messages for {event}"


def reasonless(day: Sequence[Told]) -> Iterator[str]:
    """Look for stories without a reason that fits what they are and what each channel wants."""
    known = set(WANTED)
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


def _fits(channel: str, became: str, line: str) -> bool:
    if became == "posted":
        return True
    if became == "in the digest, not posted":
        return {BUDGETED: _BUDGET, QUIET: _QUIET}.get(channel, " ") in line
    if became == "waits":
        return _PAUSED in line and channel == DOOMED
    if became == "given up":
        return _GONE in line and channel == BUDGETED
    return "snoozed until" in line or any(words in line for words in _FILTERED.get(channel, ()))


def filters(day: Sequence[Told]) -> Iterator[str]:
    """Hold what a channel that wants words is told of against the words of the stories."""
    by: dict[str, list[Told]] = defaultdict(list)
    for each in day:
        if each.event:
            by[each.event].append(each)
    for event, stories in by.items():
        said = {each.became[WORDED] for each in stories if WORDED in each.became}
        having = [each for each in stories if _has_words(f"{each.piece.title} {each.piece.summary}")]
        for became, line in said:
            if "do not fit" in line and any(each.told for each in having):
                yield f"{event}: {line}, yet a story has the words"
            if became == "posted" and not having:
                yield f"{event}: {line}, yet no story has the words"


def _has_words(text: str) -> bool:
    found = set(re.findall(r"\w+", text.casefold()))
    return bool(found & {"ship", "troops"}) and "oil" not in found


def unkept(chat: Chat, saw: Seen) -> Iterator[str]:
    """Look for what the channels were promised: quiet hours, a budget, who is called and who is not."""
    for channel, since, until in ((QUIET, 0, 6), (MAJOR, 1, 5)):
        loud = [at for at, _, _ in saw.heads[channel] if since <= at.hour < until]
        yield from (f"{channel}: an alert at {at:%H:%M}, in quiet hours" for at in loud)
    moments = [at for at, _, _ in saw.heads[BUDGETED]]
    for at in moments:
        if sum(at - HOUR < other <= at for other in moments) > BUDGET:
            yield f"{BUDGETED}: more than {BUDGET} messages in the hour to {at:%H:%M}"
    for channel, heads in saw.heads.items():
        for _, event, post in heads:
            if post.calls != ((chat.called,) if channel == MAJOR else ()):
                yield f"{channel}: {event} calls {post.calls}"


def digests(day: Day, stories: Sequence[Told], saw: Seen) -> Iterator[str]:
    """Compare what was held with what the digests that came count, if nobody spoke of it meanwhile."""
    for channel in (BUDGETED, QUIET):
        held = {e.event for e in stories if e.became.get(channel, ("", ""))[0].startswith("in the digest")}
        counted = sum(
            int(number)
            for digest in saw.digests[channel]
            for number in _WAITED.findall(day.chat.field(digest, "Waited"))
        )
        if not len(held - day.judged) <= counted <= len(held):
            yield f"{channel}: {len(held)} alerts were held, the digests tell of {counted}"


def heads(day: Sequence[Told], saw: Seen) -> Iterator[str]:
    """Compare what `/story why` calls posted with what was posted."""
    told = {each.event for each in day if each.told}
    for channel in WANTED:
        posted = {e.event for e in day if e.became.get(channel, ("", ""))[0] in ("posted", "given up")}
        there = {event for _, event, _ in saw.heads[channel]}
        if posted != there:
            yield f"{channel}: posted {sorted(map(str, posted ^ there))} or not"
    if (everywhere := {event for _, event, _ in saw.heads[ALL]}) != told:
        yield f"{ALL}: not told of {sorted(map(str, told - everywhere))}, of {sorted(everywhere - told)}"


def outlets(day: Day, stories: Sequence[Told]) -> Iterator[str]:
    """Compare how many outlets the message of each event names in the end with how many told it."""
    by: dict[str | None, set[str]] = defaultdict(set)
    for each in stories:
        by[each.event].add(each.piece.outlet)
    for channel in (ALL, BUDGETED, QUIET, MAJOR, WORDED, MUTED):
        for message in day.chat.messages(channel):
            event = day.event_of(message, "right")
            told = day.chat.field(message, "Told by")
            if event and event not in day.judged and (n := _outlets(told)) != len(by[event]):
                yield f"{channel}: {event} names {n} outlets of {len(by[event])}"


def _outlets(told: str) -> int:
    """Return how many outlets a message names: `Sample wire, also Sample post, Sample herald +2; ...`."""
    named, _, more = told.partition(";")[0].partition(" +")
    return len(named.split(",")) + int(more or 0)


async def reckoned(day: Day, stories: Sequence[Told], saw: Seen) -> list[str]:
    """Compare the bot's own counts with the messages that the chat has and the reasons that are given."""
    told = await day.app.store.reckoned(MORNING, day.clock.now)
    wrong = []
    for channel in (ALL, BUDGETED, QUIET, MAJOR, WORDED, MUTED, DOOMED):
        ours, theirs = told[day.chat.destination(channel)], expected(channel, stories, saw)
        if ours != theirs:
            wrong.append(f"{channel}: reckoned are {ours}, seen were {theirs}")
    return wrong


def expected(channel: str, stories: Sequence[Told], saw: Seen) -> Reckoning:
    """Return what became of the stories in a channel: posts from the chat, the rest from `/story why`."""
    posted = {event for _, event, _ in saw.heads[channel]}
    gone = {each.event for each in stories if each.became.get(channel, ("", ""))[0] == "given up"}
    rest = [each for each in stories if each.told and each.event not in posted]
    became = Counter(each.became.get(channel, ("not posted", ""))[0] for each in rest)
    return Reckoning(
        posted=len(posted),
        edited=sum(each.told and each.event in posted - gone for each in stories) - len(posted - gone),
        to_digest=became["in the digest, not posted"],
        filtered=became["not posted"],
        silent=sum(not each.told for each in stories),
        waiting=became["waits"],
        given_up=sum(each.told and each.event in gone for each in stories) - len(gone),
    )


async def odd(day: Day, pieces: Sequence[Piece]) -> list[str]:
    """Return all that does not add up, as sentences."""
    stories, saw = await asked_why(day, pieces), seen(day)
    found = [
        *day.wrong(),
        *twice(saw),
        *reasonless(stories),
        *filters(stories),
        *unkept(day.chat, saw),
        *digests(day, stories, saw),
        *heads(stories, saw),
        *outlets(day, stories),
        *await reckoned(day, stories, saw),
    ]
    due = await day.app.store.due_deliveries(day.clock.now)
    found += [f"{each.destination}: {each.key} is due still" for each in due]
    invited = any(WELCOMED in each.became for each in stories)
    if invited and not saw.digests[WELCOMED] and not saw.heads[WELCOMED]:
        found.append(f"{WELCOMED}: was set up, and told of nothing")
    return found
