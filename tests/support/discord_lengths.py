"""How Discord counts the characters of a text."""

import re
from collections.abc import Iterator


def length(text: str) -> int:
    """Return UTF-16 code units: the strictest count of a "character"."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def sized(where: str, text: object, most: int, least: int = 1) -> Iterator[str]:
    """Yield what is wrong about a text that must have between `least` and `most` characters."""
    if not isinstance(text, str):
        yield f"{where}: must be a string"
    elif length(text) > most:
        yield f"{where}: must be {most} or fewer in length"
    elif length(text.strip()) < least:
        yield f"{where}: this field is required"
    elif re.search("[\ud800-\udfff]", text):
        yield f"{where}: not Unicode"
