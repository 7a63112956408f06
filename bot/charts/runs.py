"""Words of several looks, in lines that fit a sheet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.charts.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look."""

    words: str
    colour: str
    strong: bool = False


def wrapped(sheet: Sheet, runs: Sequence[Run], room: float, size: float) -> list[list[Run]]:
    """Return words in lines that fit, joined again where they look alike."""
    lines: list[list[Run]] = [[]]
    x = 0.0
    for word in _words(sheet, runs):
        width = sum(sheet.measure(run.words, size, strong=run.strong) for run in word)
        blank = len(word) == 1 and word[0].words == " "
        if x + width > room and lines[-1] and not blank:
            lines.append([])
            x = 0.0
        if blank and not lines[-1]:
            continue
        for run in word:
            last = lines[-1][-1] if lines[-1] else None
            if last and (last.colour, last.strong) == (run.colour, run.strong):
                lines[-1][-1] = Run(last.words + run.words, run.colour, run.strong)
            else:
                lines[-1].append(run)
        x += width
    return lines


def _words(sheet: Sheet, runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield words with the looks of their parts, and the spaces between them."""
    word: list[Run] = []
    for run in runs:
        for part in re.findall(r"\s|\S+", "".join(c for c in run.words if sheet.paper.writes(c))):
            if part.isspace():
                if word:
                    yield word
                yield [Run(" ", run.colour, run.strong)]
                word = []
            else:
                word.append(Run(part, run.colour, run.strong))
    if word:
        yield word
