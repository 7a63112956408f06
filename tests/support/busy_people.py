"""What people of one or two newsrooms do with the bot on a busy day, and what they must see of it."""

import re

from tests.support.busy_bot import ADDED, ALL, MAJOR, MUTED, TALK, WORDED, Act, Day
from tests.support.chats import Shown, argument_of
from tests.support.shown import broken

_STATEMENT = "Sample convoys bring rubies to Khasan by rail"


async def let_editors(day: Day) -> None:
    """Let the group of the editors judge, as leads."""
    for room in dict.fromkeys((day.chat.here, day.chat.there)):
        let = await day.ask("workspace editors", {"add": room.editors}, by=room.lead)
        assert re.findall(r"\w+", room.editors)[-1] in day.chat.words(let)


async def add_channel(day: Day) -> None:
    """Have one more channel told of all, with a digest, as a lead; somebody else may not."""
    chat, room = day.chat, day.chat.here
    wanted = {"channel": chat.picked(ADDED), "digest": "20:00", "threads": "no"}
    refused = await day.ask("watch add", wanted, by=room.reader, insist=True)
    assert "watch add" in chat.title(refused)
    added = await day.ask("watch add", wanted, by=room.lead)
    assert chat.written(ADDED) in chat.words(added)


async def look(day: Day) -> None:
    """Look, as readers in their own languages, behind an alert, at a story, and at what somebody wrote."""
    chat = day.chat
    for room, channel, language in ((chat.here, ALL, "ko"), (chat.there, MUTED, "uk")):
        reader, alert = room.reader, day.alerts(channel)[0]
        await chat.speaks(reader, language)
        details = _seen(day, await day.use(alert, "details", by=reader))
        _seen(day, await day.use(details, "why", by=reader))
        said = chat.say(channel, "13,000 containers of munitions left Rason for Russia", by=reader)
        for message in (alert, said):
            _seen(day, await chat.about(message, "Match to claims", by=reader))
        (claim, *_) = await chat.suggested("claim show", "claim", "shell", by=reader)
        shown = _seen(day, await day.ask("claim show", {"claim": claim}, by=reader))
        assert claim in chat.words(shown)
        (story, *_) = await chat.suggested("story why", "story", "", by=reader)
        _seen(day, await day.ask("story why", {"story": story}, by=reader))


async def ask_around(day: Day) -> None:
    """Look up whatever there is, turn pages and share one."""
    lead = day.chat.here.lead
    for command, options in (
        ("health", {}),
        ("claim figures", {"claim": "containers-2023"}),
        ("claim timeline", {"claim": "containers-2023"}),
        ("story search", {"words": "containers"}),
        ("event show", {"event": str(day.event_of(day.alerts(ALL)[0]))}),
        ("digest now", {}),
        ("watch test", {"least": "major"}),
        ("review", {}),
        ("audit", {}),
        ("snooze list", {}),
        ("help", {"command": "watch add"}),
    ):
        _seen(day, await day.ask(command, options, by=lead, channel=ALL))
    listed = _seen(day, await day.ask("claim list", {}, by=lead, channel=TALK))
    turned = _seen(day, await day.use(listed, "page"))
    shared = await day.use(turned, "share", by=lead)
    assert not day.chat.alone(shared)


async def judge(day: Day) -> None:
    """Say that one is right, that one is not relevant, and take one word back, as an editor.

    That stands on the messages, in this newsroom and in no other.
    """
    chat, editor = day.chat, day.chat.here.editor
    right, wrong, taken = day.take(ALL), day.take(ALL), day.take(ALL)
    day.kept.update(wrong=wrong, taken=taken)
    assert "Noted" in chat.title(await day.use(right, "right", by=editor))
    assert "Noted" in chat.title(await day.use(wrong, "not-relevant", by=editor))
    noted = await day.use(taken, "right", by=editor)
    assert chat.title(await day.use(noted, "undo")) == "Taken back"
    await day.delivered()
    assert "Right about" in chat.words(right)
    assert day.event_of(wrong, "right") is None
    both = {day.event_of(right), day.event_of(wrong)}
    theirs = [m for m in chat.messages(MUTED) if day.event_of(m) in both]
    for message in theirs if chat.here is not chat.there else ():
        assert day.event_of(message, "right")
        assert "Right about" not in chat.words(message)


async def take_back(day: Day) -> None:
    """Take back, later, that one is not relevant."""
    wrong = day.kept["wrong"]
    details = await day.use(wrong, "details", by=day.chat.here.editor)
    assert day.chat.title(await day.use(details, "undo")) == "Taken back"
    await day.delivered()
    assert day.event_of(wrong, "right")


async def correct(day: Day) -> None:
    """Say that an alert is about another claim, which is found by a form."""
    chat, editor, alert = day.chat, day.chat.here.editor, day.kept["wrong"]
    asked = await day.use(alert, "wrong-claim", by=editor)
    if chat.title(asked).startswith("Which claim"):
        asked = await day.use(asked, "wrong-claim")
    found = await day.fill(await day.use(asked, "find"), {"words": "shells"})
    assert chat.title(found).startswith("Claims with"), chat.words(found)
    assert "Noted: it is about" in chat.title(await day.use(found, "right-claim"))


async def put_off(day: Day) -> None:
    """Snooze a happening; who does, and until when, stands on its message."""
    alert = day.kept["taken"]
    asked = await day.use(alert, "snooze", by=day.chat.here.editor)
    asked = await day.use(asked, "snooze", "this story")
    snoozed = await day.chat.press(asked, "1 day")
    assert day.chat.title(snoozed) == "Snoozed"
    await day.delivered()
    assert "noozed by" in day.chat.words(alert)


async def wake(day: Day) -> None:
    """Wake it from the list of what is snoozed."""
    listed = await day.ask("snooze list", by=day.chat.here.editor)
    assert day.chat.title(await day.use(listed, "wake")) == "Awake again"
    await day.delivered()
    assert "noozed by" not in day.chat.words(day.kept["taken"])


async def track(day: Day) -> None:
    """Track what an alert says as a claim, of which another newsroom hears nothing."""
    chat = day.chat
    form = await day.use(day.alerts(ALL)[0], "track", by=chat.here.editor)
    added = await day.fill(form, {"statement": _STATEMENT, "said_by": "Sample panel"})
    assert _STATEMENT in chat.words(added)
    for room in (chat.here, chat.there):
        found = await day.ask("claim search", {"words": "rubies"}, by=room.reader)
        assert (_STATEMENT in chat.words(found)) is (room is chat.here)


async def judge_there(day: Day) -> None:
    """Judge, where another newsroom may be, and change what a channel is told of."""
    chat, room, alert = day.chat, day.chat.there, day.take(MAJOR, WORDED, MUTED)
    assert "Noted" in chat.title(await day.use(alert, "not-relevant", by=room.editor))
    same = [m for m in chat.messages(ALL) if day.event_of(m) == day.event_of(alert)]
    await day.delivered()
    assert all(bool(day.event_of(m, "right")) is (room is not chat.here) for m in same)
    changed = await day.ask("watch edit", {"channel": chat.picked(WORDED), "notices": "no"}, by=room.lead)
    assert chat.title(changed) == "Changed"
    mine = chat.words(await day.ask("watch list", by=room.lead))
    assert chat.written(WORDED) in mine
    assert (chat.written(ALL) in mine) is (room is chat.here)


async def remember(day: Day) -> None:
    """Open what will be used after the restart: an answer with a menu, and one with pages."""
    lead = day.chat.here.lead
    removed = {"channel": day.chat.destination(ADDED)}
    day.kept["removing"] = await day.ask("watch remove", removed, by=lead)
    day.kept["listed"] = await day.ask("claim list", by=lead)
    day.kept["snoozing"] = await day.use(day.alerts(ALL)[0], "snooze", by=day.chat.here.editor)


async def go_on(day: Day) -> None:
    """After the restart buttons of messages and answers of before work, of the oldest alert too."""
    chat, room = day.chat, day.chat.here
    oldest, newest = day.alerts(ALL)[-1], day.alerts(ALL)[0]
    for alert in (oldest, newest):
        shown = _seen(day, await day.use(alert, "details", by=room.reader))
        assert argument_of(chat, shown, "why")
    assert "Page 2" in chat.words(await day.use(day.kept["listed"], "page", by=room.lead))
    removed = await day.use(day.kept["removing"], "unwatch", by=room.lead)
    assert chat.written(ADDED) in chat.words(removed)
    asked = await day.use(day.kept["snoozing"], "snooze", "this story", by=room.editor)
    assert chat.title(asked).startswith("Snooze: ")


def _seen(day: Day, answered: Shown) -> Shown:
    """Return what its asker alone sees, and in which nothing went wrong."""
    assert day.chat.title(answered) not in broken()
    assert day.chat.alone(answered)
    return answered


PEOPLE: tuple[Act, ...] = (
    (0.5, let_editors),
    (1.0, add_channel),
    (7.5, look),
    (8.0, judge),
    (8.5, take_back),
    (8.8, put_off),
    (9.3, correct),
    (9.6, track),
    (10.5, judge_there),
    (11.5, remember),
    (12.0, go_on),
    (12.5, wake),
    (13.0, look),
    (17.0, ask_around),
    (20.0, look),
    (21.5, judge),
    (22.5, take_back),
)
