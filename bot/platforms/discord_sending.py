"""Telling on Discord: cards posted as messages and edited, and looked for where one may have been posted."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Literal

import aiohttp
import discord

from bot.card import Card, without_file
from bot.platforms import How, SendError
from bot.platforms.discord_errors import refusal
from bot.platforms.discord_messages import controls_of, embed_of, files_of
from bot.render.clip import clip
from claims.text import digest_key, one_line

LOOK_BACK = 50
"""Messages in which a card that may have been posted is looked for."""

THREAD_NAME = 100
"""https://discord.com/developers/docs/resources/channel#start-thread-from-message"""
_ARCHIVED_AFTER: Literal[1440] = 1440
_THREAD_IS_THERE = 160004
# No such channel (the thread was deleted), no permission, no threads in such a channel, malformed (a thread
# of a thread), the thread is archived or locked, or there are too many of them:
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
_THREADLESS = frozenset((10003, 50001, 50013, 50024, 50035, 50083, 160005, 160006, 160007))

_FILELESS = frozenset((400, 403, 413))
"""How Discord refuses a file, and posts nothing: no such kind, no permission to attach any, too large."""

UNSENT = (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError)
"""What discord.py raises where a request did not work."""


_log = logging.getLogger(__name__)


class DiscordMessages:
    """Posts and edits; `seconds` bound each with all that discord.py tries by itself.

    A receipt is the message's id, with `THREAD/` before it where the message is in a thread.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def send(
        self, client: discord.Client, channel: str, card: Card, key: str, *, again: bool, how: How
    ) -> str:
        """Post a card and return its receipt; see `bot.platforms.Platform.send`.

        Discord returns the first message when it sees a nonce again, but remembers one only for some minutes
        (https://discord.com/developers/docs/resources/message#create-message) and does not keep it with the
        message. So after a try that may have been posted, it is looked for among our latest messages.
        """
        place = client.get_partial_messageable(_snowflake(channel, "channel"))
        calling: dict[str, Any] = {"nonce": digest_key(channel, key)}
        if how.mention:
            calling["content"] = f"<@&{_snowflake(how.mention, 'role')}>"
            calling["allowed_mentions"] = _mentions(how)

        async def post(shown: Card) -> discord.Message:
            embed, files = embed_of(shown), files_of(shown)
            told = {
                **calling,
                "embed": embed,
                "view": controls_of(shown),
                **({"files": files} if files else {}),
            }
            if how.under is None:
                found = await _posted(place, embed, client.user) if again else None
                return found or await place.send(**told)
            topic = clip(one_line(how.topic or card.title), THREAD_NAME)
            head = place.get_partial_message(_snowflake(how.under, "message"))
            return await _follow(client, place, head, told, again, topic if how.threaded else "")

        try:
            async with asyncio.timeout(self._seconds):
                message = await _carried(post, card)
        except UNSENT as e:
            raise send_error(e, channel) from None
        home = str(message.channel.id)
        return str(message.id) if home == channel else f"{home}/{message.id}"

    async def direct(self, client: discord.Client, person: int) -> str | None:
        """Return the channel of the direct messages to somebody, or None where it cannot be opened.

        https://discord.com/developers/docs/resources/user#create-dm
        """
        try:
            async with asyncio.timeout(self._seconds):
                return str((await client.create_dm(discord.Object(person))).id)
        except UNSENT:
            return None

    async def edit(self, client: discord.Client, channel: str, receipt: str, card: Card) -> None:
        """Replace the card of a message, its picture too; see `bot.platforms.Platform.edit`."""
        home, _, ident = receipt.rpartition("/")
        place = client.get_partial_messageable(_snowflake(home or channel, "channel"))
        message = place.get_partial_message(_snowflake(ident, "message"))

        async def change(shown: Card) -> discord.Message:
            return await message.edit(
                embed=embed_of(shown),
                view=controls_of(shown),
                attachments=files_of(shown),
                allowed_mentions=discord.AllowedMentions.none(),
            )

        try:
            async with asyncio.timeout(self._seconds):
                await _carried(change, card)
        except UNSENT as e:
            raise send_error(e, channel) from None


async def _carried(carry: Callable[[Card], Awaitable[discord.Message]], card: Card) -> discord.Message:
    """Post or edit a card, and where Discord does not take its file, without that."""
    try:
        return await carry(card)
    except discord.HTTPException as e:
        if card.attachment is None or e.status not in _FILELESS:
            raise
        _log.warning("a card goes without its file: %s", reason(e))
        return await carry(without_file(card))


async def _follow(
    client: discord.Client,
    place: discord.PartialMessageable,
    head: discord.PartialMessage,
    told: dict[str, Any],
    again: bool,
    topic: str,
) -> discord.Message:
    """Post into the thread of a message, or without a topic, or where there can be no thread, reply to it.

    A thread that was made from a message has its id
    (https://discord.com/developers/docs/resources/channel#start-thread-from-message), and a message in it
    wakes it from its archive.
    """
    thread = client.get_partial_messageable(head.id)
    if again:
        for where, under in ((thread, None), (place, head.id)):
            if found := await _posted(where, told["embed"], client.user, follows=True, under=under):
                return found
    if topic:
        try:
            await _start_thread(client, head, topic)
            return await thread.send(**told)
        except discord.HTTPException as e:
            if e.code not in _THREADLESS:
                raise
    await head.fetch()  # 10008 where it was deleted: nothing follows it then, and a reply would not say so
    return await place.send(**told, reference=head.to_reference(fail_if_not_exists=False))


async def _start_thread(client: discord.Client, head: discord.PartialMessage, topic: str) -> None:
    try:
        await client.http.start_thread_with_message(
            head.channel.id, head.id, name=topic, auto_archive_duration=_ARCHIVED_AFTER
        )
    except discord.HTTPException as e:
        if e.code != _THREAD_IS_THERE:
            raise


def send_error(error: Exception, channel: str = "") -> SendError:
    """Return what one of `UNSENT` means for a delivery to a channel."""
    match error:
        case discord.RateLimited():
            return SendError("Discord asks us to slow down", permanent=False, retry_after=error.retry_after)
        case discord.HTTPException():
            return refusal(error.status, error.code, channel)
        case TimeoutError():
            return SendError("Discord did not answer in time", permanent=False)
        case _:
            return SendError(f"Discord cannot be reached ({type(error).__name__})", permanent=False)


def reason(error: Exception) -> str:
    """Return an error for the log, on one line: Discord's words, but of other errors only the kind.

    Those of others may hold addresses, and the address of an interaction is a secret for 15 minutes.
    """
    return (
        one_line(clip(str(error), 200)) if isinstance(error, discord.HTTPException) else type(error).__name__
    )


def _mentions(how: How) -> discord.AllowedMentions:
    """Return whom a message may call: the role that was chosen, and nobody else."""
    roles: list[discord.abc.Snowflake] = [discord.Object(how.mention)] if how.mention else []
    return discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)


def _snowflake(text: str, what: str) -> int:
    """Read Discord's id of a thing; https://discord.com/developers/docs/reference#snowflakes: 64 bits."""
    if text.isascii() and text.isdigit() and int(text) < 1 << 64:
        return int(text)
    words = f"{text!r} is not a Discord {what} id: switch on Developer Mode and use Copy {what.title()} ID"
    raise SendError(words, permanent=True)


async def _posted(
    place: discord.PartialMessageable,
    embed: discord.Embed,
    author: discord.ClientUser | None,
    *,
    follows: bool = False,
    under: int | None = None,
) -> discord.Message | None:
    """Return the author's latest message about the same thing, if it is among the channel's latest.

    It replies to the message `under`, or to none. What answers a command is none: `feed show` shows the feed
    that a notice is about. Where the history may not be read nothing is found: posting twice is better than
    not at all, and within some minutes the nonce prevents even that.
    """
    mark = _whole if follows else _mark
    try:
        async for message in place.history(limit=LOOK_BACK):
            ours = message.author == author and message.interaction_metadata is None
            replies_to = message.reference.message_id if message.reference else None
            if ours and replies_to == under and [mark(shown) for shown in message.embeds] == [mark(embed)]:
                return message
    except (discord.Forbidden, discord.NotFound):
        return None
    return None


def _mark(embed: discord.Embed) -> object:
    """Return what tells an embed from others and stays while the news in it goes on.

    That is the address of an alert's story; of a digest its heading and the span in its footer, of an empty
    one its title; of a notice the address of its feed, or its heading, and the moment in its footer.
    """
    if embed.url:
        return embed.url, embed.footer.text
    return embed.author.name or embed.title, embed.footer.text or embed.title


def _whole(embed: discord.Embed) -> object:
    """Return what tells an embed that follows a message from others: it never changes."""
    return embed.author.name, embed.title, embed.url, embed.footer.text
