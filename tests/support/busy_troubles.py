"""What goes wrong with Discord on a busy day, and what its owners do to the bot."""

from tests.support.busy_bot import ALL, BUDGETED, DOOMED, LATER, MUTED, QUIET, WELCOMED, Act, Day, event_of
from tests.support.discord_http import GLOBAL, Fault, Rate
from tests.support.discord_places import May
from tests.support.shown import title, words

_POST = "POST /channels/{channel}/messages"
_WAIT, _LONG = 0.05, 90.0
"""Seconds; the long one is longer than discord.py is let wait."""


def impose(day: Day) -> None:
    """Limit the rates of routes and channels and of all, and have requests fail all day long."""
    everywhere = {"message": "You are being rate limited.", "retry_after": _WAIT, "global": True}
    here = {**everywhere, "global": False}
    day.discord.rates.rates |= {GLOBAL: Rate(50, 1.0), _POST: Rate(5, 0.5)}
    day.discord.faults += [
        Fault("POST", f"/channels/{BUDGETED}/messages", 429, here, every=5, times=10_000),
        Fault("POST", "/messages", 429, everywhere, {"X-RateLimit-Global": "true"}, every=31, times=10_000),
        Fault("POST", f"/channels/{QUIET}/messages", 429, {**here, "retry_after": _LONG}, every=9, times=3),
        Fault("POST", f"/channels/{ALL}/messages", 502, after=True, every=7, times=3),
        Fault("PATCH", "/messages/", 502, every=97, times=4),
        Fault("PATCH", "/messages/", 503, every=41, times=10_000),
        Fault("POST", f"/channels/{ALL}/messages", 503, every=17, times=10_000),
        Fault("POST", f"/channels/{QUIET}/messages", 503, after=True, every=4, times=3),
        Fault("POST", "/threads", 503, every=3, times=2),
        Fault("POST", "/callback", 502, every=40, times=3),
        Fault("PATCH", "/webhooks/", 429, here, every=9, times=10_000),
        Fault("PATCH", "/webhooks/", 502, every=40, times=3),
    ]


async def lose_permission(day: Day) -> None:
    """Take the right to send from the bot in one channel."""
    await day.discord.take(May.SEND_MESSAGES, channel=MUTED)


async def regain_permission(day: Day) -> None:
    """Give it back; the lead looks what is wrong, and has the channel go on."""
    lead = day.discord.guilds[510].manager
    listed = await day.ask("watch list", by=lead)
    assert f"<#{MUTED}>" in words(listed)
    assert "Paused" in words(listed)
    await day.discord.give(May.SEND_MESSAGES, channel=MUTED)
    resumed = await day.ask("watch resume", {"channel": str(MUTED)}, by=lead)
    assert title(resumed) == "Goes on"


async def delete_channel(day: Day) -> None:
    """Delete a channel with all that was posted there."""
    await day.discord.delete_channel(DOOMED)


async def delete_message(day: Day) -> None:
    """Delete an alert as a moderator does; nobody tells the bot."""
    message = day.take(BUDGETED)
    await day.discord.delete_message(message)


async def cut(day: Day) -> None:
    """Cut the gateway, and press a button of an old message at once."""
    resumed = day.discord.count("resumed")
    await day.discord.cut()
    shown = await day.use(day.alerts(ALL)[-1], "details", by=day.guild.reader)
    assert event_of(day.alerts(ALL)[-1]) is not None
    assert "herald" in words(shown) or "Sample" in words(shown)
    assert day.discord.count("resumed") == resumed + 1


async def invalidate(day: Day) -> None:
    """End the session, so that the bot has to identify anew, which takes it some seconds."""
    day.kept["identified"] = {"times": day.discord.gateway.identifies}
    await day.discord.gateway.invalidate()


async def identified(day: Day) -> None:
    """See that it did, and answers."""
    assert "feeds are asked" in words(await day.ask("health", by=day.guild.manager))
    assert day.discord.gateway.identifies == day.kept["identified"]["times"] + 1


async def restart(day: Day) -> None:
    """Close the bot and open it anew on the same store."""
    await day.start()


async def invite(day: Day) -> None:
    """Take the bot to one more server, where somebody sets it up by the button of its greeting."""
    guild = await day.discord.join(LATER, (WELCOMED,))
    await day.discord.until(lambda: day.discord.messages.get(WELCOMED))
    (greeting,) = day.discord.messages[WELCOMED]
    drawn = await day.use(greeting, "setup", by=guild.manager)
    drawn = await day.use(drawn, "setup:digest", "07:00")
    form = await day.use(drawn, "setup-hour")
    drawn = await day.fill(form, {"digest": "6:45", "timezone": "Asia/Seoul"})
    await day.use(drawn, "setup:sample")
    saved = await day.use(drawn, "setup:save")
    assert f"<#{WELCOMED}>" in words(saved)
    assert "06\\\\:45" in words(saved)


TROUBLES: tuple[Act, ...] = (
    (9.0, delete_message),
    (10.0, lose_permission),
    (11.0, cut),
    (12.0, restart),
    (14.0, regain_permission),
    (14.5, invite),
    (15.5, delete_channel),
    (16.5, invalidate),
    (19.0, identified),
    (20.5, cut),
)
