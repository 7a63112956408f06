"""What people of two servers do with the bot on a busy day, and what they must see of it."""

from tests.support.busy_bot import ADDED, ALL, MAJOR, MUTED, TALK, THERE, WORDED, Act, Day, event_of
from tests.support.discord_state import Answer
from tests.support.shown import argument_of, broken, title, words

_STATEMENT = "Sample convoys bring rubies to Khasan by rail"


async def let_editors(day: Day) -> None:
    """Let the role of the editors judge, as leads."""
    for guild in (day.guild, day.discord.guilds[THERE]):
        let = await day.ask("workspace editors", {"add": f"<@&{guild.editors.ident}>"}, by=guild.manager)
        assert str(guild.editors.ident) in words(let)


async def add_channel(day: Day) -> None:
    """Have one more channel told of all, with a digest, as a lead; somebody else may not."""
    wanted = {"channel": str(ADDED), "digest": "20:00", "threads": "no"}
    refused = await day.discord.slash("watch add", wanted, by=day.guild.reader, check=False)
    assert "/watch add" in title(refused)
    added = await day.ask("watch add", wanted, by=day.guild.manager)
    assert f"<#{ADDED}>" in words(added)


async def look(day: Day) -> None:
    """Look, as readers in their own languages, behind an alert, at a story, and at what somebody wrote."""
    for guild, channel, language in ((day.guild, ALL, "ko"), (day.discord.guilds[THERE], MUTED, "uk")):
        reader, alert = guild.reader, day.alerts(channel)[0]
        reader.locale = language
        details = await _seen(await day.use(alert, "details", by=reader))
        await _seen(await day.use(details, "why", by=reader))
        said = day.discord.say(channel, "13,000 containers of munitions left Rason for Russia", reader)
        for message in (alert, said):
            await _seen(await day.discord.menu_on(message, "Match to claims", by=reader))
        offered = await day.discord.autocomplete("claim show", "claim", "shell", by=reader)
        shown = await _seen(await day.ask("claim show", {"claim": offered[0]["value"]}, by=reader))
        assert offered[0]["value"] in words(shown)
        suggested = await day.discord.autocomplete("story why", "story", "", by=reader)
        await _seen(await day.ask("story why", {"story": suggested[0]["value"]}, by=reader))


async def ask_around(day: Day) -> None:
    """Look up whatever there is, turn pages and share one."""
    lead = day.guild.manager
    for command, options in (
        ("health", {}),
        ("claim figures", {"claim": "containers-2023"}),
        ("claim timeline", {"claim": "containers-2023"}),
        ("story search", {"words": "containers"}),
        ("event show", {"event": str(event_of(day.alerts(ALL)[0]))}),
        ("digest now", {}),
        ("watch test", {"least": "major"}),
        ("review", {}),
        ("audit", {}),
        ("snooze list", {}),
        ("help", {"command": "watch add"}),
    ):
        await _seen(await day.ask(command, options, by=lead, channel=ALL))
    listed = await _seen(await day.ask("claim list", by=lead, channel=TALK))
    turned = await _seen(await day.use(listed, "page"))
    shared = await day.use(turned, "share", by=lead)
    assert not shared.ephemeral


async def judge(day: Day) -> None:
    """Say that one is right, that one is not relevant, and take one word back, as an editor.

    That stands on the messages, there and nowhere else.
    """
    editor = day.guild.editor
    right, wrong, taken = day.take(ALL), day.take(ALL), day.take(ALL)
    day.kept.update(wrong=wrong, taken=taken)
    assert "Noted" in title(await day.use(right, "right", by=editor))
    assert "Noted" in title(await day.use(wrong, "not-relevant", by=editor))
    noted = await day.use(taken, "right", by=editor)
    assert title(await day.use(noted, "undo")) == "Taken back"
    await day.delivered()
    assert f"<@{editor.ident}>" in words(right)
    assert event_of(wrong, "right") is None
    both = {event_of(right), event_of(wrong)}
    theirs = [m for m in day.discord.messages[MUTED] if event_of(m) in both]
    assert all(event_of(m, "right") and f"<@{editor.ident}>" not in words(m) for m in theirs)


async def take_back(day: Day) -> None:
    """Take back, later, that one is not relevant."""
    wrong = day.kept["wrong"]
    details = await day.use(wrong, "details", by=day.guild.editor)
    assert title(await day.use(details, "undo")) == "Taken back"
    await day.delivered()
    assert event_of(wrong, "right")


async def correct(day: Day) -> None:
    """Say that an alert is about another claim, which is found by a form."""
    editor, alert = day.guild.editor, day.kept["wrong"]
    asked = await day.use(alert, "wrong-claim", by=editor)
    if title(asked).startswith("Which claim"):
        asked = await day.use(asked, "wrong-claim")
    found = await day.fill(await day.use(asked, "find"), {"words": "shells"})
    assert title(found).startswith("Claims with"), words(found)
    assert "Noted: it is about" in title(await day.use(found, "right-claim"))


async def put_off(day: Day) -> None:
    """Snooze a happening; who does, and until when, stands on its message."""
    editor, alert = day.guild.editor, day.kept["taken"]
    asked = await day.use(alert, "snooze", by=editor)
    asked = await day.use(asked, "snooze", "this story")
    assert title(await day.discord.press(asked, "1 day")) == "Snoozed"
    await day.delivered()
    assert "noozed by" in words(alert)


async def wake(day: Day) -> None:
    """Wake it from the list of what is snoozed."""
    listed = await day.ask("snooze list", by=day.guild.editor)
    assert title(await day.use(listed, "wake")) == "Awake again"
    await day.delivered()
    assert "noozed by" not in words(day.kept["taken"])


async def track(day: Day) -> None:
    """Track what an alert says as a claim, of which the other server hears nothing."""
    form = await day.use(day.alerts(ALL)[0], "track", by=day.guild.editor)
    added = await day.fill(form, {"statement": _STATEMENT, "said_by": "Sample panel"})
    assert _STATEMENT in words(added)
    for by, known in ((day.guild.reader, True), (day.discord.guilds[THERE].reader, False)):
        found = await day.ask("claim search", {"words": "rubies"}, by=by)
        assert (_STATEMENT in words(found)) is known


async def judge_there(day: Day) -> None:
    """Judge, in the other server, and change what a channel is told of."""
    guild, alert = day.discord.guilds[THERE], day.take(MAJOR, WORDED, MUTED)
    assert "Noted" in title(await day.use(alert, "not-relevant", by=guild.editor))
    same = [m for m in day.discord.messages[ALL] if event_of(m) == event_of(alert)]
    await day.delivered()
    assert all(event_of(m, "right") for m in same)
    changed = await day.ask("watch edit", {"channel": str(WORDED), "notices": "no"}, by=guild.manager)
    assert title(changed) == "Changed"
    mine = words(await day.ask("watch list", by=guild.manager))
    assert f"<#{WORDED}>" in mine
    assert f"<#{ALL}>" not in mine


async def remember(day: Day) -> None:
    """Open what will be used after the restart: an answer with a menu, and one with pages."""
    day.kept["removing"] = (
        await day.ask("watch remove", {"channel": f"discord:{ADDED}"}, by=day.guild.manager)
    ).message
    day.kept["listed"] = (await day.ask("claim list", by=day.guild.manager)).message
    asked = await day.use(day.alerts(ALL)[0], "snooze", by=day.guild.editor)
    day.kept["snoozing"] = asked.message


async def go_on(day: Day) -> None:
    """After the restart buttons of messages and answers of before work, of the oldest alert too."""
    oldest, newest = day.alerts(ALL)[-1], day.alerts(ALL)[0]
    for alert in (oldest, newest):
        shown = await _seen(await day.use(alert, "details", by=day.guild.reader))
        assert argument_of(shown, "why")
    assert "Page 2" in words(await day.use(day.kept["listed"], "page", by=day.guild.manager))
    removed = await day.use(day.kept["removing"], "unwatch", by=day.guild.manager)
    assert f"<#{ADDED}>" in words(removed)
    asked = await day.use(day.kept["snoozing"], "snooze", "this story", by=day.guild.editor)
    assert title(asked).startswith("Snooze: ")


async def _seen(answered: Answer) -> Answer:
    assert title(answered) not in broken()
    assert answered.ephemeral
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
