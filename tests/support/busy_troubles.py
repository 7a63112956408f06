"""What goes wrong with a chat on a busy day, and what its owners do to the bot."""

from tests.support.busy_bot import ALL, BUDGETED, DOOMED, MUTED, WELCOMED, Act, Day


async def lose_permission(day: Day) -> None:
    """Take what it needs to post in one channel from the bot."""
    await day.chat.shut(MUTED)


async def regain_permission(day: Day) -> None:
    """Give it back; the lead looks what is wrong, and has the channel go on."""
    chat, lead = day.chat, day.chat.there.lead
    listed = await day.ask("watch list", by=lead)
    assert chat.written(MUTED) in chat.words(listed)
    assert "Paused" in chat.words(listed)
    await chat.reopen(MUTED)
    resumed = await day.ask("watch resume", {"channel": chat.picked(MUTED)}, by=lead)
    assert chat.title(resumed) == "Goes on"


async def delete_channel(day: Day) -> None:
    """Delete a channel with all that was posted there."""
    await day.chat.delete_channel(DOOMED)


async def delete_message(day: Day) -> None:
    """Delete an alert as a moderator does; nobody tells the bot."""
    await day.chat.delete_message(day.take(BUDGETED))


async def cut(day: Day) -> None:
    """Cut the connection, and press a button of an old message at once."""
    before = day.chat.connections
    await day.chat.cut()
    shown = await day.use(day.alerts(ALL)[-1], "details", by=day.chat.here.reader)
    assert day.event_of(day.alerts(ALL)[-1]) is not None
    assert "Sample" in day.chat.words(shown)
    assert day.chat.connections > before


async def unsettle(day: Day) -> None:
    """Have the bot connect anew."""
    day.connections = day.chat.connections
    await day.chat.unsettle()


async def settled(day: Day) -> None:
    """See that it did, and answers."""
    assert "feeds are asked" in day.chat.words(await day.ask("health", by=day.chat.here.lead))
    assert day.chat.connections > day.connections


async def restart(day: Day) -> None:
    """Close the bot and open it anew on the same store."""
    await day.start()


async def invite(day: Day) -> None:
    """Take the bot to one more place, where somebody sets it up: newcomers by the button of its greeting."""
    chat = day.chat
    room = await chat.invite(WELCOMED)
    if room is chat.here:
        listed = await day.ask("watch list", by=room.lead)
        drawn = await day.use(listed, "setup")
        drawn = await day.use(drawn, "setup:channel", chat.destination(WELCOMED).partition(":")[2])
    else:
        await chat.until(lambda: chat.messages(WELCOMED))
        (greeting,) = chat.messages(WELCOMED)
        drawn = await day.use(greeting, "setup", by=room.lead)
    drawn = await day.use(drawn, "setup:digest", "07:00")
    form = await day.use(drawn, "setup-hour")
    drawn = await day.fill(form, {"digest": "6:45", "timezone": "Asia/Seoul"})
    await day.use(drawn, "setup:sample")
    saved = await day.use(drawn, "setup:save")
    assert chat.written(WELCOMED) in chat.words(saved)
    assert "06:45" in chat.words(saved)


TROUBLES: tuple[Act, ...] = (
    (9.0, delete_message),
    (10.0, lose_permission),
    (11.0, cut),
    (12.0, restart),
    (14.0, regain_permission),
    (14.5, invite),
    (15.5, delete_channel),
    (16.5, unsettle),
    (19.0, settled),
    (20.5, cut),
)
