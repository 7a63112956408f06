"""Sentences that were written in English elsewhere, recognised by their form and said in another language."""

import re
from collections.abc import Callable

from bot.language import _

Part = Callable[[str, str], str]
"""Returns how a part of a sentence is said: from its name and the words that stood there."""


class Sentences:
    """Some sentences with `{names}` in them."""

    def __init__(self, *sentences: str) -> None:
        """Know these; of two that fit, the first counts."""
        self._forms = [(each, _form(each)) for each in sentences]

    def found(self, said: str) -> tuple[str, dict[str, str]] | None:
        """Return which of these is said, with what stands for its names; None for others."""
        matches = ((sentence, form.fullmatch(said)) for sentence, form in self._forms)
        return next(((sentence, found.groupdict()) for sentence, found in matches if found), None)

    def again(self, said: str, part: Part = lambda _name, words: words) -> str | None:
        """Say one of these in the language spoken now, each part as `part` has it; None for others."""
        found = self.found(said)
        if found is None:
            return None
        sentence, parts = found
        return _(sentence).format(**{name: part(name, words) for name, words in parts.items()})


def _form(sentence: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(sentence)), re.DOTALL)
