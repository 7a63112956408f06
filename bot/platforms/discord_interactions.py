"""Everything that people do with the bot on Discord, answered in one place.

There is no command tree and no view that lives in memory: what was used says by its name or custom id what it
asks for, so that it works after a restart. Deadlines are those of
https://discord.com/developers/docs/interactions/receiving-and-responding.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import discord
from discord import app_commands

from bot.actions.model import Press
from bot.card import Card, Tone
from bot.commands.model import Asker, Command
from bot.controls import Form
from bot.language import _, speaking
from bot.platforms import Desk
from bot.platforms.discord_askers import Askers, language_of
from bot.platforms.discord_messages import controls_of, embed_of, files_of, modal_of
from bot.platforms.discord_sending import UNSENT, reason
from bot.platforms.guarding import broken_card, guarded
from bot.render.discord_commands import asked, message_forms, message_names, typing
from bot.render.discord_controls import choices, pressed
from bot.replies import Answered, Reply
from claims.errors import AskerError

ACKNOWLEDGE_SECONDS = 3.0
"""For the first answer of any kind."""
QUICK_SECONDS = 2.0
"""For the work on what cannot be put off, so that the answer has its time: suggestions and forms."""

_log = logging.getLogger(__name__)

_Kind = discord.InteractionType
_Work = Callable[[Asker], Awaitable[Answered]]


class Interactions:
    """Answers commands, suggestions, used controls and filled forms.

    `answer_seconds` bounds the work on an answer, whose interaction lives for 15 minutes, `send_seconds` all
    tries to show it.
    """

    def __init__(
        self, commands: Sequence[Command], askers: Askers, *, answer_seconds: float, send_seconds: float
    ) -> None:
        """Keep who asks, and what is asked of messages."""
        self._askers = askers
        self._on_message, self._forms = message_names(commands), message_forms(commands)
        self._answer_seconds, self._send_seconds = answer_seconds, send_seconds
        self._quick_seconds = min(answer_seconds, QUICK_SECONDS)

    async def hear(self, desk: Desk, interaction: discord.Interaction) -> None:
        """Answer an interaction of any type, in the language of whoever asks."""
        data: Any = interaction.data or {}
        with speaking(language_of(interaction)):
            match interaction.type:
                case _Kind.application_command if data["name"] in self._forms:
                    _name, values = asked(data, self._on_message)
                    action = self._forms[data["name"]]
                    await self._open(desk, interaction, action, Press("", entries=values))
                case _Kind.application_command:
                    await self._command(desk, interaction, data)
                case _Kind.autocomplete:
                    await self._suggest(desk, interaction, data)
                case _Kind.component if desk.opens_form(str(data["custom_id"])):
                    await self._open(desk, interaction, *pressed(data))
                case _Kind.component | _Kind.modal_submit:
                    await self._act(desk, interaction, data)

    async def _command(self, desk: Desk, interaction: discord.Interaction, data: Any) -> None:
        name, values = asked(data, self._on_message)

        async def work(asker: Asker) -> Reply:
            return Reply(await desk.answer(name, values, asker))

        what = f"/{name}"
        if await self._put_off(interaction, what):
            answered = await self._worked(interaction, what, work, command=name)
            await self._show(interaction, what, answered)

    async def _suggest(self, desk: Desk, interaction: discord.Interaction, data: Any) -> None:
        """Answer with what could be meant; nothing where that fails, since it is asked at every key."""
        name, param, typed = typing(data)
        found: list[tuple[str, str]] = []
        try:
            async with asyncio.timeout(self._quick_seconds):
                asker = await self._askers.asker(interaction, name)
                found = choices(await desk.suggest(name, param, typed, asker))
        except (AskerError, TimeoutError):
            pass
        except Exception:  # noqa: BLE001  # asked at every key: nothing is better than a word
            _log.exception("Nothing suggested for /%s", name)
        offered = [app_commands.Choice(name=label, value=value) for label, value in found]
        await self._first(f"/{name}", interaction.response.autocomplete(offered))

    async def _open(self, desk: Desk, interaction: discord.Interaction, action: str, press: Press) -> None:
        """Answer with a form, or say at once why there is none: nothing may come before it."""
        answered = await self._worked(
            interaction, action, lambda asker: desk.act(action, press, asker), seconds=self._quick_seconds
        )
        if isinstance(answered, Form):
            await self._first(action, interaction.response.send_modal(modal_of(answered)))
            return
        telling = interaction.response.send_message(
            embed=embed_of(answered.card), view=controls_of(answered.card), ephemeral=True
        )
        await self._first(action, telling)

    async def _act(self, desk: Desk, interaction: discord.Interaction, data: Any) -> None:
        action, press = pressed(data)
        public = desk.is_shared(action)
        if public and not _may_write(interaction):
            telling = interaction.response.send_message(embed=embed_of(_unwritable()), ephemeral=True)
            await self._first(action, telling)
        elif await self._put_off(interaction, action, public=public):
            answered = await self._worked(interaction, action, lambda asker: desk.act(action, press, asker))
            await self._show(interaction, action, answered, public=public)

    # ---- inside -------------------------------------------------------------------------------------

    async def _put_off(self, interaction: discord.Interaction, what: str, *, public: bool = False) -> bool:
        """Acknowledge, and return whether that worked.

        What is for all has a message of its own from now on, which is filled later: filled again after a
        fault of Discord's it is the same, where a message that is posted again would stand there twice.
        """
        thinking = public or interaction.message is None
        return await self._first(what, interaction.response.defer(ephemeral=not public, thinking=thinking))

    async def _first(self, what: str, answering: Awaitable[object]) -> bool:
        """Give the first answer and return whether it came in time."""
        try:
            async with asyncio.timeout(ACKNOWLEDGE_SECONDS):
                await answering
        except UNSENT as e:
            _log.warning("%s could not be acknowledged: %s", what, reason(e))
            return False
        return True

    async def _worked(
        self,
        interaction: discord.Interaction,
        what: str,
        work: _Work,
        *,
        command: str = "",
        seconds: float | None = None,
    ) -> Answered:
        """Do the work for whoever asks; whatever happens, there is something to show."""

        async def for_asker() -> Answered:
            return await work(await self._askers.asker(interaction, command))

        return await guarded(what, for_asker, Reply, seconds=seconds or self._answer_seconds)

    async def _show(
        self, interaction: discord.Interaction, what: str, answered: Answered, *, public: bool = False
    ) -> None:
        """Show the answer, or at least that there is none: else its asker waits for it."""
        reply = answered if isinstance(answered, Reply) else Reply(broken_card())
        instead = _fileless() if reply.card.attachment else broken_card()
        for shown in (reply, Reply(instead)):
            try:
                async with asyncio.timeout(self._send_seconds):
                    await _tell(interaction, shown, public=public)
            except UNSENT as e:
                _log.warning("The answer to %s was not shown: %s", what, reason(e))
            else:
                return


async def _tell(interaction: discord.Interaction, reply: Reply, *, public: bool) -> None:
    """Show an answer in place of "thinking" or of what it redraws, else below what was used.

    Where all see the "thinking", what is for the asker alone takes it away.
    """
    card = reply.card
    embed, view, files = embed_of(card), controls_of(card), files_of(card)
    if reply.redraws or reply.shared or interaction.message is None:
        await interaction.edit_original_response(embed=embed, view=view, attachments=files)
    else:
        if public:
            with suppress(discord.NotFound):  # the first of two tries took it away
                await interaction.delete_original_response()
        await interaction.followup.send(
            embed=embed,
            view=view,
            files=files,
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )


def _may_write(interaction: discord.Interaction) -> bool:
    """Say whether whoever asks may post in that channel or thread by themselves."""
    can = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return can.send_messages_in_threads if in_thread else can.send_messages


def _unwritable() -> Card:
    lines = ((_("Ask again where you may, and share it there."),),)
    return Card(_("You may not write in this channel"), lines, tone=Tone.TROUBLE)


def _fileless() -> Card:
    lines = ((_("Claimwatch may lack the permission Attach Files in this channel."),),)
    return Card(_("The file could not be shown here"), lines, tone=Tone.TROUBLE)
