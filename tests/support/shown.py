"""What a person sees of a message, an answer or a form of the bot on Discord."""

import json
from collections.abc import Iterator

from bot.language import LANGUAGES, _, speaking
from tests.support.discord_components import CHANNELS, every
from tests.support.discord_http import Json
from tests.support.discord_state import Answer

_BROKEN = ("Something went wrong", "Something went wrong on our side", "That took too long")


def broken() -> frozenset[str]:
    """Return the titles of answers that nobody should see, in every language."""
    titles: set[str] = set()
    for language in LANGUAGES:
        with speaking(language):
            titles |= {_(title) for title in _BROKEN}
    return frozenset(titles)


def words(answered: Answer | Json) -> str:
    """Return all that a message says, with the names of its files, or all of a form."""
    message = _message(answered)
    said = answered.modal if isinstance(answered, Answer) and answered.modal else message["embeds"]
    files = [each["filename"] for each in message.get("attachments", [])]
    return json.dumps([said, files], ensure_ascii=False)


def title(answered: Answer | Json) -> str:
    """Return the title of a message, or of a form."""
    if isinstance(answered, Answer) and answered.modal:
        return str(answered.modal["title"])
    (embed,) = _message(answered)["embeds"]
    return str(embed.get("title", ""))


def field_of(message: Json, name: str) -> str:
    """Return what a message says under a name, or nothing."""
    fields = [each for embed in message["embeds"] for each in embed.get("fields", [])]
    return next((str(each["value"]) for each in fields if each["name"] == name), "")


def heading(message: Json) -> str:
    """Return what stands above the title of a message, or nothing."""
    return str(message["embeds"][0].get("author", {}).get("name", "")) if message["embeds"] else ""


def controls_of(message: Answer | Json) -> list[str]:
    """Return the custom ids of the controls that can be used now."""
    return [each["custom_id"] for each in _usable(message)]


def argument_of(message: Answer | Json, control: str) -> str:
    """Return what stands in a control behind what its custom id begins with."""
    ident: str = control_of(message, control)["custom_id"]
    return ident.removeprefix(f"{control}:")


def control_of(message: Answer | Json, begins: str) -> Json:
    """Return the control whose custom id begins so.

    Raises:
        LookupError: there is none that can be used.

    """
    for each in _usable(message):
        if each["custom_id"] == begins or each["custom_id"].startswith(f"{begins.removesuffix(':')}:"):
            return each
    raise LookupError(f"no {begins} among {controls_of(message)} of {title(message)}")


def meant(menu: Json, words: str, channel: int) -> str:
    """Return the value of a menu whose option has these words, or of the first; of channels this one."""
    if menu["type"] == CHANNELS:
        return words or str(channel)
    options = menu["options"]
    return str(next(o["value"] for o in options if words in o["label"] or words == o["value"]))


def _usable(message: Answer | Json) -> Iterator[Json]:
    yield from (
        each
        for each in every(_message(message)["components"])
        if each.get("custom_id") and not each.get("disabled")
    )


def _message(given: Answer | Json) -> Json:
    return given.message if isinstance(given, Answer) else given
